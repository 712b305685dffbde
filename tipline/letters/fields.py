"""What a letter takes from the record: gathered by one provider for each kind of paper, or listed as missing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tipline.handling.models import Extension
from tipline.handling.queries import extensions_to_tell
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence, in_chinese
from tipline.law.clocks import Due
from tipline.leads import queries as ledger
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.letters.kinds import About, LetterKind, Occasion, Reader, occasion
from tipline.letters.wording import REPORTER, blank
from tipline.office.models import Office, Officer
from tipline.referrals import queries as referrals
from tipline.referrals import reckoning
from tipline.referrals.models import Referral
from tipline.supervision.models import SupervisedCase
from tipline.triage import queries as triage

Subject = Referral | SupervisedCase | Lead

ON_REFERRAL = ("referrals.show", Sentence("在办理页登记"))
ON_LEAD = ("leads.show", Sentence("在线索页查看或说明理由调阅后补写"))
ON_CASE = ("supervision.show", Sentence("在督办页登记"))
DIVISION = "干部管理权限和职责分工"
"""What a letter rests on where the rule is a convention of the office: that is never printed as law."""
HERE = (None, Sentence("在文稿里填写"))


@dataclass(frozen=True)
class Missing:
    """Something a letter lacks, and where it is to be filled in."""

    label: str
    where: Sentence
    endpoint: str | None = None
    key: str | None = None


@dataclass
class Fields:
    """What the template of a letter is filled with; what the record does not tell is marked and listed."""

    values: dict[str, str] = field(default_factory=dict)
    missing: dict[str, Missing] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    """What the record tells, by the label under which it would be missing."""

    def put(
        self, name: str, label: str, value: str | None, at: tuple[str | None, Sentence] = HERE, key: str | None = None
    ) -> None:
        """One field: its value, or a mark in the text and a line in the list of what is missing."""
        self.values[name] = value or blank(label)
        if value:
            self.known[label] = value
        else:
            self.missing[label] = Missing(label, at[1], at[0], key if at[0] else None)


def gather(kind: LetterKind, subject: Subject, officer: Officer, at: datetime) -> Fields:
    """Everything the letter of this kind takes from this paper, as far as the officer may read it."""
    found = Fields()
    found.put("issuer", "发文机关", officer.office.name)
    found.values["reporter"] = REPORTER
    if isinstance(subject, Referral):
        _of_referral(found, kind, subject, officer, at)
    elif isinstance(subject, SupervisedCase):
        _of_case(found, subject)
    else:
        _of_lead(found, subject)
    office = addressee_of(subject, occasion_of(kind, subject))
    found.put("to", "主送机关", office.name if office else REPORTER if goes_to_reporter(kind, subject) else None)
    return found


def about_of(subject: Subject) -> About:
    """The kind of paper."""
    if isinstance(subject, Referral):
        return About.REFERRAL
    return About.CASE if isinstance(subject, SupervisedCase) else About.LEAD


def occasion_of(kind: LetterKind, subject: Subject) -> Occasion | None:
    """When this kind of letter makes sense about this paper."""
    return occasion(kind, about_of(subject))


def goes_to_reporter(kind: LetterKind, subject: Subject) -> bool:
    """Whether it is addressed to whoever reported."""
    found = occasion_of(kind, subject)
    return found is not None and found.reader is Reader.REPORTER


def addressee_of(subject: Subject, found: Occasion | None) -> Office | None:
    """The office of the roster it is addressed to; None for the reporter and for units that are not on it."""
    if found is None:
        return None
    if isinstance(subject, Referral):
        return {Reader.BODY: subject.to, Reader.SENDER: subject.from_office}.get(found.reader)
    if isinstance(subject, SupervisedCase) and found.reader is Reader.BODY:
        return subject.lead_office
    return None


def _of_referral(found: Fields, kind: LetterKind, referral: Referral, officer: Officer, at: datetime) -> None:
    lead = referral.lead
    inside = referrals.is_handled_by(officer, referral)
    reads = inside or ledger.may_read_content(officer, lead, at)
    found.put("number", "编号", referral.number)
    found.put("received_on", "收到日期", said_day(day_of(lead.received_at)))
    rule = reckoning.rule_of(referral)
    found.put("basis", "移送依据", one_line(rule.clause.replace(" ", "")) if rule.is_law else DIVISION)
    found.put("sender", "登记单位", referral.from_office.name)
    found.put("handed_over_on", "移送日期", said_moment(referral.handed_over_at), ON_REFERRAL, referral.key)
    found.put("signed_for_on", "签收日期", said_moment(referral.signed_for_at), ON_REFERRAL, referral.key)
    longer = _longer(referral) if kind is LetterKind.EXTENSION else None
    due_on = longer.before_on if longer else first_due(referral)
    found.put("due_on", "办理期限", said_day(due_on), ON_REFERRAL, referral.key)
    found.put("new_due_on", "延长后的期限", said_day(longer.after_on) if longer else None)
    found.put("cause", "退回原因", None)
    found.put("unit", "被澄清人所在单位", None)
    found.put("person", "被反映人姓名和职务", person_of(referral.person) if reads else None, ON_LEAD, lead.key)
    found.put("matter", "反映的主要问题", _matter(referral, reads), ON_LEAD, lead.key)
    found.put("finding", "查办结论", _finding(referral), ON_REFERRAL, referral.key)
    found.put("result", "查办结果", referral.result if inside else None, ON_REFERRAL, referral.key)


def _matter(referral: Referral, reads: bool) -> str | None:
    """The whole narrative only where the whole goes; a part tells this person's part and nobody else's."""
    if not reads:
        return None
    whole = referral.whole and referral.lead.narrative
    return one_line(whole or referral.person.allegation)


def _of_case(found: Fields, case: SupervisedCase) -> None:
    found.put("number", "编号", case.number)
    found.put("lead_number", "线索编号", case.lead.number)
    found.put("received_on", "收到日期", said_day(day_of(case.lead.received_at)))
    found.put("opened_on", "批准督办日期", said_moment(case.opened_at), ON_CASE, case.key)
    found.put("handed_over_on", "移送日期", said_moment(case.opened_at), ON_CASE, case.key)
    found.put("requirement", "督办要求", one_line(case.requirement), ON_CASE, case.key)
    found.put("due_on", "报送结果期限", said_day(case.due_on), ON_CASE, case.key)


def _of_lead(found: Fields, lead: Lead) -> None:
    found.put("number", "编号", lead.number)
    found.put("received_on", "收到日期", said_day(day_of(lead.received_at)))
    refusal = triage.refusal_of(lead)
    reason = lead.rules.term("not_accepted_reason", refusal.reason) if refusal else None
    found.put("cause", "不予受理的理由", f"您反映的情况{reason.name.zh}" if reason else None, ON_LEAD, lead.key)
    found.put(
        "basis", "不予受理的依据", one_line(reason.clause.replace(" ", "")) if reason and reason.mark.is_law else None
    )


def person_of(person: ImplicatedPerson) -> str | None:
    """Name and post of the person, as the notice's register calls it."""
    posts = {post.key: post.name.zh for post in person.lead.rules.posts}
    post = posts.get(person.post or "") or person.post_text
    return "，".join(part for part in (person.name, post) if part) or None


def first_due(referral: Referral) -> date | None:
    """The day of the clock that runs out first."""
    running = [clock for clock in reckoning.clocks(referral) if not clock.stopped]
    dues: list[Due] = sorted((clock.due for clock in running), key=lambda due: due.on)
    return dues[0].on if dues else None


def _longer(referral: Referral) -> Extension | None:
    """The longer time that the named reporter must hear of."""
    return db.session.scalars(extensions_to_tell().where(Referral.id == referral.id).limit(1)).first()


def _finding(referral: Referral) -> str | None:
    return in_chinese(referral.lead.rules.term("finding", referral.finding).name) if referral.finding else None


def said_day(day: date | None) -> str | None:
    """A day as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else None


def said_moment(moment: datetime | None) -> str | None:
    return said_day(day_of(moment)) if moment else None


def one_line(text: str | None) -> str | None:
    """Words that somebody wrote in lines of their own, as one paragraph of a letter."""
    return "".join(line.strip() for line in text.splitlines()) if text else None
