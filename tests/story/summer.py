"""The campaign's summer of 2018 in plain dates: what the towns did, and who was to hear of what on which morning."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from io import BytesIO
from zipfile import ZipFile

from tests import make
from tests.duties.at_work import PLAN, STAGE, SUMMARY, handed_in
from tests.typical_cases.telling import told
from tipline.kit.dates import Month, at_clock
from tipline.law.bodies import Body
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.typical_cases import operations, queries

FIRST, LAST = date(2018, 5, 1), date(2018, 8, 31)
TABLES_DUE = date(2018, 8, 31)
"""The screening of every household, which no town of the story begins."""
HOLIDAYS = (date(2018, 5, 1), date(2018, 6, 18))
OPENS, CLOSES = time(8, 30), time(17, 30)
NOON = time(12)

TOWNS = {
    "咸水沽镇": "120112100",
    "葛沽镇": "120112101",
    "小站镇": "120112102",
    "双港镇": "120112103",
    "辛庄镇": "120112104",
    "双桥河镇": "120112106",
    "八里台镇": "120112107",
    "北闸口镇": "120112108",
}

NAMES_OF_STEPS = {
    "prepare": "请提前准备",
    "soon": "即将到报送日",
    "today": "今日应报",
    "clerk": "逾期未报，提醒经办人",
    "deputy": "逾期未报，告知分管领导",
}

LADDER = {
    5: {"prepare": "05-25", "soon": "05-31", "today": "06-07", "clerk": "06-08", "deputy": "06-12", "leader": "06-14"},
    6: {"prepare": "06-25", "soon": "06-29", "today": "07-06", "clerk": "07-09", "deputy": "07-11", "leader": "07-13"},
    7: {"prepare": "07-25", "soon": "07-31", "today": "08-07", "clerk": "08-08", "deputy": "08-10", "leader": "08-14"},
    8: {"prepare": "08-27", "soon": "08-31"},
}
"""Counted by hand on a wall calendar. August's 25th is a Saturday; August's due day is in September."""

NOBODY = ""
EVERYBODY = "prepare soon today clerk deputy leader"

STORY = (
    # town, month, what was done at noon of which day, and the steps that somebody hears of
    ("双桥河镇", 5, "05-22 file, 05-23 accept", NOBODY),
    ("双桥河镇", 6, "06-28 nil", "prepare"),
    ("双桥河镇", 7, "07-26 file, 07-27 accept", "prepare"),
    ("双桥河镇", 8, "08-24 nil, 08-27 accept", NOBODY),
    ("双港镇", 5, "06-01 file, 06-04 accept", "prepare soon"),
    ("双港镇", 6, "07-02 file, 07-03 accept", "prepare soon"),
    ("双港镇", 7, "08-01 file, 08-02 accept", "prepare soon"),
    ("双港镇", 8, "08-30 file", "prepare"),
    ("咸水沽镇", 5, "06-04 nil, 06-05 accept", "prepare soon"),
    ("咸水沽镇", 6, "07-06 nil", "prepare soon today"),
    ("咸水沽镇", 7, "08-07 nil", "prepare soon today"),
    ("咸水沽镇", 8, "", "prepare soon"),
    # returned between two steps: the next ones are heard again, until it is filed again
    ("辛庄镇", 5, "06-05 file, 06-06 return, 06-11 file, 06-12 accept", "prepare soon today clerk"),
    ("辛庄镇", 6, "06-29 nil, 07-02 return, 07-05 nil, 07-06 accept", "prepare soon"),
    # returned on the day of a step: the return itself is the news, that step is not made up for
    ("辛庄镇", 7, "08-06 file, 08-07 return, 08-09 file", "prepare soon clerk"),
    ("辛庄镇", 8, "", "prepare soon"),
    ("小站镇", 5, "06-08 file, 06-11 accept", "prepare soon today clerk"),
    ("小站镇", 6, "07-11 file", "prepare soon today clerk deputy"),
    ("小站镇", 7, "08-14 nil", EVERYBODY),
    ("小站镇", 8, "08-31 file", "prepare soon"),
    ("北闸口镇", 5, "06-13 nil", "prepare soon today clerk deputy"),
    ("北闸口镇", 6, "07-09 nil, 07-10 accept", "prepare soon today clerk"),
    ("北闸口镇", 7, "08-03 nil", "prepare soon"),
    ("北闸口镇", 8, "", "prepare soon"),
    ("八里台镇", 5, "06-20 file", EVERYBODY),
    ("八里台镇", 6, "08-20 nil", EVERYBODY),
    ("八里台镇", 7, "08-20 nil", EVERYBODY),
    ("八里台镇", 8, "", "prepare soon"),
    # one town never answers
    ("葛沽镇", 5, "", EVERYBODY),
    ("葛沽镇", 6, "", EVERYBODY),
    ("葛沽镇", 7, "", EVERYBODY),
    ("葛沽镇", 8, "", "prepare soon"),
)

CANARIES = ("慕容潇潇", "呼延灼灼", "澹台明月", "测试员", "不够条件却吃低保", *make.NAMES)
"""Names and words that are in the ledger and may be in no mail."""

Reminder = tuple[str, str, date]
"""A mailbox, a subject line, a day."""


@dataclass(frozen=True)
class Deed:
    """What somebody does with a town's month at noon."""

    day: date
    town: str
    month: int
    verb: str


def day(text: str) -> date:
    return date.fromisoformat(f"2018-{text}")


def days(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def works(on: date) -> bool:
    """No weekend of these four months was a working day."""
    return on.weekday() < 5 and on not in HOLIDAYS


def deeds() -> list[Deed]:
    """Everything the towns and the bureau do this summer, in the order of time."""
    found = [
        Deed(day(on), town, month, verb)
        for town, month, done, _ in STORY
        for on, verb in (part.split() for part in done.split(", ") if part)
    ]
    return sorted(found, key=lambda deed: deed.day)


class Cast:
    """The people: every town's clerk and deputy, and the bureau's leader and keeper. `do` makes them act."""

    def __init__(self) -> None:
        self.clerks = {town: make.officer(Role.TOWN_CLERK, code) for town, code in TOWNS.items()}
        deputies = {town: make.officer(Role.TOWN_DEPUTY, code) for town, code in TOWNS.items()}
        leader = make.officer(Role.BUREAU_LEADER)
        self.keeper = make.officer(Role.LEDGER_KEEPER)
        make.officer(Role.AUDITOR)  # who hears every morning where the trail ends
        self.leader = address(leader)
        self.of_clerk = {town: address(clerk) for town, clerk in self.clerks.items()}
        self.of_deputy = {town: address(deputy) for town, deputy in deputies.items()}
        self.of_town = {town: make.office(Body.TOWN_GOVERNMENT, code).email or "" for town, code in TOWNS.items()}

    def hand_in_the_rest(self) -> None:
        """Every town answers the other duties on the first day, so that no mail of the story is about them."""
        for clerk in self.clerks.values():
            for duty in (PLAN, SUMMARY, STAGE):
                handed_in(clerk, at_clock(next(iter(days())), NOON), duty)

    def do(self, deed: Deed) -> None:
        """Without a commit, as every operation. Each carries names that no mail may tell."""
        at, month, clerk = at_clock(deed.day, NOON), Month(2018, deed.month), self.clerks[deed.town]
        report = queries.report_of(clerk.office, month)
        if deed.verb == "file":
            case = told(title="慕容潇潇虚报低保", person="慕容潇潇", facts="慕容潇潇为其亲属虚报低保。")
            operations.file(month, [case], signatory="澹台明月", by=clerk, at=at)
        elif deed.verb == "nil":
            operations.file_nil(month, signatory="澹台明月", by=clerk, at=at)
        elif deed.verb == "accept":
            assert report is not None
            operations.accept(report, by=self.keeper, at=at)
        else:
            assert report is not None
            operations.send_back(report, reason="呼延灼灼的处理结果没有写", by=self.keeper, at=at)

    def reminders(self) -> "Counter[Reminder]":
        """Every reminder of the ladder that should arrive, each once."""
        return Counter(self._reminder(town, month, step) for town, month, _, steps in STORY for step in steps.split())

    def _reminder(self, town: str, month: int, step: str) -> Reminder:
        on, subject = day(LADDER[month][step]), f"2018年{month}月的典型案例月报："
        if step == "leader":
            return self.leader, f"{subject}{town}人民政府逾期未报", on
        box = self.of_deputy if step == "deputy" else self.of_clerk
        return box[town], subject + NAMES_OF_STEPS[step], on

    def returns(self) -> "Counter[Reminder]":
        """What the clerks hear, the morning after, of reports that came back."""
        back = [(deed, deed.day + timedelta(days=1)) for deed in deeds() if deed.verb == "return"]
        return Counter((self.of_clerk[deed.town], f"2018年{deed.month}月典型案例月报已退回", on) for deed, on in back)

    def briefs(self) -> "Counter[Reminder]":
        """The towns' morning briefs: on every working day from the one on which a month or a table is due."""
        return Counter(
            (self.of_town[town], f"2018年{on.month}月{on.day}日待办提醒", on)
            for town in TOWNS
            for on in filter(works, days())
            if on >= TABLES_DUE or any(owed(town, month, on) for month in (5, 6, 7))
        )


def owed(town: str, month: int, on: date) -> bool:
    """Whether a month burns in the morning of a day; what was done at noon counts from the next."""
    done = [deed for deed in deeds() if (deed.town, deed.month) == (town, month) and deed.day < on]
    return on >= day(LADDER[month]["today"]) and (not done or done[-1].verb == "return")


def address(officer: Officer) -> str:
    assert officer.email
    return officer.email


def sent_at(mail: EmailMessage) -> datetime:
    """The office's wall clock on the envelope."""
    return parsedate_to_datetime(mail["Date"])


def arrived(mails: list[EmailMessage], about: Callable[[str], bool]) -> "Counter[Reminder]":
    """What came in, by mailbox, subject and day, of the mails whose subject is of this sort."""
    chosen = [mail for mail in mails if about(mail["Subject"])]
    return Counter((mail["To"], mail["Subject"], sent_at(mail).date()) for mail in chosen)


def text_of(mail: EmailMessage) -> str:
    """Everything that can be read in a mail, also inside its workbook."""
    body = mail.get_body()
    assert body is not None
    parts = [str(mail), mail["Subject"], body.get_content()]
    for enclosure in mail.iter_attachments():
        with ZipFile(BytesIO(enclosure.get_payload(decode=True))) as book:
            parts += [book.read(name).decode() for name in book.namelist()]
    return "\n".join(parts)
