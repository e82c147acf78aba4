"""A report as an official letter's DOCX: TH Sarabun New 16 pt, A4, Thai page numbers, heads that repeat.

Thai is complex script to Word: each style carries font, size and bold a second time, for that side.
"""

from typing import IO, Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tracker.reporting.blocks import Annex, Paper, Paragraph, Section, Style
from tracker.reporting.docx_tables import add_table
from tracker.reporting.words import digits, signature_lines
from tracker.web.i18n import language

FONT = "TH Sarabun New"
SIZE = 16
TABLE_SIZE = 14
NOTE_SIZE = 13
# name, size, bold, alignment, first line (cm), space before and after (pt)
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
STYLES = (
    ("Report title", 20, True, CENTRE, 0.0, 0, 0),
    ("Report line", SIZE, False, CENTRE, 0.0, 0, 0),
    ("Report heading", SIZE, True, LEFT, 0.0, 12, 0),
    ("Report text", SIZE, False, LEFT, 2.5, 0, 0),
    ("Report caption", SIZE, False, LEFT, 0.0, 6, 2),
    ("Report cell", TABLE_SIZE, False, LEFT, 0.0, 0, 0),
    ("Report head", TABLE_SIZE, True, CENTRE, 0.0, 0, 0),
    ("Report total", TABLE_SIZE, True, LEFT, 0.0, 0, 0),
    ("Report gap", 6, False, LEFT, 0.0, 0, 0),
    ("Report note", NOTE_SIZE, False, LEFT, 0.0, 3, 3),
    ("Report mark", SIZE, True, WD_ALIGN_PARAGRAPH.RIGHT, 0.0, 0, 6),
    ("Report sign", SIZE, False, CENTRE, 0.0, 0, 0),
)
SET = ("w:rFonts", "w:b", "w:bCs", "w:sz", "w:szCs", "w:lang")
BEFORE_SIZE = {qn(f"w:{name}") for name in ("i", "iCs", "caps", "smallCaps", "color", "spacing", "kern")}
PARAGRAPHS = {Style.INDENT: "Report text", Style.NOTE: "Report note", Style.METHOD: "Report note"}


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def set_font(properties: Any, size: int, *, bold: bool = False) -> None:
    """Write font, size, bold and language of run properties for both scripts, in the order of the schema."""
    for name in SET:
        for old in properties.findall(qn(name)):
            properties.remove(old)
    english = language() == "en"
    parts = [_element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)]
    if bold:
        parts += [_element("w:b"), _element("w:bCs")]
    parts += [_element("w:sz", val=str(size * 2)), _element("w:szCs", val=str(size * 2))]
    parts.append(_element("w:lang", val="en-GB" if english else "th-TH", bidi="th-TH", eastAsia="th-TH"))
    others = list(properties)
    before = [element for element in others if element.tag in BEFORE_SIZE]
    after = [element for element in others if element.tag not in BEFORE_SIZE]
    fonts, sizes, spoken = parts[: 3 if bold else 1], parts[-3:-1], parts[-1:]
    properties[:] = [*fonts, *before, *sizes, *after, *spoken]


def _add_styles(document: Any) -> None:
    for style in document.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            set_font(style.element.get_or_add_rPr(), SIZE)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        set_font(defaults, SIZE)
    for name, size, bold, alignment, indent, before, after in STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        set_font(style.element.get_or_add_rPr(), size, bold=bold)
        shape = style.paragraph_format
        shape.alignment = alignment
        shape.first_line_indent = Cm(indent)
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.line_spacing = 1.0
        shape.keep_with_next = name in ("Report heading", "Report caption")


def _page(section: Any) -> None:
    """Set A4 with the margins of Thai official documents: 2.5 at the top, 3 and 2 at the sides, 2 below."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.header_distance, section.footer_distance = Cm(1.25), Cm(1)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbers = _element("w:pgNumType", fmt="decimal" if language() == "en" else "thaiNumbers")
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)


def _number_pages(document: Any, section: Any, mark: str = "") -> None:
    header = section.header
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    line.style = document.styles["Report line"]
    line.add_run("- ")
    instruction = _element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = " PAGE "
    shown = _element("w:t")
    shown.text = digits("1")
    begin, parted, end = (_element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    for part in (begin, instruction, parted, shown, end):
        line.add_run()._r.append(part)
    line.add_run(" -")
    if mark:
        header.add_paragraph(mark, style="Report mark")


def _add_paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style=PARAGRAPHS[block.style])
    if block.lead:
        set_font(paragraph.add_run(f"{block.lead}: ")._r.get_or_add_rPr(), NOTE_SIZE, bold=True)
    paragraph.add_run(block.text)


def _add_section(document: Any, section: Section) -> None:
    document.add_paragraph(section.heading, style="Report heading")
    for block in section.blocks:
        if isinstance(block, Paragraph):
            _add_paragraph(document, block)
        else:
            add_table(document, block)


def _add_head(document: Any, title: str, lines: tuple[str, ...]) -> None:
    document.add_paragraph(title, style="Report title")
    for line in lines[:-1]:
        document.add_paragraph(line, style="Report line")
    last = document.add_paragraph(lines[-1], style="Report line")
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="double", sz="6", space="6", color="000000"))
    last._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _add_signatures(document: Any, paper: Paper) -> None:
    document.add_paragraph(style="Report sign")
    table = document.add_table(rows=1, cols=len(paper.signatures))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    for cell, signature in zip(table.rows[0].cells, paper.signatures, strict=True):
        lines = signature_lines(signature)
        cell.paragraphs[0].style = document.styles["Report sign"]
        cell.paragraphs[0].paragraph_format.space_before = Pt(24)
        cell.paragraphs[0].add_run(lines[0])
        for line in lines[1:]:
            cell.add_paragraph(line, style="Report sign")


def _add_annex(document: Any, annex: Annex) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section)
    _number_pages(document, section, annex.mark)
    _add_head(document, annex.title, annex.lines)
    add_table(document, annex.table)
    document.add_paragraph(annex.note, style="Report note")


def write_docx(paper: Paper, target: IO[bytes]) -> None:
    """Write a report as DOCX to a binary file."""
    document = Document()
    _add_styles(document)
    _page(document.sections[0])
    _number_pages(document, document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.name[:255], "KM Milestone", ""
    properties.language = "en-GB" if language() == "en" else "th-TH"
    _add_head(document, paper.title, paper.lines)
    for section in paper.sections:
        _add_section(document, section)
    _add_signatures(document, paper)
    document.add_paragraph(style="Report gap")
    for line in paper.origin:
        document.add_paragraph(line, style="Report note")
    _add_section(document, paper.methods)
    if paper.annex:
        _add_annex(document, paper.annex)
    document.save(target)
