#!/usr/bin/env python3
"""Runs the experiments of docs/results.md on real data, holds each figure to its target, and prints Markdown.

    MEDLEY_DATA=DIR bench/results.py [name ...]      (default: all; docs/results.md is its output)

MEDLEY_DATA names a folder with tiktok/, baby/, baby-mmrec/, lastfm/, ml-100k/ and movies/; without it, or without one of
these, the experiment is skipped with a line. Exit status 1 when a target is missed.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEDLEY = ROOT / "build" / "medley"
FILMS = ROOT / "bench" / "films.toml"
K = "recall@20"
NDCG = "ndcg@20"
ALL_FILMS = ("random, popularity, item_knn, ease, graph_filter(features=none), graph_filter, "
             "content, content_ridge(features=genres+year+text/lsa)")


class Target:
    """A figure that a row must reach: `value` within `within`, or at least `value` where that is None."""

    def __init__(self, row, value, within=None, column=None, metric=K):
        self.row, self.value, self.within, self.column, self.metric = row, value, within, column, metric

    def found(self, result):
        model = next(m for m in result["models"] if m["spec"] == self.row)
        metrics = model["more"][self.column] if self.column else model["metrics"]
        return metrics[self.metric]["mean"]

    def line(self, result):
        found = self.found(result)
        ok = found >= self.value if self.within is None else abs(found - self.value) <= self.within
        wanted = f"at least {self.value:.4f}" if self.within is None else f"{self.value:.4f} within {self.within:.4f}"
        where = f", {self.column}" if self.column else ""
        return ok, f"| `{self.row}`{where} | {self.metric} | {found:.4f} | {wanted} | {'reached' if ok else '**missed**'} |"


def on(folder, models, *more):
    return [folder, ["--data", f"$MEDLEY_DATA/{folder}", "--models", models, *more], None]


def films(models, *more):
    return ["movies", ["--models", models, *more], FILMS]


COLD = ["--split-file", "$MEDLEY_DATA/movies/item_cold_split.csv", "--k", "20"]
WITH_LSA = "content_ridge(features=genres+year+text/lsa)"
EXPERIMENTS = {
    "tiktok": (on("tiktok", "random, popularity, ease(lambda=50), graph_filter(features=none), graph_filter"), [
        Target("popularity", .0597, .0006), Target("ease(lambda=50)", .0883, .0006),
        Target("graph_filter(features=none)", .0990), Target("graph_filter", .1010)]),
    "baby": (on("baby", "random, popularity, ease(lambda=200), graph_filter"), [
        Target("popularity", .0463, .0006), Target("ease(lambda=200)", .0822, .0006), Target("graph_filter", .0800)]),
    "baby-mmrec": (on("baby-mmrec", "random, ease(lambda=400), graph_filter"), [
        Target("ease(lambda=400)", .0825, .0006), Target("ease(lambda=400)", .0396, .0006, metric=NDCG)]),
    "lastfm": (on("lastfm", "random, popularity, ease(lambda=50)"), [
        Target("ease(lambda=50)", .3479, .0006), Target("popularity", .1244, .0006)]),
    "ml-100k": (on("ml-100k", "random, popularity, item_knn(k=100), ease(lambda=250)", "--split-file",
                   "$MEDLEY_DATA/ml-100k/recbole_splits/B", "--mask", "train+valid"), [
        Target("ease(lambda=250)", .3998, .003), Target("item_knn(k=100)", .3662, .003)]),
    "films-chance": (films("random", *COLD, "--candidates", "heldout,has:image", "--seeds", "20"), [
        Target("random", .0206, .002), Target("random", .0316, .002, column="has:image")]),
    "films-cold": (films("random, content_ridge(features=genres+year), " + WITH_LSA + ", content_ridge(features=image/color), "
                         "content_ridge(features=genres+year+text/lsa+image/color)", *COLD, "--candidates", "heldout,has:image"), [
        Target("content_ridge(features=genres+year)", .175), Target("content_ridge(features=genres+year)", .210, column="has:image"),
        Target(WITH_LSA, .235), Target(WITH_LSA, .265, column="has:image")]),
    "films-full-list": (films("random, " + WITH_LSA, *COLD, "--candidates", "heldout,all"), [
        Target(WITH_LSA, .055, column="all")]),
    "films-random": (films(ALL_FILMS, "--seeds", "5"), []),
    "films-random-without-image": (films(ALL_FILMS, "--seeds", "5", "--without", "image"), []),
    "films-random-without-text": (films("random, graph_filter, content", "--seeds", "5", "--without", "text"), []),
    "films-random-without-category": (films("random, graph_filter, content", "--seeds", "5", "--without", "category"), []),
    "films-random-without-number": (films("random, graph_filter, content", "--seeds", "5", "--without", "number"), []),
}


def run(args, workspace, data):
    real = [arg.replace("$MEDLEY_DATA", str(data)) for arg in args]
    return subprocess.run([str(MEDLEY), "evaluate", *real, "--workspace", workspace], check=True, capture_output=True,
                          text=True).stdout


def prepare(folder, data):
    """A workspace of the films, as docs/films.md makes it."""
    (pathlib.Path(folder) / "medley.toml").write_text(FILMS.read_text())
    for command in (["import", str(data / "movies")], ["extract"]):
        subprocess.run([str(MEDLEY), *command, "--workspace", folder], check=True, stdout=subprocess.DEVNULL)


def show(name, args, text, targets, result):
    words = " ".join(f"'{arg}'" if " " in arg or "(" in arg else arg for arg in args)
    print(f"## {name}\n\n```\n$ medley evaluate {words}\n{text.rstrip()}\n```\n", flush=True)
    if not targets:
        return True
    print("| row | metric | found | target | |\n|---|---|---|---|---|")
    lines = [target.line(result) for target in targets]
    print("\n".join(line for _, line in lines) + "\n", flush=True)
    return all(ok for ok, _ in lines)


def main(names):
    data = os.environ.get("MEDLEY_DATA")
    if not data:
        print("skipped: MEDLEY_DATA is not set")
        return 0
    data = pathlib.Path(data)
    unknown = set(names) - set(EXPERIMENTS)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(EXPERIMENTS)}")
    reached = True
    with tempfile.TemporaryDirectory() as folder:
        workspace = os.path.join(folder, "films")
        for name in names or EXPERIMENTS:
            (source, args, toml), targets = EXPERIMENTS[name]
            if not (data / source).is_dir():
                print(f"{name}: skipped, $MEDLEY_DATA/{source} is not there\n")
                continue
            if toml and not os.path.isdir(workspace):
                os.mkdir(workspace)
                prepare(workspace, data)
            # The JSON holds the figures, the table is what people read: two runs of the same seeds.
            result = json.loads(run([*args, "--json"], workspace, data)) if targets else None
            reached = show(name, args, run(args, workspace, data).replace(str(data), "$MEDLEY_DATA"), targets, result) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
