"""From the tables of a notice file to its screening tables."""

from collections.abc import Iterable, Iterator, Mapping

from tipline.law.entries import Term
from tipline.law.reading import closed
from tipline.law.screening import Conclusion, Gate, Kind, Population, ScreeningColumn, ScreeningTables
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table

POPULATIONS = "screening_population"
ONE_OF_EACH = (Kind.NAME, Kind.IDENTITY, Kind.CONCLUSION)


def screening_tables(file: Table, taxonomies: Mapping[str, tuple[Term, ...]]) -> ScreeningTables:
    """The tables; refuses a file in which they would not fit together."""
    names = {term.key: term for term in taxonomies.get(POPULATIONS, ())}
    tables = ScreeningTables(
        populations=tuple(_population(row, names) for row in file.rows("populations")),
        columns=tuple(column(row, names) for row in file.rows("columns")),
        gates=tuple(_gate(row) for row in file.rows("gates")),
        steps=file.maybe_text("screening_steps"),
    )
    for fault in _faults(tables, taxonomies, file.where):
        raise fault
    return tables


def _population(row: Table, names: Mapping[str, Term]) -> Population:
    key = row.text("key")
    if key not in names:
        raise row.unknown("key", key, names)
    window = row.table("window") if row.has("window") else None
    only = row.table("only") if row.has("only") else None
    population = Population(
        key=key,
        name=names[key].name,
        annex=row.bilingual("annex"),
        title=row.bilingual("title"),
        window_column=window.text("column") if window else "",
        first=window.maybe_month("first") if window else None,
        last=window.maybe_month("last") if window else None,
        conclusions=tuple(closed(one, Conclusion(one.text("key"), one.bilingual())) for one in row.rows("conclusions")),
        only={name: only.texts(name) for name in only.names()} if only else {},
        granted=row.flag("granted"),
        duty=row.maybe_text("duty"),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    for inner in (window, only):
        if inner is not None:
            inner.done()
    return closed(row, population)


def column(row: Table, names: Iterable[str], tables: str = "populations") -> ScreeningColumn:
    """One column; `tables` is what the file calls the list of the tables that have it."""
    populations = row.texts(tables)
    required = row.texts("required")
    for key, allowed in [*((name, tuple(names)) for name in populations), *((name, populations) for name in required)]:
        if key not in allowed:
            raise row.unknown(tables if allowed is not populations else "required", key, allowed)
    read = ScreeningColumn(
        key=row.text("key"),
        name=row.bilingual(),
        also=row.texts("also"),
        kind=row.choice("kind", Kind),
        populations=populations,
        required=required,
        terms=row.maybe_text("terms"),
        most=row.maybe_number("most"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, read)


def _gate(row: Table) -> Gate:
    gate = Gate(
        key=row.text("key"),
        name=row.bilingual(),
        column=row.text("column"),
        values=row.texts("values"),
        since=str(row.maybe_month("since") or ""),
        needs=row.text("needs"),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    return closed(row, gate)


def _faults(
    tables: ScreeningTables, taxonomies: Mapping[str, tuple[Term, ...]], where: str
) -> Iterator[MalformedNotice]:
    """What does not fit together, each as a sentence."""
    columns = {column.key: column for column in tables.columns}
    named = {population.window_column for population in tables.populations} - {""}
    named |= {name for population in tables.populations for name in population.only}
    named |= {name for gate in tables.gates for name in (gate.column, gate.needs)}
    for name in sorted(named - set(columns)):
        yield MalformedNotice("%(where)s：排查表没有名为“%(key)s”的列，请改正或补上", where=where, key=name)
    for taxonomy in sorted({c.terms for c in tables.columns if c.kind is Kind.CHOICE} | ({tables.steps} - {""})):
        if taxonomy not in taxonomies:
            yield MalformedNotice("%(where)s：没有名为“%(key)s”的分类，请改正或补上", where=where, key=taxonomy)
    for population in tables.populations:
        yield from _faults_of(population, tables, taxonomies, where)


def _faults_of(
    population: Population, tables: ScreeningTables, taxonomies: Mapping[str, tuple[Term, ...]], where: str
) -> Iterator[MalformedNotice]:
    columns = tables.columns_of(population.key)
    for kind in ONE_OF_EACH:
        if len([column for column in columns if column.kind is kind]) != 1:
            yield MalformedNotice(
                "%(where)s：%(table)s应有且只有一列“%(kind)s”，请改正", where=where, table=population.annex, kind=kind
            )
    if not all(population.key in column.required for column in columns if column.kind is Kind.IDENTITY):
        yield MalformedNotice(
            "%(where)s：%(table)s的身份证号须为必填，请写入 required", where=where, table=population.annex
        )
    heads = [name for column in columns for name in (column.name.zh, *column.also)]
    for name in sorted({name for name in heads if heads.count(name) > 1}):
        yield MalformedNotice(
            "%(where)s：%(table)s有两列都叫“%(key)s”，请改名", where=where, table=population.annex, key=name
        )
    for name, keys in population.only.items():
        column = next((column for column in columns if column.key == name), None)
        known = {term.key for term in taxonomies.get(column.terms, ())} if column else set()
        for key in sorted(set(keys) - known):
            yield MalformedNotice(
                "%(where)s：“%(key)s”不在分类“%(taxonomy)s”中，请改正或补上", where=where, key=key, taxonomy=name
            )
