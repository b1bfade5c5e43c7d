//! The tables of this room.

use mandate_store::{Migration, Migrations, Store, StoreError, Tx};

/// The tables of accounts. They stand behind those of the store and the ledger.
pub fn migrations() -> Migrations {
    Migrations {
        room: "accounts",
        steps: &[
            Migration {
                number: 1,
                name: "people and how they sign in",
                sql: TABLES,
            },
            Migration {
                number: 2,
                name: "parties to the sealed process",
                sql: PARTIES,
            },
        ],
    }
}

/// A transaction for what is no record of the office: the time a session was last seen, counters of attempts to sign
/// in, challenges that live for minutes. None of it says what anybody did to a record, and an entry for each would bury
/// the ledger. Whatever changes what somebody may do goes through `mandate_ledger::Act`.
pub(crate) async fn unrecorded(store: &Store) -> Result<Tx, StoreError> {
    store.begin().await
}

const PARTIES: &str = "
CREATE TABLE person_party (
    person_id TEXT NOT NULL REFERENCES person (id),
    party TEXT NOT NULL,
    holds TEXT,
    PRIMARY KEY (person_id, party)
) STRICT;
";

const TABLES: &str = "
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    administrator INTEGER NOT NULL CHECK (administrator IN (0, 1)),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    password_hash TEXT,
    totp_secret TEXT,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE person_role (
    person_id TEXT NOT NULL REFERENCES person (id),
    area TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, area)
) STRICT;
CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX invitation_by_person ON invitation (person_id);
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    rotation_due INTEGER NOT NULL DEFAULT 0 CHECK (rotation_due IN (0, 1)),
    browser TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id);
CREATE TABLE passkey (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    credential_id TEXT NOT NULL UNIQUE,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX passkey_by_person ON passkey (person_id);
CREATE TABLE recovery_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (person_id, hash)
) STRICT;
CREATE TABLE sign_in_attempt (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_by_key ON sign_in_attempt (key, at);
CREATE INDEX sign_in_attempt_by_time ON sign_in_attempt (at);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    area TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_token_by_person ON api_token (person_id);
CREATE TABLE ceremony (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ceremony_by_time ON ceremony (expires_at);
";
