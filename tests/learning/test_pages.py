"""The pages of what is learnt: who reads what, what forms give back, how many questions they cost."""

import pytest

from tests import make
from tests.inspections.at_work import photo
from tests.learning.test_story import HOW, JULY, WHY, lived, people, quarter  # noqa: F401 (fixtures)
from tests.questions import questions
from tests.reports import seeding
from tipline.kit.db import db
from tipline.learning import operations
from tipline.learning.lifecycle import Sort
from tipline.learning.models import Improvement, IssueSummary, TownAction
from tipline.learning.operations import Proposed

WORDS = "逾期未整改，经两次催办。"


def one(kind):
    return db.session.query(kind).one()


def test_a_summary_from_the_first_number_to_the_frozen_one(people, lived, sign_in):  # noqa: F811
    bureau, leader, town = sign_in(people.keeper), sign_in(people.leader), sign_in(people.clerk)
    assert "2018年第2季度" in bureau.get("/learning/").text
    address = "/learning/summaries/2018-Q2"
    page = bureau.get(address).text
    assert "错保" not in page or "漏保" in page
    assert "反复出现的问题" in page
    assert f"{address}/rows/found?town=total" in page
    listed = bureau.get(f"{address}/rows/found?town={make.SHUANGGANG}").text
    assert [lived[n].number in listed for n in range(3)] == [True, True, False]
    assert town.get(address).status_code == 404
    assert bureau.get(f"{address}/rows/nothing").status_code == 404
    assert bureau.get(f"{address}/rows/found?town=1").status_code == 404
    assert bureau.get("/learning/summaries/2017-Q1").status_code == 404
    short = bureau.post(f"{address}/write", data={"write-behind": "短", "write-proposals": HOW})
    assert (short.status_code, HOW in short.text) == (422, True)
    data = {"write-behind": WHY, "write-proposals": HOW}
    early = bureau.post("/learning/summaries/2018-Q3/write", data=data)
    assert (early.status_code, WHY in early.text) == (409, True)
    assert bureau.post(f"{address}/write", data=data).status_code == 302
    paper = one(IssueSummary)
    assert bureau.post(f"/learning/summaries/{paper.key}/confirm").status_code == 404
    assert paper.digest in leader.get(address).text
    assert leader.post(f"/learning/summaries/{paper.key}/confirm").status_code == 302
    seeding.more(1)
    assert "原始记录现在是" in leader.get(f"{address}/rows/leads").text
    assert WHY in bureau.get(address).text


def test_an_improvement_is_proposed_adopted_and_done(people, lived, sign_in):  # noqa: F811
    bureau, leader, town = sign_in(people.keeper), sign_in(people.leader), sign_in(people.other)
    form = {"found": WHY, "proposal": HOW, "sort": "capacity", "town": make.XINZHUANG}
    assert bureau.get("/learning/improvements/new?sort=practice").status_code == 200
    undated = bureau.post("/learning/improvements/propose", data=form)
    assert (undated.status_code, WHY in undated.text) == (422, True)
    assert bureau.post("/learning/improvements/propose", data=form | {"due_on": "2018-09-28"}).status_code == 302
    paper = one(Improvement)
    address = f"/learning/improvements/{paper.key}"
    assert town.get(address).status_code == 404
    assert leader.post(f"{address}/adopt").status_code == 302
    assert WHY in town.get(address).text
    done = {"finish-words": "已购买服务，两名社工到岗。", "finish-contract_no": "津合2018-9"}
    assert bureau.post(f"{address}/finish", data=done).status_code == 422
    done |= {"finish-since": "2018-08-01", "finish-until": "2018-12-31"}
    assert bureau.post(f"{address}/finish", data=done).status_code == 302
    assert "津合2018-9" in town.get(address).text
    assert paper.number in town.get("/learning/improvements").text


def test_an_action_is_proposed_decided_answered_and_closed(people, lived, sign_in):  # noqa: F811
    bureau, leader, town = sign_in(people.keeper), sign_in(people.leader), sign_in(people.clerk)
    assert "逾期未整改的督查问题" in bureau.get("/learning/actions/new").text
    where = f"/learning/actions/new?town={make.SHUANGGANG}"
    assert "逾期未整改的督查问题" in bureau.get(where).text
    form = {"ground": "unfulfilled_duty", "measure": "talk", "words": WORDS}
    there = f"/learning/actions/propose?town={make.SHUANGGANG}"
    assert bureau.post(there, data=form | {"ground": "whim"}).status_code == 422
    assert bureau.post("/learning/actions/propose?town=1", data=form).status_code == 404
    assert bureau.post(there, data=form).status_code == 302
    action = one(TownAction)
    address = f"/learning/actions/{action.key}"
    assert town.get(address).status_code == 404
    assert bureau.post(f"{address}/decide").status_code == 404
    decided = {"decide-doc_no": "津南民〔2018〕41号", "decide-demand": "请逐户整改并报告。"}
    assert leader.post(f"{address}/decide", data=decided).status_code == 302
    page = town.get(address).text
    assert WORDS in page
    assert people.keeper.name not in page
    assert "提请时的情况" not in page
    assert action.number in town.get("/learning/").text
    bare = town.post(f"{address}/answer", data={"answer-words": "已逐户整改完毕。"})
    assert (bare.status_code, "已逐户整改完毕。" in bare.text) == (422, True)
    operations.answer(action, "已逐户整改完毕。", photo(), by=people.clerk, at=JULY)
    db.session.commit()
    file = f"/learning/files/{action.files[0].key}/download"
    assert sign_in(people.other).post(file).status_code == 404
    assert "整改照片说明" in bureau.post(file).text
    assert leader.post(f"{address}/close", data={"close-words": "抽看三户，均已整改。"}).status_code == 302
    assert "已销号" in town.get("/learning/actions").text


def test_pages_cost_the_same_number_of_questions_however_many_rows(people, lived, sign_in):  # noqa: F811
    bureau = sign_in(people.keeper)

    def more():
        whose = {"by": people.keeper, "at": JULY}
        said = {"found": WHY, "proposal": HOW, "town": make.XINZHUANG, "spread_to": [make.SHUANGGANG]}
        operations.propose_improvement(Proposed(sort=Sort.PRACTICE, **said), **whose)
        operations.propose_action(people.clerk.office, "lax_style", "talk", WORDS, **whose)
        seeding.more(3)
        db.session.commit()

    addresses = ["", "improvements", "actions", "actions/new", "summaries/2018-Q2", "summaries/2018-Q2/rows/leads"]

    def cost():
        return [asked(address) for address in addresses]

    def asked(address):
        with questions() as seen:
            assert bureau.get(f"/learning/{address}").status_code == 200
        return len(seen)

    more()
    cost()
    before = cost()
    for _ in range(3):
        more()
    assert cost() == before
    assert max(before) < 60


@pytest.mark.parametrize("address", ["", "improvements", "actions"])
def test_an_empty_room_says_so(people, sign_in, address):  # noqa: F811
    assert sign_in(people.keeper).get(f"/learning/{address}").status_code == 200
