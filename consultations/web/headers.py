"""What every answer of the server says about itself."""

from flask import Flask, Response, make_response, request
from flask.typing import ResponseReturnValue

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

CONNECTING = f"{POLICY}; connect-src 'self'; worker-src 'self'"
"""The policy of the few pages whose scripts ask the server for something."""

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

SECONDS_TO_WAIT = {429: "60", 503: "60"}
"""When whoever came too early may come again, as the sentence on the page says."""


def _add(response: Response) -> Response:
    wanted = {**ALWAYS, "Cache-Control": "no-store" if request.method == "POST" else "no-cache"}
    if response.status_code in SECONDS_TO_WAIT:
        wanted["Retry-After"] = SECONDS_TO_WAIT[response.status_code]
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend(each for each in wanted.items() if each[0].lower() not in present)
    return response


def connecting(answer: ResponseReturnValue) -> Response:
    """An answer whose scripts may ask the server for something."""
    response: Response = make_response(answer)
    response.headers["Content-Security-Policy"] = CONNECTING
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add)
