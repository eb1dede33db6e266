"""Things that are not in the catalogue, and why items are alike. Run: python3 tests/app/describe_test.py"""

import json
import shutil
import unittest

from program import USAGE, ProgramTest, copy_shop, write_workspace

SHOPPER = "simulated-001"


class Described(ProgramTest):
    """On the sample shop, with a model of the content."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = copy_shop(cls.class_folder / "shop")
        test = cls()
        for words in (("import",), ("extract",), ("train", "--model", "item_knn(k=50)"),
                      ("train", "--model", "content"), ("train", "--model", "graph_filter(g=1)")):
            test.medley(*words, at=cls.shop)

    def write(self, item):
        path = self.folder / "new.json"
        path.write_text(item if isinstance(item, str) else json.dumps(item), encoding="utf-8")
        return path

    def picture(self, name):
        return self.shop / "pictures" / f"{name}.jpg"


class Similar(Described):
    def test_to_an_items_own_picture_finds_that_item_first(self):
        items = self.answer("similar", "--image", self.picture("Banana"), "--by", "image", at=self.shop)["items"]
        self.assertEqual(items[0]["id"], "Banana")
        self.assertAlmostEqual(items[0]["score"], 1, places=4)
        others = self.answer("similar", "--item", "Banana", "--by", "image", at=self.shop)["items"]
        self.assertEqual([item["id"] for item in items[1:]], [item["id"] for item in others[:9]])
        for mine, other in zip(items[1:], others):
            self.assertAlmostEqual(mine["score"], other["score"], places=4)

    def test_to_words_finds_what_has_them_and_no_picture_is_asked_for(self):
        items = self.answer("similar", "--text", "juice", "--k", "3", at=self.shop)["items"]
        for item in items:
            self.assertIn("juice", (item["title"] + item["id"]).lower())
            self.assertNotIn("color", item["sentence"])

    def test_to_both_weighs_them(self):
        texts = {item["id"] for item in self.answer("similar", "--text", "juice", "--k", "9", at=self.shop)["items"]}
        juice = next(item for item in sorted(texts) if self.picture(item).is_file())

        def score_of_juice(*words):
            items = self.answer("similar", *words, "--k", "1000", at=self.shop)["items"]
            return next(item["score"] for item in items if item["id"] == juice)

        picture, words = ("--image", self.picture("Banana")), ("--text", "juice")
        only = score_of_juice(*picture, "--by", "image"), score_of_juice(*words)
        for weights, share in (("image=3", 0.25), ("text=3", 0.75), ("image=0", 1)):
            both = score_of_juice(*picture, *words, "--weights", weights)
            self.assertAlmostEqual(both, (1 - share) * only[0] + share * only[1], places=4)

    def test_refuses_what_says_nothing(self):
        self.assertIn("no modality", self.refusal("similar", "--text", "zzzyzx", at=self.shop))
        self.assertIn("none of the features", self.refusal("similar", "--text", "juice", "--by", "image", at=self.shop))
        self.assertIn("no/such.jpg", self.refusal("similar", "--image", "no/such.jpg", at=self.shop))
        broken = self.write("no picture at all")
        self.assertIn("is no picture", self.refusal("similar", "--image", broken, at=self.shop))
        for weights in ("image=-1", "image=0,text=0,category=0"):
            self.refusal("similar", "--text", "juice", "--weights", weights, at=self.shop)

    def test_refuses_what_does_not_go_together(self):
        for words in ((), ("--item", "Banana", "--text", "x"), ("--item", "Banana", "--image", "x"),
                      ("--text", "x", "--why", "Lemon"), ("--why", "Lemon")):
            self.medley("similar", *words, code=USAGE, at=self.shop)

    def test_by_a_picture_in_a_catalogue_without_pictures_is_refused(self):
        write_workspace(self.folder / "plain", "user,item\nu,a\nv,b\n", "id,title\na,red dress\nb,blue coat\n",
                        '[features.words]\nextractor = "text/tfidf"\n')
        for words in (("import",), ("extract",), ("train", "--model", "content")):
            self.medley(*words, at=self.folder / "plain")
        said = self.refusal("similar", "--image", self.picture("Banana"), at=self.folder / "plain")
        self.assertIn("no feature of the catalogue is made of them", said)
        shutil.copy(self.picture("Banana"), self.folder / "x.jpg")
        said = self.refusal("recommend", "--user", "u", "--new-item", self.write({"image": "x.jpg"}),
                            at=self.folder / "plain")
        self.assertIn("no feature of the catalogue is made of them", said)

    def test_by_words_in_a_catalogue_without_words_is_refused(self):
        write_workspace(self.folder / "plain", "user,item\nu,a\nv,b\n", "id,kind\na,dress\nb,coat\n",
                        '[features.kinds]\nextractor = "categories"\n', 'categories = { kind = "|" }')
        for words in (("import",), ("extract",)):
            self.medley(*words, at=self.folder / "plain")
        self.assertIn("made of words", self.refusal("similar", "--text", "dress", at=self.folder / "plain"))


class Why(Described):
    def test_its_parts_sum_to_the_likeness_that_similar_prints(self):
        for item in self.answer("similar", "--item", "Banana", "--k", "5", at=self.shop)["items"]:
            said = self.answer("similar", "--item", "Banana", "--why", item["id"], at=self.shop)
            self.assertEqual(set(said), {"score", "parts", "users", "sentence"})
            self.assertAlmostEqual(said["score"], item["score"], places=5)
            self.assertAlmostEqual(sum(part["value"] for part in said["parts"]), said["score"], places=9)
            self.assertAlmostEqual(sum(part["weight"] for part in said["parts"]), 1, places=9)
            self.assertLessEqual(said["users"]["in_common"], min(said["users"]["of_item"], said["users"]["of_why"]))

    def test_names_what_both_have(self):
        words = ("similar", "--item", "Arla-Standard-Milk", "--why", "Garant-Ecological-Standard-Milk")
        said = self.answer(*words, at=self.shop)
        shared = {part["feature"]: part["shared"] for part in said["parts"]}
        self.assertIn("milk", shared["words"])
        text = self.medley(*words, at=self.shop).stdout
        self.assertIn("in common", text)
        self.assertIn("milk", text)

    def test_of_an_unknown_item_is_refused(self):
        self.assertIn("'nothing'", self.refusal("similar", "--item", "Banana", "--why", "nothing", at=self.shop))


class NewItem(Described):
    def banana(self, **more):
        shutil.copy(self.picture("Banana"), self.folder / "banana.jpg")
        return self.write({"id": "banana-2", "title": "Banana", "image": "banana.jpg"} | more)

    def test_has_a_rank_a_score_and_a_reason_for_a_user(self):
        said = self.answer("recommend", "--user", SHOPPER, "--new-item", self.banana(), at=self.shop)["new_items"]
        self.assertEqual(len(said), 1)
        self.assertEqual(set(said[0]), {"id", "score", "rank", "candidates", "reason", "sentence"})
        self.assertEqual(said[0]["id"], "banana-2")
        self.assertTrue(1 <= said[0]["rank"] <= said[0]["candidates"])
        self.assertIn("rank", self.medley("recommend", "--history", "Banana,Lemon", "--new-item", self.banana(),
                                          at=self.shop).stdout)

    def test_stands_higher_for_a_history_of_its_kind(self):
        file = self.write({"title": "Fresh Standard Milk", "class": "Milk"})
        ranks = []
        for history in ("Arla-Standard-Milk,Garant-Ecological-Standard-Milk", "Lemon"):
            said = self.answer("recommend", "--model", "content", "--history", history, "--new-item", file, at=self.shop)
            ranks.append(said["new_items"][0]["rank"])
        self.assertLess(ranks[0], 20)
        self.assertLess(ranks[0], ranks[1])

    def test_among_few_candidates_counts_those_alone(self):
        said = self.answer("recommend", "--history", "Banana", "--where", "id has lemon", "--new-item", self.banana(),
                           at=self.shop)["new_items"][0]
        self.assertLess(said["candidates"], 10)

    def test_that_the_model_or_its_fusion_cannot_place_is_refused(self):
        shop = self.folder / "other"
        shutil.copytree(self.shop, shop)
        for model, why in (("popularity", "these can: content, content_ridge, graph_filter"),
                           ("content_kernel", "these can: content, content_ridge, graph_filter"),
                           ("content(fusion=pca,dim=16)", "concat with zero can"),
                           ("content(missing=mean)", "concat with zero can")):
            self.medley("train", "--model", model, at=shop)
            self.assertIn(why, self.refusal("recommend", "--new-item", self.banana(), at=shop), model)

    def test_without_a_user_names_those_who_would_want_it(self):
        said = self.answer("recommend", "--new-item", self.banana(), "--k", "5", at=self.shop)["new_items"][0]
        self.assertEqual(len(said["users"]), 5)
        scores = [user["score"] for user in said["users"]]
        self.assertEqual(scores, sorted(scores, reverse=True))
        one = self.answer("recommend", "--user", said["users"][0]["user"], "--new-item", self.banana(), at=self.shop)
        self.assertAlmostEqual(one["new_items"][0]["score"], scores[0], places=4)
        self.assertIn("highest", self.medley("recommend", "--new-item", self.banana(), at=self.shop).stdout)

    def test_several_are_answered_for_in_turn(self):
        file = self.write([{"title": "Standard Milk"}, {"title": "orange juice"}])
        said = self.answer("recommend", "--user", SHOPPER, "--new-item", file, at=self.shop)["new_items"]
        self.assertEqual([item["id"] for item in said], ["new 1", "new 2"])

    def test_that_says_nothing_or_something_wrong_is_refused(self):
        for item, words in (({}, "no modality"), ({"title": "zzzyzx"}, "no modality"), ({"titel": "x"}, "'title'?"),
                            ({"title": 3}, "must be a text"), ({"image": "absent.jpg"}, "absent.jpg"),
                            ({"id": "Banana", "title": "x"}, "already"), ("{", "line 1"), ([], "no item")):
            said = self.refusal("recommend", "--user", SHOPPER, "--new-item", self.write(item), at=self.shop)
            self.assertIn(words, said)
        self.assertIn("nowhere.json", self.refusal("recommend", "--user", SHOPPER, "--new-item", "nowhere.json",
                                                   at=self.shop))

    def test_is_refused_by_a_model_that_cannot_and_those_that_can_are_named(self):
        said = self.refusal("recommend", "--user", SHOPPER, "--model", "item_knn", "--new-item", self.banana(),
                            at=self.shop)
        self.assertIn("item_knn", said)
        self.assertIn("content_ridge", said)


class Counterfactual(Described):
    def test_is_checked_by_the_lists_themselves(self):
        history = "Banana,Lemon,Arla-Sour-Milk,Anjou"
        found = 0
        for item in self.answer("recommend", "--history", history, "--k", "10", at=self.shop)["items"]:
            said = self.answer("explain", "--history", history, "--item", item["id"], at=self.shop)["counterfactual"]
            self.assertEqual(set(said), {"without", "rank_before", "rank_after", "k", "sentence"})
            self.assertTrue(1 <= said["rank_before"] <= 10)
            if not said["without"]:
                self.assertIsNone(said["rank_after"])
                self.assertIn("stays", said["sentence"])
                continue
            found += 1
            rest = [one for one in history.split(",") if one not in said["without"]]
            (self.folder / "out.txt").write_text("\n".join(said["without"]), encoding="utf-8")
            listed = self.answer("recommend", "--history", ",".join(rest) or "none", "--k", "1000", "--exclude",
                                 self.folder / "out.txt", at=self.shop)["items"]
            self.assertEqual([one["id"] for one in listed].index(item["id"]) + 1, said["rank_after"])
            self.assertGreater(said["rank_after"], 10)
            self.assertIn(f"falls from rank {said['rank_before']} to {said['rank_after']}", said["sentence"])
        self.assertGreater(found, 0)

    def test_takes_a_k_and_a_size_and_stands_in_the_text(self):
        words = ("explain", "--history", "Banana,Lemon", "--item", "Orange")
        self.assertIn("rank", self.medley(*words, "--k", "300", "--without", "1", at=self.shop).stdout)
        for wrong in (("--k", "0"), ("--without", "0"), ("--without", "many")):
            self.medley(*words, *wrong, code=USAGE, at=self.shop)


if __name__ == "__main__":
    unittest.main()
