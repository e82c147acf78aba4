"""What the trail keeps of the texts of reports, in words."""

from tracker.reporting.forms import FIELDS, TextsForm
from tracker.web.history import offer, typed

offer("report_texts", typed(TextsForm, *FIELDS))
