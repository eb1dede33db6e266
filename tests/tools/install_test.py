"""`cmake --install` gives a tree that another project finds, builds against and runs without the source."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("MEDLEY_BIN")
LOG = "user,item\n" + "".join(
    f"u{u},i{i}\n" for u in range(12) for i in range(8) if (u + i) % 3 and not (u == 0 and i in (1, 4)))


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


@unittest.skipUnless(PROGRAM, "MEDLEY_BIN is not set")
class AnInstalledMedley(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        cls.prefix = cls.work / "prefix"
        run("cmake", "--install", str(pathlib.Path(PROGRAM).parent), "--prefix", str(cls.prefix))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_holds_a_program_that_runs(self):
        self.assertIn("medley", run(str(self.prefix / "bin" / "medley"), "--version"))

    def test_holds_every_header_and_none_of_the_source_tree(self):
        ours = {str(p.relative_to(ROOT / "medley")) for p in (ROOT / "medley").rglob("*.h")}
        installed = {str(p.relative_to(self.prefix / "include/medley"))
                     for p in (self.prefix / "include/medley").rglob("*.h")}
        self.assertEqual(installed, ours)
        for package in self.prefix.rglob("*.cmake"):
            self.assertNotIn(str(ROOT), package.read_text(), package)

    def test_builds_and_runs_the_example(self):
        example = self.work / "example"
        run("cmake", "-S", str(ROOT / "examples"), "-B", str(example), f"-DCMAKE_PREFIX_PATH={self.prefix}",
            "-DCMAKE_BUILD_TYPE=Release")
        run("cmake", "--build", str(example))
        log = self.work / "log.csv"
        log.write_text(LOG)
        said = run(str(example / "library"), str(log), cwd=self.work)
        best = said.splitlines()[0].split()[0]
        # u0 has chosen neither i1 nor i4, which those who share its items chose; what it has is not offered.
        self.assertIn(best, ("i1", "i4"), said)
        self.assertIn("history ", said)

    def test_says_what_is_wrong_with_a_missing_log(self):
        example = self.work / "example"
        if not (example / "library").exists():
            self.skipTest("the example is not built")
        done = subprocess.run([str(example / "library"), "absent.csv"], capture_output=True, text=True,
                              cwd=self.work)
        self.assertEqual(done.returncode, 1)
        self.assertIn("absent.csv", done.stderr)


if __name__ == "__main__":
    unittest.main()
