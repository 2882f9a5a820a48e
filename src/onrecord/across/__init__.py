"""Which articles reprint one another, which are about one event, and which report the same words?"""

from onrecord.across.changes import Change, Changes, find_changes
from onrecord.across.copies import CopyMatch, group_copies, match_copy
from onrecord.across.fingerprints import fingerprint
from onrecord.across.history import Versions, VersionStep, read_versions
from onrecord.across.link import LinkCounts, link_pages
from onrecord.across.remarks import group_remarks
from onrecord.across.settle import Settled, settle_day, settle_saying
from onrecord.across.stories import StoryArticle, group_stories
from onrecord.across.versions import BlockChange, VersionDifference, apply_difference, compare_versions
from onrecord.people import PrintedName, group_names

__all__ = [
    "BlockChange",
    "Change",
    "Changes",
    "CopyMatch",
    "LinkCounts",
    "PrintedName",
    "Settled",
    "StoryArticle",
    "VersionDifference",
    "VersionStep",
    "Versions",
    "apply_difference",
    "compare_versions",
    "find_changes",
    "fingerprint",
    "group_copies",
    "group_names",
    "group_remarks",
    "group_stories",
    "link_pages",
    "match_copy",
    "read_versions",
    "settle_day",
    "settle_saying",
]
