//! Files that are begun, sealed fields and attachments on their way in.

use axum::{Json, extract::State as Shared};
use mandate_accounts::Party;
use mandate_keep as keep;
use mandate_ledger::{Act, Entry};
use mandate_office::Process;
use mandate_store::Id;
use mandate_vault::{FieldName, Kind, Sealed};
use mandate_web::{FormData, Problem, Visit};
use serde::Deserialize;
use serde_json::json;

use super::{
    State,
    answer::{Answer, Stated, content, dossier, held, in_bytes, moved_on, party, wrong},
    files::id,
    grants::{first, may_join, said},
};
use crate::{
    domain::{CaseName, Stage, Step},
    store::{self, Facts, NewDossier},
};

/// A sealed field as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    case: String,
    pub(super) field: String,
    version: i64,
    sealed: String,
}

impl Written {
    fn case(&self) -> Result<CaseName, Problem> {
        self.case.parse().map_err(|_| Problem::NotFound)
    }
}

/// A file that is begun.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begun {
    /// The cases, in the order of their names: file, one, two.
    ids: [String; 3],
    cases: [Stated; 3],
    fields: Vec<Written>,
    counted: Counted,
}

/// Begins a draft.
pub(super) async fn begin(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let process = state.process()?;
    let begun: Begun = content(&form)?;
    let person = visit.person()?;
    let body = person.parties.body().ok_or(Problem::NotFound)?;
    let ids = [id(&begun.ids[0])?, id(&begun.ids[1])?, id(&begun.ids[2])?];
    let new = NewDossier {
        code: store::new_code(),
        file_case: ids[0],
        identity_one: ids[1],
        identity_two: ids[2],
        filed_by: person.id,
        body: body.to_owned(),
        facts: begun.counted.allowed(process),
    };
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::insert_dossier(&mut act, &new, visit.today()).await?;
    for ((case, name), stated) in ids.into_iter().zip(CaseName::ALL).zip(&begun.cases) {
        let stated = first(&mut act, case, person.id, stated).await?;
        may_join(&mut act, Party::Filing, *name, body, None, &stated).await?;
        stated.keep(&mut act).await.map_err(said)?;
    }
    for field in &begun.fields {
        let name = field.case()?;
        if !may_write(Party::Filing, Stage::Draft, name, &field.field) {
            return Err(Problem::NotFound);
        }
        let case = match name {
            CaseName::File => ids[0],
            CaseName::One => ids[1],
            CaseName::Two => ids[2],
        };
        kept(&mut act, case, field).await?;
    }
    act.commit().await?;
    Ok(Json(json!({ "code": new.code })))
}

pub(super) async fn kept(act: &mut Act, case: Id, field: &Written) -> Result<(), Problem> {
    let unreadable = |_| wrong("survivors-error-unreadable");
    let name = FieldName::new(&field.field).map_err(unreadable)?;
    let sealed = in_bytes(&field.sealed)?;
    Sealed::read(sealed.clone(), Kind::Field).map_err(unreadable)?;
    if keep::write(act, case, &name.to_string(), field.version, &sealed).await? {
        Ok(())
    } else {
        Err(moved_on())
    }
}

/// Who may write which field of which case at which stage.
fn may_write(party: Party, stage: Stage, case: CaseName, field: &str) -> bool {
    let own = |names: &[&str]| names.iter().any(|name| field.starts_with(name));
    match (party, case) {
        (Party::Filing, CaseName::File) => {
            matches!(stage, Stage::Draft | Stage::Incomplete)
                && own(&["form", "narrative", "attachment/", "uploading/"])
                || Step::Withdraw.from(stage).is_some() && own(&["consent/"])
                || stage == Stage::Notified && own(&["request/"])
        }
        (Party::Filing, CaseName::One | CaseName::Two) => {
            matches!(stage, Stage::Draft | Stage::Incomplete) && field == "identity"
        }
        (Party::Secretariat, CaseName::File) => {
            stage == Stage::Filed && own(&["asked/"])
                || stage == Stage::Examination && own(&["appointment/", "released/"])
        }
        (Party::Commission, CaseName::File) => stage == Stage::Examination && own(&["decision/"]),
        (Party::Keeper, CaseName::One | CaseName::Two) => own(&["opening/"]),
        _ => false,
    }
}

/// Sealed fields of a file as they travel: all of them are kept, or none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    fields: Vec<Written>,
}

/// Sealed fields of a file.
pub(super) async fn fields(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let batch: Batch = content(&form)?;
    if batch.fields.is_empty() || batch.fields.len() > MOST_FIELDS {
        return Err(wrong("survivors-error-unreadable"));
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    for written in &batch.fields {
        let name = written.case()?;
        if !may_write(party, item.stage, name, &written.field) {
            return Err(Problem::NotFound);
        }
        kept(&mut act, item.case(name), written).await?;
    }
    act.record(Entry::done("dossier.written", item.record()))
        .await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": batch.fields.len() })))
}

/// The most fields that are written at once.
const MOST_FIELDS: usize = 16;

/// What may stand in the clear, as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    sex: Option<String>,
    #[serde(default)]
    community: Option<String>,
}

impl Counted {
    /// What the profile knows and allows to stand in the clear; the rest is dropped.
    pub(super) fn allowed(self, process: &Process) -> Facts {
        let known = |fact: &str, value: Option<String>, is: &dyn Fn(&str) -> bool| {
            value.filter(|value| process.knows(fact) && is(value))
        };
        Facts {
            region: known("region", self.region, &|key| {
                process.regions.get(key).is_some()
            }),
            sex: known("sex", self.sex, &|key| ["female", "male"].contains(&key)),
            community: known("community", self.community, &|key| {
                process.communities.get(key).is_some()
            }),
        }
    }
}

/// What of a file may be counted, said anew by who filed it: changed while it is written, taken back at any time.
pub(super) async fn facts(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let item = dossier(&visit, &form, Party::Filing).await?;
    let counted: Counted = content(&form)?;
    let facts = counted.allowed(state.process()?);
    if facts != Facts::default() && !matches!(item.stage, Stage::Draft | Stage::Incomplete) {
        return Err(Problem::NotFound);
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    store::set_facts(&mut act, &item, &facts).await?;
    act.commit().await?;
    Ok(Json(json!({ "kept": true })))
}

/// A part of an attachment as it travels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    case: String,
    upload: String,
    index: i64,
    sealed: String,
}

/// A part of an attachment. What was sent need not be sent again.
pub(super) async fn chunk(Shared(state): Shared<State>, visit: Visit, form: FormData) -> Answer {
    let party = party(&visit, &form)?;
    let item = dossier(&visit, &form, party).await?;
    let part: Part = content(&form)?;
    let right = part.upload.len() == 32 && part.upload.bytes().all(|b| b.is_ascii_hexdigit());
    if !right || !(0..4096).contains(&part.index) {
        return Err(wrong("survivors-error-unreadable"));
    }
    let name: CaseName = part.case.parse().map_err(|_| Problem::NotFound)?;
    if !may_write(party, item.stage, name, "attachment/") {
        return Err(Problem::NotFound);
    }
    let sealed = in_bytes(&part.sealed)?;
    Sealed::read(sealed.clone(), Kind::Part).map_err(|_| wrong("survivors-error-unreadable"))?;
    let case = item.case(name);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    held(&mut act, &item).await?;
    keep::add_chunk(&mut act, case, &part.upload, part.index, &sealed).await?;
    act.record(Entry::done("dossier.written", item.record()))
        .await?;
    act.commit().await?;
    Ok(Json(json!({ "index": part.index })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_who_filed_writes_an_identity_and_a_decision_comes_from_members_alone() {
        for party in Party::ALL {
            for stage in Stage::ALL {
                for case in [CaseName::One, CaseName::Two] {
                    assert_eq!(
                        may_write(*party, *stage, case, "identity"),
                        *party == Party::Filing
                            && matches!(stage, Stage::Draft | Stage::Incomplete)
                    );
                }
                assert_eq!(
                    may_write(*party, *stage, CaseName::File, "decision/first"),
                    *party == Party::Commission && *stage == Stage::Examination
                );
                assert!(!may_write(Party::Observer, *stage, CaseName::File, "form"));
            }
        }
    }
}
