"""The comparison at the counter: hits, one hit, the word of the first and of the second, the lead."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.office.charter import Act
from tipline.office.queries import lines
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Kept, Steps, blank_forms
from tipline.office.time import now
from tipline.relatives import hits, pages_hits, queries, rules
from tipline.relatives.forms import HoldForm, RaiseForm
from tipline.relatives.models import RegisterHit
from tipline.relatives.views import bp
from tipline.screening.forms import ReasonForm
from tipline.screening.models import ScreeningRecord

FORMS: Any = {
    Act.HOLD_HIT_TRUE: (HoldForm, "true"),
    Act.HOLD_HIT_FALSE: (HoldForm, "false"),
    Act.RAISE_HIT: (RaiseForm, "raise"),
}


@bp.get("/hits", act=Act.READ_HITS)
def hit_list() -> ResponseReturnValue:
    shown = request.args.get("show", "")
    shown = shown if shown in hits.Shown.ALL else hits.Shown.OPEN
    town = request.args.get("town", "")
    here = hits.of_kind(shown), queries.of_town(ScreeningRecord.office_id, town)
    rows = hits.listed(hits.visible_to(current_user).where(*here))
    page = queries.page(rows, RegisterHit, request.args.get("after", ""))
    return render_template(
        "relatives/hits.html",
        page=page,
        lines=pages_hits.hit_lines(page.rows),
        shown=shown,
        tabs=pages_hits.tabs(),
        tally=hits.tally(current_user, town),
        town=town,
    )


@bp.post("/hits/compare", act=Act.COMPARE_REGISTERS)
def compare() -> ResponseReturnValue:
    found = hits.compare(by=current_user, at=now())
    db.session.commit()
    flash(_("比对完成，新命中%(n)s条。", n=found))
    return redirect(url_for(".hit_list"))


def seen(key: str) -> RegisterHit:
    hit: RegisterHit = db.one_or_404(hits.listed(hits.visible_to(current_user)).where(RegisterHit.key == key))
    return hit


def page_of(hit: RegisterHit, kept: Kept | None = None, *, revealed: list[str] | None = None) -> str:
    first = first_hands([hit])
    able = [act for act in hit.life.open_acts(hit.state) if current_user.may(act)]
    acts = [act for act in able if not is_same_hand(act, hit, current_user, first)]
    forms = blank_forms(FORMS, acts, kept, hit)
    forms.setdefault(Act.REVEAL_LISTED, ReasonForm(None, prefix="reveal"))
    lead = hit.lead if hit.lead and ledger.is_visible(current_user, hit.lead) else None
    return render_template(
        "relatives/hit.html",
        hit=hit,
        person=pages_hits.person_of(hit),
        household=pages_hits.household_of(hit),
        filing=queries.filing_of(hit.record),
        village=pages_hits.place_of(hit.record.place_code),
        why=rules.WHY[hit.level],
        look_at=rules.LOOK_AT[hit.level],
        acts=acts,
        needs_another=len(acts) < len(able),
        forms=forms,
        lead=lead,
        revealed=revealed,
        history=lines(queries.history(hit.ref)),
    )


def onward(hit: RegisterHit) -> str:
    """Back to the hit; to the list for whoever has raised a lead that they may not know of."""
    known = hit.lead is None or db.session.scalar(hits.visible_to(current_user).where(RegisterHit.id == hit.id))
    return url_for("relatives.hit", key=hit.key) if known else url_for("relatives.hit_list")


at_counter = Steps(seen, page_of, onward, FORMS)


@bp.get("/hits/<key>", act=Act.READ_HITS)
def hit(key: str) -> ResponseReturnValue:
    return page_of(seen(key))


@at_counter.door(bp, Act.HOLD_HIT_TRUE, "/hits/<key>/hold-true")
def hold_true(hit: RegisterHit, form: HoldForm, **whose: Any) -> None:
    hits.hold(hit, form.reason.data, true=True, **whose)


@at_counter.door(bp, Act.HOLD_HIT_FALSE, "/hits/<key>/hold-false")
def hold_false(hit: RegisterHit, form: HoldForm, **whose: Any) -> None:
    hits.hold(hit, form.reason.data, true=False, **whose)


@at_counter.door(bp, Act.CONFIRM_HIT, "/hits/<key>/confirm")
def confirm(hit: RegisterHit, **whose: Any) -> None:
    hits.confirm(hit, **whose)


@at_counter.door(bp, Act.CLEAR_HIT, "/hits/<key>/clear")
def clear(hit: RegisterHit, **whose: Any) -> None:
    hits.clear(hit, **whose)


@at_counter.door(bp, Act.SEND_BACK_HIT, "/hits/<key>/send-back")
def send_back(hit: RegisterHit, **whose: Any) -> None:
    hits.send_back(hit, **whose)


@at_counter.door(bp, Act.RAISE_HIT, "/hits/<key>/raise")
def raise_lead(hit: RegisterHit, form: RaiseForm, **whose: Any) -> None:
    hits.raise_lead(hit, form.post.data, form.narrative.data, **whose)


@bp.post("/hits/<key>/reveal", act=Act.REVEAL_LISTED)
def reveal_hit(key: str) -> ResponseReturnValue:
    """The numbers of both sides, on this one answer and no other."""
    hit, form = seen(key), ReasonForm(prefix="reveal")
    if not form.validate_on_submit():
        return page_of(hit, (Act.REVEAL_LISTED, form)), 422
    numbers = hits.reveal(hit, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    return page_of(seen(key), revealed=numbers)
