"""Arms sales of a document."""

from collections.abc import Sequence

from catnlp.domain import ArmsSale, Document, Sentence
from catnlp.link.calendar import calendar
from catnlp.sales.deals import read_deals
from catnlp.sales.notices import is_notice, read_notice


def find_sales(document: Document, sentences: Sequence[Sentence]) -> tuple[ArmsSale, ...]:
    """The sale of a notice, or the sales that sentences of another document name."""
    if is_notice(document):
        sale = read_notice(document)
        return (sale,) if sale else ()
    around = calendar(document.title, document.genre, document.published)
    return tuple(sale for sentence in sentences for sale in read_deals(sentence, around))
