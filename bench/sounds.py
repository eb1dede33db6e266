#!/usr/bin/env python3
"""What the features of a sound know of its class: 240 clips of ESC-10, 24 of each of 10 classes.

    MEDLEY_DATA=DIR bench/sounds.py [--expect .76]

`medley extract` makes audio/mfcc, audio/chroma and audio/spectral with their defaults; what is measured is the share of clips
that a linear probe (bench/photos.py) puts into their class, trained on two of the folds 1 to 3 that the set itself has, which
keep the pieces of one recording together, and tested on the third. Columns are brought to the same deviation, because hertz
and decibels stand side by side; rows to unit length.
"""
import argparse
import os
import pathlib
import statistics
import sys
import tempfile

import photos

FEATURES = ["mfcc", "chroma", "spectral"]


def equal_columns(rows):
    """Each column centred and brought to deviation 1; one that does not vary is 0."""
    out = []
    for column in zip(*rows):
        mean, deviation = statistics.fmean(column), statistics.pstdev(column)
        out.append([(value - mean) / deviation if deviation else 0.0 for value in column])
    return [list(row) for row in zip(*out)]


def by_fold(products, classes, folds):
    """The share of right answers in each fold, trained on the others."""
    out = []
    for fold in sorted(set(folds)):
        train = [i for i, one in enumerate(folds) if one != fold]
        test = [i for i, one in enumerate(folds) if one == fold]
        out.append(photos.linear_probe(products, classes, train, test))
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--expect", type=float, default=0.0, help="fail where all features together know less")
    expect = parser.parse_args().expect
    data = os.environ.get("MEDLEY_DATA")
    clips = pathlib.Path(data or ".", "media", "esc10")
    if not data or not clips.is_dir():
        print("skipped: $MEDLEY_DATA/media/esc10 is not there")
        return
    with tempfile.TemporaryDirectory() as scratch:
        sections = {name: f'extractor = "audio/{name}"' for name in FEATURES}
        names, classes, features = photos.extract(sorted(clips.glob("*/*.ogg")), "audio", sections, pathlib.Path(scratch))
    folds = [int(name[0]) for name in names]
    kernels = {name: photos.kernel(photos.unit_rows(equal_columns(rows))) for name, rows in features.items()}
    kernels["together"] = photos.mean_kernel(list(kernels.values()))
    print(f"{len(classes)} clips of {len(set(classes))} classes, folds {sorted(set(folds))}; chance {1 / len(set(classes)):.3f}\n")
    print(f"{'features':10}{'linear probe':>16}   by fold")
    for name, products in kernels.items():
        found = by_fold(products, classes, folds)
        print(f"{name:10}{statistics.mean(found):>16.3f}   {'  '.join(f'{one:.3f}' for one in found)}", flush=True)
    if statistics.mean(found) < expect:
        sys.exit(f"together: {statistics.mean(found):.3f}, expected {expect}")


if __name__ == "__main__":
    main()
