//! Cells as they are compared: letters that were lost are repaired, whole names and cells of several values are taken apart, and
//! what is not understood is remembered with its place.

use std::collections::{HashMap, HashSet};

use mandate_linkage::{Doubt, Kind};
use mandate_names::{Part, read_person, read_place, repair_column};
use mandate_tabular::Sheet;

/// What was remarked of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum What {
    /// Nothing in it is understood, or only a part.
    Doubt(Doubt),
    /// Its letters had been lost between machines and are repaired.
    Repaired,
    /// Letters are lost for good.
    Lost,
}

impl What {
    /// Its word in tables of results.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Doubt(Doubt::NoDate) => "no date is understood; the cell counts as missing",
            Self::Doubt(Doubt::NoSuchDay) => "no such day or month; only the rest counts",
            Self::Doubt(Doubt::NoLetter) => "no letter in it",
            Self::Repaired => "letters repaired",
            Self::Lost => "letters are lost",
        }
    }

    /// Its label in the report.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Doubt(Doubt::NoDate) => "link-remark-no-date",
            Self::Doubt(Doubt::NoSuchDay) => "link-remark-no-day",
            Self::Doubt(Doubt::NoLetter) => "link-remark-no-letter",
            Self::Repaired => "link-remark-repaired",
            Self::Lost => "link-remark-lost",
        }
    }
}

/// A remark with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(crate) list: String,
    pub(crate) line: usize,
    pub(crate) column: String,
    pub(crate) cell: String,
    pub(crate) what: What,
    /// As it is read now, where that is another.
    pub(crate) read: String,
}

/// Remarks that are kept one by one; all are counted.
const MOST: usize = 100_000;

/// All remarks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remarks {
    pub(crate) all: Vec<Remark>,
    /// By list, column and kind: how many, and the first.
    pub(crate) counts: std::collections::BTreeMap<(String, String, What), (usize, Remark)>,
}

impl Remarks {
    pub(crate) fn add(&mut self, remark: Remark) {
        let key = (remark.list.clone(), remark.column.clone(), remark.what);
        self.counts
            .entry(key)
            .or_insert_with(|| (0, remark.clone()))
            .0 += 1;
        if self.all.len() < MOST {
            self.all.push(remark);
        }
    }
}

/// Repairs the letters of a column: what the whole column shows decides for each cell.
pub(crate) fn repaired(list: &str, table: &mut Sheet, column: usize, remarks: &mut Remarks) {
    let mut different: HashSet<&str> = HashSet::new();
    let mut texts: Vec<&str> = Vec::new();
    for cell in table.column(column) {
        if different.insert(cell) {
            texts.push(cell);
        }
    }
    let known = repair_column(&texts);
    let changed: HashMap<String, (String, What)> = texts
        .iter()
        .zip(known.texts)
        .filter_map(|(text, now)| {
            if now.text != **text {
                Some(((*text).to_owned(), (now.text, What::Repaired)))
            } else if now.lost > 0 {
                Some(((*text).to_owned(), (now.text, What::Lost)))
            } else {
                None
            }
        })
        .collect();
    if changed.is_empty() {
        return;
    }
    let name = table.columns[column].clone();
    table.replace(column, |row, cell| {
        let (now, what) = changed.get(cell)?;
        remarks.add(Remark {
            list: list.to_owned(),
            line: row.number(),
            column: name.clone(),
            cell: cell.to_owned(),
            what: *what,
            read: if *what == What::Repaired {
                now.clone()
            } else {
                String::new()
            },
        });
        Some(now)
    });
}

/// The values of a cell: several where signs or a slash between names of a place part them.
pub(crate) fn values(kind: Kind, separators: &str, cell: &str) -> Vec<String> {
    let parted: Vec<&str> = if separators.is_empty() {
        vec![cell]
    } else {
        cell.split(|c| separators.contains(c)).collect()
    };
    let mut all: Vec<String> = Vec::new();
    for text in parted.into_iter().map(str::trim).filter(|t| !t.is_empty()) {
        if kind == Kind::Place {
            let names = read_place(text).names;
            if !names.is_empty() {
                all.extend(names.into_iter().map(|name| name.text));
                continue;
            }
        }
        all.push(text.to_owned());
    }
    all
}

/// What a whole name says of a field; the likeliest reading counts, and the engine sees names that are swapped.
pub(crate) fn of_name(name: &str, field: &str) -> Vec<String> {
    let Some(reading) = read_person(name).into_iter().next() else {
        return Vec::new();
    };
    let of = reading.name;
    let parts: Vec<Part> = match field {
        "given" => of.given.into_iter().chain(of.nickname).collect(),
        "father" => of.father,
        // On another list she may stand under either.
        "family" => of.family.into_iter().chain(of.maiden).collect(),
        "maiden" => of.maiden,
        "nickname" => of.nickname,
        _ => Vec::new(),
    };
    parts.into_iter().map(|part| part.text).collect()
}

/// The fields that a whole name can fill.
pub(crate) const OF_NAMES: [&str; 5] = ["given", "father", "family", "maiden", "nickname"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_are_taken_apart() {
        let of = |field| of_name("Ana \"Anka\" Petrović-Nikolić rođ. Marković", field);
        assert_eq!(of("given"), ["Ana", "Anka"]);
        assert_eq!(of("family"), ["Petrović", "Nikolić", "Marković"]);
        assert_eq!(of_name("BERISHA Agim (Rexhep)", "father"), ["Rexhep"]);
        assert_eq!(values(Kind::Place, "", "Pejë/Peć"), ["Pejë", "Peć"]);
        assert_eq!(
            values(Kind::Place, "", "selo Zlokućane, opština Klina"),
            ["Zlokućane"]
        );
        assert_eq!(values(Kind::Name, ";", "Agim; Gimi;"), ["Agim", "Gimi"]);
        assert!(values(Kind::Name, ";", " ; ").is_empty());
    }
}
