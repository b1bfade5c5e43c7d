//! Keys, checkpoints and signatures of an export.

use super::{Check, Trust};
use crate::{
    checkpoint::Checkpoint,
    finding::Wrong,
    note::{Found, Note, NoteSignature, Says, VerifierKey},
};

impl Check<'_> {
    pub(super) fn keys(&mut self, trust: &Trust) {
        const FILE: &str = "verifier-key";
        self.keys.clone_from(&trust.keys);
        let Some(text) = self.text(FILE) else { return };
        let keys: Result<Vec<VerifierKey>, _> = text.lines().map(str::parse).collect();
        match keys {
            Err(error) => self.unreadable(FILE, error),
            Ok(keys) => {
                let written: String = keys.iter().map(|key| format!("{key}\n")).collect();
                if written != text || keys.iter().any(|key| key.says() != Says::Signed) {
                    self.unreadable(FILE, "it must hold one key of a log on each line");
                } else if trust.keys.is_empty() {
                    self.keys = keys;
                } else if keys != trust.keys {
                    self.found(FILE, None, Wrong::OtherKeys);
                }
            }
        }
    }

    /// Reads a signed checkpoint and says whether one of the log's keys signed it.
    fn signed(&mut self, file: &str, text: &str) -> Option<(Note, Checkpoint)> {
        let (note, checkpoint) = match Checkpoint::in_note(text) {
            Ok(both) => both,
            Err(error) => {
                self.unreadable(file, error);
                return None;
            }
        };
        if checkpoint.text() != note.text {
            self.unreadable(file, "a checkpoint of this log has three lines");
            return None;
        }
        let by: Vec<Found> = self.keys.iter().map(|key| note.by(key)).collect();
        let good = self
            .keys
            .iter()
            .zip(&by)
            .any(|(key, found)| *found == Found::Good(None) && key.name() == checkpoint.origin);
        if !good || by.contains(&Found::Wrong) {
            self.found(file, None, Wrong::NotSigned);
        }
        Some((note, checkpoint))
    }

    /// The signatures of one of the export's own notes: the log's first, once, then cosignatures, one of each witness.
    fn signatures(&mut self, file: &str, note: &Note) {
        let (own, others) = note.signatures.split_at(note.signatures.len().min(1));
        let first = |key: &VerifierKey| own.iter().any(|found| found.is_of(key));
        let why = if !self.keys.iter().any(first) {
            "the first is not the ledger's own"
        } else if !others.iter().all(NoteSignature::may_cosign)
            || others
                .iter()
                .any(|found| self.keys.iter().any(|key| found.is_of(key)))
        {
            "after the ledger's own come cosignatures alone"
        } else if others.iter().enumerate().any(|(at, found)| {
            others[..at]
                .iter()
                .any(|before| (&before.name, before.id) == (&found.name, found.id))
        }) {
            "a key has signed it twice"
        } else {
            return;
        };
        self.found(file, None, Wrong::Signatures(why));
    }

    /// `cosigned` is there only for what `checkpoint` lacks.
    fn cosigned(&mut self, newest: &Note, cosigned: &Note) {
        self.signatures("cosigned", cosigned);
        if cosigned.signatures.len() < 2 {
            let why = "no witness has cosigned it";
            self.found("cosigned", None, Wrong::Signatures(why));
        }
        if newest.signatures.len() > 1 {
            let why = "it is cosigned, and there is a file `cosigned` beside it";
            self.found("checkpoint", None, Wrong::Signatures(why));
        }
        if newest.text == cosigned.text {
            let why = "it is the text of `checkpoint` once more, where the cosignatures belong";
            self.found("cosigned", None, Wrong::Signatures(why));
        }
    }

    pub(super) fn checkpoints(&mut self, trust: &Trust) -> Option<Checkpoint> {
        let text = self.text("checkpoint")?;
        let (note, newest) = self.signed("checkpoint", &text)?;
        self.signatures("checkpoint", &note);
        self.result.origin.clone_from(&newest.origin);
        self.result.size = newest.size;
        self.result.root = newest.root;
        let mut notes = vec![("checkpoint".to_owned(), note)];
        if self.names.contains("cosigned") {
            let text = self.text("cosigned")?;
            if let Some(note) = self.earlier("cosigned".to_owned(), &text, &newest) {
                self.cosigned(&notes[0].1, &note);
                notes.push(("cosigned".to_owned(), note));
            }
        }
        for (name, text) in &trust.seen {
            self.earlier(name.clone(), text, &newest);
        }
        for witness in &trust.witnesses {
            let found = notes
                .iter()
                .map(|(_, note)| note.by(witness))
                .find(|found| *found != Found::Absent);
            match found {
                Some(Found::Good(Some(time))) => {
                    self.result.cosigned.push((witness.to_string(), time));
                }
                _ => {
                    let file = notes
                        .last()
                        .map_or("checkpoint", |(file, _)| file)
                        .to_owned();
                    self.found(&file, None, Wrong::NotCosigned(witness.to_string()));
                }
            }
        }
        Some(newest)
    }

    /// Reads a checkpoint that was signed before the newest, and has the tree compared with it.
    fn earlier(&mut self, file: String, text: &str, newest: &Checkpoint) -> Option<Note> {
        let (note, seen) = self.signed(&file, text)?;
        // A key that took over from another may carry another name: then both are in the list of keys.
        if !self.keys.iter().any(|key| key.name() == seen.origin) {
            self.found(&file, None, Wrong::OtherLog(seen.origin));
        } else if seen.size > newest.size {
            self.found(&file, None, Wrong::Cut(seen.size));
        } else {
            let all = self.milestones.entry(seen.size).or_default();
            all.push((file, seen.root));
        }
        Some(note)
    }
}
