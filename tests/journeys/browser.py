"""
The browser of the journeys: an installed Chromium, else Playwright's own, else Debian's package.

Run as a command it makes sure that there is one, and fails where none can be had: a journey is never skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DOWNLOAD_SECONDS = 300
NONE_TO_BE_HAD = (
    "The journeys need a browser, and none could be found or installed.\n"
    "Install Chromium or Chrome, then run this again (Debian: apt install chromium; macOS: brew install chromium)."
)


def installed() -> str | None:
    """Return the path of an installed Chromium; None means that Playwright's own is to be used."""
    for command in COMMANDS:
        if found := shutil.which(command):
            return found
    return next((path for path in MAC_APPLICATIONS if Path(path).exists()), None)


def provide() -> bool:
    """Make sure that there is a browser, installing one if need be. Return whether there is."""
    return installed() is not None or _playwrights_own() or _debians()


def _playwrights_own() -> bool:
    if _starts():
        return True
    print("No Chromium is installed; asking Playwright for its own ...", flush=True)
    try:
        download = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(download, timeout=DOWNLOAD_SECONDS, check=True, capture_output=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return _starts()


def _starts() -> bool:
    """Whether Playwright's own Chromium is there and runs: on Linux it may lack system libraries."""
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(args=["--no-sandbox"]).close()
        except Error:
            return False
    return True


def _debians() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Debian's Chromium ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return installed() is not None


if __name__ == "__main__":
    sys.exit(None if provide() else NONE_TO_BE_HAD)
