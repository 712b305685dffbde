"""Two worlds, made by the same deeds: in the second there are leads besides that nobody of the walled may learn of.

What happens to a lead is played by the rehearsal's hands: every step by the first officer who really may.
"""

import itertools
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import make
from tests.publicity import at_work
from tipline.bundles import operations as bundles
from tipline.bundles.queries import readable
from tipline.bundles.rules import LinkKind
from tipline.clock.schedule import SCHEDULE, next_after
from tipline.eligibility.lifecycle import ReviewState as R
from tipline.interventions import operations as interventions
from tipline.kit import db as kit
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.leads import access, operations, queries, saved
from tipline.leads.call import ReporterSaid
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.letters import issuing
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import FileKind, OfficialLetter
from tipline.notes import operations as notes
from tipline.notes.models import Ring
from tipline.office import leaving, roster
from tipline.office import time as clock
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.outcomes import tolerance
from tipline.referrals import queries as referral_queries
from tipline.referrals.lifecycle import DONE, WITH_THE_BODY
from tipline.referrals.lifecycle import ReferralState as S
from tipline.referrals.models import Referral
from tipline.rehearsal import beside, deeds, exhibits, outcomes, petitions, triaging
from tipline.rehearsal import letters as letters_of_the_past
from tipline.replies import operations as replies
from tipline.supervision.models import SupervisedCase

NAME = "佘仁杰"
PHONE = "15400001234"
"""All callers, of open and of hidden leads, ring from here."""
HIDDEN = ("bureau_clerk", "bureau_deputy_head", "village_head", "stationed_group_officer", "district_mayor")
HOUSEHOLD = "鄂国栋"
"""Open and hidden leads are about the same household, and the town has screened it."""
BEFORE = make.NOON - timedelta(days=21)
"""When what is now closed began: it is drawn by lot after the end of May."""


@dataclass(frozen=True)
class Matter:
    """What is reported of whom, who takes the call, how far it goes; flags as in `rehearsal/stories.py`, and
    t for error tolerance that is asked for."""

    post: str
    by: str
    until: Labelled
    flags: str = ""


MATTERS = (
    Matter("village_party_secretary", "approver", S.FED_BACK, "nm"),
    Matter("village_accountant", "outside", S.CONCLUDED, "n"),
    Matter("village_head", "outside", S.IN_DISPOSITION, "ahjt"),
    Matter("village_head", "approver", S.CASE_FILED, "nmj"),
    Matter("village_head", "outside", S.HANDED_OVER, "n"),
    Matter("village_group_leader", "approver", S.RETURNED, "n"),
    Matter("village_head", "outside", S.SHELVED, "a"),
    Matter("recipient", "outside", R.DECIDED, "n"),
    Matter("recipient", "approver", R.SECOND_LOOK, "n"),
    Matter("village_head", "approver", S.PROPOSED, "nb"),
    Matter("village_head", "outside", S.PROPOSED, "nx"),
    Matter("village_head", "approver", S.PROPOSED, "ao"),
)
"""One in every room; what is hidden is told of the same posts, of the namesake, and of somebody of the bureau."""


def seed(step: str, monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """Chance of its own for every step, so that a step between two others moves neither."""
    chance = random.Random(step)
    monkeypatch.setattr(kit.secrets, "choice", chance.choice)
    monkeypatch.setattr(operations.secrets, "randbelow", chance.randrange)
    make._numbers = itertools.count(chance.randrange(1000))
    return chance


def people() -> dict[str, Officer]:
    """Those who must not learn of what is hidden; the bureau's are near to its own people, the others to the name."""
    kinds = {
        "named": make.officer(Role.LEDGER_KEEPER, name=NAME),
        "same sound": make.officer(Role.LEDGER_KEEPER, name="蛇人节"),
        "relative": make.officer(Role.DISTRICT_INSPECTOR, name="某亲属"),
        "superior": make.officer(Role.BUREAU_LEADER, name="某领导"),
        "colleague": make.officer(Role.OPERATOR, name="某接线"),
        "approver": make.officer(Role.LEDGER_KEEPER, name="某批办"),
        "system": make.officer(Role.SYSTEM_ADMIN, name="某系统"),
        "security": make.officer(Role.SECURITY_ADMIN, name="甘核实"),
        "inspector": make.officer(Role.TOWN_INSPECTOR, name=NAME),
        "clerk": make.officer(Role.TOWN_CLERK, name="某侄儿"),
    }
    make.kin(kinds["relative"], NAME)
    make.kin(kinds["clerk"], NAME)
    return kinds


def hands() -> dict[str, Officer]:
    """Those who may know of everything, and do it."""
    return {
        "outside": make.officer(Role.TOWN_CLERK, name="某镇员"),
        "other hand": make.officer(Role.TOWN_CLERK, name="某镇二"),
        "deputy": make.officer(Role.TOWN_DEPUTY, name="某副镇"),
        "leaver": make.officer(Role.TOWN_INSPECTOR, name="某离岗"),
        "mate": make.officer(Role.TOWN_INSPECTOR, name="某同事"),
        "stranger": make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU, name="某外镇"),
        "group": make.officer(Role.GROUP_INSPECTOR, name="某派驻"),
        "second": make.officer(Role.GROUP_INSPECTOR, name="某驻二"),
        "district": make.officer(Role.DISTRICT_INSPECTOR, name="某纪检"),
        "chief": make.officer(Role.DISTRICT_INSPECTOR, name="某主任"),
        "auditor": make.officer(Role.AUDITOR, name="某审计"),
    }


def build(
    app: Flask, monkeypatch: pytest.MonkeyPatch, *, hidden: bool, matters: tuple[Matter, ...] = MATTERS
) -> dict[str, str]:
    """A district in which things happen; in the second world something happens in between that is nobody's business."""
    monkeypatch.setattr(letters_of_the_past, "EVERY", 1)
    with app.app_context():
        seed("people", monkeypatch)
        who = hands() | people()
        at_work.screened(who["outside"], at_work.household(name=HOUSEHOLD), at=BEFORE)
        db.session.commit()
        for step, matter in enumerate(matters):
            for kept in (False, True)[: 1 + hidden]:
                draw = seed(f"matter {step} {kept}", monkeypatch)
                happen(matter, who, step, draw, kept=kept)
                db.session.commit()
        if matters is MATTERS:
            come_together(who, monkeypatch, hidden=hidden)
        return {kind: officer.login for kind, officer in who.items()}


def come_together(who: dict[str, Officer], monkeypatch: pytest.MonkeyPatch, *, hidden: bool) -> None:
    """Calls of the last day, of which some are one matter; closures are drawn by lot; somebody leaves."""
    for step in range(6):
        seed(f"open {step}", monkeypatch)
        by = who["colleague" if step % 2 else "outside"]
        make.lead("village_head", by=by, names=(f"某村{step}",), at=make.NOON + timedelta(minutes=step))
        for post in HIDDEN if hidden else ():
            seed(f"hidden {step} {post}", monkeypatch)
            tell(post, who["outside"], make.NOON, (NAME, NAME), narrative="低保 镇 村")
        db.session.commit()
    seed("views", monkeypatch)
    for kind in ("named", "superior", "clerk", "inspector"):
        saved.share(saved.save("没走的", {"left": "no"}, by=who[kind], at=make.NOON), by=who[kind], at=make.NOON)
    seed("bundles", monkeypatch)
    bundle(who["approver"])
    if hidden:
        seed("hidden bundles", monkeypatch)
        bundle_hidden(who["outside"])
    deeds.sample(make.NOON, seed("lot", monkeypatch))
    leaving.start(who["leaver"], by=who["system"], at=make.NOON)
    db.session.commit()


def tell(post: str, by: Officer, at: datetime, names: tuple[str, ...], **said: Any) -> Lead:
    """A call; one that is to be hidden names somebody of the bureau too, so that all of it are behind its wall."""
    near = (post,) if post.startswith(("bureau", "stationed")) or len(names) == 1 else (post, "bureau_clerk")
    return make.lead(*near, by=by, at=at, names=names, household=HOUSEHOLD, place_code=at_work.VILLAGE, **said)


def happen(matter: Matter, who: dict[str, Officer], step: int, draw: random.Random, *, kept: bool) -> None:
    """One matter from the call to where it stands now."""
    by = who["outside" if kept else matter.by]
    at, flags = BEFORE + timedelta(hours=step), matter.flags
    said: dict[str, Any] = {"named": "n" in flags, "problems": () if matter.post == "recipient" else ("nepotism",)}
    said |= {"media": "m" in flags, "amount_fen": 120_000, "received_at": at}
    if "n" in flags:
        said["reporter"] = ReporterSaid(name=f"某反映{step}", phone=PHONE)
    lead = tell(matter.post, by, at, (NAME, NAME) if kept else (f"某人{step}",), **said)
    operations.give_code(lead, f"{step} {kept}")
    exhibits.bring(lead, ("ghost", "fee", "kin")[step % 3], by=by, at=at)
    notes.write(lead, Ring.INTERNAL, "先看看去年的账。", by=by, at=at)
    notes.watch(lead, by=by, at=at)
    for number, act in enumerate(next((triaging.ROADS[flag] for flag in flags if flag in triaging.ROADS), ())):
        triaging.do(act, lead, at=at + timedelta(days=number + 1))
    for referral in make.referrals(lead):
        go_on(referral, matter, at, draw)
    for review in petitions.of_lead(lead.id):
        for number, act in enumerate(petitions.ROADS.get(matter.until, ())):
            petitions.do(act, review, at=at + timedelta(days=number + 1), draw=draw)
    for case in db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)):
        for day in (2, 5, 9):
            deeds.supervise(case, at=at + timedelta(days=day))


def go_on(referral: Referral, matter: Matter, at: datetime, draw: random.Random) -> None:
    """The road of one referral, and what goes on beside it in its body."""
    for number, act in enumerate(deeds.ROADS.get(matter.until, ())):
        deeds.do(act, referral, at=at + timedelta(days=number + 1), draw=draw)
    later = at + timedelta(days=14)
    beside.ask(matter.flags, referral, later)
    by = worker_on(referral)
    if by is None or referral.state not in WITH_THE_BODY:
        return
    for letter in db.session.scalars(
        select(OfficialLetter).filter_by(referral_id=referral.id, state=LetterStage.ISSUED)
    ):
        issuing.print_copy(letter, FileKind.DOCX, by=by, at=later)
    told = interventions.Said("某打听", "村民", "by_phone", day_of(later), "问办到哪一步了。")
    interventions.record(referral, told, by=by, at=later)
    notes.write(referral, Ring.BUREAU, "请把台账复印件一并送来。", by=by, at=later)
    if not referral.lead.named:
        replies.write_word(referral, "请补充户主的姓名。", by=by, at=later)
        replies.take_addition(referral.lead, "户主姓张。", by=referral.lead.registered_by, at=later)
    if referral.state in DONE:
        replies.note_objection(referral, "金额不对。", new_evidence=False, by=by, at=later)
    if "t" in matter.flags:
        tolerance.propose(referral, facts="先发放、后核对。", answers=outcomes.ANSWERS, by=by, at=later)


def worker_on(referral: Referral) -> Officer | None:
    """The first officer of the body that has it who may know of it."""
    for officer in roster.officers():
        seen = referral_queries.visible_to(officer).where(Referral.id == referral.id)
        if referral_queries.is_handled_by(officer, referral) and db.session.scalar(seen) is not None:
            return officer
    return None


def bundle(by: Officer) -> None:
    """In both worlds the first calls are one matter, and hang together with a later one."""
    later = make.NOON + timedelta(minutes=30)
    third, second, first = db.session.scalars(readable(by, later).limit(3))
    bundles.bundle(first, [second], reason="同一件事。", by=by, at=later)
    bundles.link(first, third, LinkKind.RELATED, reason="相关的事。", by=by, at=later)


def bundle_hidden(by: Officer) -> None:
    """Hidden leads are one matter among themselves: opened with a reason, for they have left."""
    later = make.NOON + timedelta(minutes=30)
    hidden = [lead for lead in db.session.scalars(queries.visible_to(by)) if lead.walled and lead.narrative_sealed]
    hidden = [lead for lead in hidden if lead.state is LeadState.REGISTERED]
    hidden = [lead for lead in hidden if access.listed_for(lead) == access.listed_for(hidden[0])][:3]
    assert len(hidden) == 3
    for lead in hidden:
        if not queries.may_read_content(by, lead, later):
            operations.open_content(lead, reason="比对是否重复反映。", by=by, at=later)
    bundles.bundle(hidden[2], hidden[1:2], reason="同一件事。", by=by, at=later)
    bundles.link(hidden[2], hidden[0], LinkKind.RELATED, reason="相关的事。", by=by, at=later)


def live_through(app: Flask, days: list[date], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock do all that it does on these days, in the order of the day."""
    for day in days:
        midnight = at_clock(day, datetime.min.time())
        for moment, name in sorted((next_after(name, midnight), name) for name in SCHEDULE):
            seed(f"{name} {day}", monkeypatch)
            monkeypatch.setattr(clock, "machine_now", lambda moment=moment: moment)
            with app.app_context():
                SCHEDULE[name].job(moment)
