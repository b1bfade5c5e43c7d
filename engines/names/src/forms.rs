//! Short forms of given names, and the same given name in several languages.
//!
//! The list is data (`data/forms.tsv`) that says for each line where it is from; an office can give its own. What it
//! says is that two forms *can* be one person's, never that they are.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::{Key, Strength};

/// How two forms belong together, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// One name as two languages write it, further apart than spelling: Husein, Hysen.
    Same,
    /// A diminutive or short form: Ramadan, Dani. Or two short forms of one name.
    Short,
    /// Names of one origin that a person may have borne in two languages, and usually has not: Jovan, Gjon.
    Related,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct FormsError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// A list of forms.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// By the bare key of a form, the full names that it can stand for.
    names: HashMap<Key, Vec<(Key, Relation)>>,
    /// The orthographic keys of all forms and names.
    given: HashSet<Key>,
}

static BUILTIN: LazyLock<Forms> =
    LazyLock::new(|| Forms::read(include_str!("../data/forms.tsv")).unwrap_or_default());

impl Forms {
    /// The list that comes with the engine.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a list: lines of form, full name, `same`, `short` or `related`, language and source, between tabs. Lines
    /// that begin with `#` and empty ones say nothing; the first other line may be the head.
    pub fn read(lines: &str) -> Result<Self, FormsError> {
        let mut forms = Self::default();
        for (at, line) in lines.lines().enumerate() {
            let fail = |what| FormsError { line: at + 1, what };
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("form\t") {
                continue;
            }
            let mut cells = line.split('\t').map(str::trim);
            let form = cells
                .next()
                .filter(|cell| !cell.is_empty())
                .ok_or(fail("no form"))?;
            let name = cells
                .next()
                .filter(|cell| !cell.is_empty())
                .ok_or(fail("no full name"))?;
            let relation = match cells.next() {
                Some("same") => Relation::Same,
                Some("short") => Relation::Short,
                Some("related") => Relation::Related,
                _ => return Err(fail("the third cell is none of same, short and related")),
            };
            if cells.next().is_none_or(str::is_empty) || cells.next().is_none_or(str::is_empty) {
                return Err(fail("no language or no source"));
            }
            let keys = [form, name].map(|text| Key::of(text, Strength::Bare));
            forms.given.extend([form, name].map(crate::key));
            let [form, name] = keys;
            let names = forms.names.entry(form).or_default();
            if !names.iter().any(|(known, _)| *known == name) {
                names.push((name, relation));
            }
        }
        Ok(forms)
    }

    /// How two given names belong together, if the list says so; nothing for two spellings of one form. Symmetric.
    pub fn relation(&self, one: &str, other: &str) -> Option<Relation> {
        self.relation_of(
            &Key::of(one, Strength::Bare),
            &Key::of(other, Strength::Bare),
        )
    }

    /// As [`Forms::relation`], for bare keys.
    pub fn relation_of(&self, one: &Key, other: &Key) -> Option<Relation> {
        if one == other {
            return None;
        }
        let (ones, others) = (self.full(one), self.full(other));
        let mut closest: Option<Relation> = None;
        for (a, first) in &ones {
            for (b, second) in &others {
                if a == b {
                    // The farther of the two steps; a name is no step from itself.
                    let relation = [*first, *second].into_iter().flatten().max();
                    closest = match (closest, relation) {
                        (Some(known), Some(new)) => Some(known.min(new)),
                        (known, new) => known.or(new),
                    };
                }
            }
        }
        closest
    }

    /// A form itself, and the full names it can stand for.
    fn full<'f>(&'f self, form: &'f Key) -> Vec<(&'f Key, Option<Relation>)> {
        let names = self.names.get(form).into_iter().flatten();
        std::iter::once((form, None))
            .chain(names.map(|(name, relation)| (name, Some(*relation))))
            .collect()
    }

    /// A bit for a form, by its bare key, and for each full name that it can stand for, out of 32. Two forms that belong together share
    /// one, so where none is shared [`Forms::relation_of`] need not be asked.
    pub fn sign(&self, form: &Key) -> u32 {
        let bit = |key: &Key| {
            let sum = key.as_bytes().iter().fold(0_u32, |sum, unit| {
                (sum ^ u32::from(*unit)).wrapping_mul(0x9E37_79B1)
            });
            1_u32 << (sum >> 27)
        };
        self.full(form)
            .into_iter()
            .fold(0, |all, (name, _)| all | bit(name))
    }

    /// Whether an orthographic key is a given name of the list.
    pub fn is_given(&self, key: &Key) -> bool {
        self.given.contains(key)
    }

    /// How many forms the list has.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether the list has no form.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}
