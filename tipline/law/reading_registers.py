"""From the tables of a notice file to its registers."""

from collections.abc import Iterator, Mapping

from tipline.law.entries import Term
from tipline.law.reading import closed
from tipline.law.reading_screening import column
from tipline.law.registers import Kinship, Part, Register, Registers, Side
from tipline.law.screening import Kind
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table

KINDS = {
    Part.NAME: Kind.NAME,
    Part.IDENTITY: Kind.IDENTITY,
    Part.VILLAGE: Kind.VILLAGE,
    Part.HEAD: Kind.NAME,
    Part.HEAD_IDENTITY: Kind.IDENTITY,
    Part.CADRE: Kind.NAME,
    Part.RELATION: Kind.CHOICE,
    Part.POST: Kind.TEXT,
    Part.SINCE: Kind.DAY,
    Part.VERIFIED: Kind.DAY,
    Part.RESULT: Kind.CHOICE,
    Part.ENDED: Kind.DAY,
    Part.NEED: Kind.CHOICE,
}
"""What must stand in the column that is a part."""


def registers(file: Table, taxonomies: Mapping[str, tuple[Term, ...]]) -> Registers:
    """The registers; refuses a file in which they would not fit together."""
    found = tuple(_register(row) for row in file.rows("registers"))
    keys = [register.key for register in found]
    columns = tuple(column(row, keys, "registers") for row in file.rows("register_columns"))
    kinship = closed(table := file.table("kinship"), _kinship(table)) if file.has("kinship") else None
    read = Registers(found, columns, kinship)
    for fault in _faults(read, taxonomies, file.where):
        raise fault
    return read


def _register(row: Table) -> Register:
    parts = row.table("parts")
    name = row.bilingual()
    register = Register(
        key=row.text("key"),
        name=name,
        annex=name,
        title=row.bilingual("title"),
        window_column="",
        first=None,
        last=None,
        conclusions=(),
        only={},
        granted=False,
        duty="",
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
        side=row.choice("side", Side),
        whole=row.flag("whole"),
        unique=row.texts("unique"),
        parts={parts.member("parts", key, Part): parts.text(key) for key in parts.names()},
        post=row.maybe_text("post"),
    )
    return closed(row, closed(parts, register))


def _kinship(table: Table) -> Kinship:
    return Kinship(
        verify_months=table.number("verify_months"),
        related=table.text("related"),
        owed=table.texts("owed"),
        channel=table.text("channel"),
        problem=table.text("problem"),
        wrong_dibao=table.maybe_text("wrong_dibao"),
        clause=table.text("clause"),
        mark=table.choice("mark", Mark),
    )


def _faults(read: Registers, taxonomies: Mapping[str, tuple[Term, ...]], where: str) -> Iterator[MalformedNotice]:
    if read.registers and read.kinship is None:
        yield MalformedNotice("%(where)s：缺少“%(key)s”，请补上", where=where, key="kinship")
    words = read.kinship and (("channel", read.kinship.channel), ("problem_type", read.kinship.problem))
    for taxonomy, key in words or ():
        if key not in {term.key for term in taxonomies.get(taxonomy, ())}:
            yield MalformedNotice(
                "%(where)s：“%(key)s”不在分类“%(taxonomy)s”中，请改正或补上", where=where, key=key, taxonomy=taxonomy
            )
    for taxonomy in sorted({one.terms for one in read.columns if one.kind is Kind.CHOICE} - set(taxonomies)):
        yield MalformedNotice("%(where)s：没有名为“%(key)s”的分类，请改正或补上", where=where, key=taxonomy)
    for register in read.registers:
        columns = {one.key: one for one in read.columns_of(register.key)}
        for part, key in register.parts.items():
            if key not in columns or columns[key].kind is not KINDS[part]:
                yield MalformedNotice(
                    "%(where)s：%(table)s没有可作“%(part)s”的列“%(key)s”，请改正或补上",
                    where=where,
                    table=register.name,
                    part=part,
                    key=key,
                )
        for key in register.unique or ("",):
            if key not in columns or register.key not in columns[key].required:
                yield MalformedNotice(
                    "%(where)s：%(table)s据以认行的列“%(key)s”须有且必填，请改正",
                    where=where,
                    table=register.name,
                    key=key,
                )
        heads = [name for one in columns.values() for name in (one.name.zh, *one.also)]
        for name in sorted({name for name in heads if heads.count(name) > 1}):
            yield MalformedNotice(
                "%(where)s：%(table)s有两列都叫“%(key)s”，请改名", where=where, table=register.name, key=name
            )
        if Part.NAME not in register.parts:
            yield MalformedNotice("%(where)s：缺少“%(key)s”，请补上", where=where, key=f"{register.key}.parts.name")
