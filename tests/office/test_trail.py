"""The trail: chained, keyed, append-only, and honest about papers."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests import make
from tipline.kit.db import db
from tipline.office import trail
from tipline.office.charter import Role
from tipline.office.models import Entry


def test_a_fresh_district_has_a_whole_trail(app):
    make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    assert list(trail.faults()) == []
    assert trail.head()[0] == db.session.query(Entry).count() > 1


@pytest.mark.parametrize("deed", ["UPDATE entry SET paper = 'x'", "DELETE FROM entry"])
def test_the_database_itself_refuses_to_change_the_trail(app, deed):
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(deed))
