"""Names of encodings as the web uses them: "latin1" has meant windows-1252 as long as there are browsers."""

import codecs
import re
from collections.abc import Iterator

__all__ = ["codec_of", "is_odd_label"]

# What browsers read under a name that means something narrower in its standard
# (https://encoding.spec.whatwg.org).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    # Whoever could read the words "utf-16" in a page's head was not reading UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
# Labels that Python does not know.
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-x-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "logical": "iso8859-8",
    "visual": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
    "utf8mb4": "utf-8",
    "x-user-defined": "cp1252",
    "ansi": "cp1252",
}
# Seldom ones, known later than the others.
_ODD_LABELS = {
    "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8",
    "unicode": "utf-8",
    "unicodefeff": "utf-8",
    "sun_eu_greek": "iso8859-7",
    "csisolatin9": "iso8859-15",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "mac": "mac_roman",
    "csmacintosh": "mac_roman",
    "csgb2312": "gb18030",
    "gb_2312": "gb18030",
    "gb_2312-80": "gb18030",
    "cn-big5": "big5hkscs",
    "cseucpkdfmtjapanese": "euc_jp",
    "cseuckr": "cp949",
    "csksc56011987": "cp949",
    "iso-ir-149": "cp949",
    "ksc_5601": "cp949",
}
# One name in many writings: "cp-1251", "win1251", "x-windows-1251"; "ISO8859_2", "iso-8859-8-i".
_PAGE_NUMBER = re.compile(r"(?:x-)?(?:cp|win|windows|ms|ansi|microsoft-cp|codepage)[-_ ]?(\d{3,4})")
_ISO_NUMBER = re.compile(r"(?:x-|cs)?iso[-_ ]?8859[-_ ]?(\d{1,2})[-_ ]?[ei]?(?::\d{4})?")
# The web's encodings, by Python's names, and those of old DOS texts. Python has many more; some are no text
# at all ("hex"), and in some ("utf-7", "cp037") bytes that look harmless become markup.
_KNOWN = {
    *("utf-8", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", "koi8-r", "koi8-u"),
    *("mac-roman", "mac-cyrillic", "cp437", "cp850", "cp852", "cp866", "cp874"),
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}


def codec_of(label: str) -> str | None:
    """Return Python's name of the encoding that a page or a server means by a label, None if none.

    >>> codec_of("ISO-8859-1")
    'cp1252'
    """
    label = label.strip().strip("\"'").lower()
    for name in (_LABELS.get(label, _ODD_LABELS.get(label, label)), *_other_writings(label)):
        try:
            found = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        found = _WIDER.get(found, found)
        return found if found in _KNOWN else None
    return None


def is_odd_label(label: str) -> bool:
    """Tell a name that is known by its odd writing alone."""
    label = label.strip().strip("\"'").lower()
    if label in _ODD_LABELS:
        return True
    try:
        codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return codec_of(label) is not None
    return False


def _other_writings(label: str) -> Iterator[str]:
    """Yield the usual name of an encoding that is written in an unusual way."""
    if match := _PAGE_NUMBER.fullmatch(label):
        yield f"cp{match[1]}"
    if match := _ISO_NUMBER.fullmatch(label):
        yield f"iso8859-{match[1]}"
