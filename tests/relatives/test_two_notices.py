"""Registers of two campaigns: each with its lists, its comparison, its hits, and leads under its own notice."""

from datetime import date

from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.relatives import lists
from tests.screening.tables import number, sheet
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.office import editions, time
from tipline.office.charter import Act, Role
from tipline.relatives import jobs, operations, queries, waiting
from tipline.relatives.models import RegisterHit
from tipline.screening import workbook

OTHER = "haitang-2030-3"
AT = make.NOON.replace(year=2030, month=7)


def listed(clerk, inspector) -> None:
    """One helped household, and the same person on the list of the street's staff."""
    heads = ["领取人", "证件号", "救助日期"]
    lists.on_the_roll(clerk, ["佘仁杰", number(11), "2030-02-01"], population="helped", heads=heads)
    table = operations.Table(queries.registers().register("staff"), clerk.office)
    content = sheet(["佘仁杰", number(11), "专干"], heads=["人员", "证件", "岗位"])
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    upload = operations.upload(table, tray.keep(), "名单.xlsx", "街道", date(2030, 6, 1), by=inspector, at=AT)
    known = queries.known_of(table.register, table.office, AT.date())
    operations.enter(upload, workbook.read(content, known), by=inspector, at=AT)


def test_a_hit_of_the_other_campaign_waits_opens_and_is_raised_under_its_notice(app, sign_in, monkeypatch):
    monkeypatch.setattr(lists, "AT", AT)
    monkeypatch.setattr(time, "machine_now", lambda: AT)
    second.in_force()
    clerk = make.officer(Role.TOWN_CLERK)
    clerk.office = second.office_of(second.STREETS[0])
    inspectors = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.GROUP_INSPECTOR)
    db.session.commit()
    with editions.under(editions.of(OTHER).digest):
        listed(clerk, inspectors[0])
    db.session.commit()
    assert [jobs.compare(AT), jobs.compare(AT)] == [1, 0]
    hit = db.session.scalars(select(RegisterHit)).one()
    assert hit.notice == OTHER

    one, two = map(sign_in, inspectors)
    address = f"/relatives/hits/{hit.key}"
    assert one.get(address).status_code == 404, "the first notice has no such hit"
    assert "街道人员名单" in one.get(f"{address}?campaign={OTHER}").text
    held = one.post(f"{address}/hold-true?campaign={OTHER}", data={"true-reason": "已核对证件。"})
    assert (held.status_code, held.location.endswith(f"campaign={OTHER}")) == (302, True), held.text
    (mine,) = (thing for thing in waiting.waiting_for(inspectors[1], AT.date()) if thing.act is Act.CONFIRM_HIT)
    assert mine.values["campaign"] == OTHER
    assert not waiting.waiting_for(inspectors[0], AT.date())
    two.post(f"{address}/confirm?campaign={OTHER}")
    raised = {"raise-post": "street_clerk", "raise-narrative": "本人领取救助。"}
    answer = one.post(f"{address}/raise?campaign={OTHER}", data=raised)
    assert answer.status_code == 302, answer.text
    lead = db.session.scalars(select(RegisterHit)).one().lead
    assert (lead.notice, lead.channel, lead.problems, lead.wrong_dibao) == (OTHER, "box", ["ghost"], [])
