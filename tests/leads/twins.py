"""Two houses over one district, alike but for what one of them hides, and the comparison of what a reader gets."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests import make
from tests.conftest import settings
from tests.leads import readers, worlds
from tipline import create_app
from tipline.kit.db import db
from tipline.office import time as clock

FULLY = ("named", "superior", "relative", "inspector", "clerk")
"""These follow every link: the keeper, the leader, the district's, the town's inspector, and the town's clerk."""
DAYS = [date(2018, 6, day) for day in (5, 6, 7, 8, 11, 12, 13, 14, 15, 19, 20, 25)] + [date(2018, 7, 2)]
THEN = make.NOON + timedelta(days=28, hours=1)
"""The afternoon of the last of them, when everybody reads."""


Reading = Callable[[Flask, str], readers.Got]


@dataclass
class Pair:
    """The two worlds, each as a house of its own."""

    folder: Path
    houses: dict[bool, Flask] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    knocks: list[str] = field(default_factory=list)
    asks: list[readers.Ask] = field(default_factory=list)

    def open(self, template: Path, *, hidden: bool) -> Flask:
        """A house over a copy of that database and of its cabinet."""
        copy = self.folder / f"{hidden}.db"
        with closing(sqlite3.connect(template)) as full, closing(sqlite3.connect(copy)) as empty:
            full.backup(empty)  # what is still in its journal is copied too
        if template.with_suffix(".evidence").exists():
            shutil.copytree(template.with_suffix(".evidence"), copy.with_suffix(".evidence"), dirs_exist_ok=True)
        address = f"sqlite:///{copy}"
        self.houses[hidden] = create_app(settings(address, secret="one secret for both worlds"))
        return self.houses[hidden]

    def again(self, folder: Path) -> "Pair":
        """The same worlds once more, to be spoilt."""
        other = Pair(folder, logins=self.logins)
        for hidden in self.houses:
            other.open(self.folder / f"{hidden}.db", hidden=hidden)
        return other

    def differing(self, kind: str, patch: pytest.MonkeyPatch, read: Reading) -> list[str]:
        """Where the worlds differ in what this reader reads."""
        got = {}
        for hidden, app in self.houses.items():
            patch.setattr(clock, "machine_now", lambda: THEN)
            worlds.seed(f"reader {kind}", patch)
            got[hidden] = read(app, self.logins[kind])
        return [place for place in got[False] | got[True] if got[False].get(place) != got[True].get(place)]

    def everything(self, kind: str) -> Reading:
        """All that they can get; of those who only stand elsewhere, without following links and knocking."""
        deep, knocks = (readers.OF_A_KIND, self.knocks) if kind in FULLY else (0, [])
        return lambda app, login: readers.everything(app, login, knocks, self.asks, of_a_kind=deep)

    def close(self) -> None:
        for app in self.houses.values():
            with app.app_context():
                db.session.remove()
                for engine in db.engines.values():
                    engine.dispose()


def made(template: Path, folder: Path, patch: pytest.MonkeyPatch, matters=worlds.MATTERS) -> Pair:
    """Both worlds from the furnished district to the day on which everything has happened."""
    pair = Pair(folder)
    patch.setattr(clock, "machine_now", lambda: make.NOON + timedelta(hours=1))
    for hidden in (False, True):
        app = pair.open(template, hidden=hidden)
        pair.logins = worlds.build(app, patch, hidden=hidden, matters=matters)
    return pair
