"""The commands: each does one thing, says what it did, and ends with a code that a script can read."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests import make, smtp
from tests.conftest import KEYS, settings
from tipline import create_app
from tipline.clock import operations as clock
from tipline.clock.models import JobRun
from tipline.commands import keys
from tipline.commands.doctor import UnsafeDatabase, refuse_unsafe_database
from tipline.evidence.operations import Received, Side, attach
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.vault import Vault, read_keys
from tipline.office import editions, envelope, roster, time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Kin, Letter, Officer, Session


@pytest.fixture
def flask(app):
    """Run `flask …`; gives back the exit code and what was printed."""

    def run(*words):
        db.session.commit()
        done = app.test_cli_runner().invoke(args=[str(word) for word in words])
        db.session.rollback()
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


# --- the roster


def test_the_first_officer_is_admitted_by_the_house_itself(flask):
    code, told = flask("officer", "add", "hezhiyuan", "何志远", "system-admin", "--title", "工程师")
    assert code == 0
    officer = db.session.query(Officer).filter_by(login="hezhiyuan").one()
    password = re.search(r"one-time password: (\S+)", told)[1]
    assert roster.sessions.HASHER.verify(officer.password_hash, password)
    assert officer.must_change_password
    last = db.session.query(Entry).order_by(Entry.seq.desc()).first()
    assert (last.act, last.by.login) == (Act.ADMIT_OFFICER, roster.TIPLINE_ITSELF)


def test_an_unknown_office_lists_the_known_ones(flask):
    code, told = flask("officer", "add", "x", "某人", "town-clerk", "--office", "nowhere")
    assert code == 2
    assert "双港镇人民政府" in told


def test_an_officer_is_disabled_by_somebody_and_every_session_ends(app, flask, sign_in):
    clerk, admin = make.officer(Role.TOWN_CLERK), make.officer(Role.SYSTEM_ADMIN)
    sign_in(clerk)
    assert flask("officer", "disable", clerk.login, "--by", admin.login)[0] == 0
    assert not clerk.active
    assert not db.session.query(Session).filter_by(officer_id=clerk.id).count()


def test_who_may_not_disable_cannot_do_it_from_the_terminal_either(flask):
    clerk, other = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    code, told = flask("officer", "disable", clerk.login, "--by", other.login)
    assert code == 1
    assert "无权" in told
    assert clerk.active


def test_a_forgotten_password_is_given_anew(flask):
    clerk, admin = make.officer(Role.TOWN_CLERK), make.officer(Role.SYSTEM_ADMIN)
    before = clerk.password_hash
    assert flask("officer", "password", clerk.login, "--by", admin.login)[0] == 0
    db.session.refresh(clerk)
    assert clerk.password_hash != before
    assert clerk.must_change_password
    assert flask("officer", "password", "nobody", "--by", admin.login)[0] == 2


def test_loading_a_district_twice_changes_nothing(flask):
    before = db.session.query(Entry).count()
    code, told = flask("district", "load")
    assert code == 0
    assert "津南区民政局" in told
    assert db.session.query(Entry).count() == before


# --- the trail


def test_an_intact_trail_is_called_intact_and_its_head_is_an_anchor(flask, tmp_path):
    make.officer(Role.AUDITOR)
    _, head = flask("trail", "head")
    anchors = tmp_path / "anchors"
    anchors.write_text(head)
    make.officer(Role.AUDITOR)
    code, told = flask("trail", "verify", "--anchors", anchors)
    assert (code, "intact" in told, "1 anchors" in told) == (0, True, True)
    seq, _ = head.split()
    anchors.write_text(f"{seq} {'0' * 64}\n")
    code, told = flask("trail", "verify", "--anchors", anchors)
    assert code == 1
    assert "与已公布的不符" in told
    anchors.write_text("rubbish\n")
    assert flask("trail", "verify", "--anchors", anchors)[0] == 2


def test_the_exported_trail_is_all_of_it(flask, tmp_path):
    out = tmp_path / "trail.jsonl"
    assert flask("trail", "export", "--to", out)[0] == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, db.session.query(Entry).count() + 1))


# --- keys


def test_fresh_keys_can_be_read(flask):
    code, told = flask("keys", "new")
    assert code == 0
    assert read_keys(told)


def test_a_key_is_added_beside_the_old_ones(flask, tmp_path):
    file = tmp_path / "keys"
    file.write_text(KEYS)
    file.chmod(0o600)
    assert flask("keys", "add", file)[0] == 0
    assert set(read_keys(file.read_text())["seal"]) == {1, 2}
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert flask("keys", "add", file)[0] == 1


def with_second_key(app):
    app.extensions["vault"] = Vault(read_keys(f"{KEYS}seal.2 {'ab' * 32}\n"))


def versions():
    return sorted(int.from_bytes(box[:2]) for (box,) in db.session.query(Kin.name_sealed))


def test_rotation_seals_everything_anew_and_all_of_it_stays_readable(app, flask, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 3)
    clerk, at = make.officer(Role.TOWN_CLERK), make.NOON
    kin = [roster.declare_kin(clerk, f"亲属{number}", "弟", at=at).id for number in range(8)]
    lead = make.lead("village_head", narrative="原话")
    with_second_key(app)
    code, told = flask("keys", "rotate")
    assert code == 0
    assert "kin.name: 8" in told
    assert versions() == [2] * 8
    db.session.expire_all()
    assert {db.session.get(Kin, number).name for number in kin} == {f"亲属{number}" for number in range(8)}
    assert lead.narrative == "原话"
    assert "kin.name: 0" in flask("keys", "rotate")[1]
    assert flask("trail", "verify")[0] == 0


def test_a_rotation_that_was_stopped_goes_on(app, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 3)
    clerk = make.officer(Role.TOWN_CLERK)
    for number in range(8):
        roster.declare_kin(clerk, f"亲属{number}", "弟", at=make.NOON)
    db.session.commit()
    with_second_key(app)
    sealed = app.extensions["vault"].seal
    left = iter(range(5))

    def seal(words, place):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return sealed(words, place)

    monkeypatch.setattr(app.extensions["vault"], "seal", seal)
    with pytest.raises(KeyboardInterrupt):
        keys.reseal(Kin, "name")
    db.session.rollback()
    assert versions() == [1] * 5 + [2] * 3
    monkeypatch.setattr(app.extensions["vault"], "seal", sealed)
    assert keys.reseal(Kin, "name") == 5
    assert versions() == [2] * 8


# --- rules


def test_a_replay_of_the_same_rules_changes_nothing(app, flask):
    make.lead("village_head")
    code, told = flask("rules", "replay", app.config["NOTICE"])
    assert (code, told) == (0, "0 of 1 referrals would be treated differently\n")


def test_publishing_the_shipped_rules_again_keeps_their_edition(app, flask):
    before = editions.notice().digest
    code, told = flask("rules", "publish", app.config["NOTICE"])
    assert code == 0
    assert before[:16] in told


def test_rules_that_cannot_be_read_are_not_published(flask, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[notice")
    assert flask("rules", "publish", broken)[0] == 1


# --- lists


def test_a_list_that_is_no_list_is_refused_in_a_sentence(flask, tmp_path):
    keeper, file = make.officer(Role.LEDGER_KEEPER), tmp_path / "list.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    code, told = flask("import", "leads", file, "--by", keeper.login, "--dry")
    assert code == 1
    assert told.startswith("Error: ")


# --- the clock


def test_the_watch_is_silent_while_the_clock_ticks_and_loud_when_it_does_not(app, flask):
    app.config["ADMIN_EMAIL"] = "admin@jinnan.example"
    with smtp.host() as host:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=host.port)
        code, told = flask("clock", "--watch")
        assert code == 1
        assert "时钟没有运行" in told
        assert flask("clock", "--watch")[0] == 1
        db.session.rollback()
        clock.tick(time.machine_now())
        assert flask("clock", "--watch")[0] == 0
    alarms = [mail for mail in host.accepted if "时钟" in mail["Subject"]]
    assert len(alarms) == 1, "once an hour is enough"
    assert alarms[0]["To"] == "admin@jinnan.example"


def test_a_look_by_hand_does_what_is_due(flask):
    clock.tick(datetime(2018, 6, 4, 1, tzinfo=UTC))
    code, told = flask("clock", "--at", "2018-06-05")
    assert code == 0
    assert "jobs run" in told
    assert db.session.query(JobRun).filter(JobRun.due_at > datetime(2018, 6, 4, 2, tzinfo=UTC)).count() >= 7


def test_a_stretch_of_days_is_walked_step_by_step(flask):
    assert flask("clock", "--from", "2018-06-04", "--to", "2018-06-06")[0] == 0
    days = {time.day_of(run.due_at) for run in db.session.query(JobRun).filter_by(job="clock.trail-head")}
    assert len(days) >= 3
    assert flask("clock", "--from", "2018-06-04")[0] == 2


def test_only_a_rehearsal_can_be_moved_ahead(app, flask):
    ahead = (time.machine_now() + timedelta(days=3)).date()
    assert flask("clock", "--at", ahead)[0] == 2
    app.config["REHEARSAL"] = True
    time.set_rehearsal(make.NOON)
    assert flask("clock", "--at", "2018-06-07")[0] == 0
    assert time.day_of(time.rehearsal().moment).isoformat() == "2018-06-07"


# --- the doctor


def test_a_healthy_house_has_nothing_bad(app, flask):
    clock.tick(time.machine_now())
    with smtp.host() as host:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=host.port)
        code, told = flask("doctor")
    assert "BAD" not in told
    assert code == 0
    assert "the clock last beat" in told


def test_the_doctor_finds_a_dead_clock_a_dead_mail_host_and_a_lost_key(app, flask):
    roster.declare_kin(make.officer(Role.TOWN_CLERK), "某人", "弟", at=make.NOON)
    db.session.commit()
    app.extensions["vault"] = Vault(read_keys(KEYS.replace("seal.1", "seal.7")))
    app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=smtp.nobody())
    code, told = flask("doctor")
    assert code == 1
    for bad in ("the clock last beat never", "seal.1 has sealed", "mail host 127.0.0.1"):
        assert re.search(rf"BAD .*{bad}", told), told


def test_the_doctor_finds_tables_of_another_version(app, flask):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001_office'"))
    code, told = flask("doctor")
    assert code == 1
    assert "flask --app app db upgrade" in told


def test_the_doctor_greets_the_mail_host_without_sending(app):
    with smtp.host() as host:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=host.port)
        envelope.greet()
    assert not host.accepted
    assert not db.session.query(Letter).count()


def test_a_database_that_could_forget_is_refused(app, monkeypatch):
    if db.engine.dialect.name != "sqlite":
        refuse_unsafe_database(app)
        return
    with pytest.raises(UnsafeDatabase, match="journal_mode"):
        create_app(settings("sqlite://"))


# --- the cabinet


def test_evidence_verify_names_what_is_wrong_and_the_doctor_counts_it(app, flask):
    assert flask("evidence", "verify") == (0, "whole: 0 files\n")
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head", by=keeper)
    exhibits = []
    for words in (b"one", b"two"):
        (tray := cabinet.tray()).write(words)
        tray.seek(0)
        file = Received("a.txt", FileType.TXT, tray.keep(), None)
        exhibits.append(attach(file, Side(lead), [], most_mb=1, by=keeper, at=make.NOON))
    db.session.commit()
    refs, names = [one.ref for one in exhibits], [one.file for one in exhibits]
    assert flask("evidence", "verify") == (0, "whole: 2 files\n")
    assert "0 missing or altered" in flask("doctor")[1]
    (cabinet.folder / names[0][:2] / names[0]).write_bytes(b"other")
    (cabinet.folder / names[1][:2] / names[1]).rename(cabinet.folder / "incoming" / ("ef" * 16))
    code, said = flask("evidence", "verify")
    assert code == 1
    assert all(ref in said for ref in refs)
    assert "ef" * 16 in said
    code, said = flask("doctor")
    assert code == 1
    assert re.search("BAD .*2 missing or altered", said)
    assert re.search("WARN .*1 files that no row knows", said)
    assert flask("evidence", "sweep") == (0, "1 files removed\n")


def test_the_doctor_says_where_attachments_may_not_lie(app, flask):
    (cabinet.folder / "incoming").mkdir(parents=True)
    cabinet.folder.chmod(0o755)
    assert re.search("BAD .* is open to others", flask("doctor")[1])
    cabinet.folder, kept = None, cabinet.folder
    assert re.search("WARN .*attachments are not taken", flask("doctor")[1])
    cabinet.folder = kept
