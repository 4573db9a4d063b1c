"""Tasks shared out to processes."""

from __future__ import annotations

import itertools
import os
import signal
import time

import pytest

from auditor.errors import AuditorError
from auditor.workers import in_order


def work(task: int) -> str:
    if task == -1:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == -2:
        time.sleep(600)
    if task == -3:
        raise ValueError("bad task")
    time.sleep(0.02 * (task % 3))
    return f"did {task}"


def run(tasks, jobs, known=lambda task: None, seconds=lambda task: 60.0):
    return in_order(tasks, work, jobs=jobs, known=known, failed=lambda task, reason: f"{task} failed: {reason}", seconds=seconds)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs):
    assert list(run(range(20), jobs)) == [f"did {n}" for n in range(20)]


def test_what_is_known_costs_no_process(monkeypatch):
    monkeypatch.setattr("auditor.workers._Pool._start", lambda self: pytest.fail("a process was started"))
    assert list(run(range(50), 2, known=str)) == [str(n) for n in range(50)]


def test_known_and_new_results_keep_their_order():
    results = list(run(range(12), 2, known=lambda task: "known" if task % 2 else None))
    assert results == ["known" if n % 2 else f"did {n}" for n in range(12)]


def test_a_process_that_dies_costs_one_task():
    results = list(run([1, -1, 2, 4, -1, 5], 2))
    assert results == ["did 1", "-1 failed: its process died (exit code -9)", "did 2", "did 4", results[1], "did 5"]


def test_a_process_that_hangs_costs_one_task():
    results = list(run([1, -2, 2], 2, seconds=lambda task: 0.5 if task == -2 else 60.0))
    assert results == ["did 1", "-2 failed: took too long and was given up", "did 2"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised(jobs):
    with pytest.raises(ValueError, match="bad task"):
        list(run([1, -3, 2], jobs))


def test_tasks_are_taken_as_they_are_needed():
    endless = itertools.count(1)
    assert next(run(endless, 2)) == "did 1"
    assert next(endless) < 100


def test_processes_that_cannot_start_are_an_error_and_no_loop(monkeypatch):
    monkeypatch.setattr("auditor.workers._serve", os.abort)
    with pytest.raises(AuditorError, match="--jobs 1"):
        list(run([1, 2], 2))
