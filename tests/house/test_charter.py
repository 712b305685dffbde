"""The charter: every deed has somebody who may do it, and no one person holds both ends of a rope."""

from itertools import combinations

import pytest

from tipline.office.charter import ADMINISTRATORS, INSPECTORS, TOWN_ROLES, Act, Role
from tipline.office.powers import PERMITTED, SECOND_PERSON
from tipline.office.seats import SEATS

CONTENT = (
    "lead.",
    "referral.",
    "extension.",
    "slip.",
    "outcome.",
    "clarification.",
    "tolerance.",
    "supervision.",
    "typical-case.",
    "submission.",
    "screening.",
    "posting.",
    "posting-fault.",
    "register.",
    "register-hit.",
    "help-visit.",
    "inspection.",
    "finding.",
    "issue-summary.",
    "improvement.",
    "town-action.",
    "review.",
    "statistics.",
    "evidence.",
)
"""Deeds on papers begin so; an administrator of the machine has none of them."""


def test_every_act_is_granted_to_somebody():
    assert set().union(*PERMITTED.values()) == set(Act)


def test_every_role_is_in_the_charter_and_has_a_seat():
    assert set(PERMITTED) == set(Role)
    assert set(SEATS) == set(Role) - {Role.CLOCK}
    assert all(SEATS.values())


def test_three_administrators_touch_no_paper():
    assert len(ADMINISTRATORS) == 3
    touched = {(role, act) for role in ADMINISTRATORS for act in PERMITTED[role] if act.value.startswith(CONTENT)}
    assert not touched


def test_nobody_both_makes_an_account_and_gives_it_a_post():
    makers = {role for role, acts in PERMITTED.items() if Act.ADMIT_OFFICER in acts}
    givers = {role for role, acts in PERMITTED.items() if Act.MOVE_OFFICER in acts}
    assert makers == {Role.SYSTEM_ADMIN, Role.CLOCK}
    assert givers == {Role.SECURITY_ADMIN}


def test_only_the_auditor_reads_and_takes_away_the_trail():
    for act in (Act.READ_TRAIL, Act.EXPORT_TRAIL):
        assert {role for role, acts in PERMITTED.items() if act in acts} == {Role.AUDITOR}


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(ADMINISTRATORS), 2)))
def test_what_one_administrator_changes_another_does_not(one, other):
    shared = PERMITTED[one] & PERMITTED[other] - PERMITTED[Role.TOWN_DEPUTY]
    shut_out = {Act.DISABLE_OFFICER, Act.START_LEAVING}  # either may stop an account, at once or by its hand-over
    assert shared <= shut_out | {Act.READ_ROSTER, Act.READ_STATUS, Act.VERIFY_TRAIL, Act.READ_OUTBOX}


def test_nobody_who_keeps_the_ledger_investigates():
    keepers = set(Role) - INSPECTORS - {Role.CLOCK}
    assert not [role for role in keepers if Act.FILE_CASE in PERMITTED[role] or Act.CONCLUDE in PERMITTED[role]]
    assert all(Act.HAND_OVER not in PERMITTED[role] for role in INSPECTORS)


def test_a_second_person_can_be_found_for_what_needs_one():
    for second, first in SECOND_PERSON.items():
        assert any(second in acts for acts in PERMITTED.values()), second
        assert any(first in acts for acts in PERMITTED.values()), first


def test_the_words_of_the_charter_are_told_apart():
    assert len({act.label for act in Act}) == len(Act)
    assert len({role.label for role in Role}) == len(Role)
    assert all(len(act.value) <= 40 for act in Act)
    assert set(Role) >= TOWN_ROLES
