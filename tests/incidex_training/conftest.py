"""A corpus of a few invented articles, in the layout of the research corpora."""

import json

import pytest

ARTICLES = {
    "1": [
        ("Clinic pays ransom", "AttackRansom"),
        ("Attackers encrypted the files of the clinic on Monday.", "AttackRansom"),
        ("The clinic “paid”  30 bitcoin.", "AttackRansom"),
        ("The canteen was open.", "O"),
    ],
    "2": [
        ("Flaw in Gatekeeper found and mended", "DiscoverVulnerability, PatchVulnerability"),
        ("Researchers found a flaw in Gatekeeper 4.", "DiscoverVulnerability"),
        ("The maker released version 4.1.", "PatchVulnerability"),
        ("Nobody was at the office.", "O"),
    ],
    "3": [
        ("Customers of a bank phished", "AttackPhishing"),
        ("Fake e-mails asked for passwords.", "AttackPhishing"),
        ("Data of 300 customers leaked.", "AttackDatabreach"),
    ],
}
CONTENT = {
    "1": 'Attackers encrypted the files of the clinic on Monday. The clinic "paid" 30 bitcoin. The canteen was open.',
    "2": "Researchers found a flaw in Gatekeeper 4. The maker released version 4.1. Nobody was at the office.",
    "3": "Fake e-mails asked for passwords. Data of 300 customers leaked.",
}
EVENTS = {
    "1": [
        ("Attack", "Ransom", "encrypted", 0, [("Attackers", "Person", "Attacker", 0)]),
        ("Attack", "Ransom", '"paid" 30', 2, []),
    ],
    "2": [
        (
            "Vulnerability-related",
            "DiscoverVulnerability",
            "found",
            0,
            [("a flaw", "Vulnerability", "Vulnerability", 1), ("Researchers", "Person", "Discoverer", 0)],
        )
    ],
    "3": [("Attack", "Phishing", "asked for", 0, []), ("Attack", "Databreach", "leaked", 1, [])],
}


def nugget(content, text, behind):
    start = content.index(text) + behind
    return {"startOffset": start, "endOffset": start + len(text), "text": text}


@pytest.fixture
def corpus(tmp_path):
    for part in ("train", "dev"):
        for folder in ("casie", "sentences"):
            (tmp_path / folder / part).mkdir(parents=True)
        for name, lines in ARTICLES.items():
            written = "\n".join(f"{sentence} | {labels}" for sentence, labels in lines)
            (tmp_path / "sentences" / part / f"{name}.txt").write_text(written, "utf-8")
            content = CONTENT[name]
            events = [
                {
                    "type": kind,
                    "subtype": subtype,
                    "realis": "Actual",
                    "nugget": nugget(content, text, behind),
                    "argument": [
                        nugget(content, words, far) | {"type": entity, "role": {"type": role}}
                        for words, entity, role, far in arguments
                    ],
                }
                for kind, subtype, text, behind, arguments in EVENTS[name]
            ]
            record = {"content": content, "cyberevent": {"hopper": [{"events": events}]}}
            (tmp_path / "casie" / part / f"{name}.json").write_text(json.dumps(record), "utf-8")
    return tmp_path
