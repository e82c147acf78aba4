"""Typed makers of records: `make.activity("P001", step=3)`. What they make is committed and counted.

Each takes any further column by name. Units are named by code, stages and steps by number.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.changes import try_change
from tests.world import LONG_AGO, PASSWORD_HASH, TODAY
from tracker.accounts.models import HeldRole, Person, RoleKind
from tracker.accounts.permissions import system_actor
from tracker.activities.models import Activity, ActivityExecutive, ActivityFacilitator, ActivityUnit
from tracker.database import Base
from tracker.facilitators.models import Attendance, Facilitator, FacilitatorRole, KmRole, Posting, Training
from tracker.organisation.models import ExecutivePost, Manner, Unit
from tracker.organisation.revision import renew_revision
from tracker.organisation.tree import UnitNode, unit_tree
from tracker.programme.models import Enrolment
from tracker.programme.plan import StageInfo, programme_plan
from tracker.sharing.models import Adoption, Event, EventEntry, EventExecutive, EventState, EventType
from tracker.thai.text import search_text, sort_key

Row = TypeVar("Row", bound=Base)


def _derived(title: str) -> dict[str, str]:
    return {"search_text": search_text(title), "sort_key": sort_key(title)}


class Make:
    """Makes records in the small world."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = count(1)

    def node(self, code: str) -> UnitNode:
        """Return a unit of the tree by its code."""
        return unit_tree(self._session).by_code[code]

    def stage(self, number: int = 2) -> StageInfo:
        """Return a stage by its number."""
        stage = programme_plan(self._session).stage(number)
        assert stage is not None
        return stage

    def step_id(self, number: int | None) -> int | None:
        """Return a step's id by its number; None for preparation."""
        step = programme_plan(self._session).step(number) if number else None
        return step.id if step else None

    def enrolment(self, code: str, stage: int = 2) -> Enrolment | None:
        """Return what a unit's records of a stage count for: its own enrolment, else the nearest above."""
        for unit_id in reversed(self.node(code).path):
            found = self._session.scalars(
                select(Enrolment).where(
                    Enrolment.stage_id == self.stage(stage).id,
                    Enrolment.unit_id == unit_id,
                    Enrolment.withdrawn_on.is_(None),
                )
            ).one_or_none()
            if found:
                return found
        return None

    def unit(
        self, code: str, parent: str, *, level: str = "prison", kind: str = "central_prison", **columns: Any
    ) -> Unit:
        """Make a unit, enrolled nowhere."""
        name = columns.pop("name_th", f"หน่วยงาน {code}")
        unit = self._add(
            Unit(
                code=code, level=level, kind=kind, parent_id=self.node(parent).id, name_th=name,
                sort_key=sort_key(name), search_text=search_text(f"{name} {code}"), **columns,
            )
        )  # fmt: skip
        renew_revision(self._session)
        self._session.commit()
        return unit

    def person(self, email: str = "", *roles: tuple[RoleKind, str], **columns: Any) -> Person:
        """Make somebody with an account, the world's password and roles at units."""
        name = columns.pop("name", f"บุคคล ที่ {next(self._numbers)} สมมติ")
        person = self._add(
            Person(
                **{
                    "email": email or f"person{next(self._numbers)}@doc.example",
                    "name": name,
                    "sort_key": sort_key(name),
                    "search_text": search_text(name),
                    "password_hash": PASSWORD_HASH,
                    "privacy_seen_at": datetime.now(UTC),
                    "first_signed_in_at": datetime.now(UTC),
                    **columns,
                }
            )
        )
        for kind, code in roles:
            self._add(HeldRole(person_id=person.id, kind=kind, unit_id=self.node(code).id, since=LONG_AGO))
        self._session.commit()
        return person

    def post(self, code: str = "P001", *, is_head: bool = False, **columns: Any) -> ExecutivePost:
        """Make an executive post that nobody holds."""
        columns = {"title_th": "รองผู้บัญชาการเรือนจำ", "title_en": "Deputy commander", **columns}
        post = self._add(ExecutivePost(unit_id=self.node(code).id, is_head=is_head, **columns))
        renew_revision(self._session)
        self._session.commit()
        return post

    def activity(
        self, code: str = "P001", *, step: int | None = 3, stage: int = 2, kind: str = "",
        facilitators: tuple[Facilitator, ...] = (), executives: tuple[tuple[ExecutivePost, Manner], ...] = (),
        joined: tuple[str, ...] = (), **columns: Any,
    ) -> Activity:  # fmt: skip
        """Make an activity of a step (None: preparation), with who led it, took part and joined."""
        plan = programme_plan(self._session)
        kinds = plan.kinds_of(self.step_id(step))
        enrolment = self.enrolment(code, stage)
        values: dict[str, Any] = {
            "unit_id": self.node(code).id,
            "stage_id": self.stage(stage).id,
            "step_id": self.step_id(step),
            "kind_id": plan.kind_by_code[kind].id if kind else kinds[0].id,
            "enrolment_id": enrolment.id if enrolment else None,
            "held_on": TODAY,
            "title": f"วงเล่าเรื่อง ครั้งที่ {next(self._numbers)}",
            "participants": 12,
            **self._entered(),
            **columns,
        }
        values.setdefault("search_text", search_text(f"{values['title']} {values.get('outcome', '')}"))
        activity = self._add(Activity(**values))
        for facilitator in facilitators:
            self._add(ActivityFacilitator(activity_id=activity.id, facilitator_id=facilitator.id))
        for post, manner in executives:
            self._add(ActivityExecutive(activity_id=activity.id, post_id=post.id, manner=manner))
        for other in joined:
            self._add(ActivityUnit(activity_id=activity.id, unit_id=self.node(other).id))
        self._count(activity.enrolment_id, activity.step_id)
        return activity

    def facilitator(
        self, code: str = "P001", *, roles: tuple[KmRole, ...] = (KmRole.FACILITATOR,), **columns: Any
    ) -> Facilitator:
        """Make a facilitator posted at a unit since long ago."""
        name = columns.pop("name", f"คุณอำนวย ที่ {next(self._numbers)} สมมติ")
        facilitator = self._add(
            Facilitator(
                name=name,
                sort_key=sort_key(name),
                search_text=search_text(name),
                **{**self._entered(), **columns},
            )
        )
        unit_id, entered_on = self.node(code).id, facilitator.entered_on
        self._add(
            Posting(facilitator_id=facilitator.id, unit_id=unit_id, since=LONG_AGO, entered_on=entered_on)
        )
        for role in roles:
            self._add(FacilitatorRole(facilitator_id=facilitator.id, kind=role))
        self._session.commit()
        return facilitator

    def training(self, code: str = "P001", *passed: Facilitator, stage: int = 2, **columns: Any) -> Training:
        """Make a training held by a unit, which the given facilitators passed."""
        values: dict[str, Any] = {
            "course": f"หลักสูตรคุณอำนวย รุ่นที่ {next(self._numbers)}",
            "unit_id": self.node(code).id, "stage_id": self.stage(stage).id,
            "starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 3), "hours": 12,
            **self._entered(), **columns,
        }  # fmt: skip
        training = self._add(Training(**values, **_derived(values["course"])))
        for facilitator in passed:
            self._add(
                Attendance(
                    training_id=training.id, facilitator_id=facilitator.id, passed=True,
                    entered_on=training.entered_on, passed_on=training.entered_on,
                )
            )  # fmt: skip
        enrolment = self.enrolment(code, stage)
        self._count(enrolment.id if enrolment else None, self.step_id(2))
        return training

    def event(
        self, code: str = "P001", *, stage: int = 2, state: EventState = EventState.HELD,
        executives: tuple[tuple[ExecutivePost, Manner], ...] = (), **columns: Any,
    ) -> Event:  # fmt: skip
        """Make an event that a unit hosts."""
        enrolment = self.enrolment(code, stage)
        values: dict[str, Any] = {
            "type": EventType.SHARE_AND_SHOW, "title": f"วัน Share and Show ครั้งที่ {next(self._numbers)}",
            "unit_id": self.node(code).id, "stage_id": self.stage(stage).id,
            "enrolment_id": enrolment.id if enrolment else None,
            "held_on": TODAY, "state": state, "attendance": 80, **self._entered(), **columns,
        }  # fmt: skip
        event = self._add(Event(**values, **_derived(values["title"])))
        for post, manner in executives:
            self._add(EventExecutive(event_id=event.id, post_id=post.id, manner=manner))
        self._count(event.enrolment_id, None)
        return event

    def entry(
        self, event: Event, code: str = "P001", *, taken_up_by: tuple[str, ...] = (), **columns: Any
    ) -> EventEntry:
        """Make an innovation shown at an event by a unit, and who took it up."""
        stage = next(s.number for s in programme_plan(self._session).stages if s.id == event.stage_id)
        enrolment = self.enrolment(code, stage)
        number = next(self._numbers)
        values: dict[str, Any] = {
            "event_id": event.id, "position": number, "name": f"ตู้ยืมคืนกุญแจ แบบที่ {number}",
            "unit_id": self.node(code).id, "enrolment_id": enrolment.id if enrolment else None,
            **self._entered(), **columns,
        }  # fmt: skip
        entry = self._add(EventEntry(**values, search_text=search_text(values["name"])))
        for other in taken_up_by:
            unit_id = self.node(other).id
            self._add(Adoption(entry_id=entry.id, unit_id=unit_id, adopted_on=TODAY, entered_on=TODAY))
        self._count(entry.enrolment_id, self.step_id(7))
        return entry

    def _entered(self) -> dict[str, Any]:
        return {
            "entered_on": TODAY,
            "entered_at": datetime.now(UTC),
            "entered_by": "ผู้ทดสอบ สมมติ",
            "entered_by_id": None,
        }

    def _add(self, row: Row) -> Row:
        self._session.add(row)
        self._session.flush()
        return row

    def _kept(self, row: Row) -> Row:
        self._add(row)
        self._session.commit()
        return row

    def _count(self, enrolment_id: int | None, step_id: int | None) -> None:
        """Recount the cell that a record counts in, as the application does, and commit."""
        change = try_change(self._session, system_actor("tests"))
        change.touch(enrolment_id, step_id)
        change.finish()
