"""PDF files drawn for the tests, with a CJK font that every PDF program brings along."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, TOP = 80.0, 120.0
SIZE, STEP = 16.0, 28.0

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


class Drawing:
    """A canvas whose heights count from the top, as the reader's do."""

    def __init__(self, **kinds):
        self._stream = io.BytesIO()
        self.canvas = Canvas(self._stream, pagesize=A4, **kinds)

    def words(self, text, x=LEFT, y=TOP, size=SIZE):
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, HEIGHT - y, text)
        return self

    def paragraph(self, lines, x=LEFT, y=TOP, size=SIZE, step=STEP):
        for at, line in enumerate(lines):
            self.words(line, x, y + at * step, size)
        return self

    def line(self, x0, y0, x1, y1):
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        return self

    def grid(self, xs, ys):
        self.canvas.grid(xs, [HEIGHT - y for y in ys])
        return self

    def page(self):
        self.canvas.showPage()
        return self

    def saved(self):
        self.canvas.save()
        return self._stream.getvalue()


def table(drawing, xs, ys, rows, size=12.0):
    """A ruled table with its words; each cell a string, its lines parted by LF."""
    drawing.grid(xs, ys)
    for top, row in zip(ys, rows, strict=False):
        for left, cell in zip(xs, row, strict=False):
            drawing.paragraph(cell.split("\n"), left + 4, top + 16, size, 16)
    return drawing


def wrapped(text, width):
    """The text as a page prints it: ``width`` characters a line, each paragraph two characters in."""
    lines = []
    for paragraph in text.split("\n"):
        left = "　　" + paragraph
        while left:
            lines.append(left[:width])
            left = left[width:]
    return lines
