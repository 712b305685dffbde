"""From the tables of a notice file to the classes of `entries`: one function for each kind of table."""

from datetime import time
from typing import TypeVar

from tipline.law.bodies import (
    Body,
    ManagingAuthority,
    Membership,
    OrganisationLevel,
    PersonKind,
    RankClass,
    SupervisionObject,
    TransferKind,
    Unit,
)
from tipline.law.clocks import Clock, ClockUnit, Extension
from tipline.law.entries import (
    Colour,
    Column,
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
    Warned,
)
from tipline.law.facts import MATCHABLE, Condition, FactValue
from tipline.law.sources import Mark, Source
from tipline.law.table import MalformedNotice, Table

E = TypeVar("E")


def sources(file: Table) -> tuple[Source, ...]:
    return tuple(closed(row, Source(row.text("key"), row.bilingual(), row.validity())) for row in file.rows("source"))


def hours(table: Table) -> OfficeHours:
    opens, closes = _clock_time(table, "opens"), _clock_time(table, "closes")
    return closed(table, OfficeHours(opens, closes, table.choice("mark", Mark)))


def taxonomies(table: Table) -> dict[str, tuple[Term, ...]]:
    return {name: tuple(_term(row) for row in table.rows(name)) for name in table.names()}


def posts(file: Table) -> tuple[Post, ...]:
    return tuple(_post(row) for row in file.rows("post"))


def script(file: Table) -> tuple[Question, ...]:
    return tuple(_question(row) for row in file.rows("question"))


def rules(file: Table) -> tuple[Rule, ...]:
    return tuple(_rule(row) for row in file.rows("rule"))


def conflicts(file: Table) -> tuple[ConflictRule, ...]:
    return tuple(
        closed(
            row,
            ConflictRule(
                condition(row),
                frozenset(row.choices("own", Body)),
                frozenset(row.choices("host", Body)),
                row.text("clause"),
                row.choice("mark", Mark),
            ),
        )
        for row in file.rows("conflict")
    )


def raises(file: Table) -> tuple[Raise, ...]:
    return tuple(
        closed(
            row, Raise(row.choice("body", Body), row.choice("to", Body), row.text("clause"), row.choice("mark", Mark))
        )
        for row in file.rows("raise")
    )


def notes(file: Table) -> tuple[Note, ...]:
    return tuple(
        closed(
            row,
            Note(
                row.text("key"),
                condition(row),
                row.bilingual(),
                row.text("clause"),
                row.choice("mark", Mark),
                row.validity(),
            ),
        )
        for row in file.rows("note")
    )


def lead_level(table: Table) -> LeadLevel:
    return closed(table, LeadLevel(table.choice("joint_body", Body), table.text("clause"), table.choice("mark", Mark)))


def major(table: Table) -> MajorTest:
    return closed(
        table,
        MajorTest(
            amount_fen=table.number("amount_yuan") * 100,
            officials=table.number("officials"),
            managed_by=frozenset(table.choices("managed_by", ManagingAuthority)),
            not_officials=frozenset(table.choices("not_officials", PersonKind)),
            clause=table.text("clause"),
            mark=table.choice("mark", Mark),
        ),
    )


def clocks(file: Table) -> tuple[Clock, ...]:
    return tuple(_clock(row) for row in file.rows("clock"))


def colours(file: Table) -> tuple[Colour, ...]:
    return tuple(
        closed(
            row,
            Colour(
                key=row.text("key"),
                name=row.bilingual(),
                state=row.text("state"),
                months=row.number("months"),
                action=row.bilingual("action"),
                to=row.choice("to", Warned),
                clause=row.text("clause"),
                mark=row.choice("mark", Mark),
            ),
        )
        for row in file.rows("colour")
    )


def retentions(file: Table) -> tuple[Retention, ...]:
    return tuple(
        closed(
            row,
            Retention(
                key=row.text("key"),
                name=row.bilingual(),
                leader_instruction=row.maybe_flag("leader_instruction"),
                result=row.maybe_flag("result"),
                clause=row.text("clause"),
                mark=row.choice("mark", Mark),
            ),
        )
        for row in file.rows("retention")
    )


def sheets(file: Table) -> tuple[Sheet, ...]:
    return tuple(
        closed(
            row,
            Sheet(
                row.text("key"),
                row.bilingual(),
                tuple(_column(column) for column in row.rows("columns")),
                row.text("clause"),
                row.choice("mark", Mark),
            ),
        )
        for row in file.rows("sheet")
    )


def condition(row: Table) -> Condition:
    """`when = {fact = value or list of values}`; an empty one fits everyone."""
    asked = row.raw("when")
    if not isinstance(asked, dict):
        raise MalformedNotice("%(where)s：“when”应写成 {名目 = 值} 的样子", where=row.where)
    return {name: _allowed(row, name, words) for name, words in asked.items()}


def _allowed(row: Table, name: str, words: object) -> frozenset[FactValue]:
    if name not in MATCHABLE:
        raise row.unknown("when", name, MATCHABLE)
    kind, listed = MATCHABLE[name], words if isinstance(words, list) else [words]
    if kind is bool:
        if not all(isinstance(word, bool) for word in listed):
            raise MalformedNotice("%(where)s：“when”里的“%(key)s”只能是 true 或 false", where=row.where, key=name)
        return frozenset(listed)
    return frozenset(row.member(name, word, kind) for word in listed)


def _term(row: Table) -> Term:
    term = Term(row.text("key"), row.bilingual(), row.text("clause"), row.choice("mark", Mark), row.maybe_text("group"))
    return closed(row, term)


def _post(row: Table) -> Post:
    post = Post(
        key=row.text("key"),
        name=row.bilingual(),
        also=row.texts("also"),
        kind=row.choice("kind", PersonKind),
        managed_by=row.choice("managed_by", ManagingAuthority),
        supervision_object=row.choice("supervision_object", SupervisionObject),
        party_member=row.choice("party_member", Membership),
        rank_class=row.choice("rank_class", RankClass),
        unit=row.choice("unit", Unit),
        organisation_level=_or(row, "organisation_level", OrganisationLevel.NONE),
        deputy=row.flag("deputy"),
        former=row.flag("former"),
        entrusted=row.flag("entrusted"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, post)


def _question(row: Table) -> Question:
    question = Question(
        key=row.text("key"),
        name=row.bilingual(),
        asks_for=row.text("asks_for"),
        required=row.flag("required"),
        only_for=row.texts("only_for"),
        stop_on=row.texts("stop_on"),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, question)


def _rule(row: Table) -> Rule:
    rule = Rule(
        number=row.text("number"),
        row=row.text("row"),
        when=condition(row),
        body=row.choice("body", Body),
        sealed=row.flag("sealed"),
        stub_only=row.flag("stub_only"),
        ask_back=row.flag("ask_back"),
        propose_supervision=row.flag("propose_supervision"),
        eligibility_review=row.flag("eligibility_review"),
        transfer=row.choice("transfer", TransferKind),
        via=row.choice("via", Body) if row.has("via") else None,
        copy_to=row.choices("copy_to", Body),
        copy_stub=row.flag("copy_stub"),
        clock=row.text("clock"),
        reason=row.bilingual(),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
        in_force=row.validity(),
    )
    return closed(row, rule)


def _clock(row: Table) -> Clock:
    longer = row.table("extension") if row.has("extension") else None
    clock = Clock(
        id=row.text("id"),
        name=row.bilingual(),
        unit=row.choice("unit", ClockUnit),
        limit=row.number("limit"),
        roll=row.flag("roll"),
        starts_on=row.texts("starts_on"),
        stops_on=row.texts("stops_on"),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
        in_force=row.validity(),
        extension=_extension(longer) if longer else None,
    )
    return closed(row, clock)


def _extension(longer: Table) -> Extension:
    return closed(longer, Extension(longer.number("limit"), longer.bilingual(), longer.flag("tells_reporter")))


def _column(row: Table) -> Column:
    return closed(row, Column(row.text("key"), row.bilingual(), row.choice("mark", Mark)))


def _or(row: Table, key: str, default: OrganisationLevel) -> OrganisationLevel:
    return row.choice(key, OrganisationLevel) if row.has(key) else default


def _clock_time(table: Table, key: str) -> time:
    value = table.raw(key)
    if not isinstance(value, time):
        raise MalformedNotice("%(where)s：“%(key)s”应是钟点，如 08:30:00，不加引号", where=table.where, key=key)
    return value


def closed(row: Table, entry: E) -> E:
    """The entry, once it is sure that nothing in its table was left unread."""
    row.done()
    return entry
