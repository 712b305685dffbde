"""From the tables of a notice file to what it says of postings."""

import re

from tipline.law.publicity import NOTHING, Ban, Gone, PostingColumn, PublicityRules, Sort
from tipline.law.reading import closed
from tipline.law.screening import Kind, ScreeningTables
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table


def publicity_rules(file: Table, tables: ScreeningTables) -> PublicityRules:
    """The rules; refuses a file whose posting does not fit its roster."""
    if not file.has("publicity"):
        return NOTHING
    table = file.table("publicity")
    population = table.text("population")
    if population not in {one.key for one in tables.populations}:
        raise table.unknown("population", population, [one.key for one in tables.populations])
    known = {column.key: column.kind for column in tables.columns_of(population)}
    rules = PublicityRules(
        population=population,
        title=table.bilingual("title"),
        minor_under=table.number("minor_under"),
        correct_within=table.number("correct_within"),
        gone=_gone(table.table("gone"), known) if table.has("gone") else None,
        columns=tuple(_column(row, known) for row in file.rows("posting_column")),
        bans=tuple(_ban(row) for row in file.rows("posting_ban")),
        clause=table.text("clause"),
        mark=table.choice("mark", Mark),
    )
    if [column.kind for column in rules.columns].count(Kind.NAME) != 1:
        raise MalformedNotice("%(where)s：公示应有且只有一列姓名，请改正", where=file.where)
    return closed(table, rules)


def _column(row: Table, known: dict[str, Kind]) -> PostingColumn:
    kind, of = row.choice("kind", Kind), row.maybe_text("of")
    if of and known.get(of) is not kind:
        raise row.unknown("of", of, [key for key, has in known.items() if has is kind])
    column = PostingColumn(
        key=row.text("key"),
        name=row.bilingual(),
        also=row.texts("also"),
        kind=kind,
        of=of,
        required=row.flag("required"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, column)


def _ban(row: Table) -> Ban:
    patterns = row.texts("patterns")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            raise MalformedNotice("%(where)s：“%(key)s”写法有误，请改正", where=row.where, key=pattern) from None
    ban = Ban(
        key=row.text("key"),
        name=row.bilingual(),
        sort=row.choice("sort", Sort),
        heads=row.texts("heads"),
        patterns=patterns,
        but=row.texts("but"),
        advice=row.bilingual("advice"),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, ban)


def _gone(table: Table, known: dict[str, Kind]) -> Gone:
    gone = Gone(table.text("column"), table.texts("values"), table.text("when"))
    for key in (gone.column, gone.when):
        if key not in known:
            raise table.unknown("column", key, known)
    return closed(table, gone)
