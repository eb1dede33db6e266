"""The whole path on the sample shop: import again, changed rows, shuffled titles. Run: python3 tests/app/shop_test.py

Its shoppers are simulated: what is held here is how the program behaves, not how good it is.
"""

import csv
import random
import unittest

from program import ProgramTest, copy_shop, write_workspace

WORDS = """
[features.words]
extractor = "text/tfidf"
modality = "text"
fields = ["title", "description"]
"""


def shuffle_texts(catalog, seed):
    """Gives each item that has a text the title and description of another one, drawn with `seed`."""
    with open(catalog, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with_text = [row for row in rows if row["title"] or row["description"]]
    texts = [(row["title"], row["description"]) for row in with_text]
    random.Random(seed).shuffle(texts)
    for row, (row["title"], row["description"]) in zip(with_text, texts):
        pass
    with open(catalog, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


class Import(ProgramTest):
    def test_again_changes_nothing(self):
        shop = copy_shop(self.folder / "shop")
        first, counts = self.answer("import", at=shop), self.answer("check", at=shop)
        again = self.answer("import", at=shop)
        rows = first["events"]["added"] + first["repeated"]
        self.assertEqual(again["events"], {"added": 0, "updated": 0, "unchanged": rows})
        self.assertEqual(again["items"], {"added": 0, "updated": 0, "unchanged": first["items"]["added"]})
        self.assertEqual((again["bad"], again["store"]), (first["bad"], first["store"]))
        self.assertEqual(self.answer("check", at=shop), counts)

    def test_updates_the_rows_that_changed(self):
        shop = copy_shop(self.folder / "shop")
        first = self.answer("import", at=shop)
        events = (shop / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        user, item, value, time, kind = events[1].split(",")
        events[1] = ",".join((user, item, "7", time, kind))
        (shop / "events.csv").write_text("".join(events) + f"{user},Banana,1,1714345700,view\n", encoding="utf-8")
        catalog = (shop / "catalog.csv").read_text(encoding="utf-8")
        (shop / "catalog.csv").write_text(catalog.replace("Nevipell Quililtova", "Nevipell Renamed"), encoding="utf-8")
        again = self.answer("import", at=shop)
        rows = first["events"]["added"] + first["repeated"]
        self.assertEqual(again["events"], {"added": 1, "updated": 1, "unchanged": rows - 1})
        self.assertEqual(again["items"], {"added": 0, "updated": 1, "unchanged": first["items"]["added"] - 1})


class Ids(ProgramTest):
    def test_never_leave_the_media_folder(self):
        """Pictures that the ids `../secret`, `/…/secret` and `a/../../secret` would reach are not taken."""
        picture = (copy_shop(self.folder / "shop") / "pictures" / "Banana.jpg").read_bytes()
        secret = self.folder / "secret.jpg"
        secret.write_bytes(picture)
        ids = ["good", "../secret", "../../secret", str(self.folder / "secret"), "sub/../../secret", "sub/inner", ".."]
        work = write_workspace(
            self.folder / "work", "user,item\n" + "".join(f"u{n % 3},{i}\n" for n, i in enumerate(ids)),
            "id,title\n" + "".join(f"{i},thing number {n}\n" for n, i in enumerate(ids)),
            '[features.color]\nextractor = "image/color"\n', 'text = ["title"]\nimage = "pictures/{id}.jpg"')
        (work / "pictures" / "sub").mkdir(parents=True)
        (work / "pictures" / "good.jpg").write_bytes(picture)
        (self.folder / "work" / "secret.jpg").write_bytes(picture)
        said = self.answer("import", at=work)
        self.assertEqual(said["store"]["items"], len(ids))
        self.assertEqual(self.answer("check", at=work)["counts"]["items_with_picture"], 1)
        self.assertEqual(self.answer("extract", at=work)["features"][0]["present"], 1)

    def test_are_text_byte_for_byte(self):
        ids = ["0042", "42", "1234567890123456789", "1234567890123456788", "two words", "#7", "crème brûlée", "a,b"]
        quoted = [f'"{i}"' for i in ids]
        work = write_workspace(self.folder / "work",
                               "user,item\n" + "".join(f"u{n % 3},{i}\n" for n, i in enumerate(quoted * 3)),
                               "id,title\n" + "".join(f"{i},thing {n}\n" for n, i in enumerate(quoted)))
        self.medley("import", at=work)
        self.medley("train", "--model", "popularity", at=work)
        listed = self.answer("recommend", "--history", "nobody", "--k", "8", at=work)["items"]
        self.assertEqual({item["id"]: item["title"] for item in listed}, {i: f"thing {n}" for n, i in enumerate(ids)})


class Shuffled(ProgramTest):
    def words_alone(self, seed=None):
        """Mean recall@20 over five splits of `content` on the words, and of chance."""
        shop = copy_shop(self.folder / f"shop-{seed}")
        if seed is not None:
            shuffle_texts(shop / "catalog.csv", seed)
        settings = (shop / "medley.toml").read_text(encoding="utf-8")
        (shop / "medley.toml").write_text(settings[:settings.index("[features.")] + WORDS, encoding="utf-8")
        self.medley("import", at=shop)
        self.medley("extract", at=shop)
        said = self.answer("evaluate", "--models", "random,content(features=words)", "--seeds", "5", at=shop)
        return {model["name"]: model["metrics"]["recall@20"]["mean"] for model in said["models"]}

    def test_titles_lose_what_the_text_gained(self):
        real = self.words_alone()
        gain = real["content"] - real["random"]
        self.assertGreater(real["content"], 1.5 * real["random"])
        for seed in (1, 2, 3):
            shuffled = self.words_alone(seed)
            self.assertGreater(real["content"], 1.5 * shuffled["content"], seed)
            self.assertLess(shuffled["content"] - shuffled["random"], 0.25 * gain, seed)


class TimeZone(ProgramTest):
    def test_changes_no_split(self):
        work = write_workspace(self.folder / "work", "user,item,time\n" + "".join(
            f"u{n % 9},i{n * 7 % 11},2024-03-{1 + n % 28:02}T{n * 5 % 24:02}:30:00\n" for n in range(90)))
        for split in ("user_time", "leave_one_out", "random"):
            said = {}
            for zone in ("UTC", "Asia/Tokyo", "America/St_Johns"):
                env = {"TZ": zone}
                store = self.folder / f"{split}-{zone.replace('/', '-')}"
                write_workspace(store, (work / "events.csv").read_bytes())
                self.medley("import", at=store, env=env)
                said[zone] = self.answer("evaluate", "--models", "popularity,item_knn(k=5)", "--split", split,
                                         at=store, env=env)
                for timed in ("seconds", "peak_mb", "data"):
                    said[zone].pop(timed)
                for model in said[zone]["models"]:
                    model.pop("fit_seconds")
            self.assertEqual(said["Asia/Tokyo"], said["UTC"], split)
            self.assertEqual(said["America/St_Johns"], said["UTC"], split)


class Recommend(ProgramTest):
    """What there is and why; no padding."""

    def setUp(self):
        super().setUp()
        items = [f"i{n}" for n in range(6)]
        events = "".join(f"u{n % 4},{items[n % 6]}\n" for n in range(20)) + "".join(f"all,{i}\n" for i in items)
        # One store a test: what one imports another must not see.
        self.work = write_workspace(self.folder / "work", "user,item\n" + events)
        self.medley("import", at=self.work)
        self.medley("train", "--model", "ease(lambda=10)", at=self.work)

    def recommend(self, *words):
        return self.answer("recommend", *words, at=self.work)

    def test_more_than_there_are_lists_what_there_is_and_says_why(self):
        said = self.recommend("--user", "u1", "--k", "50")
        seen = {row.split(",")[1] for row in (self.work / "events.csv").read_text().split() if row.startswith("u1,")}
        self.assertEqual({item["id"] for item in said["items"]}, {f"i{n}" for n in range(6)} - seen)
        self.assertIn("50 asked for", " ".join(said["notes"]))

    def test_someone_who_has_seen_everything_gets_an_empty_list_and_the_reason(self):
        said = self.recommend("--user", "all")
        self.assertEqual(said["items"], [])
        self.assertIn("seen", " ".join(said["notes"]))
        self.assertEqual(len(self.recommend("--user", "all", "--include-seen")["items"]), 6)

    def test_an_unknown_user_is_answered_with_what_is_popular_and_told(self):
        said = self.recommend("--user", "stranger", "--k", "3")
        self.assertEqual([item["reason"] for item in said["items"]], ["popular"] * 3)
        self.assertIn("'stranger'", " ".join(said["notes"]))

    def test_excluded_items_are_not_listed(self):
        (self.folder / "gone.txt").write_text("i0\r\ni3\n\nnever-heard-of\n", encoding="utf-8")
        said = self.recommend("--user", "stranger", "--k", "6", "--exclude", self.folder / "gone.txt")
        self.assertEqual({item["id"] for item in said["items"]}, {"i1", "i2", "i4", "i5"})

    def test_events_after_the_training_count(self):
        before = self.recommend("--user", "u2", "--k", "6")["items"]
        news = self.folder / "news.csv"
        news.write_text(f"user,item\nu2,{before[0]['id']}\n", encoding="utf-8")
        self.medley("import", news, at=self.work)
        after = self.recommend("--user", "u2", "--k", "6")["items"]
        self.assertEqual({i["id"] for i in after}, {i["id"] for i in before} - {before[0]["id"]})


if __name__ == "__main__":
    unittest.main()
