"""The whole wiring of the house, on one page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from tipline import commands
from tipline.bundles import views as bundles_views
from tipline.checklists import views as checklists_views
from tipline.circulars import views as circulars_views
from tipline.clock import queries as clock_queries
from tipline.clock import views as clock_views
from tipline.desk import queries as desk_queries
from tipline.desk import views as desk_views
from tipline.duties import views as duties_views
from tipline.eligibility import views as eligibility_views
from tipline.eligibility import views_answering as _views_answering  # noqa: F401 (more doors of the same room)
from tipline.eligibility import views_reporter as _views_petitioner  # noqa: F401 (more doors of the same room)
from tipline.evidence import views as evidence_views
from tipline.handling import views as handling_views
from tipline.handling import views_beside as _views_beside  # noqa: F401 (more doors of the same room)
from tipline.hotline import views as hotline_views
from tipline.hotline import views_calls as _views_calls  # noqa: F401 (more doors of the same room)
from tipline.households import views as households_views
from tipline.inspections import views as inspections_views
from tipline.inspections import views_daylist as _views_daylist  # noqa: F401 (more doors of the same room)
from tipline.intake import views as intake_views
from tipline.intake import views_correcting as _views_correcting  # noqa: F401 (more doors of the same room)
from tipline.intake import views_paper as _views_paper  # noqa: F401 (more doors of the same room)
from tipline.intake import views_phrases as _views_phrases  # noqa: F401 (more doors of the same room)
from tipline.interventions import views as interventions_views
from tipline.kit.cabinet import MEGABYTE, Cabinet
from tipline.kit.db import db, prepare
from tipline.kit.vault import Vault, read_keys
from tipline.leads import panels as lead_panels
from tipline.leads import views as leads_views
from tipline.leads import views_aside, views_saved
from tipline.learning import views as learning_views
from tipline.letters import views as letters_views
from tipline.notes import views as notes_views
from tipline.office import frame, mailroom, refusals, sessions, time
from tipline.office import views as office_views
from tipline.office.receiving import Request
from tipline.outcomes import views as outcomes_views
from tipline.publicity import views as publicity_views
from tipline.referrals import panels as referral_panels
from tipline.referrals import views as referrals_views
from tipline.referrals import views_back as _views_back  # noqa: F401 (more doors of the same room)
from tipline.referrals import views_reporter as _views_reporter  # noqa: F401 (more doors of the same room)
from tipline.referrals import views_together as _views_together  # noqa: F401 (more doors of the same room)
from tipline.rehearsal import views as rehearsal_views
from tipline.relatives import views as relatives_views
from tipline.relatives import views_hits as _views_hits  # noqa: F401 (more doors of the same room)
from tipline.relatives import views_missed as _views_missed  # noqa: F401 (more doors of the same room)
from tipline.replies import views as replies_views
from tipline.replies import views_check_ins as _views_check_ins  # noqa: F401
from tipline.replies import views_code as _views_code  # noqa: F401
from tipline.reports import views as reports_views
from tipline.sampling import views as sampling_views
from tipline.screening import views as screening_views
from tipline.screening import views_full as _views_full  # noqa: F401
from tipline.screening import views_sheet as _views_sheet  # noqa: F401
from tipline.screening import views_submitting as _views_submitting  # noqa: F401
from tipline.supervision import panels as case_panels
from tipline.supervision import views as supervision_views
from tipline.supervision import views_joint as _views_joint  # noqa: F401 (more doors of the same room)
from tipline.telephone import views as telephone_views
from tipline.triage import views as triage_views
from tipline.typical_cases import views as typical_cases_views

HOUSE = Path(__file__).parent.parent
VIEWS = (
    office_views,
    desk_views,
    intake_views,
    leads_views,
    views_saved,
    triage_views,
    eligibility_views,
    referrals_views,
    handling_views,
    checklists_views,
    outcomes_views,
    replies_views,
    supervision_views,
    bundles_views,
    letters_views,
    evidence_views,
    notes_views,
    interventions_views,
    views_aside,
    sampling_views,
    duties_views,
    typical_cases_views,
    circulars_views,
    screening_views,
    publicity_views,
    hotline_views,
    telephone_views,
    relatives_views,
    inspections_views,
    households_views,
    reports_views,
    learning_views,
    clock_views,
)
"""The rooms, in the order in which their parts stand on the page of a lead, a referral or a case."""


def create_app(settings: Mapping[str, Any]) -> Flask:
    """Tipline, ready to serve. `settings` are those of `config.Settings.for_flask`."""
    app = Flask(__name__, root_path=str(HOUSE / "tipline"), template_folder=str(HOUSE / "templates"))
    app.request_class = Request
    app.config.from_mapping(settings)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=app.config["PROXIES"])  # type: ignore[method-assign]
    app.extensions["vault"] = Vault(read_keys(app.config["KEYS"]))
    app.extensions["cabinet"] = _cabinet(app.config)
    _open_database(app)
    _let_in(app)
    frame.install(
        app,
        alarms=[clock_queries.alarms, mailroom.alarms],
        due_today=desk_queries.due_today,
    )
    refusals.install(app)
    for views in VIEWS:
        app.register_blueprint(views.bp)
    for parts in (lead_panels.on_a_lead, referral_panels.on_a_referral, case_panels.on_a_case):
        parts.sort(key=lambda part: _place_of(part.__module__))
    if app.config["REHEARSAL"]:
        app.register_blueprint(rehearsal_views.bp)
    commands.install(app)
    return app


def _place_of(module: str) -> int:
    return [views.__name__ for views in VIEWS].index(module)


def _cabinet(config: Mapping[str, Any]) -> Cabinet:
    folder = Path(config["EVIDENCE"]) if config["EVIDENCE"] else None
    limit, reserve = config["EVIDENCE_FILE_MB"], config["EVIDENCE_RESERVE_MB"]
    return Cabinet(folder, limit=limit * MEGABYTE, reserve=reserve * MEGABYTE)


def _open_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare(engine)
    Migrate(app, db, directory=str(HOUSE / "migrations"), render_as_batch=True, compare_type=True)


def _let_in(app: Flask) -> None:
    CSRFProtect(app).exempt("tipline.telephone.views.announce")  # signed by a machine, which has no page of ours
    manager = LoginManager(app)
    manager.unauthorized_handler(refusals.turned_away)
    manager.request_loader(lambda request: sessions.officer_of(request, time.machine_now()))
