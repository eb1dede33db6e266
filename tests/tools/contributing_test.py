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
        for page in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"):
            for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
                self.assertTrue((ROOT / link).exists(), f"{page} links to {link}")


if __name__ == "__main__":
    unittest.main()
