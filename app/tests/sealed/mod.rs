//! What a client does before anything is sent: keys for practice, cases, sealed fields, as they travel.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use mandate_sealing::{CaseSecrets, Label, Made, Practice, add_people, new_case, renew_key, seal};
use mandate_store::Id;
use mandate_vault::{CaseChain, CaseId, FieldName, PersonId};
use serde_json::{Value, json};

/// An office for practice at an hour.
pub(crate) struct Hand {
    pub(crate) practice: Practice,
    pub(crate) now: u64,
}

/// A case with its chain of statements and the latest secret.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) made: Made,
    pub(crate) chain: CaseChain,
}

impl Hand {
    pub(crate) fn new(now: u64, people: &[&PersonId]) -> Self {
        let mut practice = Practice::new(now).unwrap();
        for person in people {
            practice.join((*person).clone()).unwrap();
        }
        Self { practice, now }
    }

    /// What an administrator brings: the office's key, the list, the certificates.
    pub(crate) fn papers(&self) -> Vec<String> {
        let first = [self.practice.office().unwrap(), self.practice.list().text()];
        let certificates = self.practice.certificates().iter();
        first
            .into_iter()
            .chain(certificates.map(|one| one.text()))
            .collect()
    }

    pub(crate) fn case(&self, by: &PersonId, people: &[&PersonId]) -> Case {
        let id = Id::new().to_string();
        let case = CaseId::new(id.clone()).unwrap();
        let people: Vec<PersonId> = people.iter().copied().cloned().collect();
        let directory = self.practice.directory().unwrap();
        let signer = self.practice.signer(by).unwrap();
        let made = new_case(&case, &people, signer, &directory, self.now).unwrap();
        let chain = vec![made.statement.clone()];
        let chain = CaseChain::verify(chain, &case, &directory, None).unwrap();
        Case { id, made, chain }
    }

    /// The case with more people; or, where somebody leaves, with a new key for those who stay.
    pub(crate) fn changed(
        &self,
        case: &Case,
        by: &PersonId,
        join: &[&PersonId],
        leave: &[&PersonId],
    ) -> Made {
        let owned = |people: &[&PersonId]| people.iter().copied().cloned().collect::<Vec<_>>();
        let directory = self.practice.directory().unwrap();
        let signer = self.practice.signer(by).unwrap();
        if leave.is_empty() {
            let mut secrets = CaseSecrets::new(CaseId::new(case.id.clone()).unwrap());
            secrets.add(1, case.made.secret.clone());
            add_people(
                &case.chain,
                &secrets,
                &owned(join),
                signer,
                &directory,
                self.now,
            )
        } else {
            renew_key(&case.chain, &owned(leave), signer, &directory, self.now)
        }
        .unwrap()
    }

    pub(crate) fn field(
        &self,
        by: &PersonId,
        name: &str,
        case: &Case,
        field: &str,
        body: &[u8],
    ) -> Value {
        let label = Label {
            case: case.chain.latest().case.clone(),
            field: FieldName::new(field).unwrap(),
            version: 1,
            made: self.now,
        };
        let directory = self.practice.directory().unwrap();
        let signer = self.practice.signer(by).unwrap();
        let sealed = seal(&label, body, &case.chain, &directory, Some(signer)).unwrap();
        let sealed = BASE64_STANDARD.encode(sealed.as_bytes());
        json!({ "case": name, "field": field, "version": 1, "sealed": sealed })
    }
}

/// A statement with its grants, as it travels.
pub(crate) fn stated(made: &Made) -> Value {
    let grants: Vec<Value> = made
        .grants
        .iter()
        .map(|(to, generation, sealed)| {
            json!({ "to": to.person.to_string(), "generation": generation,
                "sealed": BASE64_STANDARD.encode(sealed.as_bytes()) })
        })
        .collect();
    json!({ "statement": made.statement.text(), "grants": grants })
}
