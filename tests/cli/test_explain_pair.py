"""Why two figures were or were not put together."""

from __future__ import annotations

import pytest


def test_it_shows_levels_and_what_the_audit_does(conflicting, auditor):
    result = auditor("explain-pair", "docs/one.txt:1", "docs/three.txt:1")
    assert result.exit_code == 0, result.stderr
    assert "docs/one.txt:1:34  “1,500”" in result.stdout
    assert "attribute" in result.stdout
    assert "The audit puts them together." in result.stdout


def test_figures_of_different_kinds_are_never_put_together(conflicting, auditor):
    result = auditor("explain-pair", "docs/one.txt:1:34", "docs/two.txt:1", "docs")
    assert "never" in result.stdout
    assert "does not put them together" in result.stdout


@pytest.mark.parametrize(
    ("spots", "words"),
    [
        (("docs/one.txt", "docs/two.txt:1"), "DOC:LINE"),
        (("docs/one.txt:1", "docs/one.txt:1"), "are one figure"),
        (("docs/one.txt:7", "docs/two.txt:1"), "figures on lines 1"),
        (("docs/one.txt:1", "docs/four.txt:1"), "several figures; add a column: 12"),
        (("nowhere.txt:1", "docs/two.txt:1"), "nowhere.txt"),
        (("docs/on.txt:1", "docs/two.txt:1", "docs"), "did you mean 'docs/one.txt'"),
    ],
)
def test_a_place_that_is_none_is_named(documents, auditor, spots, words):
    (documents / "four.txt").write_text("There were 300 tents and 40 wells.\n", encoding="utf-8")
    result = auditor("explain-pair", *spots)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
