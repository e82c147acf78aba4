"""What the trail keeps of claims, in words."""

from tracker.progress.models import Claim
from tracker.web.history import Field, offer, one_of, say_day
from tracker.web.i18n import lazy

_CLAIMS = {
    Claim.NONE: lazy("ยังไม่ดำเนินการ"),
    Claim.DOING: lazy("กำลังดำเนินการ"),
    Claim.DONE: lazy("แล้วเสร็จ"),
}

offer(
    "step_progress",
    {
        "before": Field(lazy("สถานะเดิม"), one_of(_CLAIMS)),
        "after": Field(lazy("สถานะใหม่"), one_of(_CLAIMS)),
        "claimed_on": Field(lazy("ณ วันที่"), say_day),
        "note": Field(lazy("หมายเหตุ")),
    },
)
