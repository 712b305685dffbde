"""Whether a draw is what its published seed makes of its closures: done again, and compared with the trail."""

from collections.abc import Iterator

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Entry
from tipline.referrals.models import Referral
from tipline.sampling import queries, rules
from tipline.sampling.lifecycle import DrawState
from tipline.sampling.models import SampledClosure, SampleDraw


def faults(draw: SampleDraw) -> Iterator[Sentence]:
    """Everything about a draw that does not agree with its seed, its closures, or the trail."""
    if _facts(draw, Act.PUBLISH_SEED).get("seed") != draw.seed:
        yield Sentence("%(number)s：种子与公布时不一致", {"number": draw.number})
    if draw.state is not DrawState.DRAWN:
        return
    lot = rules.draw(draw.seed, draw.population, draw.size)
    told = _facts(draw, Act.DRAW_SAMPLE)
    if {lot.digest} != {draw.digest, told.get("digest")}:
        yield Sentence("%(number)s：抽样范围与抽取时不一致", {"number": draw.number})
    if {lot.cutoff} != {draw.cutoff, told.get("cutoff")}:
        yield Sentence("%(number)s：界线与种子算出的不一致", {"number": draw.number})
    if set(lot.keys) != _drawn(draw):
        yield Sentence("%(number)s：样本与种子算出的不一致", {"number": draw.number})
    if not _were_closed(draw):
        yield Sentence("%(number)s：抽样范围中有不属于这段时间办结的件", {"number": draw.number})


def _facts(draw: SampleDraw, act: Act) -> dict[str, str]:
    query = select(Entry.facts).where(Entry.paper == draw.ref, Entry.act == act).order_by(Entry.seq)
    return db.session.scalar(query.limit(1)) or {}


def _drawn(draw: SampleDraw) -> set[str]:
    query = select(Referral.key).join(SampledClosure, SampledClosure.referral_id == Referral.id)
    return set(db.session.scalars(query.where(SampledClosure.draw_id == draw.id)))


def _were_closed(draw: SampleDraw) -> bool:
    found = list(db.session.scalars(select(Referral).where(Referral.key.in_(draw.population))))
    return len(found) == len(draw.population) and all(
        queries.concluded_within(referral, draw.since, draw.until) for referral in found
    )
