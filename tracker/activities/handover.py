"""What happens to a leaver's drafts."""

from sqlalchemy import update

from tracker.activities.models import Draft
from tracker.change import Change


def move_drafts(change: Change, from_person_id: int, to_person_id: int) -> None:
    """Give a leaver's drafts to the successor, at each handover of roles."""
    change.session.execute(
        update(Draft).where(Draft.person_id == from_person_id).values(person_id=to_person_id)
    )
