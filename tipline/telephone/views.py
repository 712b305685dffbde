"""The telephone rings: told by the telephone system, shown quietly to whoever is on duty, taken on a sheet."""

import hashlib

from flask import Response, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.intake import views as intake
from tipline.kit.db import db
from tipline.office import sessions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.powers import PUBLIC
from tipline.office.time import machine_now, now
from tipline.telephone import operations, rules
from tipline.telephone.models import Ring

bp = Doors("telephone", __name__, url_prefix="/telephone")

REFUSED = "refused\n"


@bp.post("/announce", act=PUBLIC)
def announce() -> ResponseReturnValue:
    """One answer to whatever is not signed by the telephone system a moment ago, whyever it is not."""
    secret: str = current_app.config["TELEPHONE_SECRET"]
    if not secret:
        abort(404)
    try:
        body = _signed_body(secret)
        told = rules.read(body, now())
        operations.remember(request.headers["X-Tipline-Nonce"], machine_now())
    except rules.Unsigned:
        db.session.rollback()
        return _said(REFUSED, 401)
    except rules.Senseless as wrong:
        return _said(f"{wrong}\n", 422)
    operations.hear(told, now())
    db.session.commit()
    return "", 204


def _signed_body(secret: str) -> bytes:
    if (request.content_length or 0) > rules.LARGEST:
        raise rules.Unsigned
    body = request.get_data()
    moment, nonce, signed = (request.headers.get(f"X-Tipline-{name}", "") for name in ("Time", "Nonce", "Signature"))
    rules.check(secret, moment, nonce, signed, body, machine_now())
    return body


def _said(words: str, status: int) -> Response:
    return Response(words, status, mimetype="text/plain")


@bp.get("/", act=Act.TAKE_RING)
def index() -> ResponseReturnValue:
    """What rings now; for a page that asks by itself the list alone, and nothing when nothing has changed."""
    rings = operations.ringing(current_user, now())
    mark = _mark(rings)
    if "mark" not in request.args:
        return render_template("telephone/index.html", rings=rings, mark=mark)
    sessions.stay_unseen()
    if request.args["mark"] == mark:
        return "", 204
    return render_template("telephone/_rings.html", rings=rings, mark=mark)


def _mark(rings: list[Ring]) -> str:
    return hashlib.sha256("|".join(ring.key for ring in rings).encode()).hexdigest()[:16]


@bp.post("/<key>/take", act=Act.TAKE_RING)
def take(key: str) -> ResponseReturnValue:
    ring = operations.seen(key, current_user, now())
    call = operations.take(ring, by=current_user, at=now())
    db.session.commit()
    return redirect(intake.address_of(call))
