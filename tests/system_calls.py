"""What strace wrote down, as addresses and paths."""

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["TRACED", "read_calls"]

TRACED = (
    "connect,bind,sendto,sendmsg,sendmmsg,io_uring_setup,"
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,unlink,unlinkat,rmdir,"
    "link,linkat,symlink,symlinkat,truncate"
)

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\?|-?\d+)(.*)")
_ADDRESS = re.compile(r"sa_family=AF_(\w+)(.*)")
_FOURTH = re.compile(r'sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)')
_SIXTH = re.compile(r'sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"')
_LOCAL = re.compile(r'sun_path=(@?)"((?:[^"\\]|\\.)*)"')
# A name, with the open folder that it is taken from: AT_FDCWD</home/anna>, "page.html"
_NAME = re.compile(r'(?:(?:AT_FDCWD|\d+)(?:<((?:[^>\\]|\\.)*)>)?(?:\(deleted\))?, )?"((?:[^"\\]|\\.)*)"')
_WRITES = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")


def read_calls(folder: Path, started_in: Path) -> Iterator[dict[str, object]]:
    """Yield what the processes asked for and wrote, in the same form as `watched/sitecustomize.py` notes it.

    In the folder is a file for each thread, as `strace -ff -y` makes them.
    """
    for file in sorted(folder.iterdir()):
        for line in file.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            if call := _CALL.fullmatch(line):
                yield from _read_call(call[1], call[2], call[3] + call[4], started_in)


def _read_call(name: str, given: str, answer: str, started_in: Path) -> Iterator[dict[str, object]]:
    if name == "io_uring_setup":
        yield {"kind": "address", "event": name, "address": "a ring of calls that nobody can watch"}
    elif name in {"connect", "bind", "sendto", "sendmsg", "sendmmsg"}:
        # Where no daemon is, none was asked; who then asks in its stead is seen.
        if not ("AF_UNIX" in given and "ENOENT" in answer):
            yield from _read_address(name, given)
    elif name.startswith("open") and not _WRITES.search(_NAME.sub("", given)):
        return
    elif "EEXIST" in answer or "ENOENT" in answer:
        # Nothing was there to be changed, or it was there already.
        return
    else:
        named = list(_NAME.finditer(given))
        for found in named[1:] if name.startswith("symlink") else named:
            path = os.path.join(_text(found[1] or "") or started_in, _text(found[2]))  # noqa: PTH118
            yield {"kind": "path", "event": name, "path": os.path.normpath(path)}


def _read_address(name: str, given: str) -> Iterator[dict[str, object]]:
    # The text that is sent stands before the address and may hold anything.
    if name == "sendto":
        given = given[given.rfind("{sa_family=") :] if given.rfind("{sa_family=") >= 0 else ""
    elif name.startswith("sendm"):
        given = " ".join(re.findall(r"msg_name=(\{sa_family=[^}]*\})", given))
    if not (found := _ADDRESS.search(given)):
        return
    family, rest = found[1], found[2]
    if family in {"NETLINK", "UNSPEC"}:
        return
    if match := _FOURTH.search(rest) or _SIXTH.search(rest):
        yield {"kind": "address", "event": name, "address": [match[2], int(match[1])]}
    elif match := _LOCAL.search(rest):
        yield {"kind": "address", "event": name, "address": "@" if match[1] else _text(match[2])}
    elif family != "LOCAL" and family != "UNIX":
        yield {"kind": "address", "event": name, "address": f"something of the family {family}"}


def _text(quoted: str) -> str:
    """Return a name as it is, which strace writes with escapes."""
    return os.fsdecode(codecs.escape_decode(os.fsencode(quoted))[0])
