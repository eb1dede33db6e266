"""The length check sees what it should. Run: python3 tests/tools/check_length_test.py"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import check_length  # noqa: E402  (found only after the line above)


def spans(text):
    return list(check_length.cpp_functions(text))


class CppFunctions(unittest.TestCase):
    def test_finds_a_function_in_nested_namespaces_and_its_lines(self):
        self.assertEqual(spans("namespace a {\nnamespace {\n\nint f(int x) {\n  return x;\n}\n}\n}\n"), [(4, 6)])

    def test_counts_from_the_first_line_of_a_long_head(self):
        self.assertEqual(spans("int f(int a,\n      int b) {\n  if (a) { b(); }\n  return 1;\n}\n"), [(1, 5)])

    def test_finds_methods_between_fields(self):
        text = "class A final : public B {\n public:\n  int x = 1;\n  int f() const override {\n  }\n  int y{2};\n  int g() { }\n};\n"
        self.assertEqual(spans(text), [(3 + 1, 5), (7, 7)])

    def test_a_constructor_with_braced_initialisers_is_one_function(self):
        self.assertEqual(spans("A::A(int b)\n    : a_{b},\n      c_{d()} {\n  run();\n}\nint g() {\n}\n"), [(1, 5), (6, 7)])

    def test_braces_in_text_and_comments_open_nothing(self):
        text = "int f() {\n  auto a = \"}\"; // }\n  auto b = '}'; /* } */\n  auto c = R\"x(}\")x\";\n  int d = 1'000;\n}\n"
        self.assertEqual(spans(text), [(1, 6)])

    def test_a_table_is_no_function(self):
        self.assertEqual(spans("const int a[] = {\n 1,\n 2};\nstruct P {\n  int x;\n};\n"), [])


class Check(unittest.TestCase):
    def test_names_file_and_line_of_what_is_too_long(self):
        body = "  step();\n" * check_length.MAX_FUNCTION
        self.assertEqual(list(check_length.check("a.cpp", f"\nvoid f() {{\n{body}}}\n")),
                         ["a.cpp:2: a function of 62 lines, more than 60"])
        self.assertEqual(list(check_length.check("a.py", "\ndef f():\n" + "    step()\n" * 60)),
                         ["a.py:2: a function of 61 lines, more than 60"])

    def test_takes_what_just_fits(self):
        self.assertEqual(list(check_length.check("a.cpp", "void f() {\n" + "  step();\n" * 58 + "}\n")), [])
        self.assertEqual(list(check_length.check("a.ts", "\n" * 500)), [])
        self.assertEqual(len(list(check_length.check("a.ts", "\n" * 501))), 1)


if __name__ == "__main__":
    unittest.main()
