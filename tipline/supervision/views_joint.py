"""More doors of the same room: why the case is watched, who watches, and how far the handling body has come."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.office.charter import Act
from tipline.office.time import now
from tipline.supervision import grounds, interims, joining
from tipline.supervision.forms import (
    AcknowledgeForm,
    InstructionForm,
    InterimForm,
    JoinForm,
    OfficerForm,
    ReasonForm,
    RelieveForm,
    TriggerForm,
)
from tipline.supervision.models import SupervisedCase
from tipline.supervision.views import at_counter, bp, seen


@bp.post("/<key>/add-trigger", act=Act.ADD_TRIGGER)
def add_trigger(key: str) -> ResponseReturnValue:
    form = TriggerForm(prefix="trigger")

    def deed(case: SupervisedCase) -> None:
        grounds.add_trigger(case, form.chosen, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ADD_TRIGGER, form, deed)


@bp.post("/<key>/note-instruction", act=Act.NOTE_INSTRUCTION)
def note_instruction(key: str) -> ResponseReturnValue:
    form = InstructionForm(prefix="instruction")

    def deed(case: SupervisedCase) -> None:
        grounds.note_instruction(case, form.told(), by=current_user, at=now())

    return at_counter.filled(key, Act.NOTE_INSTRUCTION, form, deed)


@bp.post("/<key>/join-body", act=Act.JOIN_BODY)
def join_body(key: str) -> ResponseReturnValue:
    form = JoinForm(prefix="join").for_case(seen(key))

    def deed(case: SupervisedCase) -> None:
        joining.join_body(case, form.chosen, by=current_user, at=now())

    return at_counter.filled(key, Act.JOIN_BODY, form, deed)


@bp.post("/<key>/name-officer", act=Act.NAME_OFFICER)
def name_officer(key: str) -> ResponseReturnValue:
    form = OfficerForm(prefix="officer").for_case(seen(key), current_user)

    def deed(case: SupervisedCase) -> None:
        joining.name_officer(case, form.chosen, by=current_user, at=now())

    return at_counter.filled(key, Act.NAME_OFFICER, form, deed)


@bp.post("/<key>/relieve-officer", act=Act.RELIEVE_OFFICER)
def relieve_officer(key: str) -> ResponseReturnValue:
    form = RelieveForm(prefix="relieve").for_case(seen(key), current_user)

    def deed(case: SupervisedCase) -> None:
        named = next((one for one in case.officers if one.key == form.named.data), None) or abort(404)
        joining.relieve_officer(named, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.RELIEVE_OFFICER, form, deed)


@bp.post("/<key>/file-interim", act=Act.FILE_INTERIM)
def file_interim(key: str) -> ResponseReturnValue:
    form = InterimForm(prefix="interim")

    def deed(case: SupervisedCase) -> None:
        interims.file(case, form.text.data, by=current_user, at=now())

    return at_counter.filled(key, Act.FILE_INTERIM, form, deed)


@bp.post("/<key>/acknowledge-interim", act=Act.ACKNOWLEDGE_INTERIM)
def acknowledge_interim(key: str) -> ResponseReturnValue:
    form = AcknowledgeForm(prefix="acknowledge")

    def deed(case: SupervisedCase) -> None:
        interims.acknowledge(case, last=form.last.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ACKNOWLEDGE_INTERIM, form, deed)


@bp.post("/<key>/send-back-interim", act=Act.SEND_BACK_INTERIM)
def send_back_interim(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="interim-back")

    def deed(case: SupervisedCase) -> None:
        interims.send_back(case, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.SEND_BACK_INTERIM, form, deed)
