//! Checkpoints: a tree's size and root, as C2SP tlog-checkpoint writes them.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{
    merkle::Hash,
    note::{Note, NoteError, SignerKey},
};

/// What a log says of itself at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            BASE64_STANDARD.encode(self.root)
        )
    }

    /// The note with a log's own signature.
    pub fn signed(&self, key: &SignerKey) -> String {
        let text = self.text();
        let line = key.sign(&text, 0);
        format!("{text}\n{line}")
    }

    /// Reads the text of a note. Lines beyond the third, which logs of other makers may add, are kept in the text that is
    /// signed and have no meaning here.
    ///
    /// # Errors
    /// [`NoteError::Note`] when it is no checkpoint.
    pub fn parse(text: &str) -> Result<Checkpoint, NoteError> {
        let wrong = || {
            NoteError::Note(
                "a checkpoint has the log's origin, the size and the root in base64, one a line",
            )
        };
        let mut lines = text.strip_suffix('\n').ok_or_else(wrong)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(wrong());
        };
        if origin.is_empty() || lines.any(str::is_empty) {
            return Err(wrong());
        }
        let number: u64 = size.parse().map_err(|_| wrong())?;
        if number.to_string() != size {
            return Err(wrong());
        }
        let root = BASE64_STANDARD
            .decode(root)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(wrong)?;
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size: number,
            root,
        })
    }

    /// Reads a signed note and its checkpoint; verifies no signature.
    ///
    /// # Errors
    /// [`NoteError::Note`].
    pub fn in_note(note: &str) -> Result<(Note, Checkpoint), NoteError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(&note.text)?;
        Ok((note, checkpoint))
    }
}
