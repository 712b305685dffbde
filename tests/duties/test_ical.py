"""The calendar file, read by a strict reader of our own: RFC 5545 by the letter, and nothing in it but duties."""

import re
from datetime import UTC, datetime

import pytest

from tests import make
from tests.duties.at_work import SAID, handed_in
from tipline.duties import ical, operations, pages
from tipline.kit.db import db
from tipline.office.charter import Role

AT = datetime(2018, 6, 4, 4, 0, tzinfo=UTC)
NAME = re.compile(r"[A-Z0-9-]+")
FORMS = {
    "DTSTAMP": re.compile(r"\d{8}T\d{6}Z"),
    "DTSTART;VALUE=DATE": re.compile(r"\d{8}"),
    "DTEND;VALUE=DATE": re.compile(r"\d{8}"),
    "TRANSP": re.compile("TRANSPARENT"),
}
EVENT = {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "LOCATION", "TRANSP"}
TEXTS = {"UID", "SUMMARY", "LOCATION", "X-WR-CALNAME"}


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a file. Fails at the first thing that RFC 5545 does not allow."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    assert all(len(line) <= 75 for line in raw)
    for line in raw:
        line.decode()  # no character is cut in two
    lines = [line.decode() for line in b"\n".join(raw).replace(b"\n ", b"").split(b"\n")]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0"} <= set(lines)
    events: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        assert NAME.fullmatch(name.partition(";")[0]), line
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            assert set(inside) == EVENT
            events.append(inside)
            inside = None
        elif inside is not None:
            assert name not in inside
            inside[name] = unescaped(value) if name in TEXTS else value
            assert name not in FORMS or FORMS[name].fullmatch(value), line
        else:
            assert name in {"VERSION", "PRODID", "METHOD", "X-WR-CALNAME"}, line
    assert inside is None
    assert len({one["UID"] for one in events}) == len(events)
    return events


def unescaped(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


HARD = "逗号,分号;反斜杠\\换行\n" + "很长的任务名称" * 20


def test_words_come_back_as_they_went_in_however_long_and_whatever_is_in_them():
    day = ical.Day("a-once-1@tipline", AT.date(), HARD, "双港镇")
    (event,) = read(ical.calendar("报送任务", [day], AT))
    assert (event["SUMMARY"], event["LOCATION"]) == (HARD, "双港镇")
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20180604", "20180605")


@pytest.mark.parametrize("fault", ["folded", "escaped"])
def test_the_reader_sees_a_line_that_is_not_folded_and_a_sign_that_is_not_escaped(monkeypatch, fault):
    monkeypatch.setattr(ical, fault, {"folded": str.encode, "escaped": lambda text: text}[fault])
    day = ical.Day("a-once-1@tipline", AT.date(), HARD if fault == "folded" else "甲;乙", "双港镇")
    with pytest.raises(AssertionError):
        read(ical.calendar("报送任务", [day], AT))


def test_a_towns_calendar_has_its_own_duties_and_no_content(app, sign_in):
    clerk = make.officer(Role.TOWN_CLERK)
    handed_in(clerk)
    db.session.commit()
    with app.test_request_context():
        content = ical.calendar("报送任务", pages.days_of(clerk, AT.date()), AT)
    events = {one["UID"]: one for one in read(content)}
    plan = events[f"work_plan-once-{make.SHUANGGANG}@tipline"]
    assert (plan["SUMMARY"], plan["DTSTART;VALUE=DATE"], plan["LOCATION"]) == ("工作方案", "20180531", "双港镇人民政府")
    assert events[f"typical_cases-2018-12-{make.SHUANGGANG}@tipline"]["DTSTART;VALUE=DATE"] == "20190108"
    assert {one["LOCATION"] for one in events.values()} == {"双港镇人民政府"}
    assert SAID.words not in content.decode()
    assert SAID.principal not in content.decode()


def test_the_bureaus_calendar_names_each_duty_once(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    with app.test_request_context():
        events = read(ical.calendar("报送任务", pages.days_of(keeper, AT.date()), AT))
    assert [one["SUMMARY"] for one in events].count("工作方案") == 1


def test_a_secret_is_kept_as_a_hash_and_is_long(app):
    clerk = make.officer(Role.TOWN_CLERK)
    secret = operations.renew_feed(by=clerk, at=AT)
    assert len(secret) >= 43
    assert operations.hashed(secret) != secret
