//! What the server keeps of sealed things: certificates, wrapped keys, statements, grants, ciphertexts. Bytes in, bytes out.
//! Their shapes are in `ground/vault`; what opens them is in no crate of the server.
//!
//! Nothing here opens anything. What is kept is checked for what a server can check: that versions grow by one, that a
//! statement continues the chain of its case and is signed, that a grant goes to somebody whom it names ([`Stated`]).
//! Everything is written through an [`Act`], and what lets somebody read is handed out only after the reading is in the
//! ledger ([`release`]).

mod grants;

use jiff::Timestamp;
use mandate_ledger::Act;
use mandate_store::{Id, Migration, Migrations, Query, StoreError, params};
use mandate_vault::{Certificate, Directory, OfficeKey, Refusal, Revocations};

pub use grants::{
    KeptGrant, Released, Stated, StatedProblem, grantees, latest, release, statements,
    withdraw_all_but,
};

/// The tables of the vault. They stand behind those of accounts.
pub fn migrations() -> Migrations {
    Migrations {
        room: "vault",
        steps: &[
            Migration {
                number: 1,
                name: "certificates, wrapped keys, statements, grants, sealed fields",
                sql: TABLES,
            },
            Migration {
                number: 2,
                name: "a case is begun once, and no grant is written over",
                sql: ONCE,
            },
        ],
    }
}

const ONCE: &str = "
CREATE TABLE vault_case (
    case_id TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL
) STRICT;
INSERT INTO vault_case (case_id, made_at) SELECT case_id, MIN(made_at) FROM vault_statement GROUP BY case_id;
CREATE TABLE vault_given (
    case_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    grantee TEXT NOT NULL,
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, generation, grantee, number)
) STRICT;
INSERT INTO vault_given (case_id, generation, grantee, number, sealed, made_at)
    SELECT case_id, generation, grantee, 0, sealed, made_at FROM vault_grant;
DROP TABLE vault_grant;
ALTER TABLE vault_given RENAME TO vault_grant;
";

const TABLES: &str = "
CREATE TABLE vault_office (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    office TEXT NOT NULL
) STRICT;
CREATE TABLE vault_certificate (
    serial INTEGER PRIMARY KEY,
    certified TEXT NOT NULL,
    text TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;
CREATE TABLE vault_revocations (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;
CREATE TABLE vault_request (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    encryption TEXT NOT NULL,
    signing TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE vault_wrap (
    person_id TEXT NOT NULL REFERENCES person (id),
    credential TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, credential)
) STRICT;
CREATE TABLE vault_statement (
    case_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, number)
) STRICT;
CREATE TABLE vault_grant (
    case_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    grantee TEXT NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, generation, grantee)
) STRICT;
CREATE TABLE vault_field (
    case_id TEXT NOT NULL,
    field TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, field, version)
) STRICT;
CREATE TABLE vault_chunk (
    case_id TEXT NOT NULL,
    upload TEXT NOT NULL,
    part INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, upload, part)
) STRICT;
";

/// A certificate as it was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCertificate {
    /// Its number.
    pub serial: i64,
    /// Whom it certifies: a person's identifier, or `recovery`.
    pub certified: String,
    /// Its text.
    pub text: String,
}

/// What every client needs before it trusts a key: public, and checked by the client, not believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptDirectory {
    /// The office's public key; nothing while none has been brought.
    pub office: Option<String>,
    /// All certificates, by number.
    pub certificates: Vec<KeptCertificate>,
    /// The newest list of revocations.
    pub revocations: Option<String>,
}

impl KeptDirectory {
    /// The directory for an hour, checked; nothing while the office's key or its list has not been brought.
    ///
    /// # Errors
    /// What [`Directory::of`] refuses.
    pub fn checked(&self, at: Timestamp) -> Result<Option<Directory>, Refusal> {
        let now = u64::try_from(at.as_second()).unwrap_or(0);
        let (Some(office), Some(revocations)) = (&self.office, &self.revocations) else {
            return Ok(None);
        };
        let certificates = self
            .certificates
            .iter()
            .map(|kept| Certificate::read(kept.text.as_bytes()))
            .collect::<Result<Vec<_>, _>>()?;
        let revocations = Revocations::read(revocations.as_bytes())?;
        Directory::of(OfficeKey::read(office)?, certificates, revocations, now).map(Some)
    }
}

/// The directory.
///
/// # Errors
/// As any query.
pub async fn directory(db: &mut impl Query) -> Result<KeptDirectory, StoreError> {
    let office = db
        .row("SELECT office FROM vault_office WHERE one = 1", vec![])
        .await?
        .map(|row| row.text("office"))
        .transpose()?;
    let certificates = db
        .rows(
            "SELECT serial, certified, text FROM vault_certificate ORDER BY serial",
            vec![],
        )
        .await?
        .iter()
        .map(|row| {
            Ok(KeptCertificate {
                serial: row.int("serial")?,
                certified: row.text("certified")?,
                text: row.text("text")?,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let revocations = db
        .row(
            "SELECT text FROM vault_revocations ORDER BY number DESC LIMIT 1",
            vec![],
        )
        .await?
        .map(|row| row.text("text"))
        .transpose()?;
    Ok(KeptDirectory {
        office,
        certificates,
        revocations,
    })
}

/// Keeps the office's public key. It is brought once: another one needs another office.
///
/// # Errors
/// As any query. Returns whether it was kept, or was this one already.
pub async fn set_office(act: &mut Act, office: &str) -> Result<bool, StoreError> {
    act.execute(
        "INSERT INTO vault_office (one, office) VALUES (1, $1) ON CONFLICT (one) DO NOTHING",
        params![office],
    )
    .await?;
    let kept = act
        .row("SELECT office FROM vault_office WHERE one = 1", vec![])
        .await?
        .ok_or(StoreError::NotFound("office"))?
        .text("office")?;
    Ok(kept == office)
}

/// Keeps a certificate; returns whether its number was free (or held this one).
///
/// # Errors
/// As any query.
pub async fn add_certificate(
    act: &mut Act,
    serial: i64,
    certified: &str,
    text: &str,
) -> Result<bool, StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO vault_certificate (serial, certified, text, added_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (serial) DO NOTHING",
        params![serial, certified, text, at],
    )
    .await?;
    let kept = act
        .row(
            "SELECT text FROM vault_certificate WHERE serial = $1",
            params![serial],
        )
        .await?
        .ok_or(StoreError::NotFound("certificate"))?;
    Ok(kept.text("text")? == text)
}

/// Keeps a list of revocations; returns whether its number is higher than any before.
///
/// # Errors
/// As any query.
pub async fn add_revocations(act: &mut Act, number: i64, text: &str) -> Result<bool, StoreError> {
    let at = act.at();
    let last = act
        .count(
            "SELECT COALESCE(MAX(number), 0) AS n FROM vault_revocations",
            vec![],
        )
        .await?;
    if number <= last {
        return Ok(false);
    }
    act.execute(
        "INSERT INTO vault_revocations (number, text, added_at) VALUES ($1, $2, $3)",
        params![number, text, at],
    )
    .await?;
    Ok(true)
}

/// A key that waits for the office to certify it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whose.
    pub person: Id,
    /// The age recipient.
    pub encryption: String,
    /// The signing key.
    pub signing: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Keeps a person's new key: the wrap by passphrase, and what is to be certified. An older key is replaced, and its wraps by
/// passkey with it: what was granted to it has to be granted anew.
///
/// # Errors
/// As any query.
pub async fn set_key(
    act: &mut Act,
    person: Id,
    wrapped: &[u8],
    encryption: &str,
    signing: &str,
) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "DELETE FROM vault_wrap WHERE person_id = $1",
        params![person],
    )
    .await?;
    wrap(act, person, "", wrapped).await?;
    act.execute(
        "INSERT INTO vault_request (person_id, encryption, signing, made_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id) DO UPDATE SET encryption = excluded.encryption, signing = excluded.signing, \
         made_at = excluded.made_at",
        params![person, encryption, signing, at],
    )
    .await?;
    Ok(())
}

/// Keeps one wrap of a person's key: by passphrase (an empty credential) or by a passkey.
///
/// # Errors
/// As any query.
pub async fn wrap(
    act: &mut Act,
    person: Id,
    credential: &str,
    wrapped: &[u8],
) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO vault_wrap (person_id, credential, wrapped, made_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, credential) DO UPDATE SET wrapped = excluded.wrapped, made_at = excluded.made_at",
        params![person, credential, wrapped.to_vec(), at],
    )
    .await?;
    Ok(())
}

/// A person's wraps: the credential (empty for the passphrase) and the bytes.
///
/// # Errors
/// As any query.
pub async fn wraps(db: &mut impl Query, person: Id) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    db.rows(
        "SELECT credential, wrapped FROM vault_wrap WHERE person_id = $1 ORDER BY credential",
        params![person],
    )
    .await?
    .iter()
    .map(|row| Ok((row.text("credential")?, row.bytes("wrapped")?)))
    .collect()
}

/// Keys that were made, whether certified or not.
///
/// # Errors
/// As any query.
pub async fn requests(db: &mut impl Query) -> Result<Vec<Request>, StoreError> {
    db.rows(
        "SELECT person_id, encryption, signing, made_at FROM vault_request ORDER BY made_at, person_id",
        vec![],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Request {
            person: row.id("person_id")?,
            encryption: row.text("encryption")?,
            signing: row.text("signing")?,
            made_at: row.at("made_at")?,
        })
    })
    .collect()
}

/// Keeps a version of a field; returns whether it is the next one.
///
/// # Errors
/// As any query.
pub async fn write(
    act: &mut Act,
    case: Id,
    field: &str,
    version: i64,
    sealed: &[u8],
) -> Result<bool, StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    let last = act
        .count(
            "SELECT COALESCE(MAX(version), 0) AS n FROM vault_field WHERE case_id = $1 AND field = $2",
            params![case, field],
        )
        .await?;
    if version != last + 1 {
        return Ok(false);
    }
    act.execute(
        "INSERT INTO vault_field (case_id, field, version, sealed, author, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![case, field, version, sealed.to_vec(), by, at],
    )
    .await?;
    Ok(true)
}

/// A field's latest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptField {
    /// Its name.
    pub field: String,
    /// From 1.
    pub version: i64,
    /// The ciphertext.
    pub sealed: Vec<u8>,
    /// When it was written.
    pub made_at: Timestamp,
}

/// The latest version of every field of a case whose name begins with one of these; of all where none is named.
///
/// # Errors
/// As any query.
pub async fn fields(
    db: &mut impl Query,
    case: Id,
    beginnings: &[&str],
) -> Result<Vec<KeptField>, StoreError> {
    let rows = db
        .rows(
            "SELECT f.field, f.version, f.sealed, f.made_at FROM vault_field f WHERE f.case_id = $1 AND f.version = \
             (SELECT MAX(g.version) FROM vault_field g WHERE g.case_id = f.case_id AND g.field = f.field) \
             ORDER BY f.field",
            params![case],
        )
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        let field = row.text("field")?;
        if beginnings.is_empty() || beginnings.iter().any(|begin| field.starts_with(begin)) {
            found.push(KeptField {
                field,
                version: row.int("version")?,
                sealed: row.bytes("sealed")?,
                made_at: row.at("made_at")?,
            });
        }
    }
    Ok(found)
}

/// Keeps a part of an attachment. Sending it again changes nothing.
///
/// # Errors
/// As any query.
pub async fn add_chunk(
    act: &mut Act,
    case: Id,
    upload: &str,
    part: i64,
    sealed: &[u8],
) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO vault_chunk (case_id, upload, part, sealed, made_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id, upload, part) DO NOTHING",
        params![case, upload, part, sealed.to_vec(), at],
    )
    .await?;
    Ok(())
}

/// The parts of an attachment that are here.
///
/// # Errors
/// As any query.
pub async fn chunks(db: &mut impl Query, case: Id, upload: &str) -> Result<Vec<i64>, StoreError> {
    db.rows(
        "SELECT part FROM vault_chunk WHERE case_id = $1 AND upload = $2 ORDER BY part",
        params![case, upload],
    )
    .await?
    .iter()
    .map(|row| row.int("part"))
    .collect()
}

/// Destroys everything of a case: statements, grants, fields, parts. Nothing of it can be opened afterwards but out of a backup,
/// and no other case is ever begun under its name.
///
/// # Errors
/// As any query.
pub async fn destroy(act: &mut Act, case: Id) -> Result<(), StoreError> {
    for table in [
        "vault_statement",
        "vault_grant",
        "vault_field",
        "vault_chunk",
    ] {
        act.execute(
            &format!("DELETE FROM {table} WHERE case_id = $1"),
            params![case],
        )
        .await?;
    }
    Ok(())
}

/// A part of an attachment.
///
/// # Errors
/// As any query.
pub async fn chunk(
    db: &mut impl Query,
    case: Id,
    upload: &str,
    part: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    db.row(
        "SELECT sealed FROM vault_chunk WHERE case_id = $1 AND upload = $2 AND part = $3",
        params![case, upload, part],
    )
    .await?
    .map(|row| row.bytes("sealed"))
    .transpose()
}
