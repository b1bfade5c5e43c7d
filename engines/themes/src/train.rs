//! Learning from labelled texts.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use rayon::prelude::*;
use thiserror::Error;

use crate::{
    calibrate::{Scored, calibrate},
    features::{TOGETHER, features, kind},
    model::{Model, Parts, Scale, Table, count, weigh},
    solve::{Block, Effort, LANES, Lanes, Random, Rows, Solved, solve},
    worth::{Columns, worths},
};

/// A text that people have labelled.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// The text.
    pub text: &'a str,
    /// Its labels, by their places in the list of labels.
    pub labels: &'a [usize],
    /// What it belongs to (a document): texts of a group are never on both sides when the model tries itself.
    pub group: u64,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct Options {
    /// What errors weigh against the size of the weights.
    pub cost: f32,
    /// The most rounds over the examples.
    pub rounds: usize,
    /// Into how many parts the groups are dealt for trying.
    pub folds: usize,
    /// Texts that a feature must stand in to be learned.
    pub least: u32,
    /// The most features; the commonest are kept.
    pub features: usize,
    /// What the order of examples and the parts are drawn from.
    pub seed: u64,
    /// How the model was made, for whoever opens it later.
    pub note: String,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            cost: 1.0,
            rounds: 8,
            folds: 3,
            least: 2,
            features: 120_000,
            seed: 1,
            note: String::new(),
        }
    }
}

/// Why nothing could be learned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrainError {
    /// There are no labels or no examples.
    #[error("there is nothing to learn from: {0}")]
    Nothing(&'static str),
    /// An example has a label that is not in the list.
    #[error("example {0} has label {1}, and there are only {2}")]
    NoSuchLabel(usize, usize, usize),
    /// It was stopped.
    #[error("the training was stopped")]
    Stopped,
}

/// Learns to suggest `labels`. `progress` hears the share done, from 0 to 1, and says whether to go on.
///
/// # Errors
/// [`TrainError`].
pub fn train(
    labels: Vec<String>,
    examples: &[Example],
    options: &Options,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Model, TrainError> {
    if labels.is_empty() {
        return Err(TrainError::Nothing("no label"));
    }
    for (at, example) in examples.iter().enumerate() {
        if let Some(label) = example.labels.iter().find(|label| **label >= labels.len()) {
            return Err(TrainError::NoSuchLabel(at, *label, labels.len()));
        }
    }
    let distinct = distinct(examples);
    if distinct.is_empty() {
        return Err(TrainError::Nothing("no text"));
    }
    let (known, rows) = rows(&distinct, labels.len(), options);
    let blocks: Vec<Vec<Lanes>> = (0..labels.len())
        .step_by(LANES)
        .map(|from| signs(&distinct, from, labels.len()))
        .collect();
    let times: Vec<f32> = distinct.iter().map(|d| d.times).collect();
    let folds: Vec<usize> = distinct
        .iter()
        .map(|d| (Random(d.group ^ options.seed).next() % options.folds.max(2) as u64) as usize)
        .collect();
    let parts = options.folds.max(2);
    let done = AtomicUsize::new(0);
    let share = |more: usize| {
        let done = done.fetch_add(more, Ordering::Relaxed) + more;
        progress(done as f32 / (blocks.len() * (1 + parts)) as f32)
    };
    let effort = |rounds| Effort {
        cost: options.cost,
        rounds,
        tolerance: 0.05,
        seed: options.seed,
    };
    let all: Vec<u32> = (0_u32..).take(rows.len()).collect();
    let features = known.hashes.len();
    let whole: Option<Vec<Solved>> = blocks
        .par_iter()
        .map(|signs| {
            let effort = effort(options.rounds);
            let block = Block {
                rows: &rows,
                features,
                signs,
                times: &times,
            };
            let solved = solve(block, &all, None, effort, &|| !share(0));
            share(1);
            solved
        })
        .collect();
    let whole = whole.ok_or(TrainError::Stopped)?;
    // What a model without a part would say of that part: the whole's dual variables are a good beginning for it.
    let tasks: Vec<(usize, usize)> = (0..parts)
        .flat_map(|fold| (0..blocks.len()).map(move |block| (fold, block)))
        .collect();
    let tried: Option<Vec<Vec<(usize, Lanes)>>> = tasks
        .par_iter()
        .map(|(fold, at)| {
            let learn: Vec<u32> = all
                .iter()
                .filter(|at| folds[**at as usize] != *fold)
                .copied()
                .collect();
            let begin = Some(whole[*at].alphas.as_slice());
            let effort = effort(options.rounds / 3 + 1);
            let signs = &blocks[*at];
            let block = Block {
                rows: &rows,
                features,
                signs,
                times: &times,
            };
            let solved = solve(block, &learn, begin, effort, &|| !share(0))?;
            share(1);
            let left = (0..rows.len()).filter(|at| folds[*at] == *fold);
            Some(left.map(|at| (at, solved.score(rows.row(at)))).collect())
        })
        .collect();
    let tried = tried.ok_or(TrainError::Stopped)?;
    let mut scored: Vec<Scored> = labels.iter().map(|_| Scored { all: Vec::new() }).collect();
    for ((_, block), tried) in tasks.iter().zip(tried) {
        for (at, scores) in tried {
            for (lane, score) in scores.iter().enumerate() {
                if let Some(label) = scored.get_mut(block * LANES + lane) {
                    label
                        .all
                        .push((*score, times[at], blocks[*block][at][lane] > 0.0));
                }
            }
        }
    }
    let calibrations = calibrate(&scored);
    let intercepts = (0..labels.len())
        .map(|label| whole[label / LANES].intercepts[label % LANES])
        .collect();
    let scale = Scale::from((calibrations.as_slice(), intercepts));
    let (units, weights) = rounded(&whole, &known.places, labels.len());
    let without: f32 = distinct
        .iter()
        .filter(|d| d.labels.is_empty())
        .map(|d| d.times)
        .sum();
    Ok(Model::new(Parts {
        note: options.note.clone(),
        examples: u32::try_from(examples.len()).unwrap_or(u32::MAX),
        always: without < 0.01 * examples.len() as f32,
        labels,
        hashes: known.hashes,
        rarities: known.rarities,
        units,
        weights,
        intercepts: scale.intercepts,
        thresholds: scale.thresholds,
        slopes: scale.slopes,
        offsets: scale.offsets,
    }))
}

/// A text of a group with its labels, and how often it stands there: several states often recommend the same.
struct Distinct<'a> {
    text: &'a str,
    labels: Vec<usize>,
    group: u64,
    times: f32,
}

fn distinct<'a>(examples: &[Example<'a>]) -> Vec<Distinct<'a>> {
    let mut known: HashMap<(&str, Vec<usize>, u64), usize> = HashMap::new();
    let mut all: Vec<Distinct> = Vec::new();
    for example in examples {
        let text = example.text.trim();
        if text.is_empty() {
            continue;
        }
        let mut labels = example.labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        let key = (text, labels.clone(), example.group);
        if let Some(at) = known.get(&key) {
            all[*at].times += 1.0;
            continue;
        }
        known.insert(key, all.len());
        all.push(Distinct {
            text,
            labels,
            group: example.group,
            times: 1.0,
        });
    }
    all
}

/// The features that are learned.
#[derive(Default)]
struct Known {
    /// Their hashes, rising.
    hashes: Vec<u32>,
    /// What each weighs: how rare it is, times what it is worth.
    rarities: Vec<f32>,
    /// Where each lies while it is learned: the commonest first, so that what is read most lies together.
    places: Vec<u32>,
}

/// The features that stand in enough texts and tell something, and the texts as rows of them, by their places.
fn rows(all: &[Distinct], labels: usize, options: &Options) -> (Known, Rows) {
    let found: Vec<Vec<u32>> = all
        .par_iter()
        .map_init(Vec::new, |found, d| {
            found.clear();
            features(d.text, found);
            found.iter().map(|f| f.hash).collect()
        })
        .collect();
    let common = common(&found, options.least);
    let table = Table::new(&common);
    let mut counts: Vec<Vec<(u32, f32)>> = found
        .into_par_iter()
        .map(|found| {
            let mut row = Vec::with_capacity(found.len());
            count(found.iter().filter_map(|hash| table.row(*hash)), &mut row);
            row
        })
        .collect();
    let columns = Columns::new(&counts, common.len());
    let of: Vec<&[usize]> = all.iter().map(|d| d.labels.as_slice()).collect();
    let worths = worths(&columns, labels, &of);
    let telling = (0..common.len()).filter(|at| worths[*at] > 0.0);
    let mut order: Vec<(usize, usize)> = telling.map(|at| (columns.len(at), at)).collect();
    order.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    order.truncate(options.features);
    let mut places = vec![None; common.len()];
    for (place, (_, at)) in (0_u32..).zip(order) {
        places[at] = Some(place);
    }
    let texts = all.len() as f32;
    let mut known = Known::default();
    let mut now = vec![None; common.len()];
    for (at, place) in places.into_iter().enumerate() {
        let Some(place) = place else { continue };
        now[at] = u32::try_from(known.hashes.len()).ok();
        let rarity = ((1.0 + texts) / (1.0 + columns.len(at) as f32)).ln() + 1.0;
        known.hashes.push(common[at]);
        known.rarities.push(rarity * worths[at]);
        known.places.push(place);
    }
    counts.par_iter_mut().for_each(|row| {
        row.retain_mut(|cell| {
            let place = now[cell.0 as usize];
            cell.0 = place.unwrap_or_default();
            place.is_some()
        });
        weigh(&known.hashes, &known.rarities, row);
        for (at, _) in row.iter_mut() {
            *at = known.places[*at as usize];
        }
        row.sort_unstable_by_key(|cell| cell.0);
    });
    let mut rows = Rows::default();
    for row in counts {
        rows.push(row);
    }
    (known, rows)
}

/// The features that stand in enough texts, rising.
fn common(found: &[Vec<u32>], least: u32) -> Vec<u32> {
    let mut each: Vec<u32> = found
        .par_iter()
        .flat_map_iter(|hashes| {
            let mut once = hashes.clone();
            once.sort_unstable();
            once.dedup();
            once
        })
        .collect();
    each.par_sort_unstable();
    let least = |hash| (least + u32::from(kind(hash) == TOGETHER)) as usize;
    each.chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= least(same[0]))
        .map(|same| same[0])
        .collect()
}

fn signs(all: &[Distinct], from: usize, labels: usize) -> Vec<Lanes> {
    all.iter()
        .map(|d| {
            let mut signs = [0.0; LANES];
            for (lane, sign) in signs.iter_mut().enumerate().take(labels - from) {
                *sign = if d.labels.binary_search(&(from + lane)).is_ok() {
                    1.0
                } else {
                    -1.0
                };
            }
            signs
        })
        .collect()
}

/// The weights as bytes, each feature with its own unit.
fn rounded(whole: &[Solved], places: &[u32], labels: usize) -> (Vec<f32>, Vec<u8>) {
    let mut units = Vec::with_capacity(places.len());
    let mut bytes = Vec::with_capacity(places.len() * labels);
    for at in places {
        let weight = |label: usize| whole[label / LANES].weights[*at as usize].0[label % LANES];
        let most = (0..labels).fold(0.0_f32, |most, label| most.max(weight(label).abs()));
        let unit = most / 127.0;
        units.push(unit);
        bytes.extend((0..labels).map(|label| {
            let n = if unit > 0.0 {
                (weight(label) / unit).round()
            } else {
                0.0
            };
            (n as i8).cast_unsigned()
        }));
    }
    (units, bytes)
}
