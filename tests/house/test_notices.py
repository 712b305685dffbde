"""By which notice a room works: what stands on a lead lives by the lead's, and never asks for the current one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "tipline"

ON_LEADS = ("leads", "referrals", "eligibility", "triage", "bundles", "handling", "outcomes", "checklists")
ON_LEADS += ("supervision", "sampling", "evidence", "notes", "interventions", "replies", "letters")
"""Their papers hang on a lead, and ask `lead.rules`. Only their forms ask for the current notice: the door chose it."""

EXCUSED = ("forms", "signals")
"""What a room tells of towns is told of one campaign's."""


def asked(source: str) -> Iterator[int]:
    """The lines that ask for the notice one works by, but for those that ask under each in turn."""
    tree = ast.parse(source)
    in_turn = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "editions.each"
        for inner in ast.walk(call)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "editions.notice" and id(node) not in in_turn:
            yield node.lineno


def papers() -> Iterator[Path]:
    for room in ON_LEADS:
        yield from (file for file in (HOUSE / room).glob("*.py") if not file.stem.startswith(EXCUSED))


def test_a_paper_on_a_lead_asks_the_notice_of_the_lead():
    found = [f"{file.relative_to(HOUSE)}:{line}" for file in papers() for line in asked(file.read_text("utf-8"))]
    assert not found, f"ask lead.rules instead: {', '.join(found)}"
    assert len(list(papers())) > 100


def test_a_room_whose_forms_ask_says_at_its_door_which_notice():
    for room in ON_LEADS:
        if any(list(asked(file.read_text("utf-8"))) for file in (HOUSE / room).glob("forms*.py")):
            views = "".join(file.read_text("utf-8") for file in (HOUSE / room).glob("views*.py"))
            through_another = re.search(r"views import [\w, ]*\bseen\b|panels\.host_of\(", views)
            chosen = "editions.choose(" in views or through_another
            assert chosen, f"{room}: the door of a paper chooses its notice (editions.choose)"
    hosts = [text for file in HOUSE.glob("*/views.py") if "panels.hosts[" in (text := file.read_text("utf-8"))]
    assert [("editions.choose(" in host) for host in hosts] == [True] * 3


def test_what_would_be_wrong_is_found():
    assert list(asked("def f():\n    return editions.notice().posts")) == [2]
    assert list(asked("g(editions.each(lambda: editions.notice().key))")) == []
