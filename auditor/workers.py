"""Work shared out to processes: results in the order of the tasks, and a process that dies or hangs costs one task.

Processes are spawned, so that this is safe beside threads; they start with the first task that needs one.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from auditor.errors import AuditorError

T = TypeVar("T")
R = TypeVar("R")

_START = 120.0  # seconds that a process may take to start
_AHEAD = 8  # tasks a process that are taken on before the oldest is done: bounds the memory of results that wait


def in_order(
    tasks: Iterable[T],
    work: Callable[[T], R],
    *,
    jobs: int,
    known: Callable[[T], R | None],
    failed: Callable[[T, str], R],
    seconds: Callable[[T], float],
) -> Iterator[R]:
    """``work(task)`` for every task, in order, by ``jobs`` processes (1: in this one).

    ``known(task)`` is asked first, here.  A task whose process dies, or takes more than ``seconds(task)``, gives
    ``failed(task, reason)``; an exception of ``work`` is raised here.
    """
    if jobs == 1:
        for task in tasks:
            found = known(task)
            yield work(task) if found is None else found
        return
    pool = _Pool(jobs, work, failed, seconds)
    try:
        for task in tasks:
            pool.add(task, known(task))
            yield from pool.done(block=pool.full)
        while pool.queue:
            yield from pool.done(block=True)
    finally:
        pool.stop()


@dataclass(eq=False)
class _Job(Generic[T, R]):
    task: T
    result: R | None = None
    error: Exception | None = None
    finished: bool = False


@dataclass(eq=False)
class _Worker(Generic[T, R]):
    process: BaseProcess
    connection: Connection
    ready: bool = False
    job: _Job[T, R] | None = None
    deadline: float = field(default_factory=lambda: time.monotonic() + _START)


class _Pool(Generic[T, R]):
    def __init__(self, jobs: int, work: Callable[[T], R], failed: Callable[[T, str], R], seconds: Callable[[T], float]) -> None:
        self.queue: deque[_Job[T, R]] = deque()  # in order; the oldest first
        self._waiting: deque[_Job[T, R]] = deque()
        self._workers: list[_Worker[T, R]] = []
        self._jobs, self._work, self._failed, self._seconds = jobs, work, failed, seconds

    @property
    def full(self) -> bool:
        return len(self._waiting) >= self._jobs or len(self.queue) >= self._jobs * _AHEAD

    def add(self, task: T, known: R | None) -> None:
        job: _Job[T, R] = _Job(task, known, finished=known is not None)
        self.queue.append(job)
        if known is None:
            self._waiting.append(job)
            if len(self._workers) < self._jobs:
                self._start()
        self._assign()

    def done(self, *, block: bool) -> Iterator[R]:
        """Results of the oldest tasks that are finished; with ``block``, wait for some work to come to an end first."""
        if any(w.job or not w.ready for w in self._workers):
            self._listen(block and not (self.queue and self.queue[0].finished))
        while self.queue and self.queue[0].finished:
            job = self.queue.popleft()
            if job.error is not None:
                raise job.error
            yield job.result  # type: ignore[misc]

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.connection.close()
        for worker in self._workers:
            worker.process.join()

    def _start(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        with _no_interrupt():
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _assign(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.ready and worker.job is None:
                worker.job = self._waiting.popleft()
                worker.deadline = time.monotonic() + self._seconds(worker.job.task)
                with contextlib.suppress(OSError):  # it has died: its end of file tells so in a moment
                    worker.connection.send(worker.job.task)

    def _listen(self, block: bool) -> None:
        busy = [w for w in self._workers if w.job or not w.ready]
        timeout = max(0.0, min(w.deadline for w in busy) - time.monotonic()) if block else 0
        heard = wait([w.connection for w in busy], timeout)
        for worker in busy:
            if worker.connection in heard:
                self._hear(worker)
            elif time.monotonic() > worker.deadline:
                self._lose(worker, "took too long and was given up")
        self._assign()

    def _hear(self, worker: _Worker[T, R]) -> None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._lose(worker, f"its process died (exit code {worker.process.exitcode})")
            return
        if worker.job is None:
            worker.ready = True
            return
        worker.job.result, worker.job.error = answer
        worker.job.finished = True
        worker.job = None

    def _lose(self, worker: _Worker[T, R], reason: str) -> None:
        """Give up a process and the task it was at; another one takes its place."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        if worker.job is None:
            raise AuditorError(f"a process to read documents could not be started: {reason}; try --jobs 1")
        worker.job.result = self._failed(worker.job.task, reason)
        worker.job.finished = True
        self._start()


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold back Ctrl-C here for a moment, and for good in processes that start meanwhile: the parent decides for them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _serve(connection: Connection, work: Callable[[T], R]) -> None:
    """The life of a process: say that it is there, then answer every task with (result, error)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(handlers=[logging.NullHandler()])  # else libraries log into the parent's stderr
    with contextlib.suppress(EOFError, OSError):
        connection.send(None)
        while True:
            task = connection.recv()
            try:
                answer: tuple[R | None, Exception | None] = (work(task), None)
            except Exception as error:
                answer = (None, _sendable(error))
            connection.send(answer)


def _sendable(error: Exception) -> Exception:
    """The error as another process can load it."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
