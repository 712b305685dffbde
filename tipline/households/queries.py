"""By what a paper tells its household, and which rows of the rooms below are held to be about the same one.

Every question begins with the room's own `visible_to(officer)` and with its own condition under which words are
open: whoever sees the shell of a lead only must not learn whom it names. The questions are the same, and as many,
whatever there is that the officer may not see.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tipline.eligibility import queries as petitions
from tipline.eligibility.models import EligibilityReview
from tipline.households.rules import Ground, Household, by_name, spellings
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.law.bodies import PersonKind
from tipline.leads import queries as ledger
from tipline.leads.entering import household_blind, name_blind
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.publicity import lists
from tipline.publicity import queries as publicity
from tipline.publicity.models import Posting
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.relatives import hits
from tipline.relatives import queries as registers
from tipline.relatives.models import RegisterEntry, RegisterHit
from tipline.relatives.operations import village_blind
from tipline.relatives.pages import head_of
from tipline.relatives.rules import in_village
from tipline.screening import queries as screening
from tipline.screening.models import ScreeningRecord

T = TypeVar("T")
MOST = 20
"""So many rows of a kind are shown."""
READ = 1000
"""So many rows of one village are compared."""


def of_lead(lead: Lead, person: ImplicatedPerson | None = None) -> Household:
    """The household of which a lead tells. Its reporter is never looked at."""
    reported = _reported(lead, person)
    village = (reported.village_code if reported else None) or lead.place_code
    village = village if village != lead.town_code else None
    return Household(spellings(head_in(lead, person)), village, lead.town_code)


def head_in(lead: Lead, person: ImplicatedPerson | None = None) -> str:
    """Its head: the person a petition is about, else the household that is named, else the only one reported."""
    reported = _reported(lead, person)
    return (reported.name or "") if reported else lead.household or ""


def _reported(lead: Lead, person: ImplicatedPerson | None) -> ImplicatedPerson | None:
    """The household as one of the persons of a lead."""
    people = [person] if person else [] if lead.household else lead.people
    found = [one for one in people if one.kind is PersonKind.HOUSEHOLD and one.name]
    return found[0] if len(found) == 1 else None


def of_review(review: EligibilityReview) -> Household:
    """The household of which a petition tells."""
    return of_lead(review.lead, review.person)


def of_record(record: ScreeningRecord, officer: Officer) -> Household:
    """The household of a screening row: by its number; by name only for whoever reads the name uncovered."""
    names = spellings(head_of(record)[0]) if screening.keeps(officer, record.office) else frozenset()
    return Household(names, record.place_code, record.office.place_code, record.identity_blind)


@dataclass(frozen=True)
class Search:
    """What is looked for, and for whom."""

    household: Household
    officer: Officer
    namesakes: bool = False
    """Whether several households of the village have this name."""
    through: bool = False
    """Whether the number was found by name and village."""

    def settled(self) -> "Search":
        """The same, once the village's tables were asked whose name it is."""
        numbers = {number for found in editions.each(lambda: set(self._numbers())) for number in found}
        numbers |= {self.household.identity} if self.household.identity else set()
        if len(numbers) > 1:
            return replace(self, namesakes=True)
        if self.household.identity is None and numbers:
            return replace(self, household=replace(self.household, identity=numbers.pop()), through=True)
        return self

    def _numbers(self) -> Iterator[str]:
        """The keyed marks of all numbers that stand beside this name in this village, in rows that the officer sees."""
        ours = self.household
        if ours.names and ours.village:
            seen = [*self._screened(), *(hit.record for hit in self._compared())]
            yield from (one.identity_blind for one in seen if self._known(one).names & ours.names)

    def ground(self, theirs: Household) -> Ground | None:
        """What a row's household has in common with ours. Two numbers that differ speak against a likeness of names."""
        ours, same_name = self.household, by_name(self.household, theirs)
        if ours.identity and theirs.identity:
            if ours.identity != theirs.identity:
                return None
            if not self.through:
                return Ground.IDENTITY
            return same_name if same_name is Ground.VILLAGE else Ground.THROUGH
        return Ground.NAMESAKES if self.namesakes and same_name is Ground.VILLAGE else same_name

    # --- by number, or by name and village

    def records(self) -> Iterator[tuple[ScreeningRecord, Ground]]:
        """Rows of the screening tables."""
        yield from self._same(self._screened(), self._known)

    def hits(self) -> Iterator[tuple[RegisterHit, Ground]]:
        """What the comparison found of such rows."""
        yield from self._same(self._compared(), lambda hit: self._known(hit.record))

    def entries(self) -> Iterator[tuple[RegisterEntry, Ground]]:
        """Filed relatives, and persons on lists: the head, or whoever lives in the household."""
        ours, numbers = self.household, (RegisterEntry.identity_blind, RegisterEntry.head_identity_blind)
        named = or_(RegisterEntry.namesake_blind.in_(self._marks), RegisterEntry.household_blind.in_(self._marks))
        ways = [number == ours.identity for number in numbers] if ours.identity else []
        rows = registers.visible_to(self.officer).where(or_(*ways, named), RegisterEntry.ended_on.is_(None))
        yield from self._same(
            db.session.scalars(rows.options(joinedload(RegisterEntry.office)).limit(MOST)), self._filed
        )

    def postings(self) -> Iterator[tuple[Posting, Ground]]:
        """What hangs in the village with this name, the latest first, for whoever reads its names in full."""
        rows = publicity.read_by_name(self.officer).where(Posting.place_code == self.household.village)
        rows = rows.options(selectinload(Posting.versions), joinedload(Posting.place)).order_by(None)
        latest = db.session.scalars(rows.order_by(Posting.first_on.desc(), Posting.id.desc()).limit(MOST))
        yield from self._same(latest, self._hanging)

    # --- by name and place alone: the ledger keeps no number of a household

    def leads(self, now: datetime) -> Iterator[tuple[Lead, Ground]]:
        """Leads whose words are open to the officer."""
        rows = ledger.visible_to(self.officer).where(ledger.content_open_to(self.officer, now), self._told())
        rows = rows.options(selectinload(Lead.people), joinedload(Lead.office))
        yield from self._same(db.session.scalars(rows.limit(MOST)), of_lead)

    def referrals(self, now: datetime) -> Iterator[tuple[Referral, Ground]]:
        """Referrals of such leads, and those that the officer's body handles with the whole narrative."""
        opened = ledger.content_open_to(self.officer, now), referrals.whole_words_open_to(self.officer)
        rows = referrals.visible_to(self.officer).where(or_(*opened), self._told())
        rows = rows.options(selectinload(Referral.lead, Lead.people))
        yield from self._same(db.session.scalars(rows.limit(MOST)), lambda one: of_lead(one.lead))

    def reviews(self) -> Iterator[tuple[EligibilityReview, Ground]]:
        """Petitions whose words the officer reads."""
        rows = petitions.visible_to(self.officer).where(petitions.words_open_to(self.officer), self._told())
        rows = rows.options(selectinload(EligibilityReview.lead, Lead.people), joinedload(EligibilityReview.person))
        yield from self._same(db.session.scalars(rows.limit(MOST)), of_review)

    # --- inside

    def _same(self, rows: Iterable[T], known: Callable[[T], Household]) -> Iterator[tuple[T, Ground]]:
        for row in rows:
            if ground := self.ground(known(row)):
                yield row, ground

    def _told(self) -> ColumnElement[bool]:
        """Leads of the town that name it: more than enough, `ground` decides."""
        names = self.household.names
        household = Lead.household_blind.in_([household_blind(name) for name in names])
        people = select(ImplicatedPerson.lead_id).where(
            ImplicatedPerson.kind == PersonKind.HOUSEHOLD,
            ImplicatedPerson.name_blind.in_([name_blind(name) for name in names]),
        )
        place = Lead.town_code == self.household.town
        return and_(Lead.state != LeadState.VOIDED, place, or_(household, Lead.id.in_(people)))

    def _screened(self) -> Iterable[ScreeningRecord]:
        rows = screening.visible_to(self.officer).where(self._on_roll()).options(joinedload(ScreeningRecord.office))
        return db.session.scalars(rows.limit(READ))

    def _compared(self) -> Iterable[RegisterHit]:
        if not self.officer.may(Act.READ_HITS):
            return ()
        return db.session.scalars(hits.listed(hits.visible_to(self.officer)).where(self._on_roll()).limit(READ))

    def _on_roll(self) -> ColumnElement[bool]:
        ours = self.household
        number = ScreeningRecord.identity_blind == ours.identity
        village = ScreeningRecord.place_code == ours.village
        return or_(false(), *([number] if ours.identity else []), *([village] if ours.names and ours.village else []))

    @property
    def _marks(self) -> list[str]:
        marks = (village_blind(in_village(name, self.household.village)) for name in self.household.names)
        return [mark for mark in marks if mark]

    def _known(self, record: ScreeningRecord) -> Household:
        """A row as it is compared; a name is opened only in the village that is asked for."""
        here = record.place_code is not None and record.place_code == self.household.village
        names = spellings(head_of(record)[0]) if here else frozenset[str]()
        return Household(names, record.place_code, identity=record.identity_blind)

    def _filed(self, entry: RegisterEntry) -> Household:
        ours = self.household
        number = next((one for one in (entry.head_identity_blind, entry.identity_blind) if one == ours.identity), None)
        named = {entry.namesake_blind, entry.household_blind} & set(self._marks)
        other = entry.head_identity_blind if ours.identity else None
        return Household(ours.names if named else frozenset(), entry.place_code, identity=number or other)

    def _hanging(self, posting: Posting) -> Household:
        """The names of a posting as it hangs now; nothing where its rules have no place for it any more."""
        rules = editions.notice().publicity
        try:
            rows = lists.posted(posting.latest.raw, rules).rows
        except Incomplete:
            return Household()
        names = {spelt for row in rows for spelt in spellings(row.said[rules.head.key])}
        return Household(frozenset(names), posting.place_code)
