"""
A small service that is wrong on purpose, never shipped: a scanner that finds nothing in it is not looking.

    python -m tests.drills.leaky_twin PORT

It listens on this machine alone, and each address has one fault: text from the address goes into SQL, into the page,
into a file's name or into a redirect as it came, and what cannot be read stops it.
"""

import json
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FAULTS = {
    "/people/": "SQL injection",
    "/search/": "cross-site scripting",
    "/papers/": "a file of the machine",
    "/leave/": "a redirect to anywhere",
    "/age/": "an error of the server",
}
_PEOPLE = ("Ada", "Ben", "Cem")


def schema() -> dict[str, Any]:
    """Return what an OpenAPI reader has to know of the addresses."""
    asked = {"/people/": "id", "/search/": "q", "/papers/": "name", "/leave/": "to", "/age/": "years"}
    paths = {
        path: {
            "get": {
                "parameters": [{"name": name, "in": "query", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "a page"}},
            }
        }
        for path, name in asked.items()
    }
    return {"openapi": "3.0.2", "info": {"title": "a twin with faults", "version": "1"}, "paths": paths}


class Leaky(BaseHTTPRequestHandler):
    """One visit."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        try:
            self.answer(address.path, asked)
        except sqlite3.Error as error:
            self.page(f"<p>sqlite3.OperationalError: {error}</p>", status=500)
        except (ValueError, OSError, KeyError) as error:
            self.page(f"<p>{type(error).__name__}</p>", status=500)

    def answer(self, path: str, asked: dict[str, str]) -> None:
        if path == "/people/":
            rows = _people().execute(f"SELECT id, name FROM person WHERE id = {asked['id']}").fetchall()
            self.page("".join(f"<p>{number} {name}</p>" for number, name in rows) or "<p>nobody</p>")
        elif path == "/search/":
            self.page(f"<p>Nothing found for {asked.get('q', '')}</p>")
        elif path == "/papers/":
            self.page(Path("/usr/share/", asked["name"]).read_text(errors="replace")[:4000])
        elif path == "/leave/":
            self.send_response(302)
            self.send_header("Location", asked["to"])
            self.end_headers()
        elif path == "/age/":
            self.page(f"<p>{int(asked['years']) + 1}</p>")
        elif path == "/openapi.json":
            self.page(json.dumps(schema()), kind="application/json")
        elif path == "/":
            links = ("/people/?id=1", "/search/?q=x", "/papers/?name=common-licenses", "/leave/?to=/", "/age/?years=9")
            self.page("".join(f'<a href="{link}">{link}</a> ' for link in links))
        else:
            self.page("<p>no such page</p>", status=404)

    def page(self, body: str, *, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        content = body.encode(errors="replace")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _people() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE person (id INTEGER, name TEXT)")
    connection.executemany("INSERT INTO person VALUES (?, ?)", enumerate(_PEOPLE, start=1))
    return connection


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Leaky).serve_forever()
