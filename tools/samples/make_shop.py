#!/usr/bin/env python3
"""Makes samples/shop from its table of real products: a catalogue with gaps and a log of simulated shoppers.

    python3 tools/samples/make_shop.py                    rewrites catalog.csv and events.csv of samples/shop
    python3 tools/samples/make_shop.py --out DIR          writes the two files to DIR instead
    python3 tools/samples/make_shop.py --originals DIR    also copies the pictures that are not withheld from DIR

The products are real (source/products.csv); the shoppers are simulated. Taste is planted on the product's class,
the department of that class, and a hidden random vector; it never looks at a picture or at a word.

The same seed gives the same bytes on any machine and Python version: every draw is built on `Random.random`, the one
method whose sequence Python promises to keep, and floats are added with `math.fsum` (`sum` rounds differently since
Python 3.12). Each part of the sample has its own stream, so a change to one part leaves the others as they were.
"""

import argparse
import csv
import hashlib
import math
import random
from dataclasses import dataclass
from pathlib import Path

SEED = 20240304
SHOP = Path(__file__).resolve().parents[2] / "samples" / "shop"

# What the catalogue lacks.
CLASS_WITHHELD = 0.40
TEXT_WITHHELD = 0.30
PICTURE_WITHHELD = 0.20

# Who shops, and when.
SHOPPERS = 480
EVENTS_MIN, EVENTS_MAX = 15, 40
VISITS_MAX = 6
FIRST_SECOND = 1709510400  # 2024-03-04 00:00:00 UTC
WEEKS = 8
CART_CHANCE, PURCHASE_CHANCE = 0.35, 0.60
SAME_SECOND_CHANCE = 0.08
VALUE_OF_KIND = {"view": 1, "cart": 2, "purchase": 3}

# Standard deviations of what is added up in a shopper's log-odds for a product.
POPULARITY = 0.5
GROCERY_POPULARITY = 0.8
DEPARTMENT_TASTE = 1.5
CLASS_TASTE = 1.4
HIDDEN_TASTE = 1.8
HIDDEN_LENGTH = 6

# Flaws that real logs have.
DUPLICATE_ROWS = 6
UNKNOWN_ITEM_IDS = ("Cherry-Tomato", "Blood-Orange", "b7e2d0c4-5a1f-4c8e-9d63-2f90a1c7e845")
UNKNOWN_ITEM_ROWS = 5
CUT_ROWS = 3


@dataclass(frozen=True)
class Product:
    """A row of source/products.csv: the full truth about one real product."""

    id: str
    product_class: str
    department: str
    description: str
    file: str
    sha256: str

    @property
    def is_clothing(self):
        return self.department == "clothing"


def read_products(shop):
    with open(shop / "source" / "products.csv", encoding="utf-8", newline="") as file:
        return [Product(r["id"], r["class"], r["department"], r["description"], r["file"], r["sha256"])
                for r in csv.DictReader(file)]


def stream(part):
    return random.Random(f"{SEED}/{part}")


def below(rng, n):
    """A whole number in [0, n)."""
    return int(rng.random() * n)


def normal(rng):
    """Mean 0, deviation 1: twelve uniforms, each of variance 1/12. No logarithm or sine, so no library's rounding."""
    return math.fsum(rng.random() for _ in range(12)) - 6.0


def draw_share(part, ids, share):
    """Exactly round(share * len(ids)) of the ids, each set equally likely."""
    rng = stream(part)
    key = {i: rng.random() for i in ids}
    return set(sorted(ids, key=key.get)[:round(share * len(ids))])


# --- Catalogue ------------------------------------------------------------------------------------------------------


def withheld_pictures(products):
    return draw_share("pictures", [p.id for p in products], PICTURE_WITHHELD)


def withheld_classes(products):
    return draw_share("classes", [p.id for p in products], CLASS_WITHHELD)


def withheld_texts(products):
    """Of groceries and of clothes alike: were one kind complete, a missing text would tell the kind."""
    groceries = [p.id for p in products if not p.is_clothing]
    clothes = [p.id for p in products if p.is_clothing]
    return (draw_share("grocery texts", groceries, TEXT_WITHHELD)
            | draw_share("clothing titles", clothes, TEXT_WITHHELD))


def invented_titles(products):
    """A brand-like word, a second word and a code for each piece of clothing, drawn without a look at the product."""
    rng = stream("titles")
    starts = ("Bra", "Cael", "Dor", "Fen", "Gry", "Hal", "Jor", "Kel", "Lum", "Mor", "Nev", "Orl", "Pry", "Quil", "Sol",
              "Tav", "Ulv", "Vel", "Wyn", "Zor")
    middles = ("a", "e", "i", "o", "u", "ar", "en", "il", "on")
    ends = ("bek", "dane", "fin", "gant", "lux", "mira", "nox", "pell", "qua", "rix", "sten", "tova", "vik", "wend")

    def word():
        return "".join(part[below(rng, len(part))] for part in (starts, middles, ends))

    brands = [word() for _ in range(40)]
    titles = {}
    for product in products:
        if product.is_clothing:
            letter = chr(ord("A") + below(rng, 26))
            titles[product.id] = f"{brands[below(rng, len(brands))]} {word()} {letter}{1000 + below(rng, 9000)}"
    return titles


def catalog_rows(products):
    titles = invented_titles(products)
    no_text, no_class = withheld_texts(products), withheld_classes(products)
    for p in products:
        if p.id in no_text:
            title, description, source = "", "", "withheld"
        elif p.is_clothing:
            title, description, source = titles[p.id], "", "generated"
        else:
            title, description, source = p.id.replace("-", " "), p.description, "real"
        yield p.id, title, description, "" if p.id in no_class else p.product_class, source


# --- Simulated shoppers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """What every simulated shopper meets: how known each product is, and its hidden vector."""

    products: list
    popularity: list
    hidden: list


def make_shelf(products):
    rng = stream("shelf")
    popularity, hidden = [], []
    for p in products:
        popularity.append(POPULARITY * normal(rng) + (0.0 if p.is_clothing else GROCERY_POPULARITY))
        hidden.append([normal(rng) for _ in range(HIDDEN_LENGTH)])
    return Shelf(products, popularity, hidden)


def draw_weights(shelf, rng):
    """One new shopper's weight for each product."""
    departments = sorted({p.department for p in shelf.products})
    classes = sorted({p.product_class for p in shelf.products})
    of_department = {d: DEPARTMENT_TASTE * normal(rng) for d in departments}
    of_class = {c: CLASS_TASTE * normal(rng) for c in classes}
    direction = [normal(rng) for _ in range(HIDDEN_LENGTH)]
    scale = HIDDEN_TASTE / math.sqrt(HIDDEN_LENGTH)
    weights = []
    for product, popularity, vector in zip(shelf.products, shelf.popularity, shelf.hidden):
        match = math.fsum(a * b for a, b in zip(direction, vector))
        weights.append(math.exp(popularity + of_department[product.department] + of_class[product.product_class]
                                + scale * match))
    return weights


def draw_basket(shelf, rng, count):
    """`count` products without repetition, each next one with chance in proportion to its weight.

    The products with the smallest exponential clocks (Efraimidis and Spirakis, 2006).
    """
    clocks = [(-math.log(1.0 - rng.random()) / w, p.id) for w, p in zip(draw_weights(shelf, rng), shelf.products)]
    return [item for _, item in sorted(clocks)[:count]]


def draw_steps(shelf, rng):
    """One shopper's (item, kind) in order: a view, at times followed by a cart and a purchase of the same product."""
    count = EVENTS_MIN + below(rng, EVENTS_MAX - EVENTS_MIN + 1)
    steps = []
    for item in draw_basket(shelf, rng, count):
        steps.append((item, "view"))
        if rng.random() < CART_CHANCE:
            steps.append((item, "cart"))
            if rng.random() < PURCHASE_CHANCE:
                steps.append((item, "purchase"))
    return steps[:count]


def draw_times(rng, count):
    """Rising seconds: a few visits over the weeks, within a visit up to two minutes between steps, some in the same one."""
    visits = 1 + below(rng, VISITS_MAX)
    starts = sorted(FIRST_SECOND + below(rng, WEEKS * 7 * 86400) for _ in range(visits))
    times = []
    for step in range(count):
        begins_visit = step == 0 or (step * visits) // count != ((step - 1) * visits) // count
        if begins_visit:
            earliest = times[-1] + 1 if times else 0
            times.append(max(earliest, starts[(step * visits) // count]))
        else:
            times.append(times[-1] + (0 if rng.random() < SAME_SECOND_CHANCE else 1 + below(rng, 120)))
    return times


def simulate(products):
    """All events as (user, item, value, time, kind), by time; those of one second in the order they were made."""
    shelf = make_shelf(products)
    rows = []
    for number in range(1, SHOPPERS + 1):
        rng = stream(f"shopper {number}")
        steps = draw_steps(shelf, rng)
        for (item, kind), time in zip(steps, draw_times(rng, len(steps))):
            rows.append((f"simulated-{number:03}", item, VALUE_OF_KIND[kind], time, kind))
    return sorted(rows, key=lambda row: row[3])


def add_flaws(rows):
    """Repeats some rows, renames the item of some copies to one that no catalogue has, and cuts some rows short."""
    rng = stream("flaws")
    flawed = list(rows)

    def insert(change):
        at = below(rng, len(rows))
        flawed.insert(flawed.index(rows[at]) + 1, change(rows[at]))

    for _ in range(DUPLICATE_ROWS):
        insert(lambda row: row)
    for n in range(UNKNOWN_ITEM_ROWS):
        insert(lambda row: (row[0], UNKNOWN_ITEM_IDS[n % len(UNKNOWN_ITEM_IDS)], *row[2:]))
    for n in range(CUT_ROWS):
        insert(lambda row: row[:2 + n % 2])
    return flawed


# --- Files ----------------------------------------------------------------------------------------------------------


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def copy_pictures(products, originals, out):
    """Copies byte for byte; refuses a picture that is not the one the table names."""
    folder = out / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    withheld = withheld_pictures(products)
    for product in products:
        if product.id in withheld:
            continue
        data = (originals / product.file).read_bytes()
        if hashlib.sha256(data).hexdigest() != product.sha256:
            raise SystemExit(f"'{originals / product.file}' is not the picture that products.csv names")
        (folder / f"{product.id}.jpg").write_bytes(data)


def make(shop, out):
    products = read_products(shop)
    out.mkdir(parents=True, exist_ok=True)
    write_csv(out / "catalog.csv", ("id", "title", "description", "class", "title_source"), catalog_rows(products))
    write_csv(out / "events.csv", ("user", "item", "value", "time", "kind"), add_flaws(simulate(products)))


def main():
    parser = argparse.ArgumentParser(description="Makes the sample shop: real products, simulated shoppers.")
    parser.add_argument("--shop", type=Path, default=SHOP, help="folder with source/products.csv")
    parser.add_argument("--out", type=Path, help="where to write (default: the shop itself)")
    parser.add_argument("--originals", type=Path, help="folder with clothing/ and grocery/, to copy the pictures from")
    options = parser.parse_args()
    out = options.out or options.shop
    make(options.shop, out)
    if options.originals:
        copy_pictures(read_products(options.shop), options.originals, out)


if __name__ == "__main__":
    main()
