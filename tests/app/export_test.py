"""`medley export`: what goes out comes back, whatever is in the titles. Run: python3 tests/app/export_test.py"""

import csv
import os
import signal
import struct
import subprocess
import time
import unittest

from program import EVENTS, INTERRUPTED, PROGRAM, USAGE, ProgramTest, copy_shop, write_workspace

FORMATS = ("csv", "mmrec", "npy", "recbole")
HOSTILE = ('id,title,genre\n'
           'i0,"a ""quoted"", title",x|y z\n'
           'i1,<script>alert(1)</script>,x\n'
           'i2,"two\r\nlines",\n'
           'i3,"a\ttab",x\n'
           'i4,"=HYPERLINK(""http://x"",""y"")",\n'
           'i5,"""all quoted""",x\n'
           '"i 6, with a comma",&amp; é ✓,x\n')


def rows(path, delimiter="\t", **keywords):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, **keywords))


def npy(path):
    """The shape and the numbers of a .npy file, by nothing but its specification."""
    data = path.read_bytes()
    assert data[:8] == b"\x93NUMPY\x01\x00", data[:8]
    size = struct.unpack("<H", data[8:10])[0]
    header = eval(data[10:10 + size].decode("latin-1"), {}, {})
    count = 1
    for length in header["shape"]:
        count *= length
    code = {"<f4": "f", "<i8": "q", "<i4": "i", "|u1": "B"}[header["descr"]]
    return header["shape"], struct.unpack(f"<{count}{code}", data[10 + size:])


class Export(ProgramTest):
    """Of the sample shop, with its features."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = copy_shop(cls.class_folder / "shop")
        for word in ("import", "extract"):
            subprocess.run([PROGRAM, word], cwd=cls.shop, check=True, capture_output=True, timeout=120)
        cls.events = [(row["user"], row["item"], float(row["value"]), row["time"], row["kind"])
                      for row in rows(cls.shop / "events.csv", ",") if row["time"] and row["time"].isdigit()]

    def export(self, form, *words):
        out = self.folder / form
        return out, self.answer("export", "--format", form, "--to", out, *words, at=self.shop)

    def test_as_csv_comes_back_as_it_was(self):
        out, said = self.export("csv")
        self.assertEqual((said["users"], said["items"], said["events"]), (480, 584, 13315))
        self.assertEqual(said["notes"], [])
        back = self.answer("import", "-w", out)
        self.assertEqual(back["store"], {"users": 480, "items": 584, "events": 13315, "catalogue_rows": 581})
        self.assertEqual((back["bad"], back["repeated"]), (0, 0))
        # The store is the same if nothing of one is news to the other: events, texts, classes and pictures.
        self.assertEqual(self.answer("import", out, "--format", "csv", "-w", out)["events"]["unchanged"], 13315)
        again = self.folder / "again"
        self.answer("export", "--format", "csv", "--to", again, "-w", out)
        for name in ("events.csv", "catalog.csv", "medley.toml"):
            self.assertEqual((again / name).read_bytes(), (out / name).read_bytes(), name)
        found = self.problems(at=self.shop)["items_without_picture"]["count"]
        self.assertEqual(self.problems(at=out)["items_without_picture"]["count"], found)

    def test_as_recbole_comes_back_with_the_same_events_and_titles(self):
        out, said = self.export("recbole")
        self.assertEqual([file["name"] for file in said["files"]], ["recbole.inter", "recbole.item"])
        (self.folder / "new").mkdir()
        (self.folder / "new" / "medley.toml").write_text("")
        back = self.answer("import", out, "--format", "recbole", "-w", self.folder / "new")
        self.assertEqual((back["bad"], back["store"]["users"], back["store"]["items"]), (0, 480, 584))
        written = [(r["user_id:token"], r["item_id:token"], float(r["rating:float"]), r["timestamp:float"], r["kind:token"])
                   for r in rows(out / "recbole.inter", quoting=csv.QUOTE_NONE)]
        self.assertEqual(len(written), 13315)
        self.assertLessEqual(set(written), set(self.events))
        titles = {r["id"]: r["title"] for r in rows(self.shop / "catalog.csv", ",")}
        for row in rows(out / "recbole.item", quoting=csv.QUOTE_NONE):
            self.assertEqual(row["title:token_seq"], titles[row["item_id:token"]])

    def test_as_recbole_with_a_split_has_the_files_of_benchmark_filename(self):
        out, said = self.export("recbole", "--split", "leave_one_out")
        self.assertEqual(said["split"], "leave_one_out")
        parts = [rows(out / f"recbole.{part}.inter") for part in ("train", "valid", "test")]
        pairs = [{(r["user_id:token"], r["item_id:token"]) for r in part} for part in parts]
        self.assertEqual(len(pairs[2]), len(parts[2]))
        self.assertLessEqual(len(pairs[2]), 480)
        for one, other in ((0, 1), (0, 2), (1, 2)):
            self.assertFalse(pairs[one] & pairs[other])

    def test_as_mmrec_comes_back_with_the_same_parts_and_features(self):
        out, said = self.export("mmrec", "--seed", "2")
        self.assertEqual(said["split"], "random, seed 2")
        pairs = rows(out / "mmrec.inter")
        self.assertEqual(len(pairs), said["events"])
        self.assertEqual({row["x_label"] for row in pairs}, {"0", "1", "2"})
        for column, name in (("userID", "users"), ("itemID", "items")):
            self.assertEqual({int(row[column]) for row in pairs}, set(range(said[name])))
        users = {row["userID"]: row["user_id"] for row in rows(out / "u_id_mapping.csv")}
        items = {row["itemID"]: row["asin"] for row in rows(out / "i_id_mapping.csv")}
        known = {(user, item, when) for user, item, _, when, _ in self.events}
        for row in pairs:
            self.assertIn((users[row["userID"]], items[row["itemID"]], row["timestamp"]), known)
        for name in ("image", "text", "category"):
            self.assertEqual(npy(out / f"{name}_feat.npy")[0][0], said["items"])
        said = self.answer("evaluate", "--data", out, "--models", "popularity,content(features=image)")
        self.assertEqual((said["split"], said["columns"][0]["n"]), ("labels", len(items)))

    def test_as_npy_is_plain_arrays(self):
        out, said = self.export("npy")
        (users,), indptr = npy(out / "interactions_indptr.npy")
        indices = npy(out / "interactions_indices.npy")[1]
        times = npy(out / "interactions_time.npy")[1]
        self.assertEqual((users, indptr[-1], len(indices)), (481, said["events"], said["events"]))
        names = [row["id"] for row in rows(out / "users.csv", ",")]
        items = [row["id"] for row in rows(out / "items.csv", ",")]
        last = {}
        for user, item, _, when, _ in self.events:
            last[user, item] = int(when)
        for row, user in enumerate(names):
            for at in range(indptr[row], indptr[row + 1]):
                self.assertEqual(times[at], last[user, items[indices[at]]])
        shape, color = npy(out / "features_color.npy")
        present = npy(out / "features_color_present.npy")[1]
        self.assertEqual((shape[0], sum(present)), (584, 465))
        for row in range(584):
            values = color[row * shape[1]:(row + 1) * shape[1]]
            self.assertEqual(any(values), bool(present[row]))
        listed = {row["name"]: row for row in rows(out / "features.csv", ",")}
        self.assertEqual(listed["words"]["storage"], "sparse")
        self.assertEqual(len(npy(out / "features_words_indptr.npy")[1]), 585)

    def test_lists_every_file_with_its_size(self):
        for form in FORMATS:
            out, said = self.export(form)
            self.assertEqual(sorted(file["name"] for file in said["files"]) + ["medley-export.txt"],
                             sorted(os.listdir(out), key=lambda name: (name == "medley-export.txt", name)))
            for file in said["files"]:
                self.assertEqual((out / file["name"]).stat().st_size, file["bytes"])

    def test_replaces_an_export_and_nothing_else(self):
        out, _ = self.export("mmrec")
        self.assertIn("--overwrite", self.refusal("export", "--format", "csv", "--to", out, at=self.shop))
        self.answer("export", "--format", "csv", "--to", out, "--overwrite", at=self.shop)
        self.assertFalse((out / "mmrec.inter").exists())
        (out / "notes.txt").write_text("mine")
        self.assertIn("notes.txt", self.refusal("export", "--format", "csv", "--to", out, "--overwrite", at=self.shop))
        self.assertEqual((out / "notes.txt").read_text(), "mine")
        self.assertIn("which no export wrote",
                      self.refusal("export", "--format", "csv", "--to", ".", "--overwrite", at=self.shop))
        self.assertTrue((self.shop / "medley.db").is_file())

    def test_refuses_what_it_does_not_know(self):
        said = self.medley("export", "--format", "recboll", "--to", "x", at=self.shop, code=USAGE).stderr
        for form in FORMATS:
            self.assertIn(form, said)
        self.assertIn("--split", self.refusal("export", "--format", "npy", "--to", "x", "--split", "random", at=self.shop,
                                              code=USAGE))
        self.assertIn("known", self.refusal("export", "--format", "mmrec", "--to", "x", "--split", "best", at=self.shop,
                                            code=USAGE))
        empty = write_workspace(self.folder / "empty", EVENTS)
        self.assertIn("medley import", self.refusal("export", "--format", "csv", "--to", "x", at=empty))
        self.assertFalse((empty / "x").exists() or (self.shop / "x").exists())

    def test_says_that_nothing_can_be_made_there(self):
        # Not by root either. A file system that is read-only is in tests/crash.
        self.assertIn("cannot make the folder '/proc/export'",
                      self.refusal("export", "--format", "csv", "--to", "/proc/export", at=self.shop))

    def test_refuses_the_folders_that_medley_keeps_for_itself(self):
        for folder in ("runs", "models", "features/x", self.shop / "cache"):
            self.assertIn("keeps for itself", self.refusal("export", "--format", "csv", "--to", folder, at=self.shop))

    def test_of_an_import_that_failed_is_refused(self):
        work = write_workspace(self.folder / "failed", "user,item\n")
        (work / "events.csv").write_text("")
        self.refusal("import", at=work)
        self.assertIn("no data", self.refusal("export", "--format", "csv", "--to", "x", at=work))
        self.assertFalse((work / "x").exists())

    def test_offers_no_split_and_no_seed_that_it_refuses(self):
        self.assertNotIn("new_user", self.medley("export", "--help", at=self.shop).stdout)
        self.medley("export", "--format", "mmrec", "--to", "x", "--seed", "-1", at=self.shop, code=USAGE)

    def test_a_target_that_is_a_file_is_refused(self):
        (self.folder / "file").write_text("mine")
        self.assertIn("no folder", self.refusal("export", "--format", "csv", "--to", self.folder / "file", at=self.shop))
        self.assertIn("cannot make the folder",
                      self.refusal("export", "--format", "csv", "--to", self.folder / "file" / "x", at=self.shop))
        self.assertEqual((self.folder / "file").read_text(), "mine")


class Hostile(ProgramTest):
    def setUp(self):
        super().setUp()
        self.shop = write_workspace(self.folder / "shop", EVENTS, HOSTILE,
                                    catalog_keys='text = ["title"]\ncategories = { genre = "|" }')
        self.medley("import", at=self.shop)

    def test_titles_come_back_from_csv_byte_for_byte(self):
        out = self.folder / "out"
        said = self.answer("export", "--format", "csv", "--to", out, at=self.shop)
        self.assertEqual(said["notes"], [])
        titles = {row["id"]: row["title"] for row in rows(self.shop / "catalog.csv", ",")}
        self.assertEqual({row["id"]: row["title"] for row in rows(out / "catalog.csv", ",")}, titles)
        self.medley("import", "-w", out)
        self.answer("export", "--format", "csv", "--to", self.folder / "again", "-w", out)
        self.assertEqual((self.folder / "again" / "catalog.csv").read_bytes(), (out / "catalog.csv").read_bytes())

    def test_formulas_get_an_apostrophe_where_it_is_asked_for(self):
        out = self.folder / "out"
        said = self.answer("export", "--format", "csv", "--to", out, "--spreadsheet-safe", at=self.shop)
        self.assertEqual([note["count"] for note in said["notes"] if "formula" in note["note"]], [1])
        titles = {row["id"]: row["title"] for row in rows(out / "catalog.csv", ",")}
        self.assertEqual(titles["i4"], "'=HYPERLINK(\"http://x\",\"y\")")

    def test_titles_never_break_a_line_of_recbole(self):
        out = self.folder / "out"
        said = self.answer("export", "--format", "recbole", "--to", out, at=self.shop)
        items = {row["item_id:token"]: row for row in rows(out / "out.item")}  # with quoting, as pandas reads it
        self.assertEqual(len(items), 7)
        self.assertEqual(items["i2"]["title:token_seq"], "two  lines")
        self.assertEqual(items["i3"]["title:token_seq"], "a tab")
        self.assertEqual(items["i5"]["title:token_seq"], "'all quoted\"")
        self.assertEqual(items["i1"]["title:token_seq"], "<script>alert(1)</script>")
        self.assertEqual(items["i0"]["genre:token_seq"], "x y_z")
        self.assertEqual(sorted(note["count"] for note in said["notes"]), [1, 3])

    def test_events_without_a_time_among_others_come_back_by_their_own_file(self):
        (self.shop / "more.csv").write_text("user,item\nu1,i1\nnew,i1\n")
        self.medley("import", "more.csv", at=self.shop)
        before = self.answer("check", at=self.shop)["counts"]
        out = self.folder / "out"
        said = self.answer("export", "--format", "csv", "--to", out, at=self.shop)
        self.assertEqual([note["count"] for note in said["notes"]], [2])
        self.assertEqual(self.answer("import", "-w", out)["bad"], 0)
        self.assertEqual(self.answer("import", out / "events_without_time.csv", "-w", out)["events"]["added"], 2)
        self.assertEqual(self.answer("check", at=out)["counts"], before)

    def test_an_id_that_recbole_cannot_hold_is_named(self):
        shop = write_workspace(self.folder / "other", 'user,item\n"a\tb",x\nc,y\n')
        self.medley("import", at=shop)
        said = self.refusal("export", "--format", "recbole", "--to", self.folder / "out", at=shop)
        self.assertIn("user 'a\tb'", said)
        self.assertFalse((self.folder / "out").exists())
        self.answer("export", "--format", "csv", "--to", self.folder / "out", at=shop)

    def test_a_full_disk_is_named_and_leaves_nothing(self):
        # A limit on the size of files stands for it: writing beyond it fails as writing to a full disk does.
        events = "user,item,value,time\n" + "".join(f"u{n % 997},i{n % 89},1,{n}\n" for n in range(60_000))
        shop = write_workspace(self.folder / "big", events)
        self.medley("import", at=shop)
        done = subprocess.run(
            ["bash", "-c", 'trap "" XFSZ; ulimit -f 200; exec "$0" export --format csv --to "$1"', PROGRAM,
             self.folder / "out"], cwd=shop, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("cannot write", done.stderr)
        self.assertIn("events.csv", done.stderr)
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("out")])


class Large(ProgramTest):
    """A log of half a million events."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = write_workspace(cls.class_folder / "shop", "user,item,value,time\n" + "".join(
            f"u{n % 1009},i{n % 997},{n % 5},{n}\n" for n in range(500_000)))
        subprocess.run([PROGRAM, "import"], cwd=cls.shop, check=True, capture_output=True, timeout=120)

    def test_ctrl_c_leaves_nothing_half_written(self):
        out = self.folder / "out"
        running = subprocess.Popen([PROGRAM, "export", "--format", "csv", "--to", out], cwd=self.shop,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"OMP_WAIT_POLICY": "passive"})
        begun = time.monotonic()
        while not any(name.startswith("out.tmp") for name in os.listdir(self.folder)):
            self.assertLess(time.monotonic() - begun, 30)
            self.assertIsNone(running.poll(), "it ended before it could be interrupted")
            time.sleep(0.001)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
        self.assertEqual(running.returncode, INTERRUPTED)
        self.assertEqual(os.listdir(self.folder), [])

    def test_memory_does_not_grow_with_the_number_of_events(self):
        small = write_workspace(self.folder / "small", EVENTS)
        self.medley("import", at=small)
        peaks = []
        for number, shop in enumerate((small, self.shop)):
            for form in ("csv", "recbole"):
                script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
                          "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
                done = subprocess.run(["python3", "-c", script, PROGRAM, "export", "--format", form, "--to",
                                       self.folder / f"{form}{number}"], cwd=shop, capture_output=True, text=True, timeout=120)
                self.assertEqual(done.returncode, 0, done.stderr)
                peaks.append(int(done.stdout))
        # Half a million events are 20 MB as they stand in memory.
        self.assertLess(max(peaks[2:]) - max(peaks[:2]), 8 * 1024, peaks)


if __name__ == "__main__":
    unittest.main()
