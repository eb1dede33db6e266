"""Memory does not grow with what is read. Run: python3 tests/app/memory_test.py"""

import os
import struct
import subprocess
import unittest

from program import PROGRAM, ProgramTest, write_workspace

MEBIBYTE = 1024


def peak_of(*arguments, work):
    """The most memory that the program held, in KiB."""
    process = subprocess.Popen([PROGRAM, *arguments], cwd=work, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError(f"{arguments}: exit status {process.returncode}")
    return usage.ru_maxrss


class ImportMemory(ProgramTest):
    def peak(self, rows):
        """The most memory an import of so many events held, in KiB."""
        work = write_workspace(self.folder / str(rows), "user,item,value,time\n" + "".join(
            f"u{n * 7919 % 5000},i{n * 104729 % 1000},{1 + n % 5},{1_000_000_000 + n}\n" for n in range(rows)))
        return peak_of("import", work=work)

    def test_does_not_grow_with_the_file(self):
        """The second file is 9 MB longer; a program that kept its rows would need more than that."""
        self.assertLess(self.peak(400_000) - self.peak(50_000), 6 * MEBIBYTE)


class ExtractionMemory(ProgramTest):
    SIDE = 64

    def beside_the_table(self, items):
        """The most memory that two extractions held beside the rows that they made, in KiB: the first makes the rows, the second has them."""
        work = write_workspace(self.folder / str(items), "user,item\n" + "".join(f"u,i{n}\n" for n in range(items)))
        (work / "catalog.csv").write_text("id\n" + "".join(f"i{n}\n" for n in range(items)))
        with open(work / "medley.toml", "a", encoding="utf-8") as config:
            config.write('[catalog]\nfile = "catalog.csv"\nimage = "{id}.bmp"\n'
                         f'[features.it]\nextractor = "image/pixels"\nwidth = {self.SIDE}\nheight = {self.SIDE}\n')
        size = self.SIDE * self.SIDE * 3
        for n in range(items):
            head = struct.pack("<2sIIIIiiHHIIiiII", b"BM", 54 + size, 0, 54, 40, self.SIDE, self.SIDE, 1, 24, 0, size, 0, 0, 0, 0)
            (work / f"i{n}.bmp").write_bytes(head + n.to_bytes(3, "little") * (size // 3))
        self.assertEqual(subprocess.run([PROGRAM, "import"], cwd=work, stdout=subprocess.DEVNULL).returncode, 0)
        return max(peak_of("extract", work=work) for _ in range(2)) - items * size / 1024

    def test_is_that_of_the_rows_and_no_more(self):
        """The second catalogue's rows are 13 MB more; a program that kept them twice would need that."""
        self.assertLess(self.beside_the_table(1200) - self.beside_the_table(100), 6 * MEBIBYTE)


class TextMemory(ProgramTest):
    """Documents of a kilobyte. Both catalogues are larger than what is kept in memory before it goes to a file."""
    BYTES = 1000
    FEW, MANY = 10_000, 30_000
    # Of each item its id, its place and the hash of its text: below 200 bytes. The text alone would be 20 MB.
    BOUND = 7 * MEBIBYTE

    def workspace(self, items):
        work = write_workspace(self.folder / str(items), "user,item\nu,i0\n")
        words = [f"w{n * 7919 % 2000}" for n in range(997)]
        with open(work / "catalog.csv", "w", encoding="utf-8") as catalog:
            catalog.write("id,plot,genre\n")
            for n in range(items):
                text = "good " + " ".join(words[(n * 37 + k * (1 + n % 11)) % 997] for k in range(200))
                catalog.write(f"i{n},{text[:self.BYTES]},g{n % 30}\n")
        self.write_config(work, "affect/text")
        self.assertEqual(subprocess.run([PROGRAM, "import"], cwd=work, stdout=subprocess.DEVNULL).returncode, 0)
        return work

    def write_config(self, work, extractor):
        config = (work / "medley.toml").read_text(encoding="utf-8").split("[catalog]")[0]
        (work / "medley.toml").write_text(f"""{config}[catalog]
file = "catalog.csv"
text = ["plot"]
categories = {{ genre = "|" }}
[features.it]
extractor = "{extractor}"
""", encoding="utf-8")

    def beside_the_table(self, work, extractor):
        """The most memory that two extractions held beside the rows, in KiB: the first makes the rows, the second has them."""
        self.write_config(work, extractor)
        peak = max(peak_of("extract", "--threads", "2", work=work) for _ in range(2))
        rows = sum(path.stat().st_size for path in (work / "features").glob("it*.npy"))
        self.assertGreater(rows, 0)
        return peak - rows / 1024

    def test_does_not_grow_with_the_text(self):
        few, many = self.workspace(self.FEW), self.workspace(self.MANY)
        for extractor in ("affect/text", "text/tokens", "text/tfidf", "text/lsa", "categories"):
            with self.subTest(extractor):
                self.assertLess(self.beside_the_table(many, extractor) - self.beside_the_table(few, extractor), self.BOUND)


if __name__ == "__main__":
    unittest.main()
