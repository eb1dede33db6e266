"""What the tests of the program share: how to run it, and workspaces to run it in."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "samples" / "shop"
PROGRAM = Path(os.environ.get("MEDLEY_BIN") or ROOT / "build" / "medley")

OK, BAD_INPUT, USAGE, INTERRUPTED = 0, 1, 2, 130


class ProgramTest(unittest.TestCase):
    """Gives each test an empty folder and the program."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not PROGRAM.is_file():
            raise unittest.SkipTest(f"the program is not built: no {PROGRAM} (MEDLEY_BIN names another)")
        cls._class_folder = tempfile.TemporaryDirectory(prefix="medley-test-")
        cls.addClassCleanup(cls._class_folder.cleanup)
        cls.class_folder = Path(cls._class_folder.name)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="medley-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def medley(self, *words, code=OK, at=None, env=None):
        """Runs the program in folder `at`, holds it to its exit code, and returns it with its text."""
        done = medley(*words, at=at or self.folder, env=env)
        self.assertEqual(done.returncode, code, f"medley {' '.join(map(str, words))}\n{done.stdout}\n{done.stderr}")
        return done

    def answer(self, *words, at=None, env=None):
        """The one JSON object that `medley words --json` prints, and nothing else."""
        done = self.medley(*words, "--json", at=at, env=env)
        answer = json.loads(done.stdout)
        self.assertIsInstance(answer, dict)
        self.assertTrue(done.stdout.startswith("{") and done.stdout.endswith("}\n"), done.stdout[-80:])
        return answer

    def refusal(self, *words, code=BAD_INPUT, at=None, env=None):
        """The one line on stderr with which the program refuses."""
        done = self.medley(*words, code=code, at=at, env=env)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.strip().splitlines()
        self.assertTrue(lines and lines[-1].startswith("medley: "), done.stderr)
        self.assertNotIn("unexpected fault", done.stderr)
        return lines[-1]

    def problems(self, at=None):
        """What `check` found: {code: problem}."""
        return {problem["code"]: problem for problem in self.answer("check", at=at)["problems"]}


def medley(*words, at, env=None):
    # With the variable set the program need not start itself again with it, which would double its start.
    env = {"OMP_WAIT_POLICY": "passive"} | (env or {})
    return subprocess.run([PROGRAM, *map(str, words)], cwd=at, capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, env=os.environ | env)


def copy_shop(folder):
    """The sample shop as a workspace that nothing has been done in yet."""
    shutil.copytree(SHOP, folder, ignore=shutil.ignore_patterns("source", "LICENSE*", "*.md"))
    return folder


def write_workspace(folder, events, catalog=None, features="", catalog_keys='text = ["title"]'):
    """A workspace with events.csv and, where given, catalog.csv; texts or bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    toml = '[import]\nfile = "events.csv"\n'
    if catalog is not None:
        toml += f'[catalog]\nfile = "catalog.csv"\n{catalog_keys}\n'
        write(folder / "catalog.csv", catalog)
    (folder / "medley.toml").write_text(toml + features, encoding="utf-8")
    write(folder / "events.csv", events)
    return folder


def write(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)


EVENTS = "user,item,value,time\n" + "".join(
    f"u{user},i{item},{1 + (user + item) % 5},{1_000_000 + 60 * user + item}\n"
    for user in range(12) for item in range(8) if (user * 7 + item * 3) % 5 != 0)
"""Twelve users, eight items, about four pairs in five."""
