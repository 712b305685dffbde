"""Letters at the counter: who sees which, what is missing, what changed, and what is taken away."""

import base64
import hashlib
import io
import re

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests import make
from tests.letters.cast import REPORTER, approved_referral, at_stage, cast, drafted, edited
from tests.questions import questions
from tests.referrals.cast import brought_to
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.letters import issuing, operations, queries
from tipline.letters.fields import gather
from tipline.letters.kinds import OCCASIONS, LetterKind
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import FileKind, LetterFile, OfficialLetter, Printing
from tipline.letters.templates import first_text
from tipline.letters.wording import REPORTER as REPORTER_MARK
from tipline.letters.wording import Wording, blanks
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ReferralState
from tipline.replies import operations as replies
from tipline.replies.models import Manner, Told
from tipline.supervision import operations as supervision
from tipline.supervision.models import SupervisedCase
from tipline.triage import operations as triage

S = LetterStage
NARRATIVE = "村里有人不够条件却吃低保"


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def words_of(document: bytes) -> str:
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs)


def test_a_letter_from_the_page_of_a_referral_to_the_file_on_the_desk(app, sign_in):
    players = cast()
    referral = approved_referral(players)
    keeper, leader = sign_in(players.keeper), sign_in(players.leader)
    page = keeper.get(f"/referrals/{referral.key}").text
    address = re.search(r"/letters/new/hand_over/referral/\w+", page).group()
    assert "记录齐全" in keeper.get(address).text
    place = keeper.post(f"{address}/draft").location
    assert NARRATIVE in keeper.get(place).text
    assert keeper.post(f"{place}/submit").status_code == 302
    assert "签批移送函" in leader.get("/desk/").text
    assert NARRATIVE in leader.get(place).text
    assert leader.post(f"{place}/approve").status_code == 302
    assert keeper.post(f"{place}/issue").status_code == 302
    assert re.search(r"津南民函〔\d{4}〕1号", keeper.get(place).text)
    answer = keeper.post(f"{place}/print", data={"form": "pdf"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    assert "双港镇纪委：" in text_of(answer.data)
    assert not list(trail.faults())


def test_only_the_office_that_writes_it_and_then_the_body_it_goes_to_know_of_it(app, sign_in):
    players = cast()
    letter = at_stage(S.APPROVED, players)
    town = make.officer(Role.TOWN_CLERK)
    who = {
        "keeper": (players.keeper, 200),
        "colleague": (players.second_keeper, 200),
        "body": (players.inspector, 404),
        "stranger": (players.stranger, 404),
        "town": (town, 404),
    }
    for officer, status in who.values():
        assert sign_in(officer).get(f"/letters/{letter.key}").status_code == status, officer.role
    operations.issue(letter, by=players.keeper, at=make.NOON)
    assert sign_in(players.inspector).get(f"/letters/{letter.key}").status_code == 404
    referrals.hand_over(letter.referral, by=players.keeper, at=make.NOON)
    body = sign_in(players.inspector).get(f"/letters/{letter.key}")
    assert body.status_code == 200
    assert NARRATIVE in body.text
    assert sign_in(players.stranger).get(f"/letters/{letter.key}").status_code == 404


def test_after_hand_over_the_sender_sees_that_a_letter_went_and_not_what_it_says(app, sign_in):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    referrals.hand_over(letter.referral, by=players.keeper, at=make.NOON)
    for officer in (players.keeper, players.leader):
        browser = sign_in(officer)
        page = browser.get(f"/letters/{letter.key}").text
        assert "移送函" in page
        assert NARRATIVE not in page
        assert letter.referral.person.name not in page
        assert browser.post(f"/letters/{letter.key}/print", data={"form": "pdf"}).status_code == 403
        assert browser.get(f"/letters/{letter.key}/versions/1").status_code == 404


def test_nobody_learns_of_a_letter_about_a_lead_they_are_walled_from(app, sign_in):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    letter.lead.walled = True
    db.session.execute(
        db.text("INSERT INTO access (lead_id, officer_id) VALUES (:lead, :officer)"),
        {"lead": letter.lead_id, "officer": players.leader.id},
    )
    walled, listed = sign_in(players.keeper), sign_in(players.leader)
    assert listed.get(f"/letters/{letter.key}").status_code == 200
    for address in (f"/letters/{letter.key}", f"/letters/{letter.key}/versions/1"):
        assert walled.get(address).status_code == 404
    assert letter.doc_no not in walled.get("/letters/?tab=all").text
    assert queries.counts(players.keeper)[queries.Tab.ALL] == 0
    for deed in ("cancel", "print", "edit", "issue"):
        assert walled.post(f"/letters/{letter.key}/{deed}", data={"form": "pdf"}).status_code == 404


def test_who_wrote_any_of_it_cannot_approve_it(app):
    players = cast()
    letter = drafted(players)
    operations.edit(letter, edited(letter, "补充。"), 1, by=players.second_keeper, at=make.NOON)
    operations.submit(letter, by=players.keeper, at=make.NOON)
    for writer in (players.keeper, players.second_keeper):
        with pytest.raises(NotPermitted):
            operations.approve(letter, by=writer, at=make.NOON)
    operations.approve(letter, by=players.leader, at=make.NOON)
    assert letter.approved_by is players.leader


def test_what_is_missing_is_listed_with_where_to_fill_it_in(app, sign_in):
    players = cast()
    referral = approved_referral(players)
    referrals.hand_over(referral, by=players.keeper, at=make.NOON)
    letter = operations.draft(LetterKind.HAND_OVER, referral, by=players.keeper, at=make.NOON)
    assert blanks(letter.latest.text) == ["被反映人姓名和职务", "反映的主要问题"]
    assert NARRATIVE not in letter.latest.text
    page = sign_in(players.second_keeper).get(f"/letters/new/hand_over/referral/{referral.key}").text
    assert "反映的主要问题" in page
    assert f"/leads/{referral.lead.key}" in page
    with pytest.raises(Incomplete, match="待填"):
        operations.submit(letter, by=players.keeper, at=make.NOON)


def test_what_the_record_tells_later_is_filled_into_the_draft(app):
    players = cast()
    referral = brought_to(ReferralState.SIGNED_FOR, players)
    letter = operations.draft(LetterKind.RETURN, referral, by=players.inspector, at=make.NOON)
    assert blanks(letter.latest.text) == ["退回原因"]
    with pytest.raises(Incomplete, match="还没有新的内容"):
        operations.fill_in(letter, by=players.inspector, at=make.NOON)


def test_a_character_that_no_face_has_is_named_before_printing(app):
    players = cast()
    letter = drafted(players)
    operations.edit(letter, edited(letter, "有人叫𪚥。"), 1, by=players.keeper, at=make.NOON)
    for deed in (
        lambda: operations.submit(letter, by=players.keeper, at=make.NOON),
        lambda: issuing.print_copy(letter, FileKind.PDF, by=players.keeper, at=make.NOON),
    ):
        with pytest.raises(Incomplete, match="字库"):
            deed()


def test_two_who_write_at_once_lose_neither_text(app, sign_in):
    players = cast()
    letter = drafted(players)
    db.session.commit()
    first = letter.latest.text
    form = {"wording-title": "标题", "wording-addressee": "双港镇纪委", "wording-based_on": "1"}
    mine, theirs = sign_in(players.keeper), sign_in(players.second_keeper)
    assert theirs.post(f"/letters/{letter.key}/edit", data=form | {"wording-body": "对方写的话。"}).status_code == 302
    answer = mine.post(f"/letters/{letter.key}/edit", data=form | {"wording-body": "我写的话。"})
    assert answer.status_code == 409
    assert "对方写的话。" in answer.text
    assert "我写的话。" in answer.text
    assert 'name="wording-based_on" type="hidden" value="2"' in answer.text
    assert (
        mine.post(
            f"/letters/{letter.key}/edit", data=form | {"wording-body": "合并的话。", "wording-based_on": "2"}
        ).status_code
        == 302
    )
    db.session.expire_all()
    kept = [version.text for version in letter.versions]
    assert kept[0] == first
    assert "对方写的话。" in kept[1]
    assert "合并的话。" in kept[2]


def test_the_approver_sees_what_changed_by_sign_and_not_by_colour_alone(app, sign_in):
    players = cast()
    letter = at_stage(S.SENT_BACK, players)
    operations.edit(letter, edited(letter, "依据第十五条。"), 1, by=players.keeper, at=make.NOON)
    operations.submit(letter, by=players.keeper, at=make.NOON)
    page = sign_in(players.leader).get(f"/letters/{letter.key}").text
    assert re.search(
        r"<ins><span class=\"aloud\">新增：</span><span aria-hidden=\"true\">\+</span>\s*依据第十五条。", page
    )
    assert "<del>" not in page


def test_the_reporter_is_in_no_letter_unless_another_hand_agreed(app):
    players = cast()
    plain = at_stage(S.ISSUED, players)
    assert REPORTER.name not in text_of(copy_of(plain, players))
    assert REPORTER.phone not in text_of(copy_of(plain, players))

    letter = drafted(players)
    operations.name_reporter(letter, reason="承办机关要当面核实。", by=players.keeper, at=make.NOON)
    operations.submit(letter, by=players.keeper, at=make.NOON)
    assert REPORTER.name not in text_of(copy_of(letter, players))
    with pytest.raises(NotNow):
        operations.issue(letter, by=players.keeper, at=make.NOON)
    operations.approve(letter, by=players.leader, at=make.NOON)
    operations.issue(letter, by=players.keeper, at=make.NOON)
    told = text_of(copy_of(letter, players))
    assert REPORTER.name in told
    assert REPORTER.phone in told
    assert all(REPORTER.name not in version.text for version in letter.versions)
    lines = db.session.scalars(select(Entry).where(Entry.paper == letter.ref)).all()
    assert [line.facts.get("reporter") for line in lines if line.act is Act.APPROVE_LETTER] == ["named"]
    opened = select(Entry).where(Entry.paper == letter.lead.ref, Entry.act == Act.READ_REPORTER)
    assert db.session.scalars(opened).one().by is players.keeper
    assert all(REPORTER.name not in str(line.facts) for line in lines)


def copy_of(letter, players, form=FileKind.PDF):
    return issuing.print_copy(letter, form, by=players.keeper, at=make.NOON)


def test_a_part_never_carries_who_reported_nor_the_whole_story(app):
    players = cast()
    referral = approved_referral(players)
    referral.whole = False
    letter = drafted(players, referral)
    assert NARRATIVE not in letter.latest.text
    assert referral.person.allegation in letter.latest.text
    with pytest.raises(Incomplete, match="不得写入"):
        operations.name_reporter(letter, reason="承办机关要当面核实。", by=players.keeper, at=make.NOON)


def test_a_sender_cannot_name_the_reporter_once_the_lead_has_left(app):
    players = cast()
    letter = drafted(players)
    operations.name_reporter(letter, reason="承办机关要当面核实。", by=players.keeper, at=make.NOON)
    operations.submit(letter, by=players.keeper, at=make.NOON)
    operations.approve(letter, by=players.leader, at=make.NOON)
    referrals.hand_over(letter.referral, by=players.keeper, at=make.NOON)
    with pytest.raises(NotPermitted, match="举报人"):
        operations.issue(letter, by=players.keeper, at=make.NOON)
    assert letter.doc_no is None


def test_the_files_are_kept_sealed_and_their_hashes_in_the_open(app):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    db.session.commit()
    for file in letter.files:
        content = base64.b64decode(file.content)
        assert hashlib.sha256(content).hexdigest() == file.sha256
    raw = db.session.execute(select(LetterFile.__table__.c.content_sealed)).scalars().all()
    assert all(b"%PDF" not in box and box[:2] != b"PK" for box in raw)
    assert NARRATIVE in words_of(base64.b64decode(letter.files[1].content))


def test_every_copy_leads_back_to_whoever_printed_it(app, sign_in):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    db.session.commit()
    pdf = sign_in(players.keeper).post(f"/letters/{letter.key}/print", data={"form": "pdf"}).data
    printing = db.session.scalars(select(Printing)).one()
    code = re.search(r"追溯码((?:[0-9a-z]{4}-)+[0-9a-z]+)", text_of(pdf)).group(1)
    assert code.replace("-", "") == printing.key
    assert printing.by is players.keeper
    assert players.keeper.name in text_of(pdf)
    found = sign_in(players.leader).post("/letters/trace", data={"code": code.upper()})
    assert players.keeper.name in found.text
    assert "没有这个追溯码" in sign_in(players.stranger).post("/letters/trace", data={"code": code}).text
    line = db.session.scalars(select(Entry).where(Entry.act == Act.PRINT_LETTER)).one()
    assert line.by is players.keeper


def test_a_word_copy_carries_its_stamp_on_every_kind_of_page(app):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    document = docx.Document(io.BytesIO(copy_of(letter, players, FileKind.DOCX)))
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer, section.even_page_footer):
        assert any("追溯码" in paragraph.text for paragraph in footer.paragraphs)


def test_a_proof_says_that_it_is_one(app):
    players = cast()
    letter = drafted(players)
    told = text_of(copy_of(letter, players))
    assert "样稿" in told
    assert "民函〔" not in told


def test_every_kind_of_letter_has_a_template_that_its_provider_fills(app):
    players = cast()
    seen = set()
    for one in OCCASIONS:
        subject, officer = staged(one, players)
        text = first_text(one.kind, gather(one.kind, subject, officer, make.NOON))
        assert "{{" not in text
        seen.add(one.kind)
    assert seen == set(LetterKind)


def staged(one, players):
    """A paper about which such a letter is written, and who writes it."""
    referral = brought_to(ReferralState.CONCLUDED, players)
    if one.about.value == "referral":
        return referral, players.inspector if one.side.value == "body" else players.keeper
    if one.about.value == "lead":
        return refused_lead(players), players.keeper
    return opened_case(players), players.keeper


def refused_lead(players) -> Lead:
    lead = make.lead("village_head", by=players.keeper, named=True, reporter=REPORTER)
    triage.propose_refusal(lead, "no_substance", "没有时间、地点和事实。", by=players.keeper, at=make.NOON)
    triage.refuse(lead, by=players.leader, at=make.NOON)
    return lead


def test_a_refused_report_is_answered_in_writing_and_in_confidence(app, sign_in):
    players = cast()
    lead = refused_lead(players)
    db.session.commit()
    assert "起草不予受理告知书" in sign_in(players.keeper).get("/desk/").text
    letter = operations.draft(LetterKind.NOT_ACCEPTED, lead, by=players.keeper, at=make.NOON)
    assert "没有实质内容" in letter.latest.text
    assert blanks(letter.latest.text) in ([], ["不予受理的依据"])
    operations.edit(
        letter, Wording("不予受理告知书", REPORTER_MARK, ("不予受理。",)), 1, by=players.keeper, at=make.NOON
    )
    operations.name_reporter(letter, reason="书面告知本人。", by=players.keeper, at=make.NOON)
    operations.submit(letter, by=players.keeper, at=make.NOON)
    operations.approve(letter, by=players.leader, at=make.NOON)
    operations.issue(letter, by=players.keeper, at=make.NOON)
    told = text_of(copy_of(letter, players))
    assert f"{REPORTER.name}：" in told
    assert REPORTER.phone not in told
    assert "起草不予受理告知书" not in sign_in(players.keeper).get("/desk/").text


def opened_case(players) -> SupervisedCase:
    lead = make.lead("village_head", by=players.keeper, media=True)
    case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one()
    supervision.open_supervision(case, "查清资金去向。", [], by=players.leader, at=make.NOON)
    return case


def test_the_desk_says_which_letters_are_owed(app, sign_in):
    players = cast()
    referral = brought_to(ReferralState.SIGNED_FOR, players)
    other = brought_to(ReferralState.SIGNED_FOR, players)
    replies.tell(referral, Told.ACCEPTANCE, Manner.LETTER, "已受理。", by=players.inspector, at=make.NOON)
    replies.tell(other, Told.ACCEPTANCE, Manner.PHONE, "已受理。", by=players.inspector, at=make.NOON)
    opened_case(players)
    db.session.commit()
    body, bureau, stranger = sign_in(players.inspector), sign_in(players.keeper), sign_in(players.stranger)
    assert body.get("/desk/").text.count("起草受理告知书") == 1, "only what is to be told in writing"
    assert "起草督办通知书" in bureau.get("/desk/").text
    assert "起草" not in stranger.get("/desk/").text
    operations.draft(LetterKind.ACCEPTANCE, referral, by=players.inspector, at=make.NOON)
    db.session.commit()
    assert "起草受理告知书" not in body.get("/desk/").text


def test_a_body_writes_the_letter_of_what_it_has_sent_back(app, sign_in):
    players = cast()
    referral = brought_to(ReferralState.RETURNED, players)
    db.session.commit()
    body = sign_in(players.inspector)
    address = f"/letters/new/return/referral/{referral.key}"
    assert body.get(f"/referrals/{referral.key}").status_code == 404
    assert address in body.get("/desk/").text
    assert body.get(address).status_code == 200
    place = body.post(f"{address}/draft").location
    assert body.get(place).status_code == 200
    assert sign_in(players.stranger).get(address).status_code == 404


def test_the_lists_ask_the_same_number_of_questions_however_long_they_are(app, sign_in):
    players = cast()
    browser, counts = sign_in(players.keeper), []
    addresses = [*(f"/letters/?tab={tab.value}" for tab in queries.Tab), "/desk/"]
    for more in (1, 4):
        for _ in range(more):
            for stage in S:
                at_stage(stage, players)
        db.session.commit()
        counts.append([asked_at(browser, address) for address in addresses])
    assert counts[0] == counts[1]


def asked_at(browser, address: str) -> int:
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_an_unknown_letter_and_a_nonsense_address_are_the_same_404(app, sign_in):
    players = cast()
    referral = approved_referral(players)
    db.session.commit()
    browser = sign_in(players.keeper)
    for address in ("q", "new/hand_over/referral/q", f"new/forward/referral/{referral.key}", f"new/x/y/{referral.key}"):
        assert browser.get(f"/letters/{address}").status_code == 404


def test_the_letters_of_a_town_that_has_one_clerk_are_approved_by_the_bureau(app):
    players = cast()
    clerk = make.officer(Role.TOWN_CLERK)
    lead = make.lead("village_head", by=clerk)
    referral = make.referrals(lead)[0]
    referrals.approve(referral, by=players.leader, at=make.NOON)
    letter = operations.draft(LetterKind.HAND_OVER, referral, by=clerk, at=make.NOON)
    operations.submit(letter, by=clerk, at=make.NOON)
    operations.approve(letter, by=players.leader, at=make.NOON)
    operations.issue(letter, by=clerk, at=make.NOON)
    assert letter.doc_no == "双港政函〔2018〕1号"
    assert not ledger.may_read_content(players.leader, lead, make.NOON)


def test_everything_is_kept_by_officers_of_the_roster(app):
    players = cast()
    letter = at_stage(S.ISSUED, players)
    db.session.commit()
    assert {type(one) for one in (letter.drafted_by, letter.approved_by, letter.issued_by)} == {Officer}
    assert db.session.scalars(select(OfficialLetter)).one() is letter
