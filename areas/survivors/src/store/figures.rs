//! Figures of the process: what others published, and what this office can count without reading a file.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, StoreError, params};

use crate::domain::{Figures, Outcome, Round, Stage, Step};

/// Counts that a body published together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Who counted.
    pub by: String,
    /// Of which day.
    pub as_of: Date,
    /// Where it was published.
    pub source: String,
    /// The counts.
    pub figures: Figures,
}

/// Keeps published counts.
///
/// # Errors
/// As any query.
pub async fn add_published(act: &mut Act, new: &Published, by: Id) -> Result<Id, StoreError> {
    let (id, at, f) = (Id::new(), act.at(), new.figures);
    act.execute(
        "INSERT INTO published_count (id, published_by, as_of, source, applied, recognised, rejected, interview, \
         unprocessed, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            id,
            &new.by,
            new.as_of,
            &new.source,
            f.applied,
            f.recognised,
            f.rejected,
            f.interview,
            f.unprocessed,
            by,
            at
        ],
    )
    .await?;
    act.record(Entry::done(
        "published-count.added",
        Record::of("published-count", id),
    ))
    .await?;
    Ok(id)
}

/// What was published, newest first.
///
/// # Errors
/// As any query.
pub async fn published(db: &mut impl Query) -> Result<Vec<Published>, StoreError> {
    db.rows(
        "SELECT * FROM published_count ORDER BY as_of DESC, added_at DESC, id",
        vec![],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Published {
            by: row.text("published_by")?,
            as_of: row.date("as_of")?,
            source: row.text("source")?,
            figures: Figures {
                applied: row.int("applied")?,
                recognised: row.int("recognised")?,
                rejected: row.int("rejected")?,
                interview: row.int("interview")?,
                unprocessed: row.int("unprocessed")?,
            },
        })
    })
    .collect()
}

/// How many files stand in a stage, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageLine {
    /// The stage.
    pub stage: Stage,
    /// Days since each of its files entered it, in order.
    pub days: Vec<i64>,
}

/// The files that were filed, stage by stage. Whoever shows it puts it under disclosure control.
///
/// # Errors
/// As any query.
pub async fn stage_lines(db: &mut impl Query, today: Date) -> Result<Vec<StageLine>, StoreError> {
    let rows = db
        .rows(
            "SELECT stage, stage_on FROM dossier WHERE filed_on IS NOT NULL AND stage <> $1",
            params![Stage::Draft.as_str()],
        )
        .await?;
    let mut found: BTreeMap<Stage, Vec<i64>> = BTreeMap::new();
    for row in &rows {
        let stage = row.parsed("stage")?.ok_or(StoreError::NotFound("stage"))?;
        let days = i64::from((today - row.date("stage_on")?).get_days());
        found.entry(stage).or_default().push(days);
    }
    Ok(found
        .into_iter()
        .map(|(stage, mut days)| {
            days.sort_unstable();
            StageLine { stage, days }
        })
        .collect())
}

/// One file as the figures see it: its facts, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What it is counted under; nothing where the fact is not known.
    pub value: Option<String>,
    /// What was decided last.
    pub outcome: Option<Outcome>,
}

/// The files that were filed, by one of the facts that the profile lets stand in the clear: `body`, `region`, `year`, `sex`,
/// `community`; by `round`, for which time they were examined; nothing for another word.
///
/// # Errors
/// As any query.
pub async fn by_fact(db: &mut impl Query, fact: &str) -> Result<Vec<Count>, StoreError> {
    let column = match fact {
        "body" => "body",
        "region" => "region",
        "sex" => "sex",
        "community" => "community",
        "round" => "round",
        "year" => "substr(filed_on, 1, 4)",
        _ => return Ok(Vec::new()),
    };
    db.rows(
        &format!("SELECT {column} AS value, outcome FROM dossier WHERE filed_on IS NOT NULL AND stage <> $1"),
        params![Stage::Draft.as_str()],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Count {
            value: row.opt_text("value")?,
            outcome: row.parsed("outcome")?,
        })
    })
    .collect()
}

/// What was decided last of each file that is decided, with its reasons.
///
/// # Errors
/// As any query.
pub async fn given_reasons(
    db: &mut impl Query,
) -> Result<Vec<(Outcome, BTreeSet<String>)>, StoreError> {
    let rows = db
        .rows(
            "SELECT d.id, d.outcome, r.round, r.reason FROM dossier d JOIN dossier_reason r ON r.dossier_id = d.id \
             WHERE d.outcome IS NOT NULL",
            vec![],
        )
        .await?;
    let mut latest: BTreeMap<Id, (Round, Outcome, BTreeSet<String>)> = BTreeMap::new();
    for row in &rows {
        let missing = |what| move || StoreError::NotFound(what);
        let round: Round = row.parsed("round")?.ok_or_else(missing("round"))?;
        let outcome = row.parsed("outcome")?.ok_or_else(missing("outcome"))?;
        let of = latest
            .entry(row.id("id")?)
            .or_insert_with(|| (round, outcome, BTreeSet::new()));
        if of.0 < round {
            *of = (round, outcome, BTreeSet::new());
        }
        if of.0 == round {
            of.2.insert(row.text("reason")?);
        }
    }
    Ok(latest
        .into_values()
        .map(|(_, outcome, reasons)| (outcome, reasons))
        .collect())
}

/// Days from filing to the first decision of each file that has one, in order.
///
/// # Errors
/// As any query.
pub async fn days_to_decision(db: &mut impl Query) -> Result<Vec<i64>, StoreError> {
    let rows = db
        .rows(
            "SELECT d.filed_on, MIN(s.taken_on) AS decided_on FROM dossier d JOIN dossier_step s ON s.dossier_id = d.id \
             WHERE s.step = $1 AND d.filed_on IS NOT NULL GROUP BY d.id, d.filed_on",
            params![Step::Decide.as_str()],
        )
        .await?;
    let mut days = rows
        .iter()
        .map(|row| {
            Ok(i64::from(
                (row.date("decided_on")? - row.date("filed_on")?).get_days(),
            ))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    days.sort_unstable();
    Ok(days)
}

/// Figures that were given out: the publication, and how long the files of a stage had stood there, where that may be said.
#[derive(Debug, Clone)]
pub struct Released {
    /// What was given out, of which nothing can be taken back.
    pub publication: mandate_disclosure::Publication,
    /// Stage, median and longest in days; only of stages whose count was shown.
    pub days: Vec<(String, i64, i64)>,
}

/// Keeps figures that are given out.
///
/// # Errors
/// As any query.
pub async fn add_release(act: &mut Act, new: &Released, by: Id) -> Result<(), StoreError> {
    let at = act.at();
    let text = |value: serde_json::Result<String>| value.unwrap_or_default();
    let done = act
        .execute(
            "INSERT INTO released_figures (number, name, publication, days, released_by, released_at) \
             SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5 FROM released_figures",
            params![
                &new.publication.name,
                text(serde_json::to_string(&new.publication)),
                text(serde_json::to_string(&new.days)),
                by,
                at
            ],
        )
        .await?;
    if done == 0 {
        return Err(StoreError::NotFound("release"));
    }
    let record = Record::of("figures", &new.publication.name);
    act.record(Entry::done("figures.released", record)).await?;
    Ok(())
}

/// Everything that was given out, oldest first.
///
/// # Errors
/// As any query; a publication that cannot be read any more is [`StoreError::Column`], and then nothing further is given
/// out, because what was said before is not known.
pub async fn releases(db: &mut impl Query) -> Result<Vec<Released>, StoreError> {
    let wrong = |error: serde_json::Error| StoreError::Column {
        column: "publication".to_owned(),
        reason: error.to_string(),
    };
    db.rows(
        "SELECT publication, days FROM released_figures ORDER BY number",
        vec![],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Released {
            publication: serde_json::from_str(&row.text("publication")?).map_err(wrong)?,
            days: serde_json::from_str(&row.text("days")?).map_err(wrong)?,
        })
    })
    .collect()
}
