//! From records to links: learn, compare every pair of the blocks, keep what is likely.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use rayon::prelude::*;

use crate::{
    Error,
    blocking::{Blocks, Rule, RuleCount, Task},
    compare::{Pattern, compare},
    learn::learn,
    model::{Given, Learning, Model, likely},
    score::{Evidence, Scorer},
    table::Table,
};

/// How it is done.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// Which pairs are compared.
    pub rules: Vec<Rule>,
    /// A model that is given; learned where there is none.
    #[serde(default)]
    pub model: Option<Model>,
    /// The least probability that a link is kept with.
    pub least: f64,
    /// How much the frequency of a value counts where two values are near but not the same, from 0 to 1; a level further
    /// down its square, and so on.
    pub frequency_of_near: f64,
    /// Shares of levels that are given by hand and not learned.
    #[serde(default)]
    pub given: Vec<Given>,
    /// The share of all pairs that are of one person, where it is given.
    #[serde(default)]
    pub prior: Option<f64>,
    /// Pairs of records of which it is known whether they are of one person. From those that are, m is counted for each field
    /// of which twenty have a value in both; they should be as pairs of one person are, not only the hard ones.
    #[serde(default)]
    pub known: Vec<(u32, u32, bool)>,
}

impl Options {
    /// The defaults with some rules.
    #[must_use]
    pub fn new(rules: Vec<Rule>) -> Self {
        Self {
            rules,
            model: None,
            least: 0.01,
            frequency_of_near: 0.5,
            given: Vec::new(),
            prior: None,
            known: Vec::new(),
        }
    }
}

/// Two records that may be of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The smaller number.
    pub left: u32,
    /// The larger.
    pub right: u32,
    /// All evidence with the prior, in bits.
    pub weight: f64,
    /// The levels of its fields.
    pub pattern: Pattern,
}

impl Link {
    /// How probable it is that both are of one person, if the model holds.
    #[must_use]
    pub fn probability(&self) -> f64 {
        likely(self.weight)
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Every pair that is likely enough, by its records.
    pub links: Vec<Link>,
    /// The weights.
    pub model: Model,
    /// How they were learned; nothing where they were given.
    pub learning: Option<Learning>,
    /// The pairs of each rule.
    pub rules: Vec<RuleCount>,
    /// Pairs that were compared, each once.
    pub compared: u64,
    /// How far the rules reach.
    pub reach: Reach,
}

/// The share of pairs of one person that the rules reach, by capture and recapture: pairs that one rule alone found, and
/// those that exactly two did, say how many none has found (Chao 1987).
///
/// It supposes that one rule finds a pair whether another does or not. Rules on the same field break that, and so does a
/// record with many faults: then fewer are reached than this says.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reach {
    /// Pairs of one person that were found, as the sum of probabilities.
    pub found: f64,
    /// Of them by one rule alone.
    pub by_one: f64,
    /// By exactly two.
    pub by_two: f64,
    /// Found by each rule.
    pub by_rule: Vec<f64>,
    /// The share that is reached, from 0 to 1; at most this.
    pub share: f64,
}

/// Where the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The weights are learned.
    Learning,
    /// Pairs are compared.
    Comparing,
}

/// A part of the work that is done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Piece {
    /// The links of it.
    pub links: Vec<Link>,
    /// Pairs that were compared.
    pub compared: u64,
}

/// Where finished pieces go, so that work that was stopped need not be done again. Pieces are the same for the same table and
/// options; whoever keeps them must see to it that they are.
pub trait Pieces {
    /// A piece that was done before, by its number.
    fn known(&mut self, number: usize) -> Option<Piece>;
    /// Hears of a piece that is done; stops the work by saying no.
    fn done(&mut self, number: usize, piece: &Piece) -> bool;
}

/// Keeps nothing.
struct Nowhere;

impl Pieces for Nowhere {
    fn known(&mut self, _: usize) -> Option<Piece> {
        None
    }

    fn done(&mut self, _: usize, _: &Piece) -> bool {
        true
    }
}

/// Tasks of a piece: about four million pairs.
const TASKS_OF_A_PIECE: usize = 64;

/// Links records. `go_on` hears how far each stage is, from 0 to 1, and stops the work when it says no.
///
/// # Errors
/// [`Error`]; nothing is half done.
pub fn link(
    table: &Table,
    options: &Options,
    go_on: &(dyn Fn(Stage, f64) -> bool + Sync),
) -> Result<Linked, Error> {
    link_in_pieces(table, options, &mut Nowhere, go_on)
}

/// The same with pieces that can be kept and found again; what comes out is the same to the last bit.
///
/// # Errors
/// [`Error`].
pub fn link_in_pieces(
    table: &Table,
    options: &Options,
    pieces: &mut dyn Pieces,
    go_on: &(dyn Fn(Stage, f64) -> bool + Sync),
) -> Result<Linked, Error> {
    let blocks = Blocks::make(table, &options.rules)?;
    let (model, learning) = match &options.model {
        Some(model) => (model.clone(), None),
        None => {
            let (model, learning) = learn(table, options, &blocks, &|share| {
                go_on(Stage::Learning, share)
            })?;
            (model, Some(learning))
        }
    };
    let scorer = Scorer::new(table, &model, options.frequency_of_near);
    let least = (options.least / (1.0 - options.least)).log2();
    let tasks = blocks.tasks();
    let done = AtomicUsize::new(0);
    let (mut links, mut compared) = (Vec::new(), 0);
    for (number, of) in tasks.chunks(TASKS_OF_A_PIECE).enumerate() {
        let share = || done.load(Ordering::Relaxed) as f64 / tasks.len() as f64;
        let piece = match pieces.known(number) {
            Some(piece) => piece,
            None => {
                let piece = piece(table, &blocks, &scorer, of, least, &|| {
                    let n = done.fetch_add(1, Ordering::Relaxed) + 1;
                    !n.is_multiple_of(16) || go_on(Stage::Comparing, share())
                })?;
                if !pieces.done(number, &piece) {
                    return Err(Error::Stopped);
                }
                piece
            }
        };
        done.store(
            ((number + 1) * TASKS_OF_A_PIECE).min(tasks.len()),
            Ordering::Relaxed,
        );
        compared += piece.compared;
        links.extend(piece.links);
    }
    links.par_sort_unstable_by_key(|link| (link.left, link.right));
    Ok(Linked {
        reach: reach(&blocks, &links, options.rules.len()),
        links,
        learning,
        rules: blocks.counts,
        compared,
        model,
    })
}

/// Compares the pairs of some tasks; none of them is held.
fn piece(
    table: &Table,
    blocks: &Blocks,
    scorer: &Scorer<'_>,
    tasks: &[Task],
    least: f64,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Piece, Error> {
    let stopped = AtomicUsize::new(0);
    let parts: Vec<Piece> = tasks
        .par_iter()
        .map(|task| {
            let mut of = Piece::default();
            if stopped.load(Ordering::Relaxed) > 0 {
                return of;
            }
            blocks.each(table, *task, |left, right| {
                of.compared += 1;
                if !scorer.may_reach(least, left, right) {
                    return;
                }
                let pattern = compare(table, left, right);
                let weight = scorer.weight(pattern, left, right);
                if weight >= least {
                    of.links.push(Link {
                        left,
                        right,
                        weight,
                        pattern,
                    });
                }
            });
            if !go_on() {
                stopped.store(1, Ordering::Relaxed);
            }
            of
        })
        .collect();
    if stopped.load(Ordering::Relaxed) > 0 {
        return Err(Error::Stopped);
    }
    let mut all = Piece::default();
    for part in parts {
        all.compared += part.compared;
        all.links.extend(part.links);
    }
    Ok(all)
}

fn reach(blocks: &Blocks, links: &[Link], rules: usize) -> Reach {
    let (mut found, mut by_one, mut by_two) = (0.0, 0.0, 0.0);
    let mut by_rule = vec![0.0; rules];
    let mut sets: BTreeMap<u32, f64> = BTreeMap::new();
    for link in links {
        *sets
            .entry(blocks.rules_of(link.left, link.right))
            .or_default() += link.probability();
    }
    for (set, weight) in sets {
        found += weight;
        match set.count_ones() {
            1 => by_one += weight,
            2 => by_two += weight,
            _ => {}
        }
        for (rule, sum) in by_rule.iter_mut().enumerate() {
            if set & (1 << rule) != 0 {
                *sum += weight;
            }
        }
    }
    // The form of Chao's bound that holds without pairs that two rules found.
    let missed = if by_two > 0.0 {
        by_one * by_one / (2.0 * by_two)
    } else {
        by_one * (by_one - 1.0).max(0.0) / 2.0
    };
    Reach {
        found,
        by_one,
        by_two,
        by_rule,
        share: if found > 0.0 {
            found / (found + missed)
        } else {
            0.0
        },
    }
}

/// Why a pair has its weight; the sum of all is the link's.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What two records by chance have, in bits.
    pub prior: f64,
    /// Each field.
    pub parts: Vec<Evidence>,
    /// What the chance that they are of relatives takes, in bits.
    pub relatives: f64,
}

/// The evidence of any two records, also where no rule has them or they are not likely enough to be kept.
#[must_use]
pub fn weigh(table: &Table, linked: &Linked, options: &Options, one: u32, other: u32) -> Link {
    let (left, right) = (one.min(other), one.max(other));
    let pattern = compare(table, left, right);
    let scorer = Scorer::new(table, &linked.model, options.frequency_of_near);
    Link {
        left,
        right,
        weight: scorer.weight(pattern, left, right),
        pattern,
    }
}

/// Explains a link. For many, [`explain_all`] is quicker.
#[must_use]
pub fn explain(table: &Table, linked: &Linked, options: &Options, link: &Link) -> Explanation {
    explained(
        &Scorer::new(table, &linked.model, options.frequency_of_near),
        link,
    )
}

/// Explains links one after another.
pub fn explain_all<'a>(
    table: &'a Table,
    linked: &'a Linked,
    options: &Options,
) -> impl Iterator<Item = (&'a Link, Explanation)> {
    let scorer = Scorer::new(table, &linked.model, options.frequency_of_near);
    linked
        .links
        .iter()
        .map(move |link| (link, explained(&scorer, link)))
}

fn explained(scorer: &Scorer<'_>, link: &Link) -> Explanation {
    let parts = scorer.explain(link);
    let rarity = parts.iter().map(|part| part.frequency).sum();
    Explanation {
        prior: scorer.prior,
        relatives: scorer.against.penalty(link.pattern, rarity),
        parts,
    }
}
