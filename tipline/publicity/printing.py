"""The sheet to hang up (长期公示单): the roster's households in the columns that may hang there, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app

from tipline.duties.queries import Cell
from tipline.kit.words import Bilingual, Sentence
from tipline.law.campaign import called
from tipline.law.publicity import PostingColumn
from tipline.law.screening import Kind
from tipline.office import editions
from tipline.publicity import queries, rules
from tipline.publicity.queries import Reader
from tipline.publicity.rules import Household


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet for one place and period."""

    cell: Cell
    title: Bilingual
    columns: Sequence[PostingColumn]
    rows: list[list[object]]
    phones: Sequence[str]
    """The numbers to complain to; none where the bureau has entered none."""
    first: date
    last: date

    @property
    def ref(self) -> str:
        return f"posting-sheet/{self.cell.period.key}/{self.cell.debtor.code}"

    @property
    def period(self) -> Sentence:
        return called(self.cell.duty, self.cell.period)

    @property
    def above(self) -> list[str]:
        """The lines over the table of the workbook, in Chinese: it hangs on a Chinese wall."""
        phones = "、".join(self.phones) or "________________"
        place = self.cell.debtor.name
        return [
            f"公示期：{self.first.isoformat()} 至 {self.last.isoformat()}　公示单位：{place}",
            f"监督电话：{phones}　张贴日期：______年____月____日",
        ]


def sheet_of(cell: Cell, today: date) -> PrintedSheet:
    """The sheet as the roster is now. A head of household who is a minor is not named."""
    of, reader = editions.notice().publicity, queries.reader_of(cell.debtor, today)
    columns = [column for column in of.columns if column.kind is Kind.SERIAL or column.of]
    if cell.debtor.code != cell.debtor.office.place_code:
        columns = [column for column in columns if column.kind is not Kind.VILLAGE]
    roster = queries.roster_of(cell.debtor, today)
    named = {"place": cell.debtor.name}
    return PrintedSheet(
        cell=cell,
        title=Bilingual(of.title.zh % named, of.title.en % named),
        columns=columns,
        rows=[[_cell(column, serial, one, reader) for column in columns] for serial, one in enumerate(roster, start=1)],
        phones=current_app.config["SUPERVISION_PHONES"],
        first=rules.first_day(cell.period),
        last=cell.period.ends.last,
    )


def _cell(column: PostingColumn, serial: int, household: Household, reader: Reader) -> object:
    if column.kind is Kind.SERIAL:
        return serial
    if column.kind is Kind.NAME:
        return household.posted_name
    return reader.shown(column.key, household.facts.get(column.key))
