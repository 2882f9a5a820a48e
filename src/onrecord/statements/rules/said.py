"""An attribution on its way to a statement: with its speaker, its sentence and its paragraph."""

from dataclasses import dataclass

from onrecord.statements.rules.attribution import Attribution
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.types import Relay, Span, Speaker

__all__ = ["Said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said, by whom, in which sentence of which paragraph. `open` tells that its quotation goes
    on in the next paragraph."""

    what: Attribution
    speaker: Speaker | None
    sentence: Span
    paragraph: Paragraph
    open: bool = False
    via: tuple[Relay, ...] = ()
