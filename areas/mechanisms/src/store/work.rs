//! What officers do with a recommendation. Every function writes into an [`Act`] and records what it did.

use jiff::civil::Date;
use mandate_accounts::Protection;
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, StoreError, Value, params};

use super::facts::{Tag, places};
use crate::domain::{
    EvidenceKind, NewAssessment, OfficeStatus, Priority, Progress, Reply, TagKind, Voice, verify_on,
};

fn record(id: Id) -> Record {
    Record::of("recommendation", id)
}

async fn touch(act: &mut Act, id: Id) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "UPDATE recommendation SET changed_at = $1 WHERE id = $2",
        params![at, id],
    )
    .await?;
    Ok(())
}

/// States an assessment, with the evidence it rests on, and derives the current status from all of the office's.
/// `months` is the office's time until "implemented" is verified again. The rules are checked before by
/// [`NewAssessment::check`].
///
/// # Errors
/// As any query.
pub async fn assess(
    act: &mut Act,
    recommendation: Id,
    new: &NewAssessment,
    resting_on: &[Id],
    months: i32,
) -> Result<Id, StoreError> {
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    let again = new
        .on_office_scale
        .filter(|_| new.voice == Voice::Office)
        .and_then(|status| verify_on(status, new.dated, months));
    act.execute(
        "INSERT INTO assessment (id, recommendation_id, voice, scale, grade, office_status, reason, dated, verify_on, \
         added_at, added_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
        params![
            id,
            recommendation,
            new.voice.as_str(),
            &new.scale,
            &new.grade,
            new.on_office_scale.map(OfficeStatus::as_str),
            new.reason.trim(),
            new.dated,
            again,
            at,
            by,
        ],
    )
    .await?;
    for evidence in resting_on {
        act.execute(
            "INSERT INTO assessment_evidence (assessment_id, evidence_id) VALUES ($1, $2)",
            params![id, *evidence],
        )
        .await?;
    }
    if new.voice == Voice::Office {
        derive_status(act, recommendation).await?;
    }
    touch(act, recommendation).await?;
    let entry = Entry::done("recommendation.assessed", record(recommendation))
        .with("voice", new.voice.as_str())
        .with("grade", &new.grade)
        .with("assessment", id.to_string());
    act.record(entry).await?;
    Ok(id)
}

/// The current status is the latest office assessment: the latest day, and of that day the one stated last.
async fn derive_status(act: &mut Act, recommendation: Id) -> Result<(), StoreError> {
    act.execute(
        "UPDATE recommendation SET (status, status_dated, verify_on) = (\
         SELECT office_status, dated, verify_on FROM assessment WHERE recommendation_id = $1 AND voice = 'office' \
         AND office_status IS NOT NULL ORDER BY dated DESC, added_at DESC, id DESC LIMIT 1) \
         WHERE id = $1 AND EXISTS (SELECT 1 FROM assessment WHERE recommendation_id = $1 AND voice = 'office' \
         AND office_status IS NOT NULL)",
        params![recommendation],
    )
    .await?;
    Ok(())
}

/// Adds a piece of evidence.
///
/// # Errors
/// As any query.
#[allow(clippy::too_many_arguments)]
pub async fn add_evidence(
    act: &mut Act,
    recommendation: Id,
    kind: EvidenceKind,
    body: &str,
    link: &str,
    attachment: Option<Id>,
    source: &str,
    dated: Date,
    protection: Protection,
) -> Result<Id, StoreError> {
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO evidence (id, recommendation_id, kind, body, link, attachment_id, source, dated, protection, \
         added_at, added_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
        params![
            id,
            recommendation,
            kind.as_str(),
            body,
            link,
            attachment,
            source,
            dated,
            protection.as_str(),
            at,
            by,
        ],
    )
    .await?;
    touch(act, recommendation).await?;
    let entry = Entry::done("recommendation.evidence-added", record(recommendation))
        .with("evidence", id.to_string())
        .with("kind", kind.as_str());
    act.record(entry).await?;
    Ok(id)
}

/// Records a measure with how far it is; with `cluster` it answers everything that asks for the same.
///
/// # Errors
/// As any query.
#[allow(clippy::too_many_arguments)]
pub async fn add_measure(
    act: &mut Act,
    recommendation: Id,
    institution: &str,
    what: &str,
    due: Option<Date>,
    progress: Progress,
    dated: Date,
    cluster: Option<Id>,
) -> Result<Id, StoreError> {
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO measure (id, recommendation_id, institution, what, due, added_at, added_by, cluster_id) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
        params![id, recommendation, institution, what, due, at, by, cluster],
    )
    .await?;
    let entry = Entry::done("recommendation.measure-added", record(recommendation))
        .with("measure", id.to_string())
        .with("institution", institution);
    act.record(entry).await?;
    add_progress(act, recommendation, id, progress, "", dated).await?;
    Ok(id)
}

/// States how far a measure is.
///
/// # Errors
/// As any query.
pub async fn add_progress(
    act: &mut Act,
    recommendation: Id,
    measure: Id,
    progress: Progress,
    note: &str,
    dated: Date,
) -> Result<(), StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO measure_progress (id, measure_id, progress, note, dated, added_at, added_by) \
         VALUES ($1,$2,$3,$4,$5,$6,$7)",
        params![Id::new(), measure, progress.as_str(), note, dated, at, by],
    )
    .await?;
    touch(act, recommendation).await?;
    let entry = Entry::done("recommendation.measure-progressed", record(recommendation))
        .with("measure", measure.to_string())
        .with("progress", progress.as_str());
    act.record(entry).await?;
    Ok(())
}

/// Says something, and asks those who are mentioned to look.
///
/// # Errors
/// As any query.
pub async fn add_comment(
    act: &mut Act,
    recommendation: Id,
    body: &str,
    mentioned: &[Id],
) -> Result<Id, StoreError> {
    let id = Id::new();
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO comment (id, recommendation_id, body, added_at, added_by) VALUES ($1,$2,$3,$4,$5)",
        params![id, recommendation, body, at, by],
    )
    .await?;
    for person in mentioned {
        act.execute(
            "INSERT INTO mention (comment_id, person_id, seen_at) VALUES ($1, $2, NULL) ON CONFLICT DO NOTHING",
            params![id, *person],
        )
        .await?;
    }
    touch(act, recommendation).await?;
    act.record(
        Entry::done("recommendation.commented", record(recommendation))
            .with("comment", id.to_string()),
    )
    .await?;
    Ok(id)
}

/// Adds a translation; the newest of a language counts.
///
/// # Errors
/// As any query.
pub async fn add_translation(
    act: &mut Act,
    recommendation: Id,
    language: &str,
    text: &str,
) -> Result<(), StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO translation (id, recommendation_id, language, text, added_at, added_by) \
         VALUES ($1,$2,$3,$4,$5,$6)",
        params![Id::new(), recommendation, language, text, at, by],
    )
    .await?;
    touch(act, recommendation).await?;
    act.record(
        Entry::done("recommendation.translated", record(recommendation)).with("language", language),
    )
    .await?;
    Ok(())
}

/// What is given to several recommendations at once; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assign {
    /// The officer who follows it.
    pub responsible: Option<Id>,
    /// Institutions that must act, added to those that are there.
    pub addressees: Vec<String>,
    /// Themes, added to those that are there.
    pub themes: Vec<String>,
    /// The deadline.
    pub deadline: Option<Date>,
    /// The priority.
    pub priority: Option<Priority>,
}

/// Assigns several recommendations in one act: all of them, or none.
///
/// # Errors
/// As any query.
pub async fn assign(act: &mut Act, ids: &[Id], what: &Assign) -> Result<(), StoreError> {
    let at = act.at();
    for chunk in ids.chunks(500) {
        let n = chunk.len();
        let sql = format!(
            "UPDATE recommendation SET responsible = COALESCE(${}, responsible), deadline = COALESCE(${}, deadline), \
             priority = COALESCE(${}, priority), changed_at = ${} WHERE id IN ({})",
            n + 1,
            n + 2,
            n + 3,
            n + 4,
            places(n)
        );
        let mut values: Vec<Value> = chunk.iter().map(Value::from).collect();
        values.extend(params![
            what.responsible,
            what.deadline,
            what.priority.map(Priority::as_str),
            at
        ]);
        act.execute(&sql, values).await?;
    }
    let added = what
        .addressees
        .iter()
        .map(|value| (TagKind::Addressee, value))
        .chain(what.themes.iter().map(|value| (TagKind::Theme, value)));
    for (kind, value) in added {
        for id in ids {
            insert_tag(act, *id, kind, value).await?;
        }
    }
    let entries = ids
        .iter()
        .map(|id| {
            let mut entry = Entry::done("recommendation.assigned", record(*id));
            if let Some(person) = what.responsible {
                entry = entry.with("responsible", person.to_string());
            }
            if let Some(deadline) = what.deadline {
                entry = entry.with("deadline", deadline.to_string());
            }
            if !what.addressees.is_empty() {
                entry = entry.with("addressees", &what.addressees);
            }
            if !what.themes.is_empty() {
                entry = entry.with("themes", &what.themes);
            }
            entry
        })
        .collect();
    act.record_all(entries).await?;
    Ok(())
}

async fn insert_tag(act: &mut Act, id: Id, kind: TagKind, value: &str) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO recommendation_tag (recommendation_id, kind, value) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
        params![id, kind.as_str(), value],
    )
    .await?;
    Ok(())
}

/// Replaces the tags of one recommendation.
///
/// # Errors
/// As any query.
pub async fn edit_tags(act: &mut Act, id: Id, tags: &[Tag]) -> Result<(), StoreError> {
    act.execute(
        "DELETE FROM recommendation_tag WHERE recommendation_id = $1",
        params![id],
    )
    .await?;
    for tag in tags {
        insert_tag(act, id, tag.kind, &tag.value).await?;
    }
    touch(act, id).await?;
    let words: Vec<String> = tags
        .iter()
        .map(|tag| format!("{}:{}", tag.kind, tag.value))
        .collect();
    act.record(Entry::done("recommendation.tagged", record(id)).with("tags", words))
        .await?;
    Ok(())
}

macro_rules! setter {
    ($(#[$doc:meta])* $name:ident, $type:ty, $column:literal, $action:literal, $value:expr) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// As any query.
        pub async fn $name(act: &mut Act, id: Id, value: $type) -> Result<(), StoreError> {
            let convert: fn($type) -> Value = $value;
            let at = act.at();
            act.execute(
                concat!("UPDATE recommendation SET ", $column, " = $1, changed_at = $2 WHERE id = $3"),
                vec![convert(value), at.into(), id.into()],
            )
            .await?;
            let now = match convert(value) {
                Value::Text(text) => text.unwrap_or_default(),
                _ => String::new(),
            };
            act.record(Entry::done($action, record(id)).with($column, now)).await?;
            Ok(())
        }
    };
}

setter!(
    /// Sets or takes away the deadline.
    set_deadline, Option<Date>, "deadline", "recommendation.deadline-set", Value::from
);
setter!(
    /// Says who follows it, or that nobody does.
    set_responsible, Option<Id>, "responsible", "recommendation.responsible-set", Value::from
);
setter!(
    /// Sets the priority.
    set_priority, Priority, "priority", "recommendation.priority-set", |v| Value::from(v.as_str())
);
setter!(
    /// Sets how the authority answered.
    set_reply, Reply, "reply", "recommendation.reply-set", |v| Value::from(v.as_str())
);
setter!(
    /// Sets how far it may travel.
    set_protection, Protection, "protection", "recommendation.protection-set", |v| Value::from(v.as_str())
);

/// Names the people who may read a Restricted recommendation.
///
/// # Errors
/// As any query.
pub async fn set_named(act: &mut Act, id: Id, people: &[Id]) -> Result<(), StoreError> {
    act.execute(
        "DELETE FROM recommendation_named WHERE recommendation_id = $1",
        params![id],
    )
    .await?;
    for person in people {
        act.execute(
            "INSERT INTO recommendation_named (recommendation_id, person_id) VALUES ($1, $2)",
            params![id, *person],
        )
        .await?;
    }
    touch(act, id).await?;
    let people: Vec<String> = people.iter().map(Id::to_string).collect();
    act.record(Entry::done("recommendation.people-named", record(id)).with("people", people))
        .await?;
    Ok(())
}

/// When somebody was last at their desk, in milliseconds; nothing before the first time.
///
/// # Errors
/// As any query.
pub async fn last_desk_visit(
    db: &mut impl Query,
    person: Id,
) -> Result<Option<jiff::Timestamp>, StoreError> {
    db.row(
        "SELECT at FROM desk_visit WHERE person_id = $1",
        params![person],
    )
    .await?
    .map(|row| row.at("at"))
    .transpose()
}

/// Remembers that somebody has seen their desk.
///
/// # Errors
/// As any query.
pub async fn desk_visit(act: &mut Act, person: Id) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO desk_visit (person_id, at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET at = $2",
        params![person, at],
    )
    .await?;
    act.record(Entry::done(
        "desk.marked-as-seen",
        Record::of("person", person),
    ))
    .await?;
    Ok(())
}

/// Recommendations in whose comments somebody is mentioned and has not looked yet, newest first.
///
/// # Errors
/// As any query.
pub async fn mentions_waiting(
    db: &mut impl Query,
    person: Id,
    limit: i64,
) -> Result<Vec<Id>, StoreError> {
    db.rows(
        "SELECT c.recommendation_id AS id, MAX(c.added_at) AS at FROM mention m JOIN comment c ON c.id = m.comment_id \
         WHERE m.person_id = $1 AND m.seen_at IS NULL GROUP BY c.recommendation_id ORDER BY at DESC LIMIT $2",
        params![person, limit],
    )
    .await?
    .iter()
    .map(|row| row.id("id"))
    .collect()
}

/// Somebody who was mentioned has looked at a recommendation. Does nothing, and says so, when nothing was waiting.
///
/// # Errors
/// As any query.
pub async fn mark_mentions_seen(
    act: &mut Act,
    person: Id,
    recommendation: Id,
) -> Result<bool, StoreError> {
    let at = act.at();
    let n = act
        .execute(
            "UPDATE mention SET seen_at = $1 WHERE person_id = $2 AND seen_at IS NULL AND comment_id IN \
             (SELECT id FROM comment WHERE recommendation_id = $3)",
            params![at, person, recommendation],
        )
        .await?;
    if n > 0 {
        act.record(Entry::done(
            "recommendation.mention-seen",
            record(recommendation),
        ))
        .await?;
    }
    Ok(n > 0)
}
