"""Sends flags to a receiver that the user names. Nothing is ever sent without that."""

import hashlib
import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from catnlp.domain import Flag
from catnlp.errors import CatnlpError, UsageError

log = logging.getLogger(__name__)

TOKEN = "CATNLP_POST_TOKEN"  # name of the environment variable with a bearer token
LOOPBACK = ("localhost", "127.0.0.1", "::1")
AGAIN = (408, 425, 429, 500, 502, 503, 504)


class PostError(CatnlpError):
    """A receiver that could not be reached, or that refused."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How flags are sent: many in a request, and how long to try."""

    batch: int = 200
    attempts: int = 6
    wait: float = 1.0  # seconds before the second attempt; doubled for each further one
    longest: float = 60.0  # seconds to wait at most, whatever the receiver asks for
    timeout: float = 30.0


class _NoRedirects(HTTPRedirectHandler):
    """What is sent goes to the address named, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def post(
    found: Iterable[Flag],
    url: str,
    *,
    plain_http: bool = False,
    pace: Pace = Pace(),
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Sends {"flags": [...]} in batches; the number of flags sent.

    The `Idempotency-Key` of a batch comes from its content, so that a receiver can drop what it
    has already. PostError says how many were taken before it stopped.
    """
    _check(url, plain_http)
    sent = 0
    for body, count in _batches(found, pace.batch):
        try:
            _send(url, body, pace, sleep)
        except PostError as error:
            raise PostError(f"{error}; {sent} flags were taken before, run it again") from error
        sent += count
    return sent


def shown(url: str) -> str:
    """The address without its query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _check(url: str, plain_http: bool) -> None:
    """UsageError repeats nothing of an address that may have a password in an odd place."""
    try:
        parts = urlsplit(url)
        well = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of a port that is no number, or a bracket that does not close
        well = False
    if not well or not re.fullmatch(r"[!-~]+", url):
        raise UsageError(
            "--post: not an address to post to; give https://host/path, with special characters "
            "as %XX"
        )
    if "@" in parts.netloc + parts.path:
        raise UsageError(
            f"--post: an address with a user or password is not taken; set {TOKEN}, which is sent "
            "as a bearer token (an @ in a path is %40)"
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not plain_http:
        raise UsageError(
            f"{shown(url)}: would go unencrypted; use https, or --plain-http to allow it"
        )


def _batches(found: Iterable[Flag], size: int) -> Iterator[tuple[bytes, int]]:
    rest = iter(found)
    while batch := list(islice(rest, size)):
        flags = [asdict(flag) for flag in batch]
        body = json.dumps({"flags": flags}, ensure_ascii=False, sort_keys=True)
        yield body.encode(), len(batch)


def _send(url: str, body: bytes, pace: Pace, sleep: Callable[[float], None]) -> None:
    wait = pace.wait
    for attempt in range(1, pace.attempts + 1):
        reason, asked = _once(url, body, pace.timeout)
        if not reason:
            return
        if attempt < pace.attempts:
            pause = min(pace.longest, max(wait, asked))
            log.info("%s: %s; trying again in %.0f s", shown(url), reason, pause)
            sleep(pause)
            wait *= 2
    raise PostError(f"{shown(url)}: gave up after {pace.attempts} attempts ({reason})")


def _once(url: str, body: bytes, timeout: float) -> tuple[str, float]:
    """Why it has to be sent again ("" where it was taken), and the wait asked for in seconds."""
    handlers = [ProxyHandler({})] if urlsplit(url).hostname in LOOPBACK else []
    request = Request(url, body, _headers(body), method="POST")
    try:
        with build_opener(_NoRedirects, *handlers).open(request, timeout=timeout):
            return "", 0.0
    except HTTPError as error:
        with error:
            if error.code not in AGAIN:
                raise PostError(
                    f"{shown(url)}: refused with status {error.code} {error.reason}"
                ) from error
            asked = error.headers.get("Retry-After", "")
            return f"status {error.code}", float(asked) if asked.isdigit() else 0.0
    except (URLError, TimeoutError, ConnectionError) as error:
        return str(getattr(error, "reason", error)), 0.0


def _headers(body: bytes) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": hashlib.sha256(body).hexdigest(),
        "User-Agent": "catnlp",
    }
    token = os.environ.get(TOKEN)
    return {**headers, "Authorization": f"Bearer {token}"} if token else headers
