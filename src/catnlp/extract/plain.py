"""Plain text and Markdown: paragraphs from hard-wrapped lines, headings, front matter."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from catnlp.domain import BlockKind
from catnlp.extract.clean import clean
from catnlp.extract.dates import iso_date
from catnlp.extract.draft import Draft, DraftBlock
from catnlp.extract.encoding import decode

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
FIELD = re.compile(r"^([\w-]+):[ \t]*(.*)$")
HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*\Z")
UNDERLINE = re.compile(r"\s*(=+|-{3,})\s*\Z")
RULE = re.compile(r"\s*(?:[-*_]\s*){3,}\Z")
BULLET = re.compile(r"\s*(?:[-*+•–·]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*\Z|\s*\|.*\|.*\|")
TABLE_RULE = re.compile(r"[\s|:=-]+\Z")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
EMPHASIS = re.compile(
    r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])(\*|_)(?=\S)([^*_]+?)(?<=\S)\3(?!\w)"
)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
NUMBERED_HEADING = re.compile(
    r"(?:SECTION|Section|Chapter|CHAPTER|Part|PART|Annex|ANNEX)\s+(?:\d+|[IVX]+)\b"
    r"|[A-Za-z]\.\s+[A-Z]|[IVX]{1,5}\.\s+[A-Z]|\d{1,2}(?:\.\d+)*\.\s+[A-Z]"
)
HEADING_CHARS = 100
SETEXT = {"=": 1, "-": 2}
PLAIN_LEVEL, NUMBERED_LEVEL = 3, 2


def read_text(path: Path) -> Iterator[Draft]:
    yield draft_of_text(decode(path.read_bytes()), markdown=False)


def read_markdown(path: Path) -> Iterator[Draft]:
    yield draft_of_text(decode(path.read_bytes()), markdown=True)


def draft_of_text(text: str, *, markdown: bool) -> Draft:
    """Blocks of a text; a first heading of the first level is its title."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    fields: dict[str, str] = {}
    front = FRONT_MATTER.match(text)
    if front:
        fields = front_matter(front[1])
        text = text[front.end() :]
    blocks = tuple(_blocks(text.split("\n"), markdown=markdown))
    return Draft(
        blocks=blocks,
        title=fields.get("title", "") or _title(blocks, markdown=markdown),
        publisher=fields.get("publisher", "") or fields.get("source", ""),
        published=iso_date(fields.get("date", "") or fields.get("published", "")),
        url=fields.get("url", "") or fields.get("source_url", ""),
        language=fields.get("lang", "") or fields.get("language", ""),
    )


def front_matter(text: str) -> dict[str, str]:
    """Simple fields only: `name: value`."""
    fields = {}
    for line in text.split("\n"):
        match = FIELD.match(line)
        if match:
            fields[match[1].lower()] = clean(match[2].strip().strip("\"'"))
    return fields


def _title(blocks: Sequence[DraftBlock], *, markdown: bool) -> str:
    first = next((block for block in blocks[:10] if block.kind == "heading"), None)
    if first is not None and (markdown or first is blocks[0]):
        return first.text
    if blocks and len(blocks[0].text) < HEADING_CHARS and not blocks[0].text.endswith("."):
        return blocks[0].text
    return ""


def _blocks(lines: Sequence[str], *, markdown: bool) -> Iterator[DraftBlock]:
    """Runs of lines between blank lines, split where a line is a block of its own."""
    width = _wrap_width(lines)
    run: list[str] = []
    for place, line in enumerate(lines):
        alone = _single(line, markdown=markdown)
        underlined = markdown and run and UNDERLINE.match(line) and len(run) == 1
        if underlined:
            yield _heading(run.pop(), SETEXT[line.strip()[0]], markdown=markdown)
        elif alone is not None or not line.strip():
            yield from _paragraph(run, markdown=markdown)
            run = []
            if alone is not None and alone.text:
                yield alone
        else:
            if run and (BULLET.match(line) or _ends_paragraph(run[-1], line, width)):
                yield from _paragraph(run, markdown=markdown)
                run = []
            run.append(line)
            following = lines[place + 1] if place + 1 < len(lines) else ""
            if len(run) == 1 and not UNDERLINE.match(following) and _is_heading(line, following):
                yield _plain_heading(run.pop(), markdown=markdown)
    yield from _paragraph(run, markdown=markdown)


def _single(line: str, *, markdown: bool) -> DraftBlock | None:
    """A line that is a block by itself: a `#` heading, a row of a table, a rule (no text)."""
    if not markdown:
        return None
    hashes = HASHES.match(line)
    if hashes:
        return _heading(hashes[2], len(hashes[1]), markdown=True)
    if TABLE_ROW.match(line):
        if TABLE_RULE.match(line):
            return DraftBlock("")
        cells = (clean(_inline(cell)) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))
        return DraftBlock(" | ".join(filter(None, cells)), "table-row")
    return DraftBlock("") if RULE.match(line) and line.strip()[0] != "-" else None


def _heading(text: str, level: int, *, markdown: bool) -> DraftBlock:
    return DraftBlock(clean(_inline(text) if markdown else text), "heading", level)


def _plain_heading(line: str, *, markdown: bool) -> DraftBlock:
    level = NUMBERED_LEVEL if NUMBERED_HEADING.match(line.strip()) else PLAIN_LEVEL
    return _heading(line.strip(), level, markdown=markdown)


def _is_heading(line: str, following: str) -> bool:
    """A short line alone: in capitals, or with the number of a heading."""
    text = line.strip()
    if following.strip() or not 3 < len(text) <= HEADING_CHARS or text.endswith((".", ",", ";")):
        return False
    words = re.findall(r"[^\W\d_]{2,}", text)
    if not words:
        return False
    return text.isupper() or (NUMBERED_HEADING.match(text) is not None and len(words) < 16)


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which lines are wrapped by hand; 0 where they are not."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line) > 30)
    if len(lengths) < 8 or lengths[-1 - len(lengths) // 20] > 130:
        return 0
    return lengths[-1 - len(lengths) // 10]


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    """Without blank lines: unwrapped lines are paragraphs, a short line ends one."""
    if width == 0:
        return True
    short = len(line.rstrip()) < 0.7 * width
    indented = following.startswith(("   ", "\t")) and not line.startswith(("   ", "\t"))
    return (short or indented) and line.rstrip().endswith((".", "!", "?", ":", '"', "”"))


def _paragraph(run: Sequence[str], *, markdown: bool) -> Iterator[DraftBlock]:
    if not run:
        return
    kind: BlockKind = "list-item" if BULLET.match(run[0]) else "paragraph"
    if markdown and run[0].lstrip().startswith("[^"):
        kind = "note"
    lines = [line.lstrip("> ") if markdown else line for line in run]
    text = clean(_inline(_unwrapped(lines)) if markdown else _unwrapped(lines))
    if text:
        yield DraftBlock(text, kind)


def _unwrapped(lines: Sequence[str]) -> str:
    text = lines[0].rstrip()
    for line in lines[1:]:
        glue = "" if re.search(r"[^\W\d_]-\Z", text) and line.lstrip()[:1].islower() else " "
        text += glue + line.strip()
    return text


def _inline(text: str) -> str:
    """Without marks of links and emphasis."""
    text = LINK.sub(r"\1", IMAGE.sub("", text))
    text = EMPHASIS.sub(lambda match: match[2] or match[4], text)
    return ESCAPE.sub(r"\1", text).replace("`", "")
