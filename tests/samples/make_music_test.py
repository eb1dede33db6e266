"""Holds the music sample to what its README states. Run: python3 tests/samples/make_music_test.py"""

import csv
import hashlib
import math
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT / "tools" / "samples" / "make_music.py"
sys.path.insert(0, str(MAKER.parent))

from music import listeners, pieces  # noqa: E402  (found only after the line above)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Music(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name)
        subprocess.run([sys.executable, MAKER, cls.out, "--tables"], check=True)
        cls.catalog = {row["id"]: row for row in rows_of(cls.out / "catalog.csv")}
        cls.truth = {row["id"]: row for row in rows_of(cls.out / "truth.csv")}
        cls.events = rows_of(cls.out / "events.csv")
        cls.heard = defaultdict(list)
        for row in cls.events:
            if row["kind"] == "play":
                cls.heard[row["user"]].append(row["item"])

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_tables_are_the_same_bytes_everywhere(self):
        all_bytes = b"".join((self.out / name).read_bytes() for name in ("catalog.csv", "events.csv", "truth.csv"))
        self.assertEqual(hashlib.sha256(all_bytes).hexdigest(), "5e7b54440a30554094d1880b06ad24b052fdbfb72c4788810d578ba4e0a74c18")

    def test_counts_are_those_of_the_readme(self):
        self.assertEqual(len(self.catalog), 120)
        self.assertEqual(len(self.heard), 240)
        self.assertTrue(all(user.startswith("simulated-") for user in self.heard))
        for items in self.heard.values():
            self.assertEqual(len(items), len(set(items)), "nobody hears a piece in two sittings")
            self.assertTrue(3 * 4 <= len(items) <= 6 * 8)

    def test_each_modality_is_withheld_of_about_the_stated_share(self):
        drawn = pieces.draw_pieces(20240304, 4000)
        share = lambda what: sum(map(what, drawn)) / len(drawn)
        self.assertAlmostEqual(share(lambda p: not p.lyrics), 0.25, delta=0.03)
        self.assertAlmostEqual(share(lambda p: not p.tags), 0.30, delta=0.03)
        self.assertAlmostEqual(share(lambda p: not p.has_cover), 0.20, delta=0.03)
        self.assertAlmostEqual(share(lambda p: p.has_clip), 1 / 3, delta=0.03)
        self.assertAlmostEqual(share(lambda p: p.has_clip and not p.has_sound), 1 / 6, delta=0.03)

    def test_the_words_follow_mode_and_theme_and_the_tags_tempo_and_timbre(self):
        for item, row in self.catalog.items():
            truth = self.truth[item]
            moods = pieces.GLAD if truth["mode"] == "major" else pieces.SAD
            if row["lyrics"]:
                self.assertTrue(any(word in row["lyrics"] for word in moods), row["lyrics"])
                self.assertTrue(any(noun in row["lyrics"] for noun in pieces.NOUNS[truth["theme"]]), row["lyrics"])
            if row["tags"]:
                speed = row["tags"].split("|")[0]
                self.assertEqual(speed, "slow" if int(truth["tempo"]) < 90 else "fast" if int(truth["tempo"]) > 130 else "moderate")

    def test_listeners_keep_to_a_tempo_and_a_timbre(self):
        """Within a listener tempos scatter less than over all plays, and the commonest timbre is commoner."""
        octave = lambda item: math.log2(int(self.truth[item]["tempo"]))
        def spread(items):
            mean = sum(map(octave, items)) / len(items)
            return sum((octave(item) - mean) ** 2 for item in items) / len(items)
        everything = [item for items in self.heard.values() for item in items]
        within = sum(spread(items) for items in self.heard.values()) / len(self.heard)
        self.assertLess(within, 0.8 * spread(everything))
        def commonest(items):
            timbres = [self.truth[item]["timbre"] for item in items]
            return max(timbres.count(timbre) for timbre in pieces.TIMBRES) / len(timbres)
        self.assertGreater(sum(map(commonest, self.heard.values())) / len(self.heard), commonest(everything) + 0.1)

    def test_log_odds_by_hand(self):
        piece = pieces.Piece("p", 0, "minor", 120, "bell", "sea", 1, "", "", (), True, True, False)
        listener = listeners.Listener("l", 60.0, 0.5, {"bell": 0.25}, {"sea": -0.125})
        # One octave off: 1.6 x 4 lost; minor under a mood of -1: +0.5.
        self.assertAlmostEqual(listeners.log_odds(listener, piece, -1.0, 0.0), -6.4 + 0.5 + 0.25 - 0.125)


if __name__ == "__main__":
    unittest.main()
