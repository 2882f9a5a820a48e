"""The label before somebody's words, as records and transcripts print it: "Mrs HARGREAVE (Dunmore) (14:03):",
"[00:12:03] Ivo Lann:", "THE COURT:", "Q:"."""

__all__ = ["LABEL"]

_STAMP = r"[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?[\])]?\s+(?:[–—-]\s+)?"
_TITLE = r"(?:M[rs]|Mrs|Dr|Sir|Lord|Lady|Senator|MR|MRS|MS|DR)\.?\s"
# "The SPEAKER", "THE COURT": in capitals, for "The order: ..." is no label.
_OFFICE = r"(?:The|THE)\s[A-Z]{3,}(?:\s[A-Z]{2,}){0,2}"
_NAME = r"[A-Z][\w.’'-]*(?:\s(?:[A-Z][\w.’'-]*|de|da|van|von|al|bin|el)){0,4}"
_ASIDE = r"(?:\s\([^()\n]{1,40}\)){0,3}"
# A pattern with the group "who", to stand at the beginning of a paragraph and before a colon.
LABEL = rf"(?:{_STAMP})?(?P<who>[QA](?=[.:])|{_OFFICE}|(?:{_TITLE})?{_NAME}){_ASIDE}"
