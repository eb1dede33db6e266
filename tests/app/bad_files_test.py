"""Bad pictures, vectors and model files, through the program. Run: python3 tests/app/bad_files_test.py"""

import random
import shutil
import struct
import unittest
import zlib

from program import BAD_INPUT, EVENTS, OK, SHOP, ProgramTest, medley, write_workspace

COLOR = '[features.color]\nextractor = "image/color"\n'
CATALOG = "id,title\n" + "".join(f"i{n},thing {n}\n" for n in range(8))
PICTURES = 'text = ["title"]\nimage = "pictures/{id}.jpg"'


def png_header(width, height):
    """A PNG that declares a size and holds no pixel."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""))


def npy(content, shape, dtype="<f4", fortran=False):
    header = f"{{'descr': {dtype!r}, 'fortran_order': {fortran}, 'shape': {shape}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + content


class Pictures(ProgramTest):
    def setUp(self):
        super().setUp()
        self.work = write_workspace(self.folder / "work", EVENTS, CATALOG, COLOR, PICTURES)
        self.pictures = self.work / "pictures"
        self.pictures.mkdir()
        self.good = sorted((SHOP / "pictures").glob("*.jpg"))[:8]
        whole = self.good[0].read_bytes()
        shutil.copy(self.good[0], self.pictures / "i0.jpg")
        shutil.copy(self.good[1], self.pictures / "i1.jpg")
        self.broken = {"i2": b"", "i3": b"this is a text file\n" * 50, "i4": whole[:len(whole) * 6 // 10],
                       "i5": png_header(30_000, 30_000), "i6": random.Random(1).randbytes(9000)}
        for item, content in self.broken.items():
            (self.pictures / f"{item}.jpg").write_bytes(content)

    def test_that_are_broken_cost_one_row_each_and_are_listed_with_a_reason(self):
        self.medley("import", at=self.work)
        color = self.answer("extract", at=self.work)["features"][0]
        self.assertEqual((color["present"], color["without_material"]), (2, 1))
        reasons = {item["id"]: item["reason"] for item in color["broken"]}
        self.assertEqual(set(reasons), set(self.broken))
        self.assertIn("30000", reasons["i5"])
        self.assertIn("50000000", reasons["i5"].replace(",", ""))
        self.assertTrue(all(reasons.values()))
        listed = (self.work / "features" / "color.absent.csv").read_text(encoding="utf-8")
        self.assertEqual({row.split(",")[0] for row in listed.splitlines()[1:]}, set(self.broken))
        again = self.answer("extract", at=self.work)["features"][0]
        self.assertEqual({item["id"]: item["reason"] for item in again["broken"]}, reasons)
        self.assertEqual((again["computed"], again["reused"]), (0, 7))

    def test_that_are_broken_are_found_by_check(self):
        self.medley("import", at=self.work)
        broken = self.problems(at=self.work)["broken_pictures"]
        self.assertEqual(broken["count"], len(self.broken))
        self.assertNotIn("broken_pictures", [p["code"] for p in self.answer("check", "--skip-pictures",
                                                                            at=self.work)["problems"]])

    def test_larger_than_the_limit_are_refused_by_the_settings(self):
        toml = self.work / "medley.toml"
        toml.write_text(toml.read_text(encoding="utf-8") + "\n[limits]\nmax_pixels = 10\n", encoding="utf-8")
        self.medley("import", at=self.work)
        self.assertEqual(self.answer("extract", at=self.work)["features"][0]["present"], 0)

    def test_in_a_missing_folder_are_refused_with_its_name(self):
        shutil.rmtree(self.pictures)
        self.assertIn("pictures", self.refusal("import", at=self.work))

    def test_that_vanish_after_the_import_are_absent_with_a_reason(self):
        self.medley("import", at=self.work)
        shutil.rmtree(self.pictures)
        color = self.answer("extract", at=self.work)["features"][0]
        self.assertEqual((color["present"], len(color["broken"])), (0, 7))
        self.assertIn("No such file", color["broken"][0]["reason"])


class Vectors(ProgramTest):
    """`file =` gives vectors made elsewhere."""

    IDS = "".join(f"i{n}\n" for n in range(8))

    def extract(self, content, ids=IDS):
        work = write_workspace(self.folder / "work", EVENTS,
                               features='[features.made]\nfile = "made.npy"\nmodality = "image"\n')
        (work / "made.npy").write_bytes(content)
        (work / "made.ids").write_text(ids, encoding="utf-8")
        self.medley("import", at=work)
        return work

    def test_of_each_float_type_and_order_are_taken(self):
        values = [float(n % 5 - 2) for n in range(24)]
        by_column = [values[row * 3 + column] for column in range(3) for row in range(8)]
        said = []
        for content in (npy(struct.pack("<24f", *values), (8, 3)), npy(struct.pack("<24e", *values), (8, 3), "<f2"),
                        npy(struct.pack("<24d", *values), (8, 3), "<f8"),
                        npy(struct.pack("<24f", *by_column), (8, 3), fortran=True)):
            work = self.extract(content)
            self.assertEqual(self.answer("extract", at=work)["features"][0]["present"], 8)
            said.append(self.answer("similar", "--item", "i1", at=work)["items"])
        self.assertEqual(len(said[0]), 7)
        self.assertTrue(all(items == said[0] for items in said))

    def test_with_a_lying_header_are_refused(self):
        for content in (npy(bytes(4 * 24), (8, 4)), npy(bytes(4 * 24), (8, 2)), npy(bytes(96), (-8, 3)),
                        npy(bytes(96), (1 << 40, 1 << 40)), npy(bytes(96), (8, 3))[:40], b"",
                        b"\x93NUMPY" + bytes(100), npy(bytes(96), "(8, 3")):
            self.assertIn("made.npy", self.refusal("extract", at=self.extract(content)))

    def test_of_objects_are_refused(self):
        self.assertRegex(self.refusal("extract", at=self.extract(npy(bytes(64), (8, 1), "|O"))), "made.npy.*object")

    def test_with_another_number_of_rows_than_ids_are_refused_with_both(self):
        message = self.refusal("extract", at=self.extract(npy(bytes(4 * 15), (5, 3))))
        self.assertIn("made", message)
        self.assertIn("8 ids", message)
        self.assertIn("5 rows", message)

    def test_with_nan_are_refused_or_absent_and_never_saved(self):
        values = [1.0] * 23 + [float("nan")]
        work = self.extract(npy(struct.pack("<24f", *values), (8, 3)))
        done = medley("extract", at=work)
        saved = work / "features" / "made.npy"
        self.assertIn(done.returncode, (OK, BAD_INPUT))
        if done.returncode == BAD_INPUT:
            self.assertIn("made", done.stderr)
        if saved.exists():
            floats = struct.unpack("<24f", saved.read_bytes()[-96:])
            self.assertTrue(all(value == value for value in floats))

    def test_that_are_not_there_are_named(self):
        work = self.extract(npy(bytes(96), (8, 3)))
        (work / "made.npy").unlink()
        self.assertIn("made.npy", self.refusal("extract", at=work))


class ModelFile(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = write_workspace(cls.class_folder / "work", EVENTS)
        for words in (("import",), ("train", "--model", "ease(lambda=10)")):
            medley(*words, at=cls.work)
        cls.path = cls.work / "models" / "ease.medley"
        cls.whole = cls.path.read_bytes()

    def tearDown(self):
        self.path.write_bytes(self.whole)

    def recommend(self, content):
        self.path.write_bytes(content)
        return medley("recommend", "--history", "i1,i2", "--k", "3", at=self.work)

    def test_that_is_cut_is_refused_by_name(self):
        size = len(self.whole)
        for length in (0, 1, 7, 8, 12, 63, size // 3, size // 2, size - 41, size - 8, size - 1):
            done = self.recommend(self.whole[:length])
            self.assertEqual(done.returncode, BAD_INPUT, (length, done.stdout, done.stderr))
            self.assertIn("ease.medley", done.stderr)
            self.assertNotIn("unexpected", done.stderr)

    def test_with_flipped_bits_is_refused_or_answers_and_check_finds_them(self):
        chance = random.Random(3)
        for _ in range(12):
            at = chance.randrange(len(self.whole))
            content = bytearray(self.whole)
            content[at] ^= 1 << chance.randrange(8)
            done = self.recommend(bytes(content))
            self.assertIn(done.returncode, (OK, BAD_INPUT), (at, done.stderr))
            self.assertNotIn("unexpected", done.stderr)

    def test_with_a_flipped_value_is_found_by_check(self):
        self.assertEqual(self.answer("check", "--model", "ease", at=self.work)["damaged"], [])
        content = bytearray(self.whole)
        content[len(content) // 2] ^= 1
        self.path.write_bytes(bytes(content))
        self.assertIn("damaged", self.refusal("check", "--model", "ease", at=self.work))

    def test_of_a_newer_version_says_so(self):
        content = bytearray(self.whole)
        content[8:12] = struct.pack("<I", 99)
        done = self.recommend(bytes(content))
        self.assertEqual(done.returncode, BAD_INPUT)
        self.assertIn("version 99", done.stderr)

    def test_answers_from_itself_alone(self):
        alone = write_workspace(self.folder / "alone", EVENTS)
        shutil.copytree(self.work / "models", alone / "models")
        words = ("recommend", "--history", "i1,i2", "--k", "3")
        with_store = self.answer(*words, at=self.work)["items"]
        self.assertEqual([(i["id"], i["score"]) for i in self.answer(*words, at=alone)["items"]],
                         [(i["id"], i["score"]) for i in with_store])


if __name__ == "__main__":
    unittest.main()
