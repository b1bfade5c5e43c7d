//! Reports in review: the pages as they were read, the proposals, and what a person made of each.

use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, StoreError, insert_many, params};

use super::facts::Tag;
use crate::domain::{Decision, ItemKind, Reply};

/// A recommendation that the program proposes from a report, and what a person made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its record.
    pub id: Id,
    /// Its place; between two when one was split.
    pub position: f64,
    /// The paragraph's number.
    pub paragraph: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its text.
    pub text: String,
    /// The recommending states.
    pub states: Vec<String>,
    /// The reply.
    pub reply: Reply,
    /// The key of the institution to which it speaks, where the text names one that the office knows.
    pub addressee: String,
    /// By when the mechanism asks to hear of it, in its own words.
    pub due: String,
    /// The page of the source, from 1.
    pub page: i64,
    /// Where it begins in the text of the page, in characters.
    pub start: i64,
    /// Where it ends.
    pub finish: i64,
    /// How sure the program is, 0 to 1.
    pub confidence: f64,
    /// Why it is not surer, as label ids.
    pub reasons: Vec<String>,
    /// The themes, groups and targets that a person ticked.
    pub tags: Vec<Tag>,
    /// What a person made of it.
    pub decision: Decision,
}

/// The proposals of an import, in order.
///
/// # Errors
/// As any query.
pub async fn proposals(db: &mut impl Query, import: Id) -> Result<Vec<Proposal>, StoreError> {
    let list = |text: String| serde_json::from_str::<Vec<String>>(&text).unwrap_or_default();
    db.rows(
        "SELECT * FROM proposal WHERE import_id = $1 ORDER BY position, id",
        params![import],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Proposal {
            id: row.id("id")?,
            position: row.real("position")?,
            paragraph: row.text("paragraph")?,
            kind: row.parsed("kind")?.unwrap_or(ItemKind::Recommendation),
            text: row.text("text")?,
            states: list(row.text("states")?),
            reply: row.parsed("reply")?.unwrap_or(Reply::None),
            addressee: row.text("addressee")?,
            due: row.text("due")?,
            page: row.int("page")?,
            start: row.int("start")?,
            finish: row.int("finish")?,
            confidence: row.real("confidence")?,
            reasons: list(row.text("reasons")?),
            tags: tags_of(&row.text("tags")?),
            decision: row.parsed("decision")?.unwrap_or(Decision::Open),
        })
    })
    .collect()
}

/// Puts proposals in the place of those that are there; a record that is in both keeps its identifier.
///
/// # Errors
/// As any query.
pub async fn replace_proposals(
    act: &mut Act,
    import: Id,
    proposals: &[Proposal],
) -> Result<(), StoreError> {
    act.execute("DELETE FROM proposal WHERE import_id = $1", params![import])
        .await?;
    let json = |list: &[String]| serde_json::to_string(list).unwrap_or_default();
    let rows = proposals
        .iter()
        .map(|p| {
            params![
                p.id,
                import,
                p.position,
                &p.paragraph,
                p.kind.as_str(),
                &p.text,
                json(&p.states),
                p.reply.as_str(),
                &p.addressee,
                &p.due,
                p.page,
                p.start,
                p.finish,
                p.confidence,
                json(&p.reasons),
                tags_as_text(&p.tags),
                p.decision.as_str(),
            ]
        })
        .collect();
    let columns = [
        "id",
        "import_id",
        "position",
        "paragraph",
        "kind",
        "text",
        "states",
        "reply",
        "addressee",
        "due",
        "page",
        "start",
        "finish",
        "confidence",
        "reasons",
        "tags",
        "decision",
    ];
    insert_many(act.tx(), "proposal", &columns, rows).await?;
    act.record(
        Entry::done("import.proposed", Record::of("import", import))
            .with("proposals", proposals.len()),
    )
    .await?;
    Ok(())
}

/// Tags as pairs of kind and value in JSON.
fn tags_as_text(tags: &[Tag]) -> String {
    let pairs: Vec<(&str, &str)> = tags
        .iter()
        .map(|tag| (tag.kind.as_str(), tag.value.as_str()))
        .collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

fn tags_of(text: &str) -> Vec<Tag> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    pairs
        .into_iter()
        .filter_map(|(kind, value)| {
            Some(Tag {
                kind: kind.parse().ok()?,
                value,
            })
        })
        .collect()
}

/// Keeps what a person made of one proposal.
///
/// # Errors
/// As any query.
pub async fn update_proposal(act: &mut Act, import: Id, p: &Proposal) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "UPDATE proposal SET paragraph = $1, text = $2, states = $3, reply = $4, decision = $5, edited_at = $6, \
         kind = $7, addressee = $8, tags = $9 WHERE id = $10 AND import_id = $11",
        params![
            &p.paragraph,
            &p.text,
            serde_json::to_string(&p.states).unwrap_or_default(),
            p.reply.as_str(),
            p.decision.as_str(),
            at,
            p.kind.as_str(),
            &p.addressee,
            tags_as_text(&p.tags),
            p.id,
            import,
        ],
    )
    .await?;
    let entry = Entry::done("import.proposal-decided", Record::of("import", import))
        .with("decision", p.decision.as_str());
    act.record(entry).await?;
    Ok(())
}

/// Keeps the pages of a report as they were read, so that a review shows the same text however the reader changes.
///
/// # Errors
/// As any query.
pub async fn keep_pages(act: &mut Act, import: Id, pages: &[String]) -> Result<(), StoreError> {
    let rows = (1_i64..)
        .zip(pages)
        .map(|(number, text)| params![import, number, text])
        .collect();
    let columns = ["import_id", "number", "text"];
    insert_many(act.tx(), "import_page", &columns, rows).await
}

/// The text of a page, from 1, and how many pages there are.
///
/// # Errors
/// As any query.
pub async fn kept_page(
    db: &mut impl Query,
    import: Id,
    number: i64,
) -> Result<(String, i64), StoreError> {
    let count = "SELECT COUNT(*) AS n FROM import_page WHERE import_id = $1";
    let pages = db.count(count, params![import]).await?;
    let text = "SELECT text FROM import_page WHERE import_id = $1 AND number = $2";
    let row = db.row(text, params![import, number]).await?;
    let text = row.map(|row| row.text("text")).transpose()?;
    Ok((text.unwrap_or_default(), pages))
}
