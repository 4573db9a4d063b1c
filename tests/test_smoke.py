"""The whole flow on one line of text."""

import auditor


def test_extract_gives_a_row_a_figure():
    frame = auditor.extract("About 1,500 soldiers were there.")
    assert frame["text"].tolist() == ["1,500"]
