//! The ledger's tables.

use mandate_store::{Migration, Migrations};

/// The ledger's tables. After bringing them up to date, call [`crate::complete`], which gives leaves to entries that were
/// written before there was a tree.
pub fn migrations() -> Migrations {
    Migrations {
        room: "ledger",
        steps: &[
            Migration {
                number: 1,
                name: "entries",
                sql: ENTRIES,
            },
            Migration {
                number: 2,
                name: "tree",
                sql: TREE,
            },
        ],
    }
}

const ENTRIES: &str = "
CREATE TABLE ledger_entry (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    session TEXT,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'read', 'refused')),
    record_kind TEXT,
    record_id TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_by_record ON ledger_entry (record_kind, record_id, seq);
CREATE INDEX ledger_by_actor ON ledger_entry (actor, seq);
CREATE TABLE ledger_size (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL) STRICT;
INSERT INTO ledger_size (one, size) VALUES (1, 0);
";

/// A leaf stands in the row of its entry, so that neither can be there without the other. Tiles are stored when they are
/// full; they and roots follow from the leaves. An empty ledger has no row of its size, because a backup is restored into
/// empty tables only.
const TREE: &str = "
ALTER TABLE ledger_entry ADD COLUMN salt BLOB;
ALTER TABLE ledger_entry ADD COLUMN commitment BLOB;
CREATE INDEX ledger_without_leaf ON ledger_entry (seq) WHERE commitment IS NULL;
CREATE INDEX ledger_readings ON ledger_entry (actor, at) WHERE outcome = 'read';
DELETE FROM ledger_size WHERE size = 0;
CREATE TABLE ledger_tile (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    root BLOB NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
) STRICT;
CREATE TABLE ledger_key (
    verifier_key TEXT PRIMARY KEY,
    added_at INTEGER NOT NULL
) STRICT;
CREATE TABLE ledger_checkpoint (
    size INTEGER NOT NULL,
    verifier_key TEXT NOT NULL REFERENCES ledger_key (verifier_key),
    root BLOB NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (size, verifier_key)
) STRICT;
CREATE TABLE ledger_witness (
    verifier_key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;
CREATE TABLE ledger_cosignature (
    size INTEGER NOT NULL,
    verifier_key TEXT NOT NULL,
    witness TEXT NOT NULL REFERENCES ledger_witness (verifier_key),
    line TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (size, verifier_key, witness),
    FOREIGN KEY (size, verifier_key) REFERENCES ledger_checkpoint (size, verifier_key)
) STRICT;
CREATE TABLE ledger_reader (
    digest TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE TABLE ledger_rate (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    readings INTEGER NOT NULL CHECK (readings > 0),
    minutes INTEGER NOT NULL CHECK (minutes > 0)
) STRICT;
CREATE TABLE ledger_alarm (
    id TEXT PRIMARY KEY,
    actor TEXT NOT NULL,
    readings INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_alarm_by_actor ON ledger_alarm (actor, at);
CREATE TABLE ledger_alarm_seen (
    alarm_id TEXT NOT NULL REFERENCES ledger_alarm (id),
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (alarm_id, person)
) STRICT;
";
