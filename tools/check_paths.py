#!/usr/bin/env python3
"""Checks that no tracked file names a folder of one machine or a host that serves packages.

Data outside the repository is named by $MEDLEY_DATA, packages by tools/packages.txt.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The brackets keep this file from naming what it looks for.
FORBIDDEN = re.compile(
    rb"(?<![\w.])/(?:[w]ork|[h]ome|[r]oot|opt/[r]ef|var/[t]mp|tmp/[l]ead)(?:/|\b(?=[\"'\s]))"
    rb"|(?:deb|snapshot|security|ftp)\.[d]ebian\.org|archive\.[u]buntu\.com|\b[p]ypi\.org|[p]ythonhosted\.org"
    rb"|registry\.[n]pmjs|[c]rates\.io|proxy\.[g]olang|repo1?\.[m]aven"
)


def main():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True)
    errors = []
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.split(b"\n"), 1):
            if found := FORBIDDEN.search(line):
                errors.append(f"{name}:{number}: names {found.group().decode(errors='replace')}")
    print("\n".join(errors) or "paths ok")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
