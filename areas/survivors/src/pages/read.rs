//! A file as a party sees it: what the server knows, and ciphertexts with the grants that open them.

use axum::{Json, extract::State as Shared};
use mandate_accounts::{Party, Person};
use mandate_keep as keep;
use mandate_ledger::{Reading, read_before};
use mandate_web::{FormData, Problem, Visit};
use serde_json::{Value, json};

use super::{
    State,
    answer::{Answer, dossier, handed_out, in_text, party},
    files::line,
};
use crate::{
    domain::{CaseName, Stage},
    store::{self, Dossier},
};

/// Which cases of a file a party gets to see: names and narratives never come together, but for who filed them; and what was
/// taken back is seen by nobody else.
pub(super) async fn cases_for(
    visit: &Visit,
    dossier: &Dossier,
    person: &Person,
    party: Party,
) -> Result<Vec<CaseName>, Problem> {
    if party == Party::Filing {
        return Ok(CaseName::ALL.to_vec());
    }
    if dossier.stage == Stage::Withdrawn {
        return Ok(Vec::new());
    }
    Ok(match party {
        Party::Secretariat | Party::Commission => vec![CaseName::File],
        Party::Keeper => {
            let own = CaseName::of_key(person.parties.key());
            let opened = store::openings(&mut visit.ground().store.clone(), dossier.id)
                .await?
                .iter()
                .any(|opening| opening.asked_by == person.id && opening.granted == Some(true));
            if opened {
                vec![CaseName::One, CaseName::Two]
            } else {
                vec![own]
            }
        }
        Party::Filing | Party::Observer => Vec::new(),
    })
}

/// One file. What opens it is handed out only after the reading is in the ledger.
pub(super) async fn read(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let person = visit.person()?;
    let mut db = state.ground.store.clone();
    // Why is known without asking: as whom somebody reads, and where the file stands.
    let why = format!("{party}/{}", item.stage);
    let reading = Reading::of("sealed.released", item.record(), &why);
    let store = &state.ground.store;
    let receipt = read_before(store, &visit.actor(), visit.at(), reading).await?;
    let mut cases = Vec::new();
    for name in cases_for(&visit, &item, person, party).await? {
        let of = (name, item.case(name));
        cases.push(handed_out(&visit, &receipt, of, &item.record()).await?);
    }
    if party == Party::Keeper && item.stage != Stage::Withdrawn {
        // What is sealed for those with the other key needs its public key, and nothing else of the case.
        for name in [CaseName::One, CaseName::Two] {
            if !cases.iter().any(|case| case["name"] == name.as_str()) {
                let case = item.case(name);
                cases.push(json!({ "name": name.as_str(), "case": case, "statements": keep::statements(&mut db, case).await?,
                    "grants": [], "fields": [] }));
            }
        }
    }
    let mut answer = line(&state, &visit, party, &item).await?;
    answer["cases"] = Value::Array(cases);
    match party {
        Party::Commission | Party::Secretariat => {
            answer["members"] = members(&visit, &item, party).await?;
        }
        Party::Keeper => answer["openings"] = openings(&visit, &item).await?,
        Party::Filing => {
            let facts = store::facts(&mut db, &item).await?;
            answer["counted"] =
                json!({ "region": facts.region, "sex": facts.sex, "community": facts.community });
        }
        Party::Observer => {}
    }
    if party != Party::Keeper {
        answer["steps_taken"] = taken(&visit, &item).await?;
    }
    Ok(Json(answer))
}

async fn taken(visit: &Visit, item: &Dossier) -> Result<Value, Problem> {
    let l = visit.l();
    let steps = store::steps(&mut visit.ground().store.clone(), item.id).await?;
    Ok(steps
        .iter()
        .map(|step| json!({ "step": step.step.as_str(), "on": l.date(step.on), "round": step.round.as_str() }))
        .collect())
}

/// Members and, for one another, how they voted; the secretariat sees only whether.
async fn members(visit: &Visit, item: &Dossier, party: Party) -> Result<Value, Problem> {
    let mut db = visit.ground().store.clone();
    let votes = store::votes(&mut db, item).await?;
    let members = store::members(&mut db, item.id).await?;
    let tally = store::tally(&mut db, item).await?;
    let lines: Vec<Value> = members
        .iter()
        .map(|member| {
            let here = member.round == item.round && !member.aside;
            let vote = votes.get(&member.person).filter(|_| here);
            json!({ "id": member.person, "here": here, "voted": vote.is_some(),
                "vote": vote.filter(|_| party == Party::Commission).map(|vote| vote.as_str()) })
        })
        .collect();
    let tally = match tally {
        crate::domain::Tally::Majority(outcome) => outcome.as_str(),
        crate::domain::Tally::Interview => "interview",
        crate::domain::Tally::Tied => "tied",
        crate::domain::Tally::Open { .. } => "open",
    };
    Ok(json!({ "list": lines, "tally": tally }))
}

async fn openings(visit: &Visit, item: &Dossier) -> Result<Value, Problem> {
    let (l, zone) = (visit.l(), visit.ground().profile.time_zone());
    let me = visit.person()?.id;
    let all = store::openings(&mut visit.ground().store.clone(), item.id).await?;
    Ok(all
        .iter()
        .map(|opening| {
            json!({ "id": opening.id, "by": opening.asked_by, "reason": opening.reason, "mine": opening.asked_by == me,
                "asked": l.date_time(opening.asked_at, zone), "granted": opening.granted,
                "answered_by": opening.answered_by,
                "answered": opening.answered_at.map(|at| l.date_time(at, zone)) })
        })
        .collect())
}

/// A part of an attachment, or which parts are here where none is named.
pub(super) async fn part(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let name: CaseName = form.text("case").parse().map_err(|_| Problem::NotFound)?;
    let seen = cases_for(&visit, &item, visit.person()?, party).await?;
    if !seen.contains(&name) || (item.stage == Stage::Draft && party != Party::Filing) {
        return Err(Problem::NotFound);
    }
    let (case, upload) = (item.case(name), form.text("upload"));
    let mut db = state.ground.store.clone();
    match form.some("index") {
        None => {
            let have = keep::chunks(&mut db, case, upload).await?;
            Ok(Json(json!({ "have": have })))
        }
        Some(index) => {
            let index = index.parse().map_err(|_| Problem::NotFound)?;
            let sealed = keep::chunk(&mut db, case, upload, index)
                .await?
                .ok_or(Problem::NotFound)?;
            Ok(Json(json!({ "sealed": in_text(&sealed) })))
        }
    }
}
