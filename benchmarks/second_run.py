"""How much of a first run does a second one over the same documents take, and are its outputs the same?

    python benchmarks/second_run.py FOLDER

Runs `auditor extract`, `auditor run --format json` and `auditor run` with all reports twice each, with a cache of their own, and
a third time after one document was edited; prints seconds of CPU (of all processes).
"""

from __future__ import annotations

import filecmp
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = {
    "extract": ("extract", "--output", "{}"),
    "run --format json": ("run", "--fail-on", "never", "--format", "json", "--output", "{}"),
    "run, all reports": ("run", "--fail-on", "never", "--output-dir", "{}"),
}


def seconds(arguments: list[str], place: Path) -> float:
    """CPU seconds of the command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "auditor", *arguments, "--quiet"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def same(left: Path, right: Path) -> bool:
    """Whether two files or folders hold the same bytes."""
    if left.is_file():
        return filecmp.cmp(left, right, shallow=False)
    names, others = (
        sorted(str(p.relative_to(f)) for p in f.rglob("*") if p.is_file() and p.name[0] != ".") for f in (left, right)
    )
    return names == others and filecmp.cmpfiles(left, right, names, shallow=False)[0] == names


def edit(folder: Path) -> None:
    """Add a sentence to the first document that is plain text."""
    file = next(file for file in sorted(folder.rglob("*")) if file.suffix in (".txt", ".md"))
    file.write_text(file.read_text(encoding="utf-8") + "\n\nThe new bridge is 940 metres long.\n", encoding="utf-8")


def main(folder: str) -> None:
    """Print a line a command."""
    print(f"{'command':20}  first  second  share  same bytes  one edited  share")
    for name, command in COMMANDS.items():
        with tempfile.TemporaryDirectory() as name_of_place:
            place = Path(name_of_place)
            documents = shutil.copytree(folder, place / "documents")
            outputs = [place / f"output{n}" for n in (1, 2, 3)]
            times = []
            for output in outputs:
                if output == outputs[-1]:
                    edit(documents)
                arguments = [command[0], str(documents), *(part.format(output) for part in command[1:])]
                times.append(seconds(arguments, place))
            repeated = "yes" if same(*outputs[:2]) else "NO"
            share, share_edited = times[1] / times[0], times[2] / times[0]
            print(
                f"{name:20} {times[0]:6.1f}  {times[1]:6.1f}  {share:5.1%}  {repeated:10}  {times[2]:10.1f}  {share_edited:5.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1])
