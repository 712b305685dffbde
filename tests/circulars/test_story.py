"""A circular from the towns' cases to the last town that has read it, and what may not be done on the way."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

from tests import make
from tests.circulars.at_work import NAME, accepted, cast, drafted, issued, noon, seen, written
from tipline.circulars import educating, operations, queries, waiting
from tipline.circulars.educating import Held
from tipline.circulars.lifecycle import CircularState as S
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.letters.models import FileKind
from tipline.office import trail
from tipline.office.charter import Act, Role

TODAY = day_of(make.NOON)
TOLD = {"audience": "village_cadres", "form": "meeting", "place": "镇政府三楼会议室"}


@pytest.fixture
def people(app):
    return cast()


def waits(officer, today=TODAY):
    return [one.act for one in waiting.waiting_for(officer, today)]


def test_cases_of_two_towns_become_one_circular_that_every_town_reads(people):
    stranger = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    cases = accepted(people.clerk, people.keeper) + accepted(stranger, people.keeper, {"recovered_fen": None})
    circular = operations.draft(cases, by=people.keeper, at=make.NOON)
    assert circular.draft.cases[0].heading == "双港镇某村原会计逯某虚报冒领问题"
    assert NAME not in circular.draft.text
    with pytest.raises(Incomplete, match="追缴退赔"):
        operations.submit(circular, looked_over=False, by=people.keeper, at=make.NOON)
    second = circular.draft.cases[1]
    words = second.words.replace("【待填：追缴退赔，没有的删去】", "")
    written(circular, people, cases=(circular.draft.cases[0], replace(second, words=words)))
    assert waits(people.leader) == []
    operations.submit(circular, looked_over=False, by=people.keeper, at=make.NOON)
    assert (waits(people.keeper), waits(people.leader)) == ([], [Act.APPROVE_CIRCULAR])
    operations.approve(circular, by=people.leader, at=make.NOON)
    assert [seen(one) for one in (people.clerk, people.keeper)] == [[], [circular]]
    assert waits(people.keeper) == [Act.ISSUE_CIRCULAR]
    operations.issue(circular, by=people.keeper, at=make.NOON)
    db.session.commit()
    assert (circular.doc_no, circular.due_on) == ("津南民函〔2018〕1号", date(2018, 6, 11))
    assert seen(people.clerk) == [circular]
    assert waits(people.clerk) == [Act.CONFIRM_READING] == waits(people.deputy)
    operations.confirm_reading(circular, by=people.clerk, at=noon(6, 5))
    operations.confirm_reading(circular, by=people.deputy, at=noon(6, 6))
    db.session.commit()
    assert waits(people.deputy) == []
    assert waits(people.keeper, date(2018, 6, 11)) == []
    assert waits(people.keeper, date(2018, 6, 12)) == [Act.READ_CIRCULARS]
    mine = next(row for row in queries.figures(people.keeper, date(2018, 6, 12)) if row.town is people.clerk.office)
    assert (mine.issued, mine.read, mine.late) == (1, 1, 0)
    assert sum(row.late for row in queries.figures(people.keeper, date(2018, 6, 12))) == 7
    assert not list(trail.faults())


def test_nobody_looks_over_what_they_wrote(people):
    circular = drafted(people)
    operations.submit(circular, looked_over=False, by=people.keeper, at=make.NOON)
    circular.versions[0].by = people.leader  # wrote it while keeping the ledger, and leads the bureau since
    db.session.flush()
    with pytest.raises(NotPermitted, match="写过"):
        operations.approve(circular, by=people.leader, at=make.NOON)
    with pytest.raises(NotPermitted):
        operations.approve(circular, by=people.keeper, at=make.NOON)
    operations.approve(circular, by=make.officer(Role.BUREAU_LEADER), at=make.NOON)
    assert circular.state is S.APPROVED


def test_a_number_goes_out_with_no_circular_and_a_noted_name_only_when_looked_over(people):
    circular = drafted(people)
    written(circular, people, lesson=f"{NAME}等人纪律意识淡薄。")
    with pytest.raises(Incomplete, match="1处"):
        operations.submit(circular, looked_over=False, by=people.keeper, at=make.NOON)
    operations.submit(circular, looked_over=True, by=people.keeper, at=make.NOON)
    assert circular.looked_over
    operations.send_back(circular, reason="不写全名。", by=people.leader, at=make.NOON)
    assert (circular.state, circular.looked_over) == (S.DRAFT, False)
    written(circular, people, lesson="其身份证号为129999195001012346。")
    with pytest.raises(Incomplete, match="身份证号"):
        operations.submit(circular, looked_over=True, by=people.keeper, at=make.NOON)


def test_a_case_is_in_one_living_circular(people):
    circular = drafted(people)
    cases = [one.case for one in circular.about]
    with pytest.raises(NotNow, match="别的通报"):
        operations.draft(cases, by=people.keeper, at=make.NOON)
    db.session.rollback()


def test_a_dropped_draft_frees_its_cases_and_was_never_seen(people):
    circular = drafted(people)
    assert list(db.session.scalars(queries.free_cases(people.keeper))) == []
    operations.drop(circular, reason="与上期重复。", by=people.keeper, at=make.NOON)
    assert [one.case for one in circular.about] == list(db.session.scalars(queries.free_cases(people.keeper)))
    assert seen(people.clerk) == []


def test_only_what_the_bureau_has_taken_can_be_circulated(people):
    cases = accepted(people.clerk, people.keeper)
    cases[0].report.state = "returned"
    db.session.flush()
    assert list(db.session.scalars(queries.free_cases(people.keeper))) == []


def test_what_is_withdrawn_says_nothing_more_to_towns(people, sign_in):
    circular = issued(people)
    operations.withdraw(circular, reason="案情有误。", by=people.leader, at=noon(6, 5))
    db.session.commit()
    address, said = f"/circulars/{circular.key}", circular.draft.cases[0].heading
    town, bureau = (sign_in(one).get(address).text for one in (people.clerk, people.keeper))
    assert "案情有误。" in town
    assert "案情有误。" in bureau
    assert said not in town
    assert said in bureau
    assert said not in sign_in(people.clerk).get("/circulars/").text
    assert waits(people.clerk) == []
    with pytest.raises(NotNow):
        operations.confirm_reading(circular, by=people.clerk, at=noon(6, 5))
    with pytest.raises(NotNow):
        operations.print_copy(circular, FileKind.DOCX, by=people.clerk, at=noon(6, 5))


def test_a_copy_is_the_circular_with_its_number_and_whose_hand_it_went_through(people):
    circular = issued(people)
    content = operations.print_copy(circular, FileKind.DOCX, by=people.clerk, at=make.NOON)
    document = docx.Document(BytesIO(content))
    text = "\n".join(line.text for line in document.paragraphs)
    margin = "".join(line.text for line in document.sections[0].first_page_footer.paragraphs)
    assert circular.doc_no in text
    assert "一、双港镇某村原会计逯某虚报冒领问题" in text
    assert "风险点：一人经手。制度漏洞：没有复核。整改措施：双人复核。" in text
    assert people.clerk.name in margin + "".join(document.element.itertext())
    operations.print_copy(circular, FileKind.PDF, by=people.keeper, at=make.NOON)


def test_an_officer_confirms_once_and_only_for_a_town_that_is_addressed(people):
    circular = issued(people)
    operations.confirm_reading(circular, by=people.clerk, at=make.NOON)
    db.session.commit()
    with pytest.raises(NotNow, match="已经确认"):
        operations.confirm_reading(circular, by=people.clerk, at=make.NOON)
    db.session.rollback()
    with pytest.raises(NotPermitted):
        operations.confirm_reading(circular, by=people.keeper, at=make.NOON)


def test_education_is_logged_by_its_town_counted_and_can_be_voided(people):
    circular = issued(people)
    held = Held(on=TODAY, persons=46, circular=circular, **TOLD)
    entry = educating.record(held, by=people.clerk, at=make.NOON)
    educating.record(Held(on=date(2018, 5, 2), persons=12, **TOLD), by=people.clerk, at=make.NOON)
    db.session.commit()

    def mine():
        (row,) = queries.figures(people.clerk, TODAY)
        return row.activities, row.persons

    assert mine() == (2, 58)
    stranger = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    with pytest.raises(NotPermitted, match="本镇"):
        educating.void(entry, reason="人数填错。", by=stranger, at=make.NOON)
    educating.void(entry, reason="人数填错。", by=people.clerk, at=make.NOON)
    db.session.commit()
    assert mine() == (1, 12)
    for wrong in (replace(held, on=date(2018, 6, 5)), replace(held, on=date(2018, 6, 1)), replace(held, persons=0)):
        with pytest.raises(Incomplete):
            educating.record(wrong, by=people.clerk, at=make.NOON)
    assert not list(trail.faults())


def test_two_hands_on_one_draft_lose_nothing(people):
    circular = drafted(people)
    words = written(circular, people)
    with pytest.raises(NotNow):
        operations.edit(circular, words, 1, by=people.keeper, at=make.NOON)
    with pytest.raises(Incomplete, match="没有改动"):
        operations.edit(circular, words, 2, by=people.keeper, at=make.NOON)
    assert [one.n for one in circular.versions] == [1, 2]
