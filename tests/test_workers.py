"""Processes of which any may be killed: nothing else is lost, and who did it is known."""

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children
from pathlib import Path

import deadly
import pytest

from onrecord.errors import WorkersLost
from onrecord.workers import Failed, Lost, Workers, no_interrupt

posix = pytest.mark.skipif(os.name != "posix", reason="stops a group of processes")
on_linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes through /proc")


def test_tasks_come_back_done_and_nobody_stays() -> None:
    with Workers(deadly.square, 2) as workers:
        for number in range(50):
            workers.add(number)
        done = []
        while workers.busy:
            done += workers.collect()
        assert sorted(done) == [(number, number * number) for number in range(50)]
    assert active_children() == []


def test_no_process_is_started_for_nothing() -> None:
    with Workers(deadly.square, 2) as workers:
        assert list(workers.collect()) == []
        assert active_children() == []
        workers.add(3)
        assert list(workers.collect()) == [(3, 9)]
        assert len(active_children()) == 1


def test_fault_of_a_task_is_its_answer_and_a_full_memory_ends_its_process() -> None:
    with Workers(deadly.fail, 1) as workers:
        workers.add(1)
        ((_, fault),) = workers.collect()
        assert isinstance(fault, Failed)
        assert str(fault.fault) == "1 is odd"
        workers.add(2)
        assert list(workers.collect()) == [(2, Lost())]


def test_task_that_lost_its_process_is_tried_again(tmp_path: Path) -> None:
    with Workers(deadly.die_once, 2) as workers:
        marks = [str(tmp_path / name) for name in "abc"]
        for mark in marks:
            workers.add(mark)
        done = []
        while workers.busy:
            done += workers.collect()
    assert sorted(done) == [(mark, mark) for mark in marks]


def test_task_that_hangs_is_stopped_and_the_others_are_not() -> None:
    with Workers(time.sleep, 2, patience=lambda seconds: 0.5) as workers:
        for seconds in (600.0, 0.0, 0.01, 0.02):
            workers.add(seconds)
        done = []
        while workers.busy:
            done += workers.collect()
    assert sorted(done, key=str) == [(0.0, None), (0.01, None), (0.02, None), (600.0, Lost(hung=True))]


def test_process_that_is_killed_while_it_waits_costs_nothing() -> None:
    with Workers(deadly.square, 1) as workers:
        workers.add(2)
        assert list(workers.collect()) == [(2, 4)]
        (process,) = active_children()
        process.kill()
        process.join()
        workers.add(3)
        assert list(workers.collect()) == [(3, 9)]


@on_linux
def test_a_process_keeps_to_one_core() -> None:
    with Workers(deadly.count_threads, 1) as workers:
        workers.add(600)
        ((_, threads),) = workers.collect()
    # The second waits for the parent to end.
    assert threads == 2
    assert "OPENBLAS_NUM_THREADS" not in os.environ


UNGUARDED = """
from onrecord.workers import Workers
with Workers(abs, 1) as workers:
    workers.add(-1)
    print(list(workers.collect()))
"""


def test_script_without_a_guard_is_told_so_and_does_not_run_for_ever(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "3 processes in a row ended before they began to work" in done.stderr
    assert '`if __name__ == "__main__":`' in str(WorkersLost) + done.stderr


def test_leaving_the_block_stops_what_is_in_hand() -> None:
    began = time.monotonic()
    with Workers(time.sleep, 1) as workers:
        workers.add(600.0)
        list(workers.collect(block=False))
        threading.Event().wait(0.05)
    assert time.monotonic() - began < 30
    assert active_children() == []


@posix
@pytest.mark.slow
def test_task_does_not_hang_while_the_whole_program_is_stopped() -> None:
    """As by Ctrl-Z, for much longer than a task may take."""
    with subprocess.Popen(
        [sys.executable, "-c", PATIENT], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(25)
        os.killpg(process.pid, signal.SIGCONT)
        assert process.stdout.read() == "1799999970000000\n"


PATIENT = """
from onrecord.workers import Workers
with Workers(sum, 1, patience=lambda numbers: 20.0) as workers:
    workers.add(range(2))
    list(workers.collect())
    workers.add(range(60_000_000))
    list(workers.collect(block=False))
    print("begun", flush=True)
    ((_, found),) = workers.collect()
    print(found)
"""


def test_an_interrupt_waits_until_a_process_has_what_it_needs_to_begin() -> None:
    """Another thread may take the signal, and Python tells the main one at once."""
    inside, told = threading.Event(), threading.Event()
    steps: list[str] = []

    def take() -> None:
        inside.wait()
        signal.raise_signal(signal.SIGINT)
        told.set()

    thread = threading.Thread(target=take)
    thread.start()

    def start() -> None:
        with no_interrupt():
            inside.set()
            told.wait()
            steps.append("begun")

    with pytest.raises(KeyboardInterrupt):
        start()
    thread.join()
    assert steps == ["begun"]
