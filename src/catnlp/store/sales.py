"""Arms sales in the store: registers, one record for each sale, links to mentions."""

import json
from collections import defaultdict
from collections.abc import Iterator

from catnlp.domain import ArmsSale, CountryLink, EventDate, SaleLink, SaleSource
from catnlp.sales.links import Around, Window, link_sales
from catnlp.sales.merge import Sighting, merge
from catnlp.sales.registers import Register
from catnlp.store.database import Database
from catnlp.store.rows import country_link_of, mention_of, sale_link_of, sale_of, sale_record

KINDS = {"rule:notice": "notice", "rule:deal": "report"}
LINKED = "('affirmed', 'alleged')"


def put_register(db: Database, register: Register) -> None:
    """Keeps a register in place of what the same file had before."""
    db.execute("DELETE FROM registers WHERE uri = ?", (register.uri,))
    bad = json.dumps([[row.line, row.reason] for row in register.bad], ensure_ascii=False)
    db.execute(
        "INSERT INTO registers VALUES (?,?,?,?,?)",
        (register.uri, register.sha256, register.mapping, register.label, bad),
    )
    db.executemany(
        "INSERT INTO register_sales VALUES (?,?,?,?)",
        [(register.uri, line, s.recipient, sale_record(s)) for line, s in register.sales],
    )


def records(db: Database, country: str | None = None) -> list[ArmsSale]:
    """One record for each sale, by recipient and date, the undated last."""
    found = db.execute(
        "SELECT record FROM sale_records WHERE CAST(? AS TEXT) IS NULL OR recipient = ?"
        " ORDER BY recipient, date = '', date, id",
        (country, country),
    )
    return [sale_of(row["record"]) for row in found]


def links(db: Database, country: str) -> list[SaleLink]:
    """Links of mentions to sales to a country, the strongest first."""
    found = db.execute(
        "SELECT k.* FROM current_sale_links k JOIN sale_records s ON s.id = k.sale_id"
        " WHERE s.recipient = ? ORDER BY k.score DESC, k.sale_id, k.mention_id",
        (country,),
    )
    return [sale_link_of(row) for row in found]


def relink(db: Database, window: Window) -> None:
    """Makes sale_records and sale_links anew from all that the store holds."""
    by_recipient: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings(db):
        by_recipient[sighting[0].recipient].append(sighting)
    db.execute("DELETE FROM sale_links")
    db.execute("DELETE FROM sale_records")
    for recipient in sorted(by_recipient):
        merged = merge(by_recipient[recipient])
        db.executemany(
            "INSERT INTO sale_records VALUES (?,?,?,?,?)",
            [(s.id, s.recipient, s.supplier, s.date, sale_record(s)) for s in merged],
        )
        for around in mentions_on(db, recipient):
            links = link_sales(around, merged, window)
            db.executemany(
                "INSERT INTO sale_links VALUES (?,?,?,?,?,?,?,?)",
                [tuple(getattr(k, name) for name in SaleLink.__slots__) for k in links],
            )


def sightings(db: Database) -> Iterator[Sighting]:
    """Each sale as a document or a register names it."""
    for row in db.execute(
        "SELECT s.record, d.id, d.title, d.uri, d.published FROM sales s"
        " JOIN documents d ON d.id = s.document_id ORDER BY s.id"
    ):
        sale = sale_of(row["record"])
        yield sale, SaleSource(
            KINDS.get(sale.method, "report"), row["title"], row["uri"], row["id"],
            row["published"], sale.quote, sale.start, sale.end,
        )  # fmt: skip
    for row in db.execute(
        "SELECT s.record, s.line, r.* FROM register_sales s JOIN registers r ON r.uri = s.register"
        " ORDER BY s.register, s.line"
    ):
        sale = sale_of(row["record"])
        yield sale, SaleSource(
            "register", f"{row['label']}, line {row['line']}", row["uri"], row["sha256"],
            "", sale.quote, row["line"], row["line"],
        )  # fmt: skip


def mentions_on(db: Database, country: str) -> Iterator[Around]:
    """Affirmed and alleged mentions for which, or in which, a state stands, with the sentences
    around each."""
    links: dict[str, list[CountryLink]] = defaultdict(list)
    mine = "SELECT mention_id FROM current_links WHERE country = ?"
    for row in db.execute(f"SELECT * FROM current_links WHERE mention_id IN ({mine})", (country,)):
        links[row["mention_id"]].append(country_link_of(row))
    dates = {
        row["mention_id"]: EventDate(*row)
        for row in db.execute(f"SELECT * FROM event_dates WHERE mention_id IN ({mine})", (country,))
    }
    for row in db.execute(
        f"""
        SELECT m.*, s.text, s.paragraph, d.title, d.published, d.genre,
               (SELECT text FROM sentences n WHERE n.document_id = s.document_id
                AND n.paragraph = s.paragraph AND n.start_char < s.start_char
                ORDER BY n.start_char DESC LIMIT 1) AS before,
               (SELECT text FROM sentences n WHERE n.document_id = s.document_id
                AND n.paragraph = s.paragraph AND n.start_char > s.start_char
                ORDER BY n.start_char LIMIT 1) AS after
        FROM current_mentions m JOIN sentences s ON s.id = m.sentence_id
        JOIN documents d ON d.id = m.document_id
        WHERE m.status IN {LINKED} AND m.id IN ({mine}) ORDER BY m.id
        """,
        (country,),
    ):
        yield Around(
            mention_of(row), row["text"], row["before"] or "", row["after"] or "",
            tuple(links[row["id"]]), row["title"], row["published"], dates.get(row["id"]),
        )  # fmt: skip
