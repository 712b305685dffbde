"""Who knows of an exhibit: whoever reads the lead's words, and the body it goes to; nobody else, not even a count."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.evidence.files import TRUE, jpg, put
from tests.leads.readers import unmarked
from tests.questions import questions
from tipline.evidence import queries
from tipline.evidence.models import Exhibit
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads import operations as leads
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.office.time import now
from tipline.referrals import operations as referrals
from tipline.referrals.models import Referral

NAME = "龘家存折"


def recorded(browser, side, **more):
    told = {
        "recording-number": "REC-20180604-017",
        "recording-digest": "AB" * 32,
        "recording-started_at": "2018-06-04T09:12",
        "recording-length": "12:40",
        "recording-kept_at": "热线机房录音柜3号",
    }
    return browser.post(f"/evidence/{side}/note-recording", data=told | more)


def one() -> Exhibit:
    return db.session.scalars(select(Exhibit).order_by(Exhibit.id.desc())).first()


def handed_over(lead, keeper) -> list[Referral]:
    """Every person of the lead with its body, by real deeds."""
    gone = make.referrals(lead)
    leader = make.officer(Role.BUREAU_LEADER)
    for referral in gone:
        referrals.approve(referral, by=leader, at=now())
        referrals.hand_over(referral, by=keeper, at=now())
    db.session.commit()
    return gone


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def all_pages(key: str, lead, referral=None) -> list[str]:
    found = [f"/evidence/{key}", f"/evidence/leads/{lead.key}"]
    return [*found, f"/evidence/referrals/{referral.key}"] if referral else found


def deeds(key: str) -> list[str]:
    return [f"/evidence/{key}/{act}" for act in ("download", "download-original", "verify", "mark", "void")]


def test_whoever_reads_the_words_sees_it_and_others_find_nothing(app, sign_in, keeper):
    lead = make.lead("village_head", by=keeper, at=now())
    (referral,) = make.referrals(lead)
    db.session.commit()
    browser = sign_in(keeper)
    assert put(browser, f"leads/{lead.key}", jpg(), f"{NAME}.jpg").status_code == 302
    assert recorded(browser, f"leads/{lead.key}").status_code == 302
    key = db.session.scalars(select(Exhibit.key).order_by(Exhibit.id)).first()
    assert NAME in browser.get(f"/leads/{lead.key}").text
    assert NAME in browser.get(f"/evidence/leads/{lead.key}").text
    assert "REC-20180604-017" in browser.get(f"/evidence/leads/{lead.key}").text
    others = [
        make.officer(Role.BUREAU_LEADER),
        make.officer(Role.OPERATOR),
        make.officer(Role.TOWN_CLERK),
        make.officer(Role.TOWN_INSPECTOR),
        make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU),
        make.officer(Role.DISTRICT_INSPECTOR),
        *(make.officer(role) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)),
    ]
    addresses = all_pages(key, lead, referral)
    for officer in others:
        other = sign_in(officer)
        assert {other.get(page).status_code for page in addresses} == {404}, officer.role
        assert {other.post(deed).status_code for deed in deeds(key)} == {404}, officer.role
        assert put(other, f"leads/{lead.key}", jpg(), "b.jpg").status_code == 404
        assert recorded(other, f"leads/{lead.key}").status_code == 404


def test_a_shell_tells_neither_names_nor_how_many(app, sign_in, keeper):
    """The page of a lead is the same, with exhibits and without, for whoever reads its shell only."""
    leader = make.officer(Role.BUREAU_LEADER)
    lead = make.lead("village_head", by=keeper, at=now())
    db.session.commit()
    reading = sign_in(leader)
    reading.get(f"/leads/{lead.key}")
    before = reading.get(f"/leads/{lead.key}").text
    browser = sign_in(keeper)
    for number in range(3):
        put(browser, f"leads/{lead.key}", TRUE["txt"], f"{NAME}{number}.txt")
    assert unmarked(reading.get(f"/leads/{lead.key}").text) == unmarked(before)


def test_it_goes_with_the_whole_and_closes_to_the_sender(app, sign_in, keeper):
    lead = make.lead("village_head", by=keeper, at=now())
    db.session.commit()
    browser = sign_in(keeper)
    put(browser, f"leads/{lead.key}", jpg(), f"{NAME}.jpg")
    exhibit = one()
    key = exhibit.key
    (referral,) = handed_over(lead, keeper)
    assert {browser.get(page).status_code for page in all_pages(key, lead, referral)} == {404}
    inspector = make.officer(Role.TOWN_INSPECTOR)
    body = sign_in(inspector)
    assert NAME in body.get(f"/referrals/{referral.key}").text
    assert NAME in body.get(f"/evidence/referrals/{referral.key}").text
    assert body.get(f"/evidence/{key}").status_code == 200
    stranger = sign_in(make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU))
    assert {stranger.get(page).status_code for page in all_pages(key, lead, referral)} == {404}
    leads.open_content(lead, reason="核对移送材料是否齐全", by=keeper, at=now())
    db.session.commit()
    assert browser.get(f"/evidence/{key}").status_code == 200


def test_what_the_body_brings_in_is_its_own(app, sign_in, keeper):
    lead = make.lead("village_head", by=keeper, at=now())
    db.session.commit()
    (referral,) = handed_over(lead, keeper)
    inspector = make.officer(Role.TOWN_INSPECTOR)
    body = sign_in(inspector)
    assert put(body, f"referrals/{referral.key}", TRUE["wav"], f"{NAME}.wav").status_code == 302
    key = one().key
    assert NAME in body.get(f"/referrals/{referral.key}").text
    leads.open_content(lead, reason="核对移送材料是否齐全", by=keeper, at=now())
    db.session.commit()
    browser = sign_in(keeper)
    assert browser.get(f"/evidence/{key}").status_code == 404
    assert NAME not in browser.get(f"/leads/{lead.key}").text
    assert NAME not in browser.get(f"/evidence/leads/{lead.key}").text
    assert NAME not in browser.get(f"/referrals/{referral.key}").text
    assert put(browser, f"referrals/{referral.key}", TRUE["txt"], "a.txt").status_code == 404


def parted(keeper):
    """A lead about two persons that go to two bodies: one gets the whole, the other a part."""
    lead = make.lead("bureau_clerk", "village_head", by=keeper, at=now())
    return lead, {referral.whole: referral for referral in make.referrals(lead)}


def inspector_at(referral: Referral) -> Officer:
    role = {
        Body.TOWN_DISCIPLINE_BODY: Role.TOWN_INSPECTOR,
        Body.DISPATCHED_DISCIPLINE_GROUP: Role.GROUP_INSPECTOR,
        Body.DISTRICT_DISCIPLINE_BODY: Role.DISTRICT_INSPECTOR,
    }[referral.to.body]
    return make.officer(role)


def test_a_body_that_gets_a_part_gets_only_what_is_marked_for_it(app, sign_in):
    keeper, second = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    lead, sides = parted(keeper)
    assert set(sides) == {True, False}, "this pair is shared between two bodies"
    db.session.commit()
    browser = sign_in(keeper)
    small = sides[False].person
    put(browser, f"leads/{lead.key}", TRUE["txt"], "全件.txt")
    put(browser, f"leads/{lead.key}", jpg(), f"{NAME}.jpg", **{"attach-parts": small.key})
    whole_key, part_key = db.session.scalars(select(Exhibit.key).order_by(Exhibit.id))
    ready = [referral for referral in make.referrals(lead) if referral.state == "proposed"]
    for referral in ready:
        referrals.approve(referral, by=second, at=now())
        referrals.hand_over(referral, by=keeper, at=now())
    db.session.commit()
    part, whole = sign_in(inspector_at(sides[False])), sign_in(inspector_at(sides[True]))
    assert part.get(f"/evidence/{part_key}").status_code == 200
    assert part.get(f"/evidence/{whole_key}").status_code == 404
    assert "全件.txt" not in part.get(f"/referrals/{sides[False].key}").text
    assert {whole.get(f"/evidence/{key}").status_code for key in (part_key, whole_key)} == {200}
    name = sides[True].to.name
    whole_reader = db.session.scalars(select(Entry).filter_by(act=Act.READ_EVIDENCE)).all()[-1].by.name
    told = part.get(f"/evidence/{part_key}").text
    assert name not in told, "a part names no other body"
    assert whole_reader not in told
    assert sides[False].to.name in whole.get(f"/evidence/{part_key}").text


def test_marks_can_be_changed_by_whoever_received_it(app, sign_in):
    keeper = make.officer(Role.TOWN_CLERK)
    lead, sides = parted(keeper)
    db.session.commit()
    browser = sign_in(keeper)
    put(browser, f"leads/{lead.key}", TRUE["txt"], "全件.txt")
    key, person = one().key, sides[False].person
    assert browser.post(f"/evidence/{key}/mark", data={"mark-parts": [person.key]}).status_code == 302
    assert [part.person_id for part in one().parts] == [person.id]
    assert browser.post(f"/evidence/{key}/mark", data={}).status_code == 302
    assert one().parts == []
    assert browser.post(f"/evidence/{key}/mark", data={"mark-parts": ["nobody"]}).status_code == 422


def test_nobody_named_learns_that_there_is_an_exhibit(app, sign_in, keeper):
    named = make.officer(Role.LEDGER_KEEPER, name=make.NAMES[0])
    lead = make.lead("bureau_clerk", by=make.officer(Role.TOWN_CLERK), at=now())
    by = lead.registered_by
    db.session.commit()
    assert lead.walled
    browser = sign_in(by)
    assert put(browser, f"leads/{lead.key}", jpg(), f"{NAME}.jpg").status_code in (302, 404)
    assert not list(db.session.scalars(queries.visible_to(named, now())))
    walled = sign_in(named)
    assert {walled.get(page).status_code for page in [f"/evidence/leads/{lead.key}"]} == {404}


def test_a_walled_officer_of_the_handling_body_sees_nothing(app, sign_in, keeper):
    lead = make.lead("village_head", by=keeper, at=now())
    db.session.commit()
    put(sign_in(keeper), f"leads/{lead.key}", jpg(), f"{NAME}.jpg")
    key = one().key
    (referral,) = handed_over(lead, keeper)
    namesake = make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    db.session.commit()
    assert db.session.get(Referral, referral.id).lead.walled
    browser = sign_in(namesake)
    assert {browser.get(page).status_code for page in all_pages(key, lead, referral)} == {404}
    assert {browser.post(deed).status_code for deed in deeds(key)} == {404}


def test_an_operator_gives_and_cannot_take_away_again(app, sign_in):
    operator = make.officer(Role.OPERATOR)
    lead = make.lead("village_head", by=operator, at=now())
    db.session.commit()
    browser = sign_in(operator)
    assert put(browser, f"leads/{lead.key}", jpg(), f"{NAME}.jpg").status_code == 302
    key = one().key
    assert browser.get(f"/evidence/{key}").status_code == 200
    for act in ("download", "download-original", "verify", "void"):
        assert browser.post(f"/evidence/{key}/{act}").status_code == 404
    old = make.lead("village_head", by=operator, at=now() - timedelta(hours=25))
    db.session.commit()
    assert put(browser, f"leads/{old.key}", jpg(), "a.jpg").status_code == 404


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(app, sign_in, keeper):
    lead = make.lead("village_head", "town_civil_affairs_clerk", by=keeper, at=now())
    people = [person.key for person in lead.people]
    db.session.commit()
    browser = sign_in(keeper)

    def asked(page: str) -> int:
        with questions() as seen:
            assert browser.get(page).status_code == 200
        return len(seen)

    counted = []
    for number in (1, 6):
        for _ in range(number):
            assert recorded(browser, f"leads/{lead.key}", **{"recording-parts": people}).status_code == 302
        browser.get(f"/leads/{lead.key}")
        counted.append([asked(f"/leads/{lead.key}"), asked(f"/evidence/leads/{lead.key}")])
    assert counted[0] == counted[1]
