"""Whoever appears in this tree is nobody: numbers of people are of an area, or a range, that was never given out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("bench", "deploy", "docs", "migrations", "templates", "tests", "tipline", "tools")
WRITTEN = {".py", ".md", ".toml", ".html", ".po", ".csv", ".json", ".js"}
IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])(?!129999)\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?(?!154)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")


def somebody(text: str) -> list[str]:
    """Numbers that a person could have."""
    return [found[0] for pattern in (IDENTITY, MOBILE) for found in pattern.finditer(text)]


def test_no_number_in_this_tree_can_be_anybodys():
    files = [file for place in PLACES for file in (ROOT / place).rglob("*") if file.suffix in WRITTEN]
    assert len(files) > 500
    found = {str(file.relative_to(ROOT)): said for file in files if (said := somebody(file.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    ["11010119900307" + "889X", "身份证11010119900307" + "8890，", "+86138" + "12345678", "139-0000" + "-1234"],
)
def test_a_number_that_could_be_somebodys_is_found(planted):
    assert somebody(planted) != []
