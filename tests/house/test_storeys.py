"""The storeys of the house: imports go down only, rules stay pure, and only the edges ask what time it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "tipline"

STOREYS = [  # bottom to top; rooms on one storey do not know each other
    {"kit"},
    {"law"},
    {"office"},
    {"leads", "screening"},
    {"referrals", "eligibility"},
    {"triage", "bundles", "handling", "outcomes", "checklists"},
    {"supervision", "typical_cases", "sampling"},
    {"evidence", "notes", "interventions"},
    {"intake", "duties", "hotline"},
    {"replies", "publicity", "relatives", "inspections", "telephone"},
    {"letters", "households"},
    {"circulars"},
    {"reports"},
    {"learning"},
    {"desk"},
    {"clock"},
    {"rehearsal"},
    {"commands"},
    {"__init__"},
]
STOREY_OF = {room: storey for storey, rooms in enumerate(STOREYS) for room in rooms}

OUTSIDE = {"app", "config", "tests", "tools", "bench"}

IMPURE = {"flask", "sqlalchemy", "alembic", "werkzeug", "wtforms", "apscheduler"}

CHARTER = ("office/charter.py", "office/powers.py")

EDGES = {"views", "clock", "commands"}
# Other modules that stand at an edge of the house, each with its reason.
MAY_ASK_THE_TIME = {
    "__init__.py": "hands the clock to the frame",
    "office/frame.py": "every page shows the office's date and what waits for it",
    "office/glance.py": "the door at which an open page asks: who looks is known for the machine's seconds",
    "office/steps.py": "the counter: a deed is done at the moment its form is handed in",
}


def modules(house: Path) -> list[Path]:
    return sorted(house.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every name a module imports, anywhere in it, as `package.module.name`."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_of(path: Path, house: Path) -> str:
    return path.relative_to(house).parts[0].removesuffix(".py")


def room_in(name: str) -> str:
    """The room of `tipline.leads.models.Lead`; a name of the house itself is the roof's."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in STOREY_OF else "__init__"


def upward(house: Path) -> list[str]:
    """Imports that climb, cross a storey, or leave the house."""
    return [
        f"{path.relative_to(house)} -> {name}"
        for path in modules(house)
        for name in imported(path)
        if climbs(room_of(path, house), name)
    ]


def climbs(room: str, name: str) -> bool:
    first = name.split(".")[0]
    if first != "tipline":
        return first == "" or first in OUTSIDE
    return room_in(name) != room and STOREY_OF[room_in(name)] >= STOREY_OF[room]


def is_pure(path: Path, house: Path) -> bool:
    """Must this module be free of the web and of the database?"""
    inside = path.relative_to(house)
    return inside.parts[0] == "law" or inside.name in {"rules.py", "lifecycle.py"} or str(inside) in CHARTER


def stains(start: Path, house: Path) -> Iterator[str]:
    """What makes a module impure, itself or through anything it imports."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop()
        for name in imported(path):
            if name.split(".")[0].split("_")[0] in IMPURE or ".models." in f"{name}.":
                yield f"{start.relative_to(house)}: {path.relative_to(house)} -> {name}"
            elif (below := module_of(name, house)) and below not in seen:
                seen.add(below)
                waiting.append(below)


def module_of(name: str, house: Path) -> Path | None:
    """The file behind a name of the house. Packages are empty doorways and are passed by."""
    parts = name.split(".")
    if parts[0] != "tipline":
        return None
    for length in (len(parts), len(parts) - 1):
        file = house.joinpath(*parts[1:length]).with_suffix(".py")
        if length > 1 and file.is_file():
            return file
    return None


def impure(house: Path) -> list[str]:
    return [stain for path in modules(house) if is_pure(path, house) for stain in stains(path, house)]


def asks_the_time(house: Path) -> list[str]:
    """Modules behind the edges that import `now` or `today`, or the clock whole."""
    clock = {f"tipline.office.time{name}" for name in ("", ".now", ".today", ".*")}
    return [
        f"{path.relative_to(house)} -> {name}"
        for path in modules(house)
        if not EDGES & {path.stem.partition("_")[0], room_of(path, house)}
        and str(path.relative_to(house)) not in MAY_ASK_THE_TIME
        for name in imported(path)
        if name in clock
    ]


def test_every_room_has_a_storey():
    assert not {room_of(path, HOUSE) for path in modules(HOUSE)} - set(STOREY_OF)


def test_no_stair_runs_upward():
    assert not upward(HOUSE)


def test_law_rules_and_lives_know_neither_web_nor_database():
    assert not impure(HOUSE)


def test_only_the_edges_ask_what_time_it_is():
    assert not asks_the_time(HOUSE)


def test_every_exception_is_still_needed():
    assert all((HOUSE / path).is_file() for path in MAY_ASK_THE_TIME)


def plant(house: Path, path: str, text: str) -> Path:
    file = house / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return house


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("leads/operations.py", "from tipline.referrals.models import Referral"),
        ("leads/operations.py", "def late():\n    from tipline.intake import operations"),
        ("supervision/queries.py", "import tipline.typical_cases.models"),
        ("duties/views.py", "from tipline import hotline"),
        ("clock.py", "from tipline.commands import officer"),
        ("office/deeds.py", "from tipline import create_app"),
        ("office/deeds.py", "from config import Settings"),
        ("kit/db.py", "from ..law import routing"),
    ],
)
def test_a_stair_that_runs_upward_is_found(tmp_path, path, text):
    assert len(upward(plant(tmp_path, path, text))) == 1


def test_stairs_that_run_down_and_doors_within_a_room_are_left_alone(tmp_path):
    plant(tmp_path, "referrals/operations.py", "from tipline.leads.models import Lead\nimport tipline.kit.db")
    plant(tmp_path, "referrals/queries.py", "from tipline.referrals import models")
    plant(tmp_path, "__init__.py", "from tipline import clock, commands")
    assert not upward(tmp_path)


@pytest.mark.parametrize("path", ["law/routing.py", "leads/rules.py", "referrals/lifecycle.py", *CHARTER])
@pytest.mark.parametrize(
    "text",
    [
        "from flask import g",
        "import flask_babel",
        "from sqlalchemy.orm import Mapped",
        "from tipline.leads.models import Lead",
        "from tipline.leads import models",
        "from tipline.kit.db import db",
        "from tipline.kit import db",
    ],
)
def test_a_rule_that_knows_the_database_is_found(tmp_path, path, text):
    plant(tmp_path, "kit/db.py", "import flask_sqlalchemy")
    assert impure(plant(tmp_path, path, text))


def test_a_pure_rule_may_stand_beside_impure_rooms(tmp_path):
    plant(tmp_path, "leads/rules.py", "from tipline.kit.dates import Month\nfrom tipline.law import clocks")
    plant(tmp_path, "law/clocks.py", "from datetime import date")
    plant(tmp_path, "leads/models.py", "import sqlalchemy")
    assert not impure(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "from tipline.office.time import now",
        "from tipline.office.time import today as day",
        "from tipline.office import time",
        "import tipline.office.time",
    ],
)
def test_an_operation_that_asks_the_time_is_found(tmp_path, text):
    plant(tmp_path, "leads/views.py", text)
    plant(tmp_path, "clock/running.py", text)
    plant(tmp_path, "leads/jobs.py", "from tipline.office.time import Moved")
    assert not asks_the_time(tmp_path)
    assert asks_the_time(plant(tmp_path, "leads/operations.py", text)) == [
        f"leads/operations.py -> {next(imported(tmp_path / 'leads/operations.py'))}"
    ]
