"""PDFs made by hand: texts at places, outlines, and nothing that a library would add."""

from collections.abc import Sequence
from dataclasses import dataclass

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}
# How programs place a line of one size: by the font, by a matrix (layout programs), on a page
# of another scale (Ghostscript), or upright on a page that is turned when it is shown (scanners).
_WAYS = {
    "font": "BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET",
    "matrix": "BT /{font} 1 Tf {size} 0 0 {size} {x} {y} Tm ({text}) Tj ET",
    "scale": "q 0.1 0 0 0.1 0 0 cm BT /{font} {size}0 Tf {x}0 {y}0 Td ({text}) Tj ET Q",
    "turned": "BT /{font} {size} Tf 0 1 -1 0 {down} {x} Tm ({text}) Tj ET",
}
WAYS = tuple(_WAYS)
_HEIGHT = 792


@dataclass(frozen=True)
class Text:
    """A line of text: where it begins in points from the lower left, its size and its font."""

    text: str
    y: float
    x: float = 72
    size: float = 10
    font: str = "F1"


type Page = Sequence[Text]


def pdf(
    pages: Sequence[Page],
    outline: Sequence[tuple[str, int]] = (),
    title: str = "",
    trailer: str = "",
    way: str = "font",
) -> bytes:
    """Return a PDF. `outline` has titles with pages from 0; `trailer` is added to its trailer.

    `way` is one of WAYS, by which all lines are placed.
    """
    turned = "/Rotate 90 " if way == "turned" else ""
    fonts = " ".join(f"/{name} {place} 0 R" for place, name in enumerate(_FONTS, 3))
    first = 6
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Outlines {first + 2 * len(pages)} 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{first + 2 * place} 0 R" for place in range(len(pages)))
        + "] >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} >>" for base in _FONTS.values()),
    ]
    for place, page in enumerate(pages):
        content = "\n".join(_shown(line, way) for line in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R {turned}/MediaBox [0 0 612 {_HEIGHT}]"
            f" /Contents {first + 2 * place + 1} 0 R /Resources << /Font << {fonts} >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    objects += _outline(outline, first, len(objects) + 1)
    objects.append(f"<< /Title ({_escaped(title)}) >>")
    return _file(objects, f"/Info {len(objects)} 0 R {trailer}")


def _outline(entries: Sequence[tuple[str, int]], first_page: int, root: int) -> list[str]:
    last = root + len(entries)
    objects = [f"<< /Type /Outlines /First {root + 1} 0 R /Last {last} 0 R >>"]
    for number, (title, page) in enumerate(entries, root + 1):
        following = f"/Next {number + 1} 0 R" if number < last else ""
        objects.append(
            f"<< /Title ({_escaped(title)}) /Parent {root} 0 R {following}"
            f" /Dest [{first_page + 2 * page} 0 R /Fit] >>"
        )
    return objects if entries else ["<< /Type /Outlines >>"]


def _shown(line: Text, way: str) -> str:
    placed = {"x": line.x, "y": line.y, "down": _HEIGHT - line.y, "size": line.size}
    return _WAYS[way].format(**placed, font=line.font, text=_escaped(line.text))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[str], trailer: str) -> bytes:
    written = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(written)
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode()
    size = len(objects) + 1
    return written + (
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def with_endless_forms(depth: int = 24) -> bytes:
    """Return a small PDF of one page whose parts contain each other four times, again and again."""
    font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /XObject << /X 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for inner in range(6, depth + 6):
        content = "/X Do " * 4 if inner < depth + 5 else "BT /F1 10 Tf 9 9 Td (x) Tj ET"
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 612 792]"
            f" /Resources << /XObject << /X {inner} 0 R >> {font} >> /Length {len(content)} >>"
            f"\nstream\n{content}\nendstream"
        )
    return _file(objects, "")
