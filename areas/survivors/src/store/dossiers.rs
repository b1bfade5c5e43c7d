//! Files, as far as the server knows them.

use jiff::civil::Date;
use mandate_accounts::{Party, Person};
use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, Row, StoreError, params};

use crate::domain::{CaseName, Outcome, Round, Stage};

/// What an office may allow to stand in the clear beside code, stage and clocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// A region of the profile.
    pub region: Option<String>,
    /// `female` or `male`.
    pub sex: Option<String>,
    /// A community of the profile.
    pub community: Option<String>,
}

/// A file that is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDossier {
    /// Its code.
    pub code: String,
    /// The sealed case of the coded file.
    pub file_case: Id,
    /// The sealed case of the identity under the first key.
    pub identity_one: Id,
    /// The sealed case of the identity under the second key.
    pub identity_two: Id,
    /// Who begins it.
    pub filed_by: Id,
    /// For which body.
    pub body: String,
    /// What may stand in the clear.
    pub facts: Facts,
}

/// A file, as far as the server knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its identifier, which nobody sees.
    pub id: Id,
    /// What people call it by.
    pub code: String,
    /// The sealed case of the coded file.
    pub file_case: Id,
    /// The sealed cases of the identity, under the first and the second key.
    pub identity: [Id; 2],
    /// Who began it.
    pub filed_by: Id,
    /// For which body.
    pub body: String,
    /// Where it stands.
    pub stage: Stage,
    /// For which time it is examined.
    pub round: Round,
    /// Since which day it stands there.
    pub stage_on: Date,
    /// On which day it was filed.
    pub filed_on: Option<Date>,
    /// What was decided last.
    pub outcome: Option<Outcome>,
}

impl Dossier {
    /// As the ledger speaks of it: by an identifier that no page shows.
    pub fn record(&self) -> Record {
        record_of(self.id)
    }

    /// One of its sealed cases.
    pub fn case(&self, name: CaseName) -> Id {
        match name {
            CaseName::File => self.file_case,
            CaseName::One => self.identity[0],
            CaseName::Two => self.identity[1],
        }
    }
}

pub(super) fn record_of(id: Id) -> Record {
    Record::of("dossier", id)
}

/// A new code: ten characters of an alphabet without those that are taken for one another, in two groups.
pub fn new_code() -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits: u64 = rand::random();
    (0..10)
        .map(|at| char::from(ALPHABET[(bits >> (5 * at)) as usize & 31]))
        .enumerate()
        .flat_map(|(at, c)| (at == 5).then_some('-').into_iter().chain([c]))
        .collect()
}

/// Begins a file.
///
/// # Errors
/// As any query; a code or case that is taken is [`StoreError::Database`].
pub async fn insert_dossier(act: &mut Act, new: &NewDossier, on: Date) -> Result<Id, StoreError> {
    let (id, at) = (Id::new(), act.at());
    act.execute(
        "INSERT INTO dossier (id, code, file_case, identity_one, identity_two, filed_by, body, stage, round, stage_on, \
         region, sex, community, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            id,
            &new.code,
            new.file_case,
            new.identity_one,
            new.identity_two,
            new.filed_by,
            &new.body,
            Stage::Draft.as_str(),
            Round::First.as_str(),
            on,
            new.facts.region.clone(),
            new.facts.sex.clone(),
            new.facts.community.clone(),
            at,
        ],
    )
    .await?;
    act.record(Entry::done("dossier.begun", record_of(id)))
        .await?;
    Ok(id)
}

/// Holds a file until the act ends, if it still stands where the caller saw it; returns whether it does. Nobody moves it
/// meanwhile, so what is checked before is true when it is written.
///
/// # Errors
/// As any query.
pub async fn hold(act: &mut Act, dossier: &Dossier) -> Result<bool, StoreError> {
    let at = act.at();
    let held = act
        .execute(
            "UPDATE dossier SET changed_at = $1 WHERE id = $2 AND stage = $3 AND round = $4",
            params![
                at,
                dossier.id,
                dossier.stage.as_str(),
                dossier.round.as_str()
            ],
        )
        .await?;
    Ok(held > 0)
}

/// Sets what of a file may stand in the clear; nothing takes back what stood there.
///
/// # Errors
/// As any query.
pub async fn set_facts(act: &mut Act, dossier: &Dossier, facts: &Facts) -> Result<(), StoreError> {
    let at = act.at();
    act.execute(
        "UPDATE dossier SET region = $1, sex = $2, community = $3, changed_at = $4 WHERE id = $5",
        params![
            facts.region.clone(),
            facts.sex.clone(),
            facts.community.clone(),
            at,
            dossier.id,
        ],
    )
    .await?;
    act.record(Entry::done("dossier.facts-set", dossier.record()))
        .await?;
    Ok(())
}

/// What of a file stands in the clear.
///
/// # Errors
/// As any query.
pub async fn facts(db: &mut impl Query, dossier: &Dossier) -> Result<Facts, StoreError> {
    let row = db
        .row(
            "SELECT region, sex, community FROM dossier WHERE id = $1",
            params![dossier.id],
        )
        .await?
        .ok_or(StoreError::NotFound("dossier"))?;
    Ok(Facts {
        region: row.opt_text("region")?,
        sex: row.opt_text("sex")?,
        community: row.opt_text("community")?,
    })
}

const COLUMNS: &str = "SELECT d.id, d.code, d.file_case, d.identity_one, d.identity_two, d.filed_by, d.body, d.stage, \
    d.round, d.stage_on, d.filed_on, d.outcome FROM dossier d";

fn dossier(row: &Row) -> Result<Dossier, StoreError> {
    let missing = |what| move || StoreError::NotFound(what);
    Ok(Dossier {
        id: row.id("id")?,
        code: row.text("code")?,
        file_case: row.id("file_case")?,
        identity: [row.id("identity_one")?, row.id("identity_two")?],
        filed_by: row.id("filed_by")?,
        body: row.text("body")?,
        stage: row.parsed("stage")?.ok_or_else(missing("stage"))?,
        round: row.parsed("round")?.ok_or_else(missing("round"))?,
        stage_on: row.date("stage_on")?,
        filed_on: row.opt_date("filed_on")?,
        outcome: row.parsed("outcome")?,
    })
}

/// A file by its code.
///
/// # Errors
/// As any query.
pub async fn dossier_by_code(
    db: &mut impl Query,
    code: &str,
) -> Result<Option<Dossier>, StoreError> {
    db.row(&format!("{COLUMNS} WHERE d.code = $1"), params![code])
        .await?
        .as_ref()
        .map(dossier)
        .transpose()
}

/// Whose files a person sees, and as which party: the same sights as in [`may_see`], for all files at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// What a body filed, and the drafts of a person and of those who are gone.
    Of {
        /// The body.
        body: String,
        /// The person.
        person: Id,
    },
    /// Everything that was filed, by code.
    Filed,
    /// What was assigned to a member.
    AssignedTo(Id),
}

/// The files of a sight, those that stand longest first.
///
/// # Errors
/// As any query.
pub async fn dossiers(db: &mut impl Query, whose: &Whose) -> Result<Vec<Dossier>, StoreError> {
    let (condition, values) = match whose {
        Whose::Of { body, person } => (
            "d.body = $1 AND (d.filed_on IS NOT NULL OR d.filed_by = $2 \
             OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = d.filed_by AND p.active = 1))",
            params![body, *person],
        ),
        Whose::Filed => ("d.filed_on IS NOT NULL", vec![]),
        Whose::AssignedTo(member) => (
            "EXISTS (SELECT 1 FROM dossier_member m WHERE m.dossier_id = d.id AND m.round = d.round \
             AND m.person_id = $1 AND m.aside_at IS NULL)",
            params![*member],
        ),
    };
    db.rows(
        &format!("{COLUMNS} WHERE {condition} ORDER BY d.stage_on, d.code"),
        values,
    )
    .await?
    .iter()
    .map(dossier)
    .collect()
}

impl Dossier {
    /// A file that is not there and that nobody may see: asked about when a code names none, so that the answer takes as long.
    pub fn absent() -> Self {
        Self {
            id: Id::new(),
            code: String::new(),
            file_case: Id::new(),
            identity: [Id::new(), Id::new()],
            filed_by: Id::new(),
            body: String::new(),
            stage: Stage::Draft,
            round: Round::First,
            stage_on: Date::default(),
            filed_on: None,
            outcome: None,
        }
    }
}

/// Whether a person may see a file as a party. Whoever began a draft sees it alone, and their body once they are gone; a keeper
/// and the secretariat see what was filed; a member what is assigned to them in this round; the human rights office nothing.
/// What was never filed stays a draft, also when it is taken back.
///
/// # Errors
/// As any query.
pub async fn may_see(
    db: &mut impl Query,
    dossier: &Dossier,
    person: &Person,
    party: Party,
) -> Result<bool, StoreError> {
    if !person.parties.has(party) {
        return Ok(false);
    }
    let filed = dossier.filed_on.is_some();
    Ok(match party {
        Party::Filing => {
            let here = db
                .count(
                    "SELECT COUNT(*) AS n FROM person WHERE id = $1 AND active = 1",
                    params![dossier.filed_by],
                )
                .await?;
            let own_body = person.parties.body() == Some(dossier.body.as_str());
            dossier.filed_by == person.id || own_body && (filed || here == 0)
        }
        Party::Secretariat | Party::Keeper => filed,
        Party::Commission => {
            db.count(
                "SELECT COUNT(*) AS n FROM dossier_member WHERE dossier_id = $1 AND round = $2 AND person_id = $3 \
                 AND aside_at IS NULL",
                params![dossier.id, dossier.round.as_str(), person.id],
            )
            .await?
                > 0
        }
        Party::Observer => false,
    })
}
