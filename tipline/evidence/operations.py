"""What may be done to an exhibit. Operations never commit; the edge does, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tipline.evidence import queries
from tipline.evidence.lifecycle import TAKES_NOTHING
from tipline.evidence.models import Exhibit, ExhibitPart
from tipline.evidence.rules import FileType, clean_name
from tipline.kit.cabinet import MEGABYTE, Kept
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.identity import tidy
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.operations import SHORTEST_REASON
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer
from tipline.referrals.models import Referral


@dataclass(frozen=True)
class Received:
    """A file that has come in and was found to be what it says: the original, and its clean copy where there is one."""

    name: str
    filetype: FileType
    original: Kept
    clean_copy: Kept | None


@dataclass(frozen=True)
class Recording:
    """What is known of a recording that stays on the recorder's own disk."""

    number: str
    digest: str
    started_at: datetime
    seconds: int
    kept_at: str


@dataclass(frozen=True)
class Side:
    """Where an exhibit comes in: with the lead, or through the referral of the body that handles it."""

    lead: Lead
    referral: Referral | None = None

    @property
    def number(self) -> str:
        return (self.referral or self.lead).number

    @property
    def key(self) -> str:
        return (self.referral or self.lead).key


def attach(
    file: Received, side: Side, parts: Sequence[ImplicatedPerson], *, most_mb: int, by: Officer, at: datetime
) -> Exhibit:
    """Put a file with a lead. Raises NotNow for a lead that takes nothing any more, Incomplete when it is too much."""
    copy_size = file.clean_copy.size if file.clean_copy else 0
    if queries.weight(side.lead, side.referral) + file.original.size + copy_size > most_mb * MEGABYTE:
        raise Incomplete("本件的附件合计不能超过%(n)s MB，没有收下。请另用光盘或U盘移送，并登记存放位置。", n=most_mb)
    exhibit = _received(side, parts, by=by, at=at)
    exhibit.name = clean_name(file.name, file.filetype)
    exhibit.filetype, exhibit.size = file.filetype, file.original.size
    exhibit.digest = file.original.digest
    exhibit.file, exhibit.secret = file.original.name, file.original.secret
    if file.clean_copy:
        exhibit.copy_file, exhibit.copy_size = file.clean_copy.name, file.clean_copy.size
        exhibit.copy_digest, exhibit.copy_secret = file.clean_copy.digest, file.clean_copy.secret
    _enter(exhibit, Act.ATTACH_EVIDENCE, by=by, at=at)
    return exhibit


def note_recording(
    recording: Recording, side: Side, parts: Sequence[ImplicatedPerson], *, by: Officer, at: datetime
) -> Exhibit:
    """Write down which recording belongs to a lead and where it is kept; its sound stays there."""
    exhibit = _received(side, parts, by=by, at=at)
    exhibit.name, exhibit.digest = recording.number, recording.digest
    exhibit.started_at, exhibit.seconds = recording.started_at, recording.seconds
    exhibit.kept_at = recording.kept_at
    _enter(exhibit, Act.NOTE_RECORDING, by=by, at=at)
    return exhibit


def _received(side: Side, parts: Sequence[ImplicatedPerson], *, by: Officer, at: datetime) -> Exhibit:
    if side.lead.state in TAKES_NOTHING:
        raise NotNow("现在是“%(state)s”，不收材料。", state=side.lead.state)
    new = Exhibit(lead_id=side.lead.id, office_id=by.office_id, received_at=at, received_by_id=by.id)
    new.referral_id = side.referral.id if side.referral else None
    new.parts = [ExhibitPart(person_id=person.id) for person in parts]
    return new


def _enter(exhibit: Exhibit, act: Act, *, by: Officer, at: datetime) -> None:
    enact(act, exhibit, by=by, at=at, note=exhibit.digest)
    db.session.add(exhibit)
    db.session.flush()


def mark(exhibit: Exhibit, parts: Sequence[ImplicatedPerson], *, by: Officer, at: datetime) -> None:
    """Say with whose part the exhibit goes when bodies get only a part each."""
    _ours(exhibit, Act.MARK_EVIDENCE, by)
    if exhibit.referral_id is not None:
        raise NotNow("承办机关自己取得的材料，不随附其他部分。")
    told = ",".join(str(person.position + 1) for person in parts) or "-"
    enact(Act.MARK_EVIDENCE, exhibit, by=by, at=at, parts=told)
    kept = {part.person_id: part for part in exhibit.parts}
    exhibit.parts = [kept.get(person.id) or ExhibitPart(person_id=person.id) for person in parts]


def void(exhibit: Exhibit, *, reason: str, by: Officer, at: datetime) -> None:
    """Say that it is the wrong one. It stays where it is, and leaves only as original and with a reason."""
    _ours(exhibit, Act.VOID_EVIDENCE, by)
    enact(Act.VOID_EVIDENCE, exhibit, by=by, at=at, note=_reasoned(reason))


def _ours(exhibit: Exhibit, act: Act, by: Officer) -> None:
    if by.office_id != exhibit.office_id:
        raise NotPermitted("只有收到材料的单位才能%(act)s。", act=act)


def read(exhibit: Exhibit, *, by: Officer, at: datetime) -> None:
    """Write down that its page was looked at."""
    witness(Act.READ_EVIDENCE, exhibit, by=by, at=at)


def give_copy(exhibit: Exhibit, *, by: Officer, at: datetime) -> Kept:
    """Let the clean copy go out. Raises NotNow when there is none, or the exhibit is void."""
    if exhibit.state is not exhibit.life.after(None, Act.ATTACH_EVIDENCE):
        raise NotNow("材料已作废，只能说明理由调取原件。")
    if exhibit.clean_copy is None:
        raise NotNow("这种文件没有去除信息的副本，只能说明理由调取原件。")
    witness(Act.DOWNLOAD_EVIDENCE, exhibit, by=by, at=at, note=exhibit.copy_digest)
    return exhibit.clean_copy


def give_original(exhibit: Exhibit, *, reason: str, by: Officer, at: datetime) -> Kept:
    """Let the original go out, with all that it tells of device, place and author: for a reason."""
    if exhibit.original is None:
        raise NotNow("录音不在系统内，请到存放处调取。")
    witness(Act.DOWNLOAD_ORIGINAL, exhibit, by=by, at=at, note=_reasoned(reason))
    return exhibit.original


def verified(exhibit: Exhibit, *, whole: bool, by: Officer, at: datetime) -> None:
    """Write down that the file was read to its end and compared with its hash, and what came of it."""
    witness(Act.VERIFY_EVIDENCE, exhibit, by=by, at=at, whole="yes" if whole else "no")


def _reasoned(reason: str) -> str:
    text = tidy(reason)
    if len(text) < SHORTEST_REASON:
        raise Incomplete("请写明理由（至少6个字）。")
    return text
