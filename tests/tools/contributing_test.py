"""What CONTRIBUTING.md shows of a file stands in that file. Run: python3 tests/tools/contributing_test.py"""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"^`([^`\n]+)`\n```\w+\n(.*?)^```$", re.S | re.M)


class Contributing(unittest.TestCase):
    def test_shows_files_as_they_are(self):
        shown = SHOWN.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(shown), 4)
        for name, text in shown:
            self.assertIn(text, (ROOT / name).read_text(encoding="utf-8"), name)

    def test_names_files_that_exist(self):
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
            for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
                self.assertTrue((page.parent / link).exists(), f"{page.name} links to {link}")

    def test_names_no_target_that_make_does_not_have(self):
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
            for target in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")):
                self.assertIn(target, targets, f"{page.name} names make {target}")


if __name__ == "__main__":
    unittest.main()
