"""A campaign's notice as data: read once from its file, typed, frozen, and known by its hash."""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from tipline.kit.errors import NotFound
from tipline.kit.words import Bilingual
from tipline.law import checks, reading, reading_campaign
from tipline.law.campaign import Duty, LadderStep
from tipline.law.circulars import CircularRules, Education, circular_rules
from tipline.law.clocks import Clock
from tipline.law.entries import (
    Colour,
    ConflictRule,
    LeadLevel,
    MajorTest,
    Note,
    OfficeHours,
    Post,
    Question,
    Raise,
    Retention,
    Rule,
    Sheet,
    Term,
)
from tipline.law.hotline import Hotline
from tipline.law.hotspots import HotspotRules, hotspot_rules
from tipline.law.inspection import InspectionRules, inspection_rules
from tipline.law.learning import ActionMeasure, Ground, LearningRules, learning_rules
from tipline.law.publicity import PublicityRules
from tipline.law.reading_hotline import hotline
from tipline.law.reading_publicity import publicity_rules
from tipline.law.reading_registers import registers
from tipline.law.reading_sanctions import outcome_rules
from tipline.law.reading_screening import screening_tables
from tipline.law.registers import Registers
from tipline.law.sanctions import OutcomeRules
from tipline.law.screening import ScreeningTables
from tipline.law.sources import Source, Validity
from tipline.law.table import MalformedNotice, Table

NOTICES = Path(__file__).with_name("notices")
TYPICAL_CASES = "typical_cases"
Named = TypeVar("Named", Term, Post, Duty, Retention, Sheet, Ground, ActionMeasure)


class Cited(Protocol):
    """Anything in the file that says where it comes from."""

    @property
    def clause(self) -> str: ...


class Keyed(Protocol):
    """Anything in the file that is looked up by its key."""

    @property
    def key(self) -> str: ...


@dataclass(frozen=True)
class Notice:
    """Everything the notice says, and what the bureau agreed on where it says nothing."""

    key: str
    number: str
    title: Bilingual
    issuer: Bilingual
    issued_on: date | None
    """None where no copy with the day has been seen; the number fixes the year."""
    period: Validity
    parent: str
    district: str
    places: tuple[str, ...]
    """Division codes of the towns addressed."""
    hours: OfficeHours
    sources: tuple[Source, ...]
    taxonomies: dict[str, tuple[Term, ...]]
    posts: tuple[Post, ...]
    script: tuple[Question, ...]
    rules: tuple[Rule, ...]
    conflicts: tuple[ConflictRule, ...]
    raises: tuple[Raise, ...]
    notes: tuple[Note, ...]
    lead_level: LeadLevel
    major: MajorTest
    clocks: tuple[Clock, ...]
    duties: tuple[Duty, ...]
    ladder: tuple[LadderStep, ...]
    colours: tuple[Colour, ...]
    retentions: tuple[Retention, ...]
    """How long files are kept: the first that fits."""
    sheets: tuple[Sheet, ...]
    outcomes: OutcomeRules
    """What may follow a finding."""
    screening: ScreeningTables
    """The tables in which the towns screen households."""
    publicity: PublicityRules
    """What hangs on the wall, and what may not."""
    hotline: Hotline
    """How published telephone numbers are tried."""
    registers: Registers
    """Filed relatives, and the lists that are compared with the tables."""
    inspection: InspectionRules
    """How the bureau inspects."""
    circular: CircularRules | None
    """How typical cases are circulated; None where they are not."""
    learning: LearningRules
    """How problems are summed up, and how towns answer for themselves."""
    hotspots: HotspotRules | None
    """When a month is unusual; None where that is not looked for."""
    digest: str
    """sha256 of the content; layout and comments do not change it."""

    @property
    def education(self) -> Education:
        """The words of warning education; a notice may have none."""
        return Education(self.taxonomies.get("education_audience", ()), self.taxonomies.get("education_form", ()))

    @property
    def typical_cases(self) -> Duty:
        """The monthly report of typical cases."""
        return self.duty(TYPICAL_CASES)

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """Every word of a taxonomy, in the order of the file."""
        try:
            return self.taxonomies[taxonomy]
        except KeyError:
            raise NotFound("文件里没有名为“%(key)s”的分类", key=taxonomy) from None

    def term(self, taxonomy: str, key: str) -> Term:
        """One word of a taxonomy."""
        return _find(self.terms(taxonomy), key)

    def channel(self, sort: str) -> str:
        """The key of the channel by which a `call`, or something `other`, comes in; the last where none is so."""
        channels = self.terms("channel")
        return next((term.key for term in channels if term.sort == sort), channels[-1].key)

    def post(self, key: str) -> Post:
        return _find(self.posts, key)

    def duty(self, key: str) -> Duty:
        return _find(self.duties, key)

    def retention(self, key: str) -> Retention:
        return _find(self.retentions, key)

    def ground(self, key: str) -> Ground:
        """Why a town is held to account."""
        return _find(self.learning.grounds, key)

    def action_measure(self, key: str) -> ActionMeasure:
        """In which way."""
        return _find(self.learning.measures, key)

    def sheet(self, key: str) -> Sheet:
        """A table the notice asks for, with its columns."""
        return _find(self.sheets, key)

    def clock(self, id: str, on: date | None = None) -> Clock:
        """The time limit of that name that is in force on the day; any day when none is given."""
        for clock in self.clocks:
            if clock.id == id and (on is None or clock.in_force.holds_on(on)):
                return clock
        raise NotFound("文件里没有编号为“%(key)s”的时限", key=id)

    def limit(self, starts: str, stops: str, on: date) -> Clock:
        """The time limit between two events that is in force on the day, whatever the notice calls it."""
        for clock in self.clocks_started_by(starts, on):
            if stops in clock.stops_on:
                return clock
        raise NotFound("文件里没有从“%(starts)s”到“%(stops)s”的时限", starts=starts, stops=stops)

    def clocks_started_by(self, act: str, on: date) -> tuple[Clock, ...]:
        """The time limits that begin to run with that act."""
        return tuple(clock for clock in self.clocks if act in clock.starts_on and clock.in_force.holds_on(on))

    def cited(self) -> Iterator[str]:
        """Every clause the file cites, in the order of the file."""
        groups: list[Iterable[Cited]] = [*self.taxonomies.values(), self.script, self.rules, self.conflicts]
        groups += [self.raises, self.notes, (self.lead_level,), (self.major,)]
        groups += [self.clocks, self.duties, self.ladder, self.colours, self.retentions, self.sheets]
        groups += [(self.inspection,), self.inspection.weights, (self.circular,) if self.circular else ()]
        groups += [(self.hotspots,) if self.hotspots else ()]
        groups += [(self.learning.summary,) if self.learning.summary else ()]
        groups += [self.learning.grounds, self.learning.measures]
        groups += [self.outcomes.findings, self.outcomes.dated(), self.screening.populations, self.screening.gates]
        groups += [(self.publicity,) if self.publicity.columns else (), self.publicity.bans]
        groups += [(self.hotline,)] if self.hotline.results else []
        groups += [self.registers.registers, (self.registers.kinship,) if self.registers.kinship else ()]
        yield from (entry.clause for entries in groups for entry in entries)

    def rules_on(self, day: date) -> tuple[Rule, ...]:
        """The routing rules in force on that day, in the order in which they are tried."""
        return tuple(rule for rule in self.rules if rule.in_force.holds_on(day))

    def notes_on(self, day: date) -> tuple[Note, ...]:
        """The remarks on persons in force on that day."""
        return tuple(note for note in self.notes if note.in_force.holds_on(day))


def load(path: Path) -> Notice:
    """The notice in that file; refuses with what is wrong, where, and what to do."""
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, where: str) -> Notice:
    """The notice in that text, as it is kept with every published edition."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedNotice("%(where)s：写法有误（%(error)s），请按提示的行改正", where=where, error=error) from None
    return _notice(Table(content, where), digest_of(content))


def digest_of(content: dict[str, object]) -> str:
    """sha256 over the content in one canonical spelling."""
    spelled = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(spelled.encode()).hexdigest()


def _notice(file: Table, digest: str) -> Notice:
    head = file.table("notice")
    sources, taxonomies = reading.sources(file), reading.taxonomies(file.table("terms"))
    tables = screening_tables(file, taxonomies)
    notice = Notice(
        key=head.text("key"),
        number=head.text("number"),
        title=head.bilingual("title"),
        issuer=head.bilingual("issuer"),
        issued_on=head.maybe_day("issued_on"),
        period=head.validity(),
        parent=head.text("parent"),
        district=head.text("district"),
        places=head.texts("places"),
        hours=reading.hours(file.table("office_hours")),
        sources=sources,
        taxonomies=taxonomies,
        posts=reading.posts(file),
        script=reading.script(file),
        rules=reading.rules(file),
        conflicts=reading.conflicts(file),
        raises=reading.raises(file),
        notes=reading.notes(file),
        lead_level=reading.lead_level(file.table("lead_level")),
        major=reading.major(file.table("major")),
        clocks=reading.clocks(file),
        duties=reading_campaign.duties(file),
        ladder=reading_campaign.ladder(file),
        colours=reading.colours(file),
        retentions=reading.retentions(file),
        sheets=reading.sheets(file),
        outcomes=outcome_rules(file),
        screening=tables,
        publicity=publicity_rules(file, tables),
        hotline=hotline(file, taxonomies),
        registers=registers(file, taxonomies),
        inspection=inspection_rules(file),
        circular=circular_rules(file),
        learning=learning_rules(file),
        hotspots=hotspot_rules(file),
        digest=digest,
    )
    head.done()
    file.done()
    _check(notice, file.where)
    return notice


def _check(notice: Notice, where: str) -> None:
    checks.rules(notice.rules, notice.clocks, where)
    checks.raises(notice.raises, where)
    checks.clauses(notice.cited(), notice.sources, where)
    dated = (*notice.rules, *notice.notes, *notice.clocks, *notice.outcomes.dated())
    checks.in_force(dated, notice.sources, notice.period, where)
    checks.once(list(notice.outcomes.named()), where)
    checks.sanctions(notice.outcomes, notice.taxonomies, where)
    checks.once([(clock.id, clock.in_force) for clock in notice.clocks], where)
    kinds: tuple[Iterable[Keyed], ...] = (notice.posts, notice.script, notice.duties)
    kinds += (notice.ladder, notice.retentions, notice.sheets)
    kinds += (notice.screening.populations, notice.screening.columns, notice.screening.gates)
    kinds += (notice.publicity.columns, notice.publicity.bans)
    kinds += (notice.hotline.results, notice.hotline.ring_backs)
    kinds += (notice.registers.registers, notice.registers.columns)
    kinds += (notice.learning.grounds, notice.learning.measures)
    for entries in (*notice.taxonomies.values(), *kinds):
        checks.once([(entry.key, Validity()) for entry in entries], where)
    for taxonomy in (notice.inspection.wrong, notice.inspection.style):
        notice.terms(taxonomy)
    for key in (TYPICAL_CASES, *(one.duty for one in notice.screening.populations if one.duty)):
        notice.duty(key)


def _find(entries: tuple[Named, ...], key: str) -> Named:
    for entry in entries:
        if entry.key == key:
            return entry
    raise NotFound("文件里没有名为“%(key)s”的项", key=key)
