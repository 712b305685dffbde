"""The call sheet read as a call: what was typed, and what it means under the notice."""

from dataclasses import replace
from typing import Any

from tipline.intake import finding
from tipline.intake.forms import CallForm, PersonForm
from tipline.intake.forms_correcting import CorrectForm
from tipline.kit.dates import local
from tipline.law.bodies import PersonKind
from tipline.law.notice import Notice
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.leads.correcting import Correction
from tipline.leads.models import ImplicatedPerson
from tipline.office.frame import said as in_words
from tipline.office.models import Place

AS_THE_POST = ("former", "deputy", "entrusted")
BY_THE_CALLER = ("collusion", "crime_signs")


def call_of(form: CallForm, notice: Notice) -> Call:
    """Everything that stands on the sheet now; what is missing or wrong is simply not there."""
    town, place = _where(form)
    reporter = ReporterSaid(
        name=form.reporter_name.data or "",
        phone=(form.phone.data or "") if form.number_stays else "",
        identity=form.identity.data or "",
        address=form.address.data or "",
        relation=form.relation.data or "",
    )
    return Call(
        channel=form.channel.data or "",
        received_at=form.received_at.value or local(form.now),
        people=tuple(
            _person(entry.form, notice, _town(form, entry.form.town.data) or town, place)
            for entry in form.people
            if _is_filled(entry.form)
        ),
        narrative=form.narrative.data or "",
        named=form.named.data == "yes",
        wants_secrecy=form.wants_secrecy.data != "no",
        wants_answer=form.wants_answer.data == "yes",
        reporter=reporter if any(vars(reporter).values()) else None,
        place_code=place.code if place else None,
        town_code=town,
        problems=tuple(form.problems.data or ()),
        wrong_dibao=tuple(form.wrong_dibao.data or ()),
        household=form.household.data or "",
        amount_fen=form.amount.value,
        happened_from=form.happened_from.value,
        happened_until=form.happened_until.value,
        media=form.media.data,
        leader_instruction=form.leader_instruction.data,
        major=form.major.data,
        major_reason=form.major_reason.data or "",
        told_duty=form.told_duty.data,
        read_back=form.read_back.data,
    )


def rows_filled(form: CallForm) -> list[PersonForm]:
    """The rows that name somebody, in the order of the call's people."""
    return [entry.form for entry in form.people if _is_filled(entry.form)]


def _is_filled(row: PersonForm) -> bool:
    return any(row[name].data for name in ("post", "post_words", "name", "allegation", *row.WORDS))


def correction_of(form: CorrectForm, former: ImplicatedPerson) -> Correction:
    """The one person on the form, and where it happened; what came with a post stays while the post does."""
    town, place = _where(form)
    row = form.person.form
    said = _person(row, former.lead.rules, _town(form, row.town.data) or town, place)
    if (said.post, said.post_text) == (former.post, former.post_text or ""):
        said = replace(said, unit=former.unit, organisation_level=former.organisation_level)
    return Correction(said, town, place.code if place else None)


def told_of(person: ImplicatedPerson) -> dict[str, Any]:
    """What the form of a correction begins with: the person as the ledger has them, by the words of the sheet."""
    lead = person.lead
    post = next((post for post in lead.rules.posts if post.key == person.post), None)
    usual = post or PersonSaid(kind=PersonKind.UNKNOWN)
    row = {
        "post": person.post or "",
        "post_words": in_words(post.name) if post else person.post_text or "",
        "name": person.name or "",
        "town": person.town_code if person.town_code != lead.town_code else "",
        "allegation": person.allegation or "",
        **{name: getattr(person, name) for name in (*AS_THE_POST, *BY_THE_CALLER)},
    }
    facts = {name: fact.value for name in PersonForm.WORDS if (fact := getattr(person, name)) != getattr(usual, name)}
    where = {"town": lead.town_code or "", "place": lead.place_code or ""}
    return {"person": row | facts, "place_words": lead.place.name if lead.place else "", **where}


def _where(form: CallForm | CorrectForm) -> tuple[str | None, Place | None]:
    """The village that was chosen, or typed in full, and its town; or the town alone."""
    chosen = finding.place_with(form.place.data) if form.place.data else None
    place = chosen or finding.place_named(form.place_words.data or "")
    return (place.parent_code if place else _town(form, form.town.data)), place


def _town(form: CallForm | CorrectForm, code: str | None) -> str | None:
    """A town of the list, or none."""
    return code if code and code in {choice.value for choice in form.town.choices} else None


def _person(row: PersonForm, notice: Notice, town: str | None, place: Place | None) -> PersonSaid:
    """The facts of the post, with what was corrected; a post that the register does not know stays words."""
    words = row.post_words.data or ""
    post = next((post for post in notice.posts if post.key == row.post.data), None)
    if post is None or words not in ("", post.name.zh, post.name.en):
        post = finding.post_named(words, notice)
    said: dict[str, Any] = {
        "name": row.name.data or "",
        "allegation": row.allegation.data or "",
        "town_code": town,
        "village_code": place.code if place and place.parent_code == town else None,
        **{name: True for name in BY_THE_CALLER if row[name].data},
        **{name: True for name in AS_THE_POST if row[name].data},
        **_corrected(row),
    }
    if post is None:
        return PersonSaid(**{"kind": PersonKind.UNKNOWN, "post_text": words, **said})
    return PersonSaid.in_post(post, **said)


def _corrected(row: PersonForm) -> dict[str, Any]:
    """The facts that the operator chose against the post's; a value the list does not have is not one."""
    return {
        name: next(word for word in words if word == row[name].data)
        for name, words in row.WORDS.items()
        if row[name].data in set(words)
    }
