"""One deed to several referrals: first what would become of each, then each by itself, whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted, Refused
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.powers import SECOND_PERSON
from tipline.office.second_person import FirstHands, first_hands, is_same_hand
from tipline.referrals import operations, queries
from tipline.referrals.lifecycle import LIFE
from tipline.referrals.models import Referral
from tipline.referrals.objections import objection

MOST = queries.PAGE
"""So many at once: what stands on one page of the list."""

DEEDS: dict[Act, Callable[..., None]] = {Act.HAND_OVER: operations.hand_over, Act.SIGN_FOR: operations.sign_for}
"""What is done to several at once: to pass on and to receive. Whatever is decided, is decided one by one."""

TABS = {queries.Tab.HAND_OVER: Act.HAND_OVER, queries.Tab.SIGN_FOR: Act.SIGN_FOR}
"""The views in which all wait for the same deed."""


@dataclass(frozen=True)
class Prospect:
    """A referral that was picked, and what stands against the deed."""

    referral: Referral
    against: Sentence | None

    @property
    def mark(self) -> str:
        """Which it is, and as it stood when it was looked at."""
        return f"{self.referral.key}.{self.referral.version}"


def prospects(act: Act, keys: Iterable[str], officer: Officer) -> list[Prospect]:
    """What would become of each of those that the officer may know of; of others nothing is said."""
    wanted = list(dict.fromkeys(keys))[:MOST]
    query = queries.burning(queries.visible_to(officer).where(Referral.key.in_(wanted)))
    found = list(db.session.scalars(query.options(joinedload(Referral.person))))
    first = first_hands(found) if act in SECOND_PERSON else {}
    return [Prospect(one, _against(act, one, officer, first)) for one in found]


def _against(act: Act, referral: Referral, officer: Officer, first: FirstHands) -> Sentence | None:
    try:
        LIFE.after(referral.state, act)
    except NotNow as refusal:
        return refusal.sentence
    if is_same_hand(act, referral, officer, first):
        return NotPermitted("%(first)s与%(act)s须由两人分别办理。", first=SECOND_PERSON[act], act=act).sentence
    against = objection(act, referral, officer)
    return against.sentence if against else None


def do(act: Act, marks: Iterable[str], *, by: Officer, at: datetime) -> list[Prospect]:
    """Do it to each as it stood when it was looked at; the answer says of each what stood against it, if anything."""
    seen = dict(mark.rpartition(".")[::2] for mark in marks)
    return [_done(act, one.referral, seen[one.referral.key], by, at) for one in prospects(act, seen, by)]


def _done(act: Act, referral: Referral, version: str, by: Officer, at: datetime) -> Prospect:
    """One of them, behind a line of its own in the transaction: refused, it leaves nothing behind."""
    try:
        with db.session.begin_nested():
            if str(referral.version) != version:
                raise NotNow("看过之后有人动过，请再看一遍。")
            DEEDS[act](referral, by=by, at=at)
            db.session.flush()
    except Refused as refusal:
        return Prospect(referral, refusal.sentence)
    except StaleDataError:
        return Prospect(referral, Sentence("看过之后有人动过，请再看一遍。"))
    return Prospect(referral, None)
