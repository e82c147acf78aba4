"""What an address may be about: one thing of every kind at every unit, and things that are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.make import Make
from tests.permissions.table import WHOLLY, WRITES, Places
from tests.world import NOW, TODAY, person
from tracker.accounts.models import HeldRole, RoleKind
from tracker.activities.models import Draft
from tracker.facilitators.models import Facilitator
from tracker.following.models import Announcement, Call, Word, WordKind
from tracker.organisation.models import Audience, ExecutivePost, Manner
from tracker.progress.models import Claim, ClaimChange
from tracker.sharing.models import Adoption
from tracker.signin.models import BrowserSession

NEVER = 2**31 - 1
CANARY = re.compile(r"CANARY\d{4}")
UNITS = ("P001", "P001-G1", "P002", "PG01", "P004", "DOC")
STAGE_OF = {"P001-G1": 1, "P001": 2, "P002": 2, "P004": 2, "PG01": 3, "DOC": 4}
# own unit, below, elsewhere (beside, above); what holds no function is tried at one unit only
TRIED = {
    "coordinator": ("P001", "P001-G1", "P002", "PG01"),
    "other_coordinator": ("P002", "P001"),
    "group_coordinator": ("PG01", "P001", "P001-G1", "P004"),
    "head": ("P001", "P001-G1", "P002", "PG01"),
    "group_head": ("PG01", "P002", "P004"),
    "office": ("DOC", "P001"),
    "executive": ("DOC", "P001"),
    "administrator": ("DOC", "P001"),
    "nobody": ("P001",),
    "signed out": ("P001",),
}
# who sees a thing beyond what the line says: open, kept to its unit, hidden, hidden inside what is open
NOTES: tuple[tuple[str, Places | None], ...] = (
    ("", None),
    ("kept", WHOLLY),
    ("hidden", WRITES),
    ("hidden itself", WRITES),
)
NO_UNIT = {
    "person": ("plain", "privileged"),
    "role": ("plain", "privileged"),
    "session": ("mine", "theirs"),
    "stage": ("P001",),
    "announcement": ("P001",),
    "nothing": ("P001",),
}


@dataclass(frozen=True)
class Thing:
    """Something that an address is about: where it is, who sees it beyond what the line says, its values."""

    place: str
    values: dict[str, Any]
    sees: Places | None = None
    is_missing: bool = False
    note: str = ""


class Things:
    """All that the addresses of the trial are about."""

    def __init__(self, session: Session) -> None:
        self.session, self.make = session, Make(session)
        self._made: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.canaries: dict[str, set[str]] = {}
        for code in UNITS:
            self._fill(code)
        self._add(
            Announcement(text_th="ประกาศ", since=TODAY, until=TODAY, announced_by="ฝ่าย"), "announcement"
        )
        self._people()
        session.commit()

    def _keep(self, kind: str, place: str, note: str = "", **values: Any) -> None:
        self._made[kind, place, note] = values

    def _add(self, row: Any, kind: str, place: str = "P001") -> None:
        self.session.add(row)
        self.session.flush()
        name = {"claim": "change_id"}.get(kind, f"{kind}_id")
        self._keep(kind, place, **{name: row.id})

    def canary(self, place: str, sees: Places) -> str:
        """Return a word to write where only those who see something at a place may read it."""
        word = f"CANARY{len(self.canaries):04}"
        self.canaries[word] = {who for who, places in sees.items() if place in places}
        return word

    def leaks(self, who: str, text: str) -> set[str]:
        """Return the canaries that stand in a text and that somebody may not read."""
        return {word for word in CANARY.findall(text) if who not in self.canaries[word]}

    def _fill(self, code: str) -> None:
        hidden: dict[str, Any] = {"hidden_at": NOW, "hidden_reason": "ตรวจสอบ"}
        kept: dict[str, Any] = {"audience": Audience.UNIT}
        post = self.make.post(code)
        self._keep("post", code, post_id=post.id)
        person = self.make.facilitator(code, remarks=self.canary(code, WHOLLY))
        unseen = self.make.facilitator(code, name=f"คุณ {self.canary(code, WRITES)}", **hidden)
        self._keep("facilitator", code, facilitator_id=person.id)
        self._keep("facilitator", code, "hidden", facilitator_id=unseen.id)
        everybody = dict.fromkeys((*WHOLLY, "administrator"), frozenset((code,)))
        for note, sees, columns in (("", everybody, {}), ("kept", WHOLLY, kept), ("hidden", WRITES, hidden)):
            self._records(code, note, sees, person, post, columns)
        event = self.make.event(code)
        entry = self.make.entry(event, code, name=f"ตู้ยืม {self.canary(code, WRITES)}", **hidden)
        self._keep("entry", code, "hidden itself", event_id=event.id, entry_id=entry.id)
        self._keep("unit", code, code=code)
        self._keep("asked", code, unit=code)
        self._keep("stage of a unit", code, number=2, unit=code)
        self._keep("step of a unit", code, number=2, step=3, unit=code)
        self._keep("cell", code, code=code, number=STAGE_OF[code], step=3)
        self._said(code)

    def _records(
        self, code: str, note: str, sees: Places, person: Facilitator, post: ExecutivePost,
        columns: dict[str, Any],
    ) -> None:  # fmt: skip
        make = self.make
        activity = make.activity(
            code, facilitators=(person,), executives=((post, Manner.LED),), joined=("P003",),
            title=f"วงเล่าเรื่อง {self.canary(code, sees)}", outcome=f"ได้รู้ {self.canary(code, sees)} นำไปใช้แล้ว",
            **columns,
        )  # fmt: skip
        title = f"วันงาน {self.canary(code, sees)}"
        event = make.event(code, title=title, executives=((post, Manner.LED),), **columns)
        entry = make.entry(event, code, taken_up_by=("P003",), name=f"ตู้ยืม {self.canary(code, sees)}")
        adoption = self.session.scalars(select(Adoption).where(Adoption.entry_id == entry.id)).one()
        adoption.note = self.canary(code, sees)
        training = make.training(code, person, course=f"หลักสูตร {self.canary(code, sees)}", **columns)
        shown = {"event_id": event.id, "entry_id": entry.id}
        self._keep("activity", code, note, activity_id=activity.id)
        self._keep("event", code, note, event_id=event.id)
        self._keep("entry", code, note, **shown)
        self._keep("adoption", code, note, **shown, adoption_id=adoption.id)
        self._keep("training", code, note, training_id=training.id)

    def _said(self, code: str) -> None:
        unit, enrolment = self.make.node(code), self.make.enrolment(code, STAGE_OF[code])
        office, step_id = person(self.session, "office"), self.make.step_id(3)
        assert enrolment is not None
        assert step_id is not None
        inside = self.canary(code, WHOLLY)
        self._keep("enrolment", code, enrolment_id=enrolment.id)
        draft = Draft(
            unit_id=unit.id, person_id=office.id, title=self.canary(code, WRITES), saved_at=NOW, values={}
        )
        word = Word(
            kind=WordKind.QUESTION, unit_id=unit.id, text=inside, said_by_id=office.id,
            said_by=office.name, said_on=TODAY, said_at=NOW,
        )  # fmt: skip
        claim = ClaimChange(
            enrolment_id=enrolment.id, step_id=step_id, before=Claim.NONE, after=Claim.DOING,
            claimed_on=TODAY, entered_on=TODAY, entered_at=NOW, person_name="ผู้ทดสอบ", note=inside,
        )  # fmt: skip
        call = Call(
            enrolment_id=enrolment.id, called_on=TODAY, note=inside, called_by=office.name, called_at=NOW
        )
        for kind, row in (("draft", draft), ("word", word), ("claim", claim), ("call", call)):
            self._add(row, kind, code)

    def _people(self) -> None:
        plain = self.make.person("", (RoleKind.COORDINATOR, "P005"))
        privileged = self.make.person("", (RoleKind.ADMINISTRATOR, "DOC"))
        for place, somebody in (("plain", plain), ("privileged", privileged)):
            held = self.session.scalars(select(HeldRole).where(HeldRole.person_id == somebody.id)).one()
            self._keep("person", place, person_id=somebody.id)
            self._keep("role", place, role_id=held.id)
        self._keep("stage", "P001", number=2)
        self._keep("nothing", "P001")

    def values(self, kind: str, place: str, note: str = "") -> dict[str, Any]:
        """Return what names a thing in its address."""
        return self._made[kind, place, note]

    def sessions_of(self, who: str) -> dict[str, int]:
        """Return ids of one browser session of somebody and one of somebody else."""
        mine = person(self.session, who).id
        rows = self.session.scalars(select(BrowserSession).order_by(BrowserSession.id)).all()
        return {
            "mine": next(row.id for row in rows if row.person_id == mine),
            "theirs": next(row.id for row in rows if row.person_id != mine),
        }

    def of(self, kind: str, who: str) -> Iterator[Thing]:
        """Give the things of a kind that somebody's address is tried with, the missing ones last."""
        if kind == "session":
            ids = self.sessions_of("office" if who == "signed out" else who)
            yield from (Thing(place, {"session_id": number}) for place, number in ids.items())
        for place in NO_UNIT.get(kind, TRIED[who]):
            for note, sees in NOTES:
                if (kind, place, note) in self._made:
                    yield Thing(place, self._made[kind, place, note], sees, note=note)
        if kind != "nothing":
            place = NO_UNIT.get(kind, ("P001",))[0]
            values = self._made.get((kind, place, ""), {"session_id": 0})
            yield from (Thing("nowhere", each, is_missing=True) for each in _missing(values))


def _missing(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the values of an address with each of them in turn naming nothing."""
    for name in values:
        nothing = "NOWHERE" if name in ("code", "unit") else 99 if name in ("number", "step") else NEVER
        yield {**values, name: nothing}
