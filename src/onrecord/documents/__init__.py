"""What do the files say that researchers hold: exports of press databases, PDF, word processors, mail?"""

from onrecord.documents.digest import bytes_digest, name_part, part_of
from onrecord.documents.kinds import DOCUMENT_TYPES, OLE, describe_binary, match_document
from onrecord.documents.mail_heads import has_long_head
from onrecord.documents.read import find_document, forget_documents, read_file
from onrecord.documents.values import Document, File, Mail, Paragraph, Stated

__all__ = [
    "DOCUMENT_TYPES",
    "OLE",
    "Document",
    "File",
    "Mail",
    "Paragraph",
    "Stated",
    "bytes_digest",
    "describe_binary",
    "find_document",
    "forget_documents",
    "has_long_head",
    "match_document",
    "name_part",
    "part_of",
    "read_file",
]
