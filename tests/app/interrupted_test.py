"""kill -9, Ctrl-C and a full disk: what was there stays, and the next run ends as an undisturbed one.

Run: python3 tests/app/interrupted_test.py
"""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program import EVENTS, INTERRUPTED, PROGRAM, ProgramTest, copy_shop, medley, write_workspace


def start(*words, at):
    return subprocess.Popen([PROGRAM, *map(str, words)], cwd=at, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env=os.environ | {"OMP_WAIT_POLICY": "passive"})


def wait_for(process, ready):
    """Waits until `ready()` or the end of the process."""
    end = time.monotonic() + 60
    while not ready() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


def handles_ctrl_c(process):
    """Whether the program has set its handler: before, Ctrl-C ends it as any other that has just begun."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
    return int(re.search(r"(?m)^SigCgt:\s*([0-9a-f]+)$", status)[1], 16) >> (signal.SIGINT - 1) & 1 == 1


def big_log(rows):
    chance = random.Random(5)
    return "user,item,value,time\n" + "".join(
        f"u{chance.randrange(3000)},i{chance.randrange(900)},{chance.randrange(1, 6)},{1_000_000_000 + n // 3}\n"
        for n in range(rows))


def files_in(folder):
    """Checksums, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}


class Interrupted(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = big_log(200_000)

    def import_whole(self):
        """A workspace with the whole log imported, undisturbed, and the seconds that took."""
        work = write_workspace(self.folder / "whole", self.log)
        began = time.monotonic()
        self.medley("import", at=work)
        return work, time.monotonic() - began

    def shop_to_extract(self, name):
        shop = copy_shop(self.folder / name)
        self.medley("import", at=shop)
        return shop

    @staticmethod
    def cached(shop):
        """Bytes of picture vectors that the extraction has kept so far."""
        return sum(path.stat().st_size for path in shop.rglob("*.rows"))


class Killed(Interrupted):
    def test_import_leaves_what_was_there_and_goes_through_the_next_time(self):
        whole, seconds = self.import_whole()
        counts = self.answer("check", at=whole)["counts"]
        work = write_workspace(self.folder / "work", EVENTS)
        before = self.answer("import", at=work)["store"]
        (work / "log.csv").write_text(self.log, encoding="utf-8")
        killed = 0
        for share in (0.15, 0.4, 0.7, 0.95):
            process = start("import", "log.csv", at=work)
            time.sleep(share * seconds)
            process.kill()
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            left = self.answer("import", at=work)["store"]
            if left["events"] == before["events"] + 200_000:
                break  # the kill came between the commit and the end
            self.assertEqual(left, before)
        self.assertGreaterEqual(killed, 2)
        for left in work.glob("medley.db*"):
            left.unlink()
        (work / "events.csv").write_text(self.log, encoding="utf-8")
        process = start("import", at=work)
        time.sleep(0.5 * seconds)
        process.kill()
        process.communicate()
        self.medley("import", at=work)
        self.assertEqual(self.answer("check", at=work)["counts"], counts)

    def test_extract_goes_on_to_the_same_files(self):
        whole = self.shop_to_extract("whole")
        self.medley("extract", at=whole)
        all_cached = self.cached(whole)
        work = self.shop_to_extract("work")
        killed = 0
        for share in (0.0, 0.2, 0.5, 0.8):
            process = start("extract", "--threads", "1", at=work)
            wait_for(process, lambda share=share: self.cached(work) > share * all_cached)
            process.kill()
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
        self.assertGreaterEqual(killed, 2)
        color = self.answer("extract", at=work)["features"][0]
        self.assertGreater(color["reused"], 0)
        self.assertEqual(files_in(work / "features"), files_in(whole / "features"))
        self.assertEqual(self.answer("check", at=work)["counts"], self.answer("check", at=whole)["counts"])

    def test_extract_may_have_left_half_a_record_in_its_cache(self):
        whole, work = self.shop_to_extract("whole"), self.shop_to_extract("work")
        for shop in (whole, work):
            self.medley("extract", at=shop)
        (rows,) = work.rglob("*.rows")
        rows.write_bytes(rows.read_bytes()[:-1000])
        shutil.rmtree(work / "features")
        self.medley("extract", at=work)
        self.assertEqual(files_in(work / "features"), files_in(whole / "features"))

    def test_extract_may_have_left_half_a_set_of_files(self):
        whole, work = self.shop_to_extract("whole"), self.shop_to_extract("work")
        (work / "features" / "color.new").mkdir(parents=True)
        (work / "features" / "color.new" / ".npy.tmp12345").write_bytes(b"half a file")
        for shop in (whole, work):
            self.medley("extract", at=shop)
        self.assertEqual(sorted(path.name for path in (work / "features").iterdir()),
                         sorted(path.name for path in (whole / "features").iterdir()))


class CtrlC(Interrupted):
    def interrupt(self, *words, at, ready=lambda: True):
        process = start(*words, at=at)
        wait_for(process, lambda: handles_ctrl_c(process) and ready())
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, INTERRUPTED, errors)
        self.assertLess(time.monotonic() - began, 10)
        self.assertEqual(output, "")
        self.assertIn("interrupted", errors)

    def test_ends_an_import_and_leaves_the_store(self):
        work = write_workspace(self.folder / "work", EVENTS)
        before = self.answer("import", at=work)["store"]
        (work / "log.csv").write_text(self.log, encoding="utf-8")
        self.interrupt("import", "log.csv", at=work)
        self.assertEqual(self.answer("import", at=work)["store"], before)

    def test_ends_an_extraction_that_goes_on_later(self):
        whole, work = self.shop_to_extract("whole"), self.shop_to_extract("work")
        self.medley("extract", at=whole)
        self.interrupt("extract", "--threads", "1", at=work, ready=lambda: self.cached(work) > 0)
        color = self.answer("extract", at=work)["features"][0]
        self.assertGreater(color["reused"], 0)
        self.assertEqual(files_in(work / "features"), files_in(whole / "features"))

    def test_ends_an_evaluation(self):
        work, _ = self.import_whole()
        for models in ("item_knn", "graph_filter", "ease(lambda=[1,10,100,1000])"):
            self.interrupt("evaluate", "--models", models, "--seeds", "50", at=work)
        self.medley("check", at=work)


class FullDisk(ProgramTest):
    """In a small file system of its own, which takes the right to mount one."""

    def setUp(self):
        super().setUp()
        self.disk = Path(tempfile.mkdtemp(prefix="medley-test-disk-"))
        self.addCleanup(self.disk.rmdir)
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", self.disk], capture_output=True,
                              text=True)
        if made.returncode != 0:
            self.skipTest(f"cannot mount a small file system: {made.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)
        titles = (" ".join(f"word{item}x{n}" for n in range(2500)) for item in range(8))
        self.work = write_workspace(self.disk / "work", "user,item\n" + "".join(
            f"u{n % 9},i{n % 160}\n" for n in range(1000)),
            "id,title\n" + "".join(f"i{item},{title}\n" for item, title in enumerate(titles)),
            '[features.words]\nextractor = "text/tfidf"\nfields = ["title"]\n')
        self.before = self.answer("import", at=self.work)["store"]

    def fill(self, room=64 * 1024):
        """Leaves room for the index of SQLite's log (32 KiB) and no more than that asks for."""
        with open(self.disk / "filler", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                file.truncate(file.tell() - room)

    def test_an_import_names_the_store_and_leaves_it(self):
        log = self.folder / "log.csv"
        log.write_text(big_log(200_000), encoding="utf-8")
        shutil.copy(self.work / "catalog.csv", self.folder)
        message = self.refusal("import", log, at=self.work)
        self.assertIn("medley.db", message)
        self.assertIn("no space is left", message)
        self.assertEqual(self.answer("import", at=self.work)["store"], self.before)

    def test_a_training_names_the_model_and_leaves_the_old_one(self):
        self.medley("train", "--model", "ease(lambda=10)", at=self.work)
        before = files_in(self.work / "models")
        self.fill()
        self.assertIn("ease.medley", self.refusal("train", "--model", "ease(lambda=20)", at=self.work))
        self.assertEqual(files_in(self.work / "models"), before)
        self.assertEqual(len(self.answer("recommend", "--history", "i1", "--k", "3", at=self.work)["items"]), 3)

    def test_an_extraction_names_the_file_and_leaves_the_old_vectors(self):
        self.medley("extract", at=self.work)
        before = files_in(self.work / "features")
        catalog = (self.work / "catalog.csv").read_text(encoding="utf-8")
        (self.work / "catalog.csv").write_text(catalog.replace("word1", "term1"), encoding="utf-8")
        self.medley("import", at=self.work)
        self.fill()
        self.assertIn("features/words", self.refusal("extract", at=self.work))
        left = files_in(self.work / "features")
        # Without their key the old vectors stand there and are not used until an extraction ends well.
        self.assertEqual(left, {name: content for name, content in before.items() if name in left})
        self.assertLessEqual(set(before) - set(left), {"words.key"})
        (self.disk / "filler").unlink()
        self.medley("extract", at=self.work)
        after = files_in(self.work / "features")
        self.assertEqual(set(after), set(before))
        self.assertNotEqual(after["words.columns"], before["words.columns"])


if __name__ == "__main__":
    unittest.main()
