"""Interventions at the counter: recorded on the page of what is handled, read by its body and the one above."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.interventions import operations, queries
from tipline.interventions.forms import InterventionForm, manners
from tipline.interventions.models import Intervention
from tipline.kit.db import db
from tipline.leads import panels as lead_panels
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.steps import attempt
from tipline.office.time import now, today
from tipline.referrals import panels as referral_panels
from tipline.referrals.models import Referral

bp = Doors("interventions", __name__, url_prefix="/interventions")


def of_lead(lead: Lead, officer: Officer, kept: InterventionForm | None = None) -> str:
    """On the page of a lead that has not left: a form, and nothing that was written before.

    `kept` is that form when it came back, even when it has left meanwhile.
    """
    return _part(lead, [], officer, kept)


def of_referral(referral: Referral, officer: Officer, kept: InterventionForm | None = None) -> str:
    """On the page of a referral: what its body and the one above may read, and the form for those who handle it."""
    if not (kept or officer.may(Act.READ_INTERVENTIONS)):
        return ""
    return _part(referral, queries.of_referral(officer, referral), officer, kept)


lead_panels.on_a_lead.append(of_lead)
referral_panels.on_a_referral.append(of_referral)


def _part(about: Lead | Referral, found: list[Intervention], officer: Officer, form: InterventionForm | None) -> str:
    if form is None and officer.may(Act.RECORD_INTERVENTION) and queries.handles(officer, about):
        form = InterventionForm(None, prefix="intervention", happened_on=today())
    if form is None and not found:
        return ""
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
    return _record("referrals", key, of_referral)


@bp.post("/leads/<key>/record", act=Act.RECORD_INTERVENTION)
def on_lead(key: str) -> ResponseReturnValue:
    return _record("leads", key, of_lead)


def _record(place: str, key: str, part: Callable[..., str]) -> ResponseReturnValue:
    """Written down and back to the paper; or the words come back on its page with the reason."""
    host = lead_panels.host_of(place, current_user)
    about, form = host.seen(key), InterventionForm(prefix="intervention")

    def deed() -> ResponseReturnValue:
        operations.record(about, form.told(), by=current_user, at=now())
        db.session.commit()
        flash(_("已登记，由承办机关和上级纪检监察机关查看。"))
        return redirect(url_for(f"{place}.show", key=key))

    return attempt(form, deed, lambda: host.again(key, part, current_user, form))
