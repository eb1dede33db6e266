"""kill -9 at seeded moments of import, extract and train, a full disk and a read-only folder: afterwards each command,
run again, ends bit for bit as if nothing had happened.

Run: python3 tests/crash/crash_test.py          20 kills; MEDLEY_CRASH_KILLS=200 for more, MEDLEY_CRASH_SEED for others
"""

import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))
from program import PROGRAM, ProgramTest, copy_shop, medley  # noqa: E402

KILLS = int(os.environ.get("MEDLEY_CRASH_KILLS", "20"))
SEED = int(os.environ.get("MEDLEY_CRASH_SEED", "1"))
TRAIN = "graph_filter(a=.5,b=.3,c=1+.5,g=.1+.1+.1)"
STEPS = {"import": ["import"], "extract": ["extract"], "train": ["train", "--model", TRAIN]}


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of_store(path):
    """Every statement that would make the store again, row numbers included, as one checksum; pictures stand in it by
    their whole paths, of which the folder of the workspace is left out."""
    store = sqlite3.connect(path)
    lines = re.sub(r"'[^']*/pictures/", "'pictures/", "\n".join(store.iterdump()))
    store.close()
    return hashlib.sha256(lines.encode()).hexdigest()


def state_of(work):
    """What a workspace holds that answers depend on, by file: the store's rows, vectors and models."""
    state = {}
    for folder in ("features", "models"):
        for path in sorted((work / folder).rglob("*")) if (work / folder).is_dir() else []:
            if path.is_file():
                state[str(path.relative_to(work))] = checksum(path)
    if (work / "medley.db").is_file():
        state["medley.db"] = rows_of_store(work / "medley.db")
    if (work / "quarantine.csv").is_file():
        state["quarantine.csv"] = checksum(work / "quarantine.csv")
    return state


class Crash(ProgramTest):
    """`before[step]` is the workspace that the step starts from, `after[step]` what it leaves undisturbed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before, cls.after, cls.seconds = {}, {}, {}
        work = copy_shop(cls.class_folder / "undisturbed")
        for step, words in STEPS.items():
            cls.before[step] = cls.class_folder / f"before-{step}"
            shutil.copytree(work, cls.before[step])
            began = time.monotonic()
            done = medley(*words, at=work)
            cls.seconds[step] = time.monotonic() - began
            if done.returncode != 0:
                raise AssertionError(f"{words}: {done.stderr}")
            cls.after[step] = state_of(work)

    def ends_as_undisturbed(self, step, work, what):
        done = medley(*STEPS[step], at=work)
        self.assertEqual(done.returncode, 0, f"{what}\n{done.stderr}")
        self.assertEqual(state_of(work), self.after[step], what)


class Killed(Crash):
    def test_at_seeded_moments_and_started_again(self):
        chance = random.Random(SEED)
        killed = dict.fromkeys(STEPS, 0)
        for round_number in range(KILLS):
            step = list(STEPS)[round_number % len(STEPS)]
            moments = [chance.uniform(0, 1.05) * self.seconds[step] for _ in range(chance.choice((1, 1, 2, 3)))]
            work = self.folder / f"round-{round_number}"
            shutil.copytree(self.before[step], work)
            for moment in moments:
                killed[step] += self.kill_after(moment, step, work)
            what = f"seed {SEED}, round {round_number}: {step} killed after {moments} s of {self.seconds[step]:.3f} s"
            self.ends_as_undisturbed(step, work, what)
            shutil.rmtree(work)
        for step, count in killed.items():
            self.assertGreater(count, 0, f"no {step} was killed before its end: {killed}")

    def test_a_model_in_use_stays_whole_while_the_next_is_trained(self):
        chance = random.Random(SEED + 1)
        work = self.folder / "in-use"
        shutil.copytree(self.before["train"], work)
        self.ends_as_undisturbed("train", work, "the first training")
        for _ in range(max(3, KILLS // 5)):
            self.kill_after(chance.uniform(0, 1) * self.seconds["train"], "train", work)
            answer = self.answer("recommend", "--user", "simulated-348", "--k", "3", at=work)
            self.assertEqual(len(answer["items"]), 3)
        self.ends_as_undisturbed("train", work, "the last training")

    def kill_after(self, seconds, step, work):
        """Whether the kill came before the end."""
        process = subprocess.Popen([PROGRAM, *STEPS[step]], cwd=work, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=os.environ | {"OMP_WAIT_POLICY": "passive"})
        time.sleep(seconds)
        process.kill()
        process.wait()
        return process.returncode == -signal.SIGKILL


class SmallDisk(Crash):
    """In a file system of its own, which takes the right to mount one."""

    def setUp(self):
        super().setUp()
        self.disk = Path(tempfile.mkdtemp(prefix="medley-test-disk-"))
        self.addCleanup(self.disk.rmdir)
        made = self.mount("-t", "tmpfs", "-o", "size=64m", "tmpfs")
        if made.returncode != 0:
            self.skipTest(f"cannot mount a small file system: {made.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)

    def mount(self, *words):
        return subprocess.run(["mount", *words, self.disk], capture_output=True, text=True)

    def fill(self, room):
        """A file that takes all of the disk but `room` bytes."""
        filler = self.disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
            file.truncate(file.tell() - room)
        return filler

    def refused(self, step, work, what):
        self.refused_words(step, STEPS[step], work, what)

    def refused_words(self, step, words, work, what):
        done = medley(*words, at=work)
        self.assertEqual(done.returncode, 1, f"{step} on {what}: {done.stdout}{done.stderr}")
        last = done.stderr.strip().splitlines()[-1]
        self.assertTrue(last.startswith("medley: "), done.stderr)
        self.assertNotIn("unexpected fault", last)
        return last

    def test_that_is_full_and_then_has_room_again(self):
        for step in STEPS:
            work = self.disk / step
            shutil.copytree(self.before[step], work)
            filler = self.fill(64 * 1024)  # room for the index of SQLite's log and no more
            self.refused(step, work, "a full disk")
            filler.unlink()
            self.ends_as_undisturbed(step, work, f"{step} after a full disk")
            shutil.rmtree(work)

    def test_a_report_onto_a_full_one_leaves_the_report_before(self):
        work = self.folder / "reporting"
        shutil.copytree(self.before["train"], work)
        words = ["evaluate", "--models", "popularity", "--report", self.disk / "report.html"]
        self.medley(*words, at=work)
        before = (self.disk / "report.html").read_bytes()
        filler = self.fill(64 * 1024)
        self.refused_words("report", words, work, "a full disk")
        self.assertEqual((self.disk / "report.html").read_bytes(), before)
        self.assertEqual(sorted(path.name for path in self.disk.iterdir()), ["filler", "report.html"])
        filler.unlink()
        self.medley(*words, at=work)

    def test_an_export_onto_a_full_or_read_only_one_leaves_nothing(self):
        words = ["export", "--format", "npy", "--to", self.disk / "out"]
        filler = self.fill(64 * 1024)
        self.assertIn("No space left", self.refused_words("export", words, self.before["train"], "a full disk"))
        self.assertEqual([path.name for path in self.disk.iterdir()], ["filler"])
        filler.unlink()
        self.medley(*words, at=self.before["train"])
        whole = {path.name: path.read_bytes() for path in (self.disk / "out").iterdir()}
        self.assertEqual(self.mount("-o", "remount,ro").returncode, 0)
        try:
            said = self.refused_words("export", [*words, "--overwrite"], self.before["train"], "a read-only folder")
        finally:
            self.assertEqual(self.mount("-o", "remount,rw").returncode, 0)
        self.assertIn("Read-only file system", said)
        self.assertEqual({path.name: path.read_bytes() for path in (self.disk / "out").iterdir()}, whole)
        self.medley(*words, "--overwrite", at=self.before["train"])
        self.assertEqual({path.name: path.read_bytes() for path in (self.disk / "out").iterdir()}, whole)
        shutil.rmtree(self.disk / "out")

    def test_that_is_read_only_and_then_is_not(self):
        for step in STEPS:
            work = self.disk / step
            shutil.copytree(self.before[step], work)
            before = state_of(work)
            self.assertEqual(self.mount("-o", "remount,ro").returncode, 0)
            try:
                self.refused(step, work, "a read-only folder")
            finally:
                self.assertEqual(self.mount("-o", "remount,rw").returncode, 0)
            self.assertEqual(state_of(work), before, step)
            self.ends_as_undisturbed(step, work, f"{step} after a read-only folder")
            shutil.rmtree(work)


if __name__ == "__main__":
    unittest.main()
