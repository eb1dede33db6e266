#!/usr/bin/env python3
"""Tests of tools/transcript.py, and the tour of README.md held to what the program prints."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "transcript.py"
sys.path.insert(0, str(TOOL.parent))
import transcript  # noqa: E402

TABLE = """feature  extractor  present  seconds
------------------------------------
color    image/color   465/584     0.84"""


class Lines(unittest.TestCase):
    def differ(self, shown, printed):
        return transcript.differences(shown.split("\n"), printed.split("\n"))

    def test_times_memory_and_the_last_digits_may_change(self):
        self.assertEqual(self.differ("fit 0.01 s, peak memory 61 MB\n score 42.0970", "fit 12.50 s, peak memory 304 MB\n score 42.0969"), [])
        self.assertEqual(self.differ(TABLE, TABLE.replace("    0.84", "   12.25").replace("-----", "------")), [])

    def test_another_figure_or_word_is_a_difference(self):
        self.assertEqual(len(self.differ("recall .2913", "recall .2013")), 1)
        self.assertEqual(len(self.differ(TABLE, TABLE.replace("465/584", "400/584"))), 1)
        self.assertEqual(len(self.differ("1. Lemon\n2. Kaiser", "1. Lemon\n2. Plum")), 1)

    def test_help_is_held_to_the_letter(self):
        self.assertEqual(len(transcript.differences(["k = 20"], ["k = 21"], exact=True)), 1)
        self.assertEqual(len(transcript.differences(["k"], ["k", "l"], exact=True)), 1)
        self.assertEqual(transcript.differences(["k = 20"], ["k = 20"], exact=True), [])

    def test_a_line_that_comes_or_goes_is_a_difference(self):
        self.assertEqual(len(self.differ("a\nb", "a\nb\nc")), 1)
        self.assertEqual(len(self.differ("a\nb", "a")), 1)

    def test_lines_left_out_stay_left_out_and_the_others_count(self):
        self.assertEqual(transcript.elide(["a", "...", "z"], ["A", "B", "C", "Z"]), ["A", "...", "Z"])
        self.assertEqual(self.differ("a\n...\nz", "a\nb\nc\nz"), [])
        self.assertEqual(len(self.differ("a\n...\nz", "a\nb\nc\ny")), 1)
        self.assertEqual(len(self.differ("a\nb\n...\ny\nz", "a\nz")), 1)


@unittest.skipUnless(transcript.PROGRAM.is_file(), f"the program is not built: no {transcript.PROGRAM}")
class Documents(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="medley-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def replay(self, *words, data=None):
        env = {name: value for name, value in os.environ.items() if name != "MEDLEY_DATA"} | ({"MEDLEY_DATA": data} if data else {})
        return subprocess.run([sys.executable, TOOL, *words], env=env, capture_output=True, text=True, check=False)

    def test_the_tour_of_the_readme_is_what_the_program_prints(self):
        shop = self.folder / "shop-simulated"
        shutil.copytree(ROOT / "samples" / "shop", shop)
        done = self.replay("--check", ROOT / "README.md", shop)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("README.md: as printed", done.stdout)

    def test_the_page_of_commands_is_what_the_program_says_of_itself(self):
        done = self.replay("--check", ROOT / "docs" / "commands.md", self.folder / "none")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        commands = {line.split()[0] for line in (ROOT / "docs" / "commands.md").read_text().split("Subcommands:\n")[1].split("\n\n")[0].splitlines()}
        for command in commands:
            self.assertIn(f"## {command}\n", (ROOT / "docs" / "commands.md").read_text())

    def test_a_document_is_written_anew_and_a_changed_one_is_found(self):
        document = self.folder / "a.md"
        document.write_text('before\n```toml medley.toml\n[import]\nformat = "csv"\n```\n```\n$ medley --version\nold\n```\nafter\n')
        done = self.replay("--check", document, self.folder / "w")
        self.assertEqual(done.returncode, 1)
        self.assertIn("medley --version\n    shown:   old", done.stdout)
        self.assertEqual(self.replay(document, self.folder / "w").returncode, 0)
        self.assertRegex(document.read_text(), r"(?s)\Abefore\n```toml medley.toml.*\$ medley --version\nmedley \d+\.\d+\.\d+\n```\nafter\n\Z")
        self.assertEqual((self.folder / "w" / "medley.toml").read_text(), '[import]\nformat = "csv"\n')
        self.assertEqual(self.replay("--check", document, self.folder / "w").returncode, 0)

    def test_a_command_that_fails_is_no_transcript(self):
        document = self.folder / "a.md"
        document.write_text("```\n$ medley similar --item 1\n...\n```\n")
        done = self.replay(document, self.folder / "w")
        self.assertEqual(done.returncode, 1)
        self.assertIn("exit status 1", done.stderr)

    def test_without_the_data_it_names_a_document_is_skipped(self):
        document = self.folder / "a.md"
        document.write_text("```\n$ medley import $MEDLEY_DATA/movies\n```\n")
        done = self.replay("--check", document, self.folder / "w")
        self.assertEqual((done.returncode, done.stdout[:8]), (0, "skipped:"))


if __name__ == "__main__":
    unittest.main()
