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


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([("reason", "คำสั่งย้าย"), ("since-day", "2"), ("since-month", "2"), ("since-year", "2569"), ("unit", "P002")],
         [("ย้ายไปหน่วยงาน", "P002"), ("ประจำที่ใหม่ตั้งแต่", "2 ก.พ. 2569"), ("เหตุผลที่บันทึกแทน", "คำสั่งย้าย")]),
        ([("roles", "facilitator"), ("roles", "note_taker"), ("name", "มาลี สมมติ"), ("namesake_confirmed", "y")],
         [("ชื่อและนามสกุล", "มาลี สมมติ"), ("บทบาท KM", "คุณอำนวย (ผู้นำการเรียนรู้), คุณลิขิต (ผู้จดบันทึก)"), ("เป็นคนละคนกับผู้ที่มีชื่อนี้อยู่แล้ว", "ใช่")]),
        ([("title", "วง CoP"), ("step", "3"), ("kind", "3-17"), ("idempotency_key", "ab"), ("executive_4", "led")],
         [("ชื่อเรื่อง", "วง CoP")]),
        ([("odd", "ข้อความ")], []),
        ([], []),
    ],
)  # fmt: skip
def test_values_are_told_in_words_and_bare_ids_not_at_all(app: Flask, session, typed, told):
    with app.test_request_context():
        rows, _known = typed_words(typed)

        assert [words for label, words in rows] == [words for label, words in told]
        assert all(meant in label for (label, _), (meant, _) in zip(rows, told, strict=True))
