"""Our side of a comparison end to end: `medley extract` in a workspace, as a user types it."""
import csv
import pathlib
import shutil
import subprocess
import sys
import time

import numpy as np

THREADS = 2


class Side:
    """Medley on a workspace of its own. `rows`: the catalogue, its first row the names of columns; `catalog` and `sections` stand in medley.toml."""

    def __init__(self, build, name, rows, catalog, sections):
        self.program, self.folder = build / "medley", build / "peers-data" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "source").mkdir(parents=True)
        with open(self.folder / "source/catalog.csv", "w", newline="") as file:
            csv.writer(file).writerows(rows)
        ids = [row[0] for row in rows[1:]]
        (self.folder / "source/events.csv").write_text("user,item\n" + "".join(f"u,{one}\n" for one in ids))
        (self.folder / "medley.toml").write_text(f'[catalog]\nfile = "catalog.csv"\n{catalog}\n' + sections)
        self.call("import", "--format", "csv", "source")

    def call(self, *arguments):
        call = [str(self.program), *arguments, "--json", "--threads", str(THREADS)]
        done = subprocess.run(call, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(call)}: {done.stderr}")
        return done.stdout

    def forget(self):
        for made in ("features", "cache"):
            shutil.rmtree(self.folder / made, ignore_errors=True)

    def seconds(self):
        self.forget()
        begun = time.perf_counter()
        self.call("extract")
        return time.perf_counter() - begun

    def rows(self, feature="it"):
        """{id: row} of a dense feature."""
        order = (self.folder / f"features/{feature}.ids").read_text().split("\n")
        rows = np.load(self.folder / f"features/{feature}.npy")
        return {one: row for one, row in zip(order, rows)}

    def peak(self):
        """The most memory that `extract` holds, in MB. Asked of the process while it runs: what its parent is told counts the parent in."""
        self.forget()
        running = subprocess.Popen([str(self.program), "extract", "--threads", str(THREADS)], cwd=self.folder, stdout=subprocess.DEVNULL)
        most = 0
        while running.poll() is None:
            for line in pathlib.Path(f"/proc/{running.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    most = max(most, int(line.split()[1]) / 1024)
            time.sleep(0.01)
        return most
