//! What is known of a recommendation.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use mandate_accounts::Protection;
use mandate_store::{Id, Query, Row, StoreError, Value, params};

use crate::domain::{
    EvidenceKind, ItemKind, OfficeStatus, Priority, Progress, Reply, TagKind, Voice,
};

/// A recommendation with what a list shows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Its record.
    pub id: Id,
    /// The document that holds it.
    pub document_id: Id,
    /// The mechanism's key.
    pub mechanism: String,
    /// The document's symbol, or its title where it has none.
    pub document: String,
    /// The document's symbol; empty where it has none.
    pub symbol: String,
    /// The document's title.
    pub title: String,
    /// The session; empty where there is none.
    pub session: String,
    /// The cycle; empty where there is none.
    pub cycle: String,
    /// The state or territory under review.
    pub subject: String,
    /// The document's date.
    pub document_dated: Option<Date>,
    /// Its place in the document.
    pub position: i64,
    /// What identifies it at its source.
    pub source_id: Option<String>,
    /// The paragraph's number as printed; may be empty.
    pub paragraph: String,
    /// What kind of statement it is.
    pub kind: ItemKind,
    /// The text as the mechanism wrote it.
    pub text: String,
    /// The language of the text, BCP 47.
    pub language: String,
    /// How the authority answered.
    pub reply: Reply,
    /// How urgent the office finds it.
    pub priority: Priority,
    /// When it must be done.
    pub deadline: Option<Date>,
    /// How far it may travel.
    pub protection: Protection,
    /// The officer who follows it.
    pub responsible: Option<Id>,
    /// The latest office assessment's status.
    pub status: OfficeStatus,
    /// The day of that assessment.
    pub status_dated: Option<Date>,
    /// When "implemented" must be verified again.
    pub verify_on: Option<Date>,
    /// When anything about it changed.
    pub changed_at: Timestamp,
}

fn recommendation(row: &Row) -> Result<Recommendation, StoreError> {
    let (symbol, title) = (row.text("symbol")?, row.text("title")?);
    Ok(Recommendation {
        id: row.id("id")?,
        document_id: row.id("document_id")?,
        mechanism: row.text("mechanism")?,
        document: if symbol.is_empty() {
            title.clone()
        } else {
            symbol.clone()
        },
        symbol,
        title,
        session: row.text("session")?,
        cycle: row.text("cycle")?,
        subject: row.text("subject")?,
        document_dated: row.opt_date("dated")?,
        position: row.int("position")?,
        source_id: row.opt_text("source_id")?,
        paragraph: row.text("paragraph")?,
        kind: row.parsed("kind")?.unwrap_or(ItemKind::Recommendation),
        text: row.text("text")?,
        language: row.text("language")?,
        reply: row.parsed("reply")?.unwrap_or(Reply::None),
        priority: row.parsed("priority")?.unwrap_or(Priority::Normal),
        deadline: row.opt_date("deadline")?,
        protection: row.parsed("protection")?.unwrap_or(Protection::Sealed),
        responsible: row.opt_id("responsible")?,
        status: row.parsed("status")?.unwrap_or(OfficeStatus::NotStarted),
        status_dated: row.opt_date("status_dated")?,
        verify_on: row.opt_date("verify_on")?,
        changed_at: row.at("changed_at")?,
    })
}

const SELECT: &str = "SELECT r.*, d.mechanism, d.symbol, d.title, d.subject, d.dated, d.session, d.cycle \
                      FROM recommendation r JOIN document d ON d.id = r.document_id";

/// One recommendation. The caller asks `Visit::opens` with its protection before it shows anything.
///
/// # Errors
/// As any query.
pub async fn recommendation_by_id(
    db: &mut impl Query,
    id: Id,
) -> Result<Option<Recommendation>, StoreError> {
    let row = db
        .row(&format!("{SELECT} WHERE r.id = $1"), params![id])
        .await?;
    row.as_ref().map(recommendation).transpose()
}

/// Recommendations in the order of `ids`; those that are gone are left out.
///
/// # Errors
/// As any query.
pub async fn recommendations_by_ids(
    db: &mut impl Query,
    ids: &[Id],
) -> Result<Vec<Recommendation>, StoreError> {
    let mut found: HashMap<Id, Recommendation> = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let sql = format!("{SELECT} WHERE r.id IN ({})", places(chunk.len()));
        for row in db
            .rows(&sql, chunk.iter().map(Value::from).collect())
            .await?
        {
            let item = recommendation(&row)?;
            found.insert(item.id, item);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// `$1,$2,…` for a list of so many.
pub(super) fn places(n: usize) -> String {
    (1..=n)
        .map(|i| format!("${i}"))
        .collect::<Vec<_>>()
        .join(",")
}

/// A page of recommendations after `after` in the order of their identifiers, for building the search index.
///
/// # Errors
/// As any query.
pub async fn indexed_page(
    db: &mut impl Query,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Recommendation>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    db.rows(
        &format!("{SELECT} WHERE r.id > $1 ORDER BY r.id LIMIT $2"),
        params![after, limit],
    )
    .await?
    .iter()
    .map(recommendation)
    .collect()
}

/// A tag of a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// What it says.
    pub kind: TagKind,
    /// A key of the profile, or a state's name.
    pub value: String,
}

/// The tags of several recommendations, in the order of kind and value.
///
/// # Errors
/// As any query.
pub async fn tags(db: &mut impl Query, ids: &[Id]) -> Result<HashMap<Id, Vec<Tag>>, StoreError> {
    let mut found: HashMap<Id, Vec<Tag>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "SELECT recommendation_id, kind, value FROM recommendation_tag WHERE recommendation_id IN ({}) \
             ORDER BY recommendation_id, kind, value",
            places(chunk.len())
        );
        for row in db
            .rows(&sql, chunk.iter().map(Value::from).collect())
            .await?
        {
            if let Some(kind) = row.parsed("kind")? {
                found
                    .entry(row.id("recommendation_id")?)
                    .or_default()
                    .push(Tag {
                        kind,
                        value: row.text("value")?,
                    });
            }
        }
    }
    Ok(found)
}

/// Who is named on several Restricted recommendations.
///
/// # Errors
/// As any query.
pub async fn named_people(
    db: &mut impl Query,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<Id>>, StoreError> {
    let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "SELECT recommendation_id, person_id FROM recommendation_named WHERE recommendation_id IN ({})",
            places(chunk.len())
        );
        for row in db
            .rows(&sql, chunk.iter().map(Value::from).collect())
            .await?
        {
            found
                .entry(row.id("recommendation_id")?)
                .or_default()
                .push(row.id("person_id")?);
        }
    }
    Ok(found)
}

/// A dated statement on how far a recommendation is.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Its record.
    pub id: Id,
    /// Whose view.
    pub voice: Voice,
    /// The profile's scale.
    pub scale: String,
    /// The grade on it; empty for a narrative.
    pub grade: String,
    /// What it means on the office's scale, by the crosswalk that held when it was stated.
    pub office_status: Option<OfficeStatus>,
    /// Why.
    pub reason: String,
    /// For which day.
    pub dated: Date,
    /// When it must be verified again.
    pub verify_on: Option<Date>,
    /// When it was stated.
    pub added_at: Timestamp,
    /// By whom (as the ledger names people).
    pub added_by: String,
    /// The evidence on which it rests.
    pub evidence: Vec<Id>,
}

/// The assessments of a recommendation, newest first.
///
/// # Errors
/// As any query.
pub async fn assessments(
    db: &mut impl Query,
    recommendation: Id,
) -> Result<Vec<Assessment>, StoreError> {
    let links = db
        .rows(
            "SELECT ae.assessment_id, ae.evidence_id FROM assessment_evidence ae \
             JOIN assessment a ON a.id = ae.assessment_id WHERE a.recommendation_id = $1",
            params![recommendation],
        )
        .await?;
    let mut resting: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in &links {
        resting
            .entry(row.id("assessment_id")?)
            .or_default()
            .push(row.id("evidence_id")?);
    }
    db.rows(
        "SELECT * FROM assessment WHERE recommendation_id = $1 ORDER BY dated DESC, added_at DESC, id DESC",
        params![recommendation],
    )
    .await?
    .iter()
    .map(|row| {
        let mut assessment = assessment_of(row)?;
        assessment.evidence = resting.remove(&assessment.id).unwrap_or_default();
        Ok(assessment)
    })
    .collect()
}

fn assessment_of(row: &Row) -> Result<Assessment, StoreError> {
    Ok(Assessment {
        id: row.id("id")?,
        voice: row.parsed("voice")?.ok_or(StoreError::NotFound("voice"))?,
        scale: row.text("scale")?,
        grade: row.text("grade")?,
        office_status: row.parsed("office_status")?,
        reason: row.text("reason")?,
        dated: row.date("dated")?,
        verify_on: row.opt_date("verify_on")?,
        added_at: row.at("added_at")?,
        added_by: row.text("added_by")?,
        evidence: Vec::new(),
    })
}

/// The assessments of several recommendations that are dated no later than a day, newest first, without their evidence.
///
/// # Errors
/// As any query.
pub async fn assessments_until(
    db: &mut impl Query,
    ids: &[Id],
    until: Date,
) -> Result<HashMap<Id, Vec<Assessment>>, StoreError> {
    let mut found: HashMap<Id, Vec<Assessment>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let n = chunk.len();
        let sql = format!(
            "SELECT * FROM assessment WHERE recommendation_id IN ({}) AND dated <= ${} \
             ORDER BY dated DESC, added_at DESC, id DESC",
            places(n),
            n + 1
        );
        let mut values: Vec<Value> = chunk.iter().map(Value::from).collect();
        values.push(until.into());
        for row in db.rows(&sql, values).await? {
            let of = row.id("recommendation_id")?;
            found.entry(of).or_default().push(assessment_of(&row)?);
        }
    }
    Ok(found)
}

/// The measures on several recommendations with what was stated of them by the end of a day.
///
/// # Errors
/// As any query.
pub async fn measures_until(
    db: &mut impl Query,
    ids: &[Id],
    until: Date,
) -> Result<HashMap<Id, Vec<Measure>>, StoreError> {
    let mut found: HashMap<Id, Vec<Measure>> = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "SELECT recommendation_id FROM measure WHERE recommendation_id IN ({0}) UNION \
             SELECT c.recommendation_id FROM cluster_member c JOIN measure m ON m.cluster_id = c.cluster_id \
             WHERE c.recommendation_id IN ({0})",
            places(chunk.len())
        );
        let values = chunk.iter().map(Value::from).collect();
        for row in db.rows(&sql, values).await? {
            let of = row.id("recommendation_id")?;
            let mut known = measures(db, of).await?;
            for measure in &mut known {
                measure.progress.retain(|step| step.dated <= until);
            }
            known.retain(|measure| !measure.progress.is_empty());
            found.insert(of, known);
        }
    }
    Ok(found)
}

/// Something that shows what was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its record.
    pub id: Id,
    /// What it is.
    pub kind: EvidenceKind,
    /// The note, or what the link or file shows.
    pub body: String,
    /// The address, for a link.
    pub link: String,
    /// The file, for an attachment.
    pub attachment_id: Option<Id>,
    /// Where it comes from.
    pub source: String,
    /// Its day.
    pub dated: Date,
    /// How far it may travel.
    pub protection: Protection,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

fn evidence_of(row: &Row) -> Result<Evidence, StoreError> {
    Ok(Evidence {
        id: row.id("id")?,
        kind: row.parsed("kind")?.unwrap_or(EvidenceKind::Note),
        body: row.text("body")?,
        link: row.text("link")?,
        attachment_id: row.opt_id("attachment_id")?,
        source: row.text("source")?,
        dated: row.date("dated")?,
        protection: row.parsed("protection")?.unwrap_or(Protection::Sealed),
        added_at: row.at("added_at")?,
        added_by: row.text("added_by")?,
    })
}

/// One piece of evidence with the recommendation that it belongs to. The caller asks `Visit::opens` for both.
///
/// # Errors
/// As any query.
pub async fn evidence_by_id(
    db: &mut impl Query,
    id: Id,
) -> Result<Option<(Id, Evidence)>, StoreError> {
    db.row("SELECT * FROM evidence WHERE id = $1", params![id])
        .await?
        .map(|row| Ok((row.id("recommendation_id")?, evidence_of(&row)?)))
        .transpose()
}

/// The evidence on a recommendation, newest first, without what is Restricted unless `named` is true.
///
/// # Errors
/// As any query.
pub async fn evidence(
    db: &mut impl Query,
    recommendation: Id,
    named: bool,
) -> Result<Vec<Evidence>, StoreError> {
    let found = db
        .rows(
            "SELECT * FROM evidence WHERE recommendation_id = $1 ORDER BY dated DESC, added_at DESC, id DESC",
            params![recommendation],
        )
        .await?
        .iter()
        .map(evidence_of)
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(found
        .into_iter()
        .filter(|item| named || item.protection < Protection::Restricted)
        .collect())
}

/// What an institution does or promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its record.
    pub id: Id,
    /// Who: a key of the profile.
    pub institution: String,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<Date>,
    /// When it was recorded.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
    /// How far it is, newest first.
    pub progress: Vec<MeasureProgress>,
    /// Whether it answers everything that asks for the same.
    pub whole: bool,
}

/// A dated statement on how far a measure is.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureProgress {
    /// How far.
    pub progress: Progress,
    /// In words.
    pub note: String,
    /// For which day.
    pub dated: Date,
    /// When it was recorded.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// A measure answers its own recommendation, or the whole cluster; one that was recorded on a Restricted recommendation
/// is not shown anywhere else.
const ANSWERS: &str = "(m.recommendation_id = $1 OR (m.cluster_id = \
    (SELECT c.cluster_id FROM cluster_member c WHERE c.recommendation_id = $1) AND EXISTS \
    (SELECT 1 FROM recommendation r WHERE r.id = m.recommendation_id AND r.protection IN ('public', 'office'))))";

/// The measures on a recommendation, and those that answer its whole cluster, in the order in which they were recorded.
///
/// # Errors
/// As any query.
pub async fn measures(db: &mut impl Query, recommendation: Id) -> Result<Vec<Measure>, StoreError> {
    let mut steps: HashMap<Id, Vec<MeasureProgress>> = HashMap::new();
    let rows = db
        .rows(
            &format!(
                "SELECT p.* FROM measure_progress p JOIN measure m ON m.id = p.measure_id WHERE {ANSWERS} \
                 ORDER BY p.dated DESC, p.added_at DESC, p.id DESC"
            ),
            params![recommendation],
        )
        .await?;
    for row in &rows {
        steps
            .entry(row.id("measure_id")?)
            .or_default()
            .push(MeasureProgress {
                progress: row.parsed("progress")?.unwrap_or(Progress::Promised),
                note: row.text("note")?,
                dated: row.date("dated")?,
                added_at: row.at("added_at")?,
                added_by: row.text("added_by")?,
            });
    }
    db.rows(
        &format!("SELECT m.* FROM measure m WHERE {ANSWERS} ORDER BY m.added_at, m.id"),
        params![recommendation],
    )
    .await?
    .iter()
    .map(|row| {
        let id = row.id("id")?;
        Ok(Measure {
            id,
            institution: row.text("institution")?,
            what: row.text("what")?,
            due: row.opt_date("due")?,
            added_at: row.at("added_at")?,
            added_by: row.text("added_by")?,
            progress: steps.remove(&id).unwrap_or_default(),
            whole: row.opt_id("cluster_id")?.is_some(),
        })
    })
    .collect()
}

/// The newest measures of an institution on recommendations that are not Restricted, each with the recommendation and its
/// text.
///
/// # Errors
/// As any query.
pub async fn measures_of(
    db: &mut impl Query,
    institution: &str,
    limit: i64,
) -> Result<Vec<(Id, String, Measure)>, StoreError> {
    let rows = db
        .rows(
            "SELECT m.id, m.recommendation_id, r.text FROM measure m JOIN recommendation r ON r.id = m.recommendation_id \
             WHERE m.institution = $1 AND r.protection IN ('public', 'office') ORDER BY m.added_at DESC, m.id DESC LIMIT $2",
            params![institution, limit],
        )
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        let (id, of) = (row.id("id")?, row.id("recommendation_id")?);
        let all = measures(db, of).await?;
        if let Some(measure) = all.into_iter().find(|measure| measure.id == id) {
            found.push((of, row.text("text")?, measure));
        }
    }
    Ok(found)
}

/// A translation of a recommendation's text; the newest of a language counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// BCP 47.
    pub language: String,
    /// The text.
    pub text: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// The newest translation in each language.
///
/// # Errors
/// As any query.
pub async fn translations(
    db: &mut impl Query,
    recommendation: Id,
) -> Result<Vec<Translation>, StoreError> {
    let rows = db
        .rows(
            "SELECT * FROM translation WHERE recommendation_id = $1 ORDER BY added_at DESC, id DESC",
            params![recommendation],
        )
        .await?;
    let mut newest: Vec<Translation> = Vec::new();
    for row in &rows {
        let language = row.text("language")?;
        if newest.iter().all(|known| known.language != language) {
            newest.push(Translation {
                language,
                text: row.text("text")?,
                added_at: row.at("added_at")?,
                added_by: row.text("added_by")?,
            });
        }
    }
    Ok(newest)
}

/// What somebody said about a recommendation.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// Its record.
    pub id: Id,
    /// The words.
    pub body: String,
    /// When.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// The comments on a recommendation, oldest first.
///
/// # Errors
/// As any query.
pub async fn comments(db: &mut impl Query, recommendation: Id) -> Result<Vec<Comment>, StoreError> {
    db.rows(
        "SELECT * FROM comment WHERE recommendation_id = $1 ORDER BY added_at, id",
        params![recommendation],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Comment {
            id: row.id("id")?,
            body: row.text("body")?,
            added_at: row.at("added_at")?,
            added_by: row.text("added_by")?,
        })
    })
    .collect()
}
