"""A screening table of many rows: read and judged, beside the plain library's read of the same file."""

import io
import resource
import time
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection

from python_calamine import CalamineWorkbook

from tests.screening.tables import HEADS, known, number
from tipline.kit.sheets import Sheet, workbook
from tipline.screening import workbook as reading
from tipline.screening.rules import judged

ROWS = 100_000


def report() -> None:
    """Time and memory of both, each in a process of its own."""
    content = table(ROWS)
    print(f"\nA workbook of {ROWS:,} rows × {len(HEADS)} columns ({len(content) / 1e6:.1f} MB)")
    print(f"{'':34}{'seconds':>9}{'peak MB':>9}")
    plain = measured("plain", content)
    ours = measured("ours", content)
    for name, (seconds, peak) in {"calamine, every cell": plain, "read with verdicts": ours}.items():
        print(f"{name:34}{seconds:9.1f}{peak:9.0f}")
    print(f"{'ratio':34}{ours[0] / plain[0]:9.1f}{ours[1] / plain[1]:9.1f}")


def table(rows: int) -> bytes:
    """A table as towns fill it in: every household another, one in a hundred with something wrong."""
    born = [date.fromordinal(date(1930, 1, 1).toordinal() + day).strftime("%Y%m%d") for day in range(rows // 900 + 1)]

    def row(at: int) -> list[str | int]:
        conclusion = "不明" if at % 100 == 0 else "符合"
        identity = number(at % 900 + 1, born[at // 900])
        return [
            at + 1,
            f"户主{at}",
            identity,
            "李楼村",
            at % 6 + 1,
            2,
            860 + at % 100,
            "2016年3月",
            conclusion,
            "住院治疗",
        ]

    return workbook(Sheet("在保", HEADS, map(row, range(rows)), above=["双港镇农村低保排查情况统计表（在保）"]))


def measured(what: str, content: bytes) -> tuple[float, float]:
    """Seconds and peak memory in a fresh process."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_measure, args=(what, content, theirs))
    process.start()
    answer: tuple[float, float] = ours.recv()
    process.join()
    return answer


def _measure(what: str, content: bytes, answer: Connection) -> None:
    assumed = known()
    begun = time.process_time()
    if what == "plain":
        found = sum(
            len(line) for line in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows()
        )
    else:
        handed = reading.read(content, assumed)
        found = len(judged(handed, {}, ("id_number",)).rows)
    assert found >= ROWS
    answer.send((time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
