"""Stores: SQLite, one transaction for each result, so that a kill at any moment loses only what is in flight.

WAL with `synchronous=NORMAL`: a committed row survives the death of the process at any moment, and a power cut can
lose the last commits but never damage the file. A lost row is only verified again, so FULL would buy nothing.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from theory.claim import canonical
from theory.errors import INTERNAL, USAGE, Fault


class Database:
    """An SQLite file of ours. A kind of store says what it holds, its number and the version of its tables.

    `moved` is the file a corrupt store was moved to, or None.
    """

    HOLDS: str
    APPLICATION: int
    SCHEMA: int
    TABLES: str

    def __init__(self, path: Path):
        self.path = Path(path)
        self.moved: Path | None = None
        self._connection = self._open()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect()
        except (OSError, sqlite3.OperationalError) as error:
            raise Fault(
                INTERNAL, "unusable", str(self.path), f"the store cannot be opened: {error}", another_with="--store FILE"
            ) from error
        except sqlite3.DatabaseError:
            self.moved = self._move_aside()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        """An open store with its tables; DatabaseError when the file is not a healthy store of ours."""
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            self._prepare(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode=WAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _move_aside(self) -> Path:
        """Rename the store and its companions to the first free `.corrupt-N` name; nothing is deleted."""
        number = 1
        while (target := self.path.with_name(f"{self.path.name}.corrupt-{number}")).exists():
            number += 1
        self.path.rename(target)
        for suffix in ("-wal", "-shm"):
            companion = self.path.with_name(self.path.name + suffix)
            if companion.exists():
                companion.rename(target.with_name(target.name + suffix))
        return target

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Create the tables of a new store; refuse a damaged one and one that is somebody else's."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if (application, schema, tables) == (0, 0, 0):
            for command in filter(str.strip, self.TABLES.split(";")):
                connection.execute(command)
            connection.execute(f"PRAGMA application_id={self.APPLICATION}")
            connection.execute(f"PRAGMA user_version={self.SCHEMA}")
        elif application != self.APPLICATION:
            message = f"this file is an SQLite database, but not a store of {self.HOLDS}"
            raise Fault(USAGE, "refused", str(self.path), message, another_with="--store FILE")
        elif schema != self.SCHEMA:
            raise sqlite3.DatabaseError(f"schema {schema}, expected {self.SCHEMA}")
        elif connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")


class Store(Database):
    """Verdicts by key. A key is the digest of all a verdict depends on; a row is canonical JSON without times or dates."""

    HOLDS, APPLICATION, SCHEMA = "verdicts", 0x45504654, 1
    TABLES = """
CREATE TABLE verdicts (key TEXT PRIMARY KEY, claim TEXT NOT NULL, profile TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE timings (key TEXT PRIMARY KEY, seconds REAL NOT NULL) WITHOUT ROWID;
"""

    def get(self, key: str) -> dict | None:
        """The row stored under a key."""
        found = self._connection.execute("SELECT row FROM verdicts WHERE key = ?", (key,)).fetchone()
        return json.loads(found[0]) if found else None

    def put(self, key: str, row: dict, seconds: float) -> None:
        """Store a row and its time in one transaction. A key that is there keeps its row: nothing is verified twice."""
        values = (key, row["id"], row["profile"], canonical(row).decode())
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT OR IGNORE INTO verdicts VALUES (?, ?, ?, ?)", values)
        self._connection.execute("INSERT OR IGNORE INTO timings VALUES (?, ?)", (key, seconds))
        self._connection.execute("COMMIT")

    def drop(self, keys: list[str]) -> None:
        """Remove the rows under these keys."""
        self._connection.execute("BEGIN IMMEDIATE")
        for table in ("verdicts", "timings"):
            self._connection.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in keys])
        self._connection.execute("COMMIT")

    def seconds(self, key: str) -> float | None:
        """How long the row took to compute."""
        found = self._connection.execute("SELECT seconds FROM timings WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def snapshot(self) -> str:
        """Canonical text of all verdicts; equal for equal stores, whatever the order or the times of the work."""
        rows = self._connection.execute("SELECT key, claim, profile, row FROM verdicts ORDER BY key")
        return "\n".join(canonical(row).decode() for row in rows)

    def health(self) -> dict:
        """Number of rows, size in bytes and SQLite's own opinion."""
        count = self._connection.execute("SELECT count(*) FROM verdicts").fetchone()[0]
        opinion = self._connection.execute("PRAGMA quick_check").fetchone()[0]
        return {"rows": count, "bytes": self.path.stat().st_size, "quick_check": opinion}
