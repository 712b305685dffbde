"""Time: UTC in the database, Asia/Shanghai on the screen. Nothing here asks what time it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
EARLIEST, LATEST = 1900, 9999
"""Years beyond these are typing errors, and no clock of the machine reaches them."""


def local(moment: datetime) -> datetime:
    """The moment as the office's wall clock shows it."""
    return moment.astimezone(HERE)


def day_of(moment: datetime) -> date:
    """The office's calendar day of a moment."""
    return local(moment).date()


def at_clock(day: date, clock: time) -> datetime:
    """The moment at which the office's wall clock shows `clock` on `day`, in UTC."""
    return datetime.combine(day, clock, tzinfo=HERE).astimezone(UTC)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; prints and parses as `2018-05`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Raises ValueError unless `text` is `YYYY-MM`, of a year that an office can mean."""
        year, _, number = text.partition("-")
        if len(year) != 4 or len(number) != 2 or not EARLIEST <= int(year) < LATEST:
            raise ValueError(text)
        month = cls(int(year), int(number))
        month.day(1)
        return month

    def day(self, number: int) -> date:
        return date(self.year, self.number, number)

    @property
    def first(self) -> date:
        return self.day(1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
