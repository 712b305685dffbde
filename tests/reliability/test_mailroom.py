"""The mailroom against mail hosts of every temper: nothing lost, and what may be a repeat says so."""

from datetime import timedelta

import pytest
from flask import current_app
from flask_login import login_user

from tests import make, smtp
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import envelope, mailroom, privacy
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter, LetterState

MINUTE = timedelta(minutes=1)
SATURDAY = make.NOON - timedelta(days=2)
NIGHT = make.NOON + timedelta(hours=12)


@pytest.fixture
def mail(app, monkeypatch):
    """Point the app at a mail host; a letter is put into the outbox by `mail.letter()`."""
    monkeypatch.setattr(envelope, "PATIENCE", 1.0)

    class Mail:
        def at(self, port):
            app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=port)

        def letter(self, **values):
            office = make.office(Body.TOWN_GOVERNMENT)
            fresh = Letter(
                about=f"test/{db.session.query(Letter).count()}",
                address="sg@jinnan.example",
                office=office,
                written_at=make.NOON,
                next_try_at=make.NOON,
                **{"subject": "有1件待签收", "body": "请登录查看。\n", **values},
            )
            db.session.add(fresh)
            db.session.commit()
            return fresh

    return Mail()


def post(at):
    """As the clock does it: in a context of its own, with nothing open from before."""
    db.session.rollback()
    with current_app._get_current_object().app_context():
        return mailroom.post(at)


def again(letter):
    db.session.refresh(letter)
    return letter


def test_a_letter_arrives_as_it_was_written(mail):
    with smtp.host() as host:
        mail.at(host.port)
        letter = mail.letter(enclosure="甲,乙\n".encode(), enclosure_name="五月.csv")
        assert post(make.NOON) == 1
        assert again(letter).state is LetterState.SENT
        assert letter.sent_at is not None
        assert not letter.trouble
    (got,) = host.accepted
    assert (got["Subject"], got["To"]) == ("有1件待签收", "sg@jinnan.example")
    assert got["Message-ID"] == f"<{letter.key}@localhost>"
    assert got["Date"] == "Mon, 04 Jun 2018 12:00:00 +0800"
    assert got["X-Retry"] is None
    assert got.get_body().get_content().strip() == "请登录查看。"
    (enclosure,) = got.iter_attachments()
    assert (enclosure.get_filename(), enclosure.get_payload(decode=True)) == ("五月.csv", "甲,乙\n".encode())


def test_nothing_stays_locked_while_the_host_takes_its_time(mail, monkeypatch):
    mail.at(smtp.nobody())
    mail.letter()
    locked = []
    monkeypatch.setattr(envelope, "deliver", lambda letter, at: locked.append(db.session.registry().in_transaction()))
    assert post(make.NOON) == 1
    assert locked == [False]


def test_what_is_sent_is_not_sent_again(mail):
    with smtp.host() as host:
        mail.at(host.port)
        mail.letter()
        assert [post(make.NOON + n * MINUTE) for n in range(3)] == [1, 0, 0]
    assert len(host.accepted) == 1


@pytest.mark.parametrize("temper", [smtp.BUSY, smtp.STALL, smtp.GREYLIST, smtp.FULL])
def test_a_host_that_cannot_now_gets_the_letter_later(mail, temper):
    with smtp.host(temper, smtp.KIND) as host:
        mail.at(host.port)
        letter = mail.letter()
        assert post(make.NOON) == 0
        assert (again(letter).state, letter.tries, letter.uncertain) == (LetterState.DUE, 1, False)
        assert letter.trouble
        assert post(make.NOON) == 0, "too early"
        assert post(make.NOON + 2 * MINUTE) == 1
    (got,) = host.accepted
    assert got["X-Retry"] == "1"


def test_nobody_listens(mail):
    mail.at(smtp.nobody())
    letter = mail.letter()
    assert post(make.NOON) == 0
    assert again(letter).trouble == "ConnectionRefusedError"
    assert letter.state is LetterState.DUE


def test_a_dead_host_is_asked_once_a_round(mail):
    mail.at(smtp.nobody())
    letters = [mail.letter() for _ in range(3)]
    post(make.NOON)
    assert [again(letter).tries for letter in letters] == [1, 0, 0]


def test_an_address_refused_for_good_waits_for_a_person(mail):
    with smtp.host(smtp.UNKNOWN_USER) as host:
        mail.at(host.port)
        letter = mail.letter()
        assert post(make.NOON) == 0
        assert (again(letter).state, letter.trouble) == (LetterState.HELD, "550")
        assert post(make.NOON + timedelta(days=1)) == 0
        admin = make.officer(Role.SYSTEM_ADMIN)
        mailroom.resend(letter, by=admin, at=make.NOON)
        db.session.commit()
        assert again(letter).state is LetterState.DUE
    last = db.session.query(Entry).order_by(Entry.seq.desc()).first()
    assert (last.act, last.paper) == (Act.RESEND_LETTER, f"letter/{letter.key}")


def test_a_letter_that_may_have_arrived_is_sent_again_and_says_so(mail):
    with smtp.host(smtp.DROP, smtp.KIND) as host:
        mail.at(host.port)
        letter = mail.letter()
        assert post(make.NOON) == 0
        assert again(letter).uncertain
        assert post(make.NOON + 2 * MINUTE) == 1
    first, second = host.accepted
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["X-Retry"], second["X-Retry"]) == (None, "1")


@pytest.mark.parametrize("temper", [smtp.HANG_UP, smtp.SLOW])
def test_bad_manners_are_overlooked(mail, temper):
    with smtp.host(temper) as host:
        mail.at(host.port)
        mail.letter()
        assert post(make.NOON) == 1
    assert len(host.accepted) == 1


def test_a_host_that_drips_for_ever_is_cut_off(mail, monkeypatch):
    monkeypatch.setattr(envelope, "LONGEST", 0.3)
    monkeypatch.setattr(envelope, "PATIENCE", 30.0)
    with smtp.host(smtp.STALL) as host:
        mail.at(host.port)
        letter = mail.letter()
        assert post(make.NOON) == 0
    assert again(letter).state is LetterState.DUE


def test_a_letter_whose_carrier_died_is_taken_again_and_flagged(mail):
    with smtp.host() as host:
        mail.at(host.port)
        letter = mail.letter(state=LetterState.SENDING, claim="gone", tries=1)
        letter.next_try_at = make.NOON + mailroom.LEASE
        db.session.commit()
        assert post(make.NOON) == 0, "the claim still holds"
        assert post(make.NOON + mailroom.LEASE) == 1
        assert again(letter).uncertain
    assert [got["X-Retry"] for got in host.accepted] == ["1"]


def test_who_lost_the_claim_may_not_mark_the_letter(mail):
    letter = mail.letter(state=LetterState.SENDING, claim="mine", tries=1)
    stale = db.session.get(Letter, letter.id)
    db.session.expunge(stale)
    stale.claim = "another"
    assert mailroom._put_back(stale, state=LetterState.SENT, sent_at=make.NOON) == 0


def knocks(letter: Letter, days: int) -> list[int]:
    """Try whenever the letter is due again, for so many days; the waits between, in minutes."""
    moment, waits = make.NOON, []
    while again(letter).state is LetterState.DUE and moment < make.NOON + timedelta(days=days):
        post(moment)
        waits.append(round((again(letter).next_try_at - moment).total_seconds() / 60))
        moment = letter.next_try_at
    return waits


def test_while_the_host_is_silent_a_letter_waits_longer_and_longer_and_is_never_given_up(mail):
    mail.at(smtp.nobody())
    letter = mail.letter(urgent=True)
    waits = knocks(letter, days=4)
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert max(waits) == 60
    assert again(letter).state is LetterState.DUE


def test_a_letter_put_off_for_days_is_given_to_a_person(mail, monkeypatch):
    def put_off(*_: object) -> None:
        raise envelope.Later("450")

    monkeypatch.setattr(envelope, "deliver", put_off)
    with smtp.host() as host:
        mail.at(host.port)
        letter = mail.letter(urgent=True)
        tries = knocks(letter, days=5)
    assert again(letter).state is LetterState.HELD
    assert timedelta(minutes=sum(tries[:-1])) > timedelta(days=3)


def test_ordinary_letters_keep_office_hours_and_urgent_ones_do_not(mail):
    with smtp.host() as host:
        mail.at(host.port)
        mail.letter()
        for closed in (SATURDAY, NIGHT):
            assert post(closed + timedelta(days=7)) == 0
        mail.letter(urgent=True)
        assert post(NIGHT) == 1
        assert post(make.NOON + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "涉及129999198003071234",
        "涉及12999919800307106X，请核",
        "电话15412345678",
        "电话１３８１２３４５６７８",
        "电话154-1234-5678",
    ],
)
def test_a_letter_that_could_find_somebody_is_held(mail, words):
    with smtp.host() as host:
        mail.at(host.port)
        letters = [mail.letter(body=words), mail.letter(subject=words)]
        assert post(make.NOON) == 0
        assert {again(letter).state for letter in letters} == {LetterState.HELD}
    assert not host.accepted


def test_numbers_of_leads_days_and_hashes_are_no_ones(app):
    for harmless in ("SG-2018-0012，2018年6月4日 09:00", "末端 " + "0123456789abcdef" * 4, "共12345678901234567890件"):
        assert not any(linter(harmless) for linter in mailroom.linters)


def test_a_room_that_keeps_names_can_stop_a_letter(mail, monkeypatch):
    kept = privacy.vault.blind("name", "张大勇")
    known = lambda text: "name" if kept in privacy.name_marks(text) else None  # noqa: E731
    monkeypatch.setattr(mailroom, "linters", [*mailroom.linters, known])
    with smtp.host() as host:
        mail.at(host.port)
        named, unnamed = mail.letter(body="请查张大勇同志的问题"), mail.letter(body="请查收")
        assert post(make.NOON) == 1
        assert (again(named).state, again(unnamed).state) == (LetterState.HELD, LetterState.SENT)
        assert named.trouble == "name"


def test_a_rehearsal_writes_to_nobody(app, mail):
    with smtp.host() as host:
        mail.at(host.port)
        app.config["REHEARSAL"] = True
        letter = mail.letter()
        assert post(make.NOON) == 1
        assert again(letter).state is LetterState.SENT
    assert not host.accepted


def test_a_rehearsal_writes_to_one_mailbox_where_one_was_named(app, mail):
    with smtp.host() as host:
        mail.at(host.port)
        app.config |= {"REHEARSAL": True, "REHEARSAL_MAILBOX": "trainer@office.example"}
        letter = mail.letter()
        assert post(make.NOON) == 1
        assert again(letter).state is LetterState.SENT
    [got] = host.accepted
    [to] = got["To"].addresses
    assert (to.addr_spec, to.display_name) == ("trainer@office.example", letter.address)
    assert got["Subject"] == f"（演练）{letter.subject}"
    assert host.recipients == ["trainer@office.example"]


def told(app, officer):
    with app.test_request_context():
        login_user(officer)
        return [str(alarm.text) for alarm in mailroom.alarms()]


def test_trouble_with_the_mail_is_told_to_those_who_look_after_it(app, mail):
    mail.letter()
    mail.letter(state=LetterState.HELD)
    admin, clerk = make.officer(Role.SYSTEM_ADMIN), make.officer(Role.TOWN_CLERK)
    db.session.commit()
    assert told(app, admin) == ["有函件没有发出，需要人工处理。", "没有设置邮件服务器，有函件等着发出。"]
    assert told(app, clerk) == []
    assert post(make.NOON) == 0
