"""Sales in the store: made anew the same, over documents, and from an older store."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from catnlp.address import Where
from catnlp.domain import ArmsSale, SaleItem
from catnlp.store import open_store
from catnlp.store.migrations import STEPS
from catnlp.store.sqlite import APPLICATION_ID
from tests.analyses import analysis

OLD = 2  # steps of a store that had a link for each sale of a document


def sale(name: str, **changes: object) -> ArmsSale:
    made = ArmsSale(
        f"sale-{name}", name, "TGO", 0, 10, "USA", stage="notified", date="2021",
        items=(SaleItem("AB-12 helicopters", 12),), method="rule:deal", quote="Police in Lom",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_relink_sales_is_the_same_each_time(
    new_address: Callable[[], Where],
) -> None:
    dumps = []
    for order in (("a", "b"), ("b", "a")):
        with open_store(new_address()) as store:
            store.begin_input("x", "1", 1)
            for name in order:
                store.put(replace(analysis(name), sales=(sale(name),)), "x")
            store.relink_sales()
            dumps.append(list(store.dump()))
            store.relink_sales()
            dumps.append(list(store.dump()))
            ((record, _),) = store.sales("TGO")
            assert len(record.sources) == 2
            assert {link.kind for link in store.sale_links("TGO")} == {"recipient"}
    assert all(dump == dumps[0] for dump in dumps)


def test_relink_sales_one_document_alone_links_nothing(address: Where) -> None:
    with open_store(address) as store:
        store.begin_input("x", "1", 1)
        store.put(replace(analysis("a"), sales=(sale("a", date="1995"),)), "x")
        store.relink_sales()
        assert store.sales("TGO")
        assert not store.sale_links("TGO")


def test_open_store_brings_an_older_one_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = sqlite3.connect(path)
    for step in STEPS[:OLD]:
        db.executescript(step)
    record = (
        '{"id": "s", "document_id": "d", "recipient": "TGO", "start": 0, "end": 4,'
        ' "supplier": "USA", "date": "2021", "items": [{"name": "tanks", "quantity": 3,'
        ' "start": 0, "end": 1}], "contractors": ["A firm, Lynn, MA"], "value": null}'
    )
    db.execute(
        "INSERT INTO documents VALUES ('d','u','t','r','Title','','news','','en','','','[]',x'')"
    )
    db.execute("INSERT INTO sales VALUES ('s', 'd', 'TGO', 'USA', ?)", (record,))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {OLD}")
    db.commit()
    db.close()
    with open_store(path, read_only=True) as store:
        ((found, title),) = store.sales("TGO")
    assert (found.items[0].quantity, title) == (3, "Title")
