"""A row of a list read as a call: the columns, what may stand in them, and what is said when it may not."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from tipline.intake import finding
from tipline.kit import typed
from tipline.kit.dates import day_of
from tipline.kit.errors import Incomplete
from tipline.kit.identity import identity_number
from tipline.kit.lists import Row
from tipline.kit.words import Bilingual, Labelled
from tipline.kit.workbooks import head_of
from tipline.law.bodies import ManagingAuthority, Membership, PersonKind, RankClass
from tipline.law.notice import Notice
from tipline.leads.call import LONGEST_AGO, Call, PersonSaid, ReporterSaid
from tipline.office import roster
from tipline.office.frame import said as in_words

COLUMNS: dict[str, Bilingual] = {
    "线索编号": Bilingual(
        "台账导出的照样带着；编号和收到时间都相同的已在册，不再登记",
        "As the exported ledger has it; a lead with the same number and time is known, and not entered again",
    ),
    "收到时间": Bilingual("必填。2018-6-4 或 2018-06-04 09:30", "Required. 2018-6-4 or 2018-06-04 09:30"),
    "渠道": Bilingual("来信、来访、来电、网络、其他；空着算其他", "来信, 来访, 来电, 网络 or 其他; empty means 其他"),
    "被反映人": Bilingual(
        "姓名，不详可空；几人用分号隔开，职务等列同样隔开",
        "Name; may be empty. Several stand with ； between them, and so do their posts",
    ),
    "职务": Bilingual(
        "登记表里的职务名，不在其中的照写", "A post of the register; any other words are kept as they are"
    ),
    "管理权限": Bilingual("如镇管、局管、区管、市管；空着随职务", "Such as 镇管 or 局管; empty means that of the post"),
    "职级": Bilingual("如村级干部、乡科级；空着随职务", "Such as 村级干部 or 乡科级; empty means that of the post"),
    "政治面貌": Bilingual("党员、非党员；空着随职务", "党员 or 非党员; empty means that of the post"),
    "镇": Bilingual("镇或街道全名", "Full name of the town or street"),
    "村": Bilingual("村、社区全名", "Full name of the village or community"),
    "涉及低保户": Bilingual("户主姓名", "Name of the householder"),
    "问题类型": Bilingual("可几项，用顿号隔开", "Several may stand, with 、 between them"),
    "错误低保类型": Bilingual("可几项，用顿号隔开", "Several may stand, with 、 between them"),
    "涉及金额": Bilingual("元，如12000或1.2万", "Yuan, such as 12000 or 1.2万"),
    "发生时间": Bilingual("起 – 止，如2018-01-01 – 2018-03-31", "From – until, such as 2018-01-01 – 2018-03-31"),
    "发生时间起": Bilingual("2018-6-4、2018年6月或2018年", "2018-6-4, 2018年6月 or 2018年"),
    "发生时间止": Bilingual("同上", "As above"),
    "反映的主要问题": Bilingual("必填", "Required"),
    "举报人": Bilingual("实名的填姓名，匿名空着", "True name; empty when anonymous"),
    "联系电话": Bilingual("照写", "As told"),
    "身份证号": Bilingual("单元格须为文本格式", "The cell must be of the text format"),
    "住址": Bilingual("照写", "As told"),
    "要求保密": Bilingual("是、否；空着算是", "是 or 否; empty means yes"),
    "要求答复": Bilingual("是、否；空着算否", "是 or 否; empty means no"),
}
"""The columns of a list and what may stand in them; others are passed over."""

NUMBER, NEEDED = "线索编号", ("收到时间", "反映的主要问题")
"""By what a lead is known, and the columns without which no row is one."""

OF_THE_LEDGER = {
    "lead_no": "线索编号",
    "received_at": "收到时间",
    "channel": "渠道",
    "implicated_person": "被反映人",
    "post": "职务",
    "rank_class": "职级",
    "party_member": "政治面貌",
    "managed_by": "管理权限",
    "town": "镇",
    "village": "村",
    "household": "涉及低保户",
    "problem_type": "问题类型",
    "wrong_dibao_type": "错误低保类型",
    "amount": "涉及金额",
    "period": "发生时间",
    "summary": "反映的主要问题",
}
"""The columns of the exported ledger that can be read in again, by their keys in the notice."""

OF_A_PERSON: dict[str, tuple[str, type[Labelled]]] = {
    "管理权限": ("managed_by", ManagingAuthority),
    "政治面貌": ("party_member", Membership),
    "职级": ("rank_class", RankClass),
}
YES, NO = {"是", "要求", "1", "yes", "y"}, {"否", "不要求", "0", "no", "n", ""}
SEPARATORS = "，,；;/、 \n"
BETWEEN_PEOPLE = re.compile(r"[；;]")
NOT_BETWEEN_PEOPLE = re.compile(r"[、，,/\n]")
LONGEST_NAME = 40
"""As on the call sheet."""
NOBODY_KNOWS = {"", "—"}
L = TypeVar("L", bound=Labelled)


def heads(notice: Notice) -> dict[str, str]:
    """What a column may be called, and which it is: by its own name, or by that of the ledger."""
    official = {column.key: column.name for column in notice.sheet("lead_ledger").columns}
    also = {
        head_of(name): column
        for key, column in OF_THE_LEDGER.items()
        if key in official
        for name in (official[key].zh, official[key].en)
    }
    return also | {name: name for name in COLUMNS}


@dataclass(frozen=True)
class Cells:
    """The cells of a row, each asked for by its column, and refused by its column."""

    row: Row

    def text(self, column: str) -> str:
        if column in self.row.spoilt:
            raise Incomplete(
                "“%(column)s”被表格软件当成数字，末几位已丢失；请把该列设为文本格式，重新填写后再导入。", column=column
            )
        return self.row.cells.get(column, "")

    def needed(self, column: str) -> str:
        words = self.text(column)
        if column not in self.row.cells:
            raise Incomplete("表里没有“%(columns)s”这一列，列名请照写。", columns=column)
        if not words:
            raise Incomplete("“%(column)s”空着，请补上。", column=column)
        return words

    def read(self, column: str, reader: Callable[[str], Any]) -> Any:
        """The cell as what it stands for; None when it is empty."""
        words = self.text(column)
        try:
            return reader(words) if words else None
        except (ValueError, OverflowError):
            raise Incomplete("“%(column)s”看不懂：%(words)s", column=column, words=words[:40]) from None

    def yes(self, column: str, *, empty: bool) -> bool:
        words = typed.plain(self.text(column)).lower()
        if words not in YES | NO:
            raise Incomplete("“%(column)s”看不懂：%(words)s", column=column, words=words[:40])
        return empty if not words else words in YES


def call_of_row(row: Row, notice: Notice, at: datetime) -> Call:
    """The call that a row tells of. Raises Incomplete, naming the column, when it cannot be read."""
    cells = Cells(row)
    town, place = _where(cells)
    reporter = _reporter(cells, at)
    first, last = cells.read("发生时间", _period) or (None, None)
    return Call(
        channel=_terms(cells, "渠道", "channel", notice)[0] if cells.text("渠道") else notice.channel("other"),
        received_at=_received(cells, at),
        people=tuple(_person(one, notice, town, place) for one in _each_person(cells)),
        narrative=cells.needed("反映的主要问题"),
        named=bool(reporter and reporter.name and (reporter.phone or reporter.address)),
        wants_secrecy=cells.yes("要求保密", empty=True),
        wants_answer=cells.yes("要求答复", empty=False),
        reporter=reporter,
        place_code=place,
        town_code=town,
        problems=_terms(cells, "问题类型", "problem_type", notice),
        wrong_dibao=_terms(cells, "错误低保类型", "wrong_dibao_type", notice),
        household=cells.text("涉及低保户"),
        amount_fen=cells.read("涉及金额", typed.fen),
        happened_from=first or cells.read("发生时间起", typed.day),
        happened_until=last or cells.read("发生时间止", lambda words: typed.day(words, last=True)),
    )


def registered_as(row: Row) -> tuple[str, datetime] | None:
    """Under which number, and as received when, the row says that it already stands in a ledger."""
    number, cells = row.cells.get("线索编号", ""), Cells(row)
    return (number, cells.read("收到时间", typed.moment)) if number and cells.text("收到时间") else None


def _period(words: str) -> tuple[date | None, date | None]:
    first, _, last = re.sub(r"[–—~～至]", "–", words).partition("–")
    return (typed.day(first) if first.strip() else None, typed.day(last, last=True) if last.strip() else None)


def _received(cells: Cells, at: datetime) -> datetime:
    words = cells.needed("收到时间")
    full = words if ":" in typed.plain(words) else f"{words} 00:00"
    received: datetime = cells.read("收到时间", lambda _: typed.moment(full))
    if received > at + timedelta(minutes=2):
        raise Incomplete("“%(column)s”还没有到，请核对。", column="收到时间")
    if received < at - LONGEST_AGO:
        raise Incomplete("“%(column)s”是二十多年以前，请核对年份。", column="收到时间")
    return received


def _where(cells: Cells) -> tuple[str | None, str | None]:
    town_words, village_words = cells.text("镇"), cells.text("村")
    towns = {town.name: town.code for town in roster.towns()}
    if town_words and town_words not in towns:
        raise Incomplete("本区没有“%(name)s”，请写镇或街道的全名。", name=town_words[:40])
    if not village_words:
        return towns.get(town_words), None
    place = finding.place_named(town_words + village_words)
    if place is None:
        raise Incomplete("没有找到“%(name)s”这个村或社区，请写全名。", name=village_words[:40])
    return place.parent_code, place.code


def _each_person(cells: Cells) -> Iterator[Cells]:
    """The row once for every person whom it names, with each one's own words."""
    split = {column: BETWEEN_PEOPLE.split(cells.text(column)) for column in ("被反映人", "职务", *OF_A_PERSON)}
    names = split["被反映人"]
    if NOT_BETWEEN_PEOPLE.search(cells.text("被反映人")):
        raise Incomplete("“%(column)s”只写姓名；几个人用分号隔开，各人的职务也用分号隔开。", column="被反映人")
    if max(map(len, names)) > LONGEST_NAME:
        raise Incomplete("“%(column)s”太长，请只写姓名。", column="被反映人")
    for at in range(len(names)):
        own = {
            column: (words[at] if len(words) == len(names) else cells.text(column)).strip()
            for column, words in split.items()
        }
        yield Cells(replace(cells.row, cells=cells.row.cells | own))


def _person(cells: Cells, notice: Notice, town: str | None, place: str | None) -> PersonSaid:
    words, name = cells.text("职务"), cells.text("被反映人")
    post = finding.post_named(words, notice) if words else None
    said: dict[str, Any] = {"name": "" if name in NOBODY_KNOWS else name, "town_code": town, "village_code": place}
    for column, (fact, values) in OF_A_PERSON.items():
        if (value := _labelled(cells, column, values)) is not None:
            said[fact] = value
    if post is not None:
        return PersonSaid.in_post(post, **said)
    if (kind := _named(PersonKind, words)) is not None:
        return PersonSaid(**{"kind": kind} | said)
    nobody = not words and not said["name"]
    kind = PersonKind.NO_PERSON if nobody else PersonKind.UNKNOWN
    return PersonSaid(**{"kind": kind, "post_text": words} | said)


def _named(words: type[L], typed: str) -> L | None:
    """The one of this name, in the language of the file or of the house."""
    return next((word for word in words if typed in (word.label, in_words(word))), None)


def _labelled(cells: Cells, column: str, words: type[Labelled]) -> Labelled | None:
    value = _named(words, cells.text(column))
    if cells.text(column) and value is None:
        raise Incomplete("“%(column)s”看不懂：%(words)s", column=column, words=cells.text(column)[:40])
    return value


def _terms(cells: Cells, column: str, taxonomy: str, notice: Notice) -> tuple[str, ...]:
    known = {name: term.key for term in notice.taxonomies.get(taxonomy, ()) for name in (term.name.zh, term.name.en)}
    rest, found = cells.text(column).strip(SEPARATORS), []
    while rest:
        name = max((name for name in known if rest.startswith(name)), key=len, default=None)  # names contain 、 too
        if name is None:
            raise Incomplete("“%(column)s”看不懂：%(words)s", column=column, words=rest[:40])
        found.append(known[name])
        rest = rest.removeprefix(name).strip(SEPARATORS)
    return tuple(dict.fromkeys(found))


def _reporter(cells: Cells, at: datetime) -> ReporterSaid | None:
    identity = cells.text("身份证号")
    if identity:
        try:
            identity = identity_number(identity, day_of(at))
        except ValueError as wrong:
            raise Incomplete(str(wrong)) from None
    said = ReporterSaid(cells.text("举报人"), cells.text("联系电话"), identity, cells.text("住址"))
    return said if any(vars(said).values()) else None
