"""The registers beside the screening tables: filed relatives (近亲属备案), paid persons, whoever may need help."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipline.kit.errors import NotFound
from tipline.kit.words import Labelled
from tipline.law.screening import Fact, Population, ScreeningColumn
from tipline.law.sources import Mark


class Side(Labelled):
    """What a register is for."""

    FILING = "filing", "近亲属备案"
    PAID = "paid", "经办人员和财政供养人员"
    KIN = "kin", "干部近亲属"
    HELP = "help", "困难群众"


class Part(Labelled):
    """What a column of a register is to whoever compares it."""

    NAME = "name", "姓名"
    IDENTITY = "identity", "身份证号"
    VILLAGE = "village", "村（居）"
    HEAD = "head", "户主姓名"
    HEAD_IDENTITY = "head_identity", "户主身份证号"
    CADRE = "cadre", "干部姓名"
    RELATION = "relation", "关系"
    POST = "post", "单位及职务"
    SINCE = "since", "备案日期"
    VERIFIED = "verified", "最近核实日期"
    RESULT = "result", "核实结果"
    ENDED = "ended", "终止日期"
    NEED = "need", "困难情形"


@dataclass(frozen=True)
class Register(Population):
    """One register: a table like those of screening, with what its columns are to the comparison."""

    side: Side
    whole: bool
    """One list for the district; otherwise every town has its own."""
    unique: tuple[str, ...]
    """The columns by which a row is known again."""
    parts: Mapping[Part, str]
    post: str
    """The post that is proposed when somebody on it is reported; "" when there is none."""

    def said(self, values: Mapping[str, Fact], part: Part) -> str:
        """What a row says in the column that is this part; "" for nothing."""
        return str(values.get(self.parts.get(part, ""), ""))


@dataclass(frozen=True)
class Kinship:
    """What was agreed on relatives and on households that were missed."""

    verify_months: int
    """So often a filing is verified again."""
    related: str
    """The column of the screening tables that says whether a household is a cadre's relative."""
    owed: tuple[str, ...]
    """Conclusions of screening after which a household ought to be on the roll."""
    channel: str
    problem: str
    wrong_dibao: str
    """How a lead from a comparison is entered: words of the taxonomies of those names."""
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Registers:
    """All registers of a notice; a notice without any has neither columns nor kinship."""

    registers: tuple[Register, ...]
    columns: tuple[ScreeningColumn, ...]
    kinship: Kinship | None

    def register(self, key: str) -> Register:
        for register in self.registers:
            if register.key == key:
                return register
        raise NotFound("文件里没有名为“%(key)s”的项", key=key)

    def columns_of(self, register: str) -> tuple[ScreeningColumn, ...]:
        """The columns of one register in order."""
        return tuple(column for column in self.columns if register in column.populations)

    def of(self, *sides: Side) -> tuple[str, ...]:
        """The keys of the registers of these sides."""
        return tuple(register.key for register in self.registers if register.side in sides)
