"""The comparison of 100 000 households with 20 000 listed persons, beside a plain dict join of the same numbers.

What was planted is known, so that recall and precision are told with the time.
"""

import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import flask_migrate
from sqlalchemy import event, insert

from config import Settings
from tests import make
from tests.screening.tables import number
from tipline import create_app
from tipline.kit.db import db, new_key
from tipline.kit.vault import fresh_keys, vault
from tipline.law.bodies import Body
from tipline.office import editions, roster
from tipline.relatives import matching
from tipline.relatives.models import RegisterEntry
from tipline.relatives.operations import village_blind
from tipline.relatives.rules import Level, in_village
from tipline.screening.models import ScreeningRecord
from tipline.screening.queries import identity_blind

HOUSEHOLDS, PERSONS = 100_000, 20_000
PLANTED = 500
"""So many of each: the same number, an old number, another's household, a name alone, a namesake of another number."""
AT = datetime(2018, 7, 2, tzinfo=UTC)
BATCH = 5_000


def report() -> None:
    """Time and memory of the comparison and of the plain join, each in a process of its own."""
    print(f"\n{HOUSEHOLDS:,} households × {PERSONS:,} listed persons (SQLite)")
    print(f"{'':34}{'seconds':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        address, keys = f"sqlite:///{Path(folder) / 'match.db'}", fresh_keys()
        _apart("fill", address, keys)
        plain, ours = _apart("plain", address, keys), _apart("ours", address, keys)
    for name, one in {"plain dict join of open numbers": plain, "comparison by keyed marks": ours}.items():
        print(f"{name:34}{one['seconds']:9.1f}{one['peak']:9.0f}")
    print(f"{'ratio':34}{ours['seconds'] / plain['seconds']:9.1f}{ours['peak'] / plain['peak']:9.1f}")
    print(f"{'statements':34}{ours['statements']:9}")
    for level in Level:
        print(f"{'found of ' + format(PLANTED, ',') + ' planted, ' + level.value:34}{ours[level.value]:9}")
    print(f"{'recall of planted numbers':34}{ours['recall']:9.1%}")
    print(f"{'precision':34}{ours['precision']:9.1%}")


def _apart(what: str, address: str, keys: str) -> dict[str, Any]:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_do, args=(what, address, keys, theirs))
    process.start()
    theirs.close()  # or nobody would notice that the process is gone
    answer: dict[str, Any] = ours.recv()
    process.join()
    return answer


def _do(what: str, address: str, keys: str, answer: Connection) -> None:
    settings = Settings(database=address, keys=keys, secret="bench", hosts=("localhost",))
    app = create_app(settings.for_flask())
    with app.app_context():
        answer.send({"fill": _fill, "plain": _plain, "ours": _ours}[what]())
        for engine in db.engines.values():
            engine.dispose()


def serial(at: int) -> str:
    """The number of one in some hundred thousand people."""
    born = date.fromordinal(date(1930, 1, 1).toordinal() + at // 900)
    return number(at % 900 + 1, f"{born:%Y%m%d}")


def _fill() -> dict[str, Any]:
    flask_migrate.upgrade()
    make.district()
    by = make.officer(make.Role.TOWN_CLERK)
    towns = roster.town_governments()
    villages = {town.id: [one.code for one in roster.villages(town.place_code)] for town in towns}
    every = [(town, code) for town in towns for code in villages[town.id]]
    common = {"notice": editions.notice().key, "changed_at": AT, "changed_by_id": by.id, "facts": {}, "version": 1}
    records = (_record(at, *every[at % len(every)], common) for at in range(HOUSEHOLDS))
    _insert(ScreeningRecord, records)
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU).id
    _insert(RegisterEntry, (_entry(at, every, common | {"office_id": bureau}) for at in range(PERSONS)))
    db.session.commit()
    return {}


def _insert(kind: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(insert(kind), batch)
            batch = []
    if batch:
        db.session.execute(insert(kind), batch)


def _record(at: int, town: Any, village: str, common: dict[str, Any]) -> dict[str, Any]:
    key, own = new_key(), serial(at)
    words = f'{{"applicant": "户主{at}", "id_number": "{own}"}}'
    return common | {
        "key": key,
        "population": "on_roll",
        "office_id": town.id,
        "place_code": village,
        "position": at + 1,
        "identity_blind": identity_blind(own),
        "gaps": "",
        "words_sealed": vault.seal(words, f"screening_record|words|{key}"),
    }


def _entry(at: int, every: list[tuple[Any, str]], common: dict[str, Any]) -> dict[str, Any]:
    """One person: each of the first is planted on the household of the same place, the others live elsewhere."""
    kind, village = at // PLANTED, every[at % len(every)][1]
    own = None if kind == 3 else identity_blind(serial(at if kind in (0, 1) else HOUSEHOLDS + at))
    mark = village_blind(in_village(f"户主{at}", village))
    return common | {
        "key": new_key(),
        "register": "kin",
        "place_code": village,
        "position": at + 1,
        "row_blind": vault.blind("row", str(at)),
        "name_blind": vault.blind("name", f"人{at}"),
        "identity_blind": own,
        "lengthened": kind == 1,
        "namesake_blind": mark if kind == 3 else None,
        "household_blind": mark if kind == 2 else None,
        "words_sealed": b"",
    }


def _plain() -> dict[str, Any]:
    """What nobody may do: all numbers in the open, joined by a dict."""
    people = [serial(at if at < 2 * PLANTED else HOUSEHOLDS + at) for at in range(PERSONS)]
    roll = [serial(at) for at in range(HOUSEHOLDS)]
    begun = time.process_time()
    by_number: dict[str, list[int]] = {}
    for at, own in enumerate(people):
        by_number.setdefault(own, []).append(at)
    found = [(person, at) for at, own in enumerate(roll) for person in by_number.get(own, ())]
    assert len(found) == 2 * PLANTED
    return {"seconds": time.process_time() - begun, "peak": _peak()}


def _ours() -> dict[str, Any]:
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    begun = time.process_time()
    found = matching.new_pairs()
    seconds = time.process_time() - begun
    positions = dict(db.session.execute(db.select(RegisterEntry.id, RegisterEntry.position)).tuples().all())
    homes = dict(db.session.execute(db.select(ScreeningRecord.id, ScreeningRecord.position)).tuples().all())
    pairs = [(positions[one.entry_id] - 1, homes[one.record_id] - 1, one.level) for one in found]
    right = [one for one in pairs if one[0] == one[1] < 4 * PLANTED]
    by_number = sum(level in (Level.IDENTITY, Level.LENGTHENED) for _, _, level in right)
    assert by_number == 2 * PLANTED, "a planted number was not found"
    counts = {level.value: sum(one is level for _, _, one in right) for level in Level}
    shares = {"recall": by_number / (2 * PLANTED), "precision": len(right) / len(pairs)}
    return {"seconds": seconds, "peak": _peak(), "statements": len(seen)} | counts | shares


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
