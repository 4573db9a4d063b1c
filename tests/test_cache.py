"""What was read is kept, and anything damaged is read again."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import time
from decimal import Decimal
from pathlib import Path

import pytest

from auditor import cache as cache_
from auditor.cache import Cache, clear, prune, version
from auditor.model import (
    Attribution,
    Claim,
    Document,
    Factuality,
    Frame,
    Group,
    Level,
    Origins,
    Passage,
    PassageKind,
    Period,
    Quantity,
    Reading,
    Settings,
    SharedPassage,
    SourceType,
    Trend,
)

DOCUMENT = Document("a.txt", "About 1.50 kg “more”.", published=datetime.date(2024, 5, 6))
READING = Reading(
    DOCUMENT,
    (Passage(0, PassageKind.SENTENCE, 0, 21, "About 1.50 kg “more”.", 0),),
    (
        Claim(
            Quantity(6, 10, "1.50", 0, Decimal("1.45"), None, Decimal("1.50"), trend=Trend.UP, unit="kilogram"),
            Frame("bread", "mass", ("of rye",), features=(("head", ("bread", "loaf")),)),
            Attribution(True, "a baker", SourceType.ANONYMOUS, chain=("one", "two")),
            Period(datetime.date(2024, 1, 1), None, "this year"),
            Factuality.PLANNED,
            needs_source=False,
        ),
    ),
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entry(cache: Cache) -> Path:
    (file,) = cache.folder.rglob("*.json")
    return file


def test_a_reading_comes_back_as_it_was(cache):
    assert cache.get(DOCUMENT, Settings()) is None
    cache.put(READING, Settings())
    again = cache.get(DOCUMENT, Settings())
    assert again == READING
    assert str(again.claims[0].quantity.value) == "1.50"
    assert isinstance(again.claims[0].factuality, Factuality)


@pytest.mark.parametrize("change", [{"text": "Other."}, {"published": None}, {"own_voice": True}, {"title": "T"}])
def test_another_document_is_a_miss(cache, change):
    cache.put(READING, Settings())
    assert cache.get(dataclasses.replace(DOCUMENT, **change), Settings()) is None


def test_other_settings_are_a_miss_but_not_those_without_effect(cache):
    cache.put(READING, Settings())
    assert cache.get(DOCUMENT, Settings(decimal_mark=",")) is None
    assert cache.get(DOCUMENT, Settings(jobs=8, exclude=("x",))) == READING


def test_another_version_is_a_miss(cache, monkeypatch):
    cache.put(READING, Settings())
    monkeypatch.setattr(cache_, "version", lambda: "other")
    assert cache.get(DOCUMENT, Settings()) is None


def test_the_version_depends_on_word_lists_and_code():
    names = {file.name for file in cache_._sources()}
    assert {"model.py", "parse.py", "units.py"} <= names
    assert any(name.endswith(".toml") for name in names)
    assert len(version()) == 16


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-20],
        lambda data: data.replace(b"1.45", b"1.46"),
        lambda data: b"\xff" * len(data),
        lambda data: data.split(b"\n", 1)[1],
        lambda data: _signed(b"[]"),
        lambda data: _signed(b"[[[1]], []]"),
        lambda data: _signed(json.dumps([[], [["x"]]]).encode()),
    ],
)
def test_a_damaged_entry_is_a_miss_and_is_written_anew(cache, damage):
    cache.put(READING, Settings())
    entry(cache).write_bytes(damage(entry(cache).read_bytes()))
    assert cache.get(DOCUMENT, Settings()) is None
    cache.put(READING, Settings())
    assert cache.get(DOCUMENT, Settings()) == READING


def _signed(body: bytes) -> bytes:
    return cache_._digest(body).encode() + b"\n" + body


def test_how_a_corpus_was_lined_up_comes_back_for_exactly_that_corpus(cache):
    other = dataclasses.replace(READING, document=dataclasses.replace(DOCUMENT, name="b.txt"))
    level = Level("head", "same", 3.25, "bread", None)
    groups = (Group(((0, 0), (1, 0)), "bread", 0.75, (level,)),)
    origins = Origins(("o1", "o2"), (SharedPassage((0, 1, 2), (1, 3, 4), 0.5, ((0, 0),)),), {"o1": "because"}, {(1, 0): (0, 0)})
    cache.put_aligned([READING, other], Settings(), origins, groups)
    assert cache.get_aligned([READING, other], Settings(jobs=2)) == (origins, groups)
    assert cache.get_aligned([READING], Settings()) is None
    assert cache.get_aligned([other, READING], Settings()) is None
    assert cache.get_aligned([READING, other], Settings(entities=(("a", "b"),))) is None
    (file,) = (cache.folder / version() / "corpora").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get_aligned([READING, other], Settings()) is None


def test_only_the_latest_corpora_are_kept(cache):
    for n in range(12):
        reading = dataclasses.replace(READING, document=dataclasses.replace(DOCUMENT, name=f"{n}.txt"))
        cache.put_aligned([reading], Settings(), Origins(("o1",)), ())
    assert len(list((cache.folder / version() / "corpora").iterdir())) == 8


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    prune(cache.folder)
    cache.put(READING, Settings())
    assert cache.get(DOCUMENT, Settings()) is None


def test_old_versions_are_forgotten_and_clear_forgets_all(cache):
    cache.put(READING, Settings())
    old = cache.folder / "0123"
    old.mkdir()
    os.utime(old, (time.time() - 40 * 86_400,) * 2)
    prune(cache.folder)
    assert not old.exists()
    assert cache.get(DOCUMENT, Settings()) == READING
    assert clear(cache.folder) == 1
    assert not cache.folder.exists()
    assert clear(cache.folder) == 0
