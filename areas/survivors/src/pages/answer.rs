//! What the page of files is answered, and what it may ask.

use axum::Json;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate_accounts::{Party, Protection};
use mandate_keep::{self as keep, KeptGrant};
use mandate_language::Message;
use mandate_ledger::{Act, Receipt, Record};
use mandate_store::Id;
use mandate_web::{FormData, Problem, Visit};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    domain::CaseName,
    store::{self, Dossier},
};

/// An answer.
pub(super) type Answer = Result<Json<Value>, Problem>;

/// Something that does not fit, in the words of a label.
pub(super) fn wrong(label: &'static str) -> Problem {
    Problem::Input(Message::new(label))
}

/// The file has moved on since it was read.
pub(super) fn moved_on() -> Problem {
    Problem::Conflict(Message::new("survivors-error-moved-on"))
}

/// Bytes as they travel.
pub(super) fn in_text(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Bytes that travelled.
pub(super) fn in_bytes(text: &str) -> Result<Vec<u8>, Problem> {
    BASE64_STANDARD
        .decode(text)
        .map_err(|_| wrong("survivors-error-unreadable"))
}

/// The content of a request: one field of JSON.
pub(super) fn content<T: DeserializeOwned>(form: &FormData) -> Result<T, Problem> {
    serde_json::from_str(form.text("content")).map_err(|_| wrong("survivors-error-unreadable"))
}

/// As which party a request is made; one that the person is.
pub(super) fn party(visit: &Visit, form: &FormData) -> Result<Party, Problem> {
    let party: Party = form.text("as").parse().map_err(|_| Problem::NotFound)?;
    if visit.person()?.parties.has(party) {
        Ok(party)
    } else {
        Err(Problem::NotFound)
    }
}

/// The file of a request, if the person may see it as the party. Absent and forbidden are answered alike: the same questions
/// are asked of the database, and the same is written in the ledger.
pub(super) async fn dossier(
    visit: &Visit,
    form: &FormData,
    party: Party,
) -> Result<Dossier, Problem> {
    let mut db = visit.ground().store.clone();
    let found = store::dossier_by_code(&mut db, form.text("code")).await?;
    let there = found.is_some();
    let item = found.unwrap_or_else(Dossier::absent);
    let sees = store::may_see(&mut db, &item, visit.person()?, party).await?;
    let record = if there { item.record() } else { absent() };
    visit
        .admits(record, Protection::Sealed, sees && there)
        .await?;
    Ok(item)
}

/// Holds a file until the act ends, if it still stands where it was seen.
pub(super) async fn held(act: &mut Act, item: &Dossier) -> Result<(), Problem> {
    if store::hold(act, item).await? {
        Ok(())
    } else {
        Err(moved_on())
    }
}

/// As the ledger speaks of a file that is not there; as long as one that is.
fn absent() -> Record {
    Record::of("dossier", "-".repeat(36))
}

/// A sealed case as the page opens it: its statements, what was granted to who asks, and its fields. What opens it is handed
/// out only against the receipt of a reading.
pub(super) async fn handed_out(
    visit: &Visit,
    receipt: &Receipt,
    (name, case): (CaseName, Id),
    of: &Record,
) -> Result<Value, Problem> {
    let mut db = visit.ground().store.clone();
    let released = keep::release(&mut db, receipt, &visit.actor(), case, of).await?;
    let grants: Vec<Value> = released
        .grants()
        .iter()
        .map(|grant| json!({ "generation": grant.generation, "sealed": in_text(&grant.sealed) }))
        .collect();
    let fields: Vec<Value> = keep::fields(&mut db, case, &[])
        .await?
        .iter()
        .map(|field| json!({ "field": field.field, "version": field.version, "sealed": in_text(&field.sealed) }))
        .collect();
    let statements = keep::statements(&mut db, case).await?;
    Ok(
        json!({ "name": name.as_str(), "case": case, "statements": statements, "grants": grants, "fields": fields }),
    )
}

/// The body for which a person files.
pub(super) fn body(visit: &Visit) -> Result<&str, Problem> {
    visit.person()?.parties.body().ok_or(Problem::NotFound)
}

/// Somebody was to join or leave a case who must not.
pub(super) fn not_theirs() -> Problem {
    wrong("survivors-error-not-theirs")
}

/// A statement of a case with what it grants, as it travels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    /// The statement's text.
    pub statement: String,
    /// The grants that it brings: to whom, of which key, and the ciphertext.
    pub grants: Vec<Granted>,
}

/// A grant as it travels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Granted {
    /// A person's identifier, or `recovery`.
    pub to: String,
    /// Of which key of the case.
    pub generation: i64,
    /// The ciphertext.
    pub sealed: String,
}

impl Stated {
    /// The grants as they are kept, each of the shape that it claims; more of a ciphertext cannot be known here.
    ///
    /// # Errors
    /// [`Problem::Input`].
    pub(super) fn grants(&self) -> Result<Vec<KeptGrant>, Problem> {
        self.grants
            .iter()
            .map(|grant| {
                let sealed = in_bytes(&grant.sealed)?;
                mandate_vault::Sealed::read(sealed.clone(), mandate_vault::Kind::Grant)
                    .map_err(|_| wrong("survivors-error-unreadable"))?;
                Ok(KeptGrant {
                    grantee: grant.to.clone(),
                    generation: grant.generation,
                    sealed,
                })
            })
            .collect()
    }
}

/// Whether a statement grants its case's latest key to a person.
pub(super) fn names(statement: &mandate_vault::CaseStatement, person: Id) -> bool {
    let person = person.to_string();
    statement
        .grants
        .iter()
        .any(|grant| grant.person.to_string() == person)
}
