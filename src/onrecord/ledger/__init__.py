"""What is on record, and how do I find it again?"""

from onrecord.ledger.bulk import bulk
from onrecord.ledger.comments import iter_comments, list_comments
from onrecord.ledger.digest import entry_id, page_id
from onrecord.ledger.entries import make_entries, page_summary
from onrecord.ledger.people import assign_speaker, match_names
from onrecord.ledger.quotation import check_quotation
from onrecord.ledger.record import has_capture, record_capture, record_problem, record_reading
from onrecord.ledger.search import find_again, get_entry, iter_entries, search_entries
from onrecord.ledger.show import (
    count,
    count_articles,
    find_speakers,
    get_page,
    get_speaker,
    get_versions,
    list_filed_from,
    list_pages,
    list_problems,
    list_speakers,
    list_versions,
)
from onrecord.ledger.store import Ledger, open_ledger
from onrecord.ledger.stories import get_remark, get_story, list_stories
from onrecord.ledger.subjects import About, find_about, read_around
from onrecord.ledger.verify import check_ledger

__all__ = [
    "About",
    "Ledger",
    "assign_speaker",
    "bulk",
    "check_ledger",
    "check_quotation",
    "count",
    "count_articles",
    "entry_id",
    "find_about",
    "find_again",
    "find_speakers",
    "get_entry",
    "get_page",
    "get_remark",
    "get_speaker",
    "get_story",
    "get_versions",
    "has_capture",
    "iter_comments",
    "iter_entries",
    "list_comments",
    "list_filed_from",
    "list_pages",
    "list_problems",
    "list_speakers",
    "list_stories",
    "list_versions",
    "make_entries",
    "match_names",
    "open_ledger",
    "page_id",
    "page_summary",
    "read_around",
    "record_capture",
    "record_problem",
    "record_reading",
    "search_entries",
]
