//! An invented office with invented people.

use mandate_sealing::{
    AgeKey, CaseSecrets, Made, OfficeSecret, PersonSecret, Reader, Request, Signer, new_case,
    open_grant,
};
use mandate_vault::{
    CaseChain, CaseId, Certificate, Directory, PersonId, Revocations, Sealed, Serial, Time,
};

pub(crate) const NOW: Time = 1_790_000_000;
pub(crate) const DAY: Time = 86_400;

pub(crate) struct World {
    pub(crate) office: OfficeSecret,
    pub(crate) ana: PersonSecret,
    pub(crate) besa: PersonSecret,
    pub(crate) dragan: PersonSecret,
    pub(crate) recovery: AgeKey,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) list: Revocations,
    pub(crate) directory: Directory,
    pub(crate) case: CaseId,
    pub(crate) made: Made,
    pub(crate) chain: CaseChain,
}

pub(crate) fn id(text: &str) -> PersonId {
    PersonId::new(text).unwrap()
}

pub(crate) fn world() -> World {
    let office = OfficeSecret::generate(NOW);
    let key = office.public().unwrap();
    let person = |name: &str| PersonSecret::generate(id(name), key, NOW);
    let (ana, besa, dragan) = (person("ana"), person("besa"), person("dragan"));
    let recovery = AgeKey::generate();
    let mut certificates: Vec<_> = [&ana, &besa, &dragan]
        .iter()
        .zip(1..)
        .map(|(person, serial)| certified(&office, person, serial))
        .collect();
    let spare = PersonSecret::recovery(recovery.clone(), key, NOW);
    certificates.push(certified(&office, &spare, 4));
    let list = office.revoke(None, &[], NOW - DAY, NOW + 30 * DAY).unwrap();
    let directory = Directory::of(key, certificates.clone(), list.clone(), NOW).unwrap();
    let case = CaseId::new("C-1").unwrap();
    let signer = Signer::new(&ana, &directory).unwrap();
    let people = [id("ana"), id("besa")];
    let made = new_case(&case, &people, signer, &directory, NOW - 10 * DAY).unwrap();
    let chain = CaseChain::verify(vec![made.statement.clone()], &case, &directory, None).unwrap();
    World {
        office,
        ana,
        besa,
        dragan,
        recovery,
        certificates,
        list,
        directory,
        case,
        made,
        chain,
    }
}

pub(crate) fn certified(
    office: &OfficeSecret,
    person: &PersonSecret,
    serial: Serial,
) -> Certificate {
    let request = Request {
        person: person.person().clone(),
        encryption: person.encryption().unwrap(),
        signing: person.signing().unwrap(),
        not_before: NOW - 100 * DAY,
        not_after: NOW + 100 * DAY,
    };
    office.certify(request, serial).unwrap()
}

pub(crate) fn grant_of<'m>(made: &'m Made, person: &str, generation: u64) -> &'m Sealed {
    let found = made
        .grants
        .iter()
        .find(|(to, of, _)| to.person.as_str() == person && *of == generation);
    &found.unwrap().2
}

impl World {
    pub(crate) fn signer<'s>(&self, secret: &'s PersonSecret) -> Signer<'s> {
        Signer::new(secret, &self.directory).unwrap()
    }

    pub(crate) fn secrets(&self) -> CaseSecrets {
        let mut secrets = CaseSecrets::new(self.case.clone());
        open_grant(
            grant_of(&self.made, "besa", 1),
            1,
            Reader {
                person: self.besa.person(),
                key: self.besa.key(),
            },
            &self.chain,
            &self.directory,
            &mut secrets,
        )
        .unwrap();
        secrets
    }
}
