"""What content adds, and what wrong and missing data cost. Run: python3 tests/app/knock_out_test.py

The sample's shoppers are simulated: taste was planted on the product's class, and on no picture and no word.
"""

import unittest

from program import BAD_INPUT, EVENTS, USAGE, ProgramTest, copy_shop, write_workspace

PLANTED = "category"


class KnockOut(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = copy_shop(cls.class_folder / "shop")
        for words in (("import",), ("extract",)):
            test = cls("medley")
            test.medley(*words, at=cls.shop)

    def knock_out(self, *words, split="item_cold", code=0):
        done = self.medley("evaluate", "--split", split, *words, at=self.shop, code=code)
        return done.stdout, done.stderr

    def test_of_the_planted_modality_lies_above_the_control_and_noise_and_shuffled_within(self):
        said = self.answer("evaluate", "--split", "item_cold", "--models", "graph_filter,content_ridge", "--knock-out",
                           "--expect-gain", PLANTED, at=self.shop)
        self.assertEqual([table["model"] for table in said["knock_out"]], ["graph_filter", "content_ridge"])
        for table in said["knock_out"]:
            rows = {row["name"]: row for row in table["rows"]}
            control = rows["control"]
            self.assertGreater(rows[f"{PLANTED} alone"]["mean"], control["high"])
            for name in ("all noise", "all shuffled"):
                self.assertEqual(rows[name]["place"], "within")
                self.assertLessEqual(control["low"], rows[name]["mean"])
                self.assertLessEqual(rows[name]["mean"], control["high"])
            verdicts = {verdict["of"]: verdict for verdict in table["verdicts"]}
            self.assertTrue(verdicts[PLANTED]["earns"], verdicts[PLANTED]["sentence"])
            self.assertEqual(table["failures"], [])

    def test_of_a_modality_that_says_nothing_misses_an_expected_gain(self):
        """Clothing titles are invented and cut from nothing, and groceries are few: words cannot carry the shop."""
        model = "graph_filter(a=.5,b=.3,c=1+.5,features=text,g=.1)"
        printed, complaint = self.knock_out("--models", model, "--knock-out", "text", "--expect-gain", "text",
                                            split="random", code=BAD_INPUT)
        self.assertIn("what content adds to graph_filter", printed)
        self.assertIn("a gain was expected of text", complaint)

    def test_prints_a_table_and_a_sentence_for_each_modality(self):
        printed, _ = self.knock_out("--models", "content_ridge", "--knock-out")
        self.assertIn("control: presence only", printed)
        for modality in ("image", "text", "category"):
            for change in ("removed", "noise", "shuffled", "alone"):
                self.assertRegex(printed, rf"(?m)^{modality} {change}  ")
            self.assertRegex(printed, rf"(?m)^{modality} (earns|does|has no say)")
        self.assertIn("nothing is chosen again", printed)

    def test_of_a_modality_that_is_not_there_is_refused(self):
        message = self.refusal("evaluate", "--models", "graph_filter", "--knock-out", "sound", at=self.shop)
        self.assertIn("there is no feature or modality 'sound'; there are: color (image)", message)
        message = self.refusal("evaluate", "--models", "ease", "--knock-out", at=self.shop, code=USAGE)
        self.assertIn("none of the models 'ease' uses what is to be knocked out", message)
        message = self.refusal("evaluate", "--expect-gain", PLANTED, at=self.shop, code=USAGE)
        self.assertIn("needs --knock-out", message)

    def test_without_any_features_is_refused(self):
        work = write_workspace(self.folder / "work", EVENTS)
        self.medley("import", at=work)
        self.assertIn("nothing to knock out", self.refusal("evaluate", "--knock-out", at=work))


class Curves(ProgramTest):
    def test_fall_with_the_share_that_is_wrong_or_missing(self):
        shop = copy_shop(self.folder / "shop")
        self.medley("import", at=shop)
        self.medley("extract", at=shop)
        said = self.answer("evaluate", "--models", "ease(lambda=200),content", "--noise", "log=0,.2,.8", "--drop",
                           "category=.5,1", at=shop)
        noise, drop = said["curves"]
        self.assertEqual((noise["kind"], noise["of"], drop["kind"], drop["of"]), ("noise", "log", "drop", "category"))
        for curve, shares in ((noise, [0, 0.2, 0.8]), (drop, [0, 0.5, 1])):
            for model in ("ease(lambda=200)", "content"):
                points = [point for point in curve["points"] if point["model"] == model]
                self.assertEqual([point["share"] for point in points], shares)
                self.assertTrue(all(point["low"] <= point["mean"] <= point["high"] for point in points))
                of_table = next(row for row in said["models"] if row["spec"] == model)
                self.assertEqual(points[0]["mean"], of_table["metrics"]["recall@20"]["mean"])
        ease = [point["mean"] for point in noise["points"] if point["model"] == "ease(lambda=200)"]
        self.assertGreater(ease[0], ease[1])
        self.assertGreater(ease[1], ease[2])
        untouched = {point["mean"] for point in drop["points"] if point["model"] == "ease(lambda=200)"}
        self.assertEqual(len(untouched), 1, "ease reads no content")
        content = [point["mean"] for point in drop["points"] if point["model"] == "content"]
        self.assertGreater(content[0], content[2])

    def test_of_what_is_no_share_or_not_there_are_refused(self):
        work = write_workspace(self.folder / "work", EVENTS)
        self.medley("import", at=work)
        for words in (("--noise", "log=2"), ("--drop", "image"), ("--drop", "image=x")):
            self.assertIn(words[1], self.refusal("evaluate", *words, at=work, code=USAGE))
        self.assertIn("got 'image'", self.refusal("evaluate", "--noise", "image=.1", at=work, code=USAGE))
        self.assertIn("'image'", self.refusal("evaluate", "--drop", "image=.5", at=work))


if __name__ == "__main__":
    unittest.main()
