"""The form that asks why, before something is taken back, hidden, or done for somebody."""

from tracker.change import REASON_LENGTH
from tracker.web.fields import LongTextField
from tracker.web.forms import TrackerForm
from tracker.web.i18n import lazy


class ReasonForm(TrackerForm):
    """Say why."""

    reason = LongTextField(lazy("เหตุผล"), limit=REASON_LENGTH, render_kw={"rows": 2})
