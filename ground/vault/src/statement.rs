//! What a case's public key is, and who is granted it: `mandate-case/1`.
//!
//! Without such a statement a server could give a writer a key of its own. Statements of a case form a chain: each names
//! the digest of the one before and is made by somebody whom the one before grants.

use crate::{
    AHEAD, Author, CaseId, Directory, Generation, Lines, PersonId, Recipient, Refusal, Time, Why,
    Writing, bytes_of, digest, lines, number, text_of,
};

const FORMAT: &str = "mandate-case/1";

/// A public key that the case has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its number, from 1.
    pub generation: Generation,
    /// The key.
    pub key: Recipient,
    /// Since when it is used.
    pub since: Time,
}

/// One statement, signed or about to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStatement {
    /// The case.
    pub case: CaseId,
    /// Grows by one with every change, from 1.
    pub number: u64,
    /// When it was made.
    pub made: Time,
    /// Who made it.
    pub author: Author,
    /// The SHA-256 of the statement before; none for the first.
    pub before: Option<[u8; 32]>,
    /// Every key of the case, by generation, from 1 without gaps.
    pub keys: Vec<PublicKey>,
    /// Who is granted the latest key, by person; recovery is one of them.
    pub grants: Vec<Author>,
    /// The author's signature.
    pub signature: [u8; 64],
}

impl CaseStatement {
    /// Reads a statement. Nothing is checked but the form: [`CaseChain::verify`] checks the rest.
    ///
    /// # Errors
    /// Anything that is not exactly of the format.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut lines = Lines::of(bytes, FORMAT, lines::LONGEST)?;
        let case = lines.read("case", CaseId::new)?;
        let number_of = lines.read("number", number)?;
        let made = lines.read("made", number)?;
        let author = lines.read("author", Author::read)?;
        let before = lines.read("before", |text| match text {
            "-" => Ok(None),
            text => bytes_of(text).map(Some),
        })?;
        let mut keys = Vec::new();
        while let Some(value) = lines.maybe("public") {
            let mut parts = value.splitn(3, ' ');
            let mut part = || {
                parts
                    .next()
                    .ok_or_else(|| Refusal::format("mandate-case/1: public"))
            };
            keys.push(PublicKey {
                generation: number(part()?)?,
                key: Recipient::new(part()?)?,
                since: number(part()?)?,
            });
        }
        let mut grants = Vec::new();
        while let Some(value) = lines.maybe("grant") {
            grants.push(Author::read(value)?);
        }
        let statement = Self {
            case,
            number: number_of,
            made,
            author,
            before,
            keys,
            grants,
            signature: lines.signature()?,
        };
        let sound = statement.number > 0
            && statement.before.is_none() == (statement.number == 1)
            && !statement.keys.is_empty()
            && (1..)
                .zip(&statement.keys)
                .all(|(n, key)| key.generation == n)
            && statement
                .grants
                .windows(2)
                .all(|two| two[0].person < two[1].person)
            && statement.text().as_bytes() == bytes;
        if sound {
            Ok(statement)
        } else {
            Err(Refusal::format(FORMAT))
        }
    }

    /// The lines that the author signs.
    pub fn unsigned(&self) -> Writing {
        let mut lines = Writing::of(FORMAT)
            .line("case", &self.case)
            .line("number", self.number)
            .line("made", self.made)
            .line("author", &self.author)
            .line(
                "before",
                self.before
                    .map_or("-".to_owned(), |digest| text_of(&digest)),
            );
        for key in &self.keys {
            lines = lines.line(
                "public",
                format_args!("{} {} {}", key.generation, key.key, key.since),
            );
        }
        for grant in &self.grants {
            lines = lines.line("grant", grant);
        }
        lines
    }

    /// The document.
    pub fn text(&self) -> String {
        self.unsigned().signed(&self.signature)
    }

    /// Its SHA-256.
    pub fn digest(&self) -> [u8; 32] {
        digest(self.text().as_bytes())
    }

    /// The grant of a person under the latest key.
    pub fn granted(&self, person: &PersonId) -> Option<&Author> {
        self.grants.iter().find(|grant| grant.person == *person)
    }

    fn signed_by_its_author(&self, directory: &Directory) -> Result<(), Refusal> {
        if self.made > directory.now().saturating_add(AHEAD) {
            return Err(Refusal::new(Why::Ahead).with("what", FORMAT));
        }
        let author = directory.author(&self.author.person, self.author.serial, self.made)?;
        author
            .signing
            .verify(FORMAT, self.unsigned().as_bytes(), &self.signature)
    }

    /// Whether this continues the statement before.
    ///
    /// # Errors
    /// [`Why::OtherCase`], [`Why::CaseBroken`], [`Why::NotEntitled`], [`Why::NotRotated`].
    pub fn follows(&self, before: &Self) -> Result<(), Refusal> {
        if self.case != before.case {
            return Err(Why::OtherCase.into());
        }
        let more = self.keys.len().saturating_sub(before.keys.len());
        let continues = self.number == before.number + 1
            && self.before == Some(before.digest())
            && self.made >= before.made
            && self.keys.starts_with(&before.keys)
            && more <= 1;
        if !continues {
            return Err(Refusal::new(Why::CaseBroken).with("number", self.number));
        }
        if before.granted(&self.author.person).is_none() {
            return Err(Refusal::new(Why::NotEntitled).with("person", &self.author.person));
        }
        let gone = before
            .grants
            .iter()
            .find(|grant| self.granted(&grant.person).is_none());
        if let Some(gone) = gone
            && more == 0
        {
            return Err(Refusal::new(Why::NotRotated).with("person", &gone.person));
        }
        Ok(())
    }
}

/// All statements of a case from the first, checked.
#[derive(Debug, Clone)]
pub struct CaseChain(Vec<CaseStatement>, CaseStatement);

impl CaseChain {
    /// Checks a chain: each statement is signed by somebody certified then, and continues the one before. What was
    /// known of the case before (number and digest) must be in it.
    ///
    /// # Errors
    /// [`Why::Format`] for an empty chain, [`Why::OtherCase`], [`Why::CaseOlder`], [`Why::CaseForked`], what
    /// [`CaseStatement::follows`] and [`Directory::author`] refuse.
    pub fn verify(
        chain: Vec<CaseStatement>,
        case: &CaseId,
        directory: &Directory,
        known: Option<(u64, [u8; 32])>,
    ) -> Result<Self, Refusal> {
        let latest = chain
            .last()
            .cloned()
            .ok_or_else(|| Refusal::format(FORMAT))?;
        if chain.iter().any(|statement| statement.case != *case) {
            return Err(Why::OtherCase.into());
        }
        if chain[0].number != 1 || chain[0].keys.len() != 1 {
            return Err(Refusal::new(Why::CaseBroken).with("number", chain[0].number));
        }
        for statement in &chain {
            statement.signed_by_its_author(directory)?;
        }
        for two in chain.windows(2) {
            two[1].follows(&two[0])?;
        }
        if let Some((number, digest)) = known {
            // Numbers grow by one from 1, so the place is the number.
            let same = usize::try_from(number.saturating_sub(1))
                .ok()
                .and_then(|at| chain.get(at));
            match same {
                None => {
                    return Err(Refusal::new(Why::CaseOlder)
                        .with("number", latest.number)
                        .with("known", number));
                }
                Some(statement) if statement.digest() != digest => {
                    return Err(Refusal::new(Why::CaseForked).with("number", number));
                }
                Some(_) => {}
            }
        }
        Ok(Self(chain, latest))
    }

    /// The latest statement.
    pub const fn latest(&self) -> &CaseStatement {
        &self.1
    }

    /// All of them, from the first.
    pub fn all(&self) -> &[CaseStatement] {
        &self.0
    }

    /// The key that things are sealed to now.
    pub fn current(&self) -> &PublicKey {
        // A statement without keys cannot be read.
        &self.1.keys[self.1.keys.len() - 1]
    }

    /// The key of a generation.
    ///
    /// # Errors
    /// [`Why::NoSuchKey`].
    pub fn key(&self, generation: Generation) -> Result<&PublicKey, Refusal> {
        self.1
            .keys
            .iter()
            .find(|key| key.generation == generation)
            .ok_or_else(|| Refusal::new(Why::NoSuchKey).with("key", generation))
    }

    /// The key that a writer may seal to: recovery can open it too, and nobody who was revoked.
    ///
    /// # Errors
    /// [`Why::NoRecovery`]; [`Why::NeedsRotation`] with the person.
    pub fn writable(&self, directory: &Directory) -> Result<&PublicKey, Refusal> {
        let recovery = self
            .1
            .granted(&PersonId::recovery())
            .ok_or(Refusal::new(Why::NoRecovery))?;
        let certificate = directory
            .serial(&recovery.person, recovery.serial)
            .map_err(|_| Refusal::new(Why::NoRecovery))?;
        directory.current(certificate)?;
        for grant in &self.1.grants {
            if directory.is_revoked(grant.serial) {
                return Err(Refusal::new(Why::NeedsRotation).with("person", &grant.person));
            }
        }
        Ok(self.current())
    }
}
