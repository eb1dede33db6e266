#!/usr/bin/env python3
"""Tests of bench/results.py: the figures it reads from a printed table, and how it judges them."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import results  # noqa: E402

PRINTED = """films: 610 users, 9742 items; split file F: 80741 train, 9341 valid, 10753 test pairs
note: every event counts

   model                                    recall@20  95 % interval  deviation  ndcg@20  recall@20 has:image  beats
--------------------------------------------------------------------------------------------------------------------
1  random                                       .0207  .0196 - .0219      .0028    .0229                .0320
2  content_ridge(features=genres+year+tex…      .2448  .2269 - .2639               .2413                .2749  > 1
   presence_only                                .0300  .0242 - .0361               .0327                .0313  (control)
"""
RIDGE = "content_ridge(features=genres+year+text/lsa)"


class Results(unittest.TestCase):
    def test_reads_each_column_of_a_row_though_specs_are_cut_and_cells_empty(self):
        experiment = results.films(["random", RIDGE])
        self.assertEqual(experiment.figure(PRINTED, "random", "recall@20"), .0207)
        self.assertEqual(experiment.figure(PRINTED, RIDGE, "recall@20"), .2448)
        self.assertEqual(experiment.figure(PRINTED, RIDGE, "ndcg@20"), .2413)
        self.assertEqual(experiment.figure(PRINTED, RIDGE, "recall@20 has:image"), .2749)

    def test_judges_by_distance_or_from_below(self):
        self.assertTrue(results.Target("ease", .0883, .0006).judge(.0889)[0])
        self.assertFalse(results.Target("ease", .0883, .0006).judge(.0890)[0])
        self.assertFalse(results.Target("ease", .0883, .0006).judge(.0876)[0])
        self.assertTrue(results.Target("graph_filter", .0990).judge(.0990)[0])
        self.assertFalse(results.Target("graph_filter", .0990).judge(.0989)[0])

    def test_every_target_names_a_row_and_a_column_of_its_experiment(self):
        for name, experiment in results.EXPERIMENTS.items():
            columns = {"recall@20", "ndcg@20"}
            if "--candidates" in experiment.args:
                columns |= {f"recall@20 {c}" for c in experiment.args[experiment.args.index("--candidates") + 1].split(",")[1:]}
            for target in experiment.targets:
                self.assertIn(target.row, experiment.models, name)
                self.assertIn(target.column, columns, name)

    def test_the_page_of_results_shows_each_figure_as_its_experiment_judges_it(self):
        page = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
        sections = dict(re.findall(r"^## (\S+)\n\n```\n(.*?)^```$", page, re.S | re.M))
        self.assertGreaterEqual(len(sections), 7)
        for name, script in results.SCRIPTS.items():
            self.assertTrue(sections.pop(name).startswith(f"$ bench/{script}\n"), name)
        for name, printed in sections.items():
            experiment = results.EXPERIMENTS[name]
            self.assertTrue(printed.startswith("$ medley evaluate "), name)
            self.assertRegex(printed, r"\n\d+\.\d s, peak memory \d+ MB\n\Z", name)
            for target in experiment.targets:
                found = experiment.figure(printed, target.row, target.column)
                ok, wanted = target.judge(found)
                verdict = "reached" if ok else "not reached" if target.aim else "**missed**"
                self.assertIn(f"| `{target.row}` | {target.column} | {found:.4f} | {wanted}{' (aim)' if target.aim else ''} | {verdict} |", page)

    def test_without_the_data_it_skips_with_a_line(self):
        env = {name: value for name, value in os.environ.items() if name != "MEDLEY_DATA"}
        done = subprocess.run([sys.executable, ROOT / "bench" / "results.py"], env=env, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, "skipped: MEDLEY_DATA is not set (the folder with the benchmark data)\n"))


if __name__ == "__main__":
    unittest.main()
