"""The tables of a ledger, as SQLAlchemy Core, the same on SQLite and PostgreSQL.

JSON columns hold text that msgspec wrote. The full-text tables (FTS5) are SQLite's own and live in
`fulltext.py`. Every change here is a new Alembic revision in `migrations/versions`.

Pages and entries have a number `n` beside their permanent id: it is the order in which they were added, and
the full-text tables need a whole number to point at that no VACUUM changes.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    text,
)

metadata = MetaData()

_CORRECTED, _HIDDEN = text("read IS NOT NULL"), text("hidden = 1")

# Where and when bytes were found, and where in the ledger's WARC files they lie. The same bytes at two
# addresses are two captures of one page.
captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payload_digest", Text, nullable=False),
    Column("page_id", Text, ForeignKey("pages.id"), nullable=False, index=True),
    Column("uri", Text, index=True),
    Column("place", Text, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("charset", Text),
    Column("captured_at", Text),
    Column("published", Text),
    Column("size", Integer, nullable=False),
    Column("warc_file", Text, nullable=False),
    Column("warc_offset", BigInteger, nullable=False),
    Column("added_at", Text, nullable=False),
)
Index("captures_once", captures.c.payload_digest, func.coalesce(captures.c.uri, ""), unique=True)
Index("captures_in_warc", captures.c.warc_file, captures.c.warc_offset)

pages = Table(
    "pages",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("payload_digest", Text, nullable=False, index=True),
    Column("text_version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),  # JSON [[start, end, role, tag, depth], ...]
    Column("encoding", Text),
    Column("uri", Text, index=True),  # of the first capture that had one, else the page's canonical link
    Column("place", Text, nullable=False),
    Column("captured_at", Text),
    Column("headline", Text),
    Column("outlet", Text),
    Column("published", Text, index=True),
    Column("published_known", Text),
    Column("language", Text),
    Column("credit", Text),
    Column(
        "article", Text, nullable=False
    ),  # JSON of the Article with every value's origin, its body as block rows
    Column("linked", Integer, nullable=False, default=0, server_default="0", index=True),  # as in `links.py`
    Column("added_at", Text, nullable=False),
    Column("section", Text),
    Column("authors", Text),  # JSON [name, ...]
    Column("filed_from", Text, index=True),  # the place of its dateline, as printed
    Column("read", Text),  # JSON of what the page says itself, where somebody has told better; else null
)

entries = Table(
    "entries",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("page_id", Text, ForeignKey("pages.id"), nullable=False, index=True),
    Column("seq", Integer, nullable=False),  # reading order on the page
    Column("kind", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("confidence", Float),
    Column("speaker_id", Text, ForeignKey("speakers.id"), index=True),
    Column("speaker_name", Text),
    Column("speaker_type", Text),
    Column("speaker_role", Text),
    Column("mentions", Text, nullable=False),  # JSON [[start, end], ...]
    Column("source", Text),
    Column("cue", Text),
    Column("content", Text, nullable=False),  # JSON [words, ...]
    Column("addressee", Text),
    Column("said_on", Text),
    Column("said_on_known", Text),
    Column("said_on_candidates", Text, nullable=False),  # JSON [day, ...]
    Column("said_on_anchor", Text),
    Column("day", Text, index=True),  # said_on, else the page's published: what is newest
    Column("via", Text, nullable=False),  # JSON [name, ...]
    Column("spans", Text, nullable=False),  # JSON of EntrySpans
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("remark_id", Text, ForeignKey("remarks.id"), index=True),
    Column("review_id", Text),  # the review by a person that decided last about it
    # What the program read, as JSON of these columns, where a person has corrected it; else null. So every
    # other column holds what counts now.
    Column("read", Text),
    Column("hidden", Integer, nullable=False, default=0, server_default="0"),  # 1: no statement, say people
    Column("speaker_confidence", Float),  # null where `confidence` is an older version's
)

# Few statements are corrected or hidden: found without looking at the others.
Index("entries_corrected", entries.c.page_id, sqlite_where=_CORRECTED, postgresql_where=_CORRECTED)
Index("entries_hidden", entries.c.speaker_id, sqlite_where=_HIDDEN, postgresql_where=_HIDDEN)

# What readers wrote under a page, as spans of its text: their handles stand nowhere else.
comments = Table(
    "comments",
    metadata,
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),  # reading order on the page, from 0
    Column("parent", Integer),  # seq of the comment that this one answers
    Column("depth", Integer, nullable=False),
    Column("reader", Integer),  # who wrote it, by a number that means nothing on another page
    Column("posted", Text),  # when it was written, an ISO prefix
    Column("likes", Integer),
    Column(
        "spans", Text, nullable=False
    ),  # JSON {"handle": [start, end], "time": ..., "text": [[start, end]]}
)

# A speaker is what the machine made of printed names, or what a review split off (then `fullest` is null).
speakers = Table(
    "speakers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),  # as it is shown: the fullest name that any page prints
    Column("type", Text, nullable=False),
    # What compatible names share: a person's last name, an institution's folded name.
    Column("key", Text, nullable=False, index=True),
    # The fullest name that the machine met, whatever people decided: new names are compared with it.
    Column("fullest", Text, index=True),
    # Who this name is in its story, and why: a last name alone, a name that is one letter off.
    Column("bearer_id", Text, ForeignKey("speakers.id"), index=True),
    Column("bearer_story", Text),
    Column("bearer_why", Text),
)

# A printed name on a page: whom the machine takes it for, and who it is when people have decided otherwise.
speaker_names = Table(
    "speaker_names",
    metadata,
    Column("machine_id", Text, ForeignKey("speakers.id"), primary_key=True),
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True, index=True),
    Column("name", Text, primary_key=True),
    Column("speaker_id", Text, ForeignKey("speakers.id"), nullable=False, index=True),
    Column("role", Text),
    Column("key", Text, nullable=False, index=True),  # type and folded name, by which reviews mean it
    Column("review_id", Text),  # the review that decided last whose name it is
)

# What people decided. Rows are only added: who undoes a review adds one that says so.
reviews = Table(
    "reviews",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    # merge, split, trust; correct, tell; not-one-story, not-one-remark, one-remark; undo, redo
    Column("kind", Text, nullable=False),
    Column("sides", Text, nullable=False),  # JSON [[mark, ...], ...]: the printed names that it speaks of
    Column("of", Text, index=True),  # the review that is undone or redone
    Column("by", Text),
    Column("at", Text, nullable=False),
    Column("note", Text),
    Column("about", Text),  # JSON [[target, ...], ...]: the pages and statements that it speaks of
    Column("change", Text),  # JSON {field: value}: what it says of them
)

# Which pages a review speaks of, by their bytes, so that a new page finds the reviews that decide about it.
review_pages = Table(
    "review_pages",
    metadata,
    Column("payload_digest", Text, primary_key=True),
    Column("review_id", Text, ForeignKey("reviews.id"), primary_key=True, index=True),
)

# Which names a review speaks of, so that a new page finds the reviews that decide about its names.
review_names = Table(
    "review_names",
    metadata,
    Column("key", Text, primary_key=True),
    Column("review_id", Text, ForeignKey("reviews.id"), primary_key=True, index=True),
)

# Every folded word of every printed name, so that `--by` finds people without reading all names.
name_words = Table(
    "name_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("speaker_id", Text, ForeignKey("speakers.id"), primary_key=True, index=True),
)

# The second and further speakers of a statement that two people made together; the first is in
# `entries.speaker_id`.
joint_speakers = Table(
    "joint_speakers",
    metadata,
    Column("entry_id", Text, ForeignKey("entries.id"), primary_key=True),
    Column("speaker_id", Text, ForeignKey("speakers.id"), primary_key=True, index=True),
)

copies = Table(
    "copies",
    metadata,
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True),
    Column("of_page_id", Text, ForeignKey("pages.id"), nullable=False, index=True),
    Column("share", Float, nullable=False),  # of the copy's words that stand in the other page, 0 to 1
    Column("spans", Text, nullable=False),  # JSON [[[start, end] here, [start, end] there], ...]
)

# What tells that pages are one article: addresses and words as numbers (`checks.articles.ArticleKey`).
article_keys = Table(
    "article_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True, index=True),
    Column("outlet", Text),
    Column("day", Text),
)

# The pages that are one article with others: versions of one address, or one page saved twice.
article_pages = Table(
    "article_pages",
    metadata,
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True),
    Column("article_id", Text, ForeignKey("pages.id"), nullable=False, index=True),  # the first of their ids
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("n", Integer, ForeignKey("pages.n"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What of a page is compared with others when stories are made (`across.likeness`), and its age: by what it
# says of itself.
story_sketches = Table(
    "story_sketches",
    metadata,
    Column("n", Integer, ForeignKey("pages.n"), primary_key=True),
    Column("age", Text, nullable=False),
    Column("day", Integer),  # the day on which it was published, as a number; null where it is not known
    Column("loose", Integer, nullable=False),  # 1: it tells no day of its own, or whose copy it is
    Column("sketch", LargeBinary, nullable=False),
)

# On which days a page may have been published, 0 where nothing is known: what is compared with what.
story_days = Table(
    "story_days",
    metadata,
    Column("day", Integer, primary_key=True),
    Column("n", Integer, ForeignKey("pages.n"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# How alike two pages are, in millionths; each pair is here from both ends.
story_links = Table(
    "story_links",
    metadata,
    Column("n", Integer, ForeignKey("pages.n"), primary_key=True),
    Column("other", Integer, ForeignKey("pages.n"), primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Which stories and remarks became one, or several, since the ledger was begun; rows are only added.
link_changes = Table(
    "link_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # "story" or "remark"
    Column("change", Text, nullable=False),  # "merge" or "split"
    Column("of", Text, nullable=False, index=True),  # the id that there was
    Column("into", Text, nullable=False, index=True),  # the id that its pages, or statements, have now
    Column("members", Integer, nullable=False),  # how many of them
    Column("page_id", Text, ForeignKey("pages.id")),  # by which page's arrival; null: by what people decided
    Column("at", Text, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text),  # the headline of its first page
    Column("since", Text),
    Column("until", Text),
)

story_pages = Table(
    "story_pages",
    metadata,
    Column("page_id", Text, ForeignKey("pages.id"), primary_key=True),
    Column("story_id", Text, ForeignKey("stories.id"), nullable=False, index=True),
)

remarks = Table(
    "remarks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("speaker_id", Text, ForeignKey("speakers.id"), index=True),
    Column("said_on", Text),
    Column("story_id", Text, ForeignKey("stories.id")),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("place", Text),
    Column("payload_digest", Text, index=True),
    Column("start", Integer),
    Column("end", Integer),
    Column("added_at", Text, nullable=False),
)
Index(
    "problems_once",
    problems.c.stage,
    problems.c.message,
    func.coalesce(problems.c.place, ""),
    func.coalesce(problems.c.payload_digest, ""),
    func.coalesce(problems.c.start, -1),
    unique=True,
)
