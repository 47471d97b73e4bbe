"""The same sale in several sources is one record."""

from dataclasses import replace
from itertools import permutations

import pytest

from catnlp.domain import ArmsSale, SaleItem, SaleSource
from catnlp.sales.likeness import likeness
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


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("AH-1Z Viper (combat helicopter)", "AH-1Z Cobra attack helicopters", 2),
        ("Viper helicopters", "AH-1Z Viper", 2),
        ("Leopard tanks", "Leopard 2 tanks", 2),
        ("F-16 C Block 70", "F-16C aircraft", 2),
        ("F-16 aircraft", "F-16C Block 40 fighters", 1),
        ("UH-60M Black Hawk", "UH-60 Black Hawk helicopters", 1),
        ("frigates", "TKMS frigates", 1),
        ("155 mm howitzers", "155mm howitzers", 1),
        ("155mm howitzers", "122mm howitzers", 0),
        ("Type 41 frigates", "Type 209 submarines", 0),
        ("Leopard 1 tanks", "Leopard 2 tanks", 0),
        ("F-16C aircraft", "F-16D aircraft", 0),
        ("MiG-29 fighters", "MiG-31 fighters", 0),
        ("M1 tanks", "M109 howitzers", 0),
        ("light attack helicopters", "light attack aircraft", 0),
        ("helicopters", "attack helicopters", 0),
        ("Super Tucano aircraft", "Super Hornet aircraft", 0),
    ],
)
def test_likeness(one: str, other: str, expected: int) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


def order(name: str, goods: str, number: int = 12, **fields: object) -> ArmsSale:
    sale, _ = sighting("register", name, items=(SaleItem(goods, number),), **fields)
    return sale


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        # a type and its version, in one year from one supplier
        (order("a", "F-16 aircraft"), order("b", "F-16C Block 40"), True),
        (order("a", "F-16 aircraft"), order("b", "F-16C Block 40", supplier=""), False),
        (order("a", "F-16 aircraft"), order("b", "F-16C Block 40", date=""), False),
        # other years: the next stage, the same value or the delivery says that it is one
        (order("a", "F-16", date="2021"), order("b", "F-16", date="2022"), False),
        (
            order("a", "F-16", date="2021", stage="notified"),
            order("b", "F-16", date="2023", stage="signed"),
            True,
        ),
        (
            order("a", "F-16", date="2021", stage="signed"),
            order("b", "F-16", date="2023", stage="notified"),
            False,
        ),
        (
            order("a", "F-16", date="2021", stage="notified"),
            order("b", "F-16", date="2029", stage="signed"),
            False,
        ),
        (
            order("a", "F-16", date="2021", stage="notified"),
            order("b", "F-16", date="2023", stage="signed", supplier=""),
            False,
        ),
        (
            order("a", "F-16", date="2021", value=9e8, currency="USD"),
            order("b", "F-16", date="2022", value=9e8, currency="USD"),
            True,
        ),
        (
            order("a", "F-16", date="2012", delivered="2016", delivered_until="2018"),
            order("b", "F-16", date="2017", stage="delivered"),
            True,
        ),
        (
            order("a", "F-16", date="2012", delivered="2016", delivered_until="2018"),
            order("b", "F-16", date="2020", stage="delivered"),
            False,
        ),
        (order("a", "Type 41 frigates", 2), order("b", "Type 209 submarines", 2), False),
    ],
)
def test_same_by_goods_and_time(one: ArmsSale, other: ArmsSale, is_same: bool) -> None:
    assert same(one, other) == same(other, one) == is_same


def test_same_not_for_two_lines_of_one_register() -> None:
    line = replace(order("a", "F-16"), method="register:sipri", stage="signed")
    assert not same(line, replace(line, id="b", start=1))
    assert same(line, replace(line, id="b", start=1, document_id="another"))
    assert same(line, replace(line, id="b", start=1, stage="delivered"))


def test_merge_what_fits_two_orders_is_neither() -> None:
    first = sighting("register", "a", date="2021", items=(SaleItem("F-16", 12),))
    second = sighting("register", "b", date="2022", items=(SaleItem("F-16", 12),))
    undated = sighting("report", "c", date="", items=(SaleItem("F-16", 12),))
    assert [len(sale.sources) for sale in merge([first, second, undated])] == [1, 1, 1]
    dated = sighting("report", "d", date="2022-03-01", items=(SaleItem("F-16", 12),))
    assert sorted(len(sale.sources) for sale in merge([first, second, dated])) == [1, 2]
