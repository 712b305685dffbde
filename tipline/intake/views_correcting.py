"""A person of a registered lead is corrected: first what would change, then with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.intake import correcting, looking, sheet
from tipline.intake.correcting import Outlook
from tipline.intake.forms_correcting import CorrectForm
from tipline.intake.views import bp
from tipline.kit.db import db, only_reading
from tipline.kit.errors import NotFound, NotNow
from tipline.leads import queries as ledger
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.views import open_to_me
from tipline.leads.walls import offices_of
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.steps import attempt
from tipline.office.time import now


@bp.get("/leads/<key>/people/<person>", act=Act.CORRECT_PERSON)
def correcting_person(key: str, person: str) -> ResponseReturnValue:
    return _page(_named(key, person), None)


@bp.post("/leads/<key>/people/<person>/correct-person", act=Act.CORRECT_PERSON)
def correct_person(key: str, person: str) -> ResponseReturnValue:
    """What would change comes first; it is done only by the button that stands below what was shown."""
    if "shown" not in request.form:
        only_reading()
        return _page(_named(key, person), _form())
    named, form = _named(key, person), _form()

    def deed() -> ResponseReturnValue:
        outlook = correcting.look(named, sheet.correction_of(form, named), now())
        if outlook.mark != request.form["shown"]:
            raise NotNow("刚才的情况有变，或内容又改过。请看过下面的去向，再确认一次。")
        stub = correcting.correct(outlook, reason=form.reason.data or "", by=current_user, at=now())
        db.session.commit()
        return _onward(key, stub.number if stub else "")

    return attempt(form, deed, lambda: _page(_named(key, person), form))


def _form() -> CorrectForm:
    return CorrectForm(prefix="correct").offer_towns(roster.towns())


def _named(key: str, person: str) -> ImplicatedPerson:
    found = next((one for one in open_to_me(key).people if one.key == person), None)
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found


def _onward(key: str, stub: str) -> ResponseReturnValue:
    """To the lead, or, for whoever may know of it no longer, to the ledger."""
    if stub:
        flash(
            _("已另行登记为密送件（%(number)s），原件作废并封存，任何人不再查看；举报材料原件请密封报送。", number=stub)
        )
    elif db.session.scalar(ledger.visible_to(current_user).where(Lead.key == key)) is not None:
        flash(_("已更正，原来的记录保留；去向已重新拟办。"))
        return redirect(url_for("leads.show", key=key))
    else:
        flash(_("已更正，并已按规定送出；本件在这里不再显示。"))
    return redirect(url_for("leads.index"))


def _page(person: ImplicatedPerson, form: CorrectForm | None) -> str:
    lead = person.lead
    asked = form or CorrectForm(prefix="correct", formdata=None, data=sheet.told_of(person)).offer_towns(roster.towns())
    outlook = correcting.look(person, sheet.correction_of(asked, person), now()) if form else None
    against = correcting.objection(lead)
    return render_template(
        "intake/correct.html",
        lead=lead,
        person=person,
        form=asked,
        look=outlook,
        ticking=list(looking.running(outlook.after.decisions, lead.registered_at)) if outlook else [],
        aside=_aside(outlook) if outlook else [],
        against=said(against.sentence) if against else None,
    )


def _aside(outlook: Outlook) -> list[str]:
    """The offices whose people must stand aside by the facts; by names nothing is told, for that would be a probe."""
    rules, town = outlook.lead.rules, outlook.to.town_code
    offices = {office.name for one in outlook.call.people for office in offices_of(one, one.town_code or town, rules)}
    return sorted(offices)
