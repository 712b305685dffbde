"""The call sheet read as a call: what was typed, and what it means under the notice."""

from typing import Any

from tipline.intake import finding
from tipline.intake.forms import CallForm, PersonForm
from tipline.kit.dates import local
from tipline.law.bodies import PersonKind
from tipline.law.notice import Notice
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.office.models import Place

AS_THE_POST = ("former", "deputy", "entrusted")
BY_THE_CALLER = ("collusion", "crime_signs")


def call_of(form: CallForm, notice: Notice) -> Call:
    """Everything that stands on the sheet now; what is missing or wrong is simply not there."""
    place = _place_of(form)
    town = place.parent_code if place else _town(form, form.town.data)
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


def _place_of(form: CallForm) -> Place | None:
    """The village that was chosen, or typed in full."""
    chosen = finding.place_with(form.place.data) if form.place.data else None
    return chosen or finding.place_named(form.place_words.data or "")


def _town(form: CallForm, code: str | None) -> str | None:
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
