"""What the rules and the model take each line of a page for: `python -m evals.rules PAGE`.

Prints a line for each line of the page: the rules' role, the model's where it differs, how sure the model is
of what was chosen (per cent), and the line's first words.
"""

import sys
from pathlib import Path

from onrecord.capture import read_captures
from onrecord.models.roles import rate_roles
from onrecord.page.decode import decode
from onrecord.page.headline import find_headline
from onrecord.page.html_roles import label_html
from onrecord.page.place import find_place, stay_home
from onrecord.page.read import find_lines, list_lines, list_titles
from onrecord.page.roles import choose_roles, find_first
from onrecord.page.shown import show_html
from onrecord.page.signals import measure_html, measure_text
from onrecord.page.text_roles import label_lines
from onrecord.page.told import find_body
from onrecord.types import ROLES, Capture

__all__ = ["main"]


def explain(capture: Capture) -> None:
    """Print what rules and model say of the lines of a page."""
    source = decode(capture.payload, capture.charset, capture.media_type)[0]
    if capture.media_type == "text/html":
        walk, head, *_ = show_html(source)
        titles = list_titles(head)
        place = find_place(walk, find_body(head.json_ld))
        lines, headline = place.lines, find_headline(place, titles)
        stay_home(walk, place, headline)
        rough = label_html(place, headline)
        rates = rate_roles(measure_html(walk, place, titles, rough).arrays(), dom=True)
    else:
        lines = list_lines(source, find_lines(source))
        rough = label_lines(lines)
        rates = rate_roles(measure_text(lines, rough).arrays(), dom=False)
        headline = find_first(rates)
    chosen = choose_roles(rates, rough, lines, headline)
    for line, rule, role, rate in zip(lines, rough, chosen, rates, strict=True):
        told = "" if role == rule else role
        print(f"{rule:<10} {told:<10} {100 * rate[ROLES.index(role)]:3.0f}  {line[:70]}")


def main(argv: list[str]) -> None:
    """Explain every page of a file."""
    for one in read_captures(Path(argv[0])):
        if isinstance(one, Capture):
            explain(one)


if __name__ == "__main__":
    main(sys.argv[1:])
