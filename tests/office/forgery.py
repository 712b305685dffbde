"""Whoever holds the database but not the key: every way in which they could bend the trail."""

import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from tipline.kit.db import db
from tipline.office import trail
from tipline.office.charter import Act, Role


class Forger:
    """Bends the trail by SQL, one way at a time, and can put it back."""

    def __init__(self) -> None:
        self.length, _ = trail.head()

    def __len__(self) -> int:
        return self.length

    def sql(self, statement: str, **values: object) -> None:
        db.session.execute(text(statement), values)
        db.session.expire_all()

    def row(self, seq: int) -> dict[str, Any]:
        return dict(db.session.execute(text("SELECT * FROM entry WHERE seq = :seq"), {"seq": seq}).mappings().one())

    def commit_forgery(self, kind: str, dice: random.Random) -> int:
        """Do one of the forgeries. Returns the line it touched."""
        return forgeries[kind](self, dice.randint(2, self.length - 2), dice)

    def undo(self) -> None:
        db.session.rollback()
        db.session.expire_all()

    def set(self, seq: int, column: str, value: object) -> int:
        self.sql(f"UPDATE entry SET {column} = :value WHERE seq = :seq", value=value, seq=seq)
        return seq

    def cut(self, lines: int) -> int:
        self.sql("DELETE FROM entry WHERE seq > :last", last=self.length - lines)
        return self.length - lines

    def swap(self, one: int, other: int) -> int:
        for seq, place in ((one, -1), (other, one), (-1, other)):
            self.sql("UPDATE entry SET seq = :place WHERE seq = :seq", seq=seq, place=place)
        return one

    def copy(self, seq: int, place: int) -> int:
        columns = "at, act, paper, by_id, role, office_id, facts, note_sealed, prev, hash, mac"
        self.sql(f"INSERT INTO entry (seq, {columns}) SELECT {place}, {columns} FROM entry WHERE seq = :seq", seq=seq)
        return place

    def insert(self, seq: int) -> int:
        """A copy between two lines; those behind it move on by one."""
        self.sql("UPDATE entry SET seq = -seq WHERE seq > :seq", seq=seq)
        self.sql("UPDATE entry SET seq = 1 - seq WHERE seq < 0")
        return self.copy(seq, seq + 1)

    def rewrite(self, seq: int, **body: object) -> int:
        """Change what a line says and give it a hash that fits; its seal cannot be made without the key."""
        line = json.loads(list(trail.export())[seq - 1])
        del line["hash"], line["mac"]
        line |= body
        content = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        for column in body:
            self.set(seq, column, body[column])
        return self.set(seq, "hash", hashlib.sha256(content.encode()).hexdigest())

    def rewrite_all_without_the_key(self) -> None:
        for seq in range(1, self.length + 1):
            before = self.row(seq - 1)["hash"] if seq > 1 else "0" * 64
            self.rewrite(seq, paper=f"officer/forged-{seq}", prev=before)
        self.sql("UPDATE trail_head SET hash = :hash", hash=self.row(self.length)["hash"])


def another(values: list[str], than: str, dice: random.Random) -> str:
    return dice.choice([value for value in values if value != than])


def somebody_else(forger: Forger, seq: int, dice: random.Random) -> int:
    ids = [row[0] for row in db.session.execute(text("SELECT id FROM officer")).all()]
    return forger.set(seq, "by_id", dice.choice([number for number in ids if number != forger.row(seq)["by_id"]]))


def another_office(forger: Forger, seq: int, dice: random.Random) -> int:
    ids = [row[0] for row in db.session.execute(text("SELECT id FROM office")).all()]
    there = forger.row(seq)["office_id"]
    return forger.set(seq, "office_id", dice.choice([number for number in ids if number != there]))


def another_letter(forger: Forger, seq: int, column: str, dice: random.Random) -> int:
    """One hexadecimal digit of a hash or seal is another."""
    digits, place = list(forger.row(seq)[column]), dice.randrange(64)
    digits[place] = another(list("0123456789abcdef"), digits[place], dice)
    return forger.set(seq, column, "".join(digits))


def another_note(forger: Forger, seq: int, dice: random.Random) -> int:
    sealed = [row[0] for row in db.session.execute(text("SELECT seq FROM entry WHERE note_sealed IS NOT NULL")).all()]
    seq, donor = dice.sample(sealed, 2)
    value = dice.choice([None, b"\x00\x01" + bytes(40), bytes(forger.row(donor)["note_sealed"])])
    return forger.set(seq, "note_sealed", value)


def a_note_where_none_was(forger: Forger, dice: random.Random) -> int:
    plain = [row[0] for row in db.session.execute(text("SELECT seq FROM entry WHERE note_sealed IS NULL")).all()]
    return forger.set(dice.choice(plain), "note_sealed", b"\x00\x01" + bytes(40))


def the_end(forger: Forger, column: str, value: object) -> int:
    forger.sql(f"UPDATE trail_head SET {column} = :value", value=value)
    return forger.length


def no_end(forger: Forger) -> int:
    forger.sql("DELETE FROM trail_head")
    return forger.length


def renumbered(forger: Forger, place: int) -> int:
    """The last line claims a later place."""
    forger.set(forger.length, "seq", place)
    return place


def gone(forger: Forger, seq: int) -> int:
    forger.sql("DELETE FROM entry WHERE seq = :seq", seq=seq)
    return seq


def renamed(forger: Forger) -> int:
    """The name under which somebody signs in is covered by every line they wrote."""
    forger.sql("UPDATE officer SET login = 'another' WHERE id = (SELECT by_id FROM entry WHERE seq = 1)")
    return 1


ACTS = [act.value for act in Act]
ROLES = [role.value for role in Role]
Forgery = Callable[[Forger, int, random.Random], int]

forgeries: dict[str, Forgery] = {
    "nothing": lambda forger, seq, dice: seq,
    "at": lambda forger, seq, dice: forger.set(seq, "at", f"2018-0{dice.randint(1, 5)}-11 03:00:00.000000"),
    "act": lambda forger, seq, dice: forger.set(seq, "act", another(ACTS, forger.row(seq)["act"], dice)),
    "act that is none": lambda forger, seq, dice: forger.set(seq, "act", "no.such-act"),
    "paper": lambda forger, seq, dice: forger.set(seq, "paper", f"lead/{dice.randrange(10**9)}"),
    "by": somebody_else,
    "role": lambda forger, seq, dice: forger.set(seq, "role", another(ROLES, forger.row(seq)["role"], dice)),
    "role that is none": lambda forger, seq, dice: forger.set(seq, "role", "god"),
    "office": another_office,
    "facts": lambda forger, seq, dice: forger.set(seq, "facts", json.dumps({"forged": str(dice.random())})),
    "note": lambda forger, seq, dice: another_note(forger, seq, dice),
    "note where none was": lambda forger, seq, dice: a_note_where_none_was(forger, dice),
    "prev": lambda forger, seq, dice: another_letter(forger, seq, "prev", dice),
    "hash": lambda forger, seq, dice: another_letter(forger, seq, "hash", dice),
    "mac": lambda forger, seq, dice: another_letter(forger, seq, "mac", dice),
    "number": lambda forger, seq, dice: renumbered(forger, forger.length + dice.randint(1, 9)),
    "removed": lambda forger, seq, dice: gone(forger, seq),
    "first removed": lambda forger, seq, dice: gone(forger, 1),
    "inserted": lambda forger, seq, dice: forger.insert(seq),
    "appended": lambda forger, seq, dice: forger.copy(seq, forger.length + 1),
    "swapped": lambda forger, seq, dice: forger.swap(seq, seq + 1),
    "cut": lambda forger, seq, dice: forger.cut(dice.randint(1, 6)),
    "fitting hash": lambda forger, seq, dice: forger.rewrite(seq, paper="officer/forged"),
    "signed as another": lambda forger, seq, dice: renamed(forger),
    "end number": lambda forger, seq, dice: the_end(forger, "seq", forger.length + dice.choice([-1, 1, 7])),
    "end hash": lambda forger, seq, dice: the_end(forger, "hash", f"{dice.getrandbits(256):064x}"),
    "end gone": lambda forger, seq, dice: no_end(forger),
}

INSIDE = {"note", "note where none was", "end number", "end hash", "end gone"}
"""What no export carries: sealed notes stay in the house, and the end is written in no line."""

ON_PAPER_TOO = sorted(set(forgeries) - INSIDE - {"nothing"})
