"""Whether a notice holds together: what one table says must agree with the others."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from tipline.law.clocks import Clock
from tipline.law.entries import Raise, Rule, Term
from tipline.law.sanctions import OutcomeRules
from tipline.law.sources import Source, Validity
from tipline.law.table import MalformedNotice


class Dated(Protocol):
    """Anything that rests on a clause and is in force for a time."""

    @property
    def clause(self) -> str: ...

    @property
    def in_force(self) -> Validity: ...


def rules(listed: tuple[Rule, ...], clocks: Iterable[Clock], where: str) -> None:
    """The last rule fits everyone at all times, each names a known clock, none hides behind another's number."""
    if not listed or listed[-1].when or listed[-1].in_force != Validity():
        raise MalformedNotice("%(where)s：最后一条规则必须人人适用（when = {}，不设有效期），请补在末尾", where=where)
    known = {clock.id for clock in clocks}
    for rule in listed:
        if rule.clock not in known:
            raise MalformedNotice(
                "%(where)s：规则%(rule)s引用的时限“%(clock)s”不存在，请补上或改正",
                where=where,
                rule=rule.number,
                clock=rule.clock,
            )
    once([(rule.number, rule.in_force) for rule in listed], where)


def raises(listed: tuple[Raise, ...], where: str) -> None:
    """From every body the way leads upward and ends."""
    once([(step.body, Validity()) for step in listed], where)
    higher = {step.body: step.to for step in listed}
    for start in higher:
        passed, body = {start}, higher[start]
        while body in higher and body not in passed:
            passed.add(body)
            body = higher[body]
        if body in passed or higher[start].level < start.level:
            raise MalformedNotice("%(where)s：“%(body)s”的提级去向绕圈或降级，请改正", where=where, body=start)


def once(named: list[tuple[str, Validity]], where: str) -> None:
    """A name may come twice only where the one ends before the other begins."""
    for number, (name, span) in enumerate(named):
        if any(name == other and span.overlaps(earlier) for other, earlier in named[:number]):
            raise MalformedNotice("%(where)s：“%(name)s”写了两次且有效期重叠，请改名或改期", where=where, name=name)


def clauses(cited: Iterable[str], sources: Iterable[Source], where: str) -> None:
    """Every clause begins with the short name of a source that the file lists."""
    known = tuple(source.key for source in sources)
    for clause in cited:
        if not clause.startswith(known):
            raise MalformedNotice(
                "%(where)s：依据“%(clause)s”不以任何已列来源开头，请改正或在 [[source]] 补上来源",
                where=where,
                clause=clause,
            )


def in_force(dated: Iterable[Dated], sources: Iterable[Source], period: Validity, where: str) -> None:
    """Nothing rests on a source that was not yet, or is no longer, in force while it is applied itself."""
    spans = {source.key: source.in_force for source in sources}
    for entry in dated:
        source = spans[max((key for key in spans if entry.clause.startswith(key)), key=len)]
        since = max(filter(None, (entry.in_force.valid_from, period.valid_from)), default=None)
        too_early = since is not None and source.valid_from is not None and since < source.valid_from
        ends = entry.in_force.valid_to
        too_late = source.valid_to is not None and (ends is None or ends > source.valid_to)
        if too_early or too_late:
            raise MalformedNotice(
                "%(where)s：依据“%(clause)s”在所写有效期内并不全部施行，请改依据或改有效期",
                where=where,
                clause=entry.clause,
            )


def sanctions(outcomes: OutcomeRules, taxonomies: Mapping[str, tuple[Term, ...]], where: str) -> None:
    """Findings and sanctions that the rules on outcomes name are words of the notice's lists."""
    named = [("finding", rule.finding) for rule in outcomes.findings]
    named += [(effect.family.value, effect.sanction) for effect in outcomes.effects]
    named += [(limit.family.value, sanction) for limit in outcomes.limits for sanction in limit.only]
    for taxonomy, key in named:
        if key not in {term.key for term in taxonomies.get(taxonomy, ())}:
            raise MalformedNotice(
                "%(where)s：“%(key)s”不在分类“%(taxonomy)s”中，请改正或补上", where=where, key=key, taxonomy=taxonomy
            )
