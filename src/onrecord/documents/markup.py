"""XML of word processors as a stream of elements, in memory that does not grow with the file."""

from collections.abc import Callable, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from onrecord.documents.values import DocumentFault

__all__ = ["stream_xml"]

MAX_ELEMENTS = 20_000_000
_PIECE = 1 << 18


class _TooMany(Exception):
    """There are more elements than any document has."""


class _Declares(Exception):
    """The XML declares a document type: word processors write none, and one can make a few bytes endless."""


def stream_xml(
    data: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> str | None:
    """Call for each start, end and text of the XML, names without namespaces.

    Return what is wrong where it breaks off: what came before has been read.
    """
    left = MAX_ELEMENTS
    names: dict[str, str] = {}

    def short(name: str) -> str:
        found = names.get(name)
        if found is None:
            found = name.rpartition("}")[2]
            if len(names) < 5000:
                names[name] = found
        return found

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMany
        start(short(name), {short(key): value for key, value in attributes.items()} if attributes else {})

    def on_declaration(*_: object) -> None:
        raise _Declares

    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda name: end(short(name))
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = on_declaration
    try:
        for at in range(0, len(data), _PIECE):
            parser.Parse(data[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except ExpatError as fault:
        return f"its XML breaks off ({fault})"
    except _TooMany:
        return f"it has more than {MAX_ELEMENTS:,} elements"
    except _Declares:
        raise DocumentFault(
            "its XML declares a document type, which no word processor writes; open it in one and save it "
            "again."
        ) from None
    return None
