"""May two namings be one person's or one body's, must they be two, and why? Pure: no database, no clock."""

from onrecord.people.groups import PrintedName, group_names
from onrecord.people.names import compare_names, find_fullest, match_names, read_name, split_joint
from onrecord.people.naming import Known, Naming, compare, find_fitting
from onrecord.people.placed import Bearer, Placed
from onrecord.people.rooms import find_bearers
from onrecord.people.verdict import Verdict

__all__ = [
    "Bearer",
    "Known",
    "Naming",
    "Placed",
    "PrintedName",
    "Verdict",
    "compare",
    "compare_names",
    "find_bearers",
    "find_fitting",
    "find_fullest",
    "group_names",
    "match_names",
    "read_name",
    "split_joint",
]
