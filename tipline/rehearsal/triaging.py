"""What triage did in the rehearsal's past: asked back, refused, passed on, taken up again, filed away."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.leads.queries import visible_to
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.rehearsal.hands import who
from tipline.triage import objections, operations

ROADS: dict[str, tuple[Act, ...]] = {
    "b": (Act.ASK_BACK,),
    "r": (Act.PROPOSE_REFUSAL,),
    "x": (Act.PROPOSE_REFUSAL, Act.REFUSE_LEAD),
    "o": (Act.PASS_ON,),
    "c": (Act.CONVERT_LEAD,),
    "e": (Act.PROPOSE_REFUSAL, Act.REFUSE_LEAD, Act.REOPEN_LEAD),
}
"""The flag of a story, and what is done to its lead instead of sending it on."""

Deed = Callable[[Lead, Officer, datetime], Any]

DEEDS: dict[Act, Deed] = {
    Act.ASK_BACK: lambda lead, by, at: operations.ask_back(lead, "儿子最后一次有音信是哪一年？", by=by, at=at),
    Act.NOTE_ANSWER: lambda lead, by, at: operations.note_answer(lead, "说是前年腊月，再没有来过电话。", by=by, at=at),
    Act.PROPOSE_REFUSAL: lambda lead, by, at: operations.propose_refusal(
        lead, "no_substance", "只说不公，没有时间、地点和经过，来电人也说不出是哪一户。", by=by, at=at
    ),
    Act.REFUSE_LEAD: lambda lead, by, at: operations.refuse(lead, by=by, at=at),
    Act.TELL_REFUSAL: lambda lead, by, at: operations.tell_refusal(
        lead, "电话告知，说明了不予受理的理由和补充材料的办法。", by=by, at=at
    ),
    Act.PASS_ON: lambda lead, by, at: operations.pass_on(lead, "静海区民政局", by=by, at=at),
    Act.RECORD_PASS_RECEIPT: lambda lead, by, at: operations.record_receipt(lead, "静民收18号", by=by, at=at),
    Act.CONVERT_LEAD: lambda lead, by, at: operations.convert(lead, "", by=by, at=at),
    Act.REOPEN_LEAD: lambda lead, by, at: operations.reopen(lead, reason="来电人又送来存折复印件。", by=by, at=at),
    Act.ARCHIVE_LEAD: lambda lead, by, at: operations.archive(lead, "2018-低保-001", by=by, at=at),
}


def do(act: Act, lead: Lead, *, at: datetime) -> bool:
    """Take one step, by the first officer who sees the lead and has the button. False when nobody has."""
    db.session.flush()
    by = who(act, lead, visible_to, partial(objections.open_acts, lead), at)
    if by is None:
        return False
    DEEDS[act](lead, by, at)
    return True
