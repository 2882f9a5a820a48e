"""The commands of the command line, one module each: what may be asked, and how the answer is shown."""

from onrecord.views.commands.add import add
from onrecord.views.commands.batch import batch
from onrecord.views.commands.changes import changes
from onrecord.views.commands.check import check
from onrecord.views.commands.cite import cite
from onrecord.views.commands.correct import correct
from onrecord.views.commands.demo import demo
from onrecord.views.commands.export import export
from onrecord.views.commands.line import line
from onrecord.views.commands.page import page
from onrecord.views.commands.problems import problems
from onrecord.views.commands.review import review
from onrecord.views.commands.said import said
from onrecord.views.commands.serve import serve
from onrecord.views.commands.speaker import speaker
from onrecord.views.commands.story import story
from onrecord.views.commands.subject import subject
from onrecord.views.commands.timeline import timeline
from onrecord.views.commands.verify import verify

__all__ = ["COMMANDS"]

COMMANDS = (
    (add, "Add saved pages to the ledger."),
    (said, "List what was said: when, who, what, reported by whom."),
    (check, "Check a quotation against the pages."),
    (cite, "Cite statements: text, Markdown, CSL-JSON, BibTeX."),
    (story, "List the stories, or show one with its articles."),
    (timeline, "Show events and remarks of a story, speaker or subject by day."),
    (line, "Show how a speaker's line on a subject moved."),
    (subject, "List what is talked about, or who spoke about one thing."),
    (changes, "List statements altered or withdrawn in a later version."),
    (speaker, "List the speakers, or show one with all remarks; merge, split."),
    (correct, "Correct one statement: who, when, which words, or none."),
    (review, "List what people decided; undo, redo."),
    (page, "List the pages, or show one with its text marked."),
    (problems, "List the trouble that pages gave."),
    (export, "Write all statements to a file (JSONL, CSV)."),
    (verify, "Prove that every statement's words stand where it says."),
    (serve, "Show the ledger as pages in a browser."),
    (batch, "Read archives into tables, on all cores or a cluster."),
    (demo, "Build a ledger from made-up pages; show what it tells."),
)
"""In the order in which `onrecord --help` lists them, each with a short line."""
