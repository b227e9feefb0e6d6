"""French typography in what people read: no-break spaces where a line must not break, curved apostrophes."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path
    for folder in ("pdn", "pages")
    for path in (ROOT / folder).rglob("*.py")
    if "emulator" not in path.parts
)  # fmt: skip
PLAIN_SPACE = re.compile(r"(?<=[a-zà-ÿ’»)}]) [:;?!»€](?=[\s\"'»*).,…]|$)|« (?=\S)")
STRAIGHT_APOSTROPHE = re.compile(r"\b(?:[ldnsjmtc]|qu|jusqu|lorsqu)'(?=[a-zà-ÿ])")


def french_strings(path: Path) -> list[str]:
    """The strings of a module, its docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_line_may_break_before_a_sign_and_apostrophes_are_curved(path):
    wrong = [text for text in french_strings(path) if PLAIN_SPACE.search(text) or STRAIGHT_APOSTROPHE.search(text)]
    assert wrong == []
