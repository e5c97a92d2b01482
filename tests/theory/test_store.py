"""The store keeps what was committed, says so when it is damaged, and deletes nothing."""

import sqlite3

import pytest

from theory.errors import Fault
from theory.store import Store

ROW = {"id": "small.one", "profile": "full", "verdict": "checked"}


def test_a_row_is_there_after_reopening(tmp_path):
    path = tmp_path / "deep" / "store.sqlite3"
    with Store(path) as store:
        store.put("k", ROW, 1.5)
    with Store(path) as store:
        assert store.get("k") == ROW
        assert store.seconds("k") == 1.5
        assert store.get("other") is None


def test_the_snapshot_has_neither_times_nor_order(tmp_path):
    texts = []
    for name, keys in (("a", "xyz"), ("b", "zxy")):
        with Store(tmp_path / name) as store:
            for place, key in enumerate(keys):
                store.put(key, {**ROW, "id": f"small.{key}"}, place * 0.1)
            texts.append(store.snapshot())
    assert texts[0] == texts[1] != ""


def test_a_key_keeps_its_first_row(tmp_path):
    with Store(tmp_path / "s") as store:
        store.put("k", ROW, 1)
        store.put("k", {**ROW, "verdict": "refuted"}, 1)
        assert store.get("k")["verdict"] == "checked"


@pytest.mark.parametrize("damage", ["text", "header", "middle", "schema"])
def test_a_damaged_store_is_moved_aside(tmp_path, damage):
    path = tmp_path / "store.sqlite3"
    with Store(path) as store:
        for number in range(200):
            store.put(f"{number:064}", {**ROW, "says": "x" * 200}, 1)
    _damage(path, damage)
    before = path.read_bytes()
    with Store(path) as store:
        assert store.moved == tmp_path / "store.sqlite3.corrupt-1"
        assert store.moved.read_bytes() == before
        assert store.health() == {"rows": 0, "bytes": path.stat().st_size, "quick_check": "ok"}
    _damage(path, "text")
    with Store(path) as store:
        assert store.moved.name == "store.sqlite3.corrupt-2"


def _damage(path, how):
    if how == "schema":
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version=99")
        connection.close()
        return
    data = bytearray(path.read_bytes())
    if how == "text":
        data = bytearray(b"this is no database at all, whatever its name says" * 40)
    else:
        start = 0 if how == "header" else len(data) // 2
        data[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Fault, match="not a store of verdicts") as caught:
        Store(path)
    assert caught.value.code == 64
    assert path.read_bytes() == before


def test_a_store_that_cannot_be_opened(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be opened") as caught:
        Store(tmp_path / "file" / "store.sqlite3")
    assert caught.value.code == 70
