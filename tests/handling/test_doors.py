"""The counter of the room, asked by who may, who may not, and the stranger; and no page that grows with its rows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.handling.cast import asked, engaged
from tests.questions import questions
from tests.referrals.cast import S, brought_to, cast
from tipline.handling.lifecycle import ExtensionState
from tipline.handling.models import Extension
from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.models import Entry

TALK = {"talk-manner": "letter", "talk-on": "2018-06-04"}
REVIEW = {"shelve-reason": "证人在外。", "shelve-review_on": "2018-07-10"}
HELP = {"help-to": "120112100-xsgj", "help-task": "调取流水。", "help-due_on": "2018-06-22"}

WORK = {
    Act.SET_DISPOSITION: (S.SIGNED_FOR, "set-disposition", TALK),
    Act.SHELVE: (S.SIGNED_FOR, "shelve", REVIEW),
    Act.KEEP_SHELVED: (S.SHELVED, "keep-shelved", REVIEW),
    Act.FILE_CASE: (S.IN_DISPOSITION, "file-case", {}),
    Act.RECORD_MILESTONE: (
        S.IN_DISPOSITION,
        "record-milestone",
        {"milestone-step": "verification_reported", "milestone-text": "已报。", "milestone-reached_on": "2018-06-05"},
    ),
    Act.ASK_EXTENSION: (
        S.IN_DISPOSITION,
        "ask-extension",
        {"extension-clock": "C-22", "extension-reason": "账目多，查不完。"},
    ),
    Act.ENGAGE_HELPER: (S.SIGNED_FOR, "engage-helper", HELP),
}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(make.NOON + timedelta(days=1))


@pytest.mark.parametrize("act", WORK)
def test_the_work_of_a_body_is_done_by_that_body_alone(app, sign_in, act):
    state, verb, data = WORK[act]
    players = cast()
    referral = brought_to(state, players)
    db.session.commit()
    if act is Act.ENGAGE_HELPER:
        data = data | {"help-to": players.stranger.office.code}
    address = f"/handling/{referral.key}/{verb}"
    for outsider in (players.stranger, players.operator, players.leader):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    inspector = sign_in(players.inspector)
    response = inspector.post(address, data=data)
    assert response.status_code == 302, response.text
    assert db.session.scalars(select(Entry).filter_by(act=act)).first().by_id == players.inspector.id
    assert inspector.get(f"/referrals/{referral.key}").status_code == 200


@pytest.mark.parametrize("act", [act for act in WORK if act is not Act.FILE_CASE])
def test_an_empty_form_comes_back_with_what_is_wrong(app, sign_in, act):
    state, verb, _ = WORK[act]
    players = cast()
    referral = brought_to(state, players)
    db.session.commit()
    response = sign_in(players.inspector).post(f"/handling/{referral.key}/{verb}", data={"help-task": "写了很久的话"})
    assert response.status_code == 422
    assert "没有办成" in response.text
    assert referral.lead.narrative in response.text  # on the page of the case, not alone
    assert "为什么送到这里" in response.text
    assert ("写了很久的话" in response.text) is (act is Act.ENGAGE_HELPER)


def test_the_sender_sees_neither_dispositions_nor_steps_nor_the_tasks_of_the_body(app, sign_in):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    engaged(players, referral)
    db.session.commit()
    inside = sign_in(players.inspector).get(f"/referrals/{referral.key}").text
    outside = sign_in(players.keeper).get(f"/referrals/{referral.key}").text
    assert "批准人：" in inside
    for hidden in ("批准人：", "纪委书记", "初步核实</p>", "银行流水"):
        assert hidden not in outside


def test_a_slip_opens_to_its_two_sides_and_says_what_it_carries(app, sign_in):
    players = cast()
    slip = engaged(players, task="调取流水。", shows_person=False)
    other = engaged(players, task="入户走访。", shows_person=True)
    db.session.commit()
    address = f"/handling/slips/{slip.key}"
    for outsider in (players.operator, players.district, players.leader):
        assert sign_in(outsider).get(address).status_code == 404
    helper = sign_in(players.stranger)
    text = helper.get(address).text
    assert "调取流水" in text
    assert make.NAMES[0] not in text
    assert "吃低保" not in text
    assert make.NAMES[0] in helper.get(f"/handling/slips/{other.key}").text
    assert helper.post(f"{address}/sign").status_code == 302
    assert helper.post(f"{address}/withdraw").status_code == 403
    assert helper.post(f"{address}/answer", data={"answer-answer": "有三笔可疑。"}).status_code == 302
    assert "三笔可疑" in sign_in(players.inspector).get(address).text


def test_an_extension_opens_to_the_body_and_is_granted_by_another(app, sign_in):
    players = cast(two=True)
    extension = asked(players)
    db.session.commit()
    address = f"/handling/extensions/{extension.key}"
    for outsider in (players.stranger, players.keeper, players.district):
        assert sign_in(outsider).get(address).status_code == 404
        assert sign_in(outsider).post(f"{address}/grant").status_code in {403, 404}
    asker = sign_in(players.inspector)
    page = asker.get(address).text
    assert "2018年8月6日" in page  # the 4th is a Saturday
    assert "2018年9月4日" in page
    assert asker.post(f"{address}/grant").status_code == 403
    assert sign_in(players.principal).post(f"{address}/grant").status_code == 302
    assert db.session.get(Extension, extension.id).state is ExtensionState.GRANTED
    assert "已延期；原为" in asker.get(f"/referrals/{extension.referral.key}").text


def test_an_extension_is_refused_with_a_reason(app, sign_in):
    players = cast(two=True)
    extension = asked(players)
    db.session.commit()
    address = f"/handling/extensions/{extension.key}/refuse"
    principal = sign_in(players.principal)
    assert principal.post(address, data={}).status_code == 422
    assert principal.post(address, data={"refuse-reason": "人手可以调整。"}).status_code == 302


def test_a_superior_steps_in_by_number(app, sign_in):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    db.session.commit()
    assert sign_in(players.stranger).get("/referrals/above").status_code == 404
    district = sign_in(players.district)
    page = district.get("/referrals/above")
    assert page.status_code == 200
    assert referral.number not in page.text
    wrong = district.post("/referrals/take-up", data={"up-number": "XX", "up-reason": "案情重大。"})
    assert wrong.status_code == 422
    said = {"up-number": referral.number, "up-reason": "案情重大。"}
    assert sign_in(players.stranger).post("/referrals/take-up", data=said).status_code == 404
    assert district.post("/referrals/take-up", data=said).status_code == 302
    told = {"designate-number": referral.number, "designate-to": players.stranger.office.code}
    again = district.post("/referrals/designate", data=told | {"designate-reason": "另由他镇办。"})
    assert again.status_code == 422  # it is the district's own now


def test_the_list_and_the_desk_ask_as_much_for_two_as_for_forty(app, sign_in):
    players = cast()
    browser, counts = sign_in(players.stranger), []
    for number in (2, 38):
        for _ in range(number):
            engaged(players)
        db.session.commit()
        for address in ("/handling/", "/desk/"):
            browser.get(address)
            with questions() as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
