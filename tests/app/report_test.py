"""The page of a report: what is in it, that no title becomes markup, and how a browser takes it.

A browser is used where one is installed (chromium or chromium-browser on PATH, or $CHROMIUM). MEDLEY_SCREENSHOTS names a
folder that gets its pictures, light and dark, wide and narrow. Run: python3 tests/app/report_test.py
"""

import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from program import ProgramTest, copy_shop, write_workspace

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = ("</script><script>document.title='hacked'</script>", "<img src=x onerror=\"document.title='hacked'\">",
           "\" onmouseover=\"document.title='hacked'", "&lt;b&gt; &amp; '<!--", "line\u2028separator")


def document_in(page):
    return json.loads(re.search(r'<script type="application/json" id="document">(.*?)</script>', page, re.S).group(1))


class Page(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = write_workspace(cls.class_folder / "work", "user,item\n" + "".join(
            f"u{user},i{item}\n" for user in range(40) for item in range(20) if (user * 7 + item * 3) % 4), "id,title\n" + "".join(
            f'i{item},"{HOSTILE[item % len(HOSTILE)].replace(chr(34), chr(34) * 2)} word{item % 3}"\n' for item in range(20)),
            '[features.words]\nextractor = "text/tfidf"\nmodality = "text"\nfields = ["title"]\nmin_df = 1\n')

    def report(self):
        for words in (("import",), ("extract",), ("train", "--model", "item_knn(k=5)"),
                      ("evaluate", "--models", "popularity, item_knn(k=5)", "--report", "report.html")):
            self.medley(*words, at=self.work)
        return (self.work / "report.html").read_text(encoding="utf-8")

    def test_holds_every_part(self):
        document = document_in(self.report())
        self.assertLessEqual({"evaluation", "metrics", "check", "map", "lists", "recommendations", "items"}, set(document))
        self.assertEqual({entry["key"] for entry in document["metrics"]},
                         set(document["evaluation"]["models"][0]["metrics"]))
        items = len(document["items"]["ids"])
        self.assertEqual(len(document["items"]["titles"]), items)
        for user in document["lists"]["users"]:
            self.assertEqual(len(user["lists"]), len(document["evaluation"]["models"]))
            self.assertTrue(all(0 <= item < items for items_ in user["lists"] for item in items_))

    def test_gives_titles_back_and_lets_none_of_them_be_markup(self):
        page = self.report()
        titles = document_in(page)["items"]["titles"]
        for hostile in HOSTILE:
            self.assertTrue(any(title.startswith(hostile) for title in titles), hostile)
            self.assertNotIn(hostile, page)

    def test_stands_among_the_runs_of_the_workspace(self):
        self.report()
        runs = sorted((self.work / "runs").iterdir())
        self.assertTrue(runs)
        for run in runs:
            self.assertEqual({path.name for path in run.iterdir()}, {"medley.toml", "metrics.json", "report.html"})
            json.loads((run / "metrics.json").read_text(encoding="utf-8"))

    def test_onto_a_folder_that_is_not_there_is_refused(self):
        self.report()
        self.assertIn("absent", self.refusal_of_report("absent/report.html"))

    def refusal_of_report(self, path):
        done = self.medley("evaluate", "--models", "popularity", "--report", path, at=self.work, code=1)
        return done.stderr.strip().splitlines()[-1]

    def test_shows_itself_without_a_message_on_the_console(self):
        if not BROWSER:
            self.skipTest("no chromium here; $CHROMIUM names one")
        self.report()
        keep = Path(os.environ.get("MEDLEY_SCREENSHOTS") or self.folder)
        for name, width, flags in (("light-wide", 1400, ()), ("light-narrow", 420, ()),
                                   ("dark-wide", 1400, ("--force-dark-mode",)), ("dark-narrow", 420, ("--force-dark-mode",))):
            picture = keep / f"{name}.png"
            done = subprocess.run(
                [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0", *flags,
                 f"--user-data-dir={self.folder / name}", f"--window-size={width},4000", "--virtual-time-budget=4000",
                 f"--screenshot={picture}", (self.work / "report.html").as_uri()], capture_output=True, text=True, timeout=100)
            self.assertTrue(picture.is_file(), done.stderr[-500:])
            self.assertEqual([line for line in done.stderr.splitlines() if "CONSOLE" in line], [])

    def test_draws_every_section_and_runs_no_title(self):
        if not BROWSER:
            self.skipTest("no chromium here; $CHROMIUM names one")
        self.report()
        dom = subprocess.run(
            [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder / 'profile'}",
             "--virtual-time-budget=4000", "--dump-dom", (self.work / "report.html").as_uri()],
            capture_output=True, text=True, timeout=100).stdout
        for section in ("comparison", "coverage", "map", "recommendations", "side-by-side", "check", "method"):
            self.assertIn(f'<section id="{section}"', dom)
        self.assertIn("<title>work – Medley report</title>", dom)
        self.assertNotIn("[object", re.sub(r"<script.*?</script>", "", dom, flags=re.S))


class Shop(ProgramTest):
    def test_has_pictures_of_at_most_1500_bytes(self):
        shop = copy_shop(self.folder / "shop")
        self.medley("import", at=shop)
        self.medley("extract", at=shop)
        self.medley("evaluate", "--models", "popularity", "--report", "report.html", at=shop)
        pictures = document_in((shop / "report.html").read_text(encoding="utf-8"))["items"]["pictures"]
        self.assertGreater(sum(map(bool, pictures)), 300)
        self.assertLessEqual(max(map(len, pictures)), 2000)  # 1,500 bytes as base64


if __name__ == "__main__":
    unittest.main()
