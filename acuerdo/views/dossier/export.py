"""A debtor's file as CSV and as PDF. Pure."""

from collections.abc import Iterator
from typing import Final

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from acuerdo.values.spreadsheets import csv_of
from acuerdo.values.text import upright
from acuerdo.views.dossier.sections import DOSSIER_WORDS, Dossier, DossierLine, Section, moment
from acuerdo.wording.words import WORDS

_COLUMNS: Final = ("section", "at", "channel", "detail", "result", "rule")
_PLAINER: Final = str.maketrans(
    {"—": "-", "–": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "\t": " ", "\r": ""}
)
# How many of the widest letters stand in a line of details, and how many lines a row may have.
_NARROWEST_LINE, _LINES_OF_A_ROW = 42, 30
_INK, _FAINT = (28, 32, 38), (96, 104, 114)
_SHADE, _RULED = (238, 241, 244), (200, 206, 212)


def to_csv(dossier: Dossier) -> bytes:
    """The file as CSV, one line for each fact."""
    return csv_of(_rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    yield tuple(DOSSIER_WORDS["columns"][name] for name in _COLUMNS)
    for said in _heading(dossier):
        yield (DOSSIER_WORDS["title"], "", "", said, "", "")
    for line in dossier.lines:
        yield (DOSSIER_WORDS["section"][line.section], *_cells(line, dossier.timezone))


def to_pdf(dossier: Dossier) -> bytes:
    """The file as PDF: landscape, the sections in their order, pages numbered."""
    pdf = _Sheet(orientation="landscape", format="A4")
    pdf.set_title(f"{DOSSIER_WORDS['title']} {dossier.reference}")
    pdf.set_lang("es")
    pdf.set_creation_date(dossier.issued_at)
    pdf.set_auto_page_break(True, margin=16)
    pdf.add_page()
    pdf.words(DOSSIER_WORDS["title"], size=16, bold=True)
    for said in (dossier.name, *_heading(dossier), DOSSIER_WORDS["symbols"]):
        pdf.words(said, size=9)
    for section, lines in dossier.by_section:
        pdf.section(section, lines, dossier.timezone)
    return bytes(pdf.output())


def _heading(dossier: Dossier) -> Iterator[str]:
    issued = moment(dossier.issued_at, dossier.timezone)
    yield DOSSIER_WORDS["period"].format(
        since=dossier.since or "inicio", until=dossier.until or issued[:10], zone=dossier.timezone
    )
    yield DOSSIER_WORDS["issued"].format(at=issued, by=dossier.issued_to)
    yield DOSSIER_WORDS["head"].format(head=dossier.head)
    if dossier.cut:
        yield DOSSIER_WORDS["cut"]


def _cells(line: DossierLine, timezone: str) -> tuple[str, ...]:
    return (
        "" if line.at is None else moment(line.at, timezone),
        "" if line.channel is None else WORDS["channel"][line.channel],
        upright(line.detail),
        upright(line.result),
        line.rule,
    )


class _Sheet(FPDF):
    """Pages with a number at their foot, in a letter that every reader has."""

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.set_text_color(*_FAINT)
        self.cell(0, 6, _printable(DOSSIER_WORDS["page"].format(number=self.page_no())), align="R")

    def words(self, text: str, *, size: int, bold: bool = False) -> None:
        """A paragraph over the whole width."""
        self.set_font("Helvetica", style="B" if bold else "", size=size)
        self.set_text_color(*_INK)
        self.multi_cell(0, size * 0.55, _printable(text), new_x="LMARGIN", new_y="NEXT")

    def section(self, section: Section, lines: tuple[DossierLine, ...], timezone: str) -> None:
        """A heading and a table, or that there is nothing."""
        self.ln(3)
        if self.will_page_break(24):
            self.add_page()
        self.words(DOSSIER_WORDS["section"][section], size=12, bold=True)
        if not lines:
            self.words(DOSSIER_WORDS["nothing"], size=9)
            return
        self.set_font("Helvetica", size=8)
        self.set_draw_color(*_RULED)
        shade = FontFace(emphasis="BOLD", fill_color=_SHADE, color=_INK)
        with self.table(
            col_widths=(44, 18, 122, 46, 47),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=shade,
            line_height=4,
            padding=1,
            text_align="LEFT",
            v_align="TOP",
        ) as table:
            heading = table.row()
            for name in _COLUMNS[1:]:
                heading.cell(DOSSIER_WORDS["columns"][name])
            for line in lines:
                at, channel, detail, *rest = map(_printable, _cells(line, timezone))
                first, *more = _pieces(detail)
                table.row([at, channel, first, *rest])
                for piece in more:
                    table.row(["", "", piece, "", ""])


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces none of which is higher than a page."""
    begin = used = 0
    for place, letter in enumerate(text):
        used += _NARROWEST_LINE if letter == "\n" else 1
        if used >= _NARROWEST_LINE * _LINES_OF_A_ROW:
            yield text[begin : place + 1]
            begin, used = place + 1, 0
    if begin < len(text) or not text:
        yield text[begin:]


def _printable(text: str) -> str:
    """The text in the letters of the PDF; any other symbol as its code, so that nothing is lost."""
    plain = text.translate(_PLAINER)
    return "".join(each if _has(each) else f"[U+{ord(each):04X}]" for each in plain)


def _has(letter: str) -> bool:
    # the letter of the PDF holds Latin-1
    return letter == "\n" or (ord(letter) < 256 and letter.isprintable()) or letter == "\xa0"
