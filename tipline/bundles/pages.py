"""Bundles and candidates as their pages show them: what this reader may see, and always the place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

from tipline.bundles import candidates, queries
from tipline.bundles.candidates import Candidate
from tipline.bundles.forms import BundleForm, LinkForm, NumberForm, ReasonForm
from tipline.bundles.lifecycle import BundleState
from tipline.bundles.models import Bundle
from tipline.bundles.rules import Heat, Likeness
from tipline.kit.words import Bilingual
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import trail_of
from tipline.office.steps import Kept

AT_ONCE = (2, 4)
"""So few and so many leads stand side by side."""


@dataclass(frozen=True)
class Column:
    """One lead of a comparison."""

    lead: Lead
    town: str
    likeness: Likeness | None
    posts: list[Bilingual | str]


def of_lead(lead: Lead, officer: Officer, now: datetime) -> str:
    """The part of this room on the page of a lead."""
    standing = queries.of_lead(lead, officer)
    members = queries.members_of(standing, officer) if standing else []
    links = queries.links_of(lead, officer)
    searches = officer.may(Act.COMPARE_LEADS) and ledger.may_read_content(officer, lead, now)
    if standing is None and lead.primary_id is None and not links and not searches:
        return ""
    return render_template(
        "bundles/_of_lead.html",
        lead=lead,
        bundle=standing if lead.primary_id is not None or members else None,
        heat=Heat(1 + len(members)),
        links=[(link, link.other if link.one_id == lead.id else link.one) for link in links],
        searches=searches,
        opened=ledger.may_read_content(officer, lead, now),
    )


def alike(lead: Lead, officer: Officer, now: datetime, kept: Kept | None = None, added: Lead | None = None) -> str:
    """The candidates of a lead, in order, to be picked from; `kept` is a form that came back."""
    found = candidates.candidates(lead, officer, now)
    if added is not None and added.id not in {candidate.lead.id for candidate in found}:
        found.insert(0, Candidate(added, candidates.compared([lead, added])[0], False))
    forms: dict[Act, Any] = {
        Act.BUNDLE_LEADS: BundleForm(None),
        Act.LINK_LEADS: LinkForm(None),
    }
    return render_template(
        "bundles/alike.html",
        lead=lead,
        found=found,
        added=added,
        towns=towns(),
        forms=forms | (dict([kept]) if kept else {}),
        number=NumberForm(None),
        picked=kept[1].data["picked"] or [] if kept else [],
        errors=_errors(kept[1]) if kept else [],
    )


def _errors(form: FlaskForm) -> list[str]:
    """What is wrong with the picks; what is wrong with the words stands at the words."""
    return [*form.form_errors, *form.errors.get("picked", ()), *form.errors.get("primary", ())]


def comparison(leads: list[Lead]) -> str:
    """Two to four leads whose words are open, side by side."""
    names = towns()
    columns = [
        Column(
            lead,
            names.get(lead.town_code or "", ""),
            likeness,
            _posts_of(lead),
        )
        for lead, likeness in zip(leads, [None, *candidates.compared(leads)], strict=True)
    ]
    return render_template("bundles/compare.html", columns=columns)


def _posts_of(lead: Lead) -> list[Bilingual | str]:
    """What its persons are, as the register of its notice calls it."""
    posts = {post.key: post.name for post in lead.rules.posts}
    return [posts.get(person.post or "") or person.post_text or "" for person in lead.people]


def render(bundle: Bundle, officer: Officer, now: datetime, kept: Kept | None = None) -> str:
    """The page of one bundle, with those of its leads that this reader may know of."""
    members = queries.members_of(bundle, officer)
    undoes = (
        bundle.state is BundleState.BUNDLED and officer.may(Act.UNDO_BUNDLE) and bundle.office_id == officer.office_id
    )
    return render_template(
        "bundles/show.html",
        bundle=bundle,
        members=members,
        heat=Heat(1 + len(members)),
        towns=towns(),
        reads=bundle.office_id == officer.office_id,
        undo=kept[1] if kept else ReasonForm(None, prefix="undo") if undoes else None,
        trail=trail_of(bundle),
    )


def towns() -> Mapping[str, str]:
    """The names of the towns by their codes: a place is always shown."""
    return {town.code: town.name for town in roster.towns()}
