"""What does a page say of itself: whose is it, who signed it, when and where was it written?"""

from onrecord.article.anchor import Anchor, find_anchor, find_bound, find_earliest
from onrecord.article.dateline import find_dateline
from onrecord.article.read import read_article
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords

__all__ = [
    "Anchor",
    "TimeWords",
    "find_anchor",
    "find_bound",
    "find_dateline",
    "find_earliest",
    "find_times",
    "read_article",
]
