#!/usr/bin/env python3
"""Runs ctest in a build folder and counts: tools/run_tests.py BUILD [--label unit] [--jobs 2]

The last line is `N passed, N failed`. Each GoogleTest case counts as one, and so does each other test of
ctest. A program that dies, hangs or ends with an error after its last case counts as one more failure.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml


def run_ctest(build, label, jobs):
    """Returns ctest's exit status and what it said of each test: {name: passed}."""
    report = build / "Testing" / "ctest.xml"
    cases = build / "Testing" / "gtest"
    shutil.rmtree(cases, ignore_errors=True)
    report.unlink(missing_ok=True)
    command = ["ctest", "--test-dir", str(build), "--output-on-failure", "--no-tests=error", "--timeout", "900"]
    command += ["--parallel", str(jobs), "--output-junit", str(report.resolve())]
    if label:
        command += ["--label-regex", f"^{label}$"]
    # OpenBLAS's OpenMP threads would spin while they wait, and two test programs run at once.
    settings = {"GTEST_OUTPUT": f"xml:{cases.resolve()}/", "OMP_WAIT_POLICY": "passive"}
    status = subprocess.run(command, env=os.environ | settings).returncode
    if not report.exists():
        return status, {}, {}
    ran = {case.get("name"): case.get("status") == "run" for case in xml.parse(report).iter("testcase")}
    return status, ran, {file.stem: xml.parse(file).getroot() for file in cases.glob("*.xml")}


def count(ran, suites):
    passed, failed, skipped = 0, 0, 0
    for name, good in sorted(ran.items()):
        suite = suites.get(f"{name}_tests")
        if suite is None:
            passed, failed = passed + good, failed + (not good)
            continue
        missed = len(suite.findall(".//testcase/skipped"))
        broken = int(suite.get("failures")) + int(suite.get("errors"))
        passed += int(suite.get("tests")) - int(suite.get("disabled")) - missed - broken
        skipped += missed
        failed += broken + (not good and broken == 0)
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--label")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()

    status, ran, suites = run_ctest(args.build, args.label, args.jobs)
    passed, failed, skipped = count(ran, suites)
    if status != 0 and failed == 0:
        failed = 1
    if skipped:
        print(f"{skipped} skipped (data that is not here, or a question that does not fit a model)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
