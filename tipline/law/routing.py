"""Who investigates whom: the rules of the notice are tried in order, and the last fits everyone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from tipline.kit.words import Sentence
from tipline.law.bodies import Body, Level, Secrecy, TransferKind
from tipline.law.entries import Note, Rule
from tipline.law.explaining import Rejected, UsedFact, rejected, sentence, used_facts
from tipline.law.facts import PersonFacts, fits
from tipline.law.notice import Notice
from tipline.law.sources import Mark

Named = tuple[PersonFacts, frozenset[Body], frozenset[Body]]
"""A person, and the bodies that come into conflict: their own, and those they are host to."""

JOINT_LEVELS = (Level.TOWN, Level.STATIONED)
"""Bodies on these levels have only the next higher one in common."""


@dataclass(frozen=True)
class Decision:
    """Where one person's part goes, and why. A proposal: a leader approves it before it leaves."""

    rule: str
    body: Body
    secrecy: Secrecy
    copy_to: tuple[Body, ...]
    copy_stub: bool
    """The copy says only that something was received, never what."""
    via: Body | None
    """The body through which it travels to `body`."""
    transfer: TransferKind
    clock: str
    ask_back: bool
    """Hold it and ask back once before it is sent."""
    propose_supervision: bool
    eligibility_review: bool
    """The bureau examines the household's entitlement at the same time."""
    basis: str
    mark: Mark
    raised_from: tuple[Body, ...]
    """The bodies that were passed over because they are in conflict."""
    notes: tuple[Note, ...]
    conflicts: frozenset[Body]
    """Every body that may not handle this person's part."""
    facts: PersonFacts
    chosen: Rule
    tried: tuple[Rule, ...]
    """The rules before it, none of which fits."""

    @property
    def sealed(self) -> bool:
        """Visible only to officers who are named for it."""
        return self.secrecy >= Secrecy.SEALED

    @property
    def stub_only(self) -> bool:
        """Nothing of the content may be kept: number, dates, form, courier, receipt."""
        return self.secrecy is Secrecy.STUB_ONLY

    @property
    def sentence(self) -> Sentence:
        """The rule, its clause, the facts and the body, in one sentence fit for the screen."""
        return sentence(self.chosen, self.body, self.raised_from)

    @property
    def used(self) -> tuple[UsedFact, ...]:
        """The facts the decision rests on."""
        return used_facts(self.chosen, self.facts)

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rules that come first and do not fit, each with the reason."""
        return tuple(rejected(rule, self.facts) for rule in self.tried)


def route(facts: PersonFacts, notice: Notice, on: date) -> Decision:
    """Where this person's part goes under the rules in force on that day."""
    rules = notice.rules_on(on)
    place = _first_fitting(rules, facts)
    rule = rules[place]
    own, host = implicated_bodies(facts, notice)
    silent, blocked = facts.conflicts | own, facts.conflicts | facts.host_conflicts | own | host
    body, raised_from = _raised(rule.body, blocked, notice)
    return Decision(
        rule=rule.number,
        body=body,
        secrecy=_secrecy(rule, bool(raised_from)),
        copy_to=tuple(copy for copy in rule.copy_to if copy not in silent | {body} and _may_hear(copy, rule, blocked)),
        copy_stub=rule.copy_stub,
        via=rule.via if rule.via not in blocked and body is rule.body else None,
        transfer=rule.transfer,
        clock=rule.clock,
        ask_back=rule.ask_back,
        propose_supervision=rule.propose_supervision,
        eligibility_review=rule.eligibility_review,
        basis=rule.clause,
        mark=rule.mark,
        raised_from=raised_from,
        notes=tuple(note for note in notice.notes_on(on) if fits(note.when, facts)),
        conflicts=blocked,
        facts=facts,
        chosen=rule,
        tried=rules[:place],
    )


def route_lead(persons: Sequence[PersonFacts], notice: Notice, on: date) -> tuple[Decision, ...]:
    """Every person of one lead, each routed with regard to the bodies the others bring into conflict."""
    named = [(person, *implicated_bodies(person, notice)) for person in persons]
    return tuple(route(_among(person, named), notice, on) for person in persons)


def implicated_bodies(facts: PersonFacts, notice: Notice) -> tuple[frozenset[Body], frozenset[Body]]:
    """The bodies in conflict once this person is named: those of their own, those they are host to."""
    fitting = [rule for rule in notice.conflicts if fits(rule.when, facts)]
    own = frozenset(body for rule in fitting for body in rule.own)
    return own, frozenset(body for rule in fitting for body in rule.host) - own


def lead_body(decisions: Iterable[Decision], notice: Notice) -> Body:
    """Who carries the whole original: the highest body, never one that is in conflict.

    Several bodies below the district have only the district in common and join there. A lead that
    names nobody stays with the bureau.
    """
    all_of_them = tuple(decisions)
    blocked = frozenset(body for decision in all_of_them for body in decision.conflicts)
    highest = max((decision.body for decision in all_of_them), key=_rank, default=Body.CIVIL_AFFAIRS_BUREAU)
    if highest.level in JOINT_LEVELS and len(_seats(all_of_them)) > 1:
        highest = notice.lead_level.joint_body
    return _raised(highest, blocked, notice)[0]


def strictest(decisions: Iterable[Decision]) -> Secrecy:
    """How closely the whole lead is kept: one sealed person seals it."""
    return max((decision.secrecy for decision in decisions), default=Secrecy.ORDINARY)


def may_redirect(from_body: Body, to_body: Body) -> bool:
    """Whether a proposal may be overridden so: only upward or sideways."""
    return to_body.level >= from_body.level


def _first_fitting(rules: Sequence[Rule], facts: PersonFacts) -> int:
    for place, rule in enumerate(rules):
        if fits(rule.when, facts):
            return place
    raise LookupError("no rule fits; a notice that was read from a file always has one")


def _among(person: PersonFacts, named: Iterable[Named]) -> PersonFacts:
    conflicts, hosts = person.conflicts, person.host_conflicts
    for other, own, host in named:
        reach = partial(_reaches, _same_town(person, other))
        conflicts |= frozenset(filter(reach, own | other.conflicts))
        hosts |= frozenset(filter(reach, host | other.host_conflicts))
    return replace(person, conflicts=conflicts, host_conflicts=hosts - conflicts)


def _reaches(same_town: bool, body: Body) -> bool:
    """A conflict in one town does not touch the bodies of another."""
    return same_town or not body.sits_in_a_town


def _same_town(one: PersonFacts, other: PersonFacts) -> bool:
    return not one.town or not other.town or one.town == other.town


def _raised(body: Body, blocked: frozenset[Body], notice: Notice) -> tuple[Body, tuple[Body, ...]]:
    higher = {step.body: step.to for step in notice.raises}
    passed: list[Body] = []
    while body in blocked and body in higher and body not in passed:
        passed.append(body)
        body = higher[body]
    return body, tuple(passed)


def _may_hear(copy: Body, rule: Rule, blocked: frozenset[Body]) -> bool:
    return rule.copy_stub or copy not in blocked


def _secrecy(rule: Rule, raised: bool) -> Secrecy:
    if rule.stub_only:
        return Secrecy.STUB_ONLY
    return Secrecy.SEALED if rule.sealed or raised else Secrecy.ORDINARY


def _rank(body: Body) -> tuple[int, str]:
    return body.level, body.value


def _seats(decisions: tuple[Decision, ...]) -> set[tuple[Body, str]]:
    """The offices that would share the lead; a town not told is taken for one already named."""
    seats = {_seat(decision) for decision in decisions if decision.body.level in JOINT_LEVELS}
    named = {house for house, town in seats if town}
    return {(house, town) for house, town in seats if town or house not in named}


def _seat(decision: Decision) -> tuple[Body, str]:
    return _HOUSE.get(decision.body, decision.body), decision.facts.town if decision.body.sits_in_a_town else ""


_HOUSE = {Body.TOWN_SUPERVISION_OFFICE: Body.TOWN_DISCIPLINE_BODY}
"""The town's two discipline offices are one house."""
