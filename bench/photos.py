#!/usr/bin/env python3
"""What the features of a picture know of its class: 500 photos of clothing, 50 of each of 10 classes.

    MEDLEY_DATA=DIR bench/photos.py

`medley extract` makes image/color, image/hog and image/lbp with their defaults, and image/encoder with EfficientNet-Lite0 where
tools/models/make has made it; what is measured is the share of photos that
two simple classifiers put into their class, in five folds with a fifth of each class in each:

- nearest centroid: the class whose mean row is nearest;
- linear probe: ridge regression onto one column a class (1 where a photo is of it, else -1), lambda 1, the largest wins.

Rows are centred over all photos (not knowing their classes) and brought to unit length; `together` is the first three side by side.
Both need inner products alone, so that the standard library does.
"""
import array
import ast
import operator
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEDLEY = ROOT / "build" / "medley"
FEATURES = ["color", "hog", "lbp"]
ENCODER = """extractor = "image/encoder"
network = "{network}"
output = "features"
scale = 1
mean = 127
std = 128
"""
FOLDS = 5
LAMBDA = 1.0


def dot(a, b):
    return sum(map(operator.mul, a, b))


def read_npy(path):
    """The rows of a little-endian float32 matrix in C order."""
    data = path.read_bytes()
    start = 10 + int.from_bytes(data[8:10], "little")
    header = ast.literal_eval(data[10:start].decode("latin-1"))
    if header["descr"] != "<f4" or header["fortran_order"]:
        sys.exit(f"{path}: {header}")
    values = array.array("f", data[start:])
    rows, columns = header["shape"]
    return [values[i * columns:(i + 1) * columns].tolist() for i in range(rows)]


def unit_rows(rows):
    mean = [sum(column) / len(rows) for column in zip(*rows)]
    out = []
    for row in rows:
        centred = list(map(operator.sub, row, mean))
        length = dot(centred, centred) ** .5
        out.append([value / length for value in centred] if length else centred)
    return out


def kernel(rows):
    """Inner products of all pairs."""
    out = [[0.0] * len(rows) for _ in rows]
    for i, row in enumerate(rows):
        for j in range(i + 1):
            out[i][j] = out[j][i] = dot(row, rows[j])
    return out


def mean_kernel(kernels):
    return [[sum(cells) / len(kernels) for cells in zip(*rows)] for rows in zip(*kernels)]


def folds_of(classes, seed=1):
    """The number of the fold of each photo: a fifth of each class in each."""
    draw = random.Random(seed)
    out = [0] * len(classes)
    for name in sorted(set(classes)):
        members = [i for i, one in enumerate(classes) if one == name]
        draw.shuffle(members)
        for place, i in enumerate(members):
            out[i] = place % FOLDS
    return out


def solve(matrix, columns):
    """x with matrix x = column, for each column, by Cholesky; the matrix is symmetric and positive definite."""
    lower = []
    for i, row in enumerate(matrix):
        new = []
        for j in range(i):
            new.append((row[j] - dot(new, lower[j])) / lower[j][j])
        new.append((row[i] - dot(new, new)) ** .5)
        lower.append(new)
    upper = [[lower[j][i] for j in range(i, len(lower))] for i in range(len(lower))]
    out = []
    for column in columns:
        half = []
        for i, value in enumerate(column):
            half.append((value - dot(half, lower[i])) / lower[i][i])
        x = [0.0] * len(half)
        for i in reversed(range(len(half))):
            x[i] = (half[i] - dot(upper[i][1:], x[i + 1:])) / lower[i][i]
        out.append(x)
    return out


def nearest_centroid(products, classes, train, test):
    names = sorted(set(classes))
    members = {name: [i for i in train if classes[i] == name] for name in names}
    # |x - c|^2 = |x|^2 - 2 x.c + |c|^2, the first the same for all.
    length = {name: sum(products[i][j] for i in of for j in of) / len(of) ** 2 for name, of in members.items()}

    def distance(x, name):
        return length[name] - 2 * sum(products[x][i] for i in members[name]) / len(members[name])

    return sum(min(names, key=lambda name: distance(x, name)) == classes[x] for x in test) / len(test)


def linear_probe(products, classes, train, test):
    names = sorted(set(classes))
    matrix = [[products[i][j] + (LAMBDA if i == j else 0) for j in train] for i in train]
    weights = solve(matrix, [[1.0 if classes[i] == name else -1.0 for i in train] for name in names])
    right = 0
    for x in test:
        row = [products[x][i] for i in train]
        scores = [dot(row, weight) for weight in weights]
        right += names[scores.index(max(scores))] == classes[x]
    return right / len(test)


def accuracies(products, classes, classify):
    folds = folds_of(classes)
    out = []
    for fold in range(FOLDS):
        train = [i for i, one in enumerate(folds) if one != fold]
        out.append(classify(products, classes, train, [i for i, one in enumerate(folds) if one == fold]))
    return out


def extract(files, kind, sections, folder):
    """The rows of each feature of media files that stand in a folder a class, by `medley import` and `extract`.

    `kind` is the key of [catalog] that names them, `sections` what medley.toml says of the features, {name: text}. Returns the
    names of the files in the order of the rows, the class of each, and {feature: rows}.
    """
    (folder / "media").mkdir()
    classes = {}
    for path in files:
        shutil.copy(path, folder / "media" / path.name)
        classes[path.stem] = path.parent.name
    (folder / "catalog.csv").write_text("id\n" + "".join(f"{name}\n" for name in classes), encoding="utf-8")
    # A workspace has a log; one event is enough to extract features.
    (folder / "events.csv").write_text(f"user,item\nnobody,{next(iter(classes))}\n", encoding="utf-8")
    (folder / "medley.toml").write_text(
        f'[import]\nfile = "events.csv"\n[catalog]\nfile = "catalog.csv"\n{kind} = "media/{{id}}{files[0].suffix}"\n' +
        "".join(f"[features.{name}]\n{text}\n" for name, text in sections.items()), encoding="utf-8")
    for command in (["import", "."], ["extract"]):
        done = subprocess.run([MEDLEY, *command], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"medley {' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    ids = (folder / "features" / f"{next(iter(sections))}.ids").read_text(encoding="utf-8").split("\n")
    names = [name for name in ids if name]
    rows = {name: read_npy(folder / "features" / f"{name}.npy") for name in sections}
    return names, [classes[name] for name in names], rows


def picture_sections():
    sections = {name: f'extractor = "image/{name}"' for name in FEATURES}
    made = subprocess.run([ROOT / "tools/models/make", "--where"], capture_output=True, text=True, check=True).stdout.strip()
    network = pathlib.Path(made, "efficientnet-lite0.onnx")
    if network.is_file():
        sections["encoder"] = ENCODER.format(network=network)
    return sections


def main():
    data = os.environ.get("MEDLEY_DATA")
    photos = pathlib.Path(data or ".", "media", "clothing")
    if not data or not photos.is_dir():
        print("skipped: $MEDLEY_DATA/media/clothing is not there")
        return
    with tempfile.TemporaryDirectory() as scratch:
        _, classes, features = extract(sorted(photos.glob("*/*.jpg")), "image", picture_sections(), pathlib.Path(scratch))
    kernels = {name: kernel(unit_rows(rows)) for name, rows in features.items()}
    kernels["together"] = mean_kernel([kernels[name] for name in FEATURES])
    print(f"{len(classes)} photos of {len(set(classes))} classes, {FOLDS} folds; chance {1 / len(set(classes)):.3f}\n")
    print(f"{'features':10}{'columns':>9}{'nearest centroid':>22}{'linear probe':>22}")
    for name, products in kernels.items():
        columns = len(features[name][0]) if name in features else sum(len(features[one][0]) for one in FEATURES)
        cells = []
        for classify in (nearest_centroid, linear_probe):
            found = accuracies(products, classes, classify)
            cells.append(f"{statistics.mean(found):.3f} +- {statistics.stdev(found):.3f}")
        print(f"{name:10}{columns:>9}{cells[0]:>22}{cells[1]:>22}", flush=True)


if __name__ == "__main__":
    main()
