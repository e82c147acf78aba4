"""There is always an administrator: also when two of them put each other out in the same moment."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import world
from tests.world import TODAY
from tracker.accounts.models import HeldRole, RoleKind
from tracker.administration.operations import disable_person, end_role, give_role
from tracker.change import RefusedError

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def second(change_as, session, make):
    with change_as("administrator") as change:
        return give_role(
            change,
            person_id=world.person(session, "nobody").id,
            kind=RoleKind.ADMINISTRATOR,
            unit_id=make.node("DOC").id,
            since=TODAY,
        )


def first_role(session):
    first = world.person(session, "administrator")
    return session.scalars(select(HeldRole).where(HeldRole.person_id == first.id)).one()


def test_two_administrators_cannot_end_each_others_roles_at_once(change_as, session, second):
    one, other = change_as("administrator"), change_as("nobody")
    with one:
        end_role(one, role_id=second.id, on=YESTERDAY)

    with pytest.raises(RefusedError, match="อย่างน้อยหนึ่งคน"):
        end_role(other, role_id=first_role(session).id, on=YESTERDAY)


def test_two_administrators_cannot_disable_each_other_at_once(change_as, session, second):
    one, other = change_as("administrator"), change_as("nobody")
    with one:
        disable_person(one, person_id=second.person_id)

    with pytest.raises(RefusedError, match="อย่างน้อยหนึ่งคน"):
        disable_person(other, person_id=world.person(session, "administrator").id)
    with pytest.raises(RefusedError, match="อย่างน้อยหนึ่งคน"):
        end_role(other, role_id=first_role(session).id, on=TODAY)


def test_a_role_that_has_yet_to_begin_keeps_nobody_in(change_as, session, make):
    first = first_role(session)
    with change_as("administrator") as change:
        give_role(
            change,
            person_id=first.person_id,
            kind=RoleKind.ADMINISTRATOR,
            unit_id=make.node("P001").id,
            since=date(2030, 1, 1),
        )

    with pytest.raises(RefusedError, match="ของตนเองไม่ได้"):
        end_role(change_as("administrator"), role_id=first.id, on=TODAY)


def test_an_administrator_goes_when_another_stays(change_as, session, second):
    with change_as("nobody") as change:
        end_role(change, role_id=first_role(session).id, on=YESTERDAY)

    assert first_role(session).until == YESTERDAY
