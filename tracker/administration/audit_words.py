"""What the verbs and subjects of the audit trail are called, and the details that every slice may tell.

The fields of a slice's own records are in its `history.py`.
"""

from collections.abc import Mapping
from typing import Any

from tracker.web import history
from tracker.web.history import FIELDS, VERBS_OF, Field, say_day
from tracker.web.i18n import lazy

SUBJECTS = {
    "activities": lazy("กิจกรรม"),
    "adoptions": lazy("การนำไปใช้"),
    "announcements": lazy("ประกาศ"),
    "calls": lazy("การติดต่อหน่วยงาน"),
    "drafts": lazy("ร่าง"),
    "enrolments": lazy("การเข้าร่วม"),
    "event_entries": lazy("ผลงานในงานแลกเปลี่ยนเรียนรู้"),
    "events": lazy("งานแลกเปลี่ยนเรียนรู้"),
    "executive_posts": lazy("ตำแหน่งผู้บริหาร"),
    "facilitators": lazy("คุณอำนวย"),
    "installations": lazy("ระบบนี้"),
    "pauses": lazy("การพักการติดตาม"),
    "persons": lazy("บุคคล"),
    "programmes": lazy("โครงการ"),
    "report_texts": lazy("ข้อความในรายงาน"),
    "stages": lazy("ระยะ"),
    "step_progress": lazy("ความก้าวหน้า"),
    "trainings": lazy("การอบรม"),
    "units": lazy("หน่วยงาน"),
    "words": lazy("คำถามและกำลังใจ"),
}
VERBS: Mapping[str, Any] = {
    **history.VERBS,
    "account_edited": lazy("แก้ไขบัญชีตนเอง"),
    "added": lazy("เพิ่มรายการ"),
    "announced": lazy("ลงประกาศ"),
    "answered": lazy("ตอบข้อความแล้ว"),
    "asked": lazy("สอบถาม"),
    "backed_up": lazy("สำรองข้อมูล"),
    "called": lazy("บันทึกการติดต่อ"),
    "chose_stage": lazy("เปลี่ยนระยะปัจจุบัน"),
    "claimed": lazy("ปรับสถานะขั้นตอน"),
    "closed": lazy("ปิดแล้ว"),
    "disabled": lazy("ปิดบัญชีแล้ว"),
    "draft_deleted": lazy("ลบร่าง"),
    "drafted": lazy("เก็บร่าง"),
    "enabled": lazy("เปิดบัญชีอีกครั้ง"),
    "encouraged": lazy("ส่งกำลังใจ"),
    "ended": lazy("เลิกประกาศ"),
    "ended_holder": lazy("สิ้นสุดการดำรงตำแหน่ง"),
    "ended_role": lazy("ให้สิ้นสุดบทบาท"),
    "enrolled": lazy("ให้เข้าร่วมระยะ"),
    "exported": lazy("ส่งออกข้อมูล"),
    "gave_role": lazy("มอบบทบาท"),
    "handed_over": lazy("ส่งมอบบทบาท"),
    "installed_template": lazy("ติดตั้งแม่แบบ"),
    "logged_many": lazy("บันทึกหลายรายการ"),
    "moved_due_month": lazy("เลื่อนเดือนครบกำหนด"),
    "other_sessions_ended": lazy("ออกจากระบบในเครื่องอื่น"),
    "password_changed": lazy("เปลี่ยนรหัสผ่านแล้ว"),
    "password_check_failed": lazy("ใส่รหัสผ่านปัจจุบันไม่ถูกต้อง"),
    "paused": lazy("พักการติดตามแล้ว"),
    "privacy_acknowledged": lazy("รับทราบประกาศความเป็นส่วนตัว"),
    "recounted": lazy("นับตัวเลขใหม่"),
    "reinstated": lazy("ให้กลับเข้าร่วมระยะ"),
    "reopened": lazy("เปิดอีกครั้ง"),
    "replaced_wording": lazy("เปลี่ยนถ้อยคำ"),
    "reset_password": lazy("ออกรหัสผ่านชั่วคราว"),
    "resumed": lazy("กลับมาติดตามแล้ว"),
    "saw": lazy("อ่านแล้ว"),
    "session_ended": lazy("ออกจากระบบเครื่องหนึ่ง"),
    "set_holder": lazy("ตั้งผู้ดำรงตำแหน่ง"),
    "set_up": lazy("ตั้งค่าเริ่มต้น"),
    "sign_in_failed": lazy("เข้าสู่ระบบไม่สำเร็จ"),
    "sign_in_throttled": lazy("พักการเข้าสู่ระบบ เพราะไม่สำเร็จหลายครั้ง"),
    "signed_in": lazy("เข้าสู่ระบบแล้ว"),
    "signed_out": lazy("ออกจากระบบในเครื่องนี้"),
    "unclaimed": lazy("ยกเลิกการปรับสถานะ"),
    "withdrew": lazy("ถอนออกจากระยะ"),
}
ACCESS = frozenset((
    "signed_in", "signed_out", "sign_in_failed", "sign_in_throttled", "password_check_failed",
    "session_ended", "other_sessions_ended", "privacy_acknowledged",
))  # fmt: skip
CONTACT = frozenset(("email",))  # what stands on the page and in no file
EXPORTS = frozenset(("exported",))
OF_UNITS = frozenset((
    "activities", "adoptions", "calls", "drafts", "event_entries", "events", "facilitators", "pauses",
    "report_texts", "step_progress", "trainings", "words",
))  # fmt: skip
KINDS = {  # what the page of the trail offers; the first is what it shows by itself
    "changes": lazy("การเปลี่ยนแปลง"),
    "access": lazy("การเข้าและออกจากระบบ"),
    "exports": lazy("การส่งออกข้อมูล"),
    "all": lazy("ทุกอย่าง"),
}
CHANGES = frozenset(("changed", "changes"))  # what holds {field: [old, new]}
CHANGED = lazy("ที่แก้ไข")
DETAILS = {
    "closed_on": Field(lazy("ปิดตั้งแต่วันที่"), say_day),
    "on": Field(lazy("วันที่"), say_day),
    "on_behalf_reason": Field(lazy("เหตุผลที่บันทึกแทน")),
    "reason": Field(lazy("เหตุผล")),
    "since": Field(lazy("ตั้งแต่วันที่"), say_day),
    "until": Field(lazy("ถึงวันที่"), say_day),
}


def subject_word(name: str) -> str:
    """Return what a kind of subject is called; a new one keeps its table's name."""
    return str(SUBJECTS.get(name, name))


def verb_word(verb: str, subject: str) -> str:
    """Return what was done to a subject; a new verb keeps its English."""
    return str(VERBS_OF.get(subject, {}).get(verb) or VERBS.get(verb, verb))


def field_of(subject: str, name: str) -> Field:
    """Return how a detail of a subject is said; one that nobody named keeps its name."""
    return FIELDS.get(subject, {}).get(name) or DETAILS.get(name) or Field(name)
