"""What comes in: sealed, whole, of the kind it says it is, and never half."""

import errno
import io
import os
import re

import pytest
from sqlalchemy import select

from tests import make
from tests.evidence.files import TRUE, form, jpg, put
from tipline.evidence import checking, jobs, queries
from tipline.evidence.lifecycle import ExhibitState
from tipline.evidence.models import Exhibit
from tipline.kit import cabinet as cabinets
from tipline.kit.cabinet import MEGABYTE, cabinet
from tipline.kit.db import db
from tipline.office.charter import Act, Role
from tipline.office.models import Entry


@pytest.fixture
def lead(app):
    lead = make.lead("village_head", by=make.officer(Role.LEDGER_KEEPER))
    db.session.commit()
    return lead


@pytest.fixture
def browser(app, sign_in, lead):
    return sign_in(lead.registered_by)


def exhibits() -> list[Exhibit]:
    return list(db.session.scalars(select(Exhibit).order_by(Exhibit.id)))


def files() -> list[str]:
    """Everything that lies in the cabinet, temporary files too."""
    folder = cabinet.folder
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.parametrize("kind", TRUE)
def test_a_true_file_is_kept_as_it_came(browser, lead, kind):
    side, at = f"leads/{lead.key}", lead.id
    answer = put(browser, side, TRUE[kind], f"材料.{kind}")
    assert answer.status_code == 302, answer.text
    (exhibit,) = exhibits()
    assert (exhibit.lead_id, exhibit.name, exhibit.state) == (at, f"材料.{kind}", ExhibitState.HELD)
    assert b"".join(cabinet.read(exhibit.original)) == TRUE[kind]
    assert not list(checking.discrepancies())
    assert f"材料.{kind}" in browser.get(f"/leads/{lead.key}").text
    line = db.session.scalars(select(Entry).filter_by(act=Act.ATTACH_EVIDENCE)).one()
    assert (line.paper, line.note) == (exhibit.ref, exhibit.digest)


def test_stored_names_are_random_and_tell_nothing(browser, lead):
    put(browser, f"leads/{lead.key}", jpg(), "../../C:\\举报 材料.jpg")
    assert len(files()) == 2
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", name) for name in files())
    assert all((cabinet.folder / name).stat().st_mode & 0o077 == 0 for name in files())


@pytest.mark.parametrize("hundredth", range(10, 100, 10))
def test_an_upload_cut_off_leaves_nothing(browser, lead, hundredth):
    body, kind = form(jpg(size=600), "a.jpg")
    sent = io.BytesIO(body[: len(body) * hundredth // 100])
    answer = browser.post(
        f"/evidence/leads/{lead.key}/attach", input_stream=sent, content_length=len(body), content_type=kind
    )
    assert answer.status_code in (400, 422)
    assert not exhibits()
    assert not files()


def test_a_file_that_is_too_large_is_refused_while_it_comes(app, browser, lead):
    cabinet.limit = 2 * MEGABYTE
    for size in (2 * MEGABYTE + 1, 3 * MEGABYTE + 1, 9 * MEGABYTE):
        answer = put(browser, f"leads/{lead.key}", TRUE["jpg"] + bytes(size), "a.jpg")
        assert answer.status_code == 413
        assert "2 MB" in answer.text
    assert not exhibits()
    assert not files()


def test_only_this_door_takes_large_bodies_and_only_from_whoever_may_use_it(app, browser, lead, sign_in):
    large = bytes(13 * MEGABYTE)
    assert put(browser, f"leads/{lead.key}", TRUE["jpg"] + large, "a.jpg").status_code == 302
    admin = sign_in(make.officer(Role.SYSTEM_ADMIN))
    assert put(admin, f"leads/{lead.key}", TRUE["jpg"] + large, "a.jpg").status_code == 404
    assert browser.post("/leads/search", data={"q": "x" * 13_000_000}).status_code == 413
    assert len(exhibits()) == 1


def test_all_files_of_one_lead_have_a_common_measure(app, browser, lead):
    app.config["EVIDENCE_LEAD_MB"] = 1
    assert put(browser, f"leads/{lead.key}", TRUE["wav"] + bytes(600_000), "a.wav").status_code == 302
    answer = put(browser, f"leads/{lead.key}", TRUE["wav"] + bytes(600_000), "b.wav")
    assert answer.status_code == 422
    assert "合计不能超过1 MB" in answer.text
    assert len(exhibits()) == len(files()) == 1


@pytest.mark.parametrize("where", ["write", "fsync", "rename", "fsync of the folder"])
def test_a_full_disk_is_told_and_leaves_nothing_half_done(browser, lead, monkeypatch, where):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if where == "write":
        monkeypatch.setattr(cabinets.Tray, "_put", lambda *_, **__: (_ for _ in ()).throw(cabinets._no_room()))
    elif where == "fsync":
        monkeypatch.setattr(cabinets.os, "fsync", full)
    elif where == "rename":
        monkeypatch.setattr(cabinets.Path, "rename", full)
    else:
        monkeypatch.setattr(cabinets, "_sync", full)
    answer = put(browser, f"leads/{lead.key}", jpg(), "a.jpg")
    monkeypatch.undo()
    assert answer.status_code == 507
    assert "磁盘已满" in answer.text
    assert not exhibits()
    assert not files()


def test_a_disk_that_is_really_full_is_told(app, browser, lead):
    cabinet.reserve = 1 << 60
    answer = put(browser, f"leads/{lead.key}", jpg(), "a.jpg")
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.text
    assert not files()


def test_without_a_folder_nothing_is_taken_and_words_still_are(app, browser, lead):
    cabinet.folder, kept = None, cabinet.folder
    answer = put(browser, f"leads/{lead.key}", jpg(), "a.jpg")
    cabinet.folder = kept
    assert answer.status_code == 507


def test_a_deed_that_fails_after_the_file_was_kept_takes_it_away_again(app, browser, lead, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("tipline.evidence.operations.enact", broken)
    assert put(browser, f"leads/{lead.key}", jpg(), "a.jpg").status_code == 500
    monkeypatch.undo()
    assert not exhibits()
    assert not files()


def test_a_commit_that_fails_leaves_the_question_to_the_rows(app, browser, lead, monkeypatch):
    """Whether it was committed is not known then: the file stays until the sweep has asked."""

    def torn(self: object) -> None:
        raise OSError("connection lost")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("sqlalchemy.engine.default.DefaultDialect.do_commit", torn)
    assert put(browser, f"leads/{lead.key}", jpg(), "a.jpg").status_code == 500
    monkeypatch.undo()
    db.session.rollback()
    left = len(files())
    assert jobs.sweep(make.NOON) == left == 2
    assert not files()


def test_the_sweep_leaves_what_is_known_and_what_is_being_written(app, browser, lead):
    put(browser, f"leads/{lead.key}", TRUE["txt"], "a.txt")
    tray = cabinet.tray()
    tray.write(b"half")
    (cabinet.folder / "incoming" / "left").write_bytes(b"of a process that died")
    assert cabinet.sweep(queries.known_names) == 1
    assert len(files()) == 2
    tray.close()
    assert len(files()) == 1


def test_a_file_that_is_gone_altered_or_swapped_is_found(app, browser, lead):
    for number in range(3):
        put(browser, f"leads/{lead.key}", TRUE["wav"] + bytes(700_000) + bytes([number]), f"{number}.wav")
    first, second, third = (cabinet.folder / one.file[:2] / one.file for one in exhibits())
    assert not list(checking.discrepancies())
    whole = first.read_bytes()
    for damaged in (
        whole[:-1],
        whole[:262_160],
        whole[:100] + b"x" + whole[101:],
        b"",
        whole + b"x",
        third.read_bytes(),
    ):
        first.write_bytes(damaged)
        assert [one.of for one in checking.discrepancies()] == [exhibits()[0].ref]
    first.write_bytes(whole)
    os.unlink(second)
    (cabinet.folder / "ab").mkdir(exist_ok=True)
    (cabinet.folder / "ab" / ("ab" * 16)).write_bytes(b"stray")
    assert {one.of for one in checking.discrepancies()} == {exhibits()[1].ref, "ab" * 16}


@pytest.mark.parametrize("state", ["stub", "voided"])
def test_a_lead_that_takes_nothing_takes_no_file(app, sign_in, state):
    from tipline.leads import operations as leads

    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("district_mayor" if state == "stub" else "village_head", by=keeper)
    if state == "voided":
        leads.void(lead, reason="重复登记的同一来电", by=keeper, at=make.NOON)
    db.session.commit()
    assert lead.state == state
    answer = put(sign_in(keeper), f"leads/{lead.key}", jpg(), "a.jpg")
    assert answer.status_code in (404, 409)
    assert not exhibits()
    assert not files()
