"""How surely a figure holds, in (factuality, wordings)."""

import pytest

from auditor.model import Document, Settings
from auditor.pipeline import read_one

CASES = {
    "actual": [
        "The ministry sent 900 engineers to the coast.",
        "Some 900 engineers were sent, the ministry said.",
        "The plan was dropped after 900 engineers arrived.",
        "The town expects help for the quarter where 900 engineers are at work.",
        "The records will show that 900 engineers were at work.",
        "The ministry did not say how 900 engineers reached the coast.",
        "Insurers will pay for the storm, which destroyed 900 homes.",
    ],
    "planned": [
        "The ministry plans to send 900 engineers to the coast.",
        "The ministry will send 900 engineers.",
        "It has decided to hire 900 engineers.",
        "The ministry expects 900 engineers to arrive.",
        "Of the 900 homes planned for the year, few were begun.",
        "The company keeps its promise to build 900 homes.",
        "A total of 900 engineers are set to arrive.",
        "The council has a plan that foresees 900 homes.",
    ],
    "possible": [
        "Up to now 900 engineers may have arrived.",
        "The fire could have destroyed 900 homes.",
        "Perhaps 900 people live there.",
    ],
    "denied": ["The ministry denied that it had sent 900 engineers.", "The ministry did not send 900 engineers."],
    "hypothetical": ["If 900 engineers came, the bridge would stand."],
}


@pytest.mark.parametrize(("factuality", "text"), [(name, text) for name, texts in CASES.items() for text in texts])
def test_factuality(factuality, text):
    claims = read_one(Document("a", text), Settings()).claims
    assert [c.factuality.value for c in claims if c.quantity.value == 900] == [factuality]
