"""What a person may enter about a step."""

from tracker.progress.models import Claim
from tracker.web.fields import BeDateField, ChoiceField, LongTextField, TextField
from tracker.web.forms import EditForm
from tracker.web.i18n import lazy


class ClaimForm(EditForm):
    """How far a step is; the words of the choices are the template's."""

    claim = ChoiceField(lazy("สถานะ"), coerce=Claim)
    claimed_on = BeDateField(lazy("ณ วันที่"), past=True)
    note = LongTextField(
        lazy("หมายเหตุ"),
        required=False,
        limit=2000,
        description=lazy("ต้องใส่เมื่อแจ้งแล้วเสร็จโดยหลักฐานยังไม่ครบ หรือปรับสถานะย้อนกลับ"),
    )
    on_behalf_reason = TextField(lazy("เหตุผลที่ฝ่ายเลขานุการบันทึกแทน"), limit=500)
