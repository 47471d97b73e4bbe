"""Who may talk to the review page: the one who has its token, from the page itself."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from flask import Flask, Response, abort, g, redirect, request

MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Guard:
    """A random token, and the hosts by which the page may be called.

    The host check stops other sites that point their own name at this machine; the strict
    cookie, the form's key and the origin check stop them from sending decisions.
    """

    token: str
    hosts: Collection[str]  # with port

    @property
    def form_key(self) -> str:
        """What each form carries; another site cannot read it."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    @property
    def cookie(self) -> str:
        """Cookies are shared by all ports of a host, so each token has its own name."""
        return "catnlp-" + hashlib.sha256(self.token.encode()).hexdigest()[:8]


def protect(app: Flask, guard: Guard) -> None:
    """Checks each request, and tells the browser to load nothing from anywhere."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES

    @app.before_request
    def check() -> Response | None:
        if request.host not in guard.hosts:
            abort(421, "This page is not served under that name.")
        g.nonce = secrets.token_urlsafe(16)
        given = request.args.get("token")
        if given is not None and request.method == "GET" and _same(given, guard.token):
            response = redirect("/")
            response.set_cookie(guard.cookie, guard.token, httponly=True, samesite="Strict")
            return response  # type: ignore[return-value]  # werkzeug's, of which Flask's is one
        if not _same(request.cookies.get(guard.cookie, ""), guard.token):
            abort(403, "Open the address that `catnlp review serve` printed; it has the key.")
        if request.method != "GET":
            _check_form(guard)
        return None

    @app.after_request
    def close(response: Response) -> Response:
        nonce = g.get("nonce", "")
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
            "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response


def _check_form(guard: Guard) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] not in guard.hosts:
        abort(403, "Another site sent this; nothing was kept.")
    if not _same(request.form.get("key", ""), guard.form_key):
        abort(403, "The form has no key; nothing was kept. Open the page again.")


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
