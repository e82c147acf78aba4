"""After a thousand random operations by several people, what is stored is what the records amount to."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.world import LONG_AGO, TODAY, person
from tracker.accounts.models import HeldRole, RoleKind
from tracker.activities import operations as activities
from tracker.activities.models import Activity
from tracker.activities.rules import ActivityValues
from tracker.administration import operations as administration
from tracker.change import NotPermittedError, RefusedError
from tracker.facilitators import operations as register
from tracker.facilitators.models import Facilitator, Posting, Training
from tracker.following import operations as following
from tracker.organisation.models import Audience, ExecutivePost, Manner, Unit
from tracker.programme import operations as programme
from tracker.programme.models import Enrolment
from tracker.programme.plan import programme_plan
from tracker.progress.check import differences
from tracker.progress.models import Claim, ClaimChange
from tracker.progress.operations import claim_step, undo_claim
from tracker.sharing import operations as events
from tracker.sharing import operations_adoptions as adoptions
from tracker.sharing import operations_entries as entries
from tracker.sharing import operations_life as life
from tracker.sharing.models import Adoption, Event, EventEntry, EventType

TIMES = 1000
WHY: Any = {"reason": "ตามที่หน่วยงานแจ้ง"}
BEHALF: Any = {"on_behalf_reason": "ตามที่หน่วยงานแจ้ง"}
WHO = ("system", "office", "office", "office", "coordinator", "group_coordinator", "administrator", "head")
# what is done to one record that is there: (times as likely, its kind, operation, name of its id, the rest)
TO_ONE: tuple[Any, ...] = (
    (3, Activity, activities.withdraw_activity, "activity_id", WHY),
    (3, Activity, activities.restore_activity, "activity_id", {}),
    (2, Activity, activities.hide_activity, "activity_id", WHY),
    (2, Activity, activities.unhide_activity, "activity_id", {}),
    (2, ClaimChange, undo_claim, "claim_change_id", {}),
    (2, Facilitator, register.withdraw_facilitator, "facilitator_id", WHY),
    (2, Facilitator, register.restore_facilitator, "facilitator_id", {}),
    (1, Facilitator, register.hide_facilitator, "facilitator_id", WHY),
    (2, Facilitator, register.unhide_facilitator, "facilitator_id", {}),
    (1, Posting, register.end_posting, "posting_id", {**WHY, "until": TODAY}),
    (2, Facilitator, register.resume_posting, "facilitator_id", WHY),
    (2, Facilitator, register.correct_since, "facilitator_id", {**WHY, "since": LONG_AGO}),
    (1, Facilitator, register.correct_since, "facilitator_id", {**WHY, "since": TODAY}),
    (1, Training, register.withdraw_training, "training_id", WHY),
    (2, Training, register.restore_training, "training_id", {}),
    (1, Training, register.hide_training, "training_id", WHY),
    (2, Training, register.unhide_training, "training_id", {}),
    (9, Event, life.mark_held, "event_id", {**WHY, "attendance": 40}),
    (2, Event, life.summarise_event, "event_id", {**WHY, "summary": "สรุป", "attendance": 50}),
    (1, Event, life.cancel_event, "event_id", WHY),
    (1, Event, life.withdraw_event, "event_id", WHY),
    (2, Event, life.restore_event, "event_id", WHY),
    (1, Event, life.hide_event, "event_id", WHY),
    (2, Event, life.unhide_event, "event_id", {}),
    (1, EventEntry, entries.withdraw_entry, "entry_id", WHY),
    (2, EventEntry, entries.restore_entry, "entry_id", WHY),
    (2, Adoption, adoptions.withdraw_adoption, "adoption_id", WHY),
    (4, Enrolment, programme.reinstate_enrolment, "enrolment_id", WHY),
    (1, ExecutivePost, administration.close_post, "post_id", {"closed_on": TODAY}),
    (1, HeldRole, administration.end_role, "role_id", {"on": TODAY}),
    (2, Enrolment, following.end_pause, "enrolment_id", {}),
)


class Life:
    """What people do in a programme, at random."""

    def __init__(self, seed, make, change_as, session):
        self.random, self.make, self.change_as, self.session = random.Random(seed), make, change_as, session
        self.done: Counter[str] = Counter()
        self.deeds = [deed for times, *deed in TO_ONE for _ in range(times)]
        own = [name for name in dir(self) if name.startswith("do_")]
        often = ["do_log"] * 14 + ["do_edit", "do_claim", "do_show", "do_add_facilitator", "do_train"] * 4
        self.own = own * 3 + often

    def live(self, times):
        """Do that many things; what somebody may not do, or what is refused, counts for none."""
        verbs = {operation.__name__ for _model, operation, *_rest in self.deeds} | set(self.own)
        while self.done.total() < times or verbs - set(self.done):
            assert self.done.total() < 5 * times, f"never done: {verbs - set(self.done)}"
            who = self.random.choice(WHO)
            deed = self.random.choice([*self.own, *self.deeds])
            try:
                with self.change_as(who) as change:
                    do = self.by_name if isinstance(deed, str) else self.to_one
                    name = do(change, deed)
            except (RefusedError, NotPermittedError):
                self.session.rollback()
            else:
                self.done[name] += 1

    def to_one(self, change, deed):
        model, operation, id_name, rest = deed
        operation(change, **{id_name: self.any_id(model)}, **rest)
        return operation.__name__

    def by_name(self, change, deed):
        getattr(self, deed)(change)
        return deed

    def any_id(self, model):
        ids = self.session.scalars(select(model.id).order_by(model.id)).all()
        if not ids:
            raise RefusedError("ยังไม่มี")
        return self.random.choice(ids)

    def unit(self):
        ids = self.session.scalars(select(Unit.id).where(Unit.level != "national").order_by(Unit.id)).all()
        return self.random.choice([*ids, *[self.make.node("P001").id] * 5])

    def stage(self):
        return self.make.stage(self.random.choice([1, 2, 2, 2, 2, 3, 4])).id

    def step(self):
        return self.make.step_id(self.random.choice([None, 1, 2, 3, 4, 5, 6, 7]))

    def day(self):
        return TODAY - timedelta(days=self.random.randrange(250))

    def audience(self):
        return self.random.choice(list(Audience))

    def present(self):
        return {self.any_id(ExecutivePost): self.random.choice(list(Manner))}

    def activity_values(self, unit_id):
        step_id = self.step()
        kinds = programme_plan(self.session).kinds_of(step_id)
        people = self.random.sample(range(1, 6), self.random.randrange(3))
        known = set(self.session.scalars(select(Facilitator.id)))
        return ActivityValues(
            unit_id=unit_id, stage_id=self.stage(), step_id=step_id, kind_id=self.random.choice(kinds).id,
            held_on=self.day(), title="วงเล่าเรื่อง", participants=self.random.choice([None, 5, 40]),
            facilitator_ids=tuple(known & set(people)), executives=self.present(), audience=self.audience(),
            joined_unit_ids=tuple({self.unit() for _ in range(self.random.randrange(3))} - {unit_id}),
            outside_stage_reason="ทำต่อเนื่อง", **BEHALF,
        )  # fmt: skip

    def do_log(self, change):
        values = self.activity_values(self.unit())
        entered = {"entered_on": self.day()} if change.actor.is_system else {}
        activities.log_values(change, values, **BEHALF, **entered)

    def do_edit(self, change):
        activity = self.session.get_one(Activity, self.any_id(Activity))
        values = self.activity_values(activity.unit_id)
        activities.edit_activity(change, activity_id=activity.id, values=values, opened_with=None, **WHY)

    def do_claim(self, change):
        step_id = self.make.step_id(self.random.randrange(1, 8))
        claim_step(
            change, enrolment_id=self.any_id(Enrolment), step_id=step_id,
            claim=self.random.choice(list(Claim)), claimed_on=self.day(), note="ตามจริง", **BEHALF,
        )  # fmt: skip

    def do_claim_and_undo(self, change):
        enrolment = self.make.enrolment("P001")
        made = claim_step(
            change, enrolment_id=enrolment.id if enrolment else 0, step_id=self.make.step_id(3),
            claim=self.random.choice(list(Claim)), claimed_on=TODAY, note="ตามจริง", **BEHALF,
        )  # fmt: skip
        self.session.flush()
        undo_claim(change, claim_change_id=made.id)

    def do_enrol(self, change):
        programme.enrol_units(
            change, stage_id=self.stage(), unit_ids=[self.unit()], enrolled_on=self.day(), **WHY
        )

    def do_leave(self, change):
        programme.withdraw_enrolment(
            change, enrolment_id=self.any_id(Enrolment), withdrawn_on=self.day(), **WHY
        )

    def do_pilot_group(self, change):
        programme.create_pilot_group(
            change, parent_id=self.make.node(self.random.choice(["P001", "P002", "D01"])).id,
            name_th=f"กลุ่มนำร่อง {self.random.random()}", stage_id=self.make.stage(1).id,
        )  # fmt: skip

    def do_move_due(self, change):
        programme.move_due_month(
            change, stage_id=self.make.stage(2).id, step_id=self.make.step_id(3),
            month=self.random.randrange(1, 13),
        )  # fmt: skip

    def do_add_facilitator(self, change):
        register.add_facilitator(
            change, unit_id=self.unit(), name=f"คุณอำนวย {self.random.random()}", since=self.day(), **BEHALF
        )

    def do_post_facilitator(self, change):
        register.post_facilitator(
            change, facilitator_id=self.any_id(Facilitator), unit_id=self.unit(), since=self.day(), **WHY
        )

    def do_train(self, change):
        day = self.day()
        training = register.hold_training(
            change, unit_id=self.unit(), stage_id=self.stage(), course="คุณอำนวย", starts_on=day, ends_on=day,
            outside_stage_reason="ทำต่อเนื่อง", **BEHALF,
        )  # fmt: skip
        self.session.flush()
        register.set_attendance(
            change, training_id=training.id, facilitator_id=self.any_id(Facilitator), passed=True, **WHY
        )

    def do_edit_training(self, change):
        day, passed = self.day(), {self.any_id(Facilitator): self.random.random() < 0.7 for _ in range(3)}
        register.edit_training(
            change, training_id=self.any_id(Training), stage_id=self.stage(), course="คุณอำนวย", starts_on=day,
            ends_on=day, hours=6, audience=self.audience(), attendances=passed, opened_with=None,
            outside_stage_reason="ทำต่อเนื่อง", **WHY,
        )  # fmt: skip

    def do_schedule(self, change):
        day = self.random.choice([self.day(), TODAY + timedelta(days=9)])
        events.schedule_event(
            change, type=EventType.MARKET, unit_id=self.unit(), stage_id=self.stage(), title="ตลาดนัด",
            held_on=day, executives=self.present(), audience=self.audience(), **BEHALF,
        )  # fmt: skip

    def do_edit_event(self, change):
        events.edit_event(
            change, event_id=self.any_id(Event), opened_with=None, held_on=self.day(), stage_id=self.stage(),
            executives=self.present(), **WHY,
        )  # fmt: skip

    def do_show(self, change):
        entries.show_entry(change, event_id=self.any_id(Event), name="ตู้กุญแจ", unit_id=self.unit(), **WHY)

    def do_edit_entry(self, change):
        entries.edit_entry(
            change, entry_id=self.any_id(EventEntry), opened_with=None, unit_id=self.unit(), **WHY
        )

    def do_take_up(self, change):
        adoptions.note_adoption(
            change, entry_id=self.any_id(EventEntry), unit_id=self.unit(), adopted_on=TODAY, **WHY
        )

    def do_add_post(self, change):
        administration.add_post(change, unit_id=self.unit(), title_th="รองผู้บัญชาการ")

    def do_set_holder(self, change):
        administration.set_holder(
            change, post_id=self.any_id(ExecutivePost), name="ธงชัย สมมติ", since=self.day()
        )

    def do_give_role(self, change):
        administration.give_role(
            change, person_id=person(self.session, "nobody").id, kind=RoleKind.COORDINATOR,
            unit_id=self.unit(), since=self.day(),
        )  # fmt: skip

    def do_move_unit(self, change):
        unit = self.session.get_one(Unit, self.make.node(self.random.choice(["P002", "P003", "P005"])).id)
        administration.edit_unit(
            change, unit_id=unit.id, level=unit.level, kind=unit.kind, name_th=unit.name_th,
            name_en=f"Prison {self.random.random()}",
            parent_id=self.make.node(self.random.choice(["PG01", "PG02"])).id,
        )  # fmt: skip

    def do_close_unit(self, change):
        administration.close_unit(change, unit_id=self.make.node("D02").id, closed_on=date(2026, 6, 1), **WHY)

    def do_reopen_unit(self, change):
        administration.reopen_unit(change, unit_id=self.make.node("D02").id)

    def do_call(self, change):
        following.note_call(change, enrolment_id=self.any_id(Enrolment), note="โทรแล้ว", called_on=self.day())

    def do_pause(self, change):
        following.pause_following(change, enrolment_id=self.any_id(Enrolment), until=TODAY, **WHY)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2549, 2569])
def test_a_thousand_random_operations_leave_no_difference(make, change_as, session, seed):
    Life(seed, make, change_as, session).live(TIMES)

    assert session.scalars(select(Activity.id)).first() is not None
    assert differences(session) == []
