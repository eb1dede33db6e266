"""`completion`: what the shells are told, tried in the shells themselves. Run: python3 tests/app/completion_test.py"""

import shutil
import subprocess
import unittest

from program import USAGE, ProgramTest

COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_medley; printf '%s\\n' "${COMPREPLY[@]}"
"""


class Bash(ProgramTest):
    def completed(self, *words):
        """What bash offers for the last of the words."""
        script = self.folder / "medley.bash"
        script.write_text(self.medley("completion", "bash").stdout, encoding="utf-8")
        done = subprocess.run(["bash", "--norc", "-c", COMPLETE, "bash", script, "medley", *words],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split()

    def test_completes_commands(self):
        self.assertEqual(self.completed("reco"), ["recommend"])
        self.assertLessEqual({"init", "import", "similar", "--version"}, set(self.completed("")))

    def test_completes_the_flags_of_a_command_and_not_those_of_others(self):
        self.assertEqual(self.completed("recommend", "--div"), ["--diversity"])
        self.assertEqual(self.completed("-w", "shop", "similar", "--item", "3", "--wh"), ["--why"])
        self.assertEqual(self.completed("similar", "--div"), [])

    def test_completes_the_values_of_a_closed_set(self):
        self.assertEqual(self.completed("recommend", "--all", "--format", ""), ["csv", "jsonl"])
        self.assertEqual(self.completed("evaluate", "--mask", "train+"), ["train+valid"])
        self.assertEqual(self.completed("completion", "z"), ["zsh"])

    def test_leaves_other_values_to_the_shell(self):
        self.assertEqual(self.completed("recommend", "--out", ""), [])
        self.assertIn("complete -o default -F _medley medley", self.medley("completion", "bash").stdout)


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(ProgramTest):
    def test_can_read_it_and_use_it_with_its_completion_system(self):
        script = self.folder / "_medley"
        script.write_text(self.medley("completion", "zsh").stdout, encoding="utf-8")
        load = f"autoload -Uz compinit && compinit -D && source {script} && print $_comps[medley]"
        done = subprocess.run(["zsh", "-f", "-c", load], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "_medley\n", ""))


class Scripts(ProgramTest):
    def test_for_zsh_quotes_what_zsh_would_read(self):
        text = self.medley("completion", "zsh").stdout
        self.assertTrue(text.startswith("#compdef medley\n"))
        self.assertIn("'--format[of --all]:value:(csv jsonl)'", text)
        for line in text.splitlines():
            if line.strip().startswith("'"):
                self.assertEqual(line.replace("'\\''", "").count("'"), 2, line)

    def test_of_another_shell_is_refused(self):
        done = self.medley("completion", "fish", code=USAGE)
        self.assertIn("bash", done.stderr)


if __name__ == "__main__":
    unittest.main()
