"""The database: one declarative base, typed columns, and the manners of the two engines."""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column, registry

from tipline.kit.dates import Month
from tipline.kit.words import Labelled

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite forgets the zone, this gives it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MonthColumn(TypeDecorator[Month]):
    """A calendar month, stored as `2018-05` so that it sorts."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: Month | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Month | None:
        return None if value is None else Month.parse(value)


Ciphertext = Annotated[bytes, mapped_column(LargeBinary)]
"""A column whose plain text never reaches the database; see `kit.vault.Sealed`."""

Key = Annotated[str, mapped_column(String(26), unique=True)]
"""The opaque name of a row in addresses: random, so that it tells nothing."""

Blind = Annotated[str, mapped_column(String(32), index=True)]
"""A keyed hash that can be looked up and not read back; see `kit.vault.Vault.blind`."""

BigId = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
"""The inner number of a row: never shown, never in an address."""


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Instant,
            date: Date,
            Month: MonthColumn,
            Labelled: Enum(
                Labelled,
                native_enum=False,
                length=40,
                create_constraint=False,
                values_callable=lambda e: [m.value for m in e],
            ),
            dict[str, str]: JSON,
            list[str]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


def new_key() -> str:
    """A fresh opaque name: 80 random bits, easy to type and safe in an address."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _ in range(17))


class Keyed:
    """A row that has an opaque name from the moment it exists, before it is in the database."""

    key: Mapped[Key] = mapped_column(default=new_key)

    def __init__(self, **values: Any) -> None:
        self.key = values.pop("key", None) or new_key()
        super().__init__(**values)


def reading() -> None:
    """Promise that the transaction now beginning only reads, so that it takes no writer's place."""
    db.session.connection(execution_options={"reading": True})


def only_reading() -> None:
    """From here on the request only reads, so that what is sent while somebody types never takes a writer's place."""
    db.session.rollback()
    reading()


@contextmanager
def writing() -> Iterator[None]:
    """A deed in the midst of a page that reads: in a transaction of its own, whole or not at all.

    Rows found before are as they were before: ask for them again.
    """
    db.session.rollback()
    yield
    db.session.commit()


def _connected(connection: DBAPIConnection, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # our own BEGIN below; pysqlite's would lose updates
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        reads = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _refuse_writing_while_reading(session: Session, *_: object) -> None:
    if session.connection().get_execution_options().get("reading"):
        raise RuntimeError("a write in a transaction that promised only to read")


def _refuse_bulk_writing_while_reading(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _refuse_writing_while_reading(state.session)


def prepare(engine: Engine) -> None:
    """Teach one engine our manners; called once per engine, before its first connection."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)


event.listen(Session, "before_flush", _refuse_writing_while_reading)
event.listen(Session, "do_orm_execute", _refuse_bulk_writing_while_reading)


def pragmas(engine: Engine) -> Mapping[str, str]:
    """What an SQLite engine really uses, for the check at start; empty on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return {}
    with engine.connect() as connection:
        return {
            name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
