"""From the tables of a notice file to what may follow a finding."""

from tipline.law.bodies import Body
from tipline.law.reading import closed, condition
from tipline.law.sanctions import (
    EffectPeriod,
    Family,
    FindingRule,
    FineLimit,
    OutcomeRules,
    SanctionLimit,
    SanctionRule,
)
from tipline.law.sources import Mark
from tipline.law.table import Table


def outcome_rules(file: Table) -> OutcomeRules:
    return OutcomeRules(
        findings=tuple(_finding(row) for row in file.rows("finding_rule")),
        effects=tuple(_effect(row) for row in file.rows("effect_period")),
        limits=tuple(_limit(row) for row in file.rows("sanction_limit")),
        rules=tuple(_rule(row) for row in file.rows("sanction_rule")),
        fines=tuple(_fine(row) for row in file.rows("fine_limit")),
    )


def _finding(row: Table) -> FindingRule:
    rule = FindingRule(
        finding=row.text("finding"),
        asks_form=row.flag("asks_form"),
        untrue=row.flag("untrue"),
        forbids=row.choices("forbids", Family),
        approval=row.choice("approval", Body) if row.has("approval") else None,
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, rule)


def _effect(row: Table) -> EffectPeriod:
    effect = EffectPeriod(
        family=row.choice("family", Family),
        sanction=row.text("sanction"),
        months=row.numbers("months"),
        name=row.bilingual(),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
        in_force=row.validity(),
    )
    return closed(row, effect)


def _limit(row: Table) -> SanctionLimit:
    limit = SanctionLimit(
        family=row.choice("family", Family),
        when=condition(row),
        only=row.texts("only"),
        name=row.bilingual(),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
        in_force=row.validity(),
    )
    return closed(row, limit)


def _rule(row: Table) -> SanctionRule:
    rule = SanctionRule(row.text("key"), row.bilingual(), row.text("clause"), row.choice("mark", Mark), row.validity())
    return closed(row, rule)


def _fine(row: Table) -> FineLimit:
    fine = FineLimit(
        row.number("least"), row.number("most"), row.text("clause"), row.choice("mark", Mark), row.validity()
    )
    return closed(row, fine)
