#!/usr/bin/env python3
"""Runs the experiments of docs/results.md on real data, holds each printed figure to its target, and prints Markdown.

    MEDLEY_DATA=DIR bench/results.py [name ...]      (default: all, as docs/results.md)

MEDLEY_DATA names a folder with tiktok/, baby/, baby-mmrec/, lastfm/, ml-100k/, movies/ and media/; without it, or without one of
these, the experiment is skipped with a line. Exit status 1 when a target is missed, 2 when a command failed.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEDLEY = ROOT / "build" / "medley"
SHOP = ROOT / "samples" / "shop"
COLD = ["--split-file", "$MEDLEY_DATA/movies/item_cold_split.csv", "--k", "20"]
META = "content_ridge(features=genres+year)"
LSA = "content_ridge(features=genres+year+text/lsa)"
COLOR = "content_ridge(features=image/color)"
EVERYTHING = "content_ridge(features=genres+year+text/lsa+image/color)"
PICTURES = [f"content_ridge(features={names})" for names in ("color", "hog", "lbp", "color+hog+lbp")]
# Each encoder alone, all, and all without one of them.
ENCODED = [f"content_ridge(features={names})" for names in (
    "genres+year", "lsa", "minilm", "posters", "genres+year+lsa+minilm+posters", "genres+year+minilm+posters", "genres+year+lsa+posters",
    "genres+year+lsa+minilm", "lsa+minilm+posters")]
EASE_FILTER = "late(models=ease(lambda=200)+graph_filter)"
ALS_FILTER = "late(models=als+graph_filter)"
ALS = "als(factors=256,a0=[.0005,.002],lambda=[.02,.08],epochs=[4,8,12,16])"
# Around what the whole search chose on baby, and the graph filter that it chose on baby-mmrec.
ALS_NEAR = "als(factors=256,a0=[.001,.002,.004],lambda=.08,epochs=[4,8,12,16])"
ALS_NEAR_FILTER = f"late(models={ALS_NEAR}+graph_filter(a=.5,b=.3,c=1+1+.5,features=none))"
ALS_SUM_TWINS = "late(models=als(factors=256,a0=.002,lambda=.08,epochs=16,seeds=3)+content_kernel(features=image,temperature=.05))"
ALS_TWINS = f"late(models={ALS}+content_kernel(features=image,temperature=.05))"
# What the whole search of als chose on validation (best of 144).
LASTFM_ALS = "als(factors=512,a0=.05,lambda=.02,epochs=6)"
HEAD = """\
# Results on real data

One section an experiment: the command, what it printed (with time and peak memory), and each figure held to its target. `make results` runs
all of them again (`bench/results.py NAME` some of them) from the data in `$MEDLEY_DATA`, and says so where that is not set. Two cores, with
other work beside it, so times are upper bounds. Settings are chosen on validation items only; ties are ordered by a hash of user and item,
so that constant scores find what chance finds (a unit test holds that). An *aim* is hoped for, a *target* has to be reached.

In the tables of the films split by user, ease's lambda is what the first run's validation part chose among five. Models that read no content
are the same with and without a modality, so they stand in `films-random` alone.

A knock-out (`--knock-out`) fits a model again with the settings that were chosen once, for the full model, and changes its content alone. It is its
own judge: `medley evaluate` says so and ends with status 1, which fails `make results`, where noise or shuffled content in place of all content
lies outside of the 95 % interval of the control without content, where they lie above the row without a modality, or where the modality that the
sample shop's tastes were planted on does not lie above the control's interval.
"""


class Target:
    """A figure that a row must reach: `value` within `within`, or at least `value` where that is None.

    An `aim` is hoped for: falling short of it is said, and is no failure.
    """

    def __init__(self, row, value, within=None, column="recall@20", aim=False):
        self.row, self.value, self.within, self.column, self.aim = row, value, within, column, aim

    def judge(self, found):
        if self.within is None:
            return found >= self.value, f"at least {self.value:.4f}"
        return round(abs(found - self.value), 6) <= self.within, f"{self.value:.4f} within {self.within:.4f}"


class Experiment:
    """`published`: what others print for the same split, beside the table. `workspace` names the medley.toml of bench/ in whose
    workspace it runs, or the sample shop; None reads the folder itself.
    """

    def __init__(self, source, models, *args, targets=(), workspace=None, published=""):
        self.source, self.models, self.targets, self.workspace, self.published = source, models, targets, workspace, published
        where = [] if workspace else ["--data", f"$MEDLEY_DATA/{source}"]
        self.args = ["evaluate", *where, "--models", ", ".join(models), *args]

    def figure(self, printed, row, column):
        """The figure of a row in the printed table; numbers end where the name of their column ends."""
        lines = printed.splitlines()
        at = next(i for i, line in enumerate(lines) if line.split()[:1] == ["model"])
        end = lines[at].index(f"  {column}  ") + len(column) + 2
        return float(lines[at + 2 + self.models.index(row)][:end].split()[-1])


def on(folder, models, *args, targets=(), published=""):
    return Experiment(folder, models, *args, targets=targets, published=published)


def films(models, *args, targets=()):
    return Experiment("movies", models, *args, targets=targets, workspace="films.toml")


def posters(models, *args):
    return Experiment("movies", models, *args, workspace="films_pictures.toml")


def encoded(models, *args, targets=()):
    return Experiment("movies", models, *args, targets=targets, workspace="films_encoders.toml")


def shop(models, *args, targets=()):
    """On the sample shop, whose simulated shoppers have a taste for classes of products and for no picture or word."""
    return Experiment("shop", models, *args, targets=targets, workspace="shop")


def without(modality):
    """Models that read no content are the same with and without it, and stand in films-random."""
    return films(["random", "graph_filter", "content", "content_ridge"], "--seeds", "5", "--without", modality)


# No comparisons of models: scripts that print their own tables.
PHOTOS = "clothing-photos"
SCRIPTS = {PHOTOS: "photos.py", "esc10-sounds": "sounds.py --expect .76", "films-report": "report_load.py", "tiktok-every-model": "every_model.py"}

EXPERIMENTS = {
    "tiktok": on("tiktok", ["random", "popularity", "ease(lambda=50)", "graph_filter(features=none)", "graph_filter"], targets=[
        Target("popularity", .0597, .0006), Target("ease(lambda=50)", .0883, .0006),
        Target("graph_filter(features=none)", .0990), Target("graph_filter", .1010, aim=True)]),
    "baby": on("baby", ["random", "popularity", "ease(lambda=200)", "graph_filter"], targets=[
        Target("popularity", .0463, .0006), Target("ease(lambda=200)", .0822, .0006),
        Target("graph_filter", .0800), Target("graph_filter", .0820, aim=True)]),
    "baby-mmrec": on("baby-mmrec", ["random", "ease(lambda=400)", "graph_filter"], targets=[
        Target("ease(lambda=400)", .0825, .0006), Target("ease(lambda=400)", .0396, .0006, "ndcg@20")]),
    "tiktok-als": on("tiktok", [ALS, ALS_TWINS], "--seeds", "5", targets=[
        Target(ALS, .1130), Target(ALS_TWINS, .1170), Target(ALS_TWINS, .1214, aim=True)],
        published="BM3 .0957, DA-MRS .1066, DiffMM .1129 (its epoch chosen on the test), MMHCL .1139, all with content, text among it"),
    # With what tiktok-als chose on validation.
    "tiktok-als-seeds": on("tiktok", [ALS_SUM_TWINS], "--seeds", "3", targets=[Target(ALS_SUM_TWINS, .1214, aim=True)]),
    "baby-als": on("baby", ["ease(lambda=200)", "als", EASE_FILTER, ALS_FILTER], targets=[
        Target("als", .0890), Target(EASE_FILTER, .0845), Target(ALS_FILTER, .0915), Target(ALS_FILTER, .0941, aim=True)],
        published="LightGCN .0698, LATTICE .0829, BM3 .0839, DiffMM .0975; the last three read content"),
    "baby-mmrec-als": on("baby-mmrec", ["ease(lambda=400)", ALS_NEAR, ALS_NEAR_FILTER],
        published="LightGCN .0754 / .0328; with content BM3 .0883 / .0383, FREEDOM .0992 / .0424"),
    # With the graph filters that the searches above chose.
    "baby-mmrec-late": on("baby-mmrec", ["late(models=ease(lambda=400)+graph_filter(a=.5,b=.3,c=1+1+.5,features=none))"]),
    "ml-100k-late": on("ml-100k", ["late(models=ease(lambda=250)+graph_filter)"],
                       "--split-file", "$MEDLEY_DATA/ml-100k/recbole_splits/B", "--mask", "train+valid"),
    "ml-100k-als": on("ml-100k", ["ease(lambda=250)", "als", ALS_FILTER],
                      "--split-file", "$MEDLEY_DATA/ml-100k/recbole_splits/B", "--mask", "train+valid",
        published="ItemKNN .3662 / .3038, BPR .3647 / .3108, LightGCN .3532 / .3061, EASE .3998 / .3465 (RecBole 1.2.1)"),
    "lastfm": on("lastfm", ["random", "popularity", "ease(lambda=50)"], targets=[
        Target("ease(lambda=50)", .3479, .0006), Target("popularity", .1244, .0006)]),
    # The artists' written descriptions in words of TF-IDF and LSA: each model without them and with them.
    "lastfm-words": on("lastfm", ["random", "content", "ease(lambda=50)", "late(models=ease(lambda=50)+content_kernel)",
                                  "graph_filter(features=none)", "graph_filter", LASTFM_ALS, f"late(models={LASTFM_ALS}+content_kernel)"],
                       "--text", "$MEDLEY_DATA/lastfm/llm_response_item.json"),
    "ml-100k": on("ml-100k", ["random", "popularity", "item_knn(k=100)", "ease(lambda=250)", "user_knn", "slim"],
                  "--split-file", "$MEDLEY_DATA/ml-100k/recbole_splits/B", "--mask", "train+valid", targets=[
        Target("slim", .3948),
        Target("ease(lambda=250)", .3998, .003), Target("item_knn(k=100)", .3662, .003)]),
    "films-chance": films(["random"], *COLD, "--candidates", "heldout,has:image", "--seeds", "20", targets=[
        Target("random", .0206, .002), Target("random", .0316, .002, "recall@20 has:image")]),
    "films-cold": films(["random", META, LSA, COLOR, EVERYTHING], *COLD, "--candidates", "heldout,has:image", targets=[
        Target(META, .175), Target(META, .210, column="recall@20 has:image"),
        Target(LSA, .235), Target(LSA, .265, column="recall@20 has:image")]),
    "films-cold-pictures": posters(["random", *PICTURES], *COLD, "--candidates", "heldout,has:image"),
    "films-cold-encoders": encoded(["random", *ENCODED], *COLD, "--candidates", "heldout,has:image", targets=[
        Target(ENCODED[4], .265), Target(ENCODED[4], .290, column="recall@20 has:image"),
        Target(ENCODED[4], .320, column="recall@20 has:image", aim=True)]),
    "films-full-list": films(["random", LSA], *COLD, "--candidates", "heldout,all", targets=[
        Target(LSA, .055, column="recall@20 all")]),
    "films-random": films(["random", "popularity", "item_knn", "ease(lambda=200)", "graph_filter(features=none)", "graph_filter", "content",
                           "content_ridge"], "--seeds", "5"),
    "films-random-without-image": without("image"),
    "films-random-without-text": without("text"),
    "films-random-without-category": without("category"),
    "films-random-without-number": without("number"),
    "films-knock-out": films(["graph_filter", EASE_FILTER], "--knock-out"),
    "films-curves": films(["ease(lambda=200)", "graph_filter", "content_ridge"], "--noise", "log=0,.1,.2,.4", "--drop", "category=.25,.5,1",
                          "--drop", "text=.25,.5,1"),
    "shop-knock-out": shop(["graph_filter", "content_ridge"], "--split", "item_cold", "--knock-out", "--expect-gain", "category"),
}


def run(args, folder, data):
    real = [arg.replace("$MEDLEY_DATA", str(data)) for arg in args]
    done = subprocess.run([MEDLEY, *real], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"medley {' '.join(args)}: exit status {done.returncode}\n{done.stderr}", file=sys.stderr)
        sys.exit(2)
    return done.stdout.replace(str(data), "$MEDLEY_DATA").rstrip()


def encoders():
    """The folder of the networks, which are made where they are not there yet."""
    make = ROOT / "tools/models/make"
    subprocess.run([make], check=True)
    return pathlib.Path(subprocess.run([make, "--where"], capture_output=True, text=True, check=True).stdout.strip())


def prepare(source, config, folder, data):
    """A workspace of the films, as docs/films.md makes it, or of the sample shop."""
    if source == "shop":
        shutil.copytree(SHOP, folder)
        run(["import"], folder, data)
    else:
        folder.mkdir()
        (folder / "medley.toml").write_text((ROOT / "bench" / config).read_text(encoding="utf-8"), encoding="utf-8")
        if "encoders" in config:
            for file in encoders().iterdir():
                (folder / file.name).symlink_to(file)
        run(["import", f"$MEDLEY_DATA/{source}"], folder, data)
    run(["extract"], folder, data)


def show(name, experiment, printed):
    """Prints the section of one experiment; false when a target is missed."""
    words = " ".join(f"'{arg}'" if set(arg) & set(" (") else arg for arg in experiment.args)
    print(f"## {name}\n\n```\n$ medley {words}\n{printed}\n```\n")
    if experiment.published:
        print(f"Published for this split, recall@20 / ndcg@20: {experiment.published}.\n")
    reached = True
    if experiment.targets:
        print("| row | column | found | target | |\n|---|---|---|---|---|")
    for target in experiment.targets:
        found = experiment.figure(printed, target.row, target.column)
        ok, wanted = target.judge(found)
        reached = reached and (ok or target.aim)
        verdict = "reached" if ok else "not reached" if target.aim else "**missed**"
        print(f"| `{target.row}` | {target.column} | {found:.4f} | {wanted}{' (aim)' if target.aim else ''} | {verdict} |")
    print("\n" if experiment.targets else "", end="", flush=True)
    return reached


def show_script(name, data):
    script = SCRIPTS[name]
    file, *arguments = script.split()
    done = subprocess.run([sys.executable, ROOT / "bench" / file, *arguments], env=os.environ | {"MEDLEY_DATA": str(data)},
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"bench/{script}: exit status {done.returncode}\n{done.stderr}", file=sys.stderr)
        sys.exit(2)
    print(f"## {name}\n\n```\n$ bench/{script}\n{done.stdout.rstrip()}\n```\n", flush=True)


def main(names):
    data = os.environ.get("MEDLEY_DATA")
    if not data:
        print("skipped: MEDLEY_DATA is not set (the folder with the benchmark data)")
        return 0
    data = pathlib.Path(data).resolve()
    known = [*EXPERIMENTS, *SCRIPTS]
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    reached = True
    if not names:
        print(HEAD)
    with tempfile.TemporaryDirectory() as scratch:
        for name in names or known:
            if name in SCRIPTS:
                show_script(name, data)
                continue
            experiment = EXPERIMENTS[name]
            if experiment.source != "shop" and not (data / experiment.source).is_dir():
                print(f"## {name}\n\nskipped: $MEDLEY_DATA/{experiment.source} is not there\n")
                continue
            folder = pathlib.Path(scratch, pathlib.Path(experiment.workspace or "").stem)
            if not folder.is_dir():
                prepare(experiment.source, experiment.workspace, folder, data)
            reached = show(name, experiment, run(experiment.args, folder, data)) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
