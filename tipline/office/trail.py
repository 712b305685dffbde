"""The trail is a chain: every line carries a keyed hash over its content and its predecessor."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.kit.vault import Unreadable, vault
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Entry, Office, Officer, Paper, TrailHead

GENESIS = "0" * 64


@dataclass(frozen=True)
class Fault:
    """A place where the trail or a paper is not what it was when it was written."""

    seq: int
    what: Sentence


def append(act: Act, paper: str, *, by: Officer, at: datetime, note: str | None, facts: dict[str, str]) -> Entry:
    """Write the next line. The head stays locked until the transaction ends, so lines never interleave."""
    with db.session.no_autoflush:  # the paper's other columns follow after its line
        seq, before = db.session.execute(select(TrailHead.seq, TrailHead.hash).with_for_update()).one()
    entry = Entry(
        seq=seq + 1,
        at=at,
        act=act,
        paper=paper,
        by=by,
        by_id=by.id,
        role=by.role,
        office=by.office,
        office_id=by.office_id,
        facts=facts | ({"note": vault.commit(note)} if note else {}),
        prev=before,
    )
    if note:
        entry.note = note
    content = _canonical(_body(entry, by.login, by.office.code))
    entry.hash, entry.mac = _hash(content), _mac(content)
    with db.session.no_autoflush:
        db.session.execute(update(TrailHead).values(seq=entry.seq, hash=entry.hash))
    db.session.add(entry)
    return entry


def _body(entry: Entry, login: str, office: str) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": str(entry.act.value if isinstance(entry.act, Act) else entry.act),
        "paper": entry.paper,
        "by": login,
        "role": str(entry.role.value),
        "office": office,
        "facts": entry.facts,
        "prev": entry.prev,
    }


def _canonical(body: dict[str, object]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _mac(content: bytes) -> str:
    return hmac.new(vault.trail_key, content, hashlib.sha256).hexdigest()


def _lines() -> Iterator[tuple[Entry, dict[str, object]]]:
    """All lines in order, each with the content its hashes cover."""
    logins = dict(db.session.execute(select(Officer.id, Officer.login)).all())
    offices = dict(db.session.execute(select(Office.id, Office.code)).all())
    query = select(Entry).order_by(Entry.seq).execution_options(yield_per=1000)
    for entry in db.session.scalars(query):
        yield entry, _body(entry, logins.get(entry.by_id, "?"), offices.get(entry.office_id, "?"))


def export() -> Iterator[str]:
    """The trail as JSON lines, for `tools/verify_trail.py` on another machine. Sealed notes stay here."""
    for entry, body in _lines():
        yield _canonical(body | {"hash": entry.hash, "mac": entry.mac}).decode()


def head() -> tuple[int, str]:
    """The number and hash of the last line: what the morning mail carries as an anchor."""
    end = db.session.scalars(select(TrailHead)).one()
    return end.seq, end.hash


def faults(anchors: dict[int, str] | None = None) -> Iterator[Fault]:
    """Everything that is wrong with the trail and with the papers it tells of."""
    anchors = anchors or {}
    before, number = GENESIS, 0
    acts: dict[str, list[tuple[int, Act]]] = defaultdict(list)
    for entry, body in _lines():
        number += 1
        if entry.seq != number:
            yield Fault(entry.seq, Sentence("第%(seq)s行：应为第%(number)s行（缺行、插行或换序）", {"seq": entry.seq, "number": number}))
            number = entry.seq
        yield from _faults_of(entry, body, before, anchors)
        before = entry.hash
        acts[entry.paper].append((entry.seq, entry.act))
    end, end_hash = head()
    if (end, end_hash) != (number, before):
        yield Fault(number, Sentence("末端不符：应到第%(end)s行，实到第%(number)s行（尾部被截）", {"end": end, "number": number}))
    for seq in sorted(set(anchors) - set(range(number + 1))):
        yield Fault(seq, Sentence("已公布的第%(seq)s行不在（尾部被截）", {"seq": seq}))
    yield from _faults_of_papers(acts)


def _faults_of(entry: Entry, body: dict[str, object], before: str, anchors: dict[int, str]) -> Iterator[Fault]:
    content = _canonical(body)
    place: dict[str, object] = {"seq": entry.seq}
    if entry.prev != before:
        yield Fault(entry.seq, Sentence("第%(seq)s行：不接上一行", place))
    if entry.hash != _hash(content):
        yield Fault(entry.seq, Sentence("第%(seq)s行：内容被改", place))
    elif not hmac.compare_digest(entry.mac, _mac(content)):
        yield Fault(entry.seq, Sentence("第%(seq)s行：无密钥重写", place))
    if anchors.get(entry.seq, entry.hash) != entry.hash:
        yield Fault(entry.seq, Sentence("第%(seq)s行：与已公布的不符", place))
    if not _note_is_whole(entry):
        yield Fault(entry.seq, Sentence("第%(seq)s行：附言被改", place))


def _note_is_whole(entry: Entry) -> bool:
    try:
        note = entry.note
    except Unreadable:
        return False
    return entry.facts.get("note") == (vault.commit(note) if note else None)


def _faults_of_papers(acts: dict[str, list[tuple[int, Act]]]) -> Iterator[Fault]:
    """Each paper must stand where its lines put it, and its latest line must be there."""
    for kind in Paper.__subclasses__():
        columns = select(kind.key, kind.state, kind.last_seq)
        for key, state, last in db.session.execute(columns):
            ref = f"{kind.kind}/{key}"
            lines = [line for line in acts.pop(ref, []) if line[1] in kind.life.acts]
            if not lines or lines[-1][0] != last:
                yield Fault(last, Sentence("%(ref)s：最近一行应为第%(last)s行", {"ref": ref, "last": last}))
                continue
            try:
                replayed = kind.life.replay([act for _, act in lines])
            except NotNow:
                replayed = None
            if replayed != state:
                yield Fault(last, Sentence("%(ref)s：现状与留痕不符", {"ref": ref}))
        for ref in [ref for ref in acts if ref.startswith(f"{kind.kind}/")]:
            lines = acts.pop(ref)
            yield Fault(lines[-1][0], Sentence("%(ref)s：有留痕而无文书", {"ref": ref}))
