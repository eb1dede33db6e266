#!/usr/bin/env python3
"""Tests of bench/sounds.py: its arithmetic by hand, and that it says so where there are no clips."""
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import photos  # noqa: E402
import sounds  # noqa: E402


class Sounds(unittest.TestCase):
    def test_columns_are_brought_to_the_same_deviation(self):
        rows = sounds.equal_columns([[1000.0, 3.0, 1.0], [3000.0, 3.0, 2.0]])
        self.assertEqual(rows, [[-1.0, 0.0, -1.0], [1.0, 0.0, 1.0]])

    def test_each_fold_is_tested_by_what_the_others_taught(self):
        rows = [[1.0, .1], [.9, -.1], [-1.0, 0.0], [-.9, .1], [1.0, .2], [1.0, 0.0]]
        classes = ["a", "a", "b", "b", "a", "b"]
        found = sounds.by_fold(photos.kernel(rows), classes, [1, 2, 1, 2, 3, 3])
        self.assertEqual(found[0], 1.0)
        self.assertEqual(found[2], .5, "the second of fold 3 lies among the others of class a")

    def test_says_so_where_there_are_no_clips(self):
        for data in ({}, {"MEDLEY_DATA": "/nowhere"}):
            environment = {name: value for name, value in os.environ.items() if name != "MEDLEY_DATA"} | data
            done = subprocess.run([sys.executable, "-B", ROOT / "bench" / "sounds.py"], env=environment, capture_output=True,
                                  text=True, check=True)
            self.assertIn("skipped: ", done.stdout)


if __name__ == "__main__":
    unittest.main()
