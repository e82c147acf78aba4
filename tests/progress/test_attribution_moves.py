"""A unit moves to another group: where its earlier and its later records count."""

from tracker.activities.models import Activity
from tracker.administration.operations import edit_unit
from tracker.organisation.models import Unit
from tracker.progress.check import differences


def move(change_as, session, make, code, parent):
    unit = session.get_one(Unit, make.node(code).id)
    with change_as("administrator") as change:
        edit_unit(
            change, unit_id=unit.id, level=unit.level, kind=unit.kind, name_th=unit.name_th,
            name_en=unit.name_en, short_name_th=unit.short_name_th, province_th=unit.province_th,
            parent_id=make.node(parent).id,
        )  # fmt: skip


def test_records_go_along_to_the_group_under_which_the_unit_now_stands(change_as, session, make):
    early = make.activity("P003", stage=3, step=3)
    assert early.enrolment_id == make.enrolment("PG01", 3).id
    move(change_as, session, make, "P003", "PG02")
    late = make.activity("P003", stage=3, step=3)
    session.expire_all()

    assert session.get_one(Activity, early.id).enrolment_id == make.enrolment("PG02", 3).id
    assert late.enrolment_id == make.enrolment("PG02", 3).id
    assert differences(session) == []


def test_a_record_still_says_the_unit_where_it_happened(change_as, session, make):
    early = make.activity("P003", stage=3, step=3)
    move(change_as, session, make, "P003", "PG02")
    session.expire_all()

    assert session.get_one(Activity, early.id).unit_id == make.node("P003").id


def test_what_counts_for_the_unit_itself_stays_with_it(change_as, session, make):
    own = make.activity("P003", stage=2, step=3)
    move(change_as, session, make, "P003", "PG02")
    session.expire_all()

    assert session.get_one(Activity, own.id).enrolment_id == make.enrolment("P003").id
    assert differences(session) == []
