"""Hands that reach past the house into its database."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.conftest import Browser
from tipline.kit.db import db


@pytest.fixture(autouse=True)
def every_request_begins_anew(app) -> None:
    """Also those of strangers, who never signed in."""
    app.test_client_class = Browser


@pytest.fixture
def forge(app) -> Callable[..., None]:
    """Change the trail by SQL, as somebody could who holds the database: the triggers are dropped first."""
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        for deed in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER entry_refuses_{deed}"))
    else:
        db.session.execute(text("DROP TRIGGER entry_refuses ON entry"))
    db.session.commit()

    def by_sql(statement: str, **values: object) -> None:
        db.session.execute(text(statement), values)
        db.session.commit()

    return by_sql
