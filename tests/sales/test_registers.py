"""Registers: known forms, an own mapping, and rows that cannot be read."""

import json
from pathlib import Path

import pytest

from catnlp.domain import ArmsSale, SaleItem
from catnlp.errors import InputError, UsageError
from catnlp.sales.registers import read_register

CASES = Path(__file__).parents[1] / "cases" / "sales"


def written(tmp_path: Path, name: str, content: object) -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def only(path: Path, mapping: str = "") -> ArmsSale:
    ((_, sale),) = read_register(path, mapping=mapping).sales
    return sale


def test_read_register_sipri_keeps_the_good_rows() -> None:
    register = read_register(CASES / "sipri.csv")
    assert register.mapping == "sipri"
    assert [line for line, _ in register.sales] == [5, 6, 7, 11]
    viper, eagle, cobra, puma = (sale for _, sale in register.sales)
    assert (viper.recipient, viper.supplier, viper.date, viper.stage) == (
        "NGA", "USA", "2022", "signed",
    )  # fmt: skip
    assert viper.items == (SaleItem("AH-1Z Viper (combat helicopter)", 12),)
    assert (eagle.date, eagle.delivered, eagle.delivered_until) == ("2011", "2016", "2018")
    assert (eagle.stage, cobra.items[0].quantity) == ("delivered", 2)
    assert puma.items == (SaleItem("Puma (transport helicopter)"),)
    assert "F-15SA" in eagle.quote


def test_read_register_reports_bad_rows_by_line() -> None:
    rows = read_register(CASES / "sipri.csv").bad
    bad = {row.line: row.reason for row in rows}
    assert set(bad) == {8, 9, 10, 11, 12, 13, 14}
    assert [row.line for row in rows if row.kept] == [11]
    assert "no state" in bad[8]
    assert "'Ruritania' is no state that is known" in bad[9]
    assert "date 'many'" in bad[10]
    assert "quantity 'some'" in bad[11]
    assert "nothing that is sold" in bad[12]
    assert "cells" in bad[13]
    assert bad[14] == "the same as line 7"


SIPRI = "Recipient,Supplier,Year of order,Number ordered,Weapon designation,Number delivered," \
    "Year(s) of delivery\n"  # fmt: skip


@pytest.mark.parametrize(
    ("supplier", "code"),
    [
        ("Turkiye", "TUR"), ("Korea South", "KOR"), ("\"Korea, South\"", "KOR"),
        ("\"Korea, Republic of\"", "KOR"), ("Korea (North)", "PRK"), ("Cote d'Ivoire", "CIV"),
        ("Unknown supplier(s)", ""), ("Unknown country", ""), ("fra", "FRA"),
    ],
)  # fmt: skip
def test_read_register_names_of_states(tmp_path: Path, supplier: str, code: str) -> None:
    path = written(tmp_path, "s.csv", f"{SIPRI}Chad,{supplier},2020,4,X-1,4,2021\n")
    assert only(path).supplier == code


@pytest.mark.parametrize(
    "recipient",
    ["Korea", "Congo", "Unknown recipient(s)", "Chad rebels", "France and Mali", "M23*"],
)
def test_read_register_no_state(tmp_path: Path, recipient: str) -> None:
    register = read_register(
        written(tmp_path, "s.csv", f"{SIPRI}{recipient},Italy,2020,4,X-1,4,2021\n")
    )
    assert not register.sales
    assert [row.kept for row in register.bad] == [False]


@pytest.mark.parametrize(
    ("ordered", "delivered", "quantity", "problems"),
    [
        ("12", "4", 12, 0), ("", "10", 10, 0), ("x", "10", 10, 0), ("?", "0", None, 0),
        ("x", "", None, 0), ("some", "10", None, 1), ("-3", "", None, 1),
    ],
)  # fmt: skip
def test_read_register_quantity(
    tmp_path: Path, ordered: str, delivered: str, quantity: int | None, problems: int
) -> None:
    path = written(tmp_path, "s.csv", f"{SIPRI}Chad,Italy,2020,{ordered},X-1,{delivered},2021\n")
    register = read_register(path)
    assert [sale.items for _, sale in register.sales] == [(SaleItem("X-1", quantity),)]
    assert [row.kept for row in register.bad] == [True] * problems


DOCUMENTED = (
    "recipient,supplier,items,value,currency,date,stage,transmittal,program,delivered,contractor\n"
)


def test_read_register_all_documented_columns_are_no_list_of_notifications(tmp_path: Path) -> None:
    rows = (
        "Egypt,France,24 Kestrel fighters,EUR 5 billion,,2031-02-16,signed,C-1,,2032-2035,Alder\n"
    )
    register = read_register(written(tmp_path, "g.csv", DOCUMENTED + rows))
    ((_, sale),) = register.sales
    assert register.mapping == "generic"
    assert (sale.supplier, sale.stage, sale.program) == ("FRA", "signed", "")
    assert (sale.value, sale.currency, sale.value_is_upper_estimate) == (5e9, "EUR", False)
    assert (sale.delivered, sale.delivered_until, sale.transmittal) == ("2032", "2035", "C-1")
    assert [firm.name for firm in sale.contractors] == ["Alder"]


def test_read_register_a_column_counts_before_what_holds_for_all_rows(tmp_path: Path) -> None:
    text = "country,transmittal,system,supplier,stage\nChad,31-1,X-1 radars,Italy,signed\n"
    sale = only(written(tmp_path, "g.csv", text), "dsca")
    assert (sale.supplier, sale.stage, sale.program) == ("ITA", "signed", "FMS")
    sale = only(written(tmp_path, "h.csv", text.replace("Italy,signed", ",")), "dsca")
    assert (sale.supplier, sale.stage) == ("USA", "notified")


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("CNY 40000000", "", (4e7, "CNY")), ("40 million", "SEK", (4e7, "SEK")),
        ("3bn Swedish kronor", "", (3e9, "SEK")), ("2 500 000", "€", (2.5e6, "EUR")),
        ("$5 million", "CAD", (5e6, "CAD")), ("US$5 million", "", (5e6, "USD")),
        ("A$5m", "AUD", (5e6, "AUD")), ("DEM 400 million", "", (4e8, "DEM")),
        ("n/a", "Rs", (None, "")), ("4000", "", (4000.0, "")),
    ],
)  # fmt: skip
def test_read_register_value(
    tmp_path: Path, value: str, currency: str, expected: tuple[float | None, str]
) -> None:
    path = written(tmp_path, "v.csv", f"{DOCUMENTED}Chad,Italy,3 trucks,{value},{currency},,,,,,\n")
    sale = only(path)
    assert (sale.value, sale.currency) == expected
    assert not read_register(path).bad


@pytest.mark.parametrize(
    ("value", "currency"),
    [
        ("free", ""), ("rial 2 million", ""), ("4 million", "Rs"), ("4000", "XAU"),
        ("US$5 million", "CAD"), ("$4 million - $5 million", ""), ("\"EUR 5,2 billion\"", ""),
        ("C$4 million", ""), ("-5", "EUR"),
    ],
)  # fmt: skip
def test_read_register_keeps_a_row_without_its_value(
    tmp_path: Path, value: str, currency: str
) -> None:
    path = written(tmp_path, "v.csv", f"{DOCUMENTED}Chad,Italy,3 trucks,{value},{currency},,,,,,\n")
    register = read_register(path)
    assert [(sale.value, sale.currency) for _, sale in register.sales] == [(None, "")]
    assert [(row.line, row.kept) for row in register.bad] == [(2, True)]


def test_read_register_items_below_zero(tmp_path: Path) -> None:
    text = "recipient,items\nChad,-3 tanks\nChad,4 M-3 tanks; 2 T-5 guns\n"
    register = read_register(written(tmp_path, "n.csv", text))
    assert [row.line for row in register.bad] == [2]
    assert [line for line, _ in register.sales] == [3]


def test_read_register_list_of_notifications(tmp_path: Path) -> None:
    row = {
        "country": "Republic of Korea", "transmittal": "31-07", "system": "KX Radars",
        "costUSD": 70500000, "date": "2031-02-01", "contractor": "Alder",
        "contractorLocation": "Ely, NV",
        "description": "the sale of eight (8) KX radars; and 2,000 KX fuzes. Also included are"
        " spares.",
    }  # fmt: skip
    sale = only(written(tmp_path, "list.jsonl", json.dumps(row)))
    assert (sale.recipient, sale.supplier, sale.program) == ("KOR", "USA", "FMS")
    assert (sale.value, sale.currency, sale.value_is_upper_estimate) == (70.5e6, "USD", True)
    assert [(i.quantity, i.name) for i in sale.items] == [(8, "KX radars"), (2000, "KX fuzes")]
    assert [(c.name, c.location) for c in sale.contractors] == [("Alder", "Ely, NV")]


def test_read_register_generic_form(tmp_path: Path) -> None:
    text = (
        "buyer;seller;goods;amount;currency;year;status\n"
        "KEN;ISR;3 drones and 12 rifles;EUR 4 million;;2020;delivered\n"
    )
    sale = only(written(tmp_path, "g.csv", text))
    assert (sale.recipient, sale.supplier, sale.date, sale.stage) == (
        "KEN",
        "ISR",
        "2020",
        "delivered",
    )
    assert (sale.value, sale.currency) == (4e6, "EUR")
    assert [(i.quantity, i.name) for i in sale.items] == [(3, "drones"), (12, "rifles")]


def test_read_register_own_mapping(tmp_path: Path) -> None:
    mapping = written(
        tmp_path, "m.toml",
        '[mine]\nsupplier = "FRA"\n[mine.columns]\nrecipient = ["Acheteur"]\n'
        'designation = ["Objet"]\n',
    )  # fmt: skip
    path = written(tmp_path, "x.json", {"sales": [{"Acheteur": "Chad", "Objet": "rifles"}]})
    assert only(path, str(mapping)).supplier == "FRA"
    with pytest.raises(InputError, match="no mapping fits"):
        read_register(path)


def test_read_register_wrong_mapping_or_file(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", "recipient,item\nKenya,rifles\n")
    with pytest.raises(UsageError, match="there are: sipri"):
        read_register(path, mapping="nosuch")
    unknown = written(tmp_path, "m.toml", '[mine.columns]\nbuyer = ["x"]\n')
    with pytest.raises(UsageError, match="there are: contractor"):
        read_register(path, mapping=str(unknown))
    with pytest.raises(UsageError, match="holds no mapping"):
        read_register(path, mapping=str(written(tmp_path, "empty.toml", "")))
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[größe.columns]\nrecipient = ["x"]\n'.encode("latin-1"))
    with pytest.raises(UsageError, match="not valid TOML"):
        read_register(path, mapping=str(latin))
    with pytest.raises(InputError, match="no header"):
        read_register(written(tmp_path, "t.csv", "just words\nand more\n"))
    with pytest.raises(InputError, match="damaged JSON"):
        read_register(written(tmp_path, "d.json", '[{"recipient": '))


def test_read_register_same_rows_same_ids(tmp_path: Path) -> None:
    one, other = (
        read_register(written(tmp_path, name, (CASES / "sipri.csv").read_text("utf-8")))
        for name in ("a.csv", "b.csv")
    )
    assert [s.id for _, s in one.sales] == [s.id for _, s in other.sales]
