"""Words as vectors and as numbers, from files to answers. Run: python3 tests/app/words_test.py"""

import json
import unittest

from program import USAGE, ProgramTest

SEA, KITCHEN = ["boat", "sail", "harbour", "anchor", "wave"], ["oven", "bread", "butter", "flour", "spoon"]


def title(item):
    words = SEA if item % 2 == 0 else KITCHEN
    return " ".join(words[(item // 2 + k) % 5] for k in range(3))


class Words(ProgramTest):
    def setUp(self):
        super().setUp()
        self.work = self.folder / "work"
        self.work.mkdir()
        self.configure('[features.words]\nextractor = "text/words"\ndim = 8\nepochs = 40\n'
                       '[features.tokens]\nextractor = "text/tokens"\nlength = 4\n')
        (self.work / "events.csv").write_text("user,item,time\n" + "".join(
            f"u{u},{item},{100 * u + item}\n" for u in range(12) for item in range(u % 2, 40, 2) if (item + u) % 3), encoding="utf-8")
        (self.work / "items.csv").write_text("id,title\n" + "".join(f"{i},{title(i)}\n" for i in range(40)), encoding="utf-8")
        self.medley("import", at=self.work)

    def configure(self, features):
        (self.work / "medley.toml").write_text(
            '[import]\nformat = "csv"\nfile = "events.csv"\n[catalog]\nfile = "items.csv"\ntext = ["title"]\n' + features,
            encoding="utf-8")

    def test_vectors_of_words_reach_a_model_and_a_new_item(self):
        self.medley("extract", at=self.work)
        self.assertEqual(self.answer("extract", at=self.work)["features"][0]["reused"], 40)
        near = self.answer("similar", "--item", "0", "--k", "10", at=self.work)["items"]
        self.assertTrue(all(int(item["id"]) % 2 == 0 for item in near), near)
        self.medley("train", "--model", "content_ridge", at=self.work)
        new = self.folder / "new.json"
        new.write_text(json.dumps({"id": "new", "title": "boats and sails"}), encoding="utf-8")
        found = self.answer("similar", "--text", "boats and sails", "--k", "4", at=self.work)["items"]
        self.assertTrue(all(int(item["id"]) % 2 == 0 for item in found), found)

    def test_why_names_the_words_that_bind_two_items(self):
        self.medley("extract", at=self.work)
        parts = self.answer("similar", "--item", "0", "--why", "2", at=self.work)["parts"]
        self.assertEqual([part["feature"] for part in parts], ["words"])
        self.assertTrue(parts[0]["shared"])
        self.assertLessEqual({word.split(" of ")[0] for word in parts[0]["shared"]}, set(SEA))
        self.assertIn(parts[0]["shared"][0], SEA, "a word of both goes first")

    def test_explain_names_the_words_that_bind_an_item_to_the_history(self):
        self.configure('[features.words]\nextractor = "text/words"\ndim = 8\nepochs = 40\n[features.topics]\nextractor = "text/lsa"\ndim = 4\n')
        self.medley("extract", at=self.work)
        self.medley("train", "--model", "content(weights=1+1)", at=self.work)
        asked = ("explain", "--history", "2,1,12", "--item", "0")
        alike = self.answer(*asked, at=self.work)["alike"]
        self.assertEqual(len(alike), 2)
        for bond in alike:
            self.assertIn(bond["id"], ("2", "12"))  # of the sea, as item 0
            for part in bond["parts"]:
                self.assertGreater(part["cosine"], 0)
                self.assertTrue(part["shared"])
                self.assertLessEqual({word.split(" of ")[0] for word in part["shared"]}, set(SEA))
        self.assertEqual({part["feature"] for bond in alike for part in bond["parts"]}, {"words", "topics"})
        self.assertIn("what binds the two", self.medley(*asked, at=self.work).stdout)
        self.assertEqual(len(self.answer(*asked, "--alike", "1", at=self.work)["alike"]), 1)
        self.assertEqual(self.answer(*asked, "--alike", "0", at=self.work)["alike"], [])
        self.assertNotIn("alike in content", self.medley(*asked, "--alike", "0", at=self.work).stdout)
        state = self.work / "features" / "topics.state"
        whole = state.read_bytes()
        state.write_bytes(whole[:100])
        broken = self.medley(*asked, at=self.work)
        self.assertIn("what binds the items is left out: './features/topics.state'", broken.stderr)
        self.assertIn("by history", broken.stdout)
        self.assertNotIn("alike in content", broken.stdout)
        state.write_bytes(whole)
        self.medley("train", "--model", "ease", at=self.work)
        self.assertEqual(self.answer(*asked, at=self.work)["alike"], [], "a model without content")
        self.medley(*asked, "--alike", "-1", code=USAGE, at=self.work)

    def test_numbers_of_words_are_the_input_of_networks_and_of_nothing_else(self):
        said = self.answer("extract", at=self.work)["features"]
        self.assertEqual([(one["name"], one["dim"]) for one in said], [("words", 8), ("tokens", 4)])
        header = (self.work / "features" / "tokens.npy").read_bytes()[:80]
        self.assertIn(b"'<i4'", header)
        self.assertIn("'tokens' are raw", self.refusal("similar", "--item", "0", "--by", "tokens", at=self.work))
        models = self.answer("evaluate", "--models", "content", "--seeds", "1", at=self.work)
        self.assertNotIn("tokens", json.dumps(models["features"]) if "features" in models else "")

    def test_rows_that_no_second_run_gives_are_marked_so(self):
        self.configure('[features.words]\nextractor = "text/words"\ndim = 8\nracy = true\n'
                       '[features.calm]\nextractor = "text/words"\ndim = 8\n')
        for _ in ("made", "from the cache"):
            racy, calm = self.answer("extract", "--threads", "2", at=self.work)["features"]
            self.assertEqual((racy["racy"], calm["racy"]), ("learned on 2 threads at once, another run gives other numbers", ""))
        said = self.medley("extract", at=self.work).stdout
        self.assertIn("\nwords: racy: learned on 2 threads at once, another run gives other numbers\n", said)
        self.assertNotIn("calm: racy", said)

    def test_a_broken_file_of_vectors_is_refused_with_its_line(self):
        (self.work / "w.vec").write_text("2 2\nboat 1 2\nsail 1 x\n", encoding="utf-8")
        self.configure(f'[features.words]\nextractor = "text/words"\nvectors = "{self.work}/w.vec"\n')
        self.assertIn("line 3: 'x' is no number", self.refusal("extract", at=self.work))


class TextBesideData(ProgramTest):
    """evaluate --data FOLDER --text FILE"""

    def setUp(self):
        super().setUp()
        self.data = self.folder / "data"
        self.data.mkdir()
        for name, keep in (("train", lambda u, i: (i + u) % 4), ("test", lambda u, i: (i + u) % 4 == 0)):
            (self.data / f"{name}.txt").write_text("".join(
                f"{u} " + " ".join(str(i) for i in range(u % 2, 24, 2) if keep(u // 2, i // 2)) + "\n" for u in range(10)),
                encoding="utf-8")
        self.texts = self.folder / "texts.json"
        self.texts.write_text(json.dumps({str(i): title(i) for i in range(24)} | {"99": "of no item"}), encoding="utf-8")

    def evaluate(self, *words):
        return self.answer("evaluate", "--data", self.data, "--models", "random, content", "--seeds", "1", "--k", "5", *words)

    def test_words_from_a_file_make_a_model_of_content_possible(self):
        rows = {row["name"]: row for row in self.evaluate("--text", self.texts)["models"]}
        recall = {name.split("(")[0]: row["metrics"]["recall@5"]["mean"] for name, row in rows.items()}
        self.assertGreater(recall["content"], recall["random"])
        self.assertIn("1 texts are of no item", self.medley(
            "evaluate", "--data", self.data, "--models", "content", "--seeds", "1", "--text", self.texts).stderr)

    def test_without_them_there_is_no_content(self):
        self.assertIn("needs at least one feature", self.refusal("evaluate", "--data", self.data, "--models", "content"))

    def test_what_is_no_object_of_texts_is_refused(self):
        self.texts.write_text('{"1": 2}', encoding="utf-8")
        self.assertIn("'1' is no text", self.refusal("evaluate", "--data", self.data, "--text", self.texts))
        self.medley("evaluate", "--data", self.data, "--text-by", "text/tfidf", code=USAGE)
        self.medley("evaluate", "--text", self.texts, code=USAGE)

    def test_what_gives_no_vectors_is_refused_before_anything_is_fitted(self):
        for plugin, reason in (("text/tokens", "the input of a network"), ("image/color", "reads files")):
            self.assertIn(reason, self.refusal("evaluate", "--data", self.data, "--text", self.texts, "--text-by", plugin))


if __name__ == "__main__":
    unittest.main()
