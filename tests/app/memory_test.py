"""The memory of an import does not grow with the file. Run: python3 tests/app/memory_test.py"""

import os
import subprocess
import unittest

from program import PROGRAM, ProgramTest, write_workspace

MEBIBYTE = 1024


class ImportMemory(ProgramTest):
    def peak(self, rows):
        """The most memory an import of so many events held, in KiB."""
        work = write_workspace(self.folder / str(rows), "user,item,value,time\n" + "".join(
            f"u{n * 7919 % 5000},i{n * 104729 % 1000},{1 + n % 5},{1_000_000_000 + n}\n" for n in range(rows)))
        process = subprocess.Popen([PROGRAM, "import"], cwd=work, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss

    def test_does_not_grow_with_the_file(self):
        """The second file is 9 MB longer; a program that kept its rows would need more than that."""
        self.assertLess(self.peak(400_000) - self.peak(50_000), 6 * MEBIBYTE)


if __name__ == "__main__":
    unittest.main()
