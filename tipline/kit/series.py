"""Gap-free numbers: one counter a series and year, moved in the same transaction as its paper."""

from sqlalchemy import String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from tipline.kit.db import Model, db


class Series(Model):
    """The last number given out in one series of one year."""

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_number(code: str, year: int) -> int:
    """The next number of the series; the row stays locked until the transaction ends."""
    begun = text("INSERT INTO series (code, year, last) VALUES (:code, :year, 0) ON CONFLICT DO NOTHING")
    db.session.execute(begun, {"code": code, "year": year})
    row = db.session.scalars(select(Series).filter_by(code=code, year=year).with_for_update()).one()
    row.last += 1
    return row.last
