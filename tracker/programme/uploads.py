"""What one file wrote, as the trail keeps it: for taking it back at once."""

from sqlalchemy import select

from tracker.audit.models import AuditEntry
from tracker.change import Change, RefusedError
from tracker.database import Base


def sent_with(change: Change, row_id: int, verb: str, subject: Base, name: str) -> list[int]:
    """Return the ids of what the actor wrote today by the same file as a row; refuse anybody else's.

    The trail tells it under the verb for the subject, the ids under `name`.
    """
    told = select(AuditEntry.details).where(
        AuditEntry.subject_type == subject.__tablename__,
        AuditEntry.subject_id == subject.id,
        AuditEntry.verb == verb,
        AuditEntry.person_id == change.actor.person_id,
        AuditEntry.day == change.today,
    )
    for details in change.session.scalars(told):
        if row_id in details[name]:
            return [int(each) for each in details[name]]
    raise RefusedError("ยกเลิกหรือกู้คืนทั้งหมดได้เฉพาะผู้ที่บันทึก ภายในวันที่บันทึก จากนั้นทำทีละรายการ")
