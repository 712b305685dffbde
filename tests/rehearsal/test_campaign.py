"""The campaign as people live it who forget, err, fall ill and answer late, and what must hold."""

import os
import random
import shutil
from datetime import date

import pytest
from sqlalchemy import select

from tests.conftest import settings
from tipline import create_app
from tipline.duties import queries as duty_queries
from tipline.duties.jobs import about
from tipline.duties.models import Submission
from tipline.inspections.lifecycle import FindingState
from tipline.inspections.models import Finding
from tipline.kit.db import db
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office.models import Letter, LetterState
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.rehearsal import campaign, district, reckoning, towns
from tipline.screening.models import ScreeningRecord

WHOLE = os.environ.get("TIPLINE_CAMPAIGN") == "whole"
"""All calls and households of `flask demo campaign`, to the last of December; in an ordinary run its first months."""
UNTIL = campaign.LAST if WHOLE else date(2018, 7, 13)
"""Past the summary of 10 July and the escalation of May."""


@pytest.fixture
def lived(sqlite_template, tmp_path, monkeypatch):
    """A smaller district of the same people, unless the whole is asked for."""
    shutil.copy(sqlite_template, tmp_path / "lived.db")
    address = f"sqlite:///{tmp_path / 'lived.db'}"
    built = create_app(settings(address, rehearsal=True, evidence=str(tmp_path / "evidence")))
    if not WHOLE:
        monkeypatch.setattr(campaign, "CALLS", 120)
        monkeypatch.setattr(towns, "HOUSEHOLDS", {"on_roll": 40, "exited": 12, "rejected": 12})
    with built.app_context():
        assert district.furnish()
        year = campaign.Campaign(random.Random(campaign.SEED))
        year.plan_year()
        year.live(UNTIL)
        yield
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_campaign_ends_with_nothing_forgotten_and_what_is_hidden_is_found(lived):
    assert list(reckoning.faults(UNTIL)) == []
    assert db.session.query(Lead).count() > 60
    assert db.session.query(ScreeningRecord).count() > 300
    assert db.session.query(Submission).filter(Submission.returned_at.is_not(None)).count() > 0
    told = "\n".join(reckoning.summary(UNTIL))
    assert "work_plan: accepted" in told
    assert "work_plan: excused" in told

    (written, *_) = (one for one in duty_queries.owed(UNTIL) if one.answer is None)
    letters = db.session.scalars(select(Letter).where(Letter.about.startswith(about(written, "")))).all()
    letters[0].state, letters[0].sent_at = LetterState.DUE, None
    for letter in letters:
        letter.about = f"lost/{letter.about}"
    referral = db.session.scalars(select(Referral).where(Referral.due_on < UNTIL, Referral.state.not_in(DONE))).first()
    demanded = select(Finding).where(Finding.due_on < UNTIL, Finding.state == FindingState.DEMANDED)
    finding = db.session.scalars(demanded).first()
    for late in (referral, finding):
        for letter in db.session.scalars(select(Letter).where(Letter.about.startswith(f"{late.ref}/"))):
            letter.about = f"lost/{letter.about}"
    counted = select(Lead).where(Lead.state == LeadState.REGISTERED, Lead.walled.is_(False))
    db.session.scalars(counted).first().channel = "nowhere"
    db.session.flush()
    wrong = list(reckoning.faults(UNTIL))
    assert {line.partition(":")[0] for line in wrong} == {"duty", "letter", "referral", "finding", "figures"}
    assert [line for line in wrong if "leads by channel" in line]
