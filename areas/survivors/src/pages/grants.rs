//! Who may open a case, said anew: whom a party may give a key, and whom it may take off.
//!
//! The client seals a grant for anybody with a certified key. That it goes only to somebody whose sight it is stands here, so
//! that a program that is broken, or somebody who means ill, cannot bring a name and an account into one hand.

use std::collections::BTreeSet;

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Parties, Party, parties_of, people_who_are};
use mandate_keep::{self as keep, StatedProblem};
use mandate_language::Message;
use mandate_ledger::{Act, Entry};
use mandate_store::{Id, Query, StoreError};
use mandate_vault::PersonId;
use mandate_web::{FormData, Problem, Visit};
use serde::Deserialize;
use serde_json::json;

use super::{
    State,
    answer::{Answer, Stated, content, dossier, held, moved_on, not_theirs, party, wrong},
    read::cases_for,
};
use crate::{
    domain::{CaseName, Stage, Step},
    store::{self, Dossier},
};

/// A change of who may open a case, checked but for whose sight it is.
pub(super) async fn checked(
    act: &mut Act,
    case: Id,
    by: Id,
    stated: &Stated,
) -> Result<keep::Stated, Problem> {
    let grants = stated.grants()?;
    keep::Stated::check(act, case, by, &stated.statement, grants)
        .await
        .map_err(said)
}

/// As [`checked`], of a case that is begun: none that is there already.
pub(super) async fn first(
    act: &mut Act,
    case: Id,
    by: Id,
    stated: &Stated,
) -> Result<keep::Stated, Problem> {
    let stated = checked(act, case, by, stated).await?;
    if stated.is_first() {
        Ok(stated)
    } else {
        Err(moved_on())
    }
}

/// What is wrong with a statement, in words.
pub(super) fn said(problem: StatedProblem) -> Problem {
    match problem {
        StatedProblem::MovedOn => moved_on(),
        StatedProblem::NoOffice => wrong("survivors-key-no-office"),
        StatedProblem::Grants => wrong("survivors-error-unreadable"),
        StatedProblem::Refused(why) => Problem::Input(
            why.facts()
                .iter()
                .fold(Message::new(why.why().key()), |message, (name, value)| {
                    message.with(name, value.as_str())
                }),
        ),
        StatedProblem::Store(error) => error.into(),
    }
}

/// Whether a person belongs to a case of a body's file by what they are.
fn belongs(parties: &Parties, case: CaseName, body: &str) -> bool {
    let sees = match case.key() {
        None => parties.has(Party::Secretariat),
        key => parties.key() == key,
    };
    sees || parties.body() == Some(body)
}

/// Everybody to whom a party may give the key of a case: those who belong to it; members, from the secretariat alone; and who
/// asked to learn the name, from a keeper of the other key. What was taken back goes to nobody but the body's people.
async fn entitled(
    db: &mut impl Query,
    by: Party,
    case: CaseName,
    body: &str,
    item: Option<&Dossier>,
) -> Result<BTreeSet<Id>, StoreError> {
    let taken_back = item.is_some_and(|item| item.stage == Stage::Withdrawn);
    let mut found = BTreeSet::new();
    for party in Party::ALL {
        for (id, ..) in people_who_are(db, *party).await? {
            let member =
                (by, case, *party) == (Party::Secretariat, CaseName::File, Party::Commission);
            let parties = parties_of(db, id).await?;
            let theirs = if taken_back {
                parties.body() == Some(body)
            } else {
                member || belongs(&parties, case, body)
            };
            if theirs {
                found.insert(id);
            }
        }
    }
    if let (Party::Keeper, Some(item)) = (by, item) {
        let open = store::openings(db, item.id).await?;
        found.extend(
            open.iter()
                .filter(|one| one.granted.is_none())
                .map(|one| one.asked_by),
        );
    }
    Ok(found)
}

/// Whether a party may let people join a case: those who have come since it was made.
fn may_add(party: Party, case: CaseName) -> bool {
    match party {
        Party::Filing => true,
        Party::Secretariat => case == CaseName::File,
        Party::Keeper => case != CaseName::File,
        Party::Commission | Party::Observer => false,
    }
}

/// Whether a party may take people off a case whose keys are good, where the file stands.
fn may_take_off(party: Party, stage: Stage, case: CaseName) -> bool {
    match party {
        // When it is taken back.
        Party::Filing => stage == Stage::Withdrawn || Step::Withdraw.from(stage).is_some(),
        _ => may_add(party, case),
    }
}

fn ids(people: &[PersonId]) -> Result<Vec<Id>, Problem> {
    people
        .iter()
        .map(|person| person.as_str().parse().map_err(|_| not_theirs()))
        .collect()
}

/// Nobody who was ever given one half of a name is given the other but by an opening, whatever key they hold by now.
async fn no_second_half(
    act: &mut Act,
    item: &Dossier,
    name: CaseName,
    joined: &[Id],
) -> Result<(), Problem> {
    let asked = store::openings(act, item.id).await?;
    let other = item.case(name.other());
    let named = keep::statements(act, other).await?;
    for person in joined {
        let opens = asked
            .iter()
            .any(|one| one.asked_by == *person && one.granted.is_none());
        let line = format!("\ngrant {person} ");
        if !opens && named.iter().any(|statement| statement.contains(&line)) {
            return Err(not_theirs());
        }
    }
    Ok(())
}

/// Whether those who join a new file's case may.
pub(super) async fn may_join(
    db: &mut impl Query,
    by: Party,
    case: CaseName,
    body: &str,
    item: Option<&Dossier>,
    stated: &keep::Stated,
) -> Result<(), Problem> {
    let joined = ids(stated.joined())?;
    if joined.is_empty() {
        return Ok(());
    }
    let entitled = entitled(db, by, case, body, item).await?;
    if joined.iter().all(|one| entitled.contains(one)) {
        Ok(())
    } else {
        Err(not_theirs())
    }
}

/// A new statement of a case as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regranted {
    case: String,
    stated: Stated,
}

/// Who may open a case, said anew. Whoever sees a case may take off those whose keys were revoked: else nobody could write.
pub(super) async fn grant(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let regranted: Regranted = content(&form)?;
    let name: CaseName = regranted.case.parse().map_err(|_| Problem::NotFound)?;
    let person = visit.person()?;
    let seen = cases_for(&visit, &item, person, party).await?;
    if !seen.contains(&name) {
        return Err(Problem::NotFound);
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    let stated = checked(&mut act, item.case(name), person.id, &regranted.stated).await?;
    let adds = stated.joined().is_empty() || may_add(party, name);
    let takes_off = stated.left().is_empty() || may_take_off(party, item.stage, name);
    if !adds || !takes_off {
        return Err(Problem::NotFound);
    }
    may_join(&mut act, party, name, &item.body, Some(&item), &stated).await?;
    for left in ids(stated.left())? {
        let parties = parties_of(&mut act, left).await?;
        // Who filed takes it from everybody but the body's own people; others from nobody whose sight it is.
        let stays = if party == Party::Filing {
            parties.body() == Some(&*item.body)
        } else {
            belongs(&parties, name, &item.body)
        };
        if stays {
            return Err(not_theirs());
        }
    }
    if party == Party::Keeper {
        no_second_half(&mut act, &item, name, &ids(stated.joined())?).await?;
    }
    stated.keep(&mut act).await.map_err(said)?;
    let number = stated.statement().number;
    let to: Vec<&str> = stated.joined().iter().map(PersonId::as_str).collect();
    let off: Vec<&str> = stated.left().iter().map(PersonId::as_str).collect();
    act.record(
        Entry::done("dossier.granted", item.record())
            .with("case", name.as_str())
            .with("to", to)
            .with("off", off),
    )
    .await?;
    act.commit().await?;
    Ok(Json(json!({ "number": number })))
}
