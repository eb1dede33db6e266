"""tools/tidy.py remembers what was clean and nothing else. Run: python3 tests/tools/tidy_test.py

clang-tidy's place is taken by a script that notes which file it is asked for and finds the word BAD.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

TIDY = Path(__file__).resolve().parents[2] / "tools" / "tidy.py"

CLANG_TIDY = """#!/usr/bin/env python3
import pathlib, sys, time
here = pathlib.Path(__file__).parent
if "--version" in sys.argv:
    print((here / "version").read_text())
    sys.exit()
name = next(word for word in sys.argv[1:] if not word.startswith("-"))
with open(here / "asked", "a") as asked:
    asked.write(name + "\\n")
text = pathlib.Path(name).read_text()
if "SLOW" in text:
    time.sleep(60)
if "CRASH" in text:
    sys.exit("out of luck")
if "BAD_HEADER" in text:
    print(f"{pathlib.Path.cwd()}/medley/base.h:1:1: error: a header [check]\\n    1 | line")
if "BAD" in text:
    print(f"{pathlib.Path.cwd()}/{name}:3:1: error: a word [check]\\n    3 | BAD")
    sys.exit(1)
"""

FILES = {
    "medley/base.h": "#include <vector>\n",
    "medley/middle.h": '#include "medley/base.h"\n',
    "medley/a.cpp": '#include "medley/middle.h"\n',
    "medley/b.cpp": "  #  include <medley/base.h>\n",
    "tests/near.h": "int near();\n",
    "tests/c.cpp": '#include "near.h"\n#include "not/there.h"\n',
    ".clang-tidy": "Checks: all\n",
    "tests/.clang-tidy": "InheritParentConfig: true\n",
}


@unittest.skipUnless(shutil.which("dpkg-query"), "without packages nothing is remembered")
class Tidy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name).resolve()
        self.tool = self.top / "tool"
        self.put("version", "1", self.tool)
        self.put("clang-tidy", CLANG_TIDY, self.tool).chmod(0o755)
        self.root = self.checkout("one")

    def put(self, name, text, root=None):
        path = (root or self.root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def checkout(self, name, flags="-DX=1 -O2 -Wall"):
        root = self.top / name
        for file, text in FILES.items():
            self.put(file, text, root)
        for command in (["init", "-q"], ["add", "."]):
            subprocess.run(["git", "-C", root, *command], check=True)
        self.compile_with(root, flags)
        return root

    def compile_with(self, root, flags):
        sources = [root / name for name in FILES if name.endswith(".cpp")]
        entries = [{"file": str(s), "directory": str(root), "command": f"c++ {flags} -I{root} -o x.o -c {s}"} for s in sources]
        self.put("build/compile_commands.json", json.dumps(entries), root)

    def start(self, root=None, **settings):
        root = root or self.root
        env = os.environ | {"MEDLEY_CLANG_TIDY": str(self.tool / "clang-tidy"), "MEDLEY_TIDY_CACHE": str(self.top / "cache")}
        command = [sys.executable, TIDY, root / "build", "--root", root, "--jobs", "2"]
        return subprocess.Popen(command, env=env | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def tidy(self, root=None, **settings):
        """Returns the exit status, the lines printed, and the files that clang-tidy was asked for."""
        (self.tool / "asked").unlink(missing_ok=True)
        run = self.start(root, **settings)
        out, err = run.communicate(timeout=60)
        self.assertEqual(err, "")
        asked = self.tool / "asked"
        return run.returncode, out.splitlines(), sorted(asked.read_text().split()) if asked.exists() else []

    def asked(self, *args, **settings):
        return self.tidy(*args, **settings)[2]

    ALL = ["medley/a.cpp", "medley/b.cpp", "tests/c.cpp"]

    def test_a_second_run_asks_for_nothing(self):
        status, lines, asked = self.tidy()
        self.assertEqual((status, lines[-1], asked), (0, "3 passed, 0 failed", self.ALL))
        status, lines, asked = self.tidy()
        self.assertEqual((status, lines[-1], asked), (0, "3 passed, 0 failed", []))

    def test_a_unity_build_is_refused(self):
        entries = [{"file": str(self.root / "build/Unity/unity_0_cxx.cxx"), "command": "c++ -c x"}]
        self.put("build/compile_commands.json", json.dumps(entries))
        run = self.start()
        self.assertIn("configure without CMAKE_UNITY_BUILD", run.communicate(timeout=60)[1])
        self.assertEqual(run.returncode, 1)

    def test_a_changed_header_is_read_again_with_all_that_include_it(self):
        self.tidy()
        self.put("medley/middle.h", '#include "medley/base.h"\nint more();\n')
        self.assertEqual(self.asked(), ["medley/a.cpp"])
        self.put("medley/base.h", "int more();\n")
        self.assertEqual(self.asked(), ["medley/a.cpp", "medley/b.cpp"])
        self.put("tests/near.h", "int more();\n")
        self.assertEqual(self.asked(), ["tests/c.cpp"])

    def test_a_header_that_appears_counts(self):
        self.tidy()
        self.put("not/there.h", "int more();\n")
        self.assertEqual(self.asked(), ["tests/c.cpp"])

    def test_settings_count_for_their_folder(self):
        self.tidy()
        self.put("tests/.clang-tidy", "Checks: fewer\n")
        self.assertEqual(self.asked(), ["tests/c.cpp"])
        self.put(".clang-tidy", "Checks: more\n")
        self.assertEqual(self.asked(), self.ALL)

    def test_options_and_the_version_of_clang_tidy_count(self):
        self.tidy()
        self.compile_with(self.root, "-DX=2")
        self.assertEqual(self.asked(), self.ALL)
        self.put("version", "2", self.tool)
        self.assertEqual(self.asked(), self.ALL)

    def test_warnings_and_optimisation_do_not_count(self):
        self.tidy()
        self.compile_with(self.root, "-DX=1 -O0")
        self.assertEqual(self.asked(), [])

    def test_another_checkout_of_the_same_text_is_known(self):
        self.tidy()
        self.assertEqual(self.asked(self.checkout("two")), [])

    def test_a_finding_fails_is_printed_and_not_remembered(self):
        self.put("medley/b.cpp", "BAD\n")
        for _ in range(2):
            status, lines, asked = self.tidy()
            self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed"))
            self.assertIn("medley/b.cpp:3:1: error: a word [check]", lines)
            self.assertIn("medley/b.cpp", asked)
        self.assertEqual(asked, ["medley/b.cpp"])

    def test_what_is_found_in_a_header_is_printed_once(self):
        self.put("medley/a.cpp", "BAD_HEADER\n")
        self.put("medley/b.cpp", "BAD_HEADER\n")
        status, lines, _ = self.tidy()
        self.assertEqual((status, lines[-1]), (1, "1 passed, 2 failed"))
        self.assertEqual(lines.count("medley/base.h:1:1: error: a header [check]"), 1)
        self.assertIn("  (seen from 2 files)", lines)

    def test_a_clang_tidy_that_dies_fails_the_file_and_says_so(self):
        self.put("medley/a.cpp", "CRASH\n")
        status, lines, _ = self.tidy()
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed"))
        self.assertIn("medley/a.cpp: clang-tidy ended with 1", lines)
        self.assertIn("out of luck", lines)

    def test_the_cache_stands_in_the_users_cache_folder(self):
        self.asked(MEDLEY_TIDY_CACHE="", XDG_CACHE_HOME=str(self.top / "xdg"))
        self.assertEqual(len(list((self.top / "xdg/medley/tidy").iterdir())), 3)

    def test_an_interrupt_stops_it_and_its_children(self):
        self.put("medley/a.cpp", "SLOW\n")
        run = self.start()
        while not (self.tool / "asked").exists() or "medley/a.cpp" not in (self.tool / "asked").read_text():
            time.sleep(0.02)
        began = time.monotonic()
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=30)
        self.assertEqual(run.returncode, 130)
        self.assertLess(time.monotonic() - began, 20)


if __name__ == "__main__":
    unittest.main()
