"""What other programs poll, on both databases."""

from typing import Any

from incidex.store import open_store
from incidex.store.shared import Wanted

EVERYTHING = Wanted(versions=("all",))


def _note(name: str, content: str = "x") -> dict[str, Any]:
    return {"type": "note", "id": f"note--{name}", "content": content, "modified": "2026-01-01T00:00:00.000Z"}


def test_versions_dates_and_what_belongs_to_nothing(place: str) -> None:
    with open_store(place) as store:
        shared = store.shared
        shared.put(
            1, "", [_note("a"), _note("b"), {"type": "domain-name", "id": "domain-name--c", "value": "c.example"}]
        )
        first, more = shared.part(EVERYTHING, limit=2)
        assert ([one.id for one in first], more) == (["note--a", "note--b"], True)
        rest, more = shared.part(Wanted(versions=("all",), added_after=first[-1].added_at), limit=2)
        assert ([one.id for one in rest], more) == (["domain-name--c"], False)
        assert rest[0].version == rest[0].added_at
        shared.put(1, "", [_note("a", "y"), _note("b")])
        versions, _ = shared.part(Wanted(("note--a",), versions=("all",)), limit=9)
        assert [one.content["content"] for one in versions] == ["x", "y"]
        assert versions[0].version < versions[1].version == versions[1].content["modified"]
        for wanted, said in (("first", "x"), ("last", "y"), (versions[0].version, "x")):
            found, _ = shared.part(Wanted(("note--a",), versions=(wanted,)), limit=9)
            assert [one.content["content"] for one in found] == [said]
        # There is no incident 1 in this store, so that nothing holds any of it.
        gone = {str(one["id"]) for one in shared.without_incident(limit=9)}
        assert gone == {"note--a", "note--b", "domain-name--c"}
        shared.forget(["domain-name--c"])
        shared.revoke([_note("a") | {"revoked": True}])
        assert [one["id"] for one in shared.without_incident(limit=9)] == ["note--b"]
        left, _ = shared.part(EVERYTHING, limit=9)
        assert [(one.id, one.content.get("revoked", False)) for one in left] == [("note--b", False), ("note--a", True)]
