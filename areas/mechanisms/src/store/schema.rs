//! The tables. What can be derived (the current status) is kept beside the statements it comes from, written in the same
//! transaction, and checked by `mandate verify`.

use mandate_store::{Migration, Migrations};

/// The area's steps.
pub fn migrations() -> Migrations {
    Migrations {
        room: "mechanisms",
        steps: &[
            Migration {
                number: 1,
                name: "documents, recommendations and their follow-up",
                sql: TABLES,
            },
            Migration {
                number: 2,
                name: "the pages of a report in review",
                sql: PAGES,
            },
            Migration {
                number: 3,
                name: "to whom a proposal speaks, and by when",
                sql: SPOKEN_TO,
            },
            Migration {
                number: 4,
                name: "clusters of recommendations that ask for the same, models that learned, themes of proposals",
                sql: CLUSTERS,
            },
        ],
    }
}

const TABLES: &str = "
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    mechanism TEXT NOT NULL,
    symbol TEXT NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    session TEXT NOT NULL,
    cycle TEXT NOT NULL,
    dated TEXT,
    link TEXT NOT NULL,
    language TEXT NOT NULL,
    attachment_id TEXT REFERENCES attachment (id),
    protection TEXT NOT NULL,
    source_key TEXT NOT NULL UNIQUE,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;

CREATE TABLE recommendation (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id),
    position INTEGER NOT NULL,
    source_id TEXT,
    paragraph TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    reply TEXT NOT NULL,
    priority TEXT NOT NULL,
    deadline TEXT,
    protection TEXT NOT NULL,
    responsible TEXT REFERENCES person (id),
    status TEXT NOT NULL,
    status_dated TEXT,
    verify_on TEXT,
    added_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (document_id, source_id)
) STRICT;
CREATE INDEX recommendation_by_document ON recommendation (document_id, position);

CREATE TABLE recommendation_tag (
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (recommendation_id, kind, value)
) STRICT;
CREATE INDEX recommendation_tag_by_value ON recommendation_tag (kind, value, recommendation_id);

CREATE TABLE recommendation_named (
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (recommendation_id, person_id)
) STRICT;

CREATE TABLE translation (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX translation_by_recommendation ON translation (recommendation_id, added_at);

CREATE TABLE wording (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    text TEXT NOT NULL,
    until INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;
CREATE INDEX wording_by_recommendation ON wording (recommendation_id, until);

CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    link TEXT NOT NULL,
    attachment_id TEXT REFERENCES attachment (id),
    source TEXT NOT NULL,
    dated TEXT NOT NULL,
    protection TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_by_recommendation ON evidence (recommendation_id, added_at);

CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    voice TEXT NOT NULL,
    scale TEXT NOT NULL,
    grade TEXT NOT NULL,
    office_status TEXT,
    reason TEXT NOT NULL,
    dated TEXT NOT NULL,
    verify_on TEXT,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX assessment_by_recommendation ON assessment (recommendation_id, voice, dated, added_at);
CREATE INDEX assessment_by_date ON assessment (voice, dated);

CREATE TABLE assessment_evidence (
    assessment_id TEXT NOT NULL REFERENCES assessment (id),
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    PRIMARY KEY (assessment_id, evidence_id)
) STRICT;

CREATE TABLE measure (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    institution TEXT NOT NULL,
    what TEXT NOT NULL,
    due TEXT,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX measure_by_recommendation ON measure (recommendation_id, added_at);
CREATE INDEX measure_by_institution ON measure (institution);

CREATE TABLE measure_progress (
    id TEXT PRIMARY KEY,
    measure_id TEXT NOT NULL REFERENCES measure (id),
    progress TEXT NOT NULL,
    note TEXT NOT NULL,
    dated TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX measure_progress_by_measure ON measure_progress (measure_id, dated, added_at);

CREATE TABLE comment (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    body TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX comment_by_recommendation ON comment (recommendation_id, added_at);

CREATE TABLE mention (
    comment_id TEXT NOT NULL REFERENCES comment (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    seen_at INTEGER,
    PRIMARY KEY (comment_id, person_id)
) STRICT;
CREATE INDEX mention_by_person ON mention (person_id, seen_at);

CREATE TABLE desk_visit (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE import_mapping (
    signature TEXT PRIMARY KEY,
    mapping TEXT NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE import (
    id TEXT PRIMARY KEY,
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    mapping TEXT NOT NULL,
    summary TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX import_by_time ON import (added_at);

CREATE TABLE proposal (
    id TEXT PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES import (id),
    position REAL NOT NULL,
    paragraph TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    states TEXT NOT NULL,
    reply TEXT NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    confidence REAL NOT NULL,
    reasons TEXT NOT NULL,
    decision TEXT NOT NULL,
    edited_at INTEGER
) STRICT;
CREATE INDEX proposal_by_import ON proposal (import_id, position);
";

const SPOKEN_TO: &str = "
ALTER TABLE proposal ADD COLUMN addressee TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN due TEXT NOT NULL DEFAULT '';
";

const CLUSTERS: &str = "
CREATE TABLE cluster (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;

CREATE TABLE cluster_member (
    recommendation_id TEXT PRIMARY KEY REFERENCES recommendation (id),
    cluster_id TEXT NOT NULL REFERENCES cluster (id),
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL
) STRICT;
CREATE INDEX cluster_member_by_cluster ON cluster_member (cluster_id, recommendation_id);

CREATE TABLE cluster_apart (
    cluster_id TEXT NOT NULL REFERENCES cluster (id),
    recommendation_id TEXT NOT NULL REFERENCES recommendation (id),
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (cluster_id, recommendation_id)
) STRICT;
CREATE INDEX cluster_apart_by_recommendation ON cluster_apart (recommendation_id);
CREATE INDEX recommendation_closed ON recommendation (id) WHERE protection NOT IN ('public', 'office');

ALTER TABLE measure ADD COLUMN cluster_id TEXT REFERENCES cluster (id);
CREATE INDEX measure_by_cluster ON measure (cluster_id);

CREATE TABLE suggestion_model (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    report TEXT NOT NULL,
    ledger_size INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    UNIQUE (kind, number)
) STRICT;

ALTER TABLE proposal ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
";

const PAGES: &str = "
CREATE TABLE import_page (
    import_id TEXT NOT NULL REFERENCES import (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT;
";
