"""Words of events that forms, filters, tables and reports share."""

from tracker.programme.reading import Aside
from tracker.sharing.models import Event, EventState, EventType
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
    EventState.CANCELLED: lazy("ยกเลิกการจัดแล้ว"),
}
ASIDES = {
    Aside.WITHDRAWN: lazy("รายการที่ยกเลิก"),
    Aside.HIDDEN: lazy("ซ่อนแล้ว"),
}


def state_word(event: Event) -> str:
    """Return where an event stands: in its life, or that it counts nowhere."""
    if event.withdrawn_on is not None:
        return str(ASIDES[Aside.WITHDRAWN])
    return str(ASIDES[Aside.HIDDEN] if event.hidden_at is not None else STATES[event.state])
