"""What goes out: never to be looked at here, the clean copy by rule, the original for a reason, each written down."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from tests import make
from tests.evidence.files import AUTHOR, PLACE, TRUE, jpg, office, pdf, png, put
from tests.evidence.test_who_sees_it import handed_over, one, recorded
from tipline.evidence import pages
from tipline.evidence.lifecycle import LIFE, ExhibitState
from tipline.evidence.stripping import strip
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.office.time import now

REASON = "核对照片拍摄时间和地点"


@pytest.fixture
def lead(app):
    lead = make.lead("village_head", by=make.officer(Role.LEDGER_KEEPER), at=now())
    db.session.commit()
    return lead


@pytest.fixture
def browser(app, sign_in, lead):
    return sign_in(lead.registered_by)


def brought(browser, lead, content=None, name="照片.jpg"):
    assert put(browser, f"leads/{lead.key}", content or jpg(), name).status_code == 302
    return one()


def fetch(browser, key, **form):
    return browser.post(
        f"/evidence/{key}/download-original",
        data={"original-reason": REASON, "original-password": make.PASSWORD} | form,
    )


def acts(exhibit):
    return list(db.session.scalars(select(Entry.act).filter_by(paper=exhibit.ref).order_by(Entry.seq)))


def test_a_copy_goes_out_without_place_and_device_and_the_trail_says_so(browser, lead):
    exhibit = brought(browser, lead, jpg())
    answer = browser.post(f"/evidence/{exhibit.key}/download")
    assert answer.status_code == 200
    assert PLACE.encode() not in answer.data
    assert Image.open(io.BytesIO(answer.data)).size == (24, 24)
    assert acts(one())[-1] is Act.DOWNLOAD_EVIDENCE


@pytest.mark.parametrize("kind", TRUE)
def test_nothing_is_ever_shown_inline(browser, lead, kind):
    exhibit = brought(browser, lead, TRUE[kind], f"材料.{kind}")
    answers = [fetch(browser, exhibit.key)]
    if exhibit.copy_file:
        answers.append(browser.post(f"/evidence/{exhibit.key}/download"))
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "no-store"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answers[0].data == TRUE[kind]


@pytest.mark.parametrize(
    ("name", "leaves_as"),
    [
        ("举报 材料（1）.jpg", "举报 材料（1）.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("照片\u202egpj.exe.jpg", "照片gpj.exe.jpg"),
        ("'; filename=evil.html; x='.jpg", "'; filename=evil.html; x='.jpg"),
        ("a%22; filename=b.html.jpg", "a_; filename=b.html.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a%0D%0ASet-Cookie_ x=1.jpg"),
        ("é" * 300 + ".jpeg", "é" * 80 + ".jpg"),
    ],
)
def test_the_name_it_leaves_with_is_clean_and_whole(browser, lead, name, leaves_as):
    exhibit = brought(browser, lead, jpg(), name)
    answer = browser.post(f"/evidence/{exhibit.key}/download")
    said = answer.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9._-]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", said)
    got = unquote(said.rpartition("''")[2])
    assert got == leaves_as
    assert not re.search(r'[<>:"|?*/\\\x00-\x1f]', got)
    assert set(answer.headers) & {"Set-Cookie"} == set()


@pytest.mark.parametrize("wrong", [{"original-reason": "x"}, {"original-password": "not mine at all"}])
def test_the_original_needs_a_reason_and_the_password(browser, lead, wrong):
    exhibit = brought(browser, lead)
    answer = fetch(browser, exhibit.key, **wrong)
    assert answer.status_code in (403, 422)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert Act.DOWNLOAD_ORIGINAL not in acts(one())
    assert fetch(browser, exhibit.key).data == jpg()
    line = db.session.scalars(select(Entry).filter_by(act=Act.DOWNLOAD_ORIGINAL)).one()
    assert line.note == REASON


def test_a_file_without_a_copy_goes_out_as_original_only(browser, lead):
    exhibit = brought(browser, lead, TRUE["mp3"], "录音.mp3")
    assert browser.post(f"/evidence/{exhibit.key}/download").status_code == 409
    assert fetch(browser, exhibit.key).data == TRUE["mp3"]


def test_an_altered_file_does_not_go_out_and_the_custody_says_so(browser, lead):
    exhibit = brought(browser, lead)
    path = cabinet.folder / exhibit.copy_file[:2] / exhibit.copy_file
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = browser.post(f"/evidence/{exhibit.key}/download")
    assert answer.status_code == 409
    assert "没有发出" in answer.text
    assert acts(one())[-1] is Act.VERIFY_EVIDENCE
    assert "不符" in browser.get(f"/evidence/{one().key}").text


def test_a_void_exhibit_stays_and_goes_out_as_original_only(browser, lead):
    exhibit = brought(browser, lead)
    voiding = {"void-reason": "传错了，是另一户的照片"}
    assert browser.post(f"/evidence/{exhibit.key}/void", data={"void-reason": "错"}).status_code == 422
    assert browser.post(f"/evidence/{exhibit.key}/void", data=voiding).status_code == 302
    assert one().state is ExhibitState.VOIDED
    assert browser.post(f"/evidence/{exhibit.key}/download").status_code == 409
    assert browser.post(f"/evidence/{exhibit.key}/void", data=voiding).status_code == 409
    assert fetch(browser, one().key).data == jpg()
    assert "已作废" in browser.get(f"/leads/{lead.key}").text


def test_there_is_no_door_that_deletes(app):
    doors = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("evidence.")]
    assert doors
    assert not [door for door in doors if "delete" in door or "remove" in door]


def test_only_whoever_received_it_may_void_it(app, sign_in, lead, browser):
    key = brought(browser, lead).key
    (referral,) = handed_over(lead, lead.registered_by)
    body = sign_in(make.officer(Role.TOWN_INSPECTOR))
    assert body.get(f"/evidence/{key}").status_code == 200
    answer = body.post(f"/evidence/{key}/void", data={"void-reason": "不是本案的材料"})
    assert answer.status_code == 403
    assert one().state is ExhibitState.HELD
    assert referral.key


def test_custody_tells_every_hand_in_order(app, sign_in, lead, browser):
    exhibit = brought(browser, lead)
    key = exhibit.key
    browser.get(f"/evidence/{key}")
    browser.post(f"/evidence/{key}/download")
    browser.post(f"/evidence/{key}/verify")
    (referral,) = handed_over(lead, lead.registered_by)
    inspector = make.officer(Role.TOWN_INSPECTOR)
    body = sign_in(inspector)
    body.post(f"/referrals/{referral.key}/sign-for")
    fetch(body, key)
    page = body.get(f"/evidence/{key}").text
    hands = pages.hands(one(), db.session.merge(inspector))
    assert [hand.entry.act for hand in hands] == [
        Act.ATTACH_EVIDENCE,
        Act.READ_EVIDENCE,
        Act.DOWNLOAD_EVIDENCE,
        Act.VERIFY_EVIDENCE,
        Act.HAND_OVER,
        Act.SIGN_FOR,
        Act.DOWNLOAD_ORIGINAL,
        Act.READ_EVIDENCE,
    ]
    exhibit = one()
    assert [hand.digest for hand in hands] == [
        exhibit.copy_digest if hand.entry.act is Act.DOWNLOAD_EVIDENCE else exhibit.digest for hand in hands
    ]
    assert REASON in page
    assert referral.number in page
    listed = body.get(f"/evidence/referrals/{referral.key}").text
    assert exhibit.digest in listed, "the list that is signed carries hashes in full"


def test_a_recording_by_reference_needs_no_sound(browser, lead):
    assert recorded(browser, f"leads/{lead.key}").status_code == 302
    exhibit = one()
    assert (exhibit.name, exhibit.seconds, exhibit.digest) == ("REC-20180604-017", 760, "ab" * 32)
    assert exhibit.started_at.isoformat() == "2018-06-04T01:12:00+00:00"
    page = browser.get(f"/evidence/{exhibit.key}").text
    assert "热线机房录音柜3号" in page
    assert "0:12:40" in page
    assert browser.post(f"/evidence/{exhibit.key}/download").status_code == 409
    assert fetch(browser, exhibit.key).status_code == 409
    assert browser.post(f"/evidence/{exhibit.key}/verify").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"recording-digest": "xyz"},
        {"recording-digest": ""},
        {"recording-number": ""},
        {"recording-started_at": "2018-02-30T09:00"},
        {"recording-length": "很长"},
        {"recording-length": "99:99:99"},
        {"recording-length": "0"},
        {"recording-kept_at": ""},
    ],
)
def test_a_recording_that_is_half_told_is_asked_again(browser, lead, wrong):
    answer = recorded(browser, f"leads/{lead.key}", **wrong)
    assert answer.status_code == 422
    assert "REC-20180604-017" in answer.text or "recording-number" in wrong
    assert one() is None


# The copies


def test_a_picture_loses_what_it_tells_and_none_of_its_pixels():
    clean = strip("jpg", jpg())
    before, after = Image.open(io.BytesIO(jpg())), Image.open(io.BytesIO(clean))
    assert before.getexif()[0x010F] == PLACE
    assert dict(after.getexif()) == {0x0112: 6}, "how the camera was held stays"
    assert "comment" not in after.info
    assert after.tobytes() == before.tobytes()
    assert strip("jpg", jpg() + b"behind the end") == clean


def test_a_drawing_loses_what_it_tells():
    clean = strip("png", png())
    assert AUTHOR.encode() not in clean
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(png())).tobytes()


def test_a_pdf_loses_its_author_its_script_and_its_hidden_files():
    given = pdf(script=True)
    clean = strip("pdf", given)
    reader = PdfReader(io.BytesIO(clean))
    assert len(reader.pages) == 1
    assert not reader.attachments
    assert not (reader.metadata or {}).get("/Author")
    for telltale in (AUTHOR.encode(), b"app.alert", b"hidden file", b"/JavaScript", b"/XMP"):
        assert telltale not in clean


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_office_document_loses_its_properties_and_stays_one(kind):
    clean = strip(kind, office(kind))
    with zipfile.ZipFile(io.BytesIO(clean)) as parts:
        assert not [name for name in parts.namelist() if name.startswith("docProps")]
        assert all(b"docProps" not in parts.read(name) for name in parts.namelist())
        assert AUTHOR.encode() not in b"".join(parts.read(name) for name in parts.namelist())
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_what_cannot_be_cleaned_is_kept_without_a_copy(browser, lead):
    broken = jpg()[:40] + b"\x00\x00\x00" + jpg()[43:] + b"\xff\xd9"
    exhibit = brought(browser, lead, broken, "坏图.jpg")
    assert exhibit.copy_file is None or cabinet.is_whole(exhibit.clean_copy)
    assert cabinet.is_whole(exhibit.original)


@pytest.mark.parametrize("state", [None, *ExhibitState])
@pytest.mark.parametrize("act", sorted(LIFE.acts))
def test_every_move_of_an_exhibit_is_in_the_table_or_refused(state, act):
    if (state, act) in LIFE.moves:
        assert LIFE.after(state, act) is LIFE.moves[state, act]
    else:
        with pytest.raises(NotNow):
            LIFE.after(state, act)
