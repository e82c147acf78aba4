"""Posts that no page of ours sent: without a token, with another's, huge, of many keys, of another kind."""

import io
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from tests.permissions.trial import LINE


def writers(siege):
    """Give every address that takes a POST, as somebody who may."""
    for rule in siege.app.url_map.iter_rules():
        line = LINE.get(rule.endpoint)
        if line is None or "POST" not in (rule.methods or ()):
            continue
        for who in ("coordinator", "office", "administrator", "head"):
            things = [t for t in siege.trial.things.of(line.takes, who) if not t.is_missing]
            if who in line.held_by and things:
                with siege.app.test_request_context():
                    yield who, siege.app.url_for(rule.endpoint, **line.fixed, **things[0].values)
                break


@pytest.mark.parametrize("token", ["nothing", "foreign", "odd"])
def test_without_its_own_token_no_post_is_taken(siege, token):
    faults, tried = [], 0
    for who, address in writers(siege):
        asker = siege.trial.askers[who]
        tokens = {
            "nothing": {},
            "foreign": {"csrf_token": siege.trial.askers["head"].token},
            "odd": {"csrf_token": "ก"},
        }
        if who == "head" and token == "foreign":
            continue
        siege.trial.committed.clear()
        answer = siege.trial.client.post(address, data=tokens[token], headers={"Cookie": asker.cookie})
        tried += 1
        refused = answer.status_code == 400 and "เลขอ้างอิง" in answer.text
        signed_in_already = (
            address == "/sign-in" and answer.status_code == 303
        )  # a tab opened before; told so
        if siege.written or not (refused or signed_in_already):
            faults.append(f"{who} {address}: {answer.status_code} {siege.written}")
    assert tried > 70
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "x",
    ],
)
def test_a_body_of_another_kind_is_a_bad_request(siege, kind):
    for body in (
        b'{"title": "\\ud800"}',
        b"\0\xff\xfe",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
        b"%ED%A0%80=%ED%A0%80&%",
    ):
        answer = siege.trial.client.post(
            "/activities/new?unit=P001",
            data=body,
            content_type=kind,
            headers={"Cookie": siege.trial.askers["coordinator"].cookie},
        )
        assert answer.status_code == 400, body
        assert siege.written == set()


def form_at(siege, path):
    return next(form for form in siege.forms if form.address == path and form.who == "coordinator")


def test_half_a_surrogate_in_a_form_is_replaced(siege):
    form = form_at(siege, "/activities/new")
    data = form.filled()
    data["csrf_token"] = siege.trial.askers["coordinator"].token
    del data["title"]
    body = urlencode(list(data.items(multi=True))) + "&title=%ED%A0%80%ff"
    answer = siege.trial.client.post(
        form.action,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Cookie": siege.trial.askers["coordinator"].cookie},
    )
    assert answer.status_code in (303, 422)


def test_a_huge_body_is_told(siege):
    form = form_at(siege, "/activities/new")
    answer = siege.send(form, title="a" * 1_000_001)
    assert answer.status_code == 413
    assert "ข้อมูลหรือไฟล์ใหญ่เกินไป" in answer.text
    upload = form_at(siege, "/activities/upload")
    data = MultiDict(
        {**upload.filled().to_dict(), "file": FileStorage(io.BytesIO(b"a" * 11 * 1024 * 1024), "a.csv")}
    )
    answer = siege.send_data(upload, data)
    assert answer.status_code == 413
    assert "ข้อมูลหรือไฟล์ใหญ่เกินไป" in answer.text


def test_a_huge_body_without_a_length_is_told(siege):
    asker = siege.trial.askers["coordinator"]
    body = b"csrf_token=" + asker.token.encode() + b"&title=" + b"a" * 3_000_000
    answer = siege.trial.client.post(
        "/activities/new?unit=P001",
        input_stream=io.BytesIO(body),
        headers={"Cookie": asker.cookie},
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


def test_a_hundred_thousand_keys_are_refused(siege):
    form = form_at(siege, "/activities/new")
    data = form.filled()
    data.update({f"k{n}": "" for n in range(100_000)})
    assert siege.send_data(form, data).status_code == 413
    asker = siege.trial.askers["coordinator"]
    body = f"csrf_token={asker.token}&" + "a=&" * 250_000
    answer = siege.trial.client.post(
        form.action,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Cookie": asker.cookie},
    )
    assert answer.status_code in (413, 422)


def test_a_multipart_of_many_parts_is_refused(siege):
    upload = form_at(siege, "/activities/upload")
    data = upload.filled()
    data.update({f"k{n}": "" for n in range(6_000)})
    assert siege.send_data(upload, data).status_code == 413
