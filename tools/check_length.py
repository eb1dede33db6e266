#!/usr/bin/env python3
"""Checks that a tracked file has at most 500 lines and a function at most 60.

C++ functions are found by their braces: comments, strings and preprocessor lines are blanked, then a `{`
at namespace or class scope opens a function when the text before it has a parameter list.
"""
import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_FILE, MAX_FUNCTION = 500, 60
SUFFIXES = (".cpp", ".h", ".py", ".cmake", ".ts", ".sh")

# What may hold a brace that opens nothing. A digit before ' is a separator of digits, not a character.
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:\\\n|[^\n])*",
    re.S | re.M,
)


def blank(match):
    """As many line ends as the match had, so that line numbers hold."""
    return "\n" * match.group().count("\n") or " "


def opens_function(head):
    """Whether `head`, the text between the last statement and a `{`, declares a function."""
    return "(" in head and not re.search(r"\b(namespace|extern)\b|=\s*$", head)


def cpp_functions(text):
    """Yields (first line, last line) of each function that stands at namespace or class scope."""
    code = NOT_CODE.sub(blank, text)
    scopes = []  # of each open brace: the line of its head, or 0 when it opens no function
    head, head_line, line, depth = "", 0, 1, 0
    for at, char in enumerate(code):
        if char == "{":
            function = depth == 0 and opens_function(head)
            scopes.append(head_line if function else 0)
            depth += function or depth > 0
            head = head if depth > 0 else ""
        elif char == "}" and scopes:
            start = scopes.pop()
            depth -= depth > 0
            # A braced initialiser, as in `A(int b) : a_{b} {`: what follows belongs to the same head.
            if depth == 0 and re.match(r"\s*[,{]", code[at + 1 :]) and "(" in head:
                continue
            if start:
                yield start, line
            if depth == 0:
                head = ""
        elif char == ";" and depth == 0:
            head = ""
        elif depth == 0:
            if not head.strip():
                head, head_line = "", line
            head += char
        line += char == "\n"


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno


def check(name, text):
    lines = text.count("\n")
    if lines > MAX_FILE:
        yield f"{name}: {lines} lines, more than {MAX_FILE}"
    functions = {".cpp": cpp_functions, ".h": cpp_functions, ".py": python_functions}.get(pathlib.Path(name).suffix)
    for first, last in functions(text) if functions else ():
        if last - first + 1 > MAX_FUNCTION:
            yield f"{name}:{first}: a function of {last - first + 1} lines, more than {MAX_FUNCTION}"


def main():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True)
    names = [n for n in listed.stdout.split("\0") if n.endswith(SUFFIXES) and (ROOT / n).exists()]
    errors = [e for name in names for e in check(name, (ROOT / name).read_text(encoding="utf-8"))]
    print("\n".join(errors) or f"length ok: {len(names)} files")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
