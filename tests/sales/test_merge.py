"""The same sale in several sources is one record."""

from itertools import permutations

from catnlp.domain import ArmsSale, SaleItem, SaleSource
from catnlp.sales.merge import Sighting, merge, same


def sighting(kind: str, name: str, **fields: object) -> Sighting:
    values = {
        "supplier": "USA",
        "date": "2022-04-14",
        "items": (SaleItem("AH-1Z helicopters", 12),),
    }
    sale = ArmsSale(name, name, "NGA", 0, 9, **{**values, **fields})  # type: ignore[arg-type]
    return sale, SaleSource(kind, f"the {kind}", f"{name}.txt", name, quote=name)


NOTICE = sighting("notice", "n", transmittal="22-21", value=997e6, currency="USD", stage="notified")
NEWS = sighting(
    "report", "r", date="", supplier="", items=(SaleItem("AH-1Z Cobra attack helicopters", 12),)
)
REGISTER = sighting(
    "register", "g", date="2022", stage="delivered", delivered="2024",
    items=(SaleItem("AH-1Z Viper (combat helicopter)", 12),),
)  # fmt: skip


def test_merge_notice_news_and_register_whatever_the_order() -> None:
    results = {merge(order) for order in permutations([NOTICE, NEWS, REGISTER])}
    ((sale,),) = results
    assert [source.kind for source in sale.sources] == ["notice", "register", "report"]
    assert (sale.transmittal, sale.value, sale.date) == ("22-21", 997e6, "2022-04-14")
    assert (sale.stage, sale.delivered) == ("delivered", "2024")


def test_merge_id_stays_when_a_source_comes() -> None:
    (alone,), (joined,) = merge([NOTICE]), merge([NOTICE, NEWS])
    assert alone.id == joined.id


def test_same_needs_more_than_the_state() -> None:
    notice, _ = NOTICE
    for other in (
        sighting("report", "a", items=(SaleItem("A-29 Super Tucano aircraft", 12),)),
        sighting("report", "b", date="2016"),
        sighting("report", "c", supplier="TUR"),
        sighting("report", "d", items=(SaleItem("AH-1Z helicopters", 4),)),
        sighting("report", "e", value=300e6, currency="USD"),
        sighting("notice", "f", transmittal="25-10"),
        sighting("notice", "g", amends="22-21", transmittal="24-0C"),
    ):
        assert not same(notice, other[0]), other[1].uri


def test_same_by_value_where_no_number_is_given() -> None:
    notice, _ = NOTICE
    named = SaleItem("AH-1Z helicopters")
    other, _ = sighting("report", "v", value=1e9, currency="USD", items=(named,))
    assert same(notice, other)
    without, _ = sighting("report", "w", items=(named,))
    assert not same(notice, without)
