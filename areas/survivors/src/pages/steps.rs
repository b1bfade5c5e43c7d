//! A step of a file: checked against the table of steps, then written with what belongs to it, or not at all.

use std::collections::BTreeSet;

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Party, people_who_are};
use mandate_keep as keep;
use mandate_ledger::Act;
use mandate_store::Id;
use mandate_web::{FormData, Problem, Visit};
use serde_json::json;

use super::{
    State,
    answer::{Answer, dossier, held, moved_on, names, party, wrong},
    files::id,
};
use crate::{
    domain::{
        Calendar, CaseName, Decision, DecisionProblem, Opening, Outcome, Stage, Standing, Step,
        StepProblem, Tally, Vote, opening,
    },
    store::{self, Done, Dossier, Facts},
};

/// The fewest members who decide.
const FEWEST_MEMBERS: usize = 2;

/// Takes a step.
pub(super) async fn step(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let step: Step = form
        .text("step")
        .parse()
        .map_err(|_| wrong("survivors-error-unreadable"))?;
    let to = step
        .take(party, item.stage)
        .map_err(|problem| match problem {
            StepProblem::Stage => moved_on(),
            StepProblem::Party => Problem::NotFound,
        })?;
    if step.round_after(item.round).is_none() || !step.goes_with(item.stage, item.outcome) {
        return Err(moved_on());
    }
    let me = visit.person()?.id;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    let window = before(&state, &visit, &form, &mut act, &item, step).await?;
    let taken = store::take_step(
        &mut act,
        &item,
        step,
        to,
        visit.today(),
        me,
        window.as_deref(),
    )
    .await?;
    if taken == Done::MovedOn {
        return Err(moved_on());
    }
    act.commit().await?;
    Ok(Json(json!({ "stage": to.as_str() })))
}

/// What a step asks for and writes besides itself. Returns the window under which a file is filed.
async fn before(
    state: &State,
    visit: &Visit,
    form: &FormData,
    act: &mut Act,
    item: &Dossier,
    step: Step,
) -> Result<Option<String>, Problem> {
    let process = state.process()?;
    let me = visit.person()?.id;
    match step {
        Step::File => {
            let Opening::Open { window, .. } = opening(process.windows.iter(), visit.today())
            else {
                return Err(wrong("survivors-error-window"));
            };
            for needed in ["form", "narrative"] {
                if keep::fields(act, item.file_case, &[needed])
                    .await?
                    .is_empty()
                {
                    return Err(wrong("survivors-error-not-whole"));
                }
            }
            return Ok(Some(window.key.clone()));
        }
        Step::Assign => assign(visit, form, act, item).await?,
        Step::StandAside => store::stand_aside(act, item, me).await?,
        Step::Unassign => {
            let why = format!("released/{}", store::steps(act, item.id).await?.len() + 1);
            if keep::fields(act, item.file_case, &[&why]).await?.is_empty() {
                return Err(wrong("survivors-error-no-reason"));
            }
            store::unassign_silent(act, item).await?;
        }
        Step::Vote => {
            let vote: Vote = form
                .text("vote")
                .parse()
                .map_err(|_| wrong("survivors-error-choose"))?;
            store::vote(act, item, me, vote).await?;
        }
        Step::MakeAppointment => appointment_is_asked_for(act, item).await?,
        Step::Decide => decide(state, form, act, item).await?,
        Step::Withdraw => take_back(act, item).await?,
        Step::Close if item.stage == Stage::Notified && item.outcome == Some(Outcome::Rejected) => {
            let steps = store::steps(act, item.id).await?;
            let over = store::clock_of(process, item, &steps).is_none_or(|clock| {
                matches!(
                    clock.standing(&Calendar::of(process), visit.today()),
                    Standing::Late { .. }
                )
            });
            if !over {
                return Err(wrong("survivors-error-term-runs"));
            }
        }
        _ => {}
    }
    Ok(None)
}

/// What is taken back is handed out to nobody but the people of its body and recovery; their client makes new keys next.
/// Nothing of it is counted by its facts any more.
async fn take_back(act: &mut Act, item: &Dossier) -> Result<(), Problem> {
    for name in CaseName::ALL {
        let case = item.case(*name);
        let mut stay = vec!["recovery".to_owned()];
        for grantee in keep::grantees(act, case).await? {
            if let Ok(person) = grantee.parse::<Id>()
                && mandate_accounts::parties_of(act, person).await?.body() == Some(&*item.body)
            {
                stay.push(grantee);
            }
        }
        keep::withdraw_all_but(act, case, &stay).await?;
    }
    store::set_facts(act, item, &Facts::default()).await?;
    Ok(())
}

async fn appointment_is_asked_for(act: &mut Act, item: &Dossier) -> Result<(), Problem> {
    match store::tally(act, item).await? {
        Tally::Interview => Ok(()),
        _ => Err(wrong("survivors-error-no-appointment")),
    }
}

async fn assign(
    visit: &Visit,
    form: &FormData,
    act: &mut Act,
    item: &Dossier,
) -> Result<(), Problem> {
    let chosen: BTreeSet<Id> = form
        .all("member")
        .into_iter()
        .map(id)
        .collect::<Result<_, _>>()?;
    let members: BTreeSet<Id> =
        people_who_are(&mut visit.ground().store.clone(), Party::Commission)
            .await?
            .into_iter()
            .map(|(id, ..)| id)
            .collect();
    if chosen.len() < FEWEST_MEMBERS || !chosen.is_subset(&members) {
        return Err(wrong("survivors-error-two-members"));
    }
    // Who is assigned must be able to read: the statement of the case names them already.
    let statement = keep::latest(act, item.file_case).await?;
    let granted = |member: &Id| names(&statement, *member);
    if !chosen.iter().all(granted) {
        return Err(wrong("survivors-error-not-granted"));
    }
    if store::assign(act, item, item.round, &chosen)
        .await?
        .is_empty()
    {
        Ok(())
    } else {
        Err(wrong("survivors-error-conflict"))
    }
}

async fn decide(
    state: &State,
    form: &FormData,
    act: &mut Act,
    item: &Dossier,
) -> Result<(), Problem> {
    let outcome: Outcome = form
        .text("outcome")
        .parse()
        .map_err(|_| wrong("survivors-error-choose"))?;
    // The words of the decision are sealed in a field of the round; that they are there is all that is known.
    let field = format!("decision/{}", item.round);
    let text = keep::fields(act, item.file_case, &[&field])
        .await?
        .first()
        .map(|_| item.file_case);
    let tally = store::tally(act, item).await?;
    let decision = Decision::new(state.process()?, tally, outcome, &form.all("reason"), text)
        .map_err(|problem| {
            wrong(match problem {
                DecisionProblem::Votes => "survivors-error-votes",
                DecisionProblem::NoReason | DecisionProblem::WrongReason => {
                    "survivors-error-reason"
                }
                DecisionProblem::NoText => "survivors-error-no-text",
            })
        })?;
    Ok(store::decide(act, item, &decision).await?)
}
