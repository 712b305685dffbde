"""One household in one view, opened from a paper that the officer has open: through that paper's door and wall.

What leaks are thought through in docs/decisions/0027. In short: the address carries the paper's key and nothing of the
household; the words of the paper must be open to the officer, or no household is looked for; every row comes from its
own room's `visible_to`; who opens it is written on that paper once a day, and on none of those that are listed.
"""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import queries as petitions
from tipline.eligibility.views import seen as seen_review
from tipline.households import pages, queries
from tipline.households.rules import WHY, Household
from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.leads.queries import may_read_content
from tipline.leads.views import open_to_me
from tipline.office import editions, roster
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.models import Traceable
from tipline.office.queries import did_today
from tipline.office.time import now
from tipline.referrals import queries as handling
from tipline.referrals.views import seen as seen_referral
from tipline.screening import pages as screening
from tipline.screening import queries as tables
from tipline.screening.operations import table_of

bp = Doors("households", __name__)


@bp.get("/leads/<key>/household", act=Act.READ_HOUSEHOLD, traced=True)
def of_lead(key: str) -> ResponseReturnValue:
    lead = open_to_me(key)
    return _page(lead, "leads.show", queries.of_lead(lead), queries.head_in(lead), complaints=True)


@bp.get("/referrals/<key>/household", act=Act.READ_HOUSEHOLD, traced=True)
def of_referral(key: str) -> ResponseReturnValue:
    """For whoever reads the whole narrative: a body that got one person's part only is not told the household."""
    referral = seen_referral(key)
    inside = handling.is_handled_by(current_user, referral)
    if not (referral.whole if inside else may_read_content(current_user, referral.lead, now())):
        raise NotPermitted("内容未向您开放，请先说明理由调阅。")
    lead = referral.lead
    return _page(referral, "referrals.show", queries.of_lead(lead), queries.head_in(lead), complaints=True)


@bp.get("/eligibility/<key>/household", act=Act.READ_HOUSEHOLD, traced=True)
def of_review(key: str) -> ResponseReturnValue:
    """A town that handles a petition is not told of complaints beside it."""
    review = seen_review(key)
    if not petitions.reads_words(current_user, review):
        abort(404)
    household, head = queries.of_review(review), queries.head_in(review.lead, review.person)
    return _page(review, "eligibility.show", household, head, complaints=current_user.role not in TOWN_ROLES)


@bp.get("/screening/records/<key>/household", act=Act.READ_HOUSEHOLD, traced=True)
def of_record(key: str) -> ResponseReturnValue:
    """Whoever screens is never told of complaints."""
    found = editions.each(lambda: db.session.scalars(tables.record_of(current_user, key)).one_or_none())
    record = next((one for one in found if one is not None), None) or abort(404)
    editions.choose(record.notice)
    head, _ = screening.name_and_conclusion(table_of(record), record.values, current_user)
    return _page(record, "screening.show", queries.of_record(record, current_user), head, complaints=False)


def _page(paper: Traceable, door: str, household: Household, head: pages.Word, *, complaints: bool) -> str:
    """The view; its first opening of the day is written on the paper it was opened from."""
    at = now()
    search = queries.Search(household, current_user).settled() if household.is_told else None
    view = pages.view(search, paper.ref, at, complaints=complaints) if search else None
    if not did_today(Act.READ_HOUSEHOLD, paper, current_user, at):
        witness(Act.READ_HOUSEHOLD, paper, by=current_user, at=at)
    page = render_template(
        "households/show.html",
        paper=paper,
        door=door,
        household=household,
        head=head,
        place=roster.village_names().get(household.village or ""),
        view=view,
        why=WHY,
        most=queries.MOST,
    )
    db.session.commit()
    return page
