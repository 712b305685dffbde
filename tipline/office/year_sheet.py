"""A year's holidays as they are handed in: a small csv file, or the same lines typed."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from tipline.kit.errors import Incomplete
from tipline.law.calendar import COLUMNS, DayRow, load_rows

HEAD = ",".join(COLUMNS)
LARGEST = 64 * 1024
"""A year has some forty such days; a file beyond this is something else."""


def text_of(handed_in: bytes | str | None) -> str:
    """The lines as text, whatever Excel saved them in. Raises Incomplete when there are none."""
    raw = handed_in.encode() if isinstance(handed_in, str) else handed_in or b""
    if len(raw) > LARGEST:
        raise Incomplete("文件太大。一年的放假安排不超过%(limit)s KB。", limit=LARGEST // 1024)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip():
            return text
    raise Incomplete("没有内容，或不是文字文件。请另存为csv（逗号分隔）再交。")


def rows_of(text: str, year: int) -> tuple[DayRow, ...]:
    """The days of one year. Raises Incomplete, naming the line, when one cannot be read."""
    with TemporaryDirectory() as place:
        file = Path(place) / "calendar.csv"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            rows = load_rows(file)
        except csv.Error as error:
            raise Incomplete("不是csv（逗号分隔）文件：%(error)s", error=error) from None
    found = tuple(sorted((row for row in rows if row.day.year == year), key=lambda row: row.day))
    if not found:
        raise Incomplete("里面没有%(year)s年的日子。", year=year)
    return found
