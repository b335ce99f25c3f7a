"""The Chromium of this machine, and how it is started so that it asks nobody for anything."""

import shutil

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The path of a Chromium on this machine, of the one without windows where there is one.

    Tests take three fifths of the time in it: it builds no bar for addresses, whose pages nobody
    sees.
    """
    without_windows = "chromium-headless-shell", "chrome-headless-shell"
    names = *without_windows, "chromium", "chromium-browser", "google-chrome", "chrome"
    return next(filter(None, map(shutil.which, names)), None)
