#!/usr/bin/env python3
"""Every model on tiktok, one process each: what it finds, and what it takes.

    MEDLEY_DATA=DIR bench/every_model.py

A bare name is a search of the model's own grid on the validation part; als and late have the settings that
`bench/results.py tiktok-als` chooses there (its search is the long one). "fit" is the last fit alone, "all" the whole
command with reading, search and ranking, memory the peak of the process.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEDLEY = ROOT / "build" / "medley"
ALS = "als(factors=256,a0=.002,lambda=.08,epochs=16)"
MODELS = ["random", "popularity", "item_knn", "user_knn", "ease", "slim", "content", "content_ridge",
          "content_kernel(features=image,temperature=.05)", "graph_filter(features=none)", "graph_filter", ALS,
          f"late(models={ALS}+content_kernel(features=image,temperature=.05))"]
HEAD = ("model", "recall@20", "95 % interval", "ndcg@20", "tried", "fit s", "all s", "MB")


def row(data, spec):
    command = [MEDLEY, "evaluate", "--data", data, "--models", spec, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{spec}: exit status {done.returncode}\n{done.stderr}")
    said = json.loads(done.stdout)
    model = said["models"][0]
    recall, ndcg = model["metrics"]["recall@20"], model["metrics"]["ndcg@20"]
    return (spec, f"{recall['mean']:.4f}", f"{recall['low']:.4f} - {recall['high']:.4f}", f"{ndcg['mean']:.4f}",
            str(model["settings_tried"]), f"{model['fit_seconds']:.1f}", f"{said['seconds']:.1f}", f"{said['peak_mb']:.0f}")


def main():
    data = os.environ.get("MEDLEY_DATA")
    if not data:
        print("skipped: MEDLEY_DATA is not set (the folder with the benchmark data)")
        return
    rows = [HEAD, *(row(pathlib.Path(data, "tiktok"), spec) for spec in MODELS)]
    widths = [max(len(line[at]) for line in rows) for at in range(len(HEAD))]
    for line in rows:
        print("  ".join(cell.ljust(width) if at == 0 else cell.rjust(width)
                        for at, (cell, width) in enumerate(zip(line, widths))).rstrip())


if __name__ == "__main__":
    main()
