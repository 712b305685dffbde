"""More doors of the same room: why the case is watched, who watches, and how far the handling body has come."""

from typing import Any

from flask import abort

from tipline.office.charter import Act
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
from tipline.supervision.views import at_counter, bp


@at_counter.door(bp, Act.ADD_TRIGGER)
def add_trigger(case: SupervisedCase, form: TriggerForm, **whose: Any) -> None:
    grounds.add_trigger(case, form.chosen, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.NOTE_INSTRUCTION)
def note_instruction(case: SupervisedCase, form: InstructionForm, **whose: Any) -> None:
    grounds.note_instruction(case, form.told(), **whose)


@at_counter.door(bp, Act.JOIN_BODY)
def join_body(case: SupervisedCase, form: JoinForm, **whose: Any) -> None:
    joining.join_body(case, form.chosen, **whose)


@at_counter.door(bp, Act.NAME_OFFICER)
def name_officer(case: SupervisedCase, form: OfficerForm, **whose: Any) -> None:
    joining.name_officer(case, form.chosen, **whose)


@at_counter.door(bp, Act.RELIEVE_OFFICER)
def relieve_officer(case: SupervisedCase, form: RelieveForm, **whose: Any) -> None:
    named = next((one for one in case.officers if one.key == form.named.data), None) or abort(404)
    joining.relieve_officer(named, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.FILE_INTERIM)
def file_interim(case: SupervisedCase, form: InterimForm, **whose: Any) -> None:
    interims.file(case, form.text.data, **whose)


@at_counter.door(bp, Act.ACKNOWLEDGE_INTERIM)
def acknowledge_interim(case: SupervisedCase, form: AcknowledgeForm, **whose: Any) -> None:
    interims.acknowledge(case, last=form.last.data, **whose)


@at_counter.door(bp, Act.SEND_BACK_INTERIM)
def send_back_interim(case: SupervisedCase, form: ReasonForm, **whose: Any) -> None:
    interims.send_back(case, reason=form.reason.data, **whose)
