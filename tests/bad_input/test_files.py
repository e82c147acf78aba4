"""Files that are broken, hostile or of another kind, at every form that takes one: told, nothing saved."""

import io
import struct
import time
import zipfile
import zlib

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage, MultiDict

HEADER = "วันที่,ขั้นตอน,ประเภทกิจกรรม,ชื่อเรื่อง,ผลที่ได้\r\n"
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows=(("ก", "ข"),)):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data, **parts):
    """Return a workbook with more parts, or with those that a function makes of the old ones."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, parts["make"](item.filename, content) if "make" in parts else content)
        for name, content in parts.get("more", {}).items():
            new.writestr(name, content)
    return target.getvalue()


def replaced(name, content):
    """Return a workbook one of whose parts has another content, or one that a function makes of the old."""
    make = content if callable(content) else lambda _old: content
    return changed(workbook(), make=lambda each, old: make(old) if each.endswith(name) else old)


def sheet_of(cells):
    xml = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    ).encode()
    return replaced(SHEET, xml)


def other_zip(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def lying_zip():
    data = bytearray(workbook())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)  # the size that the directory says
    return bytes(data)


def texts(count):
    """Return the texts of a workbook: so many, all different."""
    return (
        b"<sst>"
        + b"".join(b"<si><t>%x</t></si>" % (n * 2654435761 % 2**32) for n in range(count))
        + b"</sst>"
    )


XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><worksheet>&j;</worksheet>"
)

FILES = {
    "empty": ("a.xlsx", b""),
    "blank": ("a.csv", b" \r\n \n"),
    "noise": ("a.xlsx", bytes(range(256)) * 40),
    "noise as text": ("a.csv", bytes(range(256)) * 40),
    "TIS-620": ("a.csv", (HEADER + "1/6/2569,3,วง CoP,เล่าเรื่อง,ดี\r\n").encode("cp874")),
    "UTF-16": ("a.csv", (HEADER + "1/6/2569,3,x,เล่าเรื่อง,ดี\r\n").encode("utf-16")),
    "NUL in text": ("a.csv", (HEADER + "1/6/2569,3,x,เล่า\0เรื่อง,ดี\r\n").encode()),
    "half a surrogate": ("a.csv", HEADER.encode() + b"\xed\xa0\x80,1\r\n"),
    "another header": ("a.csv", b"a,b,c\r\n1,2,3\r\n"),
    "only a header": ("a.csv", HEADER.encode()),
    "an open quote": ("a.csv", HEADER.encode() + b'"' + b"x," * 90_000),
    "a cell of 200,000 characters": (
        "a.csv",
        HEADER.encode() + b'1/6/2569,3,x,"' + b"x" * 200_000 + b'",y\r\n',
    ),
    "100,000 rows": ("a.csv", HEADER.encode() + b"1/6/2569,3,x,y,z\r\n" * 100_000),
    "10,000 columns": ("a.csv", b",".join([b"x"] * 10_000) + b"\r\n" + b"," * 10_000),
    "truncated": ("a.xlsx", workbook()[:-300]),
    "half": ("a.xlsx", workbook()[: len(workbook()) // 2]),
    "a document renamed": ("a.xlsx", other_zip(word__document="<w/>", **{"[Content_Types].xml": "<Types/>"})),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "a password": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600,
    ),
    "a bomb": ("a.xlsx", changed(workbook(), more={"xl/media/x.xml": b" " * 50_000_000})),
    "a bomb of texts": ("a.xlsx", changed(workbook(), more={"xl/sharedStrings.xml": texts(200_000)})),
    "a bomb of parts": ("a.xlsx", changed(workbook(), more={f"x{n}": b"" for n in range(400)})),
    "a lying size": ("a.xlsx", lying_zip()),
    "XXE": ("a.xlsx", replaced(SHEET, XXE)),
    "XXE in UTF-16": ("a.xlsx", replaced(SHEET, XXE.decode().encode("utf-16"))),
    "a billion laughs": ("a.xlsx", replaced(SHEET, LAUGHS)),
    "XXE elsewhere": ("a.xlsx", replaced("docProps/core.xml", XXE)),
    "a far cell": ("a.xlsx", sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "a cell beyond": ("a.xlsx", sheet_of('<row r="1"><c r="ZZZZZ99999999999"><v>1</v></c></row>')),
    "a negative row": ("a.xlsx", sheet_of('<row r="-5"><c r="A-5"><v>1</v></c></row>')),
    "a row that is no number": ("a.xlsx", sheet_of('<row r="x"><c r="A1"><v>1</v></c></row>')),
    "a text that is not there": ("a.xlsx", sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')),
    "a text before the first": ("a.xlsx", sheet_of('<row r="1"><c r="A1" t="s"><v>-99</v></c></row>')),
    "a style that is not there": ("a.xlsx", sheet_of('<row r="1"><c r="A1" s="999"><v>1</v></c></row>')),
    "a number that is none": ("a.xlsx", sheet_of('<row r="1"><c r="A1"><v>1e99999x</v></c></row>')),
    "a huge number": ("a.xlsx", sheet_of('<row r="1"><c r="A1"><v>' + "9" * 5000 + "</v></c></row>")),
    "a number without end": (
        "a.xlsx",
        sheet_of('<row r="1"><c r="A1"><v>1e400</v></c><c r="B1"><v>NaN</v></c></row>'),
    ),
    "a truth that is none": ("a.xlsx", sheet_of('<row r="1"><c r="A1" t="b"><v>x</v></c></row>')),
    "a day that is none": ("a.xlsx", sheet_of('<row r="1"><c r="A1" t="d"><v>9999-99-99</v></c></row>')),
    "another kind of cell": ("a.xlsx", sheet_of('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>')),
    "a formula": ("a.xlsx", workbook((("=1+1", '=HYPERLINK("http://x")'),))),
    "no sheet": ("a.xlsx", replaced("xl/workbook.xml", lambda old: old.replace(b"<sheet ", b"<shoot "))),
    "a sheet that is gone": ("a.xlsx", replaced(SHEET, b"")),
    "a workbook without words": ("a.xlsx", replaced("xl/workbook.xml", b"<x/>")),
    "broken relations": ("a.xlsx", replaced(".rels", b"<x/>")),
    "a name that is none": ("../../\0" + "ก" * 400 + ".csv", b"a,b\r\n"),
    "not an archive": ("a.xlsx", b"PK\x03\x04" + zlib.compress(b"x" * 1000)),
    "TOML that is none": ("a.toml", b"[[[["),
    "TOML of depth": ("a.toml", b"a=" + b"[" * 20_000),
    "TOML of a long number": ("a.toml", b"a=" + b"9" * 10_000),
    "TOML of other kinds": ("a.toml", b"code=1\nstages=5\nsteps='x'\nname={}\n"),
}


def uploads(siege):
    return [form for form in siege.forms if form.is_multipart]


def test_there_are_forms_that_take_files(siege):
    endpoints = {siege.endpoint(form.address) for form in uploads(siege)}
    assert {
        "activities.upload",
        "administration.import_unit_file",
        "administration.import_people_file",
        "programme.replace_template",
    } <= endpoints


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=list(FILES))
def test_a_bad_file_is_told_and_changes_nothing(siege, name, content):
    faults = []
    for form in uploads(siege):
        for confirm in ({}, {"confirm": "1"}):
            data = MultiDict(
                [*form.filled(**confirm).items(multi=True), ("file", FileStorage(io.BytesIO(content), name))]
            )
            begun = time.monotonic()
            status, text = siege.attempt_data(form, data)
            if status != 422 or siege.written:
                faults.append(f"{form}: {status} {siege.written} {text if status == 500 else ''}")
            if time.monotonic() - begun > 5:
                faults.append(f"{form}: {time.monotonic() - begun:.0f} s")
    assert not faults, "\n".join(faults)


TOLD = {
    "TIS-620": "TIS-620",
    "100,000 rows": "แถว",
    "a password": "ล็อกด้วยรหัสผ่าน",
    "an old workbook": "รุ่นเก่า",
    "a bomb": "ใหญ่ผิดปกติ",
    "XXE": "DOCTYPE",
    "a document renamed": "ไม่ใช่ไฟล์ Excel",
    "another header": "หัวตาราง",
}


@pytest.mark.parametrize(("case", "sentence"), TOLD.items(), ids=list(TOLD))
def test_what_is_wrong_with_a_file_of_activities_is_said(siege, case, sentence):
    form = next(f for f in uploads(siege) if siege.endpoint(f.address) == "activities.upload")
    name, content = FILES[case]
    data = MultiDict([*form.filled().items(multi=True), ("file", FileStorage(io.BytesIO(content), name))])

    assert sentence in siege.send_data(form, data).text


UNITS = "code,level,kind,parent_code,name_th,short_name_th,name_en,province_th\n"  # any order of the columns
BROKEN_UNITS = {
    "a cycle": "X1,prison,central_prison,X2,ก,,,\nX2,prison,central_prison,X1,ข,,,\n",
    "its own parent": "X1,prison,central_prison,X1,ก,,,\n",
    "an unknown parent": "X1,prison,central_prison,NOPE,ก,,,\n",
    "a code twice": "X1,prison,central_prison,PG01,ก,,,\nX1,prison,central_prison,PG01,ข,,,\n",
    "an unknown level": "X1,castle,central_prison,PG01,ก,,,\n",
    "no name": "X1,prison,central_prison,PG01,,,,\n",
    "a national id": "X1,prison,central_prison,PG01,นาย 1234567890121,,,\n",
    "an odd code": "../x<y>,prison,central_prison,PG01,ก,,,\n",
    "a long name": "X1,prison,central_prison,PG01," + "ก" * 10_000 + ",,,\n",
    "too few cells": "X1,prison\n",
    "too many cells": "X1,prison,central_prison,PG01,ก,,,,,,,,\n",
    "a parent below it": "DOC,department,department,P001,กรม,,,\n",
}


@pytest.mark.parametrize("rows", BROKEN_UNITS.values(), ids=list(BROKEN_UNITS))
def test_broken_units_are_told(siege, rows):
    form = next(f for f in uploads(siege) if siege.endpoint(f.address) == "administration.import_unit_file")
    header = siege.trial.ask("administrator", "GET", form.page).text
    assert "parent_code" in header or "code" in header
    data = MultiDict(
        [
            *form.filled(confirm="1").items(multi=True),
            ("file", FileStorage(io.BytesIO((UNITS + rows).encode()), "u.csv")),
        ]
    )

    answer = siege.send_data(form, data)

    assert answer.status_code == 422
    assert siege.written == set()


BROKEN_PEOPLE = {
    "an unknown unit": "ก ข,a@b.example,,NOPE\n",
    "no e-mail": "ก ข,nonsense,,P001\n",
    "one address of two people": "ก ข,a@b.example,,P001\nค ง,a@b.example,,P002\n",
    "twice": "ก ข,a@b.example,,P001\nก ข,a@b.example,,P001\n",
    "no name": ",a@b.example,,P001\n",
    "a national id": "ก 1234567890121,a@b.example,,P001\n",
    "a national id as e-mail": "ก ข,1234567890121@b.example,,P001\n",
    "a long name": "ก" * 10_000 + ",a@b.example,,P001\n",
}


@pytest.mark.parametrize("rows", BROKEN_PEOPLE.values(), ids=list(BROKEN_PEOPLE))
def test_broken_people_are_told(siege, rows):
    from tracker.administration.people_file import HEADER as PEOPLE

    form = next(f for f in uploads(siege) if siege.endpoint(f.address) == "administration.import_people_file")
    columns = {"name": 0, "email": 1, "office_phone": 2, "unit_code": 3}
    lines = [row.split(",") for row in rows.splitlines()]
    text = "\n".join(
        [
            ",".join(PEOPLE),
            *(",".join(line[columns[name]] if name in columns else "" for name in PEOPLE) for line in lines),
        ]
    )
    data = MultiDict(
        [
            *form.filled(confirm="1").items(multi=True),
            ("file", FileStorage(io.BytesIO(text.encode()), "p.csv")),
        ]
    )

    answer = siege.send_data(form, data)

    assert answer.status_code == 422, answer.text[:300]
    assert siege.written == set()
