//! What moves a file: steps, members, votes, decisions. Each is a statement with its day and its author; none is changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use mandate_ledger::{Act, Entry};
use mandate_office::Process;
use mandate_store::{Id, Query, StoreError, params};

use super::{Dossier, dossiers::record_of};
use crate::domain::{Clock, Decision, Round, Stage, Step, Suspension, Tally, Vote};

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    /// From 1.
    pub number: i64,
    /// Which.
    pub step: Step,
    /// From where.
    pub from: Stage,
    /// To where.
    pub to: Stage,
    /// In which round, after the step.
    pub round: Round,
    /// On which day.
    pub on: Date,
    /// By whom.
    pub by: Id,
    /// When it was written down.
    pub at: Timestamp,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is taken.
    Taken,
    /// Somebody moved the file in the meantime; nothing was changed.
    MovedOn,
}

/// Takes a step, if the file still stands where the caller saw it. Filing sets the day of filing and the window.
///
/// # Errors
/// As any query.
pub async fn take_step(
    act: &mut Act,
    dossier: &Dossier,
    step: Step,
    to: Stage,
    on: Date,
    by: Id,
    window: Option<&str>,
) -> Result<Done, StoreError> {
    let at = act.at();
    let Some(round) = step.round_after(dossier.round) else {
        return Ok(Done::MovedOn);
    };
    let filed_on = (step == Step::File).then_some(on);
    // A vote leaves the stage as it is, and its clock runs on.
    let stage_on = if to == dossier.stage {
        dossier.stage_on
    } else {
        on
    };
    let moved = act
        .execute(
            "UPDATE dossier SET stage = $1, round = $2, stage_on = $3, filed_on = COALESCE($4, filed_on), \
             window_key = COALESCE($5, window_key), changed_at = $6 WHERE id = $7 AND stage = $8 AND round = $9",
            params![
                to.as_str(),
                round.as_str(),
                stage_on,
                filed_on,
                window,
                at,
                dossier.id,
                dossier.stage.as_str(),
                dossier.round.as_str(),
            ],
        )
        .await?;
    if moved == 0 {
        return Ok(Done::MovedOn);
    }
    act.execute(
        "INSERT INTO dossier_step (dossier_id, number, step, from_stage, to_stage, round, taken_on, taken_by, taken_at) \
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM dossier_step WHERE dossier_id = $1",
        params![
            dossier.id,
            step.as_str(),
            dossier.stage.as_str(),
            to.as_str(),
            round.as_str(),
            on,
            by,
            at,
        ],
    )
    .await?;
    act.record(Entry::done("dossier.moved", record_of(dossier.id)).with("step", step.as_str()))
        .await?;
    Ok(Done::Taken)
}

/// The steps of a file, oldest first.
///
/// # Errors
/// As any query.
pub async fn steps(db: &mut impl Query, dossier: Id) -> Result<Vec<StepTaken>, StoreError> {
    let missing = || StoreError::NotFound("step");
    db.rows(
        "SELECT number, step, from_stage, to_stage, round, taken_on, taken_by, taken_at FROM dossier_step \
         WHERE dossier_id = $1 ORDER BY number",
        params![dossier],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(StepTaken {
            number: row.int("number")?,
            step: row.parsed("step")?.ok_or_else(missing)?,
            from: row.parsed("from_stage")?.ok_or_else(missing)?,
            to: row.parsed("to_stage")?.ok_or_else(missing)?,
            round: row.parsed("round")?.ok_or_else(missing)?,
            on: row.date("taken_on")?,
            by: row.id("taken_by")?,
            at: row.at("taken_at")?,
        })
    })
    .collect()
}

/// When a file's clocks stood still: while documents, an appointment or a court were waited for.
pub fn suspensions(steps: &[StepTaken]) -> Vec<Suspension> {
    let mut found: Vec<Suspension> = Vec::new();
    for step in steps {
        match (step.from.is_suspended(), step.to.is_suspended()) {
            (false, true) => found.push(Suspension {
                from: step.on,
                until: None,
            }),
            (true, false) => {
                if let Some(last) = found.last_mut() {
                    last.until = Some(step.on);
                }
            }
            _ => {}
        }
    }
    found
}

/// The clock of the stage in which a file stands, where the profile sets one. A stage that was left for a suspension and
/// entered again goes on with what was left: its clock runs from when it was first entered in this round.
pub fn clock_of(process: &Process, dossier: &Dossier, steps: &[StepTaken]) -> Option<Clock> {
    let rule = process
        .clocks
        .iter()
        .find(|clock| clock.stage == dossier.stage.as_str())?;
    let entered = steps
        .iter()
        .rev()
        .take_while(|step| step.round == dossier.round && !left_for_good(step, dossier.stage))
        .filter(|step| step.to == dossier.stage)
        .last();
    Some(Clock {
        started: entered.map_or(dossier.stage_on, |step| step.on),
        working_days: rule.working_days,
        suspensions: suspensions(steps),
    })
}

/// Whether a step left a stage for one in which its clock does not merely stand still.
fn left_for_good(step: &StepTaken, stage: Stage) -> bool {
    step.from == stage && step.to != stage && !step.to.is_suspended()
}

/// Somebody to whom a file was assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Id,
    /// In which round.
    pub round: Round,
    /// Whether they stood aside.
    pub aside: bool,
}

/// Everybody to whom a file was ever assigned.
///
/// # Errors
/// As any query.
pub async fn members(db: &mut impl Query, dossier: Id) -> Result<Vec<Member>, StoreError> {
    db.rows(
        "SELECT person_id, round, CASE WHEN aside_at IS NULL THEN 0 ELSE 1 END AS aside FROM dossier_member \
         WHERE dossier_id = $1 ORDER BY assigned_at, person_id",
        params![dossier],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Member {
            person: row.id("person_id")?,
            round: row.parsed("round")?.ok_or(StoreError::NotFound("round"))?,
            aside: row.flag("aside")?,
        })
    })
    .collect()
}

/// Assigns a file to members for its round. Who examined it in an earlier round, or stood aside, has a conflict of interest:
/// then nothing is written, and those are returned.
///
/// # Errors
/// As any query.
pub async fn assign(
    act: &mut Act,
    dossier: &Dossier,
    round: Round,
    people: &BTreeSet<Id>,
) -> Result<Vec<Id>, StoreError> {
    let before = members(act, dossier.id).await?;
    let conflicts: Vec<Id> = before
        .iter()
        .filter(|member| people.contains(&member.person))
        .filter(|member| member.aside || member.round != round)
        .map(|member| member.person)
        .collect();
    if !conflicts.is_empty() {
        return Ok(conflicts);
    }
    let at = act.at();
    for person in people {
        act.execute(
            "INSERT INTO dossier_member (dossier_id, round, person_id, assigned_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (dossier_id, round, person_id) DO NOTHING",
            params![dossier.id, round.as_str(), person, at],
        )
        .await?;
    }
    act.record(Entry::done("dossier.assigned", record_of(dossier.id)).with("to", people))
        .await?;
    Ok(Vec::new())
}

/// A member stands aside, for this file and for ever.
///
/// # Errors
/// As any query.
pub async fn stand_aside(act: &mut Act, dossier: &Dossier, member: Id) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "UPDATE dossier_member SET aside_at = $1 WHERE dossier_id = $2 AND person_id = $3 AND aside_at IS NULL",
        params![at, dossier.id, member],
    )
    .await?;
    act.record(Entry::done("dossier.stood-aside", record_of(dossier.id)).with("who", member))
        .await?;
    Ok(())
}

/// Takes a file from the members who have not voted in its round, for this file and for ever.
///
/// # Errors
/// As any query.
pub async fn unassign_silent(act: &mut Act, dossier: &Dossier) -> Result<(), StoreError> {
    let voted = votes(act, dossier).await?;
    let at = act.at();
    let silent: Vec<Id> = members(act, dossier.id)
        .await?
        .into_iter()
        .filter(|member| member.round == dossier.round && !member.aside)
        .map(|member| member.person)
        .filter(|person| !voted.contains_key(person))
        .collect();
    for person in &silent {
        act.execute(
            "UPDATE dossier_member SET aside_at = $1 WHERE dossier_id = $2 AND person_id = $3 AND aside_at IS NULL",
            params![at, dossier.id, *person],
        )
        .await?;
    }
    act.record(Entry::done("dossier.unassigned", record_of(dossier.id)).with("from", silent))
        .await?;
    Ok(())
}

/// Keeps a vote; a later one of the same member counts instead, and the earlier one stays.
///
/// # Errors
/// As any query.
pub async fn vote(
    act: &mut Act,
    dossier: &Dossier,
    member: Id,
    vote: Vote,
) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "INSERT INTO dossier_vote (dossier_id, round, person_id, number, vote, voted_at) \
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5 FROM dossier_vote \
         WHERE dossier_id = $1 AND round = $2 AND person_id = $3",
        params![
            dossier.id,
            dossier.round.as_str(),
            member,
            vote.as_str(),
            at
        ],
    )
    .await?;
    Ok(())
}

/// The latest vote of each member in the file's round.
///
/// # Errors
/// As any query.
pub async fn votes(
    db: &mut impl Query,
    dossier: &Dossier,
) -> Result<BTreeMap<Id, Vote>, StoreError> {
    let rows = db
        .rows(
            "SELECT person_id, vote FROM dossier_vote WHERE dossier_id = $1 AND round = $2 ORDER BY number",
            params![dossier.id, dossier.round.as_str()],
        )
        .await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let vote = row.parsed("vote")?.ok_or(StoreError::NotFound("vote"))?;
        found.insert(row.id("person_id")?, vote);
    }
    Ok(found)
}

/// What the votes of those to whom the file is assigned come to.
///
/// # Errors
/// As any query.
pub async fn tally(db: &mut impl Query, dossier: &Dossier) -> Result<Tally, StoreError> {
    let assigned: BTreeSet<Id> = members(db, dossier.id)
        .await?
        .into_iter()
        .filter(|member| member.round == dossier.round && !member.aside)
        .map(|member| member.person)
        .collect();
    Ok(Tally::of(&assigned, &votes(db, dossier).await?))
}

/// Keeps what was decided, by category; the words are sealed.
///
/// # Errors
/// As any query.
pub async fn decide(
    act: &mut Act,
    dossier: &Dossier,
    decision: &Decision,
) -> Result<(), StoreError> {
    act.execute(
        "UPDATE dossier SET outcome = $1 WHERE id = $2",
        params![decision.outcome().as_str(), dossier.id],
    )
    .await?;
    for reason in decision.reasons() {
        act.execute(
            "INSERT INTO dossier_reason (dossier_id, round, outcome, reason) VALUES ($1, $2, $3, $4)",
            params![
                dossier.id,
                dossier.round.as_str(),
                decision.outcome().as_str(),
                reason
            ],
        )
        .await?;
    }
    act.record(
        Entry::done("dossier.decided", record_of(dossier.id)).with("round", dossier.round.as_str()),
    )
    .await?;
    Ok(())
}
