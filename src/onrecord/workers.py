"""Work for several processes, of which any may be killed at any time: what each is at is known, so that one
that is lost loses nothing else.

A pool of the standard library is lost as a whole with one of its processes, and can't tell whose fault it was
or stop one alone. Here each process has two pipes of its own, and nothing is shared: no semaphore, no socket,
no file.
"""

import math
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread, current_thread, main_thread
from typing import Any, Generic, TypeVar

from onrecord.errors import WorkersLost

__all__ = ["MAX_TRIES", "Failed", "Lost", "Workers", "no_interrupt", "set_environment", "usable_cores"]

T = TypeVar("T")
R = TypeVar("R")

MAX_TRIES = 3
"""So often a task may take its process down with it before it is given up."""

_TICK = 1.0  # seconds of waiting that are counted together

NONE_STARTS = (
    f"{MAX_TRIES} processes in a row ended before they began to work. With --jobs 1 no other process is "
    'needed; a script of yours that starts some needs `if __name__ == "__main__":` around what it does.'
)

# A process each keeps to one core: libraries that would start a thread for each are told so before they are
# loaded.
_ONE_THREAD: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that ended with an exception."""

    fault: Exception


@dataclass(frozen=True, slots=True)
class Lost:
    """A task of which nothing came back: it took its process down each time, or did not end (`hung`)."""

    hung: bool = False


def usable_cores() -> Sequence[int]:
    """Return the cores that this process may use: in a container fewer than the machine has."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)


@dataclass(slots=True)
class Workers(Generic[T, R]):
    """So many processes that do one task each at a time; they are started when there is something to do.

    `work` is a function at the top of a module. `patience` says how many seconds a task may take before it is
    held to hang. What is in hand is stopped when the block of `with` ends.
    """

    work: Callable[[T], R]
    count: int
    patience: Callable[[T], float] | None = None
    _waiting: "deque[_Task[T]]" = field(default_factory=deque)
    _suspects: "deque[_Task[T]]" = field(default_factory=deque)
    _starting: "list[_Worker]" = field(default_factory=list)
    _idle: "list[_Worker]" = field(default_factory=list)
    _at_work: "dict[_Worker, _Task[T]]" = field(default_factory=dict)
    _failed_starts: int = 0

    def __enter__(self) -> "Workers[T, R]":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._starting, *self._idle, *self._at_work):
            worker.end()

    def add(self, task: T) -> None:
        """Put a task behind those that wait."""
        self._waiting.append(_Task(task))

    @property
    def busy(self) -> bool:
        """Whether any task waits or is at work."""
        return bool(self._waiting or self._suspects or self._at_work)

    def collect(self, *, block: bool = True) -> Iterator[tuple[T, R | Failed | Lost]]:
        """Hand out what waits to whoever is free, and yield what got ready meanwhile; with `block`, wait
        until something does."""
        while self.busy:
            self._hand_out()
            ready = [*self._take(0 if not block else _TICK if self.patience else None), *self._stop_hung()]
            self._hand_out()
            yield from ready
            if ready or not block:
                return

    def _hand_out(self) -> None:
        # What lost a process may have filled the memory beside others: it is tried again alone.
        queue, most = (self._suspects, 1) if self._suspects else (self._waiting, self.count)
        while queue and self._idle and len(self._at_work) < most:
            worker = self._idle.pop()
            try:
                worker.tasks.send(queue[0].task)
            except OSError:  # It was killed while it had nothing to do.
                worker.end()
                continue
            task = self._at_work[worker] = queue.popleft()
            task.left = self.patience(task.task) if self.patience else math.inf
        lacking = min(len(queue), most - len(self._at_work)) - len(self._starting)
        self._starting += [_start_worker(self.work) for _ in range(lacking)]

    def _take(self, seconds: float | None) -> Iterator[tuple[T, R | Failed | Lost]]:
        workers = {worker.results: worker for worker in (*self._starting, *self._at_work)}
        began = time.monotonic()
        ready = wait(list(workers), seconds)
        for task in self._at_work.values():
            # Whoever stops this program (Ctrl-Z) or closes the lid stops them all: that is no hanging.
            task.left -= min(time.monotonic() - began, 2 * _TICK)
        for results in ready:
            worker = workers[results]  # type: ignore[index]
            try:
                answer = worker.results.recv()
            except (EOFError, OSError):
                worker.end()
                yield from self._lose(worker)
                continue
            self._idle.append(worker)
            if worker in self._starting:
                self._starting.remove(worker)
                self._failed_starts = 0
            else:
                yield self._at_work.pop(worker).task, answer

    def _lose(self, worker: "_Worker") -> Iterator[tuple[T, Lost]]:
        """Take note that a process ended over its task, which is tried again, or given up."""
        if worker in self._starting:
            self._starting.remove(worker)
            self._failed_starts += 1
            if self._failed_starts >= MAX_TRIES:
                raise WorkersLost(NONE_STARTS)
            return
        task = self._at_work.pop(worker)
        task.tries += 1
        if task.tries < MAX_TRIES:
            self._suspects.append(task)
        else:
            yield task.task, Lost()

    def _stop_hung(self) -> Iterator[tuple[T, Lost]]:
        for worker, task in list(self._at_work.items()):
            if task.left <= 0:
                del self._at_work[worker]
                worker.end()
                yield task.task, Lost(hung=True)


@dataclass(slots=True)
class _Task(Generic[T]):
    task: T
    tries: int = 0
    left: float = math.inf  # seconds of waiting until it is held to hang


@dataclass(slots=True, eq=False)
class _Worker:
    """One process and the pipes to and from it."""

    process: BaseProcess
    tasks: "Connection[Any, Any]"
    results: "Connection[Any, Any]"

    def end(self) -> None:
        """Stop the process, whatever it is at, if it has not ended yet."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.tasks.close()
        self.results.close()


def _start_worker(work: Callable[[Any], Any]) -> _Worker:
    # Not `fork`: a process that runs threads, as the model's library does, must not be copied.
    context = get_context("spawn")
    theirs_in, ours_out = context.Pipe(duplex=False)
    ours_in, theirs_out = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(work, theirs_in, theirs_out), daemon=True)
    with no_interrupt(), set_environment(_ONE_THREAD):
        process.start()
    # Else nobody would see that the other end is gone.
    theirs_in.close()
    theirs_out.close()
    return _Worker(process, ours_out, ours_in)


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Let a process that is started meanwhile not be interrupted: Ctrl-C reaches all, and one tells of it.

    Nor is this one, until the other has all that it needs to begin. A blocked signal is not enough: another
    thread may take it, and Python tells the main one, in the middle of a start.
    """
    came: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    ours = current_thread() is main_thread() and before is not None
    if ours:
        signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with _blocked():
            yield
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _blocked() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `_serve` does it, some moments later.
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def set_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Start processes meanwhile with these values in their environment; what was there comes back."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _serve(
    work: Callable[[Any], Any], tasks: "Connection[Any, Any]", results: "Connection[Any, Any]"
) -> None:
    """Do one task after the other, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow_parent, daemon=True).start()
    with suppress(EOFError, BrokenPipeError):
        results.send(None)  # It has loaded what it needs; only now it is given something to do.
        while True:
            task = tasks.recv()
            try:
                done = work(task)
            except MemoryError:
                # What is left of the memory is better given back than worked with.
                os._exit(1)
            except Exception as fault:
                done = Failed(_portable(fault))
            results.send(done)
            del task, done


def _portable(fault: Exception) -> Exception:
    """Return an exception that can be sent to another process."""
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return RuntimeError(f"{type(fault).__name__}: {fault}")
    return fault


def _follow_parent() -> None:
    """Make a worker die with its parent: a run that was killed must not go on working unseen."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
