"""Files to take away: written to a temporary file inside one read, sent after that read has ended."""

import tempfile
from collections.abc import Callable
from typing import IO
from urllib.parse import parse_qsl, quote, urlencode

from flask import Response, abort, request, send_file

from tracker.change import Change
from tracker.organisation.models import Installation
from tracker.session import begin_change, close_session
from tracker.thai.files import safe_download_name
from tracker.thai.identity import find_national_id
from tracker.web.tables import Table
from tracker.web.writers import write_csv, write_xlsx

MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_IN_MEMORY = 1_000_000
MASK = "xxx"


def send_written(write: Callable[[IO[bytes]], None], name: str, extension: str) -> Response:
    """Send what `write` writes as a download.

    The database is read while writing; its transaction ends before the first byte goes out, so a
    client that stops reading never delays a write.
    """
    spooled = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # sent, then closed by the server
    try:
        write(spooled)
    except BaseException:
        spooled.close()
        raise
    close_session()
    spooled.seek(0)
    file_name = safe_download_name(name, extension)
    answer = send_file(spooled, mimetype=MIME_TYPES[extension])
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"export.{extension}\"; filename*=UTF-8''{quote(file_name)}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.call_on_close(spooled.close)
    return answer


def send_table(table: Table, extension: str, name: str | None = None) -> Response:
    """Send a table as "csv" or "xlsx", recorded in the audit trail; answer 404 for another extension.

    The file is called `name`, else as the table is.
    """
    if extension not in ("csv", "xlsx"):
        abort(404)

    def write(target: IO[bytes]) -> None:
        if extension == "csv":
            write_csv(table, target)
        else:
            write_xlsx([table], target)

    answer = send_written(write, name or table.name, extension)
    record_export(table.name, extension)
    return answer


def record_export(name: str, extension: str) -> None:
    """Write to the audit trail that the visitor took data away, and which (personal data law, B.E. 2562)."""
    with begin_change() as change:
        _record(change, name, extension)


def _record(change: Change, name: str, extension: str) -> None:
    row = change.session.get_one(Installation, 1)
    change.record("exported", row, name=name, format=extension, address=_asked_address()[:1000])


def _asked_address() -> str:
    """Return what was asked for, without a national ID that somebody typed into a search."""
    asked = parse_qsl(request.query_string.decode("utf-8", "replace"), keep_blank_values=True)
    said = [(_masked(name), _masked(value)) for name, value in asked]
    if said == asked:
        return request.full_path.rstrip("?")
    return f"{request.path}?{urlencode(said)}"


def _masked(text: str) -> str:
    return MASK if find_national_id(text) else text
