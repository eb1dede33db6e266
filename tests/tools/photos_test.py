#!/usr/bin/env python3
"""Tests of bench/photos.py: its arithmetic by hand, and that it says so where there are no photos."""
import array
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import photos  # noqa: E402


class Photos(unittest.TestCase):
    def test_unit_rows_are_centred_and_of_length_1(self):
        rows = photos.unit_rows([[3.0, 1.0], [1.0, 1.0], [2.0, 4.0]])
        self.assertAlmostEqual(rows[0][0], 1 / 2 ** .5)
        self.assertAlmostEqual(rows[0][1], -1 / 2 ** .5)
        self.assertEqual(rows[2], [0.0, 1.0])

    def test_solves_by_cholesky(self):
        first, second = photos.solve([[4.0, 2.0], [2.0, 3.0]], [[8.0, 7.0], [0.0, 2.0]])
        self.assertAlmostEqual(first[0], 1.25)
        self.assertAlmostEqual(first[1], 1.5)
        self.assertAlmostEqual(4 * second[0] + 2 * second[1], 0)
        self.assertAlmostEqual(2 * second[0] + 3 * second[1], 2)

    def test_each_fold_has_its_share_of_each_class(self):
        classes = ["hat"] * 10 + ["shoe"] * 5
        folds = photos.folds_of(classes)
        for fold in range(photos.FOLDS):
            self.assertEqual([one for one, at in zip(classes, folds) if at == fold].count("hat"), 2)
            self.assertEqual([one for one, at in zip(classes, folds) if at == fold].count("shoe"), 1)

    def test_both_classifiers_tell_two_heaps_apart_and_miss_one_that_lies_in_the_other(self):
        rows = [[1.0, .1], [1.0, -.1], [.9, 0.0], [-1.0, .1], [-1.0, 0.0], [-.9, .1], [-1.0, -.2]]
        classes = ["a", "a", "a", "b", "b", "b", "a"]
        products = photos.kernel(rows)
        for classify in (photos.nearest_centroid, photos.linear_probe):
            self.assertEqual(classify(products, classes, [0, 1, 3, 4], [2, 5]), 1.0)
            self.assertEqual(classify(products, classes, [0, 1, 3, 4], [2, 6]), .5)

    def test_reads_the_rows_of_npy(self):
        header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".ljust(117) + b"\n"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.npy")
            path.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + array.array("f", range(6)).tobytes())
            self.assertEqual(photos.read_npy(path), [[0, 1, 2], [3, 4, 5]])

    def test_without_the_photos_it_skips_with_a_line(self):
        env = {name: value for name, value in os.environ.items() if name != "MEDLEY_DATA"}
        done = subprocess.run([sys.executable, ROOT / "bench" / "photos.py"], env=env, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, "skipped: $MEDLEY_DATA/media/clothing is not there\n"))


if __name__ == "__main__":
    unittest.main()
