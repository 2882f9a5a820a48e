"""Python's own eye, loaded by every Python process that is watched: what it asks for and what it writes.

Writes a line of JSON for each such event to the file that `ONRECORD_WATCH` names. Code outside Python is not
seen.
"""

import json
import os
import sys
from urllib.parse import unquote

LOG = os.open(os.environ["ONRECORD_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PATHS = {
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": 1,
    "sqlite3.connect": 1,
}


def note(kind: str, **what: object) -> None:
    os.write(LOG, json.dumps({"kind": kind, **what}).encode() + b"\n")


def whole(path: object, folder: object = -1) -> str | None:
    """Return a whole path; None for what is no name of a file, as an open one's number."""
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    name = os.fsdecode(path)
    if name.startswith("file:"):  # SQLite's way to say how a file is opened
        name, _, how = name.removeprefix("file:").partition("?")
        name = "" if "mode=ro" in how or "mode=memory" in how else unquote(name)
    if name in {"", ":memory:"}:
        return None
    if isinstance(folder, int) and folder >= 0:
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)  # noqa: PTH115, PTH118
    return os.path.abspath(name)  # noqa: PTH100  Path.absolute leaves ".." in


def look(event: str, given: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        if given[1] is not None:
            note("address", event=event, address=given[1] if isinstance(given[1], str) else [*given[1]][:2])
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        name = given[0].decode() if isinstance(given[0], bytes) else given[0]
        note("name", event=event, name=name)
    elif event == "open":
        if isinstance(given[2], int) and given[2] & WRITES and (path := whole(given[0])):
            note("path", event=event, path=path)
    elif event in PATHS:
        # The folder that a name is taken from, when it is given, stands last.
        folder = given[-1] if event in {"os.remove", "os.rmdir", "os.mkdir"} else -1
        first = 1 if event == "os.symlink" else 0
        for path in given[first : PATHS[event]]:
            if found := whole(path, folder):
                note("path", event=event, path=found)


def hook(event: str, given: tuple[object, ...]) -> None:
    if event == "open" or event.startswith(("socket.", "os.", "sqlite3.")):
        look(event, given)


sys.addaudithook(hook)
