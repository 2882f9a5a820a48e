"""What is answered when two namings are compared: may they be one, must they be two, and why."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Answer", "Needs", "Verdict", "one", "perhaps", "two"]

Answer = Literal["one", "perhaps", "two"]

Needs = Literal["nobody else", "page or story", "story"]
"""What would make one of two that may be one. Nobody else: that no third is called so ("M. Ostrey"). Page or
story: that one of them tells whose a name is that says little alone ("Ostrey", "the ministry"). Story: the
same of two full names that would be two elsewhere ("Lucía Marbán", "Lucía Marbán Ortega").
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two namings are one's, why, and of those that may be one what would tell."""

    answer: Answer
    why: str
    needs: Needs | None = None

    @property
    def fits(self) -> bool:
        """Say whether the names themselves fit, so that a page, or nobody else's name, may make them one."""
        return self.answer == "one" or self.needs in ("nobody else", "page or story")


def one(why: str) -> Verdict:
    """Return that two are one."""
    return Verdict(answer="one", why=why)


def perhaps(why: str, needs: Needs | None) -> Verdict:
    """Return that two may be one, and what would tell; None where only a person can."""
    return Verdict(answer="perhaps", why=why, needs=needs)


def two(why: str) -> Verdict:
    """Return that two are two."""
    return Verdict(answer="two", why=why)
