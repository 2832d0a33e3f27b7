"""Rows of the people who work at the desk, their sessions and their failed logins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.staff.permissions import Role


class Staff(Identified, Base):
    """A person who works with the product.

    `creditors`: the external ids of those whose debtors this person may reach; None: all.
    """

    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(Named(Role))
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    creditors: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    logged_in_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSession(Base):
    """A session at the desk; only the hash of its token is kept.

    It ends at `expires_at`, which moves on while somebody works, and at `ends_at` in any case.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)


class LoginTries(Base):
    """How often a login was tried from one source without success.

    The row with an empty source counts those from everywhere. `trusted_until_at`: this person
    logged in from there, so strangers elsewhere cannot lock them out.
    """

    __tablename__ = "login_tries"

    login: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)
    locked_until_at: Mapped[datetime | None]
    trusted_until_at: Mapped[datetime | None]
