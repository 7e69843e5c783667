"""All HTML mails side by side, as a phone shows them: ``make mails`` writes the page and, with Chromium, a picture."""

from __future__ import annotations

import html
import math
import shutil
import subprocess
import sys
from pathlib import Path

from tests.unit.notifiers.notice_samples import MESSAGES

WIDTH, HEIGHT, COLUMNS = 390, 1150, 7
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


def page() -> str:
    """One page with a frame for every mail."""
    frames = "".join(
        f'<figure><figcaption>{name}</figcaption><iframe srcdoc="{html.escape(make().html)}"></iframe></figure>'
        for name, make in MESSAGES.items()
    )
    style = (
        f"body{{margin:0;display:grid;grid-template-columns:repeat({COLUMNS},{WIDTH}px);gap:16px;background:#888}}"
        f"figure{{margin:0}}figcaption{{font:16px sans-serif;color:#fff;padding:4px}}"
        f"iframe{{width:{WIDTH}px;height:{HEIGHT}px;border:0;background:#fff}}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{frames}"


def main(folder: Path) -> None:
    """Write ``contact-sheet.html`` into the folder, and ``contact-sheet.png`` where a browser is found."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet, picture = folder / "contact-sheet.html", folder / "contact-sheet.png"
    sheet.write_text(page(), encoding="utf-8")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print(f"{sheet}: open it in a browser; no Chromium here to take its picture (apt install chromium)")
        return
    rows = math.ceil(len(MESSAGES) / COLUMNS)
    size = f"--window-size={(WIDTH + 16) * COLUMNS},{(HEIGHT + 45) * rows}"
    subprocess.run(
        [browser, *FLAGS, size, f"--screenshot={picture}", sheet.resolve().as_uri()], check=True, capture_output=True
    )
    print(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/mails"))
