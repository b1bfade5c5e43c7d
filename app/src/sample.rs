//! Synthetic data: people, documents and recommendations that do not exist, so that a newcomer sees a working office.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use mandate_accounts::{Area, NewPerson, Parties, Party, Protection, Role, people, set_parties};
use mandate_ledger::{Act, Actor};
use mandate_mechanisms::{
    domain::{
        EvidenceKind, ItemKind, NewAssessment, OfficeStatus, Priority, Progress, Reply, TagKind,
        Voice,
    },
    store::{self, Assign, ImportDocument, ImportItem, NewDocument},
};
use mandate_store::Id;

use crate::Office;

/// The password of every sample account.
pub const PASSWORD: &str = "four quiet rivers";

/// The sample accounts of the sealed process: e-mail address, name, party, and what they hold.
pub const PARTIES: [(&str, &str, Party, Option<&str>); 9] = [
    (
        "files@example.org",
        "Sample Adviser",
        Party::Filing,
        Some("krct"),
    ),
    (
        "colleague@example.org",
        "Sample Colleague",
        Party::Filing,
        Some("krct"),
    ),
    (
        "secretariat@example.org",
        "Sample Secretary",
        Party::Secretariat,
        None,
    ),
    (
        "member1@example.org",
        "Sample Member One",
        Party::Commission,
        None,
    ),
    (
        "member2@example.org",
        "Sample Member Two",
        Party::Commission,
        None,
    ),
    (
        "member3@example.org",
        "Sample Member Three",
        Party::Commission,
        None,
    ),
    (
        "member4@example.org",
        "Sample Member Four",
        Party::Commission,
        None,
    ),
    (
        "keeper1@example.org",
        "Sample Keeper One",
        Party::Keeper,
        Some("1"),
    ),
    (
        "keeper2@example.org",
        "Sample Keeper Two",
        Party::Keeper,
        Some("2"),
    ),
];

/// The human rights office's account in the sealed process.
pub const OBSERVER: (&str, &str) = ("observer@example.org", "Sample Observer");

/// The sample accounts: e-mail address, name, role in the area of recommendations, administrator.
pub const PEOPLE: [(&str, &str, Option<Role>, bool); 4] = [
    ("admin@example.org", "Sample Administrator", None, true),
    ("lead@example.org", "Sample Lead", Some(Role::Lead), false),
    (
        "officer@example.org",
        "Sample Officer",
        Some(Role::Officer),
        false,
    ),
    (
        "reader@example.org",
        "Sample Reader",
        Some(Role::Reader),
        false,
    ),
];

/// Mechanism, theme (empty where nobody confirmed one yet), text. Two ask for the same.
const TEXTS: [(&str, &str, &str); 14] = [
    (
        "cerd",
        "minorities",
        "Ensure that every municipality publishes its decisions in all official languages within thirty days of adoption (sample).",
    ),
    (
        "cerd",
        "language-rights",
        "Allocate the means that the language commissioner needs to examine complaints and report on them each year (sample).",
    ),
    (
        "cedaw",
        "gender-based-violence",
        "Provide shelters for victims of domestic violence with stable funding in every region (sample).",
    ),
    (
        "cedaw",
        "womens-rights",
        "Adopt temporary measures to raise the share of women in decision-making positions (sample).",
    ),
    (
        "cat",
        "detention",
        "Guarantee that every detained person sees a doctor within twenty-four hours of arrival (sample).",
    ),
    (
        "cat",
        "torture",
        "Investigate all allegations of ill-treatment by an independent body and publish the results (sample).",
    ),
    (
        "crc",
        "child-rights",
        "End the placement of children in institutions and support foster families (sample).",
    ),
    (
        "crc",
        "education",
        "Make primary education accessible to Roma, Ashkali and Egyptian children in their neighbourhoods (sample).",
    ),
    (
        "ecri",
        "hate-speech",
        "Record hate crimes by motive in the statistics of police and courts (sample).",
    ),
    (
        "fcnm",
        "minorities",
        "Consult the representatives of smaller communities before decisions that concern them (sample).",
    ),
    (
        "ccpr",
        "enforced-disappearances",
        "Step up the search for missing persons and keep their families informed (sample).",
    ),
    (
        "upr",
        "justice",
        "Reduce the backlog of cases by appointing judges to the vacant posts (sample).",
    ),
    (
        "upr",
        "",
        "Step up the search for missing persons, and keep the families informed (sample).",
    ),
    (
        "fcnm",
        "",
        "Teach pupils of all communities the language of their neighbours, and train teachers for it (sample).",
    ),
];

fn item(n: usize, text: &str, theme: &str) -> ImportItem {
    ImportItem {
        source_id: None,
        paragraph: (n + 11).to_string(),
        kind: ItemKind::Recommendation,
        text: text.to_owned(),
        language: "en".to_owned(),
        reply: if n.is_multiple_of(3) {
            Reply::Noted
        } else {
            Reply::Supported
        },
        priority: Priority::Normal,
        deadline: None,
        tags: Some((TagKind::Theme, theme.to_owned()))
            .filter(|_| !theme.is_empty())
            .into_iter()
            .collect(),
    }
}

/// Makes the accounts of the sealed process. Their keys are made in their browsers, and certified where nothing is online.
async fn take_part(office: &Office) -> anyhow::Result<()> {
    let (ground, by) = (&office.ground, Actor::command_line());
    let (store, now) = (&ground.store, ground.clock.now());
    let observer = (OBSERVER.0, OBSERVER.1, Party::Observer, None);
    for (email, name, party, holds) in PARTIES.into_iter().chain([observer]) {
        let new = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            language: "en".to_owned(),
            administrator: false,
            roles: BTreeMap::new(),
        };
        let (id, token) = people::invite(store, &by, &new, now).await?;
        ground
            .accounts
            .accept_invitation(store, token.as_str(), name, PASSWORD, now)
            .await?;
        let body = holds.filter(|_| party == Party::Filing);
        let key = holds.filter(|_| party == Party::Keeper);
        let key = key.and_then(|key| key.parse().ok());
        set_parties(store, &by, id, &Parties::new([party], body, key)?, now).await?;
    }
    Ok(())
}

/// Fills an empty office. Does nothing when somebody is there already.
///
/// # Errors
/// When the data cannot be written.
pub async fn fill(office: &Office) -> anyhow::Result<()> {
    let (ground, by) = (&office.ground, Actor::command_line());
    let (store, now) = (&ground.store, ground.clock.now());
    if !people::all(&mut store.clone()).await?.is_empty() {
        return Ok(());
    }
    let mut officer = Id::new();
    for (email, name, role, administrator) in PEOPLE {
        let roles: BTreeMap<Area, Role> = role
            .map(|role| (Area::Mechanisms, role))
            .into_iter()
            .collect();
        let new = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            language: "en".to_owned(),
            administrator,
            roles,
        };
        if administrator {
            ground
                .accounts
                .create_administrator(store, &by, &new, PASSWORD, now)
                .await?;
        } else {
            let (id, token) = people::invite(store, &by, &new, now).await?;
            ground
                .accounts
                .accept_invitation(store, token.as_str(), name, PASSWORD, now)
                .await?;
            if role == Some(Role::Officer) {
                officer = id;
            }
        }
    }
    if ground.profile.process.is_some() {
        take_part(office).await?;
    }
    let today = ground.profile.time_zone().to_datetime(now).date();
    let documents: Vec<ImportDocument> =
        ["cerd", "cedaw", "cat", "crc", "ecri", "fcnm", "ccpr", "upr"]
            .into_iter()
            .map(|mechanism| ImportDocument {
                document: NewDocument {
                    mechanism: mechanism.to_owned(),
                    symbol: format!("SAMPLE/{}/1", mechanism.to_uppercase()),
                    title: "Sample document, synthetic".to_owned(),
                    subject: String::new(),
                    session: String::new(),
                    cycle: String::new(),
                    dated: today.checked_sub(2.years()).ok(),
                    link: String::new(),
                    language: "en".to_owned(),
                    attachment_id: None,
                    protection: Protection::Office,
                },
                items: TEXTS
                    .iter()
                    .enumerate()
                    .filter(|(_, (of, _, _))| *of == mechanism)
                    .map(|(n, (_, theme, text))| item(n, text, theme))
                    .collect(),
            })
            .collect();
    let mut act = Act::begin(store, &by, now).await?;
    store::apply_import(&mut act, &documents, false, |_| true).await?;
    let ids: Vec<Id> = store::indexed_page(&mut act, None, 100)
        .await?
        .into_iter()
        .map(|item| item.id)
        .collect();
    let addressees = [
        "ministry-justice",
        "police",
        "ministry-education",
        "assembly",
    ];
    for (n, id) in ids.iter().enumerate() {
        let days = 60 - 15 * i64::try_from(n).unwrap_or(0);
        let what = Assign {
            responsible: n.is_multiple_of(2).then_some(officer),
            addressees: vec![addressees[n % addressees.len()].to_owned()],
            deadline: today.checked_add(days.days()).ok(),
            ..Assign::default()
        };
        store::assign(&mut act, &[*id], &what).await?;
    }
    if let [first, second, third, ..] = ids[..] {
        let proof = store::add_evidence(
            &mut act,
            first,
            EvidenceKind::Note,
            "The decisions of the last quarter were seen in all languages (sample).",
            "",
            None,
            "Visit of the office (sample)",
            today,
            Protection::Office,
        )
        .await?;
        let months = ground.profile.verify_again_after_months;
        for (id, status, resting) in [
            (first, OfficeStatus::Fully, vec![proof]),
            (second, OfficeStatus::Partly, vec![]),
            (third, OfficeStatus::UnderWay, vec![]),
        ] {
            let found = NewAssessment {
                voice: Voice::Office,
                scale: "office".to_owned(),
                grade: status.as_str().to_owned(),
                on_office_scale: Some(status),
                reason: "Sample finding of the office.".to_owned(),
                dated: today,
                evidence_dates: resting.iter().map(|_| today).collect(),
            };
            found.check(today)?;
            store::assess(&mut act, id, &found, &resting, months).await?;
        }
        let what = "A draft of the regulation is with the government (sample).";
        store::add_measure(
            &mut act,
            second,
            "assembly",
            what,
            None,
            Progress::UnderWay,
            today,
            None,
        )
        .await?;
    }
    act.commit().await?;
    office.mechanisms.index.catch_up(store).await?;
    Ok(())
}
