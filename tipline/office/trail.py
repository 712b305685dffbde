"""The trail is a chain: every line carries a keyed hash over its content and its predecessor."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.kit.vault import Unreadable, vault
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Entry, Office, Officer, Paper, TrailHead
from tipline.office.queries import MACHINERY
from tipline.office.unchanged import moved

GENESIS = "0" * 64
AT_A_TIME = 1000


@dataclass(frozen=True)
class Fault:
    """A place where the trail or a paper is not what it was when it was written."""

    seq: int
    what: Sentence


further: list[Callable[[], Iterator[Fault]]] = []
"""What rooms check beside it: that what they keep is still what the trail says."""


def append(act: Act, paper: str, *, by: Officer, at: datetime, note: str | None, facts: dict[str, str]) -> Entry:
    """Write the next line. The head stays locked until the transaction ends, so lines never interleave."""
    moved()
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


def _lines() -> Iterator[tuple[int, Entry | None, dict[str, object]]]:
    """All lines in order, each with the content its hashes cover; None where a line cannot even be read."""
    logins = dict(db.session.execute(select(Officer.id, Officer.login)).all())
    offices = dict(db.session.execute(select(Office.id, Office.code)).all())
    numbers = list(db.session.scalars(select(Entry.seq).order_by(Entry.seq)))
    for start in range(0, len(numbers), AT_A_TIME):
        for seq, entry in _read(numbers[start : start + AT_A_TIME]):
            login, office = (logins.get(entry.by_id), offices.get(entry.office_id)) if entry else (None, None)
            yield seq, entry, _body(entry, login or "?", office or "?") if entry else {}


def _read(numbers: list[int]) -> Iterator[tuple[int, Entry | None]]:
    """These lines; a word or a date that the house does not know makes only its own line unreadable."""
    query = select(Entry).where(Entry.seq.between(numbers[0], numbers[-1])).order_by(Entry.seq)
    try:
        yield from [(entry.seq, entry) for entry in db.session.scalars(query)]
    except (LookupError, ValueError):
        if len(numbers) == 1:
            yield numbers[0], None
            return
        middle = len(numbers) // 2
        yield from _read(numbers[:middle])
        yield from _read(numbers[middle:])


def export(*, sealed: bool = False) -> Iterator[str]:
    """The trail as JSON lines, for `tools/verify_trail.py` on another machine. Notes never leave.

    In a sealed export only the machinery's lines can be read. Of every other line its place in the chain
    is left: what was done to a paper, when, and by which rule would tell of leads the reader may not know of.
    """
    for _, entry, body in _lines():
        if entry is None:
            continue
        if sealed and not _is_machinery(entry):
            body = {"seq": entry.seq, "prev": entry.prev, "sealed": True}
        yield _canonical(body | {"hash": entry.hash, "mac": entry.mac}).decode()


def _is_machinery(entry: Entry) -> bool:
    """Whether an auditor reads this line on the trail's page too."""
    return entry.act in MACHINERY and entry.paper.split("/")[0] not in {kind.kind for kind in Paper.__subclasses__()}


def head() -> tuple[int, str]:
    """The number and hash of the last line: what the morning mail carries as an anchor."""
    end = db.session.scalars(select(TrailHead)).one_or_none()
    return (end.seq, end.hash) if end else (0, "")


def faults(anchors: dict[int, str] | None = None) -> Iterator[Fault]:
    """Everything that is wrong with the trail and with the papers it tells of."""
    anchors = anchors or {}
    before, number = GENESIS, 0
    acts: dict[str, list[tuple[int, Act]]] = defaultdict(list)
    for seq, entry, body in _lines():
        number += 1
        if seq != number:
            place: dict[str, object] = {"seq": seq, "number": number}
            yield Fault(seq, Sentence("第%(seq)s行：应为第%(number)s行（缺行、插行或换序）", place))
            number = seq
        if entry is None:
            yield Fault(seq, Sentence("第%(seq)s行：已读不出来", {"seq": seq}))
            continue
        yield from _faults_of(entry, body, before, anchors)
        before = entry.hash
        acts[entry.paper].append((seq, entry.act))
    end, end_hash = head()
    if (end, end_hash) != (number, before):
        place = {"end": end, "number": number}
        yield Fault(number, Sentence("末端不符：应到第%(end)s行，实到第%(number)s行（尾部被截或被改）", place))
    for seq in sorted(set(anchors) - set(range(number + 1))):
        yield Fault(seq, Sentence("已公布的第%(seq)s行不在（尾部被截）", {"seq": seq}))
    yield from _faults_of_papers(acts)
    for others in further:
        yield from others()


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
    except (Unreadable, ValueError):
        return False
    return isinstance(entry.facts, dict) and entry.facts.get("note") == (vault.commit(note) if note else None)


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
