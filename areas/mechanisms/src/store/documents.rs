//! What a mechanism published.

use jiff::{Timestamp, civil::Date};
use mandate_accounts::{Protection, Scope};
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, Row, StoreError, Value, params};

/// A document of a mechanism.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its record.
    pub id: Id,
    /// The mechanism's key in the profile.
    pub mechanism: String,
    /// The symbol under which it was issued; empty where it has none.
    pub symbol: String,
    /// Its title.
    pub title: String,
    /// The state or territory under review, as the mechanism writes it; empty for the office's own.
    pub subject: String,
    /// The session; empty where there is none.
    pub session: String,
    /// The cycle; empty where there is none.
    pub cycle: String,
    /// Its date.
    pub dated: Option<Date>,
    /// Where it is published; empty where it is not.
    pub link: String,
    /// The language of its text, BCP 47.
    pub language: String,
    /// The file, if the office keeps it.
    pub attachment_id: Option<Id>,
    /// How far it may travel.
    pub protection: Protection,
    /// How many recommendations it holds.
    pub recommendations: i64,
    /// When it was added.
    pub added_at: Timestamp,
}

/// A document to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDocument {
    /// See [`Document::mechanism`].
    pub mechanism: String,
    /// See [`Document::symbol`].
    pub symbol: String,
    /// See [`Document::title`].
    pub title: String,
    /// See [`Document::subject`].
    pub subject: String,
    /// See [`Document::session`].
    pub session: String,
    /// See [`Document::cycle`].
    pub cycle: String,
    /// See [`Document::dated`].
    pub dated: Option<Date>,
    /// See [`Document::link`].
    pub link: String,
    /// See [`Document::language`].
    pub language: String,
    /// See [`Document::attachment_id`].
    pub attachment_id: Option<Id>,
    /// See [`Document::protection`].
    pub protection: Protection,
}

impl NewDocument {
    /// What makes it the same document when it is imported again: its symbol where it has one, otherwise the mechanism
    /// with the state under review, session, cycle and, where all of these are missing, the title.
    pub fn source_key(&self) -> String {
        let fold = |text: &str| {
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        };
        if !self.symbol.trim().is_empty() {
            return format!("{}|{}", self.mechanism, fold(&self.symbol));
        }
        let parts = [fold(&self.subject), fold(&self.session), fold(&self.cycle)];
        let title = if parts.iter().all(String::is_empty) {
            fold(&self.title)
        } else {
            String::new()
        };
        format!("{}|{}|{title}", self.mechanism, parts.join("|"))
    }
}

fn document(row: &Row) -> Result<Document, StoreError> {
    Ok(Document {
        id: row.id("id")?,
        mechanism: row.text("mechanism")?,
        symbol: row.text("symbol")?,
        title: row.text("title")?,
        subject: row.text("subject")?,
        session: row.text("session")?,
        cycle: row.text("cycle")?,
        dated: row.opt_date("dated")?,
        link: row.text("link")?,
        language: row.text("language")?,
        attachment_id: row.opt_id("attachment_id")?,
        protection: row.parsed("protection")?.unwrap_or(Protection::Sealed),
        recommendations: row.int("recommendations")?,
        added_at: row.at("added_at")?,
    })
}

const SELECT: &str = "SELECT d.*, (SELECT COUNT(*) FROM recommendation r WHERE r.document_id = d.id \
                      AND (r.protection IN ('public', 'office') OR EXISTS (SELECT 1 FROM recommendation_named n \
                      WHERE n.recommendation_id = r.id AND n.person_id = $1))) AS recommendations FROM document d";

/// A page of the documents that somebody may know of, newest first; with `mechanism`, only of that one.
///
/// # Errors
/// As any query.
pub async fn documents(
    db: &mut impl Query,
    scope: Scope,
    mechanism: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Document>, i64), StoreError> {
    let (levels, person) = match scope {
        Scope::Nothing => return Ok((Vec::new(), 0)),
        Scope::Public => ("d.protection = 'public'", String::new()),
        Scope::Office(person) => ("d.protection IN ('public', 'office')", person.to_string()),
    };
    let narrowed = format!("WHERE {levels} AND ($2 = '' OR d.mechanism = $2)");
    let values: Vec<Value> = params![&person, mechanism.unwrap_or_default()];
    let sql = format!(
        "{SELECT} {narrowed} ORDER BY d.dated DESC NULLS LAST, d.added_at DESC, d.id LIMIT $3 OFFSET $4"
    );
    let mut paged = values.clone();
    paged.extend(params![limit, offset]);
    let rows = db.rows(&sql, paged).await?;
    let sql = format!("SELECT COUNT(*) AS n FROM document d {narrowed} AND $1 = $1");
    let total = db.count(&sql, values).await?;
    Ok((rows.iter().map(document).collect::<Result<_, _>>()?, total))
}

/// One document; `reader` decides which of its Restricted recommendations are counted.
///
/// # Errors
/// As any query.
pub async fn document_by_id(
    db: &mut impl Query,
    id: Id,
    reader: Option<Id>,
) -> Result<Option<Document>, StoreError> {
    let reader = reader.map(|id| id.to_string()).unwrap_or_default();
    let row = db
        .row(&format!("{SELECT} WHERE d.id = $2"), params![reader, id])
        .await?;
    row.as_ref().map(document).transpose()
}

/// The document that `new` is again, where it is known.
///
/// # Errors
/// As any query.
pub async fn document_by_key(
    db: &mut impl Query,
    new: &NewDocument,
) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM document WHERE source_key = $1";
    let row = db.row(sql, params![new.source_key()]).await?;
    row.map(|row| row.id("id")).transpose()
}

/// Adds a document, or finds the one that it is again. Says whether it is new.
///
/// # Errors
/// As any query.
pub async fn insert_document(act: &mut Act, new: &NewDocument) -> Result<(Id, bool), StoreError> {
    let key = new.source_key();
    if let Some(row) = act
        .row(
            "SELECT id FROM document WHERE source_key = $1",
            params![&key],
        )
        .await?
    {
        return Ok((row.id("id")?, false));
    }
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO document (id, mechanism, symbol, title, subject, session, cycle, dated, link, language, \
         attachment_id, protection, source_key, added_at, added_by) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)",
        params![
            id,
            &new.mechanism,
            &new.symbol,
            &new.title,
            &new.subject,
            &new.session,
            &new.cycle,
            new.dated,
            &new.link,
            &new.language,
            new.attachment_id,
            new.protection.as_str(),
            key,
            at,
            by,
        ],
    )
    .await?;
    act.record(
        Entry::done("document.added", Record::of("document", id)).with("mechanism", &new.mechanism),
    )
    .await?;
    Ok((id, true))
}
