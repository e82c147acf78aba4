"""What tests of the register share."""

from datetime import date

import pytest
from sqlalchemy import select

from tracker.facilitators.models import KmRole, Posting


@pytest.fixture
def people(make):
    """Four facilitators: trained and not, serving and gone."""
    malee = make.facilitator("P001", name="มาลี สมมติ", position_title="นักทัณฑวิทยา", roles=(KmRole.SPONSOR,))
    kamon = make.facilitator("P002", name="กมล สมมติ", remarks="ขอย้ายกลางปี")
    aran = make.facilitator("D01", name="อรัญ สมมติ")
    gone = make.facilitator("P004", name="เกษม สมมติ")
    make.training("P001", malee, kamon, course="หลักสูตรคุณอำนวยขั้นต้น")
    return {"malee": malee, "kamon": kamon, "aran": aran, "gone": gone}


@pytest.fixture
def left(people, session):
    session.scalars(select(Posting).where(Posting.facilitator_id == people["gone"].id)).one().until = date(
        2026, 3, 1
    )
    session.commit()
    return people["gone"]
