"""A unit that is typed: what is near to a part of a name is told, never guessed."""

import pytest
from flask import Flask

from tracker.web.forms import TrackerForm
from tracker.web.unit_field import UnitField


class UnitOnly(TrackerForm):
    """One unit."""

    unit = UnitField("หน่วยงาน")


@pytest.fixture
def errors_of(app: Flask, make):
    def typing(text):
        with app.test_request_context("/", method="POST", data={"unit": text}):
            form = UnitOnly(meta={"csrf": False})
            form.unit.offer([make.node(code) for code in ("P001", "P002", "P003", "P004", "P005")])
            form.validate()
            return form.unit.data, "".join(form.unit.errors)

    return typing


def test_a_part_of_one_name_tells_which_unit_may_be_meant(errors_of, make):
    data, error = errors_of("P004 ")
    assert (data, error) == (make.node("P004").id, "")

    part = make.node("P004").name_th[4:]
    data, error = errors_of(part)

    assert data == part
    assert f"P004 {make.node('P004').name_th}" in error


def test_many_that_are_near_are_cut_short(errors_of, monkeypatch):
    monkeypatch.setattr("tracker.web.unit_field.NEAR", 2)

    _data, error = errors_of("เรือนจำ")

    assert "P001" in error
    assert "และอีก 2 หน่วยงาน" in error


@pytest.mark.parametrize("nothing", ["ไม่มีหน่วยงานนี้", "\u200b"])
def test_what_is_near_to_nothing_says_so(errors_of, nothing):
    assert "ไม่พบหน่วยงานนี้" in errors_of(nothing)[1]
