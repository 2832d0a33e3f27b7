"""Rows of the people who work at the desk and their sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acuerdo.platform.db.base import Base, Identified
from acuerdo.platform.db.types import Named
from acuerdo.staff.permissions import Role


class Staff(Identified, Base):
    """A person who works with the product."""

    __tablename__ = "staff"

    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(Named(Role))
    password_hash: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    failed_logins: Mapped[int]
    locked_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSession(Base):
    """A session at the desk; only the hash of its token is kept."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)
