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
    assert [line for line, _ in register.sales] == [5, 6, 7]
    viper, eagle, cobra = (sale for _, sale in register.sales)
    assert (viper.recipient, viper.supplier, viper.date, viper.stage) == (
        "NGA", "USA", "2022", "signed",
    )  # fmt: skip
    assert viper.items == (SaleItem("AH-1Z Viper (combat helicopter)", 12),)
    assert (eagle.date, eagle.delivered, eagle.delivered_until) == ("2011", "2016", "2018")
    assert (eagle.stage, cobra.items[0].quantity) == ("delivered", 2)
    assert "F-15SA" in eagle.quote


def test_read_register_reports_bad_rows_by_line() -> None:
    bad = {row.line: row.reason for row in read_register(CASES / "sipri.csv").bad}
    assert set(bad) == {8, 9, 10, 11, 12, 13, 14}
    assert "no state" in bad[8]
    assert "'Ruritania' is no state that is known" in bad[9]
    assert "date 'many'" in bad[10]
    assert "quantity 'some'" in bad[11]
    assert "nothing that is sold" in bad[12]
    assert "cells" in bad[13]
    assert bad[14] == "the same as line 7"


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
