"""What the facts of a line of the trail are called, and the words some of their values stand for."""

from tipline.kit.words import Labelled
from tipline.law.bodies import SupervisionTrigger
from tipline.office.charter import Role


class FactWord(Labelled):
    """What the facts of a line are called; a fact without a word here is for machines and is not shown."""

    WHOM = "whom", "涉及人员"
    TO = "to", "去向"
    OFFICE = "office", "单位"
    ROLE = "role", "角色"
    RULE = "rule", "规则"
    CLAUSE = "clause", "依据"
    BASIS = "basis", "依据"
    NUMBER = "number", "编号"
    YEAR = "year", "年份"
    DAYS = "days", "天数"
    FAULTS = "faults", "不符"
    CHANGED = "changed", "改动"
    ENDED = "ended", "结束登录"
    DIGEST = "digest", "版本"
    LIST = "list", "列表"
    ROWS = "rows", "行数"
    SHA256 = "sha256", "文件校验值"
    TRIGGER = "trigger", "情形"


class FactValue(Labelled):
    """What machine words are called when they are the value of a fact."""

    PASSWORD = "password", "密码"
    NAME = "name", "姓名"
    OTHERS = "others", "其他各处"


NAMED = {word.value: word for word in FactWord}
VALUES = {value.value: value for value in (*FactValue, *Role, *SupervisionTrigger)}
