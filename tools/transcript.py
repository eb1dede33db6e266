#!/usr/bin/env python3
"""Runs the commands that a document shows, and writes what they print into it, or holds the document to it.

    tools/transcript.py DOCUMENT WORKSPACE            runs every `$ medley ...` and replaces what stands below it
    tools/transcript.py --check DOCUMENT WORKSPACE    says where the document differs; exit status 1 if it does

Commands run in the folder WORKSPACE, one after the other. A line `...` stands for lines left out: as many as before stay in
front of it and behind it. A block that opens with ```toml NAME is written to the file NAME of the workspace. Where a
command names a variable ($MEDLEY_DATA) that is not set, the document is skipped with a line. A check takes times and memory as
they come, and numbers that are near: the last digits belong to the machine. Help (`--help`, `plugins`) has to be equal.
"""
import itertools
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("MEDLEY_BIN") or ROOT / "build" / "medley")
ELIDED = "..."
NUMBER = re.compile(r"[+-]?\d*\.?\d+")
MEASURED = re.compile(r"\d+\.\d+ s\b|peak memory \d+ MB")


def run(command, workspace):
    """What the command prints, with the folders of this machine named as the reader knows them."""
    words = [os.path.expandvars(word) for word in shlex.split(command)]
    done = subprocess.run([PROGRAM, *words[1:]], cwd=workspace, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr}")
    text = done.stdout.replace(str(PROGRAM), "medley").replace(f"{workspace.parent}/", "")
    if data := os.environ.get("MEDLEY_DATA"):
        text = text.replace(str(pathlib.Path(data).resolve()), "$MEDLEY_DATA")
    return text.rstrip("\n").split("\n")


def elide(shown, printed):
    """`printed` with as many lines left out as `shown` leaves out."""
    if ELIDED not in shown:
        return printed
    at = shown.index(ELIDED)
    behind = len(shown) - at - 1
    if at + behind >= len(printed):
        return printed
    return [*printed[:at], ELIDED, *printed[len(printed) - behind:]]


def near(a, b):
    return abs(float(a) - float(b)) <= 0.02 + 0.05 * abs(float(a))


def alike(shown, printed, timed):
    """Whether two lines say the same; in a table with a column of seconds the last number is `timed`."""
    texts = [re.sub(r"--+", "--", " ".join(MEASURED.sub("TIME", line).split())) for line in (shown, printed)]
    numbers = [NUMBER.findall(text) for text in texts]
    if len(numbers[0]) != len(numbers[1]) or NUMBER.sub("N", texts[0]) != NUMBER.sub("N", texts[1]):
        return False
    pairs = list(zip(*numbers))
    return all(near(a, b) for a, b in (pairs[:-1] if timed else pairs))


def differences(shown, printed, exact=False):
    printed = elide(shown, printed)
    if exact:
        return [] if shown == printed else [next(f"shown:   {a}\n    printed: {b}" for a, b in itertools.zip_longest(shown, printed) if a != b)]
    timed = any(line.endswith("seconds") for line in shown)
    if len(shown) != len(printed):
        return [f"{len(shown)} lines shown, {len(printed)} printed"]
    return [f"shown:   {a}\n    printed: {b}" for a, b in zip(shown, printed) if not alike(a, b, timed)]


def refresh(block, workspace, errors):
    """The lines of a block of commands as they are printed now."""
    out, at = [], 0
    while at < len(block):
        command = block[at].removeprefix("$ ")
        end = next((i for i in range(at + 1, len(block)) if block[i].startswith("$ ")), len(block))
        shown = block[at + 1:end]
        printed = run(command, workspace)
        exact = command.endswith("--help") or command == "medley plugins"
        errors += [f"{command}\n    {text}" for text in differences(shown, printed, exact)]
        out += [block[at], *elide(shown, printed)]
        at = end
    return out


def replay(document, workspace):
    """The document as it reads now, and where it differed."""
    errors, out = [], []
    lines = document.split("\n")
    at = 0
    while at < len(lines):
        out.append(lines[at])
        if not lines[at].startswith("```"):
            at += 1
            continue
        end = lines.index("```", at + 1)
        block = lines[at + 1:end]
        info = lines[at].removeprefix("```").split()
        if len(info) == 2 and info[0] == "toml":
            (workspace / info[1]).write_text("\n".join(block) + "\n", encoding="utf-8")
        if block and block[0].startswith("$ medley "):
            block = refresh(block, workspace, errors)
        out += [*block, "```"]
        at = end + 1
    return "\n".join(out), errors


def main(args):
    check = args[:1] == ["--check"]
    if len(args) != 2 + check:
        sys.exit(__doc__)
    path, workspace = pathlib.Path(args[-2]), pathlib.Path(args[-1]).resolve()
    document = path.read_text(encoding="utf-8")
    if "$MEDLEY_DATA" in document and not os.environ.get("MEDLEY_DATA"):
        print("skipped: MEDLEY_DATA is not set (the folder with the benchmark data)")
        return 0
    workspace.mkdir(exist_ok=True)
    now, errors = replay(document, workspace)
    if not check:
        path.write_text(now, encoding="utf-8")
        return 0
    print("\n".join(f"{path}: {error}" for error in errors) or f"{path}: as printed")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
