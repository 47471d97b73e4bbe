"""Hand-made analyses for tests of store, summaries and exports."""

from catnlp.domain import (
    Analysis,
    ArmsSale,
    Block,
    CountryLink,
    Document,
    Mention,
    Page,
    SaleItem,
    Sentence,
    make_id,
)
from catnlp.link import link_units


def analysis(
    name: str = "report",
    quotes: tuple[tuple[str, str, str, str], ...] = (
        (
            "Police in Lomé beat detainees – on May 3, 2023.",
            "beat detainees",
            "torture-ill-treatment",
            "affirmed",
        ),
        (
            "There were no reports of disappearances.",
            "disappearances",
            "enforced-disappearance",
            "negated",
        ),
    ),
    country: str = "TGO",
    *,
    title: str = "Report on Togo",
    url: str = "",
    pages: bool = False,
    role: str = "responsible",
    actor: str = "state",
    sale: bool = False,
) -> Analysis:
    """A document of the quotes given as (sentence, trigger, category, status); without a country
    nothing is linked."""
    text = "\n".join(quote for quote, *_ in quotes)
    sentences, mentions, blocks, start = [], [], [], 0
    for number, (quote, trigger, category, status) in enumerate(quotes, 1):
        end = start + len(quote)
        blocks.append(Block(start, end))
        sentence = Sentence(
            make_id("s", name, start), name, start, end, quote, ("Section 1.", "c. Torture"),
            number, page=1 if pages else None, page_label="iv" if pages else "",
        )  # fmt: skip
        sentences.append(sentence)
        if trigger:
            at = start + quote.index(trigger)
            mentions.append(
                Mention(make_id("m", name, at, category), name, sentence.id, at, at + len(trigger),
                        trigger, category, status, actor, 0.9, "test 1")
            )  # fmt: skip
        start = end + 1
    document = Document(
        id=name, uri=f"in/{name}.html", media_type="text/html", reader="html", title=title,
        text=text, blocks=tuple(blocks), url=url, published="2023-05", publisher="Us",
        pages=(Page(1, 0, len(text), "iv"),) if pages else (),
    )  # fmt: skip
    links = [CountryLink(m.id, country, role, 0.9, "title")  # type: ignore[arg-type]
             for m in mentions if country]  # fmt: skip
    sales = (
        ArmsSale(f"sale-{name}", name, country, 0, 10, "USA", stage="notified",
                 items=(SaleItem("tanks", 12),), value=2.5e9, currency="USD",
                 value_is_upper_estimate=True, date="2022"),
    )  # fmt: skip
    return Analysis(
        document, tuple(sentences), tuple(mentions), tuple(links), sales if sale else (),
        units=link_units(document, sentences, mentions, links),
    )  # fmt: skip
