"""How much of a first run does a second one over the same documents take, and are its outputs the same?

    python benchmarks/second_run.py FOLDER

Runs `auditor extract`, `auditor run --format json` and `auditor run` with all reports twice each, with a cache of their own,
and prints seconds of CPU (of all processes).
"""

from __future__ import annotations

import filecmp
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = {
    "extract": ("extract", "--output", "{}"),
    "run --format json": ("run", "--fail-on", "never", "--format", "json", "--output", "{}"),
    "run, all reports": ("run", "--fail-on", "never", "--output-dir", "{}"),
}


def seconds(arguments: list[str], cache: str) -> float:
    """CPU seconds of the command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "auditor", *arguments, "--quiet"]
    subprocess.run(command, env={**os.environ, "XDG_CACHE_HOME": cache}, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def same(left: Path, right: Path) -> bool:
    """Whether two files or folders hold the same bytes."""
    if left.is_file():
        return filecmp.cmp(left, right, shallow=False)
    names = sorted(str(p.relative_to(left)) for p in left.rglob("*") if p.is_file() and p.name[0] != ".")
    return filecmp.cmpfiles(left, right, names, shallow=False)[0] == names


def main(folder: str) -> None:
    """Print a line a command."""
    print(f"{'command':20}  first  second  share  same bytes")
    for name, command in COMMANDS.items():
        with tempfile.TemporaryDirectory() as place:
            outputs = [Path(place, f"output{n}") for n in (1, 2)]
            times = [
                seconds([command[0], folder, *(part.format(out) for part in command[1:])], str(Path(place, "cache")))
                for out in outputs
            ]
            share = times[1] / times[0]
            print(f"{name:20} {times[0]:6.1f}  {times[1]:6.1f}  {share:5.0%}  {'yes' if same(*outputs) else 'NO'}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
