"""What was typed into a form is told under the labels of that form, found by its fields alone."""

from typing import Any

import pytest
from flask import Flask

from tracker.web.forms import TrackerForm
from tracker.web.typed_words import form_with, forms, typed_words


def labels(form: type[TrackerForm]) -> dict[str, str]:
    unbound = {name: getattr(form, name) for name in dir(form) if hasattr(getattr(form, name), "_formfield")}
    return {name: str(_label_of(field)) for name, field in unbound.items()}


def _label_of(field: Any) -> object:
    return field.kwargs.get("label", field.args[0] if field.args else "")


def test_the_fields_of_every_form_lead_to_its_labels(app: Flask):
    with app.test_request_context():
        for form in forms():
            meant = labels(form)
            found = form_with(set(meant))
            assert found is not None, form
            assert meant.items() <= labels(found).items(), form


DAY = [("since-day", "2"), ("since-month", "2"), ("since-year", "2569")]
MOVE = [("reason", "คำสั่งย้าย"), *DAY, ("unit", "P002")]
PERSON = [("roles", "sponsor"), ("roles", "note_taker"), ("name", "มาลี สมมติ"), ("namesake_confirmed", "y")]
ACTIVITY = [
    ("title", "วง CoP"),
    ("step", "3"),
    ("kind", "3-17"),
    ("idempotency_key", "a"),
    ("executive_4", "led"),
]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (MOVE, [("ย้ายไปหน่วยงาน", "P002"), ("ประจำที่ใหม่ตั้งแต่", "2 ก.พ. 2569"), ("เหตุผล", "คำสั่งย้าย")]),
        (PERSON, [("ชื่อและนามสกุล", "มาลี สมมติ"), ("บทบาท KM", "คุณลิขิต"), ("เป็นคนละคน", "ใช่")]),
        (ACTIVITY, [("ชื่อเรื่อง", "วง CoP")]),
        ([("odd", "ข้อความ")], []),
        ([], []),
    ],
)
def test_values_are_told_in_words_and_bare_ids_not_at_all(app: Flask, session, typed, told):
    with app.test_request_context():
        rows, _known = typed_words(typed)

    for (label, words), (label_told, words_told) in zip(rows, told, strict=True):
        assert label_told in label
        assert words_told in words
