"""What every answer of the server says about itself."""

from flask import Flask, Response, request

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


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add)
