"""Administrators keep the machine and learn nothing of leads they may not know of."""

import json
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from tests import make
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads import telling
from tipline.office import trail
from tipline.office.charter import Role
from tipline.office.models import Entry, Letter

READER = Path(__file__).resolve().parents[2] / "tools/verify_trail.py"
TELLING = ("lead/", "referral/", "R-1", "hand-over", "bureau_deputy_head", "lead.register")


def letters_about(referral):
    return list(db.session.scalars(select(Letter).where(Letter.about.startswith(referral.ref))))


def test_letters_about_walled_and_ordinary_leads_go_to_the_same_addresses(app):
    operator, inspector = make.officer(Role.OPERATOR), make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    assert referral.lead.walled
    addresses = [it.address for it in letters_about(referral)]
    referral.lead.walled = False
    telling.write("ordinary", referral.lead, to=referral.to, letter="hand_over", at=make.NOON, number="1")
    ordinary = list(db.session.scalars(select(Letter.address).filter_by(about="ordinary")))
    assert addresses == ordinary == [inspector.email]


def test_a_body_without_officers_gets_ordinary_letters_in_its_box_and_walled_ones_nowhere(app):
    (referral,) = make.referrals(make.lead("village_head", by=make.officer(Role.OPERATOR)))
    town, lead = make.office(Body.TOWN_DISCIPLINE_BODY), referral.lead
    for lead.walled in (True, False):
        telling.write(f"walled {lead.walled}", lead, to=town, letter="hand_over", at=make.NOON, number="1")
    told = db.session.execute(select(Letter.about, Letter.address).where(Letter.about.startswith("walled")))
    assert [tuple(row) for row in told] == [("walled False", town.email)]


def test_the_outbox_page_tells_no_lead_number_key_or_person(app, sign_in):
    operator, inspector = make.officer(Role.OPERATOR), make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    db.session.commit()
    for role in (Role.SYSTEM_ADMIN, Role.AUDITOR):
        page = sign_in(make.officer(role)).get("/clock/letters?state=due").text
        assert referral.to.name in page
        for word in (referral.key, referral.number, inspector.email, "hand_over", letters_about(referral)[0].subject):
            assert word not in page


def test_the_auditors_export_keeps_papers_sealed_and_can_still_be_verified(app, sign_in, tmp_path):
    make.officer(Role.DISTRICT_INSPECTOR)
    make.lead("bureau_deputy_head", by=make.officer(Role.OPERATOR))
    db.session.commit()
    answer = sign_in(make.officer(Role.AUDITOR)).post("/trail/export").text
    assert not any(word in answer for word in TELLING)
    sealed = [line for line in map(json.loads, answer.splitlines()) if "sealed" in line]
    assert sealed
    assert all(line.keys() == {"seq", "prev", "hash", "mac", "sealed"} for line in sealed)
    assert len(answer.splitlines()) == db.session.query(Entry).count()
    (tmp_path / "trail.jsonl").write_text(answer, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", READER, tmp_path / "trail.jsonl"], capture_output=True, text=True)
    assert done.returncode == 0
    assert f"{len(sealed)} by place only" in done.stdout


def test_the_full_export_has_every_line(app):
    make.lead("village_head", by=make.officer(Role.OPERATOR))
    assert not any("sealed" in json.loads(line) for line in trail.export())
    assert any('"paper":"lead/' in line for line in trail.export())
