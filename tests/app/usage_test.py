"""Exit codes, help and JSON of every command, as scripts meet them. Run: python3 tests/app/usage_test.py"""

import json
import unittest

from program import EVENTS, USAGE, ProgramTest, copy_shop, medley, write_workspace

COMMANDS = ("init", "import", "check", "extract", "train", "evaluate", "recommend", "similar", "explain", "export",
            "plugins", "completion")
METRICS = {f"{name}@{k}" for name in ("recall", "ndcg", "hit", "mrr", "coverage", "popularity", "gini", "map", "novelty",
                                            "precision", "ild") for k in (10, 20)} | {"auc"}
SHOPPER = "simulated-001"


class Help(ProgramTest):
    def test_of_every_command_teaches_with_an_example(self):
        for command in COMMANDS:
            done = self.medley(command, "--help")
            self.assertIn(f"Example: medley {command}", done.stdout)
            self.assertEqual(done.stderr, "")

    def test_of_the_program_names_every_command(self):
        text = self.medley("--help").stdout
        for command in COMMANDS:
            self.assertRegex(text, rf"(?m)^\s+{command}\s")

    def test_version_is_one_line(self):
        self.assertRegex(self.medley("--version").stdout, r"\Amedley \d+\.\d+\.\d+\n\Z")


class UsageErrors(ProgramTest):
    def refuses(self, *words):
        done = self.medley(*words, code=USAGE)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_no_command_is_one(self):
        self.assertIn("--help", self.refuses())

    def test_an_unknown_command_is_named(self):
        self.assertIn("'frobnicate'", self.refuses("frobnicate"))
        self.assertIn("did you mean 'evaluate'?", self.refuses("evalute"))

    def test_an_unknown_flag_is_named(self):
        required = {"similar": ("--item", "i"), "explain": ("--item", "i"), "completion": ("bash",),
                    "export": ("--format", "csv", "--to", "x")}
        for command in COMMANDS:
            self.assertIn("--frobnicate", self.refuses(command, "--frobnicate", *required.get(command, ())))

    def test_a_number_outside_its_range_is_one(self):
        for words in (("recommend", "--user", "u", "--k", "0"), ("recommend", "--user", "u", "--k", "many"),
                      ("evaluate", "--k", "0"), ("evaluate", "--k", "10,"), ("evaluate", "--seeds", "0"),
                      ("similar", "--item", "i", "--k", "-1"), ("check", "--threads", "-1")):
            self.refuses(*words)

    def test_a_missing_user_or_item_is_one(self):
        self.assertIn("--user", self.refuses("recommend"))
        self.assertIn("--item", self.refuses("similar"))
        self.assertIn("--item", self.refuses("explain", "--user", "u"))
        self.assertIn("--user", self.refuses("explain", "--item", "i"))
        self.refuses("recommend", "--user", "u", "--history", "a,b")

    def test_an_unknown_model_names_those_there_are(self):
        for command, flag in (("evaluate", "--models"), ("train", "--model")):
            text = self.refuses(command, flag, "eese")
            self.assertIn("eese", text)
            self.assertIn("graph_filter", text)

    def test_a_wrong_parameter_of_a_model_is_named(self):
        for spec, name in (("ease(lamda=5)", "lambda"), ("ease(lambda=much)", "much"), ("ease(lambda=", "ease"),
                           ("item_knn(k=0)", "k")):
            self.assertIn(name, self.refuses("evaluate", "--models", spec))

    def test_weights_of_a_sum_are_at_least_0_and_not_all_0(self):
        for spec, text in (("late(models=ease+als, weights=1+-1)", "'weights' must be in [0, 1000000], got -1"),
                           ("late(models=ease+als, weights=0+0)", "the weights are all 0"),
                           ("late(models=ease+als, weights=1+1+1)", "3 weights for 2 models"),
                           ("late(models=ease(lamda=5)+als)", "did you mean 'lambda'")):
            for command, flag in (("evaluate", "--models"), ("train", "--model")):
                self.assertIn(text, self.refuses(command, flag, spec))


class UnknownNames(ProgramTest):
    """What only the data can tell to be unknown is bad input or usage, and named either way."""

    def setUp(self):
        super().setUp()
        write_workspace(self.folder, EVENTS)

    def refuses(self, *words):
        done = medley(*words, at=self.folder)
        self.assertIn(done.returncode, (1, USAGE), done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_a_format_is_named(self):
        text = self.refuses("import", "--format", "xlsx")
        self.assertIn("xlsx", text)
        self.assertIn("movielens", text)

    def test_a_feature_is_named(self):
        self.medley("import")
        self.assertIn("sound", self.refuses("evaluate", "--models", "content(features=sound)"))
        self.assertIn("sound", self.refuses("evaluate", "--models", "popularity", "--without", "sound"))
        self.assertIn("sound", self.refuses("evaluate", "--models", "popularity", "--candidates", "has:sound"))
        self.assertIn("medley extract", self.refuses("similar", "--item", "i1", "--by", "sound"))

    def test_a_split_names_those_there_are(self):
        self.medley("import")
        text = self.refuses("evaluate", "--models", "popularity", "--split", "halves")
        self.assertIn("halves", text)
        self.assertIn("leave_one_out", text)

    def test_a_model_that_was_never_trained_says_what_to_do(self):
        self.medley("import")
        self.assertIn("medley train", self.refuses("recommend", "--user", "u1"))
        self.assertIn("ease", self.refuses("recommend", "--user", "u1", "--model", "ease"))

    def test_an_item_is_named(self):
        self.medley("import")
        self.medley("train", "--model", "ease")
        self.assertIn("'i99'", self.refuses("similar", "--item", "i99"))
        self.assertIn("'i99'", self.refuses("explain", "--user", "u1", "--item", "i99"))

    def test_a_missing_workspace_says_what_to_do(self):
        for words in (("import",), ("check",), ("extract",), ("train",), ("evaluate",), ("similar", "--item", "i"),
                      ("recommend", "--user", "u"), ("explain", "--user", "u", "--item", "i")):
            text = self.refuses(*words, "-w", "nowhere")
            self.assertIn("nowhere", text)
            self.assertIn("medley init", text)

    def test_a_workspace_without_data_says_what_to_do(self):
        for words in (("check",), ("extract",), ("train",), ("evaluate",), ("similar", "--item", "i")):
            self.assertIn("medley import", self.refuses(*words))


class Init(ProgramTest):
    def test_writes_a_file_that_reads_and_never_overwrites_one(self):
        self.medley("init", "-w", "shop")
        written = (self.folder / "shop" / "medley.toml").read_text(encoding="utf-8")
        self.assertTrue(all(line.startswith(("#", "[")) for line in written.splitlines() if line))
        self.assertIn("shop", self.refusal("init", "-w", "shop"))
        self.assertEqual((self.folder / "shop" / "medley.toml").read_text(encoding="utf-8"), written)
        (self.folder / "events.csv").write_text(EVENTS, encoding="utf-8")
        self.assertEqual(self.answer("import", "events.csv", "-w", "shop")["store"]["users"], 12)


class Json(ProgramTest):
    """On the sample shop: one object on stdout with the documented keys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = copy_shop(cls.class_folder / "shop")
        cls.said = {}
        for words in (("import",), ("check",), ("extract",), ("train", "--model", "graph_filter(b=.3,c=1+1+.5)")):
            cls.said[words[0]] = json.loads(medley(*words, "--json", at=cls.shop).stdout)

    def answer(self, *words, **keywords):
        return super().answer(*words, at=self.shop, **keywords)

    def test_import_counts_what_changed_and_what_is_bad(self):
        said = self.said["import"]
        self.assertEqual(said["store"], {"users": 480, "items": 584, "events": 13315, "catalogue_rows": 581})
        self.assertEqual(said["events"], {"added": 13315, "updated": 0, "unchanged": 0})
        self.assertEqual((said["bad"], said["repeated"]), (3, 6))

    def test_check_has_counts_and_problems(self):
        said = self.said["check"]
        self.assertEqual(set(said), {"counts", "time_columns", "problems"})
        self.assertEqual(said["counts"]["users"], 480)
        for problem in said["problems"]:
            self.assertLessEqual({"code", "count", "examples"}, set(problem))
            self.assertGreater(problem["count"], 0)
        self.assertLessEqual({"items_without_catalogue_row", "items_without_text", "items_without_picture",
                              "quarantined_rows"}, {problem["code"] for problem in said["problems"]})

    def test_extract_counts_every_feature(self):
        features = {feature["name"]: feature for feature in self.said["extract"]["features"]}
        self.assertEqual({name: feature["present"] for name, feature in features.items()},
                         {"color": 465, "words": 407, "class": 349})

    def test_train_says_what_was_fitted(self):
        self.assertEqual((self.said["train"]["name"], self.said["train"]["pairs"]), ("graph_filter", 8740))

    def test_evaluate_takes_one_split(self):
        self.medley("evaluate", "--split", "random", "--split-file", "x", at=self.shop, code=USAGE)

    def test_evaluate_keeps_its_schema(self):
        specs = ["popularity", "ease(lambda=[50,200])"]
        said = self.answer("evaluate", "--models", ",".join(specs), "--candidates", "all,has:image", "--seeds", "2")
        self.assertLessEqual({"data", "split", "seeds", "columns", "models", "tests"}, set(said))
        self.assertEqual((said["split"], said["seeds"]), ("random", 2))
        self.assertEqual([column["candidates"] for column in said["columns"]], ["all", "has:image"])
        for column in said["columns"]:
            self.assertTrue(0 < column["n"] <= 584 and 0 < column["users"] <= 480, column)
        self.assertEqual([m["spec"] for m in said["models"] if m["spec"] in specs], specs)
        self.assertEqual([m["name"] for m in said["models"] if m["spec"] in specs], ["popularity", "ease"])
        self.assertIn("random", [m["name"] for m in said["models"]])
        for model in said["models"]:
            self.assertEqual(list(model["more"]), ["has:image"])
            for metrics in (model["metrics"], model["more"]["has:image"]):
                self.assertEqual(set(metrics), METRICS)
                for key, value in metrics.items():
                    self.assertEqual(set(value), {"mean", "std", "low", "high"}, key)
                    self.assertIsNotNone(value["std"], key)
                self.assertLessEqual(metrics["recall@20"]["low"], metrics["recall@20"]["mean"])
                self.assertLessEqual(metrics["recall@20"]["mean"], metrics["recall@20"]["high"])
        ease = next(m for m in said["models"] if m["name"] == "ease")
        self.assertIn(float(ease["params"]["lambda"]), (50, 200))
        self.assertTrue(said["tests"])
        for test in said["tests"]:
            self.assertLessEqual({"a", "b", "metric", "p", "p_holm"}, set(test))
            self.assertEqual(test["metric"], "recall@20")
            self.assertLessEqual(test["p"], test["p_holm"])

    def test_evaluate_has_no_deviation_of_one_run(self):
        said = self.answer("evaluate", "--models", "popularity", "--k", "5")
        recall = next(m for m in said["models"] if m["name"] == "popularity")["metrics"]["recall@5"]
        self.assertIsNone(recall["std"])

    def test_recommend_and_similar_list_items_with_reasons(self):
        for words in (("recommend", "--user", SHOPPER), ("recommend", "--history", "Banana,Orange"),
                      ("similar", "--item", "Banana"), ("similar", "--item", "Banana", "--by", "image")):
            items = self.answer(*words, "--k", "4")["items"]
            self.assertEqual(len(items), 4)
            self.assertEqual([i["score"] for i in items], sorted((i["score"] for i in items), reverse=True))
            for item in items:
                self.assertLessEqual({"id", "score", "reason", "sentence"}, set(item))
                self.assertIn(item["reason"], ("history", "content", "popular"))
                self.assertTrue(item["sentence"])

    def test_explain_sums_to_the_score_that_recommend_prints(self):
        for item in self.answer("recommend", "--user", SHOPPER, "--k", "5")["items"]:
            said = self.answer("explain", "--user", SHOPPER, "--item", item["id"])
            tolerance = 1e-5 * max(1, abs(said["score"]))
            self.assertAlmostEqual(said["score"], item["score"], delta=tolerance)
            sums = {}
            for part in said["parts"]:
                self.assertEqual(set(part), {"by", "of", "value"})
                sums[part["by"]] = sums.get(part["by"], 0) + part["value"]
            self.assertLessEqual(set(sums), {"history", "modality", "term"})
            self.assertLessEqual({"history", "modality"}, set(sums))
            for by, total in sums.items():
                self.assertAlmostEqual(total, said["score"], delta=tolerance, msg=by)

    def test_similar_names_a_feature_that_is_not_there(self):
        for words in (("--by", "sound"), ("--weights", "sound=2")):
            self.assertIn("'sound'", self.refusal("similar", "--item", "Banana", *words, at=self.shop))

    def test_plugins_lists_each_kind_with_ranges_and_formulas(self):
        said = self.answer("plugins")
        models = {plugin["name"]: plugin for plugin in said["models"]}
        self.assertLessEqual({"random", "popularity", "item_knn", "content", "content_ridge", "ease", "graph_filter"},
                             set(models))
        self.assertLessEqual({"text/tfidf", "text/lsa", "categories", "numbers", "image/color", "image/hog", "image/lbp"},
                             {plugin["name"] for plugin in said["extractors"]})
        for parameter in models["ease"]["params"]:
            self.assertLessEqual({"name", "default", "limits", "help"}, set(parameter))
        self.assertTrue(all(metric["formula"] for metric in said["metrics"]))


if __name__ == "__main__":
    unittest.main()
