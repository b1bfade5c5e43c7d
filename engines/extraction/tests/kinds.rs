//! Documents of other bodies than the Universal Periodic Review, against what a reader takes out of them.
//!
//! The documents under `tests/kinds` are invented; what is expected was written before there were rules. Proposals and rows
//! match one to one by their words (Dice, at least 0.85), whatever their kind. Where a sentence makes a paragraph a concern
//! or progress, the row begins with it.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::{collections::HashMap, fmt, fs, path::PathBuf};

use mandate_extraction::{
    Facts, Item, Kinds, KindsError, Limits, Proposal, Source, document_facts, propose,
    propose_with, read,
};
use serde_json::Value;

const DOCUMENTS: [&str; 5] = [
    "treaty-body.txt",
    "fcnm.html",
    "cpt.txt",
    "european-commission.html",
    "ombudsperson.html",
];

fn source(name: &str) -> Source {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kinds");
    read(
        &fs::read(folder.join(name)).unwrap(),
        name,
        &Limits::default(),
    )
    .unwrap()
}

fn rows(name: &str) -> Vec<Row> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kinds");
    let (stem, _) = name.split_once('.').unwrap();
    let text = fs::read_to_string(folder.join(format!("{stem}.expected.json"))).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    rows.iter()
        .map(|row| {
            let of = |key: &str| row[key].as_str().map(str::to_owned);
            Row {
                paragraph: of("paragraph").unwrap(),
                kind: match of("kind").unwrap().as_str() {
                    "recommendation" => Item::Recommendation,
                    "concern" => Item::Concern,
                    _ => Item::Progress,
                },
                addressee: of("addressee"),
                due: of("due"),
                text: of("text").unwrap(),
            }
        })
        .collect()
}

struct Row {
    paragraph: String,
    kind: Item,
    addressee: Option<String>,
    due: Option<String>,
    text: String,
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

fn dice(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let shared: usize = a
        .iter()
        .map(|(word, n)| n.min(b.get(word).unwrap_or(&0)))
        .sum();
    2.0 * shared as f64 / (a.values().sum::<usize>() + b.values().sum::<usize>()).max(1) as f64
}

/// Shares of what is right.
#[derive(Debug, Default, PartialEq, PartialOrd)]
struct Figures {
    recall: f64,
    precision: f64,
    other_recall: f64,
    other_precision: f64,
    kind: f64,
    paragraph: f64,
    addressee: f64,
    due: f64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "recommendations: recall {:.2} precision {:.2}; concerns and progress: recall {:.2} precision {:.2}; of the matched: kind {:.2} paragraph {:.2} addressee {:.2} due {:.2}",
            self.recall,
            self.precision,
            self.other_recall,
            self.other_precision,
            self.kind,
            self.paragraph,
            self.addressee,
            self.due
        )
    }
}

fn figures(rows: &[Row], found: &[Proposal]) -> Figures {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (f, proposal) in found.iter().enumerate() {
            let alike = dice(&row.text, &proposal.text);
            if alike >= 0.85 {
                pairs.push((alike, r, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut of_row, mut of_found) = (HashMap::new(), HashMap::new());
    for (_, r, f) in pairs {
        if !of_row.contains_key(&r) && !of_found.contains_key(&f) {
            of_row.insert(r, f);
            of_found.insert(f, r);
        }
    }
    let recommends = |kind: Item| kind == Item::Recommendation;
    let share = |of: &mut dyn Iterator<Item = bool>| {
        let all: Vec<bool> = of.collect();
        all.iter().filter(|right| **right).count() as f64 / all.len().max(1) as f64
    };
    let row_found = |want: bool| {
        let mut of = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| recommends(row.kind) == want)
            .map(|(r, row)| {
                let hit = of_row
                    .get(&r)
                    .is_some_and(|f| recommends(found[*f].kind) == recommends(row.kind));
                if !hit {
                    println!("   - {:?} {} {}", row.kind, row.paragraph, row.text);
                }
                hit
            });
        share(&mut of)
    };
    let found_right = |want: bool| {
        let mut of = found
            .iter()
            .enumerate()
            .filter(|(_, p)| recommends(p.kind) == want)
            .map(|(f, p)| {
                let hit = of_found
                    .get(&f)
                    .is_some_and(|r| recommends(rows[*r].kind) == recommends(p.kind));
                if !hit {
                    println!("   + {:?} {} {}", p.kind, p.paragraph, p.text);
                }
                hit
            });
        share(&mut of)
    };
    let matched = |right: &dyn Fn(&Row, &Proposal) -> bool| {
        share(&mut of_row.iter().map(|(r, f)| {
            let right = right(&rows[*r], &found[*f]);
            if !right {
                let (row, p) = (&rows[*r], &found[*f]);
                println!(
                    "   ~ {} {:?} {:?} / {} {:?} {:?}",
                    row.paragraph, row.addressee, row.due, p.paragraph, p.addressee, p.due
                );
            }
            right
        }))
    };
    let same = |a: &Option<String>, b: &Option<String>| {
        a.as_ref().map(|a| a.to_lowercase()) == b.as_ref().map(|b| b.to_lowercase())
    };
    Figures {
        recall: row_found(true),
        precision: found_right(true),
        other_recall: row_found(false),
        other_precision: found_right(false),
        kind: matched(&|row, p| row.kind == p.kind),
        paragraph: matched(&|row, p| row.paragraph == p.paragraph),
        addressee: matched(&|row, p| same(&row.addressee, &p.addressee)),
        due: matched(&|row, p| row.due == p.due),
    }
}

#[test]
fn documents_are_read_nearly_as_a_reader_reads_them() {
    for name in DOCUMENTS {
        println!("{name}");
        let found = propose(&source(name));
        let figures = figures(&rows(name), &found);
        println!("{name}: {figures}");
    }
}
