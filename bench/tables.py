"""The file of tables: one section a program, each under a title of its own."""

import re
from pathlib import Path

__all__ = ["replace_section"]

PATH = Path(__file__).parent / "TABLES.md"


def replace_section(text: str) -> None:
    """Put a section, which begins with its title, in the place of the one of the same title, or last."""
    title = text.partition("\n")[0]
    kept = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    sections = [part for part in re.split(r"^(?=# )", kept, flags=re.MULTILINE) if part.strip()]
    titles = [part.partition("\n")[0] for part in sections]
    if title in titles:
        sections[titles.index(title)] = text
    else:
        sections.append(text)
    PATH.write_text("\n".join(part.rstrip() + "\n" for part in sections), encoding="utf-8")
