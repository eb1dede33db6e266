"""What is not to be had is not recommended, from the moment the store says so.

Run: python3 tests/app/availability_test.py
"""

import json
import shutil
import unittest

from program import EVENTS, SHOP, ProgramTest, write_workspace

KEYS = 'text = ["title"]\navailable = "stock"\navailable_from = "from"\navailable_until = "until"\nimage = "pictures/{id}.jpg"\n'
WORDS = '[features.words]\nextractor = "text/tfidf"\nfields = ["title"]\n[features.color]\nextractor = "image/color"\n'


def catalog(**cells):
    """Eight items, i0 to i7; `cells` gives stock, from and until of some."""
    return "id,title,stock,from,until\n" + "".join(
        f"i{n},lamp number{n},{cells.get(f'i{n}', ',,')}\n" for n in range(8))


class Availability(ProgramTest):
    def setUp(self):
        super().setUp()
        self.work = write_workspace(self.folder / "work", EVENTS, catalog(), features=WORDS, catalog_keys=KEYS)
        (self.work / "pictures").mkdir()
        for n, picture in enumerate(sorted((SHOP / "pictures").glob("*.jpg"))[:8]):
            shutil.copy(picture, self.work / "pictures" / f"i{n}.jpg")
        for words in (["import"], ["extract"], ["train", "--model", "ease(lambda=10)"]):
            self.medley(*words, at=self.work)

    def change(self, text, *options):
        (self.work / "catalog.csv").write_text(text, encoding="utf-8")
        return self.answer("import", *options, at=self.work)

    def listed(self, *words):
        return {item["id"] for item in self.answer(*words, "--k", "20", at=self.work)["items"]}

    def everywhere(self):
        """The items listed for a user, for a bare history, for all users, and as similar to an item, to words and to a
        picture, with those each cannot list."""
        lists = self.medley("recommend", "--all", "--k", "20", "--format", "jsonl", at=self.work).stdout
        return [self.listed("recommend", "--user", "u0", "--include-seen"),
                self.listed("recommend", "--history", "i0,i1") | {"i0", "i1"},
                {item["id"] for line in lists.splitlines() for item in json.loads(line)["items"]},
                self.listed("similar", "--item", "i0") | {"i0"},
                self.listed("similar", "--text", "lamp"),
                self.listed("similar", "--image", self.work / "pictures" / "i0.jpg")]

    def test_is_honoured_at_once_without_a_new_training(self):
        every = {f"i{n}" for n in range(8)}
        self.assertEqual(self.everywhere(), [every] * 6)
        self.change(catalog(i2="no,,", i3="yes,,", i4="yes,2999-01-01,", i5=",,2001-02-03", i6="yes,2001-02-03,2999-01-01"))
        self.assertEqual(self.everywhere(), [every - {"i2", "i4", "i5"}] * 6)
        self.change(catalog())
        self.assertEqual(self.everywhere(), [every] * 6)

    def test_sync_marks_what_left_the_catalogue_and_takes_it_back(self):
        every = {f"i{n}" for n in range(8)}
        whole = catalog()
        part = "".join(line for line in whole.splitlines(keepends=True) if not line.startswith(("i5", "i7")))
        self.assertNotIn("now_unavailable", self.change(part))
        self.assertEqual(self.everywhere(), [every] * 6)
        counts = self.answer("check", at=self.work)["counts"]
        self.assertEqual(self.change(part, "--sync")["now_unavailable"], 2)
        self.assertEqual(self.everywhere(), [every - {"i5", "i7"}] * 6)
        self.assertEqual(self.answer("check", at=self.work)["counts"], counts)
        self.assertEqual(self.change(whole)["available_again"], 2)
        self.assertEqual(self.everywhere(), [every] * 6)

    def test_sync_without_a_catalogue_is_refused_and_changes_nothing(self):
        bare = write_workspace(self.folder / "bare", EVENTS)
        self.medley("import", at=bare)
        before = self.answer("check", at=bare)["counts"]
        self.assertIn("names no item of a catalogue", self.refusal("import", "--sync", at=bare))
        self.assertEqual(self.answer("check", at=bare)["counts"], before)

    def test_a_cell_that_is_neither_yes_nor_no_is_reported(self):
        self.assertEqual(self.change(catalog(i2="perhaps,,"))["bad"], 1)
        self.assertIn("neither yes nor no", (self.work / "quarantine.csv").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
