"""What the trail keeps of the door, in words."""

from tracker.signin.signing import Outcome
from tracker.web.history import Field, offer, one_of, say_ids, say_number
from tracker.web.i18n import lazy

offer(
    "persons",
    {
        "account": Field(lazy("รหัสแทนบัญชีที่ลอง"), str),
        "address": Field(lazy("ที่อยู่เครือข่าย"), str),
        "count": Field(lazy("จำนวนเครื่อง"), say_number),
        "session": Field(lazy("เครื่องที่เข้าสู่ระบบ"), say_ids),
        "why": Field(
            lazy("สาเหตุ"),
            one_of(
                {
                    Outcome.WRONG: lazy("อีเมลหรือรหัสผ่านไม่ถูกต้อง"),
                    Outcome.EXPIRED: lazy("รหัสผ่านชั่วคราวหมดอายุ"),
                }
            ),
        ),
    },
)
