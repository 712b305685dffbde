"""How the bureau inspects: what draws its eye to a town, what it looks for, how long a town has to put things right."""

from dataclasses import dataclass
from datetime import date

from tipline.law.sources import Mark
from tipline.law.table import Table


@dataclass(frozen=True)
class Weight:
    """How much one signal counts in a town's attention score, R-22."""

    signal: str
    """Name under which a room answers; see `office/signals.py`."""
    points: int
    clause: str
    mark: Mark


@dataclass(frozen=True)
class InspectionRules:
    """What the notice and the bureau agreed on for inspections, R-21 to R-24."""

    wrong: str
    """The taxonomy of what is found wrong with a household."""
    style: str
    """The taxonomy that holds the problems of work style, in the group of `style_group`."""
    style_group: str
    population: str
    """The screening table whose households are visited; empty where the notice screens none."""
    rectify_days: int
    """Working days for putting a finding right."""
    idle_days: int
    """Working days after which a finding needs a demand, or a reason for none."""
    villages_by_lot: int
    """How many villages are drawn for one inspection unless somebody says otherwise."""
    ends_on: date | None
    """By then every town should have been visited."""
    last_call_days: int
    """So many days before it, whoever plans inspections is told of the towns that were not."""
    weights: tuple[Weight, ...]
    clause: str
    mark: Mark


def inspection_rules(file: Table) -> InspectionRules:
    """From the notice's file."""
    head = file.table("inspection")
    rules = InspectionRules(
        wrong=head.text("wrong"),
        style=head.text("style"),
        style_group=head.text("style_group"),
        population=head.maybe_text("population"),
        rectify_days=head.number("rectify_days"),
        idle_days=head.number("idle_days"),
        villages_by_lot=head.number("villages_by_lot"),
        ends_on=head.maybe_day("ends_on"),
        last_call_days=head.maybe_number("last_call_days") or 0,
        weights=tuple(_weight(row) for row in head.rows("weight")),
        clause=head.text("clause"),
        mark=head.choice("mark", Mark),
    )
    head.done()
    return rules


def _weight(row: Table) -> Weight:
    weight = Weight(row.text("signal"), row.number("points"), row.text("clause"), row.choice("mark", Mark))
    row.done()
    return weight
