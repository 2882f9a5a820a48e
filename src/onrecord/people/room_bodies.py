"""Which body of a room is meant by a short form, by the end of a name, by what kind of body it is? Pure.

Short forms ("FWO"), ends of names ("the Gulls" of "Selm Gulls") and kinds of bodies ("the Foreign Ministry")
are those of the one body of their page, else of their story, that they fit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.people.bodies import ends_alike, is_short
from onrecord.people.body import first_letters, plain_words, read_body, without_short
from onrecord.people.names import compare_names, is_bare
from onrecord.people.placed import Bearer, Placed

__all__ = ["name_bodies"]


class _Bodies:
    """The bodies of a room by what they can be found by: a word of their name, or its first letters."""

    def __init__(self, bodies: Sequence[Placed]) -> None:
        self.pages: dict[str, set[str]] = defaultdict(set)
        self.by_word: dict[str, set[Placed]] = defaultdict(set)
        self.by_letters: dict[str, set[Placed]] = defaultdict(set)
        self.bare: dict[str, set[str]] = defaultdict(set)
        for one in bodies:
            self.pages[one.id].add(one.page)
            if is_bare(one.name, one.type):
                self.bare[plain_words(one.name)].add(one.id)
                continue
            plain = Placed(id=one.id, page="", name=one.name, type=one.type)
            for word in read_body(one.name).words:
                self.by_word[word].add(plain)
            for letters in first_letters(without_short(one.name)):
                self.by_letters[letters].add(plain)


def name_bodies(bodies: Sequence[Placed]) -> dict[str, Bearer]:
    """Return for the names of bodies that say little alone the one body that they mean."""
    known = _Bodies(bodies)
    found: dict[str, Bearer] = {}
    for one in bodies:
        if one.id in found:
            continue
        for why, ids in _ways(one, known):
            here = {id for id in ids if one.page in known.pages[id]}
            fitting = (here or ids) - {one.id}
            if len(fitting) == 1:
                room = "page" if here else "story"
                found[one.id] = Bearer(id=fitting.pop(), why=why.format(room=room))
            if fitting or one.id in found:
                break
    return found


def _ways(one: Placed, known: _Bodies) -> Iterator[tuple[str, set[str]]]:
    """Yield the ways in which a name may mean another body, the surest first, and whom it means by each."""
    if is_short(one.name):
        letters = re.sub(r"^the ", "", one.name, flags=re.IGNORECASE)
        fitting = known.by_letters[re.sub(r"\W", "", letters).casefold()]
        yield "the first letters of the one body of its {room} that they fit", {it.id for it in fitting}
    words = read_body(one.name).words
    near = {it for word in words for it in known.by_word[word] if it.id != one.id}
    yield (
        "the end of the name of one body of its {room}",
        {it.id for it in near if ends_alike(one.name, it.name)},
    )
    if len(words) > 1:
        # Only one of two is the other's name: the shorter.
        longer = [it for it in near if (len(read_body(it.name).words), it.name) > (len(words), one.name)]
        maybe = {it.id for it in longer if compare_names(one.name, it.name, one.type).needs is not None}
        yield "one body of its {room} in other words", maybe
    if is_bare(one.name, one.type):
        same = known.bare[plain_words(one.name)]
        yield "the same words in one {room}", {min(same)} - {one.id} if same else set()
