#!/usr/bin/env python3
"""How large the report of the films is, and how soon a browser shows it.

    MEDLEY_DATA=DIR bench/report_load.py

Makes a workspace as docs/films.md does, and `medley evaluate --report` of three models in it; opens the page five times in
Chromium without a window, each time in a new process with an empty profile, from the call that navigates to the second frame
after the load event ("open"), then scrolls to the map of the catalogue until its points are drawn ("map").
Skips with a line where Chromium or $MEDLEY_DATA is absent.
"""
import os
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "app"), str(ROOT / "bench")]
from browser import BROWSER, Browser  # noqa: E402
from results import prepare, run  # noqa: E402

MODELS = "popularity, ease(lambda=200), graph_filter"
TIMES = 5


def look(page):
    """Seconds until the page is open, and from there until its map is drawn."""
    with Browser() as browser:
        opened = browser.open(page.as_uri())
        began = time.monotonic()
        browser.run("document.querySelector('#map .chart').scrollIntoView({block: 'center'})")
        browser.wait_for("document.querySelector('#map canvas') !== null")
        browser.settle()
        drawn = time.monotonic() - began
        if browser.console:
            sys.exit(f"the console says: {browser.console}")
        return opened, drawn


def main():
    data = os.environ.get("MEDLEY_DATA")
    if not data or not BROWSER:
        print(f"skipped: {'no chromium here' if data else 'MEDLEY_DATA is not set (the folder with the benchmark data)'}")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch, "films")
        prepare("movies", "films.toml", folder, pathlib.Path(data).resolve())
        page = folder / "films.html"
        run(["evaluate", "--models", MODELS, "--report", page.name], folder, data)
        opened, drawn = zip(*(look(page) for _ in range(TIMES)))
        print(f"report of 9,742 films, {MODELS}: {page.stat().st_size / 1e6:.1f} MB")
        for name, times in (("open", opened), ("map ", drawn)):
            print(f"{name}  median {statistics.median(times):.2f} s of {TIMES} ({min(times):.2f} - {max(times):.2f})")


if __name__ == "__main__":
    main()
