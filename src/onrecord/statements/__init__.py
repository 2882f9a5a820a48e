"""Who said what on this page, to whom, when, and by whose report?"""

from onrecord.statements.days.when import TimeWords, find_times, resolve_when
from onrecord.statements.find import find_statements
from onrecord.statements.quotations.marks import Quotation, find_quotations

__all__ = ["Quotation", "TimeWords", "find_quotations", "find_statements", "find_times", "resolve_when"]
