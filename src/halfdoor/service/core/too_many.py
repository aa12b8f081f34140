"""
What somebody is told where more wait than can be answered soon.

It is said before anything is known of them, their language among it, so it stands there in each of ours.
"""

AGAIN = 30
"""After how many seconds to come again: by then most of what waits before them is done."""

_SAID = {
    "en": "Very many people are here at this moment. Please load this page again in half a minute. If somebody may be "
    "in danger, do not wait: call the emergency number.",
    "es": "En este momento hay muchísima gente. Vuelva a cargar esta página dentro de medio minuto. Si alguien puede "
    "estar en peligro, no espere: llame al número de emergencias.",
    "cy": "Mae llawer iawn o bobl yma ar hyn o bryd. Llwythwch y dudalen hon eto ymhen hanner munud. Os gall rhywun "
    "fod mewn perygl, peidiwch ag aros: ffoniwch y rhif argyfwng.",
}
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><title>Halfdoor</title>'
    + "".join(f'<p lang="{language}">{words}</p>' for language, words in _SAID.items())
    + "</html>"
).encode()
HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-length", str(len(PAGE)).encode()),
    (b"retry-after", str(AGAIN).encode()),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
