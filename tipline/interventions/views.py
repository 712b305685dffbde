"""Interventions at the counter: recorded on the page of what is handled, read by its body and the one above."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.interventions import operations, queries
from tipline.interventions.forms import InterventionForm, manners
from tipline.interventions.models import Intervention
from tipline.kit.db import db
from tipline.kit.errors import Refused
from tipline.leads import panels as lead_panels
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.charter import Act, Role
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.time import now, today
from tipline.referrals import panels as referral_panels
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral

bp = Doors("interventions", __name__, url_prefix="/interventions")


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead that has not left: a form, and nothing that was written before."""
    return _part(lead, [], officer)


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: what its body and the one above may read, and the form for those who handle it."""
    if not officer.may(Act.READ_INTERVENTIONS):
        return ""
    return _part(referral, queries.of_referral(officer, referral), officer)


lead_panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)


def _part(about: Lead | Referral, found: list[Intervention], officer: Officer) -> str:
    writes = officer.may(Act.RECORD_INTERVENTION) and queries.handles(officer, about)
    if not writes and not found:
        return ""
    form = InterventionForm(None, prefix="intervention", happened_on=today()) if writes else None
    door = "interventions.on_referral" if isinstance(about, Referral) else "interventions.on_lead"
    return render_template(
        "interventions/_of_paper.html",
        found=found,
        form=form,
        url=url_for(door, key=about.key),
        manners=_manners(found),
    )


def _manners(found: list[Intervention]) -> dict[str, str]:
    """How each of them asked, as the notice of the lead has it."""
    return {
        one.key: next((said(term.name) for term in manners(one.lead.rules) if term.key == one.manner), one.manner)
        for one in found
    }


@bp.get("/", act=Act.READ_INTERVENTIONS)
def index() -> ResponseReturnValue:
    """What the officer may read; only the district's discipline body is told how many there are."""
    counts = current_user.role is Role.DISTRICT_INSPECTOR
    found = queries.listed(current_user)
    return render_template("interventions/index.html", found=found, counts=counts, manners=_manners(found))


@bp.post("/referrals/<key>/record", act=Act.RECORD_INTERVENTION)
def on_referral(key: str) -> ResponseReturnValue:
    referral: Referral = db.one_or_404(referrals.visible_to(current_user).where(Referral.key == key))
    editions.choose(referral.lead.notice)
    return _record(referral, url_for("referrals.show", key=key))


@bp.post("/leads/<key>/record", act=Act.RECORD_INTERVENTION)
def on_lead(key: str) -> ResponseReturnValue:
    lead: Lead = db.one_or_404(ledger.visible_to(current_user).where(Lead.key == key))
    editions.choose(lead.notice)
    return _record(lead, url_for("leads.show", key=key))


def _record(about: Lead | Referral, back: str) -> ResponseReturnValue:
    """Written down and back to the paper; or the words come back with the reason."""
    form, number = InterventionForm(prefix="intervention"), about.number
    status = 422
    if form.validate_on_submit():
        try:
            operations.record(about, form.told(), by=current_user, at=now())
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            form.form_errors.append(said(refusal.sentence))
            status = refusal.status
        else:
            flash(_("已登记，由承办机关和上级纪检监察机关查看。"))
            return redirect(back)
    return render_template("interventions/again.html", number=number, form=form, back=back), status
