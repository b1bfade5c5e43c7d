//! The sealed index of names: which case is whose, for those who may know.
//!
//! Names are compared by the key of `engines/names` without marks, so that Đorđević, Djordjevic and Ђорђевић are one. Keys
//! are kept beside the names: opening 20,000 of them takes no folding. A search is linear in the index.

use mandate_names::{Key, Strength};
use mandate_vault::{CaseId, Refusal, Why};

/// The field that an index is kept as.
pub const INDEX: &str = "index/names";

/// A name of a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The case.
    pub case: CaseId,
    /// The name as it is written in the file.
    pub name: String,
    key: String,
}

impl Entry {
    /// An entry; what would break a line becomes a space.
    pub fn new(case: CaseId, name: &str) -> Self {
        let name: String = name
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let key = folded(&name);
        Self { case, name, key }
    }
}

fn folded(text: &str) -> String {
    String::from_utf8_lossy(Key::of(text, Strength::Bare).as_bytes()).into_owned()
}

/// Names and the cases that they are of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameIndex {
    entries: Vec<Entry>,
}

impl NameIndex {
    /// An index of these entries, in the order of cases.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort();
        entries.dedup();
        Self { entries }
    }

    /// Reads the body of the field.
    ///
    /// # Errors
    /// A line that is not of the format, named by its number.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let wrong = |line: usize| Refusal::new(Why::Format).with("what", format!("{INDEX}:{line}"));
        let text = std::str::from_utf8(body).map_err(|_| wrong(1))?;
        let mut entries = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let mut parts = line.splitn(3, '\t');
            let (Some(case), Some(name), Some(key)) = (parts.next(), parts.next(), parts.next())
            else {
                return Err(wrong(at + 1));
            };
            entries.push(Entry {
                case: CaseId::new(case).map_err(|_| wrong(at + 1))?,
                name: name.to_owned(),
                key: key.to_owned(),
            });
        }
        Ok(Self { entries })
    }

    /// The body of the field.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for Entry { case, name, key } in &self.entries {
            out.push_str(case.as_str());
            out.push('\t');
            out.push_str(name);
            out.push('\t');
            out.push_str(key);
            out.push('\n');
        }
        out
    }

    /// All entries, by case.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names in which every word sought begins a word; those with more whole words first, then by name.
    pub fn find(&self, sought: &str, limit: usize) -> Vec<&Entry> {
        let sought = folded(sought);
        let words: Vec<&str> = sought.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| weight(&words, &entry.key).map(|whole| (whole, entry)))
            .collect();
        found.sort_by(|a, b| (b.0, &a.1.key, &a.1.case).cmp(&(a.0, &b.1.key, &b.1.case)));
        found.into_iter().take(limit).map(|(_, e)| e).collect()
    }
}

/// How many of the words sought are whole words of the key, if each begins one.
fn weight(words: &[&str], key: &str) -> Option<usize> {
    let mut whole = 0;
    for word in words {
        if !key.split(' ').any(|of| of.starts_with(word)) {
            return None;
        }
        whole += usize::from(key.split(' ').any(|of| of == *word));
    }
    Some(whole)
}
