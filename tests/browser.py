"""Find a Chromium for the browser tests, or install one: `python tests/browser.py`.

Looked for in this order: `ONRECORD_CHROMIUM`, the usual names on PATH, Playwright's own download. When there
is none: Debian's package when we are root and apt-get is there, else Playwright's download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["CHROMIUM_ARGS", "find_chromium", "install_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# A test browser talks to our own server and to nobody else: no updates, no downloads, no first-run pages.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the path of a Chromium that can be started, or None when this machine has none."""
    named = os.environ.get("ONRECORD_CHROMIUM")
    if named:
        # A name that was given and leads nowhere must not fall through to another browser unseen.
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    """Return the Chromium that Playwright downloaded for itself, if it did."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def install_chromium() -> None:
    """Install a Chromium: Debian's as root, else Playwright's own; CalledProcessError when that fails."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        try:
            subprocess.run(["apt-get", "update", "-q"], check=True, env=quiet)
            packages = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
            subprocess.run(packages, check=True, env=quiet)
        except subprocess.CalledProcessError as fault:
            print(f"apt-get ended with {fault.returncode}; trying Playwright's Chromium", file=sys.stderr)
        else:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Say which Chromium the browser tests will use; install one first when there is none."""
    if os.environ.get("ONRECORD_CHROMIUM") and not find_chromium():
        print(
            f"ONRECORD_CHROMIUM names {os.environ['ONRECORD_CHROMIUM']!r}, which is no program here: "
            "set it to the path of a Chromium, or unset it to have one found or installed",
            file=sys.stderr,
        )
        return 1
    if not find_chromium():
        print("no Chromium on this machine: installing one for the browser tests")
        try:
            install_chromium()
        except (OSError, subprocess.CalledProcessError) as fault:
            print(f"installing a Chromium failed: {fault}", file=sys.stderr)
    path = find_chromium()
    if path is None:
        print(
            "the browser tests need a Chromium and none was found or installed: install the package "
            "`chromium` (or Google Chrome), or set ONRECORD_CHROMIUM to the path of one, and run this again",
            file=sys.stderr,
        )
        return 1
    print(f"browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
