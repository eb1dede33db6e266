"""The page of a report: what is in it, that no title becomes markup, and how a browser takes it.

A browser is used where one is installed (chromium or chromium-browser on PATH, or $CHROMIUM). MEDLEY_SCREENSHOTS names a
folder that gets its pictures, light and dark, wide and narrow. Run: python3 tests/app/report_test.py
"""

import json
import os
import re
import unittest
from pathlib import Path

from browser import BROWSER, Browser
from program import ProgramTest, copy_shop, write_workspace

CHART_OF = "echarts.getInstanceByDom"
# The middle of the map's first point, in pixels of the window.
POINT = """const [x, y] = plot.convertToPixel({seriesIndex: 0}, plot.getOption().series[0].data[0].slice(0, 2));
  const at = box.getBoundingClientRect(); return [at.left + x, at.top + y];"""
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
        self.need_browser()
        self.report()
        keep = Path(os.environ.get("MEDLEY_SCREENSHOTS") or self.folder)
        for name, width, dark in (("light-wide", 1400, False), ("light-narrow", 420, False), ("dark-wide", 1400, True),
                                  ("dark-narrow", 420, True)):
            with Browser(width, 900, dark) as browser:
                self.open(browser)
                browser.picture(keep / f"{name}.png", whole=True)
                self.assertLessEqual(browser.run("document.documentElement.scrollWidth"), width, "nothing sticks out sideways")
                self.assertEqual(browser.console, [])

    def test_draws_every_section_and_runs_no_title(self):
        self.need_browser()
        self.report()
        with Browser() as browser:
            self.open(browser)
            self.assertEqual(browser.run("document.title"), "work – Medley report")
            self.assertLessEqual({"comparison", "coverage", "map", "recommendations", "side-by-side", "check", "method"},
                                 set(browser.run("[...document.querySelectorAll('section')].map(part => part.id)")))
            self.assertNotIn("[object", browser.run("document.body.innerText"))
            self.assertEqual(browser.run("document.querySelectorAll('main img:not(.picture), main script').length"), 0)
            self.assertEqual(browser.console, [])

    def test_shows_an_item_of_the_map_under_the_mouse_and_zooms_with_ctrl_and_the_wheel(self):
        self.need_browser()
        self.report()
        with Browser() as browser:
            self.open(browser)
            browser.run("document.querySelector('#map .chart').scrollIntoView({block: 'center'})")
            browser.wait_for("document.querySelector('#map canvas') !== null")
            # The chart's own arithmetic says where its points are.
            where = f"(() => {{ const box = document.querySelector('#map .chart'), plot = {CHART_OF}(box); {POINT} }})()"
            x, y = browser.run(where)
            browser.point(x, y)
            browser.settle()
            card = browser.wait_for("(document.querySelector('#map .chart .card') || {}).innerText")
            self.assertTrue(any(title.split()[0] in card for title in HOSTILE), card)
            self.assertEqual(browser.run("document.title"), "work – Medley report", "a title in the card is text")
            before = browser.run(f"{CHART_OF}(document.querySelector('#map .chart')).getOption().dataZoom[0].end")
            browser.wheel(x, y, -300, ctrl=True)
            browser.settle()
            after = browser.run(f"{CHART_OF}(document.querySelector('#map .chart')).getOption().dataZoom[0].end")
            self.assertLess(after, before)
            self.assertEqual(browser.console, [])

    def test_is_used_with_the_keyboard_alone(self):
        self.need_browser()
        self.report()
        with Browser() as browser:
            self.open(browser)
            reached = []
            for _ in range(60):
                browser.key("Tab")
                reached.append(browser.run("(() => { const at = document.activeElement; return at.type || at.className || at.tagName })()"))
            self.assertEqual(reached[0], "skip", "the first stop leads past the list of sections")
            self.assertLessEqual({"search", "radio", "select-one"}, set(reached))
            self.assertTrue(browser.run("getComputedStyle(document.activeElement).outlineStyle") != "none")
            browser.run("document.querySelector('#map input[type=search]').focus()")
            browser.type("word1")
            browser.settle()
            self.assertGreater(browser.run("document.querySelectorAll('#map .found button').length"), 0)
            browser.key("Tab")
            browser.key("Enter")
            self.assertEqual(browser.run("document.activeElement.tagName"), "BUTTON")
            self.assertEqual(browser.console, [])

    def need_browser(self):
        if not BROWSER:
            self.skipTest("no chromium here; $CHROMIUM names one")

    def open(self, browser):
        browser.open((self.work / "report.html").as_uri())


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
