"""What the tests of activities ask again and again."""

from typing import Any

import pytest
from sqlalchemy import select

from tracker.activities.models import Activity
from tracker.audit.models import AuditEntry
from tracker.change import RefusedError


def refusal(operation, *args, **details) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        operation(*args, **details)
    return refused.value


def entries(session, activity) -> list[AuditEntry]:
    return list(
        session.scalars(
            select(AuditEntry).where(
                AuditEntry.subject_type == "activities", AuditEntry.subject_id == activity.id
            )
        )
    )


def the_form(page: Any) -> Any:
    """Return the form of an activity."""
    return next(form for form in page.forms.values() if "title" in form.fields)


def reason_form(page: Any) -> Any:
    """Return the form that asks why."""
    return next(form for form in page.forms.values() if "reason" in form.fields)


def only(session: Any) -> Activity:
    """Return the only activity."""
    found: Activity = session.scalars(select(Activity)).one()
    return found
