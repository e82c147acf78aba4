"""English tells one from several; Thai does not need to."""

import pytest
from flask import Flask, g

from tracker.web.i18n import gettext as say


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", 1, "Late by 1 day"),
        ("en", "1", "Late by 1 day"),
        ("en", 0, "Late by 0 days"),
        ("en", "1,180", "Late by 1,180 days"),
        ("th", 1, "เกินกำหนดตามแผน 1 วัน"),
    ],
)
def test_a_sentence_agrees_with_its_number(application: Flask, language, days, said):
    with application.test_request_context("/"):
        g.language = language

        assert say("เกินกำหนดตามแผน %(days)s วัน", days=days) == said
        template = application.jinja_env.from_string("{{ _('เกินกำหนดตามแผน %(days)s วัน', days=days) }}")
        assert template.render(days=days) == said


def test_a_sentence_without_a_form_for_one_stays_as_it_is(application: Flask):
    with application.test_request_context("/"):
        g.language = "en"

        assert say("ขั้นตอนที่ %(number)s", number=1) == "Step 1"
        assert say("ระยะที่ %(n)s (ปีที่ %(n)s)", n=1) == "Stage 1 (year 1)"
