"""`medley import` of each format's own layout, from files to recommendations. Run: python3 tests/app/formats_test.py"""

import json
import unittest

from program import ProgramTest, write_workspace

LOG = [{"user": f"u{u}", "item": (u + 3 * j) % 8, "time": 1_600_000_000 + 60 * j} for u in range(12) for j in range(3)]
TITLES = ["Heat", "Jaws <b>", 'Say "hi"', "=1+1", "Alien", "Gump", "Speed", "caf\u00e9"]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


class JsonLines(ProgramTest):
    def setUp(self):
        super().setUp()
        self.work = self.folder / "work"
        self.work.mkdir()
        (self.work / "medley.toml").write_text(
            '[import]\nformat = "jsonl"\nfile = "events.jsonl"\n[catalog]\nfile = "items.jsonl"\ntext = ["title"]\n'
            'categories = { tags = "|" }\n[features.words]\nextractor = "categories"\nfields = ["tags"]\n', encoding="utf-8")
        self.write(LOG, [{"id": item, "title": title, "tags": ["even" if item % 2 == 0 else "odd"]}
                         for item, title in enumerate(TITLES)])

    def write(self, log, items):
        (self.work / "events.jsonl").write_text(lines(log), encoding="utf-8")
        (self.work / "items.jsonl").write_text(lines(items), encoding="utf-8")

    def test_goes_all_the_way_to_recommendations(self):
        said = self.answer("import", at=self.work)
        self.assertEqual((said["store"]["users"], said["store"]["items"], said["bad"]), (12, 8, 0))
        self.assertEqual(self.answer("import", at=self.work)["events"]["unchanged"], len(LOG))
        self.medley("extract", at=self.work)
        self.medley("train", "--model", "content_ridge", at=self.work)
        items = self.answer("recommend", "--user", "u0", "--k", "3", at=self.work)["items"]
        self.assertEqual(len(items), 3)
        self.assertLessEqual({item["id"] for item in items}, {str(item) for item in range(8)})

    def test_bad_lines_are_quarantined_by_file_and_line_and_good_ones_go_on(self):
        path = self.work / "events.jsonl"
        path.write_text(path.read_text(encoding="utf-8") + '{"user": "mallory", "item": \n[1, 2]\n', encoding="utf-8")
        said = self.answer("import", at=self.work)
        self.assertEqual((said["bad"], said["store"]["events"]), (2, len(LOG)))
        quarantine = (self.work / "quarantine.csv").read_text(encoding="utf-8")
        self.assertIn("events.jsonl,37,not JSON: the line ends too early", quarantine)
        self.assertIn(",38,", quarantine)
        self.medley("forget", "--user", "mallory", at=self.work)
        self.assertNotIn("mallory", (self.work / "quarantine.csv").read_text(encoding="utf-8"))

    def test_a_file_that_is_no_json_lines_changes_nothing(self):
        self.medley("import", at=self.work)
        for text in ("", "user,item\n1,2\n", json.dumps(LOG, indent=1)):
            (self.work / "events.jsonl").write_text(text, encoding="utf-8")
            self.assertIn("events.jsonl", self.refusal("import", at=self.work))
        self.assertEqual(self.answer("check", at=self.work)["counts"]["events"], len(LOG))


class LightGcn(ProgramTest):
    def setUp(self):
        super().setUp()
        self.work = write_workspace(self.folder / "work", "user,item\n")
        self.data = self.folder / "data"
        self.data.mkdir()
        users = {u: [row["item"] for row in LOG if row["user"] == f"u{u}"] for u in range(12)}
        for name, part in (("train", slice(0, 2)), ("test", slice(2, 3))):
            (self.data / f"{name}.txt").write_text("".join(
                " ".join(map(str, (user, *items[part]))) + "\n" for user, items in users.items()), encoding="utf-8")

    def test_goes_all_the_way_to_recommendations(self):
        said = self.answer("import", "--format", "lightgcn", self.data, at=self.work)
        self.assertEqual((said["store"]["users"], said["store"]["items"], said["store"]["events"]), (12, 8, 36))
        self.assertEqual(self.answer("import", "--format", "lightgcn", self.data, at=self.work)["events"]["added"], 0)
        self.medley("train", "--model", "item_knn(k=5)", at=self.work)
        self.assertTrue(self.answer("recommend", "--user", "0", "--k", "2", at=self.work)["items"])

    def test_keeps_the_split_of_its_files(self):
        self.medley("import", "--format", "lightgcn", self.data, at=self.work)
        said = self.answer("evaluate", "--models", "popularity", "--split", "labels", at=self.work)
        self.assertEqual((said["pairs"]["train"], said["pairs"]["test"]), (24, 12))

    def test_without_its_test_file_is_refused(self):
        (self.data / "test.txt").unlink()
        self.assertIn("test.txt", self.refusal("import", "--format", "lightgcn", self.data, at=self.work))


if __name__ == "__main__":
    unittest.main()
