//! Who opened what with the recovery key, and why: `mandate-recovery/1`, for the ledger.

use crate::{
    Author, CaseId, Directory, FieldName, Generation, Lines, Refusal, Time, Why, Writing, bytes_of,
    lines, number,
};

const FORMAT: &str = "mandate-recovery/1";
/// The longest reason, in bytes.
const REASON: usize = 2_000;

/// A record that two officers sign before anything is opened with the recovery key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryRecord {
    /// The case.
    pub case: CaseId,
    /// The key's generation.
    pub key: Generation,
    /// When.
    pub made: Time,
    /// The field that is opened, or `grant` for the case's key granted anew.
    pub what: FieldName,
    /// Why, in the officers' words: one line.
    pub reason: String,
    /// The two, by person.
    pub officers: [Author; 2],
    /// Their signatures, in the same order.
    pub signatures: [[u8; 64]; 2],
}

impl RecoveryRecord {
    /// Reads a record. Signatures are not checked here: [`RecoveryRecord::verify`].
    ///
    /// # Errors
    /// Anything that is not exactly of the format; [`Why::TwoOfficers`] for one person twice.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut lines = Lines::of(bytes, FORMAT, lines::LONGEST)?;
        let record = Self {
            case: lines.read("case", CaseId::new)?,
            key: lines.read("key", number)?,
            made: lines.read("made", number)?,
            what: lines.read("what", FieldName::new)?,
            reason: lines.take("reason")?.to_owned(),
            officers: [
                lines.read("officer", Author::read)?,
                lines.read("officer", Author::read)?,
            ],
            signatures: [
                lines.read("signature", bytes_of)?,
                lines.read("signature", bytes_of)?,
            ],
        };
        lines.end()?;
        record.check()?;
        if record.text().as_bytes() == bytes {
            Ok(record)
        } else {
            Err(Refusal::format(FORMAT))
        }
    }

    /// Whether it names two officers and a reason.
    ///
    /// # Errors
    /// [`Why::TwoOfficers`]; [`Why::Format`] for a reason that is empty, has more than one line or 2,000 bytes.
    pub fn check(&self) -> Result<(), Refusal> {
        let people = self.officers[0].person < self.officers[1].person
            && !self
                .officers
                .iter()
                .any(|officer| officer.person.is_recovery());
        if !people {
            return Err(Why::TwoOfficers.into());
        }
        let reason = self.reason.trim();
        if reason.is_empty() || reason.len() > REASON || reason.contains(char::is_control) {
            return Err(Refusal::format("mandate-recovery/1: reason"));
        }
        Ok(())
    }

    /// The lines that both sign.
    pub fn unsigned(&self) -> Writing {
        Writing::of(FORMAT)
            .line("case", &self.case)
            .line("key", self.key)
            .line("made", self.made)
            .line("what", &self.what)
            .line("reason", &self.reason)
            .line("officer", &self.officers[0])
            .line("officer", &self.officers[1])
    }

    /// The document.
    pub fn text(&self) -> String {
        self.unsigned()
            .bytes("signature", &self.signatures[0])
            .signed(&self.signatures[1])
    }

    /// Whether both officers signed with certified keys.
    ///
    /// # Errors
    /// [`Why::Signature`], what [`Directory::author`] refuses.
    pub fn verify(&self, directory: &Directory) -> Result<(), Refusal> {
        self.check()?;
        for (officer, signature) in self.officers.iter().zip(&self.signatures) {
            let certificate = directory.author(&officer.person, officer.serial, self.made)?;
            certificate
                .signing
                .verify(FORMAT, self.unsigned().as_bytes(), signature)?;
        }
        Ok(())
    }
}
