"""What administration promises, without a page."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from tests import world
from tests.world import TODAY
from tracker.accounts.models import HeldRole, RoleKind
from tracker.administration import rows
from tracker.administration.operations import (
    add_person,
    add_post,
    add_unit,
    close_unit,
    disable_person,
    edit_unit,
    enable_person,
    end_holder,
    end_role,
    ensure_head_posts,
    give_role,
    hand_over,
    import_units,
    reopen_unit,
    reset_password,
    set_holder,
    set_up_installation,
)
from tracker.administration.unit_file import UnitFileError, UnitRow
from tracker.change import NotPermittedError, RefusedError, StaleError
from tracker.organisation.models import ExecutivePost, InstallationKind, PostHolder, Unit
from tracker.organisation.tree import unit_tree


def row(code, parent="PG01", **values):
    given = {"level": "prison", "kind": "central_prison", "name_th": f"เรือนจำ {code}", **values}
    return UnitRow(
        given.get("line", 2), code, given["level"], given["kind"], parent, "", given["name_th"], "", ""
    )


def test_an_import_takes_all_rows_or_none(change_as, session):
    change = change_as("administrator")

    with pytest.raises(UnitFileError):
        import_units(change, rows=[row("P8"), row("P9", "NONE")])

    assert session.query(Unit).count() == len(world.UNITS)


def test_an_import_keeps_a_units_identity_under_a_new_name_and_parent(change_as, session, make):
    before = make.node("P001").id
    with change_as("administrator") as change:
        result = import_units(change, rows=[row("P001", "PG02", name_th="ชื่อใหม่")])

    assert (result.added, list(result.changed)) == ((), ["P001"])
    node = unit_tree(session).by_code["P001"]
    assert (node.id, node.name_th, node.path[-2]) == (before, "ชื่อใหม่", make.node("PG02").id)
    assert make.node("P001-G1").path[-2] == before
    with change_as("administrator") as change:
        again = import_units(change, rows=[row("P001", "PG02", name_th="ชื่อใหม่")])
    assert (again.changed, again.unchanged) == ({}, ("P001",))


def test_children_may_stand_before_their_parents(change_as, session):
    with change_as("administrator") as change:
        import_units(change, rows=[row("P9", "PG9"), row("PG9", "DOC", level="prison_group", kind="region")])

    assert unit_tree(session).by_code["P9"].path[-2] == unit_tree(session).by_code["PG9"].id


def test_a_units_own_subtree_is_no_parent_for_it(change_as, make):
    with pytest.raises(RefusedError) as told:
        edit_unit(
            change_as("administrator"),
            unit_id=make.node("PG01").id,
            level="prison_group",
            kind="region",
            parent_id=make.node("P001").id,
            name_th="กลุ่ม",
        )

    assert told.value.field == "parent_id"


def test_a_stale_unit_is_told(change_as, make):
    with pytest.raises(StaleError):
        edit_unit(
            change_as("administrator"),
            unit_id=make.node("P001").id,
            level="prison",
            kind="central_prison",
            parent_id=make.node("PG01").id,
            name_th="ใหม่",
            version=99,
        )


@pytest.mark.parametrize("who", ["office", "coordinator", "executive"])
def test_only_administrators_change_units(change_as, make, who):
    with pytest.raises(NotPermittedError):
        add_unit(change_as(who), code="P9", level="prison", kind="central_prison", parent_id=1, name_th="ก")
    with pytest.raises(NotPermittedError):
        close_unit(change_as(who), unit_id=make.node("P001").id, closed_on=TODAY)


def test_a_unit_cannot_be_closed_twice_nor_in_the_future_nor_opened_under_a_closed_one(change_as, make):
    change = change_as("administrator")
    group, parent = make.node("P001-G1").id, make.node("P001").id
    with pytest.raises(RefusedError, match="อนาคต"):
        close_unit(change, unit_id=group, closed_on=TODAY + timedelta(days=1))
    close_unit(change, unit_id=group, closed_on=TODAY)
    with pytest.raises(RefusedError, match="ปิดไปแล้ว"):
        close_unit(change, unit_id=group, closed_on=TODAY)
    close_unit(change, unit_id=parent, closed_on=TODAY)
    with pytest.raises(RefusedError, match="ต้นสังกัดปิดอยู่"):
        reopen_unit(change, unit_id=group)
    with pytest.raises(RefusedError, match="เปิดอยู่แล้ว"):
        reopen_unit(change, unit_id=make.node("P002").id)


def test_every_open_unit_gets_the_post_of_its_head_once(change_as, session):
    with change_as("administrator") as change:
        ensure_head_posts(change)
        assert ensure_head_posts(change) == []

    heads = session.query(ExecutivePost).filter_by(is_head=True)
    assert heads.count() == len(world.UNITS)


def test_a_new_holder_ends_the_former_one_the_day_before(change_as, session, make):
    post = make.post("P001")
    with change_as("coordinator") as change:
        set_holder(change, post_id=post.id, name="คนแรก สมมติ", since=date(2025, 10, 1))
        set_holder(change, post_id=post.id, name="คนที่สอง สมมติ", since=TODAY)

    held = session.scalars(select(PostHolder).where(PostHolder.post_id == post.id).order_by(PostHolder.since))
    assert [holder.until for holder in held] == [date(2026, 6, 17), None]
    with change_as("coordinator") as change:
        end_holder(change, post_id=post.id, until=TODAY)
    with pytest.raises(RefusedError, match="หลังวันที่"):
        set_holder(change_as("coordinator"), post_id=post.id, name="ย้อนหลัง", since=TODAY)
    with pytest.raises(RefusedError, match="วันสุดท้าย"):
        set_holder(change_as("coordinator"), post_id=post.id, name="ก", since=TODAY, until=date(2026, 1, 1))


def test_a_coordinator_leaves_other_units_posts_alone(change_as, make):
    with pytest.raises(NotPermittedError):
        add_post(change_as("coordinator"), unit_id=make.node("P002").id, title_th="ก")


def test_an_unknown_row_is_refused(change_as):
    with pytest.raises(RefusedError, match="ไม่พบรายการนี้"):
        disable_person(change_as("office"), person_id=99999)


@pytest.mark.parametrize("who", ["administrator", "two_roles"])
def test_the_office_cannot_touch_accounts_of_administrators_and_of_the_office(change_as, session, who):
    person = world.person(session, who)
    for operation in (partial(reset_password, password_days=14), disable_person, enable_person):
        with pytest.raises(NotPermittedError):
            operation(change_as("office"), person_id=person.id)


@pytest.mark.parametrize("kind", [RoleKind.ADMINISTRATOR, RoleKind.OFFICE])
def test_only_administrators_give_the_roles_of_administrators_and_of_the_office(
    change_as, session, make, kind
):
    given = {"person_id": world.person(session, "nobody").id, "kind": kind, "unit_id": make.node("DOC").id}
    with pytest.raises(NotPermittedError):
        give_role(change_as("office"), **given, since=TODAY)

    with change_as("administrator") as change:
        assert give_role(change, **given, since=TODAY).kind is kind


def test_the_same_role_is_not_given_twice_for_the_same_time(change_as, session, make):
    person = world.person(session, "coordinator")
    given = {"person_id": person.id, "kind": RoleKind.COORDINATOR, "unit_id": make.node("P001").id}
    with pytest.raises(RefusedError, match="อยู่แล้ว"):
        give_role(change_as("office"), **given, since=TODAY)
    with pytest.raises(RefusedError, match="วันสุดท้าย"):
        give_role(change_as("office"), **given, since=TODAY, until=date(2026, 1, 1))


def test_a_role_for_a_disabled_account_or_a_closed_unit_is_refused(change_as, session, make):
    disabled, nobody = (world.person(session, who).id for who in ("disabled", "nobody"))
    with pytest.raises(RefusedError, match="ปิดอยู่"):
        give_role(
            change_as("office"),
            person_id=disabled,
            kind=RoleKind.UNIT_HEAD,
            unit_id=make.node("P001").id,
            since=TODAY,
        )
    make.unit("P009", "PG01", closed_on=TODAY)
    with pytest.raises(RefusedError, match="ปิดไปแล้ว"):
        give_role(
            change_as("office"),
            person_id=nobody,
            kind=RoleKind.UNIT_HEAD,
            unit_id=make.node("P009").id,
            since=TODAY,
        )


def test_a_role_given_by_mistake_is_taken_away_altogether(change_as, session, make):
    nobody = world.person(session, "nobody").id
    with change_as("office") as change:
        role = give_role(
            change,
            person_id=nobody,
            kind=RoleKind.COORDINATOR,
            unit_id=make.node("P002").id,
            since=TODAY,
        )
        end_role(change, role_id=role.id, on=TODAY - timedelta(days=1))

    assert session.query(HeldRole).filter_by(person_id=nobody).count() == 0


def test_a_role_that_ended_is_not_made_longer_by_ending_it(change_as, session):
    role = session.scalars(
        select(HeldRole).where(HeldRole.person_id == world.person(session, "coordinator").id)
    ).one()
    with change_as("office") as change:
        end_role(change, role_id=role.id, on=date(2026, 1, 1))
    with pytest.raises(RefusedError, match="ก่อนวันนั้น"):
        end_role(change_as("office"), role_id=role.id, on=TODAY)


def test_a_handover_tells_those_who_keep_drafts(change_as, session, monkeypatch):
    told = []
    monkeypatch.setattr(rows, "_HANDOVERS", [])
    follower = lambda _change, old, new: told.append((old, new))  # noqa: E731  # the same object twice
    rows.follow_handovers(follower)
    rows.follow_handovers(follower)
    leaver, successor = world.person(session, "coordinator"), world.person(session, "other_coordinator")
    with change_as("office") as change:
        given = hand_over(change, from_person_id=leaver.id, to_person_id=successor.id, on=TODAY)

    assert [role.kind for role in given] == [RoleKind.COORDINATOR]
    assert told == [(leaver.id, successor.id)]
    with pytest.raises(RefusedError, match="คนอื่น"):
        hand_over(change_as("office"), from_person_id=leaver.id, to_person_id=leaver.id, on=TODAY)
    disabled = world.person(session, "disabled")
    with pytest.raises(RefusedError, match="ปิดอยู่"):
        hand_over(change_as("office"), from_person_id=leaver.id, to_person_id=disabled.id, on=TODAY)


def test_a_first_password_ends_after_its_days(change_as):
    with change_as("office") as change:
        person, _password = add_person(change, email="a@b.example", name="ก ข", password_days=3)

    assert person.password_expires_at == change.at + timedelta(days=3)


def test_an_installation_is_set_up_once(change_as):
    with pytest.raises(RefusedError, match="ไปแล้ว"):
        set_up_installation(change_as("system"), kind=InstallationKind.REAL, department_th="กรม")
