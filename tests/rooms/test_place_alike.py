"""Lines of one shape are read by the column: with the same rows as line by line, and nothing that line by line would refuse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.place import codepoint
from coachdesk.place.alike import Alike, pieces
from coachdesk.place.columns import CodePoint
from coachdesk.place.packed import INWARDS
from coachdesk.place.packing import Rows

WARDS = (("E08000025", "E05011151"), ("S12000033", "S13002838"), ("", ""))
Told = list[tuple[str, int, tuple[str, str], int]]


def told(rows: Rows) -> Told:
    """What rows say, whatever the numbers of their wards."""
    wards = [(ward, district) for ward, district in rows.wards]
    return sorted((outcode, value >> 48, wards[value >> 32 & 0xFFFF], value & 0xFFFFFFFF)
                  for outcode, bucket in rows.buckets.items() for value in bucket)


def line_by_line(text: bytes) -> Told | None:
    """The rows as the careful reader has them; None where it refuses."""
    table = codepoint._Table(rows := Rows(), ())
    try:
        table._slowly(1, text)
    except Refusal:
        return None
    return told(rows)


def by_the_column(text: bytes) -> Told | None:
    """The rows as the quick reader has them; None where it leaves the block to the careful one."""
    quick = CodePoint(rows := Rows(), (), lambda area: None)
    return told(rows) if quick.take(text) else None


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """Lines as the publisher writes them: outcodes in order, positions of all lengths, one in a while without."""
    mark, end = draw(st.sampled_from(['"', ""])), draw(st.sampled_from(["\r\n", "\n"]))
    lines = []
    for outcode in draw(st.lists(st.sampled_from(["B1", "B37", "CV10", "EC1A"]), min_size=1, max_size=3, unique=True)):
        corners = [(99_000, 9_800, 7), (400_000, 280_000, 11), (819_000, 999_000, 9), (300, 1_210_000, 3)]
        east, north, spread = draw(st.sampled_from(corners))
        for at in range(draw(st.integers(1, 60))):
            district, ward = WARDS[draw(st.integers(0, 40)) % 7 % 3]
            place = "0,0" if draw(st.integers(0, 50)) == 7 else f"{east + at * spread},{north + at * spread}"
            gap = " " * (4 - len(outcode)) if mark else " "
            codes = ",".join(f"{mark}{code}{mark}" for code in ("E92000001", "E19000001", "E18000005", "", district, ward))
            lines.append(f"{mark}{outcode}{gap}{INWARDS[at * 67 % 4000]}{mark},10,{place},{codes}")
    return end.join(lines).encode() + (b"\r" if end == "\r\n" else b"")


@given(blocks())
def test_a_block_gives_the_same_rows_by_the_column_and_line_by_line(text: bytes) -> None:
    careful, quick = line_by_line(text), by_the_column(text)
    assert quick is None or quick == careful


@given(blocks(), st.data())
def test_what_line_by_line_refuses_is_never_read_by_the_column(text: bytes, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(text) - 1))
        sign = data.draw(st.sampled_from([b",", b"\n", b'"', b"A", b"7", b" ", b"I", b"", b"\xe9", b"00"]))
        text = text[:at] + sign + text[at + 1:]
    quick = by_the_column(text)
    assert quick is None or quick == line_by_line(text)


def test_neighbours_are_read_together_and_the_odd_ones_stand_as_they_are() -> None:
    line = '"B37 {}",10,417899,286833,"E92000001","E19000001","E18000005","","E08000029","E05001287"\r'
    many = [line.format(each) for each in INWARDS[:40]]
    text = "\n".join([*many, many[0].replace("417899", "0"), *many]).encode()
    found = list(pieces(text))
    assert [len(piece.codes) if isinstance(piece, Alike) else piece.count(b"\n") + 1 for piece in found] == [40, 1, 40]
