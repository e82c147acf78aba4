"""Builds the tables of a database."""

import importlib

from tests.source import PACKAGE
from tracker.database import Base, open_engine


def build_tables(url: str) -> None:
    """Build every table in an empty database."""
    for file in PACKAGE.glob("*/models.py"):
        importlib.import_module(f"tracker.{file.parent.name}.models")
    engine = open_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        Base.metadata.create_all(connection)
    engine.dispose()
