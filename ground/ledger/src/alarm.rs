//! Alarms: somebody has read more than the office expects of one person.
//!
//! The rate stands in the database, so that every copy of the program and the command line count alike, and a change of it
//! is an entry. Counting is part of writing the reading ([`crate::Act::record_all`]): no way of reading goes around it. An
//! alarm stands until two people other than the reader have seen it; both are entries.

use jiff::{Timestamp, ToSpan as _};
use mandate_store::{Id, Query, Store, StoreError, Tx, params};

use crate::{Act, Actor, Entry, LedgerError, Record};

/// How many people must have seen an alarm before it no longer stands.
pub const WATCHERS: usize = 2;

/// How much one person reads without an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many readings of Restricted or Sealed records,
    pub readings: u32,
    /// within so many minutes.
    pub minutes: u32,
}

/// Sets the office's rate; an entry says so when it is another one than before.
///
/// # Errors
/// [`StoreError::Refused`] for a rate of zero.
pub async fn set_rate(
    store: &Store,
    rate: Rate,
    by: &Actor,
    at: Timestamp,
) -> Result<(), StoreError> {
    if self::rate(&mut store.clone()).await? == Some(rate) {
        return Ok(());
    }
    let mut act = Act::begin(store, by, at).await?;
    act.execute(
        "INSERT INTO ledger_rate (one, readings, minutes) VALUES (1, $1, $2) \
         ON CONFLICT (one) DO UPDATE SET readings = $1, minutes = $2",
        params![rate.readings, rate.minutes],
    )
    .await?;
    let entry = Entry::done("ledger.rate-set", Record::of("ledger", "rate"))
        .with("readings", rate.readings)
        .with("minutes", rate.minutes);
    act.record(entry).await?;
    act.commit().await
}

/// The office's rate, if it has set one.
///
/// # Errors
/// As any query.
pub async fn rate(db: &mut impl Query) -> Result<Option<Rate>, StoreError> {
    let row = db
        .row(
            "SELECT readings, minutes FROM ledger_rate WHERE one = 1",
            vec![],
        )
        .await?;
    row.map(|row| {
        let number = |column| {
            row.int(column)
                .map(|n| u32::try_from(n).unwrap_or(u32::MAX))
        };
        Ok(Rate {
            readings: number("readings")?,
            minutes: number("minutes")?,
        })
    })
    .transpose()
}

/// Counts what somebody has read; raises an alarm beyond the rate, one for each span of the rate, and gives back its entry.
pub(crate) async fn watch(
    tx: &mut Tx,
    by: &Actor,
    at: Timestamp,
) -> Result<Option<Entry>, StoreError> {
    let Some(rate) = rate(tx).await? else {
        return Ok(None);
    };
    let since = at
        .checked_sub(i64::from(rate.minutes).minutes())
        .unwrap_or(Timestamp::MIN);
    let readings = tx
        .count(
            "SELECT COUNT(*) AS n FROM (SELECT 1 FROM ledger_entry \
             WHERE actor = $1 AND outcome = 'read' AND at > $2 LIMIT $3) AS recent",
            params![by.who(), since, i64::from(rate.readings) + 1],
        )
        .await?;
    if readings <= i64::from(rate.readings) {
        return Ok(None);
    }
    let raised = tx
        .count(
            "SELECT COUNT(*) AS n FROM ledger_alarm WHERE actor = $1 AND at > $2",
            params![by.who(), since],
        )
        .await?;
    if raised > 0 {
        return Ok(None);
    }
    let id = Id::new();
    tx.execute(
        "INSERT INTO ledger_alarm (id, actor, readings, minutes, at) VALUES ($1, $2, $3, $4, $5)",
        params![id, by.who(), readings, rate.minutes, at],
    )
    .await?;
    let entry = Entry::done("ledger.alarm-raised", Record::of("person", by.who()))
        .with("alarm", id.to_string())
        .with("readings", readings)
        .with("minutes", rate.minutes);
    Ok(Some(entry))
}

/// An alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its record.
    pub id: Id,
    /// Who read: see [`Actor::who`].
    pub actor: String,
    /// At least so many readings
    pub readings: i64,
    /// in so many minutes,
    pub minutes: i64,
    /// up to then.
    pub at: Timestamp,
    /// Who has seen it, and when, in order.
    pub seen: Vec<(String, Timestamp)>,
}

impl Alarm {
    /// Whether it still stands: fewer than two have seen it.
    pub fn stands(&self) -> bool {
        self.seen.len() < WATCHERS
    }

    /// Whether it waits for this person.
    pub fn waits_for(&self, person: &str) -> bool {
        self.stands() && self.actor != person && self.seen.iter().all(|(who, _)| who != person)
    }
}

/// The newest alarms, newest first.
///
/// # Errors
/// As any query.
pub async fn alarms(db: &mut impl Query, at_most: i64) -> Result<Vec<Alarm>, StoreError> {
    let rows = db
        .rows(
            "SELECT * FROM ledger_alarm ORDER BY at DESC, id DESC LIMIT $1",
            params![at_most],
        )
        .await?;
    let mut alarms = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = row.id("id")?;
        let seen = db
            .rows(
                "SELECT person, at FROM ledger_alarm_seen WHERE alarm_id = $1 ORDER BY at, person",
                params![id],
            )
            .await?;
        alarms.push(Alarm {
            id,
            actor: row.text("actor")?,
            readings: row.int("readings")?,
            minutes: row.int("minutes")?,
            at: row.at("at")?,
            seen: seen
                .iter()
                .map(|row| Ok((row.text("person")?, row.at("at")?)))
                .collect::<Result<_, StoreError>>()?,
        });
    }
    Ok(alarms)
}

/// How many alarms wait for a person.
///
/// # Errors
/// As any query.
pub async fn alarms_waiting_for(db: &mut impl Query, person: Id) -> Result<i64, StoreError> {
    db.count(
        "SELECT COUNT(*) AS n FROM ledger_alarm a WHERE actor <> $1 \
         AND NOT EXISTS (SELECT 1 FROM ledger_alarm_seen s WHERE s.alarm_id = a.id AND s.person = $1) \
         AND (SELECT COUNT(*) FROM ledger_alarm_seen s WHERE s.alarm_id = a.id) < $2",
        params![person, WATCHERS],
    )
    .await
}

/// Somebody has seen an alarm. Seeing it twice changes nothing.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such alarm, or it is about the person who says so.
pub async fn see_alarm(
    store: &Store,
    alarm: Id,
    person: Id,
    by: &Actor,
    at: Timestamp,
) -> Result<(), LedgerError> {
    let mut act = Act::begin(store, by, at).await?;
    let row = act
        .row(
            "SELECT actor FROM ledger_alarm WHERE id = $1 AND actor <> $2",
            params![alarm, person],
        )
        .await?
        .ok_or(StoreError::NotFound("alarm"))?;
    let seen = act
        .execute(
            "INSERT INTO ledger_alarm_seen (alarm_id, person, at) VALUES ($1, $2, $3) \
             ON CONFLICT (alarm_id, person) DO NOTHING",
            params![alarm, person, at],
        )
        .await?;
    if seen > 0 {
        let entry = Entry::done(
            "ledger.alarm-seen",
            Record::of("person", row.text("actor")?),
        )
        .with("alarm", alarm.to_string());
        act.record(entry).await?;
        act.commit().await?;
    }
    Ok(())
}
