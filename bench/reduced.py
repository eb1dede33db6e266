#!/usr/bin/env python3
"""What decoding at a reduced scale changes in the rows of picture descriptors, beside what rounding changes.

    bench/reduced.py BUILD FOLDER [--sides 128 256 512]

BUILD holds `bench_extractor`; FOLDER JPEGs, of which those are taken that `medley::media` reduces (a shorter side of at least twice
the side asked for). Printed are, a descriptor, the mean and the least cosine between rows of the whole picture and
- of the picture as it is decoded with each of the sides;
- of the same 128 x 128 pixels rounded to bytes another way: up or down by chance, in proportion to how near each is. What a
  descriptor does with that, it does with any picture: a reduction that changes its row less is within its rounding.
Needs NumPy and Pillow: build/peers/bin/python of make bench-peers has them.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile

import numpy as np
from PIL import Image

DESCRIPTORS = ["image/color", "image/hog", "image/lbp", "affect/image"]
SIDE = 128


def rows(program, folder, spec, files, side):
    listed = folder / "files.txt"
    listed.write_text("".join(f"{path}\n" for path in files))
    call = [program, spec, "pictures", listed, side, 2, 1, folder / "rows"]
    subprocess.run([str(one) for one in call], capture_output=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    return np.load(folder / "rows.npy")


def averaged(pixels, count, axis):
    """Means over `count` equal stretches of an axis, whole pixels or not."""
    length = pixels.shape[axis]
    sums = np.concatenate([np.zeros_like(pixels.take([0], axis)), np.cumsum(pixels, axis)], axis)
    edges = np.linspace(0, length, count + 1)
    below = np.floor(edges).astype(int)
    part = (edges - below).reshape([-1 if i == axis else 1 for i in range(pixels.ndim)])
    at = sums.take(below, axis) * (1 - part) + sums.take(np.minimum(below + 1, length), axis) * part
    return np.diff(at, axis=axis) * count / length


def rounded_twice(files, folder):
    """The 128 x 128 pixels of each picture as PNGs: rounded to the nearest level, and by chance."""
    draw = np.random.default_rng(1)
    nearest, drawn = [], []
    for i, path in enumerate(files):
        pixels = np.asarray(Image.open(path).convert("RGB"), dtype=float)
        small = averaged(averaged(pixels, SIDE, 0), SIDE, 1)
        for to, rounded in ((nearest, np.rint(small)), (drawn, np.floor(small + draw.random(small.shape)))):
            to.append(folder / f"{'drawn' if to is drawn else 'nearest'}{i}.png")
            Image.fromarray(np.clip(rounded, 0, 255).astype(np.uint8)).save(to[-1])
    return nearest, drawn


def cosines(a, b):
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("--sides", type=int, nargs="+", default=[128, 256, 512])
    arguments = parser.parse_args()
    program = arguments.build.resolve() / "bench_extractor"
    paths = sorted(arguments.pictures.resolve().rglob("*.jp*g"))
    shorter = {path: min(Image.open(path).size) for path in paths}
    print(f"{len(paths)} pictures, the shorter side {min(shorter.values())} to {max(shorter.values())}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for side in arguments.sides:
            files = [path for path in paths if shorter[path] >= 2 * side]
            print(f"decoded with sides >= {side}: {len(files)} are reduced")
            if not files:
                continue
            nearest, drawn = rounded_twice(files, folder)
            for spec in DESCRIPTORS:
                reduced = cosines(rows(program, folder, spec, files, 0), rows(program, folder, spec, files, side))
                rounded = cosines(rows(program, folder, spec, nearest, 0), rows(program, folder, spec, drawn, 0))
                print(f"  {spec:<14} reduced {reduced.mean():.5f} mean {reduced.min():.4f} least"
                      f"   rounded {rounded.mean():.5f} mean {rounded.min():.4f} least", flush=True)


if __name__ == "__main__":
    main()
