"""The counter for several referrals at once: looked at first, then done."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import now
from tipline.referrals import together
from tipline.referrals.views import bp


def _looking(act: Act) -> Callable[[], ResponseReturnValue]:
    def look() -> ResponseReturnValue:
        """What would become of each; nothing is done."""
        found = together.prospects(act, request.form.getlist("picked"), current_user)
        if not found:
            flash(_("还没有选取。"), "warning")
            return redirect(url_for("referrals.index", tab=_tab(act)))
        return render_template("referrals/together.html", act=act, tab=_tab(act), prospects=found, doing=_door(act))

    return look


def _doing(act: Act) -> Callable[[], ResponseReturnValue]:
    def do() -> ResponseReturnValue:
        done = together.do(act, request.form.getlist("picked"), by=current_user, at=now())
        db.session.commit()
        count = sum(one.against is None for one in done)
        if count:
            flash(_("已%(act)s%(n)s件。", act=said(act), n=count))
        for one in done:
            if one.against is not None:
                flash(_("%(number)s没有办：%(why)s", number=one.referral.number, why=said(one.against)), "warning")
        return redirect(url_for("referrals.index", tab=_tab(act)))

    return do


def _tab(act: Act) -> str:
    return next(tab.value for tab, deed in together.TABS.items() if deed is act)


def _door(act: Act) -> str:
    return f"referrals.{act.name.lower()}_together"


for _act in together.DEEDS:
    _place = _act.name.lower().replace("_", "-")
    bp.post(f"/{_place}/preview", act=_act, endpoint=f"preview_{_act.name.lower()}")(_looking(_act))
    bp.post(f"/{_place}/together", act=_act, endpoint=f"{_act.name.lower()}_together")(_doing(_act))
