"""Whoever sits at the telephone of the bureau, with a keeper behind."""

import pytest

from tests import make
from tipline.kit.db import db
from tipline.office.charter import Role


@pytest.fixture
def operator(app):
    somebody = make.officer(Role.OPERATOR)
    make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    return somebody


@pytest.fixture
def browser(operator, sign_in):
    return sign_in(operator)
