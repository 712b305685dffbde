"""Supervised cases at the counter, asked by who may, who may not, and the stranger."""

from datetime import timedelta

import pytest

from tests import make
from tests.questions import questions
from tests.supervision.test_every_move import DEEDS, S, brought_to, people
from tipline.kit.db import db
from tipline.office.charter import Act, Role

DOORS = {
    Act.OPEN_SUPERVISION: (
        S.PROPOSED,
        "open",
        {"open-requirement": "查清去向。", "open-steps-0-what": "plan", "open-steps-0-due_on": "2018-06-08"},
        "leader",
    ),
    Act.DECLINE_SUPERVISION: (S.PROPOSED, "decline", {"decline-reason": "不够条件。"}, "leader"),
    Act.SET_MILESTONE: (
        S.UNDER_SUPERVISION,
        "set-milestone",
        {"milestone-what": "interim", "milestone-due_on": "2018-06-15"},
        "keeper",
    ),
    Act.RECORD_PROGRESS: (
        S.UNDER_SUPERVISION,
        "record-progress",
        {"progress-manner": "hearing", "progress-found": "已听汇报。"},
        "keeper",
    ),
    Act.URGE: (S.UNDER_SUPERVISION, "urge", {}, "keeper"),
    Act.EXTEND_SUPERVISION: (S.UNDER_SUPERVISION, "extend", {"extend-reason": "涉及账目多。"}, "leader"),
    Act.REPORT_RESULT: (
        S.UNDER_SUPERVISION,
        "report-result",
        {
            "result-result": "已经查清。",
            "result-discussed_on": "2018-06-05",
            "result-discussion": "镇纪委会议",
            "result-principal": "镇纪委书记",
            "result-approved_on": "2018-06-05",
            "result-evidence": "卷2018-7",
            "result-persons_dealt": "0",
            "result-recovered": "1200",
        },
        "town",
    ),
    Act.SEND_BACK_RESULT: (
        S.RESULT_REPORTED,
        "send-back-result",
        {"back-missing": ["money", "reply"], "back-reason": "没有写明金额。"},
        "leader",
    ),
    Act.ADD_TRIGGER: (
        S.UNDER_SUPERVISION,
        "add-trigger",
        {"trigger-trigger": "major", "trigger-reason": "涉及户数多。"},
        "keeper",
    ),
    Act.NOTE_INSTRUCTION: (
        S.PROPOSED,
        "note-instruction",
        {"instruction-who": "区领导", "instruction-given_on": "2018-06-04", "instruction-text": "请查清。"},
        "leader",
    ),
    Act.JOIN_BODY: (S.UNDER_SUPERVISION, "join-body", {"join-office": "GROUP"}, "leader"),
    Act.NAME_OFFICER: (S.UNDER_SUPERVISION, "name-officer", {"officer-officer": "SECOND"}, "keeper"),
    Act.FILE_INTERIM: (S.UNDER_SUPERVISION, "file-interim", {"interim-text": "已调取流水。"}, "town"),
    Act.ACCEPT_RESULT: (S.RESULT_REPORTED, "accept-result", {}, "leader"),
    Act.RELEASE: (S.RESULT_ACCEPTED, "release", {}, "second"),
}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(make.NOON + timedelta(days=1))


@pytest.mark.parametrize("act", DOORS)
def test_every_door_opens_to_who_may_and_is_not_there_for_the_others(app, sign_in, act):
    state, verb, data, who = DOORS[act]
    players = people()
    stranger, clerk = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU), make.officer(Role.TOWN_CLERK)
    case = brought_to(state, players)
    db.session.commit()
    address = f"/supervision/{case.key}/{verb}"
    keys = {"GROUP": players["group"].office.code, "SECOND": players["second"].key}
    data = {name: keys.get(value, value) if isinstance(value, str) else value for name, value in data.items()}
    for outsider in (stranger, clerk):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    response = sign_in(players[who]).post(address, data=data)
    assert response.status_code == 302, response.text


def test_a_milestone_is_met_at_the_counter(app, sign_in):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    address = f"/supervision/{case.key}/milestones/{case.milestones[0].key}/meet"
    assert sign_in(players["keeper"]).post(address).status_code == 404
    assert sign_in(players["town"]).post(address).status_code == 302
    assert sign_in(players["town"]).post(address.replace("meet", "met")).status_code == 404


def test_the_pages_say_what_is_required_and_by_when(app, sign_in):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    for name in ("leader", "keeper", "town"):
        browser = sign_in(players[name])
        assert case.number in browser.get("/supervision/").text
        page = browser.get(f"/supervision/{case.key}").text
        assert "查清资金去向" in page
        assert make.NAMES[0] not in page
    assert case.number not in sign_in(players["group"]).get("/supervision/").text


def test_half_a_step_comes_back(app, sign_in):
    players = people()
    case = brought_to(S.PROPOSED, players)
    db.session.commit()
    data = {"open-requirement": "查清去向。", "open-steps-0-what": "plan"}
    response = sign_in(players["leader"]).post(f"/supervision/{case.key}/open", data=data)
    assert response.status_code == 422
    assert "一并填写" in response.text


def test_the_list_asks_as_much_for_one_as_for_twenty(app, sign_in):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    browser, counts = sign_in(players["leader"]), []
    for more in (0, 19):
        for _ in range(more):
            make.lead("village_head", media=True)
        db.session.commit()
        with questions() as seen:
            assert browser.get("/supervision/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert case.state is S.UNDER_SUPERVISION
    assert Act.URGE in DEEDS
