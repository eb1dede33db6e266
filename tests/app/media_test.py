"""Sounds and clips of a catalogue, good and bad ones. Run: python3 tests/app/media_test.py"""

import math
import shutil
import struct
import unittest

from program import BAD_INPUT, ROOT, USAGE, ProgramTest, write_workspace

FIXTURES = ROOT / "tests" / "media" / "data"

CONFIG = """
[import]
format = "csv"
file = "events.csv"

[catalog]
file = "catalog.csv"
text = ["title"]
audio = "sounds/{id}.wav"
video = "clips/{id}.mp4"

[features.timbre]
extractor = "audio/mfcc"
modality = "audio"

[features.clip]
extractor = "video/shots"
modality = "video"
"""


def wav(samples, rate=22050, bits=16, channels=1, kind=1):
    """The bytes of a RIFF file of values in [-1, 1]."""
    if kind == 3:
        data = struct.pack(f"<{len(samples)}f", *samples)
    elif bits == 8:
        data = bytes(int(128 + 127 * value) for value in samples)
    elif bits == 24:
        data = b"".join(int(8388607 * value).to_bytes(3, "little", signed=True) for value in samples)
    else:
        data = struct.pack(f"<{len(samples)}h", *(int(32767 * value) for value in samples))
    frame = channels * bits // 8
    return (b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " +
            struct.pack("<IHHIIHH", 16, kind, channels, rate, rate * frame, frame, bits) + b"data" + struct.pack("<I", len(data)) + data)


def tone(hertz, seconds=0.5, rate=22050):
    return [0.5 * math.sin(2 * math.pi * hertz * i / rate) for i in range(int(seconds * rate))]


GOOD = {
    "plain": wav(tone(440)),
    "eight_bits": wav(tone(440), bits=8),
    "deep": wav(tone(440), bits=24),
    "float": wav(tone(440), bits=32, kind=3),
    "slow": wav(tone(440, rate=8000), rate=8000),
    "fast": wav(tone(440, 0.2, 192000), rate=192000),
    "six_channels": wav([value for value in tone(440, 0.2) for _ in range(6)], channels=6),
    "short": wav(tone(440)[:500]),
    "one_sample": wav([0.25]),
}
BAD = {
    "none": wav([]),
    "silent": wav([0.0] * 22050),
    "not_finite": wav(tone(440)[:2000] + [math.nan] + tone(440)[:2000], bits=32, kind=3),
    "text": b"this is no sound",
    "empty": b"",
    "playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
}


class Media(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.class_folder / "work"
        for folder in ("sounds", "clips"):
            (cls.work / folder).mkdir(parents=True)
        for name, data in (GOOD | BAD).items():
            (cls.work / "sounds" / f"{name}.wav").write_bytes(data)
        clip = (FIXTURES / "cuts.mp4").read_bytes()
        (cls.work / "clips" / "film.mp4").write_bytes(clip)
        (cls.work / "clips" / "cut_short.mp4").write_bytes(clip[: len(clip) // 2])
        shutil.copy(FIXTURES / "rotated.mov", cls.work / "clips" / "mute.mp4")
        cls.items = [*GOOD, *BAD, "film", "cut_short", "mute", "nothing"]
        (cls.work / "catalog.csv").write_text("id,title\n" + "".join(f"{item},x\n" for item in cls.items))
        (cls.work / "events.csv").write_text("user,item\n" + "".join(f"u{n % 3},{item}\n" for n, item in enumerate(cls.items)))
        (cls.work / "medley.toml").write_text(CONFIG)
        test = cls()
        test.medley("import", at=cls.work)
        cls.first = {one["name"]: one for one in test.answer("extract", at=cls.work)["features"]}

    def reasons(self, feature):
        return {one["id"]: one["reason"] for one in self.first[feature]["broken"]}

    def test_good_sounds_have_a_row_and_bad_ones_a_reason(self):
        timbre = self.first["timbre"]
        self.assertEqual(timbre["present"], len(GOOD) + 1, timbre)  # and the sound track of `film`
        self.assertEqual(timbre["without_material"], 1)
        reasons = self.reasons("timbre")
        self.assertEqual(set(reasons), {*BAD, "cut_short", "mute"})
        self.assertIn("no sound track", reasons["mute"])
        self.assertIn("without samples", reasons["none"])
        self.assertIn("silent", reasons["silent"])
        self.assertIn("nan", reasons["not_finite"])
        self.assertIn("cut short", reasons["cut_short"])
        for item in ("text", "playlist"):
            self.assertIn("not a sound or a clip", reasons[item])
        self.assertIn("empty", reasons["empty"])

    def test_clips_too(self):
        self.assertEqual(self.first["clip"]["present"], 2)
        self.assertEqual(set(self.reasons("clip")), {"cut_short"})

    def test_a_second_time_everything_is_known(self):
        for one in self.answer("extract", at=self.work)["features"]:
            self.assertEqual(one["computed"], 0)
            self.assertEqual(one["broken"], self.first[one["name"]]["broken"])

    def test_what_is_not_in_the_catalogue_is_heard_and_seen(self):
        items = self.answer("similar", "--audio", FIXTURES / "tone.ogg", "--k", "3", at=self.work)["items"]
        self.assertEqual(len(items), 3)
        items = self.answer("similar", "--video", FIXTURES / "cuts.mp4", "--k", "1", at=self.work)["items"]
        self.assertEqual(items[0]["id"], "film")
        self.assertAlmostEqual(items[0]["score"], 1, places=4)

    def test_a_clip_without_sound_is_known_by_its_pictures(self):
        mute = FIXTURES / "rotated.mov"
        self.assertEqual(self.answer("similar", "--video", mute, "--k", "1", at=self.work)["items"][0]["id"], "mute")
        said = self.refusal("similar", "--video", mute, "--by", "timbre", at=self.work)
        self.assertIn("has none of the features asked for", said)

    def test_bad_queries_are_told(self):
        said = self.refusal("similar", "--audio", self.work / "catalog.csv", code=BAD_INPUT, at=self.work)
        self.assertIn("not a sound or a clip", said)
        said = self.refusal("similar", "--image", FIXTURES / "picture.bmp", at=self.work)
        self.assertIn("has a picture, and no feature of the catalogue is made of them", said)
        self.assertIn("none.ogg", self.refusal("similar", "--audio", "none.ogg", at=self.work))
        self.medley("similar", "--item", "plain", "--audio", FIXTURES / "tone.ogg", code=USAGE, at=self.work)

    def test_a_catalogue_without_sounds_says_where_they_would_be_named(self):
        plain = self.class_folder / "plain"
        plain.mkdir(exist_ok=True)
        for name in ("catalog.csv", "events.csv"):
            shutil.copy(self.work / name, plain)
        text = CONFIG.replace('audio = "sounds/{id}.wav"\nvideo = "clips/{id}.mp4"\n', "")
        (plain / "medley.toml").write_text(text)
        self.medley("import", at=plain)
        self.assertIn("[catalog] audio or video", self.refusal("extract", at=plain))
        (plain / "medley.toml").write_text(text + "\n[limits]\nmax_seconds = 0.1\n")
        self.assertIn("max_seconds", self.refusal("extract", at=plain))

    def test_why_names_the_frames_that_bind_two_clips(self):
        work = write_workspace(self.folder / "work", "user,item\nu,a\nu,b\nv,c\n", "id,title\na,x\nb,x\nc,x\n",
                               '[features.clip]\nextractor = "video/shots"\n', 'text = ["title"]\nvideo = "clips/{id}.mp4"')
        (work / "clips").mkdir()
        for item, clip in (("a", "cuts.mp4"), ("b", "cuts.mp4"), ("c", "rotated.mov")):
            shutil.copy(FIXTURES / clip, work / "clips" / f"{item}.mp4")
        self.medley("import", at=work)
        self.medley("extract", at=work)
        why = ("similar", "--item", "a", "--why", "b")
        said = self.answer(*why, at=work)
        self.assertAlmostEqual(said["score"], 1, places=4)
        shared = said["parts"][0]["shared"]
        # Of each clip the three key frames, at 9, 34 and 62 of 25 a second.
        for item in "ab":
            for shot, second in enumerate(("0:00.4", "0:01.4", "0:02.5"), 1):
                self.assertIn(f"frame at {second} in shot {shot} of {item}", shared)
        self.assertIn(f"alike in clip ({', '.join(shared[:3])})", said["sentence"])
        self.assertIn(shared[0], self.medley(*why, at=work).stdout)

        self.medley("train", "--model", "content", at=work)
        bond, = self.answer("explain", "--history", "b", "--item", "a", at=work)["alike"]
        self.assertEqual(bond["id"], "b")
        self.assertEqual(bond["parts"][0]["shared"], shared)

        (work / "clips" / "b.mp4").unlink()
        gone = self.medley(*why, at=work)
        self.assertNotIn("frame at", gone.stdout)
        self.assertIn("item 'b'", gone.stderr)
        self.assertIn("b.mp4", gone.stderr)
        self.assertTrue(self.answer(*why, at=work)["parts"][0]["shared"], "the columns")


if __name__ == "__main__":
    unittest.main()
