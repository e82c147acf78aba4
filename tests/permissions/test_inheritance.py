"""From the top of the tree: from a department everybody below inherits, from a national node nobody."""

import pytest
from sqlalchemy import delete, select, update

from tests import world
from tracker.accounts.models import RoleKind
from tracker.accounts.permissions import Permission, may
from tracker.accounts.queries import actor_for
from tracker.organisation.models import Level, Unit
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Enrolment


@pytest.fixture
def department_is_root(session, make):
    """Take the national node away, as in an agency whose tree begins with its department."""
    top = make.node("NAT").id
    session.execute(update(Unit).where(Unit.parent_id == top).values(parent_id=None))
    session.execute(delete(Enrolment).where(Enrolment.unit_id == top))
    session.execute(delete(Unit).where(Unit.id == top))
    renew_revision(session)
    session.commit()


@pytest.mark.usefixtures("department_is_root")
def test_the_head_of_a_department_that_is_the_root_reads_below(session, make):
    head = make.person("head@doc.example", (RoleKind.UNIT_HEAD, "DOC"))
    actor = actor_for(session, head, world.TODAY)

    assert may(actor, Permission.UNIT_READ, make.node("DOC"))
    assert may(actor, Permission.UNIT_READ, make.node("P001"))
    assert not may(actor, Permission.RECORDS_WRITE, make.node("P001"))


@pytest.mark.usefixtures("department_is_root")
def test_the_page_of_a_unit_opens_for_the_head_of_such_a_department(make, browser_as):
    make.person("head@doc.example", (RoleKind.UNIT_HEAD, "DOC"))

    browser_as("head@doc.example").get("/home/P001", status=200)


def test_nobody_inherits_from_a_national_node_wherever_it_stands(session, make):
    head = make.person("head@nat.example", (RoleKind.UNIT_HEAD, "NAT"))
    actor = actor_for(session, head, world.TODAY)

    assert may(actor, Permission.UNIT_READ, make.node("NAT"))
    assert not may(actor, Permission.UNIT_READ, make.node("DOC"))


def test_it_is_the_level_that_makes_a_national_node(session, make):
    session.execute(update(Level).where(Level.code == session.scalar(
        select(Unit.level).where(Unit.code == "PG01"))).values(is_top=True))  # fmt: skip
    renew_revision(session)
    session.commit()
    head = make.person("head@group.example", (RoleKind.UNIT_HEAD, "PG01"))
    actor = actor_for(session, head, world.TODAY)

    assert may(actor, Permission.UNIT_READ, make.node("PG01"))
    assert not may(actor, Permission.UNIT_READ, make.node("P001"))
