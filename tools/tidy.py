#!/usr/bin/env python3
"""Runs clang-tidy over every tracked .cpp file: tools/tidy.py BUILD [--jobs 2] [FILE...]

BUILD is a build folder configured without unity builds, whose compile_commands.json says how each file is compiled;
nothing need be built.
A file that was clean is not read again until something changes that it depends on: its text, that of a header of the
project which it includes, over however many others, the options of its compilation, a .clang-tidy above it, clang-tidy
itself, or the version of a package of headers. Findings are never remembered. The last line is `N passed, N failed`.

The memory is a folder of empty files, each named after a hash: $MEDLEY_TIDY_CACHE, else medley/tidy in the user's
cache folder. Checkouts share it, and so may runs at the same time.
"""
import argparse
import collections
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import threading

CLANG_TIDY = os.environ.get("MEDLEY_CLANG_TIDY", "clang-tidy-22")
MAX_ENTRIES = 20_000
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.M)
FINDING = re.compile(r"^[^\s:][^:\n]*:\d+:\d+: (?:warning|error): ", re.M)
# The paths of the symbolic execution are followed less far: with all of its 75,000 nodes a function it takes as long as
# the rest together, and finds nothing more on this project.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow,max-nodes=5000"]


class Tree:
    """A checkout: its sources, and what of its own each of them includes."""

    def __init__(self, root):
        self.root = root

    def sources(self):
        listed = subprocess.run(["git", "-C", self.root, "ls-files", "-z", "*.cpp"], capture_output=True, check=True)
        return [name for name in listed.stdout.decode().split("\0") if name and (self.root / name).is_file()]

    @functools.cache
    def digest(self, name):
        return hashlib.sha256((self.root / name).read_bytes()).hexdigest()

    @functools.cache
    def included(self, name, folders):
        """The files of the checkout that `name` names itself; those in `folders` are found as the compiler finds them."""
        text = (self.root / name).read_text(encoding="utf-8", errors="replace")
        found = set()
        for quoted, angled in INCLUDE.findall(text):
            for folder in ([os.path.dirname(name)] if quoted else []) + list(folders):
                path = os.path.normpath(os.path.join(folder, quoted or angled))
                if not path.startswith("..") and (self.root / path).is_file():
                    found.add(path)
                    break
        return frozenset(found)

    def depends(self, name, folders):
        """`name` and all headers of the checkout that it includes, directly or not; sorted."""
        seen, todo = {name}, [name]
        while todo:
            new = self.included(todo.pop(), folders) - seen
            seen |= new
            todo.extend(new)
        return sorted(seen)

    def settings(self, name):
        """The .clang-tidy files of the folders above `name`."""
        above = [str(folder / ".clang-tidy") for folder in pathlib.PurePath(name).parents]
        return [path for path in above if (self.root / path).is_file()]


def options(root, build):
    """How each file is compiled, {name: options}: of the build's own options those that say what the source means,
    with paths relative to the checkout. Warnings are the compiler's business and an NDEBUG would hide an assert."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.match("Unity/unity_*"):
            sys.exit(f"{build} compiles several files at once, which says nothing of each: configure without CMAKE_UNITY_BUILD")
        words = entry.get("arguments") or shlex.split(entry["command"])
        if not path.is_relative_to(root):
            continue
        kept, words = [], iter(words)
        for word in words:
            if word in ("-isystem", "-I", "-D"):
                kept += [word, next(words)]
            elif word.startswith(("-D", "-I", "-std=")) and word != "-DNDEBUG":
                kept.append(word)
        relative = [re.sub(rf"{re.escape(str(root))}(?=/|$)", ".", word) for word in kept]
        found.setdefault(str(path.relative_to(root)), relative)
    return found


def system_stamp():
    """The versions of all packages that bring headers; None where no package manager tells."""
    if not shutil.which("dpkg-query"):
        return None
    command = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "*-dev"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Memory:
    """The names of what was clean: an empty file each, the least recently used ones dropped."""

    def __init__(self, folder):
        self.folder = folder

    def knows(self, key):
        try:
            os.utime(self.folder / key)
            return True
        except FileNotFoundError:
            return False

    def add(self, key):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / key).touch()

    def trim(self):
        if not self.folder.is_dir():
            return
        entries = []
        for entry in os.scandir(self.folder):
            try:
                entries.append((entry.stat().st_mtime, entry.path))
            except FileNotFoundError:  # a run beside this one trims, too
                continue
        for _, path in sorted(entries)[:-MAX_ENTRIES]:
            pathlib.Path(path).unlink(missing_ok=True)


class Lint:
    def __init__(self, root, build, memory):
        self.tree = Tree(root)
        self.options = options(root, build)
        self.memory = memory
        self.children = set()
        self.lock = threading.Lock()
        version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, text=True, check=True).stdout
        system = system_stamp()
        self.common = version + system if system is not None else None

    def command(self, name):
        # What the build leaves out, the fuzz targets and the example of an installed library, needs nothing more.
        compiled = self.options.get(name, ["-std=c++20", "-I."])
        return [CLANG_TIDY, "--quiet", name, "--", *compiled, "-w", *ANALYZER]

    def key(self, name):
        """What the result for `name` depends on, as a hash; None where that cannot be known."""
        if self.common is None:
            return None
        command = self.command(name)
        folders = tuple(os.path.normpath(word[2:]) for word in command if word.startswith("-I") and len(word) > 2)
        files = self.tree.settings(name) + self.tree.depends(name, folders)
        parts = [self.common, *command, *(f"{file} {self.tree.digest(file)}" for file in files)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def check(self, name, key):
        """Runs clang-tidy on `name`; what it found, or None if nothing."""
        with self.lock:
            child = subprocess.Popen(self.command(name), cwd=self.tree.root, text=True, errors="replace",
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.children.add(child)
        out, err = child.communicate()
        with self.lock:
            self.children.discard(child)
        if child.returncode == 0:
            if key is not None:
                self.memory.add(key)
            return None
        return out if FINDING.search(out) else f"{name}: clang-tidy ended with {child.returncode}\n{out}{err}"

    def stop(self):
        with self.lock:
            for child in self.children:
                child.terminate()


def findings(output, root):
    """The findings in clang-tidy's output, each with its lines of source, under paths of the checkout."""
    block = []
    for line in output.splitlines():
        if FINDING.match(line) and block:
            yield "\n".join(block)
            block = []
        line = line.removeprefix(f"{root}/")
        block.append(os.path.normpath(line) if line.startswith("./") else line)
    if block:
        yield "\n".join(block)


def run(lint, names, jobs):
    """Checks `names`; the files with findings, {name: output}, and how many were known to be clean."""
    todo = []
    for name in names:
        key = lint.key(name)
        if key is None or not lint.memory.knows(key):
            todo.append((name, key))
    # The long ones first, so that no core is left with one of them at the end.
    todo.sort(key=lambda job: -(lint.tree.root / job[0]).stat().st_size)
    bad = {}
    pool = concurrent.futures.ThreadPoolExecutor(jobs)
    try:
        running = {pool.submit(lint.check, name, key): name for name, key in todo}
        for done in concurrent.futures.as_completed(running):
            if (output := done.result()) is not None:
                bad[running[done]] = output
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        lint.stop()
        raise
    pool.shutdown()
    return bad, len(names) - len(todo)


def report(bad, root):
    """Prints each finding once: one in a header comes from every file that includes it."""
    seen = collections.Counter(block for output in bad.values() for block in findings(output, root))
    for block, times in sorted(seen.items()):
        print(block + (f"\n  (seen from {times} files)" if times > 1 else ""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    args = parser.parse_intermixed_args()

    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "medley" / "tidy"
    memory = Memory(pathlib.Path(os.environ.get("MEDLEY_TIDY_CACHE") or cache))
    root = args.root.resolve()
    lint = Lint(root, args.build.resolve(), memory)
    names = args.files or lint.tree.sources()
    try:
        bad, known = run(lint, names, args.jobs)
    except KeyboardInterrupt:
        return 130
    memory.trim()
    report(bad, root)
    print(f"{known} of {len(names)} files are as they were when last found clean")
    print(f"{len(names) - len(bad)} passed, {len(bad)} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
