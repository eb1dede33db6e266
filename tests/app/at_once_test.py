"""Two processes that change one workspace: the second is refused, told who is at work, and nothing is harmed.

Run: python3 tests/app/at_once_test.py
"""

import os
import random
import re
import signal
import subprocess
import time
import unittest
from pathlib import Path

from program import EVENTS, PROGRAM, ProgramTest, write_workspace


def start(*words, at):
    return subprocess.Popen([PROGRAM, *map(str, words)], cwd=at, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env=os.environ | {"OMP_WAIT_POLICY": "passive"})


def writes_to_store(process):
    """Whether a stopped process has a write lock as SQLite takes them; those of the workspace are of another kind."""
    while re.search(r"(?m)^State:\s*[Tt]", Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")) is None:
        time.sleep(0.001)
    locks = Path("/proc/locks").read_text(encoding="utf-8")
    return re.search(rf"(?m) POSIX +ADVISORY +WRITE {process.pid} ", locks) is not None


def big_log(rows):
    chance = random.Random(7)
    return "user,item,value,time\n" + "".join(
        f"u{chance.randrange(2000)},i{chance.randrange(1500)},{chance.randrange(1, 6)},{1_000_000_000 + n}\n" for n in range(rows))


class AtOnce(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = big_log(150_000)

    def setUp(self):
        super().setUp()
        self.work = write_workspace(self.folder / "work", EVENTS)
        (self.work / "log.csv").write_text(self.log, encoding="utf-8")

    def at_work(self, *words):
        """Starts a long command and returns when it holds the workspace."""
        process = start(*words, at=self.work)
        name = f"(process {process.pid})"
        lock = self.work / "medley.lock"
        end = time.monotonic() + 60
        while not (lock.is_file() and name in lock.read_text(encoding="utf-8")):
            self.assertIsNone(process.poll(), "it ended before it was seen at work")
            self.assertLess(time.monotonic(), end)
            time.sleep(0.001)
        return process

    def paused(self, *words):
        """The same, stopped, so that it holds the workspace for as long as a test needs."""
        process = self.at_work(*words)
        process.send_signal(signal.SIGSTOP)
        return process

    def paused_while_it_writes_nothing(self, *words):
        """The same, at a moment at which it has no lock on the store that keeps readers out: SQLite takes one for an
        instant as it opens and closes it."""
        process = self.paused(*words)
        while writes_to_store(process):
            process.send_signal(signal.SIGCONT)
            time.sleep(0.002)
            self.assertIsNone(process.poll(), "it ended before it could be stopped")
            process.send_signal(signal.SIGSTOP)
        return process

    def go_on(self, process):
        process.send_signal(signal.SIGCONT)
        output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, errors)
        return output

    def test_a_second_import_is_refused_and_the_first_is_whole(self):
        self.medley("import", at=self.work)
        first = self.paused("import", "log.csv")
        message = self.refusal("import", at=self.work)
        self.assertIn(f"medley import (process {first.pid})", message)
        self.assertIn("medley.lock", message)
        self.go_on(first)
        self.assertEqual(self.answer("import", "log.csv", at=self.work)["events"]["added"], 0)
        alone = write_workspace(self.folder / "alone", EVENTS)
        (alone / "log.csv").write_text(self.log, encoding="utf-8")
        self.medley("import", at=alone)
        self.medley("import", "log.csv", at=alone)
        self.assertEqual(self.answer("check", at=self.work)["counts"], self.answer("check", at=alone)["counts"])

    def test_a_second_training_is_refused_and_the_first_is_whole(self):
        self.medley("import", "log.csv", at=self.work)
        first = self.paused("train", "--model", "ease(lambda=50)")
        for words in (("train", "--model", "popularity"), ("import",), ("extract",)):
            self.assertIn(f"medley train (process {first.pid})", self.refusal(*words, at=self.work))
        self.go_on(first)
        self.medley("check", "--model", "ease", at=self.work)
        self.assertEqual([path.name for path in sorted((self.work / "models").iterdir())], ["default", "ease.medley"])

    def test_those_who_only_read_are_let_in(self):
        self.medley("import", at=self.work)
        self.medley("train", "--model", "popularity", at=self.work)
        (self.work / "events.csv").write_text(self.log, encoding="utf-8")
        self.medley("import", at=self.work)
        first = self.paused_while_it_writes_nothing("train", "--model", "ease(lambda=50)")
        self.assertEqual(len(self.answer("recommend", "--user", "u1", "--k", "1", at=self.work)["items"]), 1)
        self.go_on(first)

    def test_two_started_together_end_as_one_or_both_after_each_other(self):
        both = [start("import", "log.csv", at=self.work) for _ in range(2)]
        ends = [(process.communicate(timeout=120)[1], process.returncode) for process in both]
        self.assertIn(0, [code for _, code in ends])
        for errors, code in ends:
            # Within the first moment the lock is held by one who has not written its name into it.
            self.assertTrue(code == 0 or (code == 1 and "medley.lock" in errors), errors)
        self.assertEqual(self.answer("import", "log.csv", at=self.work)["events"]["added"], 0)

    def test_a_killed_holder_leaves_nothing_behind(self):
        first = self.paused("import", "log.csv")
        first.kill()
        first.communicate()
        self.medley("import", at=self.work)
        (self.work / "models").mkdir()
        left = self.work / "models" / f"ease.medley.tmp{first.pid}"
        left.write_bytes(b"half a model")
        self.medley("train", "--model", "popularity", at=self.work)
        self.assertFalse(left.exists())


class NamedPipes(ProgramTest):
    def test_one_that_is_called_like_a_file_is_refused_and_not_waited_for(self):
        work = write_workspace(self.folder / "work", EVENTS,
                               features='[features.given]\nfile = "vectors.npy"\n')
        self.medley("import", at=work)
        os.mkfifo(work / "vectors.npy")
        self.assertIn("vectors.npy", self.refusal("extract", at=work))
        films = self.folder / "films"
        films.mkdir()
        os.mkfifo(films / "ratings.dat")
        self.assertIn("ratings.dat", self.refusal("evaluate", "--data", films, at=work))
        os.mkfifo(work / "ids")
        self.medley("train", "--model", "popularity", at=work)
        self.assertIn("ids", self.refusal("recommend", "--user", "u1", "--exclude", work / "ids", at=work))


if __name__ == "__main__":
    unittest.main()
