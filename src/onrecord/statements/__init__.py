"""Who said what on this page, to whom, when, and by whose report?"""

from onrecord.statements.find import find_statements
from onrecord.statements.marks import Quotation, find_quotations
from onrecord.statements.when import TimeWords, find_times, resolve_when

__all__ = ["Quotation", "TimeWords", "find_quotations", "find_statements", "find_times", "resolve_when"]
