"""What the verbs, subjects and details of the audit trail are called."""

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
    "installations": lazy("การตั้งค่าระบบ"),
    "pauses": lazy("การพักการติดตาม"),
    "persons": lazy("บุคคล"),
    "postings": lazy("การประจำหน่วยงานของคุณอำนวย"),
    "programmes": lazy("โครงการ"),
    "report_texts": lazy("ข้อความในรายงาน"),
    "stages": lazy("ระยะ"),
    "step_progress": lazy("ความก้าวหน้า"),
    "trainings": lazy("การอบรม"),
    "units": lazy("หน่วยงาน"),
    "words": lazy("คำถามและกำลังใจ"),
}
VERBS = {
    "account_edited": lazy("แก้ไขบัญชีตนเอง"),
    "added": lazy("เพิ่ม"),
    "announced": lazy("ประกาศ"),
    "answered": lazy("ตอบ"),
    "asked": lazy("สอบถาม"),
    "attendance_set": lazy("บันทึกผู้เข้าอบรม"),
    "backed_up": lazy("สำรองข้อมูล"),
    "called": lazy("บันทึกการติดต่อ"),
    "recounted": lazy("นับตัวเลขใหม่"),
    "cancelled": lazy("ยกเลิก"),
    "chose_stage": lazy("เลือกระยะปัจจุบัน"),
    "claimed": lazy("ปรับสถานะ"),
    "closed": lazy("ปิด"),
    "disabled": lazy("ปิดบัญชี"),
    "draft_deleted": lazy("ลบร่าง"),
    "drafted": lazy("เก็บร่าง"),
    "edited": lazy("แก้ไข"),
    "enabled": lazy("เปิดบัญชี"),
    "encouraged": lazy("ให้กำลังใจ"),
    "ended": lazy("สิ้นสุด"),
    "ended_holder": lazy("สิ้นสุดการดำรงตำแหน่ง"),
    "ended_role": lazy("สิ้นสุดบทบาท"),
    "enrolled": lazy("ให้เข้าร่วม"),
    "exported": lazy("ส่งออกข้อมูล"),
    "gave_role": lazy("ให้บทบาท"),
    "handed_over": lazy("ส่งมอบบทบาท"),
    "held": lazy("บันทึกว่าจัดแล้ว"),
    "hidden": lazy("ซ่อน"),
    "installed_template": lazy("ติดตั้งแม่แบบ"),
    "logged": lazy("บันทึก"),
    "logged_many": lazy("บันทึกหลายรายการ"),
    "moved_due_month": lazy("เลื่อนเดือนครบกำหนด"),
    "other_sessions_ended": lazy("ออกจากระบบในเครื่องอื่น"),
    "password_changed": lazy("เปลี่ยนรหัสผ่าน"),
    "password_check_failed": lazy("ใส่รหัสผ่านปัจจุบันไม่ถูกต้อง"),
    "paused": lazy("พักการติดตาม"),
    "planned_again": lazy("กลับมากำหนดจัด"),
    "posted": lazy("ให้ประจำหน่วยงาน"),
    "posting_ended": lazy("สิ้นสุดการประจำหน่วยงาน"),
    "posting_resumed": lazy("กลับมาประจำหน่วยงาน"),
    "privacy_acknowledged": lazy("รับทราบประกาศความเป็นส่วนตัว"),
    "registered": lazy("ขึ้นทะเบียน"),
    "reinstated": lazy("ให้กลับเข้าร่วม"),
    "reopened": lazy("เปิดอีกครั้ง"),
    "replaced_wording": lazy("เปลี่ยนถ้อยคำ"),
    "reset_password": lazy("ตั้งรหัสผ่านใหม่"),
    "restored": lazy("กู้คืน"),
    "resumed": lazy("กลับมาติดตาม"),
    "saw": lazy("อ่านแล้ว"),
    "scheduled": lazy("กำหนดจัด"),
    "session_ended": lazy("ออกจากระบบเครื่องหนึ่ง"),
    "set_holder": lazy("ตั้งผู้ดำรงตำแหน่ง"),
    "set_up": lazy("ตั้งค่าเริ่มต้น"),
    "shown": lazy("นำเสนอผลงาน"),
    "shown_many": lazy("นำเสนอหลายผลงาน"),
    "shown_again": lazy("เลิกซ่อน"),
    "sign_in_failed": lazy("เข้าสู่ระบบไม่สำเร็จ"),
    "sign_in_throttled": lazy("พักการเข้าสู่ระบบ เพราะไม่สำเร็จหลายครั้ง"),
    "signed_in": lazy("เข้าสู่ระบบ"),
    "signed_out": lazy("ออกจากระบบ"),
    "summarised": lazy("สรุปผล"),
    "taken_up": lazy("นำไปใช้"),
    "verified": lazy("ตรวจหลักฐาน"),
    "withdrawn": lazy("ยกเลิกรายการบันทึก"),
    "withdrew": lazy("ถอนออก"),
}
ACCESS = frozenset((
    "signed_in", "signed_out", "sign_in_failed", "sign_in_throttled", "password_check_failed",
    "session_ended", "other_sessions_ended", "privacy_acknowledged",
))  # fmt: skip
CLAIMS = {"none": lazy("ยังไม่ดำเนินการ"), "doing": lazy("กำลังดำเนินการ"), "done": lazy("แล้วเสร็จ")}
REASONS = {"wrong": lazy("อีเมลหรือรหัสผ่านไม่ถูกต้อง"), "expired": lazy("รหัสผ่านชั่วคราวหมดอายุ")}
SAID_IN = {"before": CLAIMS, "after": CLAIMS, "why": REASONS}
CONTACT = frozenset(("email",))  # what stands on the page and in no file
EXPORTS = frozenset(("exported",))
OF_UNITS = frozenset((
    "activities", "adoptions", "calls", "drafts", "event_entries", "events", "facilitators", "pauses",
    "postings", "report_texts", "step_progress", "trainings", "words",
))  # fmt: skip
SAYS_NO_WORDS = frozenset((
    "activities", "after", "attendances", "before", "called_on", "changed", "changes", "claimed_on",
    "ends_on", "entries", "entry_id", "event_id", "facilitator", "held_on", "left", "next_on", "passed",
    "roles", "since", "starts_on", "state", "until",
))  # fmt: skip
KINDS = {  # what the page of the trail offers; the first is what it shows by itself
    "changes": lazy("การเปลี่ยนแปลง"),
    "access": lazy("การเข้าและออกจากระบบ"),
    "exports": lazy("การส่งออกข้อมูล"),
    "all": lazy("ทุกอย่าง"),
}
DETAILS = {
    "account": lazy("รหัสแทนบัญชีที่ลอง"),
    "activities": lazy("กิจกรรม"),
    "address": lazy("ที่อยู่"),
    "after": lazy("เป็น"),
    "answer": lazy("คำตอบ"),
    "attendances": lazy("ผู้เข้าอบรม"),
    "before": lazy("เดิม"),
    "called_on": lazy("วันที่ติดตาม"),
    "changed": lazy("ที่แก้ไข"),
    "changes": lazy("ที่แก้ไข"),
    "claimed_on": lazy("ณ วันที่"),
    "closed_on": lazy("ปิดตั้งแต่วันที่"),
    "code": lazy("รหัส"),
    "count": lazy("จำนวน"),
    "course": lazy("ชื่อหลักสูตร"),
    "department": lazy("ชื่อกรม"),
    "due_on": lazy("วันครบกำหนด"),
    "email": lazy("อีเมล"),
    "ends_on": lazy("วันสุดท้าย"),
    "entries": lazy("ผลงาน"),
    "entry_id": lazy("ผลงาน"),
    "event_id": lazy("งานแลกเปลี่ยนเรียนรู้"),
    "facilitator": lazy("คุณอำนวย"),
    "first_fiscal_year": lazy("ปีงบประมาณแรก"),
    "folder": lazy("โฟลเดอร์"),
    "format": lazy("รูปแบบไฟล์"),
    "held_on": lazy("วันที่จัด"),
    "holder": lazy("ผู้ดำรงตำแหน่ง"),
    "instead_of": lazy("แทนที่"),
    "kind": lazy("ประเภท"),
    "language": lazy("ภาษา"),
    "left": lazy("หน่วยงานเดิม"),
    "level": lazy("ระดับ"),
    "name": lazy("ชื่อ"),
    "next_on": lazy("ติดตามอีกครั้ง"),
    "note": lazy("หมายเหตุ"),
    "name_en": lazy("ชื่อเต็ม (อังกฤษ)"),
    "name_th": lazy("ชื่อเต็ม (ไทย)"),
    "on": lazy("วันที่"),
    "on_behalf_reason": lazy("เหตุผลที่บันทึกแทน"),
    "outside_stage_reason": lazy("เหตุผลที่วันจัดอยู่นอกระยะ"),
    "parent_code": lazy("ต้นสังกัด"),
    "passed": lazy("ผ่าน"),
    "province_th": lazy("จังหวัด"),
    "reason": lazy("เหตุผล"),
    "role": lazy("บทบาท"),
    "roles": lazy("บทบาท"),
    "session": lazy("เครื่องที่เข้าสู่ระบบ"),
    "short_name_th": lazy("ชื่อย่อ (ไทย)"),
    "since": lazy("ตั้งแต่วันที่"),
    "source": lazy("แหล่งที่มา"),
    "stage": lazy("ระยะ"),
    "stage_id": lazy("ระยะ"),
    "starts_on": lazy("วันแรก"),
    "state": lazy("สถานะ"),
    "step": lazy("ขั้นตอน"),
    "text": lazy("ข้อความ"),
    "title": lazy("ชื่อเรื่อง"),
    "to": lazy("ผู้รับช่วง"),
    "until": lazy("ถึงวันที่"),
    "why": lazy("สาเหตุ"),
}


def subject_word(name: str) -> str:
    """Return what a kind of subject is called; a new one keeps its table's name."""
    return str(SUBJECTS.get(name, name))


def verb_word(name: str) -> str:
    """Return what a verb of the trail is called; a new one keeps its English."""
    return str(VERBS.get(name, name))


def value_word(detail: str, value: str) -> str:
    """Return what a value of a detail is called: a claim or a cause in words, anything else as it is."""
    return str(SAID_IN.get(detail, {}).get(value, value))


def detail_word(name: str) -> str:
    """Return what a detail is called; a field that was changed and has no word keeps its name."""
    return str(DETAILS.get(name, name))
