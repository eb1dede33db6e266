#!/usr/bin/env python3
"""Checks that every #include follows the DEPENDS and THIRD_PARTY of medley_module() calls.

MEDLEY_MODULES in the top CMakeLists.txt is the layering: a module may depend only on modules
before it, and a file may include only from its own module, from the modules that its module
declares, from the foreign libraries that it declares, and from the standard library.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def words(call, keyword):
    found = re.search(rf"\b{keyword}\s+([^)]*?)(?=\s+[A-Z_]{{4,}}\b|\s*\))", call, re.S)
    return [word for word in found.group(1).split() if word != "#"] if found else []


def declared():
    top = (ROOT / "CMakeLists.txt").read_text()
    order = re.search(r"set\(MEDLEY_MODULES ([^)]*)\)", top).group(1).split()
    folders = {name: ROOT / "medley" / name for name in order}
    app = ROOT / "apps" / "medley"
    if app.exists():
        order.append("app")
        folders["app"] = app
    files = {name: folders[name] / "CMakeLists.txt" for name in order}
    calls = {name: file.read_text() for name, file in files.items() if file.exists()}
    order = [name for name in order if name in calls]
    return (
        order,
        folders,
        {name: words(calls[name], "DEPENDS") for name in order},
        {name: words(calls[name], "THIRD_PARTY") for name in order},
    )


def check_file(path, name, depends, foreign):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#include\s+["<]([^">]+)[">]', line)
        if not found:
            continue
        first, _, rest = found.group(1).partition("/")
        if first == "medley":
            wanted, allowed = rest.split("/")[0], (name, *depends)
        elif first == "apps":
            wanted, allowed = "app", (name,)
        elif rest or "." in first:
            wanted, allowed = first, foreign
        else:  # <vector>, <span>: the standard library
            continue
        if wanted not in allowed:
            yield f"{path.relative_to(ROOT)}:{number}: {name} does not declare {wanted}"


def main():
    order, folders, depends, foreign = declared()
    errors = []
    for name in order:
        for dep in depends[name]:
            if dep not in order or order.index(dep) >= order.index(name):
                errors.append(f"{folders[name].relative_to(ROOT)}/CMakeLists.txt: {name} may not depend on {dep}")
        for path in sorted(folders[name].rglob("*")):
            if path.suffix in (".h", ".cpp"):
                errors.extend(check_file(path, name, depends[name], foreign[name]))
    print("\n".join(errors) or f"layers ok: {' < '.join(order)}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
