"""Numbers and lots tell nothing of what is hidden: a series or a draw that does is found."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests import make
from tests.leads import readers, worlds
from tests.leads.twins import made
from tipline.eligibility import opening
from tipline.kit.db import db
from tipline.kit.series import next_number
from tipline.leads import access
from tipline.letters import issuing, rules
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.rehearsal import deeds
from tipline.sampling import queries as sampling
from tipline.supervision import grounds

pytestmark = pytest.mark.timeout(900)  # two worlds are lived through before the first word is compared


def leads_in_one_row(patch):
    patch.setattr(access, "betrayed_by_a_gap", lambda lead: False)


def letters_in_one_row(patch):
    def numbered(letter, year):
        code = letter.office.doc_code or ""
        return rules.doc_no(code, year, next_number(f"doc:{code}", year))

    patch.setattr(issuing, "_next_number", numbered)


def cases_in_one_row(patch):
    patch.setattr(
        grounds, "number_for", lambda lead, form, _, series, at: form % {"year": 2018, "n": next_number(series, 2018)}
    )


def petitions_in_one_row(patch):
    patch.setattr(opening, "number_for", lambda *_: f"FH2018-{next_number('review', 2018):04d}")


def lots_out_of_all(patch):
    done = select(Referral).where(Referral.state.in_(DONE)).order_by(Referral.id)
    patch.setattr(sampling, "closures", lambda since, until: list(db.session.scalars(done)))


NUMBERED_BADLY = [
    (leads_in_one_row, "clerk", "/leads/", (1, 4)),
    (letters_in_one_row, "clerk", "/letters/", (1, 4)),
    (cases_in_one_row, "superior", "/supervision/", (0, 3)),
    (petitions_in_one_row, "clerk", "/eligibility/", (7, 7)),
    (lots_out_of_all, "relative", "/sampling/", (0, 1)),
]


@pytest.mark.parametrize(
    ("fault", "kind", "within", "steps"), NUMBERED_BADLY, ids=lambda part: getattr(part, "__name__", "")
)
def test_a_number_or_a_lot_that_tells_is_found(sqlite_template, tmp_path, monkeypatch, fault, kind, within, steps):
    fault(monkeypatch)
    pair = made(sqlite_template, tmp_path, monkeypatch, tuple(worlds.MATTERS[step] for step in steps))
    if fault is lots_out_of_all:
        for app in pair.houses.values():
            with app.app_context():
                deeds.sample(make.NOON, worlds.seed("lot", monkeypatch))
                db.session.commit()

    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            return readers.pages(app, readers.signed_in(app, login), 1, within)

    assert pair.differing(kind, monkeypatch, read)
    pair.close()
