//! What an attacker may know at most, and whether more is known.

use std::collections::BTreeMap;

use mandate_disclosure::{
    Cell, Change, Dimension, Publication, PublishedTable, Register, Rule, Terms, Words, Zeros,
    protect,
};

use crate::{
    attacker::{Attack, Interval},
    invent::{Asked, Story},
};

/// A cell by what it does not sum over: dimension and code.
type Key = Vec<(String, String)>;
/// What was shown: stage, count, unknowns.
type Before = (usize, u64, Vec<usize>);

/// What came of the attacks on a story.
#[derive(Default, Debug, Clone)]
pub struct Found {
    pub releases: usize,
    pub tables: usize,
    pub cells: usize,
    pub withheld: usize,
    /// Small counts among them.
    pub small: usize,
    /// Differences of few people from an earlier release.
    pub differences: usize,
    /// Cells and differences that an attacker knows exactly.
    pub recovered: Vec<String>,
    /// Those that are bounded more tightly than the rule allows.
    pub tight: Vec<String>,
    /// Said by the engine itself to have been given away by earlier releases.
    pub given_away: usize,
    /// Releases that were published with one word for all.
    pub one_word: usize,
    /// Releases whose zeros were withheld though the rule shows zeros.
    pub no_zeros: usize,
    /// Releases that show nothing at all.
    pub nothing: usize,
    /// Releases that were refused: nothing of them was published. The story ends there.
    pub refused: Vec<String>,
}

impl Found {
    pub fn add(&mut self, other: Found) {
        self.releases += other.releases;
        self.tables += other.tables;
        self.cells += other.cells;
        self.withheld += other.withheld;
        self.small += other.small;
        self.differences += other.differences;
        self.recovered.extend(other.recovered);
        self.tight.extend(other.tight);
        self.given_away += other.given_away;
        self.one_word += other.one_word;
        self.no_zeros += other.no_zeros;
        self.nothing += other.nothing;
        self.refused.extend(other.refused);
    }
}

/// The true count of a published cell.
fn truth(asked: &Asked, order: &[String], table: &PublishedTable, codes: &[&str]) -> u64 {
    let inside = |leaves: &[String]| {
        table.dimensions().iter().zip(codes).all(|(d, code)| {
            let leaf = &leaves[order.iter().position(|n| n == d.name()).unwrap()];
            let mut at = Some(leaf.as_str());
            *code == d.total()
                || std::iter::from_fn(|| {
                    let now = at?;
                    at = d
                        .codes()
                        .iter()
                        .find(|c| c.code == now)
                        .and_then(|c| c.within.as_deref());
                    Some(now)
                })
                .any(|c| c == *code)
        })
    };
    asked
        .counts
        .iter()
        .filter(|(leaves, _)| inside(leaves))
        .map(|(_, n)| n)
        .sum()
}

/// Protects the releases one after the other and attacks what has been published, all of it together.
pub fn judge(story: &Story, order: &[String]) -> Found {
    let mut register = Register::default();
    let mut found = Found::default();
    for asked in &story.asked {
        let protected = match protect(&asked.release, &story.rule, &register) {
            Ok(protected) => protected,
            Err(error) => {
                found.refused.push(error.to_string());
                break;
            }
        };
        found.given_away += protected.given_away.len();
        let publication = protected.publication;
        let terms = &publication.terms;
        found.one_word +=
            usize::from(story.rule.words == Words::FewerThan && terms.words == Words::Withheld);
        found.no_zeros += usize::from(terms.zeros != story.rule.zeros);
        let nothing = publication
            .tables
            .iter()
            .all(|table| table.cells().all(|(_, cell)| cell.is_withheld()));
        found.nothing += usize::from(nothing);
        register.push(publication).unwrap();
    }
    if !register.publications.is_empty() {
        attack(story, order, &register, &mut found);
    }
    found
}

/// The same story with only the small counts withheld: what a careless office publishes.
pub fn careless(story: &Story, order: &[String]) -> Found {
    let mut register = Register::default();
    for asked in &story.asked {
        // The shape of what is published comes from the engine, the words from here.
        let Ok(protected) = protect(&asked.release, &Rule::default(), &Register::default()) else {
            continue;
        };
        let mut publication = protected.publication;
        publication.terms = Terms {
            threshold: story.rule.threshold,
            zeros: Zeros::Shown,
            words: Words::Withheld,
            rounded_within: None,
        };
        let mut value = serde_json::to_value(&publication).unwrap();
        for (table, out) in publication
            .tables
            .iter()
            .zip(value["tables"].as_array_mut().unwrap())
        {
            let cells: Vec<Cell> = table
                .cells()
                .map(|(codes, _)| match truth(asked, order, table, &codes) {
                    n if n > 0 && n < story.rule.threshold => Cell::Withheld,
                    n => Cell::Shown(n),
                })
                .collect();
            out["cells"] = serde_json::to_value(cells).unwrap();
        }
        register
            .push(serde_json::from_value(value).unwrap())
            .unwrap();
    }
    let mut found = Found::default();
    let plain = Story {
        rule: Rule {
            zeros: Zeros::Shown,
            ..story.rule.clone()
        },
        asked: Vec::new(),
    };
    attack_with(&plain.rule, &story.asked, order, &register, &mut found);
    found
}

fn attack(story: &Story, order: &[String], register: &Register, found: &mut Found) {
    attack_with(&story.rule, &story.asked, order, register, found);
}

fn least(zeros: &Zeros, table: &PublishedTable, codes: &[&str]) -> u64 {
    match zeros {
        Zeros::Shown => 1,
        Zeros::Withheld => 0,
        Zeros::WithheldAlong(names) => {
            let told = |(d, code): (&Dimension, &&str)| {
                *code != d.total() && names.iter().any(|n| n == d.name())
            };
            u64::from(!table.dimensions().iter().zip(codes).any(told))
        }
    }
}

fn key(table: &PublishedTable, codes: &[&str]) -> Key {
    let mut key: Key = table
        .dimensions()
        .iter()
        .zip(codes)
        .filter(|(d, code)| **code != d.total())
        .map(|(d, code)| (d.name().to_owned(), (*code).to_owned()))
        .collect();
    key.sort();
    key
}

/// What is told of cells of each stage by their being withheld: the most that any release says of them.
fn told_least(publications: &[&Publication]) -> BTreeMap<(usize, Key), u64> {
    let mut told = BTreeMap::new();
    let mut stage = 0;
    for (number, publication) in publications.iter().enumerate() {
        stage += usize::from(number > 0 && publication.change != Change::Same);
        for table in &publication.tables {
            for (codes, _) in table.cells().filter(|(_, cell)| cell.is_withheld()) {
                let at = told.entry((stage, key(table, &codes))).or_insert(0);
                *at = least(&publication.terms.zeros, table, &codes).max(*at);
            }
        }
    }
    told
}

fn attack_with(
    rule: &Rule,
    asked: &[Asked],
    order: &[String],
    register: &Register,
    found: &mut Found,
) {
    let publications: Vec<&Publication> = register.publications.iter().collect();
    let mut attack = Attack::new(&publications, false);
    assert!(
        !attack.impossible(),
        "no counts agree with what was published"
    );
    let mut zeros = (publications.len() == 1).then(|| Attack::new(&publications, true));
    let n = rule.threshold as f64;
    let told = told_least(&publications);
    // What was shown of the same cell before.
    let mut shown: BTreeMap<Key, Vec<Before>> = BTreeMap::new();
    let mut stage = 0;
    for (number, (publication, asked)) in publications.iter().zip(asked).enumerate() {
        found.releases += 1;
        stage += usize::from(number > 0 && publication.change != Change::Same);
        for (t, table) in publication.tables.iter().enumerate() {
            found.tables += 1;
            for (at, (codes, cell)) in table.cells().enumerate() {
                found.cells += 1;
                let count = truth(asked, order, table, &codes);
                let unknowns = attack.cells[number][t][at].clone();
                let key = key(table, &codes);
                let name = format!("{number}.{t} {key:?} = {count} as {cell}");
                if let Cell::Shown(said) = cell {
                    assert_eq!(said, count, "a wrong number is shown: {name}");
                    for (before, other, _) in shown.get(&key).into_iter().flatten() {
                        let more = said.abs_diff(*other);
                        if *before < stage
                            && *other > 0
                            && said > 0
                            && more > 0
                            && more < rule.threshold
                        {
                            found
                                .recovered
                                .push(format!("{name}: {other} was shown before"));
                        }
                    }
                    shown.entry(key).or_default().push((stage, said, unknowns));
                    continue;
                }
                found.withheld += 1;
                let least = told[&(stage, key.clone())];
                let interval = attack.interval(&unknowns, &[]);
                let small = count < rule.threshold;
                found.small += usize::from(small);
                assert!(
                    interval.0 <= count as f64 && count as f64 <= interval.1,
                    "the attacker is wrong about {name}: {interval:?}"
                );
                let mut judge =
                    |what: &str, interval: Interval, width: f64, top: f64, bottom: f64| {
                        let said = format!("{what} in {} to {}", interval.0, interval.1);
                        if interval.0 == interval.1 {
                            found.recovered.push(said);
                        } else if interval.1 - interval.0 < width
                            || interval.1 < top
                            || interval.0 > bottom
                        {
                            found.tight.push(said);
                        }
                    };
                let top = if small { n - 1.0 } else { 0.0 };
                // With one release the smallest count that zeros alone leave must be left too.
                let bottom = match &mut zeros {
                    Some(zeros) if small => zeros.interval(&unknowns, &[]).0,
                    _ => f64::INFINITY,
                };
                judge(&name, interval, n - 1.0 - least as f64, top, bottom);
                for (_, other, before) in shown.get(&key).into_iter().flatten() {
                    let more = count.abs_diff(*other);
                    if more > 0 && more < rule.threshold && *other > 0 {
                        found.differences += 1;
                        let interval = attack.interval(&unknowns, before);
                        let name = format!("{name}, {other} was shown before");
                        judge(&name, interval, n - 2.0, f64::NEG_INFINITY, f64::INFINITY);
                    }
                }
            }
        }
    }
}
