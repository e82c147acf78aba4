"""A report as a file: DOCX, XLSX or CSV; for pages and for the command line."""

from typing import IO

from tracker.reporting.blocks import Paper
from tracker.reporting.paper import paper
from tracker.reporting.report import Report
from tracker.reporting.tables import long_table, report_tables
from tracker.web.clock import now
from tracker.web.reference import here
from tracker.web.shell import rehearsal_banner
from tracker.web.writers import write_csv, write_xlsx

FORMATS = ("docx", "xlsx", "csv")


def paper_now(report: Report) -> Paper:
    """Return a report on paper as it is made at this moment, here."""
    return paper(report, here=here(), made_at=now(), rehearsal=rehearsal_banner())


def write_report(report: Report, extension: str, target: IO[bytes]) -> None:
    """Write a report to a binary file as "docx", "xlsx" or "csv". Raise ValueError for anything else.

    Needs the application's context: the database is read for what the file lists beyond the report itself.
    """
    made = paper_now(report)
    if extension == "docx":
        from tracker.reporting.docx_writer import write_docx  # noqa: PLC0415  # heavy, and most requests write none

        write_docx(made, target)
    elif extension == "xlsx":
        write_xlsx(report_tables(report, made), target)
    elif extension == "csv":
        write_csv(long_table(report, made), target)
    else:
        raise ValueError(extension)
