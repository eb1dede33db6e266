"""What `medley check` finds, and what it leaves alone. Run: python3 tests/app/check_test.py"""

import shutil
import unittest

from program import EVENTS, USAGE, ProgramTest, copy_shop, write_workspace

START = 1_700_000_000


def log(rows):
    return "user,item,time\n" + "".join(f"{user},{item},{time}\n" for user, item, time in rows)


class Check(ProgramTest):
    def of(self, events, *words):
        work = write_workspace(self.folder / "work", events)
        self.medley("import", at=work)
        said = self.answer("check", *words, at=work)
        return said, {problem["code"]: problem for problem in said["problems"]}

    def test_finds_nothing_of_the_kind_in_the_sample_shop(self):
        shop = copy_shop(self.folder / "shop")
        self.medley("import", at=shop)
        found = self.problems(at=shop)
        for code in ("near_duplicate_pictures", "automatic_users", "future_events", "ids_differ_by_zeros",
                     "times_not_in_seconds"):
            self.assertNotIn(code, found)

    def test_finds_a_picture_that_stands_for_two_items(self):
        shop = copy_shop(self.folder / "shop")
        shutil.copyfile(shop / "pictures" / "Banana.jpg", shop / "pictures" / "Ginger.jpg")
        self.medley("import", at=shop)
        found = self.problems(at=shop)["near_duplicate_pictures"]
        self.assertEqual(found["count"], 1)
        self.assertTrue(any("Banana" in text and "Ginger" in text and ": 0 of 64" in text for text in found["examples"]))

    def test_finds_users_that_act_like_clockwork(self):
        rows = [("robot", f"i{k}", START + 20 * k) for k in range(40)]
        rows += [("person", f"i{k}", START + 20 * k + k * k * 7 % 13 * 9) for k in range(40)]
        _, found = self.of(log(rows))
        self.assertEqual(found["automatic_users"]["count"], 1)
        self.assertEqual(found["automatic_users"]["examples"], ["user 'robot': 100 % of 39 gaps within 10 % of 20 s"])

    def test_finds_events_after_the_time_that_it_is_told(self):
        events = log([("a", "x", START), ("a", "y", START + 1), ("b", "x", "2023-11-14T22:13:22")])
        work = write_workspace(self.folder / "work", events)
        self.medley("import", at=work)
        for now, count in ((START + 2, 0), (START, 2), ("2023-11-14T22:13:21Z", 1)):
            found = {p["code"]: p for p in self.answer("check", "--now", now, at=work)["problems"]}
            self.assertEqual(found.get("future_events", {"count": 0})["count"], count)
        self.assertIn("--now 'soon'", self.refusal("check", "--now", "soon", at=work, code=USAGE))

    def test_guesses_the_unit_of_times(self):
        rows = [("a", f"i{k}", START + 100 * k * k) for k in range(9)]
        for unit, times in (("s", lambda t: t), ("ms", lambda t: t * 1000), ("us", lambda t: t * 10**6),
                            ("ns", lambda t: t * 10**9), ("ISO", lambda t: f"2024-01-{1 + t % 28:02}")):
            shutil.rmtree(self.folder / "work", ignore_errors=True)
            said, found = self.of(log([(user, item, times(time)) for user, item, time in rows]))
            self.assertEqual(said["time_columns"], [{"column": "time of events", "unit": unit, "values": 9}])
            self.assertEqual("times_not_in_seconds" in found, unit in ("ms", "us", "ns"), unit)
            self.assertRegex(self.medley("check", at=self.folder / "work").stdout, rf"unit, as guessed +{unit}\n")

    def test_names_ids_that_differ_by_zeros_and_the_switch_that_joins_them(self):
        events = log([("007", "42.0", START), ("7", "0042", START + 5), ("8", "42", START + 9), ("8", "4.5", START)])
        _, found = self.of(events)
        self.assertEqual(found["ids_differ_by_zeros"]["help"].split(",")[0], '[import] join_ids = "numeric" joins them')
        self.assertIn("join_ids", self.medley("check", at=self.folder / "work").stdout)
        joined = write_workspace(self.folder / "joined", events)
        settings = (joined / "medley.toml").read_text(encoding="utf-8")
        (joined / "medley.toml").write_text(settings.replace("[import]", '[import]\njoin_ids = "numeric"'), encoding="utf-8")
        store = self.answer("import", at=joined)["store"]
        self.assertEqual((store["users"], store["items"], store["events"]), (2, 2, 4))
        self.assertNotIn("ids_differ_by_zeros", self.problems(at=joined))

    def test_a_switch_that_is_neither_is_refused_with_its_line(self):
        work = write_workspace(self.folder / "work", EVENTS)
        (work / "medley.toml").write_text('[import]\njoin_ids = "loose"\n', encoding="utf-8")
        message = self.refusal("check", at=work)
        self.assertIn("medley.toml:2", message)
        self.assertIn("exact or numeric, got 'loose'", message)


if __name__ == "__main__":
    unittest.main()
