"""`medley forget`: no file that Medley wrote holds the user's id, and models that were fitted with them are refused.

Run: python3 tests/app/forget_test.py
"""

import csv
import unittest

from program import BAD_INPUT, ProgramTest, copy_shop

USER = "simulated-348"


class Forget(ProgramTest):
    def setUp(self):
        super().setUp()
        self.shop = copy_shop(self.folder / "shop")
        self.medley("import", at=self.shop)

    def files_that_name(self, text):
        return sorted(str(path.relative_to(self.shop)) for path in self.shop.rglob("*")
                      if path.is_file() and (text.encode() in path.read_bytes() or text in path.name))

    def test_leaves_the_id_in_nothing_but_what_it_was_imported_from(self):
        self.medley("extract", at=self.shop)
        self.medley("evaluate", "--models", "popularity,ease(lambda=50)", at=self.shop)
        self.medley("train", "--model", "ease(lambda=50)", at=self.shop)
        self.assertIn("medley.db", self.files_that_name(USER))
        said = self.answer("forget", "--user", USER, at=self.shop)
        self.assertGreater(said["events"], 0)
        self.assertEqual(said["stale_models"], ["ease"])
        self.assertEqual(self.files_that_name(USER), ["events.csv"])
        self.assertEqual([path.split("/")[-1] for path in said["still_named_in"]], ["events.csv"])

    def test_a_stale_model_is_refused_until_it_is_trained_again(self):
        self.medley("train", "--model", "ease(lambda=50)", at=self.shop)
        self.medley("forget", "--user", USER, at=self.shop)
        for words in (("recommend", "--history", "Lemon"), ("explain", "--user", "simulated-001", "--item", "Lemon")):
            self.assertIn("medley train", self.refusal(*words, at=self.shop))
        self.medley("train", "--model", "ease(lambda=50)", at=self.shop)
        self.assertEqual(len(self.answer("recommend", "--history", "Lemon", "--k", "3", at=self.shop)["items"]), 3)

    def test_an_empty_id_is_refused(self):
        self.assertIn("empty id", self.refusal("forget", "--user", "", at=self.shop))

    def test_an_id_that_html_and_json_escape_leaves_no_report(self):
        hostile = 'a<b&"c\''
        events = (self.shop / "events.csv").read_text(encoding="utf-8")
        (self.shop / "events.csv").write_text(events.replace(USER + ",", '"' + hostile.replace('"', '""') + '",'), encoding="utf-8")
        self.medley("import", at=self.shop)
        self.medley("evaluate", "--models", "popularity", "--seeds", "1", at=self.shop)
        named = r'"user":"a\u003cb\u0026\"c' + "'"
        reports = list((self.shop / "runs").rglob("report.html"))
        self.assertTrue(reports)
        # Whose lists a report shows is drawn by a hash: put them into one that does not.
        reports[0].write_text(reports[0].read_text(encoding="utf-8") + named + '"', encoding="utf-8")
        self.medley("forget", "--user", hostile, at=self.shop)
        for path in (self.shop / "runs").rglob("*"):
            self.assertFalse(path.is_file() and named in path.read_text(encoding="utf-8"), path)

    def quarantined_words(self):
        """Items and values of rows that could not be used."""
        with open(self.shop / "quarantine.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertTrue(rows)
        return {word for row in rows for word in row["text"].split(",") if word} - {row["user"] for row in rows}

    def test_a_user_never_seen_changes_nothing(self):
        self.medley("train", "--model", "popularity", at=self.shop)
        before = {path: path.read_bytes() for path in self.shop.rglob("*") if path.is_file() and path.suffix != ".lock"}
        for user in ("simulated", "7", "nobody", *self.quarantined_words()):
            self.assertIn(f"no user '{user}'", self.refusal("forget", "--user", user, at=self.shop, code=BAD_INPUT))
        after = {path: path.read_bytes() for path in self.shop.rglob("*") if path.is_file() and path.suffix != ".lock"}
        self.assertEqual(set(before), set(after))
        self.assertTrue(all(before[path] == after[path] for path in before))
        self.medley("recommend", "--history", "Lemon", at=self.shop)


if __name__ == "__main__":
    unittest.main()
