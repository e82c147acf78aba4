"""Words of the answers that several slices offer."""

from tracker.organisation.models import Audience, Manner
from tracker.web.i18n import lazy

SECRECY = lazy("ไม่พิมพ์ข้อมูลลับ และชื่อผู้ต้องขัง ญาติ หรือผู้เสียหาย")
AUDIENCES = {
    Audience.PUBLIC: lazy("เปิดเผยได้"),
    Audience.DEPARTMENT: lazy("ใช้ภายในกรม"),
    Audience.UNIT: lazy("ใช้ภายในหน่วยงาน"),
}
MANNERS = {
    Manner.OPENED: lazy("เปิดงาน/มอบนโยบาย"),
    Manner.SHARED: lazy("ร่วมแลกเปลี่ยน"),
    Manner.LED: lazy("นำกิจกรรมเอง"),
}
