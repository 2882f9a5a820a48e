"""What a page says of its article as JSON inside a meta tag, as services that count readers want it."""

from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node
from onrecord.article.json_text import read_json
from onrecord.types import Head

__all__ = ["META_JSON", "read_meta_json"]

META_JSON = "parsely-page"


def read_meta_json(head: Head) -> Node:
    """Return the members of the first such tag that holds an object, {} where there is none."""
    for found in all_meta(head, (META_JSON,)):
        for value in read_json(found.value):
            if isinstance(value, dict):
                return value
    return {}
