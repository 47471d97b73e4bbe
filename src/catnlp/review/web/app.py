"""The review page: routes, each a function that reads the store or keeps one decision."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime

from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catnlp.address import Where
from catnlp.domain import Decision
from catnlp.errors import CatnlpError, StoreError
from catnlp.gazetteer import country_name
from catnlp.gazetteer.countries import countries as country_table
from catnlp.review import decide
from catnlp.review.replay import labels_of
from catnlp.review.web.forms import decision_from, snapshot
from catnlp.review.web.guard import Guard, protect
from catnlp.review.web.picture import has_picture, page_picture
from catnlp.store import decisions, open_store, queue
from catnlp.store.database import Database
from catnlp.store.queue import ORDERS, Entry, QueueFilter
from catnlp.taxonomy import taxonomy

LARGEST = (1 << 63) - 1  # number that a store can have
LISTED = 100  # rows of the list on one page
Page = str | Response | tuple[str, int]


def make_app(store: Where, *, reviewer: str, guard: Guard) -> Flask:
    """The page for one reviewer on one store."""
    app = Flask(__name__, static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    protect(app, guard)
    app.context_processor(
        lambda: {
            "reviewer": reviewer,
            "key": guard.form_key,
            "nonce": g.get("nonce", ""),
            "taxonomy": taxonomy(),
            "country_name": country_name,
        }
    )
    for rule, method, view in (
        ("/", "GET", start),
        ("/flags", "GET", listed),
        ("/flags/<mention_id>", "GET", flag),
        ("/flags/<mention_id>", "POST", keep),
        ("/flags/<mention_id>/page.png", "GET", picture),
        (f"/withdraw/<int(max={LARGEST}):number>", "POST", withdraw),
    ):
        app.add_url_rule(rule, view.__name__, view, methods=[method])
    app.config.update(store=store, reviewer=reviewer)
    for code in (403, 404, 413, 421):
        app.register_error_handler(code, _error_page)
    app.register_error_handler(CatnlpError, _trouble)
    return app


def start() -> Page:
    """To the first flag that nobody has decided on."""
    wanted = _filter()
    with _reading() as db:
        found = queue.entries(db, wanted)
    if wanted.review == "decided":
        return redirect(_url("listed", wanted), 303)
    notice = {"gone": 1} if "gone" in request.args else {}
    return _to_next(found, "", wanted, **notice)


def listed() -> Page:
    """All flags that the filter lets through, a page of them."""
    wanted, page = _filter(), max(1, request.args.get("page", 1, int))
    with _reading() as db:
        found = queue.entries(db, wanted)
        among = _among(found, wanted)
        shown = among[LISTED * (page - 1) : LISTED * page]
        items = [item for entry in shown if (item := queue.item(db, entry.id))]
        return render_template(
            "list.html",
            items=items,
            page=page,
            pages=-(-len(among) // LISTED),
            **_frame(db, wanted, found),
        )


def flag(mention_id: str, problem: CatnlpError | None = None) -> Page:
    """One flag, with its context and the form to decide on it; and why that did not work."""
    wanted = _filter()
    with _reading() as db:
        item = queue.item(db, mention_id)
        if item is None:
            if isinstance(problem, StoreError):
                raise problem
            return redirect(_url("start", wanted, gone=1), 303)
        found = queue.entries(db, wanted)
        at = next((n for n, entry in enumerate(found) if entry.id == mention_id), None)
        before, after = _around(_among(found, wanted, mention_id), mention_id)
        page = render_template(
            "flag.html",
            item=item,
            beside=queue.beside(db, item),
            labels=labels_of(item.mention, item.links, item.quote_start),
            shown=snapshot(item),
            has_picture=has_picture(item),
            parts=_parts(item.quote, item.mention.start - item.quote_start, item.mention.trigger),
            position=None if at is None else at + 1,
            previous=before,
            following=after,
            error=str(problem or ""),
            form=request.form,
            **_frame(db, wanted, found),
        )
    return (page, _code(problem)) if problem else page


def picture(mention_id: str) -> Page:
    """The page of the document that the quote begins on."""
    with _reading() as db:
        item = queue.item(db, mention_id)
    found = page_picture(item) if item else None
    if found is None:
        abort(404, "The file is not where it was read, or it has changed.")
    return Response(found, mimetype="image/png")


def keep(mention_id: str) -> Page:
    """Keeps the decision, on the disk; only then goes to the next flag."""
    try:
        made = decision_from(request.form, _config("reviewer"), datetime.now(UTC))
        with open_store(_store()) as store:
            (kept,) = decide(store, [made])
    except CatnlpError as problem:
        return flag(mention_id, problem)
    wanted = _filter()
    if kept.verdict == "add":
        return redirect(_url("flag", wanted, mention_id=mention_id, last=kept.number), 303)
    with _reading() as db:
        found = queue.entries(db, wanted)
    return _to_next(found, mention_id, wanted, last=kept.number)


def withdraw(number: int) -> Page:
    """Takes a decision back, and returns to its flag."""
    with open_store(_store()) as store:
        with store.snapshot() as db:
            taken = decisions.decision(db, number)
            ids = [decisions.decided_mention(db, number), request.form.get("back", "")]
        if taken is None or taken.verdict == "withdraw":
            abort(404, f"There is no decision {number} to take back.")
        decide(store, [_withdrawal(taken, _config("reviewer"), datetime.now(UTC))])
        with store.snapshot() as db:
            there = next((i for i in ids if i and queue.item(db, i)), None)
    if there:
        return redirect(_url("flag", _filter(), mention_id=there), 303)
    return redirect(_url("start", _filter()), 303)


def _withdrawal(taken: Decision, reviewer: str, now: datetime) -> Decision:
    return replace(
        taken,
        verdict="withdraw",
        seen=None,
        given=None,
        withdraws=taken.number,
        reviewer=reviewer,
        decided=now.isoformat("T", "seconds"),
        why="",
        number=0,
    )


def _error_page(error: Exception) -> tuple[str, int]:
    code = getattr(error, "code", 500)
    return render_template("error.html", message=getattr(error, "description", "")), code


def _trouble(error: CatnlpError) -> tuple[str, int]:
    """The store is busy, or gone: what was sent can be sent again, and nothing typed is lost."""
    page = render_template("error.html", message=str(error), again=list(request.form.items()))
    return page, _code(error)


def _code(error: CatnlpError) -> int:
    return 503 if isinstance(error, StoreError) else 400


def _config(name: str) -> str:
    return str(current_app.config[name])


def _store() -> Where:
    place: Where = current_app.config["store"]
    return place


@contextmanager
def _reading() -> Iterator[Database]:
    with open_store(_store(), read_only=True) as store, store.snapshot() as db:
        yield db


def _filter() -> QueueFilter:
    values = {f.name: request.args.get(f.name, "") for f in fields(QueueFilter)}
    values["order"] = values["order"] if values["order"] in ORDERS else "place"
    return QueueFilter(**values)


def _url(view: str, wanted: QueueFilter, **more: object) -> str:
    """With the filter, where it is not the usual one."""
    usual = asdict(QueueFilter())
    kept = {name: value for name, value in asdict(wanted).items() if value != usual[name]}
    return url_for(view, **kept, **more)  # type: ignore[arg-type]


def _among(found: Sequence[Entry], wanted: QueueFilter, mention_id: str = "") -> list[Entry]:
    """Those that are wanted, decided or not, and the one that is shown."""
    test: Callable[[Entry], bool] = {
        "undecided": lambda entry: not entry.review,
        "decided": lambda entry: bool(entry.review),
    }.get(wanted.review, lambda entry: True)
    return [entry for entry in found if test(entry) or entry.id == mention_id]


def _around(found: Sequence[Entry], mention_id: str) -> tuple[str, str]:
    ids = ["", *(entry.id for entry in found), ""]
    at = ids.index(mention_id, 1) if mention_id in ids else 0
    return (ids[at - 1], ids[at + 1]) if at else ("", "")


def _to_next(
    found: Sequence[Entry], mention_id: str, wanted: QueueFilter, **more: object
) -> Response:
    """To the first undecided flag after this one, from the top again; to the list if none is."""
    at = next((n for n, entry in enumerate(found) if entry.id == mention_id), -1)
    for entry in [*found[at + 1 :], *found[: at + 1]]:
        if not entry.review:
            return redirect(_url("flag", wanted, mention_id=entry.id, **more), 303)
    return redirect(_url("listed", wanted, **more), 303)


def _frame(db: Database, wanted: QueueFilter, found: Sequence[Entry]) -> dict[str, object]:
    """What every page has: filter, progress."""
    return {
        "wanted": wanted,
        "url": lambda view, **more: _url(view, wanted, **more),
        "countries": queue.countries(db),
        "all_countries": country_table(),
        "total": len(found),
        "decided": sum(bool(entry.review) for entry in found),
        "last": _last(db),
    }


def _last(db: Database) -> object:
    """The decision that was just made, to be taken back where it was a slip."""
    number = request.args.get("last", 0, int)
    return decisions.decision(db, number) if 0 < number <= LARGEST else None


def _parts(quote: str, start: int, trigger: str) -> tuple[str, str, str]:
    end = start + len(trigger)
    return quote[:start], quote[start:end], quote[end:]
