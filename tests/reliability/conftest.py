"""A furnished database that keeps its commits through a crash, on each engine in turn."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres


@pytest.fixture
def durable(request: pytest.FixtureRequest) -> Iterator[str]:
    """An engine that keeps its commits through a crash, as a district's does."""
    with postgres.cluster(durable=True) as running:
        yield running.fresh_database()


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        copy = tmp_path / "tipline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        return f"sqlite:///{copy}"
    try:
        address: str = request.getfixturevalue("durable")
    except postgres.Absent as absent:
        postgres.missing(absent)
    return address
