//! Imports: what was sent, what is proposed from it, and writing it all at once.

use std::collections::{BTreeSet, HashMap};

use jiff::{Timestamp, civil::Date};

use mandate_accounts::Protection;
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, Row, StoreError, Value, insert_many, params};

use super::documents::{NewDocument, insert_document};
use crate::domain::{
    Change, Incoming, ItemKind, Known, OfficeStatus, Plan, Priority, Reply, TagKind, plan,
};

/// A document of an import with what it recommends.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportDocument {
    /// The document, new or known.
    pub document: NewDocument,
    /// Its items in order.
    pub items: Vec<ImportItem>,
}

/// A recommendation to be imported.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportItem {
    /// What identifies it at its source.
    pub source_id: Option<String>,
    /// The paragraph's number.
    pub paragraph: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its text.
    pub text: String,
    /// BCP 47.
    pub language: String,
    /// The authority's reply.
    pub reply: Reply,
    /// The priority.
    pub priority: Priority,
    /// The deadline.
    pub deadline: Option<Date>,
    /// Its tags, with the recommending states.
    pub tags: Vec<(TagKind, String)>,
}

impl ImportItem {
    fn states(&self) -> Vec<String> {
        let mut states: Vec<String> = self
            .tags
            .iter()
            .filter(|(kind, _)| *kind == TagKind::State)
            .map(|(_, value)| value.clone())
            .collect();
        states.sort();
        states
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Applied {
    /// Documents that were not known.
    pub new_documents: usize,
    /// Documents in all.
    pub documents: usize,
    /// Recommendations that were not known.
    pub new: usize,
    /// Known, word for word.
    pub same: usize,
    /// Known with another text: `(before, after)` of the first hundred.
    pub reworded: usize,
    /// The first differences, for the preview.
    pub differences: Vec<(String, String)>,
    /// Known before and absent now; they stay.
    pub absent: usize,
}

/// How many differences a preview shows.
const DIFFERENCES: usize = 100;

/// What is known of the document that `new` is again; empty when it is new.
///
/// # Errors
/// As any query.
pub async fn known_of_document(
    db: &mut impl Query,
    new: &NewDocument,
) -> Result<Vec<Known<Id>>, StoreError> {
    known_under(db, &new.source_key()).await
}

async fn known_under(db: &mut impl Query, key: &str) -> Result<Vec<Known<Id>>, StoreError> {
    let mut states: HashMap<Id, Vec<String>> = HashMap::new();
    let rows = db
        .rows(
            "SELECT t.recommendation_id, t.value FROM recommendation_tag t \
             JOIN recommendation r ON r.id = t.recommendation_id JOIN document d ON d.id = r.document_id \
             WHERE d.source_key = $1 AND t.kind = 'state' ORDER BY t.value",
            params![key],
        )
        .await?;
    for row in &rows {
        states
            .entry(row.id("recommendation_id")?)
            .or_default()
            .push(row.text("value")?);
    }
    db.rows(
        "SELECT r.id, r.source_id, r.text FROM recommendation r JOIN document d ON d.id = r.document_id \
         WHERE d.source_key = $1 ORDER BY r.position, r.id",
        params![key],
    )
    .await?
    .iter()
    .map(|row| {
        let id = row.id("id")?;
        let mut states = states.remove(&id).unwrap_or_default();
        states.sort();
        Ok(Known { id, source_id: row.opt_text("source_id")?, text: row.text("text")?, states })
    })
    .collect()
}

/// Writes an import into one act: all of it or nothing. `go_on` is asked after every document with how many are done, and
/// stops the import by answering no; then nothing is written. With `dry` nothing is written either, only counted.
///
/// # Errors
/// As any query; [`StoreError::Refused`] when it was stopped.
pub async fn apply_import(
    act: &mut Act,
    documents: &[ImportDocument],
    dry: bool,
    mut go_on: impl FnMut(usize) -> bool + Send,
) -> Result<Applied, StoreError> {
    let mut applied = Applied {
        documents: documents.len(),
        ..Applied::default()
    };
    for (done, document) in documents.iter().enumerate() {
        if !go_on(done) {
            return Err(StoreError::Refused("the import was stopped".to_owned()));
        }
        let known = known_of_document(act, &document.document).await?;
        let incoming: Vec<Incoming> = document
            .items
            .iter()
            .map(|item| Incoming {
                source_id: item.source_id.clone(),
                text: item.text.clone(),
                states: item.states(),
            })
            .collect();
        let plan = plan(&known, &incoming);
        count(&mut applied, &plan, &known, &incoming);
        if dry {
            let key = document.document.source_key();
            let found = act
                .row(
                    "SELECT id FROM document WHERE source_key = $1",
                    params![key],
                )
                .await?;
            applied.new_documents += usize::from(found.is_none());
        } else {
            let (id, new) = insert_document(act, &document.document).await?;
            applied.new_documents += usize::from(new);
            write(act, id, document, &plan, &known).await?;
        }
    }
    Ok(applied)
}

fn count(applied: &mut Applied, plan: &Plan<Id>, known: &[Known<Id>], incoming: &[Incoming]) {
    applied.absent += plan.absent.len();
    for (change, item) in plan.changes.iter().zip(incoming) {
        match change {
            Change::New => applied.new += 1,
            Change::Same(_) => applied.same += 1,
            Change::Reworded(id) => {
                applied.reworded += 1;
                if applied.differences.len() < DIFFERENCES
                    && let Some(before) = known.iter().find(|known| known.id == *id)
                {
                    applied
                        .differences
                        .push((before.text.clone(), item.text.clone()));
                }
            }
        }
    }
}

const COLUMNS: [&str; 15] = [
    "id",
    "document_id",
    "position",
    "source_id",
    "paragraph",
    "kind",
    "text",
    "language",
    "reply",
    "priority",
    "deadline",
    "protection",
    "status",
    "added_at",
    "changed_at",
];

fn row_of(
    id: Id,
    document_id: Id,
    position: i64,
    item: &ImportItem,
    protection: Protection,
    at: Timestamp,
) -> Vec<Value> {
    params![
        id,
        document_id,
        position,
        item.source_id.clone(),
        &item.paragraph,
        item.kind.as_str(),
        &item.text,
        &item.language,
        item.reply.as_str(),
        item.priority.as_str(),
        item.deadline,
        protection.as_str(),
        OfficeStatus::NotStarted.as_str(),
        at,
        at,
    ]
}

fn tag_rows(id: Id, item: &ImportItem) -> impl Iterator<Item = Vec<Value>> + '_ {
    let distinct: BTreeSet<&(TagKind, String)> = item.tags.iter().collect();
    distinct
        .into_iter()
        .map(move |(kind, value)| params![id, kind.as_str(), value])
}

const TAG_COLUMNS: [&str; 3] = ["recommendation_id", "kind", "value"];

/// What became of a recommendation that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(Id),
    /// The document holds it already, word for word and from the same states.
    Known(Id),
}

/// Adds one recommendation at the end of a document, with the document's protection.
///
/// # Errors
/// As any query; [`StoreError::NotFound`] when there is no such document.
pub async fn add_recommendation(
    act: &mut Act,
    document_id: Id,
    item: &ImportItem,
) -> Result<Added, StoreError> {
    let row = act
        .row(
            "SELECT source_key, protection, (SELECT COUNT(*) FROM recommendation r WHERE r.document_id = d.id) AS n \
             FROM document d WHERE d.id = $1",
            params![document_id],
        )
        .await?
        .ok_or(StoreError::NotFound("document"))?;
    let protection = row.parsed("protection")?.unwrap_or(Protection::Sealed);
    let known = known_under(act, &row.text("source_key")?).await?;
    let incoming = Incoming {
        source_id: None,
        text: item.text.clone(),
        states: item.states(),
    };
    if let Some(Change::Same(id)) = plan(&known, &[incoming]).changes.first() {
        return Ok(Added::Known(*id));
    }
    let (id, at) = (Id::new(), act.at());
    let values = row_of(id, document_id, row.int("n")?, item, protection, at);
    insert_many(act.tx(), "recommendation", &COLUMNS, vec![values]).await?;
    let tags = tag_rows(id, item).collect();
    insert_many(act.tx(), "recommendation_tag", &TAG_COLUMNS, tags).await?;
    act.record(Entry::done(
        "recommendation.added",
        Record::of("recommendation", id),
    ))
    .await?;
    Ok(Added::New(id))
}

async fn write(
    act: &mut Act,
    document_id: Id,
    document: &ImportDocument,
    plan: &Plan<Id>,
    known: &[Known<Id>],
) -> Result<(), StoreError> {
    let at = act.at();
    let protection = document.document.protection;
    let first = i64::try_from(known.len()).unwrap_or(0);
    let (mut rows, mut tags, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for (position, (item, change)) in (first..).zip(document.items.iter().zip(&plan.changes)) {
        match change {
            Change::Same(_) => {}
            Change::Reworded(id) => reword(act, *id, item).await?,
            Change::New => {
                let id = Id::new();
                let row = row_of(id, document_id, position, item, protection, at);
                rows.push(row);
                tags.extend(tag_rows(id, item));
                entries.push(Entry::done(
                    "recommendation.imported",
                    Record::of("recommendation", id),
                ));
            }
        }
    }
    insert_many(act.tx(), "recommendation", &COLUMNS, rows).await?;
    insert_many(act.tx(), "recommendation_tag", &TAG_COLUMNS, tags).await?;
    if !entries.is_empty() {
        act.record_all(entries).await?;
    }
    Ok(())
}

async fn reword(act: &mut Act, id: Id, item: &ImportItem) -> Result<(), StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO wording (id, recommendation_id, text, until, changed_by) \
         SELECT $1, id, text, $2, $3 FROM recommendation WHERE id = $4",
        params![Id::new(), at, by, id],
    )
    .await?;
    act.execute(
        "UPDATE recommendation SET text = $1, changed_at = $2 WHERE id = $3",
        params![&item.text, at, id],
    )
    .await?;
    act.record(Entry::done(
        "recommendation.reworded",
        Record::of("recommendation", id),
    ))
    .await?;
    Ok(())
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Sent, and shown before anything is written.
    Preview,
    /// Recommendations were proposed from a document and wait for a person.
    Review,
    /// Being written.
    Running,
    /// Written.
    Done,
    /// Stopped by a person, or by the end of the program; nothing was written.
    Stopped,
}

impl ImportState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            ImportState::Preview => "preview",
            ImportState::Review => "review",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Stopped => "stopped",
        }
    }
}

impl std::str::FromStr for ImportState {
    type Err = mandate_accounts::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [
            Self::Preview,
            Self::Review,
            Self::Running,
            Self::Done,
            Self::Stopped,
        ]
        .into_iter()
        .find(|state| state.as_str() == text)
        .ok_or(mandate_accounts::UnknownWord)
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRecord {
    /// Its record.
    pub id: Id,
    /// The file as it was sent.
    pub attachment_id: Id,
    /// Its name.
    pub file_name: String,
    /// The digest under which its bytes lie.
    pub sha256: String,
    /// `table` or `report`.
    pub kind: String,
    /// Where it stands.
    pub state: ImportState,
    /// The mapping or, for a report, what is known of the document, as JSON.
    pub mapping: String,
    /// What it did, as JSON; empty before.
    pub summary: String,
    /// When it was sent.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

fn import(row: &Row) -> Result<ImportRecord, StoreError> {
    Ok(ImportRecord {
        id: row.id("id")?,
        attachment_id: row.id("attachment_id")?,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        kind: row.text("kind")?,
        state: row.parsed("state")?.unwrap_or(ImportState::Stopped),
        mapping: row.text("mapping")?,
        summary: row.text("summary")?,
        added_at: row.at("added_at")?,
        added_by: row.text("added_by")?,
    })
}

/// Takes note of a file that was sent.
///
/// # Errors
/// As any query.
pub async fn start_import(
    act: &mut Act,
    attachment: Id,
    kind: &str,
    state: ImportState,
    mapping: &str,
) -> Result<Id, StoreError> {
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO import (id, attachment_id, kind, state, mapping, summary, added_at, added_by, finished_at) \
         VALUES ($1,$2,$3,$4,$5,'',$6,$7,NULL)",
        params![id, attachment, kind, state.as_str(), mapping, at, by],
    )
    .await?;
    act.record(Entry::done("import.started", Record::of("import", id)).with("kind", kind))
        .await?;
    Ok(id)
}

/// Moves an import on, with its mapping.
///
/// # Errors
/// As any query.
pub async fn set_import_state(
    act: &mut Act,
    id: Id,
    state: ImportState,
    mapping: &str,
) -> Result<(), StoreError> {
    act.execute(
        "UPDATE import SET state = $1, mapping = $2 WHERE id = $3",
        params![state.as_str(), mapping, id],
    )
    .await?;
    act.record(
        Entry::done("import.changed", Record::of("import", id)).with("state", state.as_str()),
    )
    .await?;
    Ok(())
}

/// Ends an import with what it did.
///
/// # Errors
/// As any query.
pub async fn finish_import(act: &mut Act, id: Id, applied: &Applied) -> Result<(), StoreError> {
    let at = act.at();
    let summary = serde_json::to_string(applied).unwrap_or_default();
    act.execute(
        "UPDATE import SET state = 'done', summary = $1, finished_at = $2 WHERE id = $3",
        params![summary, at, id],
    )
    .await?;
    let entry = Entry::done("import.finished", Record::of("import", id))
        .with("new", applied.new)
        .with("same", applied.same)
        .with("reworded", applied.reworded);
    act.record(entry).await?;
    Ok(())
}

const SELECT: &str =
    "SELECT i.*, a.file_name, a.sha256 FROM import i JOIN attachment a ON a.id = i.attachment_id";

/// One import.
///
/// # Errors
/// As any query.
pub async fn import_by_id(db: &mut impl Query, id: Id) -> Result<Option<ImportRecord>, StoreError> {
    let sql = &format!("{SELECT} WHERE i.id = $1");
    db.row(sql, params![id])
        .await?
        .as_ref()
        .map(import)
        .transpose()
}

/// The newest imports.
///
/// # Errors
/// As any query.
pub async fn imports(db: &mut impl Query, limit: i64) -> Result<Vec<ImportRecord>, StoreError> {
    let sql = &format!("{SELECT} ORDER BY i.added_at DESC, i.id DESC LIMIT $1");
    db.rows(sql, params![limit])
        .await?
        .iter()
        .map(import)
        .collect()
}

/// The mapping that was used for a file with these columns before.
///
/// # Errors
/// As any query.
pub async fn mapping_for(
    db: &mut impl Query,
    signature: &str,
) -> Result<Option<String>, StoreError> {
    let row = db
        .row(
            "SELECT mapping FROM import_mapping WHERE signature = $1",
            params![signature],
        )
        .await?;
    row.map(|row| row.text("mapping")).transpose()
}

/// Remembers a mapping for the next file with these columns.
///
/// # Errors
/// As any query.
pub async fn remember_mapping(
    act: &mut Act,
    signature: &str,
    mapping: &str,
) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO import_mapping (signature, mapping, used_at) VALUES ($1,$2,$3) \
         ON CONFLICT (signature) DO UPDATE SET mapping = $2, used_at = $3",
        params![signature, mapping, at],
    )
    .await?;
    Ok(())
}
