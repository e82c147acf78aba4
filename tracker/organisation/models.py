"""Units, levels, kinds, executive posts and the one row that says what this installation is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class InstallationKind(StrEnum):
    """Whether the data are invented."""

    DEMO = "demo"
    REAL = "real"


class Audience(StrEnum):
    """Who may read a record (ผู้มีสิทธิ์อ่าน)."""

    PUBLIC = "public"
    DEPARTMENT = "department"
    UNIT = "unit"


class Installation(Base):
    """What this installation is and how it calls itself: exactly one row."""

    __tablename__ = "installations"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    kind: Mapped[InstallationKind]
    department_th: Mapped[str] = mapped_column(String(200))
    department_en: Mapped[str] = mapped_column(String(200), default="")
    office_th: Mapped[str] = mapped_column(String(200), default="ฝ่ายเลขานุการ KM")
    office_en: Mapped[str] = mapped_column(String(200), default="Programme office")
    support_th: Mapped[str] = mapped_column(String(200), default="")
    support_phone: Mapped[str] = mapped_column(String(50), default="")
    demo_day: Mapped[date | None]
    revision: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    support_en: Mapped[str] = mapped_column(String(200), default="")


class Level(Base):
    """A level of the unit tree, named by the programme template."""

    __tablename__ = "levels"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    is_pilot: Mapped[bool] = mapped_column(default=False)
    is_member: Mapped[bool] = mapped_column(default=False)
    is_top: Mapped[bool] = mapped_column(default=False)


class UnitKind(Base):
    """A kind of unit, which decides what its head is called."""

    __tablename__ = "unit_kinds"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    head_th: Mapped[str] = mapped_column(String(200))
    head_en: Mapped[str] = mapped_column(String(200))


class Unit(Base):
    """A node of the organisation tree; its code is its identity."""

    __tablename__ = "units"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    level: Mapped[str] = mapped_column(ForeignKey("levels.code"))
    kind: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    short_name_th: Mapped[str] = mapped_column(String(100), default="")
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    province_th: Mapped[str] = mapped_column(String(100), default="")
    sort_key: Mapped[str] = mapped_column(String(400), default="")
    search_text: Mapped[str] = mapped_column(String(1000), default="")
    position: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class ExecutivePost(Base):
    """An executive's post at a unit (ตำแหน่งผู้บริหาร); people hold it from a day to a day."""

    __tablename__ = "executive_posts"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    title_th: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    is_head: Mapped[bool] = mapped_column(default=False)
    office_phone: Mapped[str] = mapped_column(String(50), default="")
    position: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class PostHolder(Base):
    """Who holds an executive post, from a day to a day (the last day included)."""

    __tablename__ = "post_holders"
    __table_args__ = (UniqueConstraint("post_id", "since"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("executive_posts.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    since: Mapped[date]
    until: Mapped[date | None]


class Manner(StrEnum):
    """How an executive took part; only the last two count as taking part themselves."""

    OPENED = "opened"
    SHARED = "shared"
    LED = "led"

    @property
    def is_own_part(self) -> bool:
        """Tell whether this counts as taking part themselves."""
        return self is not Manner.OPENED


OWN_PART = tuple(manner for manner in Manner if manner.is_own_part)


class EntryDay:
    """Columns of a record that is entered on a day and may be withdrawn: a mixin.

    `entered_on` and `withdrawn_on` are days of the programme (they follow a rehearsal day);
    `entered_at` and `withdrawn_at` are the real moments.
    """

    entered_on: Mapped[date] = mapped_column(index=False)
    entered_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(200))
    entered_by_id: Mapped[int | None]
    on_behalf_reason: Mapped[str] = mapped_column(String(500), default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
