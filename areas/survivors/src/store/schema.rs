//! The tables. What can be derived (the stage) is kept beside the steps that it comes from, written in one transaction.

use mandate_store::{Migration, Migrations};

/// The area's steps. They stand behind those of accounts and the vault.
pub fn migrations() -> Migrations {
    Migrations {
        room: "survivors",
        steps: &[
            Migration {
                number: 1,
                name: "files, steps, members, votes, openings, published counts",
                sql: TABLES,
            },
            Migration {
                number: 2,
                name: "figures that were given out",
                sql: RELEASES,
            },
            Migration {
                number: 3,
                name: "people whom the law leaves out",
                sql: LEFT_OUT,
            },
            Migration {
                number: 4,
                name: "indexes of names",
                sql: NAMES,
            },
        ],
    }
}

const RELEASES: &str = "
CREATE TABLE released_figures (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    publication TEXT NOT NULL,
    days TEXT NOT NULL,
    released_by TEXT NOT NULL REFERENCES person (id),
    released_at INTEGER NOT NULL
) STRICT;
";

const NAMES: &str = "
CREATE TABLE name_index (
    body TEXT PRIMARY KEY,
    sealed_case TEXT NOT NULL UNIQUE
) STRICT;
";

const LEFT_OUT: &str = "
CREATE TABLE left_out (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    sealed_case TEXT NOT NULL UNIQUE,
    recorded_by TEXT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    region TEXT,
    sex TEXT,
    community TEXT,
    recorded_on TEXT NOT NULL
) STRICT;
CREATE INDEX left_out_by_body ON left_out (body, recorded_on);
";

const TABLES: &str = "
CREATE TABLE dossier (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    file_case TEXT NOT NULL UNIQUE,
    identity_one TEXT NOT NULL UNIQUE,
    identity_two TEXT NOT NULL UNIQUE,
    filed_by TEXT NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    stage TEXT NOT NULL,
    round TEXT NOT NULL,
    stage_on TEXT NOT NULL,
    filed_on TEXT,
    window_key TEXT,
    outcome TEXT,
    region TEXT,
    sex TEXT,
    community TEXT,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dossier_by_stage ON dossier (stage, stage_on);
CREATE INDEX dossier_by_body ON dossier (body, stage);
CREATE TABLE dossier_step (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    round TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    taken_by TEXT NOT NULL REFERENCES person (id),
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, number)
) STRICT;
CREATE TABLE dossier_member (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    round TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    assigned_at INTEGER NOT NULL,
    aside_at INTEGER,
    PRIMARY KEY (dossier_id, round, person_id)
) STRICT;
CREATE INDEX dossier_member_by_person ON dossier_member (person_id);
CREATE TABLE dossier_vote (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    round TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    number INTEGER NOT NULL,
    vote TEXT NOT NULL,
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, round, person_id, number)
) STRICT;
CREATE TABLE dossier_reason (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    round TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (dossier_id, round, reason)
) STRICT;
CREATE TABLE identity_opening (
    id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    asked_by TEXT NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('granted', 'refused')),
    answered_by TEXT REFERENCES person (id),
    answered_at INTEGER,
    CHECK (answered_by IS NULL OR answered_by <> asked_by)
) STRICT;
CREATE INDEX identity_opening_by_dossier ON identity_opening (dossier_id, asked_at);
CREATE TABLE published_count (
    id TEXT PRIMARY KEY,
    published_by TEXT NOT NULL,
    as_of TEXT NOT NULL,
    source TEXT NOT NULL,
    applied INTEGER NOT NULL,
    recognised INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    interview INTEGER NOT NULL,
    unprocessed INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES person (id),
    added_at INTEGER NOT NULL
) STRICT;
";
