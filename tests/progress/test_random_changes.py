"""Whatever people do, what is stored is what the records amount to."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import TODAY
from tracker.activities.models import Activity
from tracker.activities.operations import (
    edit_activity,
    hide_activity,
    log_activity,
    restore_activity,
    withdraw_activity,
)
from tracker.activities.rules import ActivityValues
from tracker.change import RefusedError
from tracker.facilitators.models import Training
from tracker.facilitators.operations.postings import post_facilitator
from tracker.facilitators.operations.trainings import hold_training, set_attendance, withdraw_training
from tracker.organisation.models import Manner, Unit
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Enrolment
from tracker.programme.operations.enrolments import withdraw_enrolment
from tracker.programme.plan import programme_plan
from tracker.progress.check import differences
from tracker.progress.models import Claim
from tracker.progress.operations import claim_step
from tracker.sharing.operations_entries import show_entry
from tracker.sharing.operations_life import cancel_event, withdraw_event
from tracker.sharing.models import Event, EventType
from tracker.sharing.operations import edit_event, schedule_event

UNITS = ("P001", "P002", "P003", "P004", "P005", "D01", "D02", "P001-G1", "PG01", "DOC")


class Life:
    """Random things that people do, each in a change of its own."""

    def __init__(self, seed, make, change_as, session):
        self.random, self.make, self.change_as, self.session = random.Random(seed), make, change_as, session
        self.post = make.post("P001")
        self.people = [make.facilitator(code) for code in ("P001", "P004", "D01")]

    def live(self, times):
        deeds = [self.log] * 8 + [self.move, self.leave, self.rename]
        deeds += [self.withdraw, self.restore, self.hide, self.edit, self.claim, self.train, self.untrain] * 2
        deeds += [self.share, self.show, self.cancel, self.postpone, self.post_elsewhere] * 2
        for _ in range(times):
            try:
                self.random.choice(deeds)()
            except RefusedError:
                self.session.rollback()

    def any_id(self, model):
        ids = self.session.scalars(select(model.id).order_by(model.id)).all()
        return self.random.choice(ids) if ids else 0

    def unit(self, codes=UNITS):
        return self.make.node(self.random.choice(codes)).id

    def day(self):
        return TODAY - timedelta(days=self.random.randrange(240))

    def values(self):
        step_id = self.make.step_id(self.random.choice([None, 1, 2, 3, 4, 5, 6, 7]))
        kinds = programme_plan(self.session).kinds_of(step_id)
        return {
            "unit_id": self.unit(), "stage_id": self.make.stage(self.random.choice([1, 2, 2, 2, 3, 4])).id,
            "step_id": step_id, "kind_id": self.random.choice(kinds).id, "held_on": self.day(),
            "title": "วงเล่าเรื่อง", "participants": self.random.choice([None, 5, 40]),
            "joined_unit_ids": tuple({self.unit(UNITS[:5]) for _ in range(self.random.randrange(3))}),
            "executives": {self.post.id: self.random.choice(list(Manner))},
            "outside_stage_reason": "ทำต่อเนื่อง",
        }  # fmt: skip

    def log(self):
        values = self.values()
        if values["unit_id"] in values["joined_unit_ids"]:
            return
        with self.change_as("system") as change:
            log_activity(change, **values, entered_on=self.day())

    def edit(self):
        if activity_id := self.any_id(Activity):
            values = ActivityValues(**self.values())
            with self.change_as("system") as change:
                edit_activity(change, activity_id=activity_id, values=values, reason="แก้ไข", opened_with=None)

    def withdraw(self):
        if activity_id := self.any_id(Activity):
            with self.change_as("system") as change:
                withdraw_activity(change, activity_id=activity_id, reason="ซ้ำ")

    def restore(self):
        if activity_id := self.any_id(Activity):
            with self.change_as("system") as change:
                restore_activity(change, activity_id=activity_id)

    def hide(self):
        if activity_id := self.any_id(Activity):
            with self.change_as("system") as change:
                hide_activity(change, activity_id=activity_id, reason="ตรวจสอบ")

    def claim(self):
        enrolment = self.session.get_one(Enrolment, self.any_id(Enrolment))
        with self.change_as("system") as change:
            claim_step(
                change, enrolment_id=enrolment.id, step_id=self.make.step_id(self.random.randrange(1, 8)),
                claim=self.random.choice(list(Claim)), claimed_on=self.day(), note="ตามจริง",
            )  # fmt: skip

    def train(self):
        passed = self.random.sample(self.people, self.random.randrange(1, 4))
        day = self.day()
        with self.change_as("system") as change:
            training = hold_training(
                change, unit_id=self.unit(UNITS[:7]), stage_id=self.make.stage(self.random.choice([2, 3])).id,
                course="คุณอำนวย", starts_on=day, ends_on=day,
            )  # fmt: skip
            for person in passed:
                set_attendance(
                    change,
                    training_id=training.id,
                    facilitator_id=person.id,
                    passed=self.random.random() < 0.8,
                )

    def untrain(self):
        if training_id := self.any_id(Training):
            with self.change_as("system") as change:
                withdraw_training(change, training_id=training_id, reason="ลงซ้ำ")

    def post_elsewhere(self):
        with self.change_as("system") as change:
            post_facilitator(
                change, facilitator_id=self.random.choice(self.people).id, unit_id=self.unit(UNITS[:7]),
                since=self.day(), reason="ย้าย",
            )  # fmt: skip

    def share(self):
        with self.change_as("system") as change:
            schedule_event(
                change, type=EventType.MARKET, unit_id=self.unit(), stage_id=self.make.stage(2).id,
                title="ตลาดนัด",
                held_on=self.day(), executives={self.post.id: Manner.LED},
            )  # fmt: skip

    def show(self):
        if event_id := self.any_id(Event):
            with self.change_as("system") as change:
                show_entry(change, event_id=event_id, name="ตู้กุญแจ", unit_id=self.unit(UNITS[:7]))

    def cancel(self):
        if event_id := self.any_id(Event):
            deed = self.random.choice([cancel_event, withdraw_event])
            with self.change_as("system") as change:
                deed(change, event_id=event_id, reason="น้ำท่วม")

    def postpone(self):
        if event_id := self.any_id(Event):
            with self.change_as("system") as change:
                edit_event(
                    change, event_id=event_id, opened_with=None, held_on=self.day(),
                    stage_id=self.make.stage(self.random.choice([2, 3])).id,
                )  # fmt: skip

    def move(self):
        with self.change_as("system"):
            unit = self.session.scalars(select(Unit).where(Unit.code == self.random.choice(UNITS[:5]))).one()
            unit.parent_id = self.make.node(self.random.choice(["PG01", "PG02"])).id
            renew_revision(self.session)

    def leave(self):
        if enrolment_id := self.any_id(Enrolment):
            with self.change_as("system") as change:
                withdraw_enrolment(change, enrolment_id=enrolment_id, withdrawn_on=self.day(), reason="ยุบรวม")

    def rename(self):
        with self.change_as("system"):
            self.session.scalars(
                select(Unit).where(Unit.code == "DOC")
            ).one().name_en = f"{self.random.random()}"
            renew_revision(self.session)


@pytest.mark.parametrize("seed", range(3))
def test_stored_figures_follow_the_records_through_random_changes(make, change_as, session, seed):
    Life(seed, make, change_as, session).live(340)

    assert session.scalars(select(Activity.id)).first() is not None
    assert differences(session) == []
