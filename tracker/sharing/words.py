"""Words of events that forms, filters, tables and reports share."""

from tracker.sharing.models import EventState, EventType
from tracker.web.i18n import lazy

TYPES = {
    EventType.SHARE_AND_SHOW: lazy("วัน Share and Show"),
    EventType.MARKET: lazy("ตลาดนัดความรู้"),
    EventType.OTHER: lazy("งานแลกเปลี่ยนเรียนรู้อื่น ๆ"),
}
STATES = {
    EventState.PLANNED: lazy("กำหนดจัด"),
    EventState.HELD: lazy("จัดแล้ว"),
    EventState.SUMMARISED: lazy("สรุปผลแล้ว"),
    EventState.CANCELLED: lazy("ยกเลิก"),
}
