"""Serving a ledger: where it may listen, what it prints, how it ends."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from made_ledger import make_ledger

from onrecord.errors import BadRequest, LedgerMissing
from onrecord.views.web import serve

PROGRAM = """
import sys
from pathlib import Path
from onrecord.views.web import serve
serve(Path(sys.argv[1]), port=0)
"""


def test_it_serves_until_interrupted_without_a_warning(tmp_path: Path) -> None:
    make_ledger(tmp_path / "ledger")
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path / "ledger")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line
            assert "Who said what" in httpx.get(address[0]).text
            server.send_signal(signal.SIGINT)
            _, complaints = server.communicate(timeout=20)
        finally:
            server.kill()
    assert complaints == ""
    assert server.returncode == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "ledger.example"])
def test_an_address_that_others_reach_needs_a_password(tmp_path: Path, host: str) -> None:
    with pytest.raises(BadRequest, match="--auth"):
        serve(tmp_path, host=host)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    make_ledger(tmp_path / "ledger")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadRequest, match="another program may use it"):
            serve(tmp_path / "ledger", port=taken.getsockname()[1])


def test_a_ledger_that_is_not_there_is_told_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        serve(tmp_path / "none", port=0)
