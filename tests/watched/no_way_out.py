"""Run a program where no network leads anywhere: `python -I -S no_way_out.py REPORT COMMAND...`.

Started inside a network namespace of its own (`unshare --map-root-user --net`). Raises the loopback
interface, which lies down in a new one, and writes to REPORT, as JSON, what the kernel counted: who asked for
an address outside, and datagrams, by which names are looked up also where the name server is on loopback.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
COUNTED = ("Ip OutNoRoutes", "Udp OutDatagrams", "Ip6OutNoRoutes", "Udp6OutDatagrams")


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        answer = fcntl.ioctl(asked, SIOCGIFFLAGS, struct.pack("16sh22x", b"lo", 0))
        (flags,) = struct.unpack_from("h", answer, 16)
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", flags | IFF_UP))


def read_counters() -> dict[str, int]:
    """Read the counters of this namespace: of version 4 in pairs of lines, of version 6 one a line."""
    found: dict[str, int] = {}
    lines = Path("/proc/self/net/snmp").read_text(encoding="ascii").splitlines()
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind, *words = names.split()
        for word, value in zip(words, values.split()[1:], strict=True):
            found[f"{kind.rstrip(':')} {word}"] = int(value)
    sixth = Path("/proc/self/net/snmp6")
    if sixth.is_file():
        for line in sixth.read_text(encoding="ascii").splitlines():
            name, value = line.split()
            found[name] = int(value)
    return {name: found.get(name, 0) for name in COUNTED}


def main(report: str, *command: str) -> int:
    raise_loopback()
    before = read_counters()
    code = subprocess.run(command).returncode
    after = read_counters()
    counted = {name: after[name] - before[name] for name in COUNTED}
    Path(report).write_text(json.dumps(counted), encoding="ascii")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
