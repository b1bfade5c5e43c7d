//! A case's key: made, granted, opened, changed when somebody is taken off.

use std::collections::{BTreeMap, BTreeSet};

use mandate_vault::{
    Author, CaseChain, CaseId, CaseStatement, Certificate, Directory, Generation, Kind, Lines,
    PersonId, PublicKey, Refusal, Sealed, Time, Why, Writing, number,
};
use zeroize::Zeroizing;

use crate::{AgeKey, Signer, agefile};

const GRANT: &str = "mandate-grant/1";

/// The secret keys of a case that a reader has, by generation.
#[derive(Debug, Clone)]
pub struct CaseSecrets {
    case: CaseId,
    keys: BTreeMap<Generation, AgeKey>,
}

impl CaseSecrets {
    /// None yet.
    pub const fn new(case: CaseId) -> Self {
        Self {
            case,
            keys: BTreeMap::new(),
        }
    }

    /// The case.
    pub const fn case(&self) -> &CaseId {
        &self.case
    }

    /// Adds a key that [`open_grant`] gave.
    pub fn add(&mut self, generation: Generation, key: AgeKey) {
        self.keys.insert(generation, key);
    }

    /// The key of a generation.
    ///
    /// # Errors
    /// [`Why::NotGranted`].
    pub fn key(&self, generation: Generation) -> Result<&AgeKey, Refusal> {
        self.keys
            .get(&generation)
            .ok_or_else(|| Refusal::new(Why::NotGranted).with("key", generation))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (Generation, &AgeKey)> {
        self.keys.iter().rev().map(|(n, key)| (*n, key))
    }
}

/// What a change of a case's key or circle gives: the statement and the grants to be kept.
#[derive(Debug, Clone)]
pub struct Made {
    /// The new latest statement.
    pub statement: CaseStatement,
    /// For whom, under which generation, the grant.
    pub grants: Vec<(Author, Generation, Sealed)>,
    /// The case's latest secret key. Whoever only files forgets it.
    pub secret: AgeKey,
}

/// Makes a case with a key of its own, granted to people and to recovery. Only public keys are needed of them.
///
/// # Errors
/// Somebody who has no valid certificate; no recovery key.
pub fn new_case(
    case: &CaseId,
    people: &[PersonId],
    author: Signer<'_>,
    directory: &Directory,
    now: Time,
) -> Result<Made, Refusal> {
    let secret = AgeKey::generate();
    let keys = vec![PublicKey {
        generation: 1,
        key: secret.public()?,
        since: now,
    }];
    let circle = circle(people.iter(), directory)?;
    let statement = stated(case, 1, now, author, None, keys, &circle)?;
    let grants = circle
        .iter()
        .map(|to| granted(case, 1, &secret, to, author, now))
        .collect::<Result<_, _>>()?;
    Ok(Made {
        statement,
        grants,
        secret,
    })
}

/// Grants a case to more people, or anew to those whose certificate was renewed, with every key that the granter has.
///
/// # Errors
/// [`Why::NotEntitled`], [`Why::NotGranted`]; somebody who has no valid certificate.
pub fn add_people(
    chain: &CaseChain,
    secrets: &CaseSecrets,
    people: &[PersonId],
    author: Signer<'_>,
    directory: &Directory,
    now: Time,
) -> Result<Made, Refusal> {
    let before = chain.latest();
    let current = chain.current().generation;
    let secret = secrets.key(current)?;
    let mut statement = before.clone();
    let mut grants = Vec::new();
    for certificate in people.iter().map(|person| directory.recipient(person)) {
        let certificate = certificate?;
        let to = author_of(certificate);
        statement.grants.retain(|grant| grant.person != to.person);
        statement.grants.push(to);
        for (generation, key) in secrets.all() {
            grants.push(granted(
                &before.case,
                generation,
                key,
                certificate,
                author,
                now,
            )?);
        }
    }
    statement.grants.sort();
    let statement = continued(statement, before, author, now)?;
    Ok(Made {
        statement,
        grants,
        secret: secret.clone(),
    })
}

/// Makes a new key, granted to everybody of the latest statement but those who leave, and to recovery.
///
/// What was sealed before stays readable to who left, if they kept it: seal the fields again, and say so.
///
/// # Errors
/// [`Why::NotEntitled`]; somebody who stays and has no valid certificate.
pub fn renew_key(
    chain: &CaseChain,
    leave: &[PersonId],
    author: Signer<'_>,
    directory: &Directory,
    now: Time,
) -> Result<Made, Refusal> {
    let before = chain.latest();
    let secret = AgeKey::generate();
    let generation = chain.current().generation + 1;
    let stay = before
        .grants
        .iter()
        .map(|grant| &grant.person)
        .filter(|person| !leave.contains(person));
    let circle = circle(stay, directory)?;
    let mut statement = before.clone();
    statement.keys.push(PublicKey {
        generation,
        key: secret.public()?,
        since: now,
    });
    statement.grants = circle.iter().map(|c| author_of(c)).collect();
    statement.grants.sort();
    let statement = continued(statement, before, author, now)?;
    let grants = circle
        .iter()
        .map(|to| granted(&before.case, generation, &secret, to, author, now))
        .collect::<Result<_, _>>()?;
    Ok(Made {
        statement,
        grants,
        secret,
    })
}

/// Who of those granted is revoked, so that the key must be renewed without them.
pub fn rotation_needed(chain: &CaseChain, directory: &Directory) -> Vec<PersonId> {
    let revoked = |grant: &&Author| directory.is_revoked(grant.serial);
    let grants = chain.latest().grants.iter().filter(revoked);
    grants.map(|grant| grant.person.clone()).collect()
}

fn author_of(certificate: &Certificate) -> Author {
    Author {
        person: certificate.person.clone(),
        serial: certificate.serial,
    }
}

/// The valid certificates of people and of recovery, each once.
fn circle<'d, 'p>(
    people: impl Iterator<Item = &'p PersonId>,
    directory: &'d Directory,
) -> Result<Vec<&'d Certificate>, Refusal> {
    let mut all: BTreeSet<PersonId> = people.cloned().collect();
    all.insert(PersonId::recovery());
    all.iter()
        .map(|person| directory.recipient(person))
        .collect()
}

fn stated(
    case: &CaseId,
    number: u64,
    now: Time,
    author: Signer<'_>,
    before: Option<[u8; 32]>,
    keys: Vec<PublicKey>,
    circle: &[&Certificate],
) -> Result<CaseStatement, Refusal> {
    let mut statement = CaseStatement {
        case: case.clone(),
        number,
        made: now,
        author: author.author(),
        before,
        keys,
        grants: circle.iter().map(|c| author_of(c)).collect(),
        signature: [0; 64],
    };
    statement.signature = author.sign(statement.unsigned().as_bytes())?;
    CaseStatement::read(statement.text().as_bytes())
}

fn continued(
    mut statement: CaseStatement,
    before: &CaseStatement,
    author: Signer<'_>,
    now: Time,
) -> Result<CaseStatement, Refusal> {
    statement.number = before.number + 1;
    statement.before = Some(before.digest());
    statement.made = now;
    statement.author = author.author();
    statement.signature = author.sign(statement.unsigned().as_bytes())?;
    let statement = CaseStatement::read(statement.text().as_bytes())?;
    // What others would refuse is not handed out.
    statement.follows(before)?;
    Ok(statement)
}

fn granted(
    case: &CaseId,
    generation: Generation,
    secret: &AgeKey,
    to: &Certificate,
    author: Signer<'_>,
    now: Time,
) -> Result<(Author, Generation, Sealed), Refusal> {
    let lines = Writing::of(GRANT)
        .line("case", case)
        .line("key", generation)
        .line("person", &to.person)
        .line("serial", to.serial)
        .line("author", author.author())
        .line("made", now)
        .line("secret", secret.text().as_str());
    let signature = author.sign(lines.as_bytes())?;
    let mut plaintext = Zeroizing::new(lines.signed(&signature).into_bytes());
    plaintext.resize(Kind::Grant.largest(), 0);
    let sealed = agefile::seal_to(&to.encryption, &plaintext, Kind::Grant)?;
    Ok((author_of(to), generation, sealed))
}

/// Who opens a grant: a person with the person's key, or two officers with the recovery key.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'r> {
    /// The person; `recovery` for the recovery key.
    pub person: &'r PersonId,
    /// The key.
    pub key: &'r AgeKey,
}

/// Opens a grant of a generation, and adds its key to those at hand.
///
/// # Errors
/// [`Why::DoesNotOpen`]; [`Why::OtherCase`], [`Why::OtherKey`], [`Why::OtherPerson`], [`Why::NotEntitled`],
/// [`Why::Signature`], [`Why::CaseKeySwapped`], [`Why::NotGranted`], [`Why::Padding`]; what
/// [`Directory::author`] refuses.
pub fn open_grant(
    grant: &Sealed,
    generation: Generation,
    reader: Reader<'_>,
    chain: &CaseChain,
    directory: &Directory,
    into: &mut CaseSecrets,
) -> Result<(), Refusal> {
    let plaintext = agefile::open_with(grant, reader.key)?;
    let end = plaintext
        .iter()
        .position(|b| *b == 0)
        .unwrap_or(plaintext.len());
    let (text, padding) = plaintext.split_at(end);
    if padding.iter().any(|b| *b != 0) {
        return Err(Why::Padding.into());
    }
    let mut lines = Lines::of(text, GRANT, Kind::Grant.largest())?;
    let case = lines.read("case", CaseId::new)?;
    let key = lines.read("key", number)?;
    let person = lines.read("person", PersonId::new)?;
    let serial = lines.read("serial", number)?;
    let author = lines.read("author", Author::read)?;
    let made = lines.read("made", number)?;
    let secret = AgeKey::read(lines.take("secret")?)?;
    let signature = lines.signature()?;
    if case != chain.latest().case || case != into.case {
        return Err(Why::OtherCase.into());
    }
    if key != generation {
        return Err(Refusal::new(Why::OtherKey)
            .with("key", key)
            .with("asked", generation));
    }
    let certificate = directory.serial(&person, serial)?;
    if person != *reader.person || certificate.encryption != reader.key.public()? {
        return Err(Refusal::new(Why::OtherPerson).with("person", &person));
    }
    let by = directory.author(&author.person, author.serial, made)?;
    by.signing.verify(GRANT, signed_part(text)?, &signature)?;
    let entitled = chain.all().iter().any(|statement| {
        statement.author.person == author.person || statement.granted(&author.person).is_some()
    });
    if !entitled {
        return Err(Refusal::new(Why::NotEntitled).with("person", &author.person));
    }
    if chain.key(generation)?.key != secret.public()? {
        return Err(Why::CaseKeySwapped.into());
    }
    if generation == chain.current().generation && chain.latest().granted(&person).is_none() {
        return Err(Refusal::new(Why::NotGranted).with("key", generation));
    }
    into.add(generation, secret);
    Ok(())
}

/// What a signature is over: everything before its line.
pub(crate) fn signed_part(text: &[u8]) -> Result<&[u8], Refusal> {
    let mark = b"\nsignature ";
    text.windows(mark.len())
        .rposition(|window| window == mark)
        .map(|at| &text[..=at])
        .ok_or_else(|| Refusal::format("signature"))
}
