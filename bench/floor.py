"""The floor: overview, list, one record, creating and CSV with bare Flask, SQLAlchemy, Jinja and SQLite.

A signed-cookie login, one query for the user, a CSRF token and the bare pages: no roles, no audit trail, no
translation, no styling. BENCH_FLOOR names the SQLite file.
"""

import csv
import io
import os
import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, session
from jinja2 import DictLoader
from sqlalchemy import Engine, ForeignKey, Index, create_engine, event, func, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench import dataset


class Base(DeclarativeBase):
    """The base of the floor's tables."""


class User(Base):
    """Somebody who signs in."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Unit(Base):
    """A unit."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]


class Activity(Base):
    """An activity."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_cell", "stage", "step", "done"), Index("ix_unit", "unit_id", "stage", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str]
    day: Mapped[date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    stage: Mapped[int]
    step: Mapped[int]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    done: Mapped[bool]


class Cell(Base):
    """How many activities a unit has in a stage and step, and how many are done."""

    __tablename__ = "cell"
    stage: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    done: Mapped[int]


_TOP = '<!doctype html><html lang="th"><title>พื้น</title>'
MATRIX = (
    _TOP
    + """<h1>ภาพรวมความก้าวหน้า</h1><p>{{ user.name }}, {{ units }} หน่วยงาน</p>
<table id="overview"><tr><th></th>
{% for s in steps %}<th>{{ s }}</th>{% endfor %}</tr>{% for name in stages %}{% set i = loop.index %}<tr>
<th>{{ name }}</th>{% for s in steps %}{% set c = cells.get((i, loop.index), (0, 0)) %}
<td><a href="/list?stage={{ i }}&step={{ loop.index }}">{{ c[1] }} / {{ c[0] }}</a></td>{% endfor %}</tr>
{% endfor %}</table></html>"""
)
LIST = (
    _TOP
    + """<h1>{{ unit.name }} ระยะที่ {{ stage }}: {{ total }}</h1><table id="list">{% for a in rows %}<tr>
<td>{{ a.id }}</td><td><a href="/activity/{{ a.id }}">{{ a.title }}</a></td><td>{{ a.day }}</td>
<td>{{ steps[a.step - 1] }}</td><td>{{ a.reporter_id }}</td><td>{{ a.done }}</td></tr>
{% endfor %}</table></html>"""
)
DETAIL = (
    _TOP
    + """<h1>{{ a.title }}</h1><p>{{ a.description }}</p><dl><dt>วันที่<dd>{{ a.day }}<dt>หน่วยงาน
<dd>{{ unit.name }}<dt>ระยะที่<dd>{{ a.stage }}<dt>ขั้นตอนที่<dd>{{ a.step }}</dl></html>"""
)
FORM = (
    _TOP
    + """<form method="post"><input type="hidden" name="csrf" value="{{ csrf }}"><input name="title">
<textarea name="description"></textarea><input name="day" type="date"><select name="unit">{% for u in units %}
<option value="{{ u.id }}">{{ u.name }}</option>{% endfor %}</select><input name="stage"><input name="step">
<button>บันทึก</button></form></html>"""
)


def open_engine(file: str) -> Engine:
    """Open the floor's database with the settings that the tracker's has."""
    engine = create_engine(f"sqlite:///{file}", pool_size=8)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON", "journal_mode=DELETE"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def load(file: str, count: int) -> None:
    """Make the floor's database with so many activities."""
    engine = open_engine(file)
    Base.metadata.create_all(engine)
    cells = {
        (stage, step, unit): [0, 0]
        for stage in range(1, dataset.STAGES + 1)
        for step in range(1, dataset.STEPS + 1)
        for unit in range(1, dataset.UNITS + 1)
    }
    rows = []
    for a in dataset.activities(count):
        rows.append(
            {"id": a.number, "title": a.title, "description": a.text, "day": a.day, "unit_id": a.unit,
             "stage": a.stage, "step": a.step, "reporter_id": a.unit, "done": a.done}
        )  # fmt: skip
        cell = cells[a.stage, a.step, a.unit]
        cell[0] += 1
        cell[1] += a.done
    everywhere = range(1, dataset.UNITS + 1)
    units = [{"id": u, "code": dataset.unit_code(u), "name": dataset.unit_name(u)} for u in everywhere]
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(insert(User), [{"id": u, "name": f"ผู้ประสานงาน {u}"} for u in everywhere])
        connection.execute(insert(Unit), units)
        connection.execute(insert(Activity), rows)
        connection.execute(
            insert(Cell),
            [
                {"stage": k[0], "step": k[1], "unit_id": k[2], "n": v[0], "done": v[1]}
                for k, v in cells.items()
            ],
        )
        connection.execute(text("analyze"))
    engine.dispose()


def _add_reading(app: Flask) -> None:
    @app.get("/overview")
    def overview() -> str:
        counts = select(Cell.stage, Cell.step, func.sum(Cell.n), func.sum(Cell.done))
        found = g.db.execute(counts.group_by(Cell.stage, Cell.step))
        cells = {(row[0], row[1]): (row[2], row[3]) for row in found}
        units = g.db.scalar(select(func.count()).select_from(Unit))
        return render_template(
            "matrix",
            user=g.user,
            units=units,
            cells=cells,
            steps=dataset.STEP_NAMES,
            stages=dataset.STAGE_NAMES,
        )

    @app.get("/list")
    def listing() -> str:
        unit, stage = request.args.get("unit", type=int), request.args.get("stage", type=int)
        mine = (Activity.unit_id == unit, Activity.stage == stage)
        total = g.db.scalar(select(func.count()).where(*mine))
        columns = (
            Activity.id, Activity.title, Activity.day, Activity.step, Activity.reporter_id, Activity.done,
        )  # fmt: skip
        rows = g.db.execute(select(*columns).where(*mine).order_by(Activity.id.desc()).limit(50)).all()
        return render_template(
            "list", unit=g.db.get(Unit, unit), stage=stage, total=total, rows=rows, steps=dataset.STEP_NAMES
        )

    @app.get("/activity/<int:number>")
    def detail(number: int) -> str:
        activity = g.db.get(Activity, number) or abort(404)
        return render_template("detail", a=activity, unit=g.db.get(Unit, activity.unit_id))


def _add_writing(app: Flask, engine: Engine) -> None:
    @app.get("/new")
    def new() -> str:
        return render_template("form", csrf=session["csrf"], units=g.db.scalars(select(Unit)).all())

    @app.post("/new")
    def create() -> Any:
        if not secrets.compare_digest(request.form["csrf"], session["csrf"]):
            abort(400)
        form, user = request.form, g.user.id
        unit, stage, step = int(form["unit"]), int(form["stage"]), int(form["step"])
        g.db.rollback()
        row = insert(Activity).values(
            title=form["title"], description=form["description"], day=date.fromisoformat(form["day"]),
            unit_id=unit, stage=stage, step=step, reporter_id=user, done=False,
        )  # fmt: skip
        cell = update(Cell).where(Cell.stage == stage, Cell.step == step, Cell.unit_id == unit)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            number = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]  # just inserted
            connection.execute(cell.values(n=Cell.n + 1))
        return redirect(f"/activity/{number}", 303)

    @app.get("/export.csv")
    def export() -> Response:
        return Response(_lines(engine), mimetype="text/csv")


def _lines(engine: Engine) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(
        ("id", "title", "description", "day", "code", "unit", "stage", "step", "reporter", "done")
    )
    query = (
        select(
            Activity.id, Activity.title, Activity.description, Activity.day, Unit.code, Unit.name,
            Activity.stage, Activity.step, User.name, Activity.done,
        )
        .join(Unit, Unit.id == Activity.unit_id)
        .join(User, User.id == Activity.reporter_id)
        .order_by(Activity.id)
    )  # fmt: skip
    with engine.connect() as connection:
        for part in connection.execution_options(yield_per=2000).execute(query).partitions():
            writer.writerows(part)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()


def application() -> Flask:
    """Return the floor as an application, for gunicorn."""
    engine = open_engine(os.environ["BENCH_FLOOR"])
    app = Flask("bench.floor")
    app.secret_key = "for-measuring-on-loopback-only"
    pages = {"matrix": MATRIX, "list": LIST, "detail": DETAIL, "form": FORM}
    app.jinja_loader = DictLoader(pages)
    app.jinja_options = {"autoescape": True}

    @app.before_request
    def begin() -> None:
        if request.endpoint == "login":
            return
        if "user" not in session:
            abort(401)
        g.db = Session(engine)
        g.user = g.db.get(User, session["user"])

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if "db" in g:
            g.db.close()

    @app.get("/login")
    def login() -> str:
        session["user"], session["csrf"] = 1, secrets.token_hex(16)
        return "in"

    _add_reading(app)
    _add_writing(app, engine)
    return app
