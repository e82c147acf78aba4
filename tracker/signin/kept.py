"""What a session's end interrupted: sealed, for its account only, half an hour, never saved by itself."""

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, g, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from tracker.session import db, writing
from tracker.signin.models import KeptText
from tracker.signin.queries import kept_texts, whose_token
from tracker.signin.rules import KEPT_FOR
from tracker.signin.sessions import lifetimes, own_session
from tracker.web.guards import visitor
from tracker.web.i18n import gettext as _
from tracker.web.pages import can_be_read, notice, referring_page
from tracker.web.shell import place_name
from tracker.web.typed_words import typed_words

NOT_KEPT = frozenset({"csrf_token"})
MAX_KEPT = 1_000_000
EACH = 3
ARGUMENT = "resumed"
_CODE = re.compile(r"[a-z0-9_-]*")  # what choices and numbers are sent as


@dataclass(frozen=True, slots=True)
class Resumed:
    """A kept form, opened: its fields in order, where it goes, the page it stood on, when it was sent.

    `is_interrupted` tells a form whose session ended from one that only went along to another language.
    """

    id: int
    path: str
    page: str
    fields: list[tuple[str, str]]
    kept_at: datetime
    is_interrupted: bool

    @property
    def place(self) -> str:
        """Return what the part of the tracker is called in which the form stands; empty where unknown."""
        return place_name(urlsplit(self.page or self.path).path)

    @property
    def readable(self) -> list[tuple[str, str]]:
        """Return (label, words) of what was typed and chosen; texts without a field of ours have no label."""
        told, known = typed_words(self.fields)
        others = [value for name, value in self.fields if name not in known and not _CODE.fullmatch(value)]
        return [*told, *(("", text) for text in others if len(text.strip()) > 3)]

    @property
    def open_url(self) -> str | None:
        """Return the address that shows the form filled in, None where the form stood on another page."""
        path = urlsplit(self.path)
        if not can_be_read(path.path):
            return None
        return f"{path.path}?{path.query}{'&' if path.query else ''}{ARGUMENT}={self.id}"


def _seal(person_id: int) -> Fernet:
    """Return the lock of one person's texts: a key of their own, drawn from the secret."""
    secret: str = current_app.config["SECRET_KEY"]
    info = f"kept text of person {person_id}".encode()
    return Fernet(base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, info).derive(secret.encode())))


def _is_secret(name: str) -> bool:
    return name in NOT_KEPT or "password" in name.lower() or "secret" in name.lower()


def keep_interrupted() -> bool:
    """Keep the form of this request if its session ended; tell whether there was anything to keep."""
    blueprint = request.blueprint or ""
    if request.endpoint is None or blueprint in {"signin", "account"}:
        if request.endpoint == "signin.sign_in":
            notice(_("หน้าเข้าสู่ระบบเปิดไว้นานเกินไป กรุณาใส่อีกครั้ง"), kind="warning")
        return False
    if (person_id := _whose_form()) is None:
        return False
    typed = list(request.form.items(multi=True))
    if _keep(person_id, request.full_path.rstrip("?"), typed, interrupted=True) is None:
        return False
    if own_session().row_id is None:
        notice(_("ข้อความที่พิมพ์ไว้ยังอยู่ 30 นาที เข้าสู่ระบบด้วยบัญชีเดิมเพื่อทำต่อ"))
    else:
        notice(_("ยังไม่บันทึก เพราะหน้านี้เปิดไว้ก่อนการเข้าสู่ระบบครั้งนี้ ข้อความที่พิมพ์ไว้ยังอยู่ 30 นาที"), kind="warning")
    return True


def keep_typed(path: str, typed: str) -> str:
    """Keep what was typed into a form of one's own; return the address that opens it filled in."""
    person_id = visitor().person_id
    try:
        fields = [(str(name), str(value)) for name, value in json.loads(typed)]
    except (ValueError, TypeError):
        return path
    kept = _keep(person_id, path, fields, interrupted=False) if person_id is not None else None
    return path if kept is None else kept.open_url or url_for("signin.resume")


def _keep(person_id: int, path: str, typed: list[tuple[str, str]], *, interrupted: bool) -> Resumed | None:
    """Seal a form and keep it instead of the oldest of several; None when there is nothing to keep."""
    fields = [(name, value) for name, value in typed if not _is_secret(name)]
    body = json.dumps({"fields": fields, "page": referring_page(), "interrupted": interrupted})
    if not any(value.strip() for _name, value in fields) or len(body) > MAX_KEPT or len(path) > 1000:
        return None
    now = datetime.now(UTC)
    sealed = _seal(person_id).encrypt(body.encode())
    path, before = _apart(path)
    kept = KeptText(person_id=person_id, kept_at=now, path=path, sealed=sealed)
    with writing(db()) as writer:
        writer.execute(delete(KeptText).where(KeptText.id == before, KeptText.person_id == person_id))
        forget_expired(writer, now)
        for older in kept_texts(writer, person_id, now)[EACH - 1 :]:
            writer.delete(older)
        writer.add(kept)
    return _open(kept)


def _whose_form() -> int | None:
    """Return whose session this form comes from: one that just ended, or an earlier own one.

    Where no session is held (the cookie is gone, or signed out in another tab), the form's own token tells
    it for as long as a session lasts.
    """
    held = own_session()
    if held.ended_login is not None:
        return held.ended_login.person.id
    limit = None if held.login else int(lifetimes().absolute.total_seconds())
    signed = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token")
    try:
        token = str(signed.loads(request.form.get("csrf_token", ""), max_age=limit))
    except BadData:
        return None
    person_id = whose_token(db(), token)
    return person_id if held.login is None or held.login.person.id == person_id else None


def forget_expired(writer: Session, now: datetime) -> None:
    """Delete whatever was kept long enough."""
    writer.execute(delete(KeptText).where(KeptText.kept_at < now - KEPT_FOR))


def _open(kept: KeptText) -> Resumed | None:
    try:
        body: dict[str, Any] = json.loads(_seal(kept.person_id).decrypt(kept.sealed))
    except InvalidToken:  # the secret was changed in between
        return None
    fields = [(str(name), str(value)) for name, value in body["fields"]]
    return Resumed(kept.id, kept.path, body["page"], fields, kept.kept_at, body.get("interrupted", True))


def kept_for(person_id: int) -> list[Resumed]:
    """Return what is kept for a person, the latest first."""
    found = kept_texts(db(), person_id, datetime.now(UTC))
    return [opened for kept in found if (opened := _open(kept))]


def forget_kept(kept_id: int, person_id: int) -> None:
    """Delete a kept text of a person, and whatever is too old."""
    with writing(db()) as writer:
        writer.execute(delete(KeptText).where(KeptText.id == kept_id, KeptText.person_id == person_id))
        forget_expired(writer, datetime.now(UTC))


def _apart(address: str) -> tuple[str, int | None]:
    """Return an address without the kept text that it opens, and that text's id."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    others = urlencode([(name, value) for name, value in query if name != ARGUMENT])
    return parts.path + (f"?{others}" if others else ""), _id_in(dict(query).get(ARGUMENT, ""))


def _id_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _asked_for() -> int | None:
    return _id_in(request.args.get(ARGUMENT, ""))


def fill_in_resumed() -> None:
    """Give the forms of this page the kept values, when its address names a kept text of this person."""
    kept_id, person_id = _asked_for(), visitor().person_id
    if request.method != "GET" or kept_id is None or person_id is None:
        return
    for resumed in kept_for(person_id):
        if resumed.id == kept_id and urlsplit(resumed.path).path == request.path:
            g.resumed = ImmutableMultiDict(resumed.fields)


def forget_resumed(status: int) -> None:
    """Delete the kept text once the form that it filled in was sent and taken."""
    kept_id, person_id = _asked_for(), visitor().person_id
    if request.method == "POST" and status == 303 and kept_id is not None and person_id is not None:
        forget_kept(kept_id, person_id)
