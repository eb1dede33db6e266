"""Questions of `recommend` beyond a plain list: conditions, diversity, everybody. Run: python3 tests/app/asking_test.py"""

import csv
import io
import json
import subprocess
import unittest

from program import PROGRAM, USAGE, ProgramTest, write_workspace

CATALOG = "id,title,genre,year\n" + "".join(
    f"i{i},{title},{genre},{year}\n" for i, (title, genre, year) in enumerate([
        ('"Big, ""really"""', "Comedy", 1988), ("Heat", "Crime|Drama", 1995), ("Gump", "Comedy|Drama", 1994),
        ("<b>Bold</b>", "Drama", 2001), ("=1+1", "Comedy", 1999), ("Jaws", "Thriller", 1975),
        ("Alien", "Horror|Sci-Fi", 1979), ("", "", "")]))
KEYS = 'text = ["title"]\ncategories = { genre = "|" }\nnumbers = ["year"]\n'
FEATURES = """
[features.genres]
extractor = "categories"
fields = ["genre"]
[features.words]
extractor = "text/tfidf"
fields = ["title"]
"""
# Each of twelve users takes three of eight films.
EVENTS = "user,item\n" + "".join(f"u{u},i{(u + 3 * j) % 8}\n" for u in range(12) for j in range(3))


class Asking(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = write_workspace(cls.class_folder / "films", EVENTS, CATALOG, FEATURES, KEYS)
        test = cls()
        for words in (("import",), ("extract",), ("train", "--model", "item_knn(k=20)")):
            test.medley(*words, at=cls.shop)

    def ids(self, *words):
        return [item["id"] for item in self.answer("recommend", *words, at=self.shop)["items"]]


class Where(Asking):
    def test_lists_only_what_meets_the_condition(self):
        listed = self.ids("--history", "i7", "--where", "genre has Comedy and year > 1990")
        self.assertEqual(sorted(listed), ["i2", "i4"])
        self.assertEqual(sorted(self.ids("--history", "i7", "--where", "not (genre has Comedy or year >= 1990)")),
                         ["i5", "i6"])
        self.assertEqual(self.ids("--history", "i7", "--where", "title has gump"), ["i2"])

    def test_says_when_too_few_meet_it(self):
        notes = self.answer("recommend", "--user", "u1", "--where", "year < 1900", at=self.shop)["notes"]
        self.assertIn("0 are candidates", notes[0])
        self.assertIn("--where", notes[0])

    def test_a_wrong_condition_says_at_which_column(self):
        for where, words in (("genre Comedy", "column 7"), ("year > ", "column 8"), ("(year > 1", "column 10"),
                             ("title = 'x", "column 9"), ("year > soon", "column 8"),
                             ("genres has Comedy", "did you mean 'genre'?"), ("director = x", "title, genre, year")):
            self.assertIn(words, self.refusal("recommend", "--user", "u1", "--where", where, at=self.shop))

    def test_needs_the_store(self):
        (self.folder / "models").mkdir()
        for name in ("item_knn.medley", "default"):
            (self.folder / "models" / name).write_bytes((self.shop / "models" / name).read_bytes())
        (self.folder / "medley.toml").write_text("")
        self.assertIn("medley import", self.refusal("recommend", "--history", "i1", "--where", "year > 1"))


class Diversity(Asking):
    def test_of_zero_changes_nothing_and_of_one_spreads_the_list(self):
        plain = self.ids("--user", "u1", "--k", "5")
        self.assertEqual(self.ids("--user", "u1", "--k", "5", "--diversity", "0"), plain)
        spread = self.ids("--user", "u1", "--k", "5", "--diversity", "1")
        self.assertEqual(spread[0], plain[0])
        self.assertEqual(sorted(spread), sorted(plain))
        self.assertNotEqual(spread, plain)

    def test_is_between_0_and_1(self):
        for value in ("-0.1", "1.5", "much"):
            self.medley("recommend", "--user", "u1", "--diversity", value, code=USAGE, at=self.shop)

    def test_needs_vectors_and_says_how_they_are_made(self):
        write_workspace(self.folder, EVENTS)
        self.medley("import")
        self.medley("train", "--model", "item_knn(k=20)")
        self.assertIn("medley extract", self.refusal("recommend", "--user", "u1", "--diversity", "0.3"))

    def test_states_its_formula(self):
        self.assertIn("(1 - D) * relevance", self.medley("recommend", "--help").stdout)


class Everybody(Asking):
    def test_as_csv_gives_each_user_the_list_of_one_call(self):
        text = self.medley("recommend", "--all", "--k", "3", at=self.shop).stdout
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual(rows[0].keys(), {"user", "rank", "item", "score", "title"})
        self.assertEqual({row["user"] for row in rows}, {f"u{u}" for u in range(12)})
        for user in ("u0", "u7"):
            mine = [row for row in rows if row["user"] == user]
            one = self.answer("recommend", "--user", user, "--k", "3", at=self.shop)["items"]
            self.assertEqual([row["item"] for row in mine], [item["id"] for item in one])
            self.assertEqual([row["rank"] for row in mine], ["1", "2", "3"])
            for row, item in zip(mine, one):
                self.assertAlmostEqual(float(row["score"]), item["score"], places=5)

    def test_titles_with_commas_quotes_and_markup_come_back_unchanged(self):
        rows = csv.DictReader(io.StringIO(self.medley("recommend", "--all", at=self.shop).stdout))
        titles = {row["item"]: row["title"] for row in rows}
        self.assertEqual(titles["i0"], 'Big, "really"')
        self.assertEqual((titles["i3"], titles["i4"], titles["i7"]), ("<b>Bold</b>", "=1+1", "i7"))

    def test_as_jsonl_gives_one_object_a_user(self):
        lines = self.medley("recommend", "--all", "--format", "jsonl", "--k", "2", "--where", "year > 1980",
                            at=self.shop).stdout.splitlines()
        lists = [json.loads(line) for line in lines]
        self.assertEqual(len(lists), 12)
        for one in lists:
            self.assertLessEqual({item["id"] for item in one["items"]}, {"i0", "i1", "i2", "i3", "i4"})
            self.assertEqual(len(one["items"]), 2)

    def test_goes_to_a_file_whole_or_not_at_all(self):
        out = self.folder / "lists.csv"
        answer = self.answer("recommend", "--all", "--out", out, at=self.shop)
        self.assertEqual(answer, {"users": 12, "file": str(out)})
        self.assertEqual(out.read_text(), self.medley("recommend", "--all", at=self.shop).stdout)
        self.refusal("recommend", "--all", "--out", self.folder / "no" / "lists.csv", at=self.shop)
        self.refusal("recommend", "--all", "--out", out, "--where", "oops", at=self.shop)
        self.assertEqual(sorted(self.folder.iterdir()), [out])

    def test_onto_a_full_disk_is_said(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "recommend", "--all"], cwd=self.shop, stdout=full, stderr=subprocess.PIPE,
                                  text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("medley: ", done.stderr)

    def test_never_takes_the_place_of_what_is_no_file(self):
        self.assertIn("no regular file", self.refusal("recommend", "--all", "--out", self.folder, at=self.shop))

    def test_refuses_what_does_not_go_together(self):
        for words in (("--user", "u1", "--all"), ("--history", "i1", "--all"), ("--user", "u1", "--format", "csv"),
                      ("--user", "u1", "--out", "x"), ("--all", "--format", "xml"), ("--all", "--json")):
            self.medley("recommend", *words, code=USAGE, at=self.shop)


if __name__ == "__main__":
    unittest.main()
