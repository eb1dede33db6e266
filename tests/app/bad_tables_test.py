"""Bad logs, catalogues and settings, through the program. Run: python3 tests/app/bad_tables_test.py"""

import csv
import random
import unittest

from program import EVENTS, ProgramTest, write, write_workspace


class BadFiles(ProgramTest):
    def refused(self, content):
        work = write_workspace(self.folder / "work", content)
        message = self.refusal("import", at=work)
        self.assertIn("events.csv", message)
        return message

    def test_an_empty_file_is_named(self):
        self.assertIn("empty", self.refused(""))

    def test_a_binary_file_is_named(self):
        self.assertIn("not a text file", self.refused(random.Random(1).randbytes(50_000)))
        self.assertIn("not a text file", self.refused(bytes(50_000)))

    def test_a_folder_in_place_of_a_file_is_named(self):
        work = write_workspace(self.folder / "work", EVENTS)
        (work / "events.csv").unlink()
        (work / "events.csv").mkdir()
        self.assertIn("events.csv' is a folder", self.refusal("import", at=work))

    def test_a_missing_file_is_named(self):
        work = write_workspace(self.folder / "work", EVENTS)
        self.assertIn("elsewhere.csv", self.refusal("import", "elsewhere.csv", at=work))
        (work / "events.csv").unlink()
        self.assertIn("events.csv", self.refusal("import", at=work))

    def test_a_missing_column_is_named_with_those_there_are(self):
        message = self.refused("person,item\na,b\n")
        self.assertIn("user", message)
        self.assertIn("person", message)

    def test_bytes_that_are_no_utf_8_name_file_line_byte_and_option(self):
        message = self.refused(b"user,item\nu1,i1\nu2,caf\xe9\n")
        for part in ("line 3", "0xe9", "encoding"):
            self.assertIn(part, message)

    def test_another_separator_than_the_header_s_is_named_with_its_line(self):
        message = self.refused("user;item;value\nu1,i1,3\n")
        for part in ("line 2", "';'", "','"):
            self.assertIn(part, message)

    def test_a_refused_file_leaves_the_store_as_it_was(self):
        work = write_workspace(self.folder / "work", EVENTS)
        store = self.answer("import", at=work)["store"]
        write(work / "events.csv", EVENTS.encode() + b"u99,i99,1,5\nu98,\xff,1,5\n")
        self.refusal("import", at=work)
        write(work / "events.csv", EVENTS)
        again = self.answer("import", at=work)
        self.assertEqual((again["store"], again["events"]["added"]), (store, 0))

    def test_a_header_alone_is_no_event(self):
        work = write_workspace(self.folder / "work", "user,item\n")
        self.assertEqual(self.answer("import", at=work)["store"]["events"], 0)
        self.assertEqual(self.answer("check", at=work)["counts"]["users"], 0)
        for words in (("train",), ("evaluate",)):
            self.assertRegex(self.refusal(*words, at=work), "event|nothing|no ")


class BadRows(ProgramTest):
    ROWS = {"u2,i2": "2 fields", "u3,i3,4,5,6": "5 fields", "u4,i4,abc,5": "'abc'", "u5,i5,nan,5": "'nan'",
            "u6,i6,inf,5": "'inf'", ",i7,3,5": "user", "u8,,3,5": "item", "u9,i9,3,yesterday": "'yesterday'",
            "u" * 10_240 + ",i10,3,5": "10240 bytes", "u11,i11,1e999,5": "'1e999'", 'u12,"i12,3,5': "quote"}

    def test_go_to_quarantine_with_file_line_and_reason_and_the_rest_goes_on(self):
        text = "user,item,value,time\n" + "".join(f"{row}\ngood{n},fine{n},3,7\n" for n, row in enumerate(self.ROWS))
        work = write_workspace(self.folder / "work", text)
        said = self.answer("import", at=work)
        self.assertEqual((said["store"]["events"], said["bad"]), (len(self.ROWS), len(self.ROWS)))
        with open(work / "quarantine.csv", encoding="utf-8", newline="") as file:
            bad = list(csv.reader(file))[1:]
        self.assertEqual([int(row[1]) for row in bad], list(range(2, 2 + 2 * len(self.ROWS), 2)))
        for row, reason in zip(bad, self.ROWS.values()):
            self.assertTrue(row[0].endswith("events.csv"))
            self.assertIn(reason, row[2])
        self.assertEqual(self.problems(at=work)["quarantined_rows"]["count"], len(self.ROWS))

    def test_a_file_cut_in_its_last_row_costs_that_row(self):
        work = write_workspace(self.folder / "work", EVENTS[:EVENTS.rindex(",")])
        said = self.answer("import", at=work)
        self.assertEqual((said["bad"], said["store"]["events"]), (1, EVENTS.count("\n") - 2))

    def test_a_good_file_afterwards_empties_the_quarantine(self):
        work = write_workspace(self.folder / "work", "user,item\nu1\n" + "u1,i1\nu2,i2\n")
        self.answer("import", at=work)
        write(work / "events.csv", "user,item\nu1,i1\nu2,i2\n")
        self.assertEqual(self.answer("import", at=work)["bad"], 0)
        self.assertNotIn("quarantined_rows", self.problems(at=work))

    def test_of_a_catalogue_cost_their_row(self):
        work = write_workspace(self.folder / "work", EVENTS,
                               "id,title,year\ni0,First,1999\ni1\ni2,Third,1999,x\ni3,Fourth,nan\ni4,Fifth,2001\n",
                               catalog_keys='text = ["title"]\nnumbers = ["year"]')
        said = self.answer("import", at=work)
        self.assertGreaterEqual(said["bad"], 2)
        self.assertIn(said["store"]["catalogue_rows"], (2, 3))


class Titles(ProgramTest):
    TITLES = {"i0": "M", "i1": "9", "i2": "The", "i3": "The red copper kettle that sings when the water is hot", "i4": "हिन्दी की किताब",
              "i5": "หนังสือภาษาไทย", "i6": "Tom &amp; Jerry<br>10&quot; plate"}

    def setUp(self):
        super().setUp()
        self.work = write_workspace(self.folder / "work", EVENTS,
                                    "id,title\n" + "".join(f'{i},"{t}"\n' for i, t in self.TITLES.items()),
                                    '[features.words]\nextractor = "text/tfidf"\nfields = ["title"]\n')
        self.medley("import", at=self.work)

    def test_without_usable_words_are_flagged_and_the_run_goes_on(self):
        words = self.answer("extract", at=self.work)["features"][0]
        self.assertEqual(words["present"], 4)
        problem = self.problems(at=self.work)["no_usable_words"]
        self.assertEqual((problem["count"], sorted(problem["examples"])), (3, ["i0", "i1", "i2"]))
        self.medley("evaluate", "--models", "content(features=words)", at=self.work)

    def test_without_usable_words_are_flagged_before_any_extraction(self):
        self.assertEqual(sorted(self.problems(at=self.work)["no_usable_words"]["examples"]), ["i0", "i1", "i2"])

    def test_in_scripts_with_marks_and_with_markup_give_whole_words(self):
        self.medley("extract", at=self.work)
        columns = (self.work / "features" / "words.columns").read_text(encoding="utf-8").split()
        for word in ("हिन्दी", "किताब", "tom", "jerry", "10", "plate"):
            self.assertIn(word, columns)
        self.assertNotIn("br", columns)
        self.assertNotIn("amp", columns)


class Settings(ProgramTest):
    def refused(self, toml):
        work = write_workspace(self.folder / "work", EVENTS)
        (work / "medley.toml").write_text(toml, encoding="utf-8")
        message = self.refusal("import", at=work)
        self.assertIn("medley.toml:", message)
        return message

    def test_an_unknown_key_names_the_nearest(self):
        message = self.refused('[import]\nfile = "events.csv"\nusr = "person"\n')
        self.assertIn("medley.toml:3", message)
        self.assertIn("did you mean 'user'?", message)
        self.assertIn("'import'", self.refused('[imports]\nfile = "events.csv"\n'))

    def test_a_value_of_another_type_is_named(self):
        self.assertIn("max_pixels", self.refused('[limits]\nmax_pixels = "many"\n'))
        self.assertIn("file", self.refused("[import]\nfile = 5\n"))

    def test_what_is_no_toml_is_refused_with_its_line(self):
        self.assertIn("medley.toml:2", self.refused("[import]\nfile = \n"))

    def test_an_unknown_extractor_or_parameter_names_the_nearest(self):
        work = write_workspace(self.folder / "work", EVENTS, "id,title\ni1,x\n",
                               '[features.words]\nextractor = "text/tfdf"\nfields = ["title"]\n')
        self.medley("import", at=work)
        self.assertIn("text/tfidf", self.refusal("extract", at=work))
        toml = (work / "medley.toml").read_text(encoding="utf-8").replace("tfdf", "tfidf")
        (work / "medley.toml").write_text(toml + "min_dff = 2\n", encoding="utf-8")
        self.assertIn("min_dff", self.refusal("extract", at=work))

    def test_a_feature_of_a_column_that_is_not_there_names_it(self):
        work = write_workspace(self.folder / "work", EVENTS, "id,title\ni1,x\n",
                               '[features.words]\nextractor = "text/tfidf"\nfields = ["titel"]\n')
        self.medley("import", at=work)
        self.assertIn("titel", self.refusal("extract", at=work))


if __name__ == "__main__":
    unittest.main()
