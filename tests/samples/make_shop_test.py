"""Holds samples/shop to what its README states. Run: python3 tests/samples/make_shop_test.py"""

import csv
import hashlib
import sys
import tempfile
import unittest
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "samples" / "shop"
sys.path.insert(0, str(ROOT / "tools" / "samples"))

import make_shop  # noqa: E402  (found only after the line above)


def read_rows(name):
    with open(SHOP / name, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def changed(products, change):
    """The products, each with fields replaced by `change(product, position)`."""
    return [replace(p, **change(p, n)) for n, p in enumerate(products)]


class Shop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.products = make_shop.read_products(SHOP)
        cls.clothes = {p.id for p in cls.products if p.is_clothing}
        with open(SHOP / "catalog.csv", encoding="utf-8", newline="") as file:
            cls.catalog = {row["id"]: row for row in csv.DictReader(file)}
        cls.events = read_rows("events.csv")[1:]
        cls.whole_events = [row for row in cls.events if len(row) == 5]


class Regenerated(Shop):
    def test_gives_the_committed_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            make_shop.make(SHOP, Path(folder))
            for name in ("catalog.csv", "events.csv"):
                self.assertEqual((Path(folder) / name).read_bytes(), (SHOP / name).read_bytes(), name)

    def test_copies_exactly_the_pictures_that_are_shipped(self):
        with tempfile.TemporaryDirectory() as folder:
            originals, out = Path(folder) / "originals", Path(folder) / "out"
            withheld = make_shop.withheld_pictures(self.products)
            for p in self.products:
                if p.id not in withheld:
                    (originals / p.file).parent.mkdir(parents=True, exist_ok=True)
                    (originals / p.file).write_bytes((SHOP / "pictures" / f"{p.id}.jpg").read_bytes())
            make_shop.copy_pictures(self.products, originals, out)
            self.assertEqual(sorted(f.name for f in (out / "pictures").iterdir()),
                             sorted(f.name for f in (SHOP / "pictures").iterdir()))

    def test_refuses_a_picture_that_is_not_the_one_in_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            shown = next(p for p in self.products if p.id not in make_shop.withheld_pictures(self.products))
            file = Path(folder) / shown.file
            file.parent.mkdir(parents=True)
            file.write_bytes(b"another picture")
            with self.assertRaises(SystemExit):
                make_shop.copy_pictures([shown], Path(folder), Path(folder) / "out")


class Products(Shop):
    def test_are_500_clothes_and_81_groceries_with_unique_ids(self):
        self.assertEqual(len(self.clothes), 500)
        self.assertEqual(len(self.products) - len(self.clothes), 81)
        self.assertEqual(len({p.id for p in self.products}), 581)
        self.assertEqual(list(self.catalog), [p.id for p in self.products])

    def test_pictures_are_the_original_bytes(self):
        sums = {p.id: p.sha256 for p in self.products}
        for file in (SHOP / "pictures").iterdir():
            self.assertEqual(hashlib.sha256(file.read_bytes()).hexdigest(), sums[file.stem], file.name)

    def test_groceries_keep_their_real_name_and_description(self):
        for p in self.products:
            row = self.catalog[p.id]
            if row["title_source"] == "real":
                self.assertEqual((row["title"], row["description"]), (p.id.replace("-", " "), p.description))


class Withheld(Shop):
    def test_classes_are_40_percent_of_all_products(self):
        self.assertEqual(sum(not row["class"] for row in self.catalog.values()), round(0.4 * 581))
        for p in self.products:
            self.assertIn(self.catalog[p.id]["class"], ("", p.product_class))

    def test_texts_are_30_percent_of_groceries_and_of_clothes(self):
        bare = {i for i, row in self.catalog.items() if not row["title"] and not row["description"]}
        self.assertEqual(len(bare - self.clothes), round(0.3 * 81))
        self.assertEqual(len(bare & self.clothes), round(0.3 * 500))
        self.assertEqual(bare, {i for i, row in self.catalog.items() if row["title_source"] == "withheld"})

    def test_pictures_are_20_percent_of_all_products(self):
        shown = {file.stem for file in (SHOP / "pictures").glob("*.jpg")}
        self.assertLessEqual(shown, set(self.catalog))
        self.assertEqual(len(self.catalog) - len(shown), round(0.2 * 581))

    def test_do_not_follow_the_class(self):
        """Each of the ten clothing classes has some products with and some without each modality."""
        shown = {file.stem for file in (SHOP / "pictures").glob("*.jpg")}
        for name in {p.product_class for p in self.products if p.is_clothing}:
            ids = {p.id for p in self.products if p.product_class == name}
            for present in (shown, {i for i, r in self.catalog.items() if r["title"]},
                            {i for i, r in self.catalog.items() if r["class"]}):
                self.assertTrue(ids & present, name)
                self.assertTrue(ids - present, name)


class ClothingTitles(Shop):
    def test_are_marked_as_generated(self):
        for i in self.clothes:
            self.assertIn(self.catalog[i]["title_source"], ("generated", "withheld"))
            self.assertEqual(self.catalog[i]["description"], "")

    def test_do_not_depend_on_the_class(self):
        other = changed(self.products, lambda p, n: {"product_class": f"class {n % 7}"})
        self.assertEqual(make_shop.invented_titles(other), make_shop.invented_titles(self.products))


class SimulatedShoppers(Shop):
    def test_do_not_depend_on_words_or_pictures(self):
        other = changed(self.products, lambda p, n: {"description": f"text {n}", "file": f"{n}.jpg", "sha256": ""})
        self.assertEqual(make_shop.simulate(other), make_shop.simulate(self.products))

    def test_depend_on_the_class(self):
        other = changed(self.products, lambda p, n: {"product_class": f"class {n % 7}"})
        self.assertNotEqual(make_shop.simulate(other), make_shop.simulate(self.products))

    def test_are_called_simulated_in_every_row(self):
        self.assertTrue(all(row[0].startswith("simulated-") for row in self.events))

    def test_have_15_to_40_events_each_before_the_flaws(self):
        counts = Counter(row[0] for row in make_shop.simulate(self.products))
        self.assertEqual(len(counts), 480)
        self.assertGreaterEqual(min(counts.values()), 15)
        self.assertLessEqual(max(counts.values()), 40)

    def test_buy_only_what_they_put_in_the_cart_and_only_what_they_viewed(self):
        done = {(user, item, kind): n for n, (user, item, _, _, kind) in enumerate(make_shop.simulate(self.products))}
        before = {"cart": "view", "purchase": "cart"}
        for (user, item, kind), n in done.items():
            if kind in before:
                self.assertLess(done[user, item, before[kind]], n)

    def test_events_are_whole_seconds_in_order_and_some_share_one(self):
        times = [int(row[3]) for row in self.whole_events]
        self.assertEqual(times, sorted(times))
        per_user = Counter((row[0], row[3]) for row in make_shop.simulate(self.products))
        self.assertGreater(sum(n - 1 for n in per_user.values()), 100)


class Flaws(Shop):
    def test_are_all_that_is_added_to_the_log(self):
        self.assertEqual(len(self.events), len(make_shop.simulate(self.products)) + 14)
        self.assertIn(f"| `events.csv` | {len(self.events):,} |", (SHOP / "README.md").read_text(encoding="utf-8"))

    def test_six_rows_stand_twice(self):
        self.assertEqual(sum(n - 1 for n in Counter(map(tuple, self.whole_events)).values()), 6)

    def test_five_rows_name_three_products_that_the_catalogue_lacks(self):
        unknown = [row[1] for row in self.whole_events if row[1] not in self.catalog]
        self.assertEqual((len(unknown), len(set(unknown))), (5, 3))

    def test_three_rows_are_cut_short(self):
        self.assertEqual(sorted(len(row) for row in self.events if len(row) != 5), [2, 2, 3])


if __name__ == "__main__":
    unittest.main()
