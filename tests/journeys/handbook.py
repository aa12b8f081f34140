"""
The pictures of the handbook: a walk through the whole demonstration, light and dark, on a telephone and at a desk.

Run it with `make handbook`. It grows the demonstration in a folder of its own, serves it, and writes the pictures as
WebP, which the browser itself makes.
"""

import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from tests.house.tree import ROOT
from tests.journeys.browser import installed
from tests.journeys.visiting import DESK, TELEPHONE

FOLDER = ROOT / "docs" / "handbook"
SIZES = {"desk": DESK, "telephone": TELEPHONE}
THEMES = ("light", "dark")
QUALITY = 0.6
PATIENCE_SECONDS = 120

WALKS = {
    "today": "Ruth Adler",
    "somebody-asks": "Ruth Adler > Kai Fischer > Petra Fischer: what is said in sessions",
    "sharing-map": "Ruth Adler > Amina Khan > Sharing map",
    "what-they-will-see": "Ruth Adler > Amina Khan > Notes > A draft > See what they will see",
    "the-board": "Lena Vance",
    "decided-otherwise": "Lena Vance > Decided otherwise",
    "a-change-of-rules": "Lena Vance > Our rules > Parents keep asking",
    "process-notes-second": "Ruth Adler > Lena Vance asks to open process notes",
    "process-notes-author": "Joel Stern > Somebody asked for your process notes",
    "front-desk": "Omar Price",
    "unknown-callers": "Omar Price > Unknown callers",
    "shared-with-the-home": "Dan Price",
    "this-week": "Sara Khan",
    "an-answer": "Petra Fischer > What is said in sessions",
    "a-paper": "Sara Khan > What to expect",
    "my-page": "Amina Khan",
    "somebody-asked": "Kai Fischer > Uwe Fischer asked: what your sessions are about",
    "what-i-keep": "Lucia Rivera > By subject",
}
"""Each picture, and the way to what it shows: who, and then link by link or button by button."""

AS_WEBP = """async ([png, quality]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def main() -> None:
    folders = tempfile.TemporaryDirectory(prefix="halfdoor-handbook-")
    with folders as folder, demo(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
        for size, viewport in SIZES.items():
            for theme in THEMES:
                walk(browser, address, size=size, viewport=viewport, theme=theme)
        browser.close()
    whole = sum(picture.stat().st_size for picture in FOLDER.glob("*.webp"))
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {whole / 1e6:.1f} MB")


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """Grow the demonstration and serve it while the block lasts."""
    surroundings = os.environ | {"HALFDOOR_DATA": folder, "HALFDOOR_DEMO": "1"}
    subprocess.run([sys.executable, "-c", GROWS], env=surroundings, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "halfdoor"), "demo", "--port", str(port)]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL) as serving:
        try:
            address = f"http://localhost:{port}"
            _wait_for(address)
            yield address
        finally:
            serving.terminate()


GROWS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "halfdoor.service.settings"
import django
django.setup()
from halfdoor.service.core import clock, fitting, keys, within
from halfdoor.service.portals.demo import growing
fitting.bring_up_to_date()
with keys.ring(), within.everywhere():
    growing.grow(at=clock.now())
"""


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def walk(browser: Browser, address: str, *, size: str, viewport: dict[str, int], theme: str) -> None:
    """Take every picture in one size and one theme, with a page of our own to make WebP in."""
    maker = browser.new_page()
    for name, way in WALKS.items():
        context = browser.new_context(viewport=viewport, color_scheme=theme, reduced_motion="reduce")
        page = context.new_page()
        who, *steps = way.split(" > ")
        page.goto(address)
        page.get_by_role("button", name=f"Be {who}").first.click()
        for step in steps:
            _follow(page, step)
        page.wait_for_load_state("load")
        png = base64.b64encode(page.screenshot()).decode()
        webp = maker.evaluate(AS_WEBP, [png, QUALITY])
        (FOLDER / f"{name}-{size}-{theme}.webp").write_bytes(base64.b64decode(webp))
        context.close()
    maker.close()


def _follow(page: Page, step: str) -> None:
    """Go where a link leads that says this or begins with it, wherever a menu hides it; else press a button."""
    page.wait_for_load_state("load")
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => [one.textContent, one.href])")
    said = [(" ".join(words.split()), href) for words, href in links]
    found = [href for words, href in said if words == step] or [href for words, href in said if words.startswith(step)]
    if found:
        page.goto(found[0])
    else:
        page.get_by_role("button", name=step).first.click()


if __name__ == "__main__":
    main()
