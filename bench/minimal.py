"""The bound: a minimal Flask + SQLAlchemy page over the same rows, with a signed session and one template."""

from flask import Blueprint, redirect, render_template_string, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text

from tipline.kit.db import db
from tipline.leads.models import Lead

bp = Blueprint("minimal", __name__, url_prefix="/minimal")

LIST = """<!doctype html><title>minimal</title><table>{% for row in rows %}
<tr><td>{{ row.number }}</td><td>{{ row.town_code }}</td><td>{{ row.received_at }}</td><td>{{ row.state }}</td></tr>
{% endfor %}</table>"""
ONE = "<!doctype html><title>{{ row.number }}</title><p>{{ row.town_code }} {{ row.received_at }} {{ row.state }}</p>"


@bp.get("/list")
def listing() -> ResponseReturnValue:
    session.get("officer")
    columns = select(Lead.number, Lead.town_code, Lead.received_at, Lead.state)
    query = columns.where(Lead.town_code == request.args["town"]).order_by(Lead.id.desc()).limit(25)
    return render_template_string(LIST, rows=db.session.execute(query).all())


@bp.get("/one/<key>")
def one(key: str) -> ResponseReturnValue:
    session.get("officer")
    row = db.session.execute(select(Lead.number, Lead.town_code, Lead.received_at, Lead.state).filter_by(key=key)).one()
    return render_template_string(ONE, row=row)


@bp.post("/create")
def create() -> ResponseReturnValue:
    session.get("officer")
    db.session.execute(
        text("INSERT INTO minimal (town, body) VALUES (:town, :body)"),
        {"town": request.form["town"], "body": request.form["body"]},
    )
    db.session.commit()
    return redirect("/minimal/list?town=" + request.form["town"])
