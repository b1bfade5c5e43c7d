//! All methods on one table, with what each depends on.

use std::{
    cell::Cell,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use mandate_estimation::{
    CaptureTable, Error,
    assess::{self, Finding, Seen},
    bounds::{chapman, lower_bound},
    coverage::sample_coverage,
    graphs::{GraphsAnswer, GraphsOptions, MAX_LISTS_OF_GRAPHS, PriorOfTotal, average_with},
    latent,
    loglinear::{self, LogLinearAnswer, SparseOptions, notation, sparse},
};

use super::{
    Run,
    lines::{Line, Method, Role, Setting},
};
use crate::link::Progress;

/// How much is asked of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// The answers with their sensitivity.
    Whole,
    /// All methods side by side.
    Compare,
    /// The answers of a stratum.
    Part,
}

/// What is known of a table.
pub(crate) struct Answered {
    pub(crate) name: String,
    pub(crate) table: CaptureTable,
    pub(crate) findings: Vec<Finding>,
    /// The answers; nothing where they were refused.
    pub(crate) graphs: Option<GraphsAnswer>,
    pub(crate) classes: Option<latent::Answer>,
    pub(crate) models: Option<LogLinearAnswer>,
    pub(crate) lines: Vec<Line>,
}

impl Answered {
    pub(crate) fn refused(&self) -> bool {
        self.findings.iter().any(Finding::refuses)
    }
}

pub(crate) fn graph_options(told: &Run) -> GraphsOptions {
    GraphsOptions {
        missing: told.most_missing.map(|most| (0, most)),
        ..GraphsOptions::default()
    }
}

/// The average over graphs, saying how far it is where there are so many that it takes long.
pub(crate) fn average(
    table: &CaptureTable,
    options: &GraphsOptions,
) -> Result<GraphsAnswer, Error> {
    let progress = Progress::new();
    average_with(table, options, &|share| {
        table.lists() < 6 || progress.at("graphs", share)
    })
}

/// Latent classes with a share of the effective draws that were asked for.
pub(crate) fn classes(
    table: &CaptureTable,
    told: &Run,
    (k, concentration): (usize, f64),
    share: f64,
) -> Result<latent::Answer, Error> {
    let options = latent::Options {
        classes: k,
        shape: concentration,
        rate: concentration,
        seed: told.seed,
        effective_draws: f64::from(told.effective_draws.max(100)) * share,
        // Chains take as long to settle as a small number of draws takes.
        chains: if share < 1.0 { 4 } else { 8 },
        ..latent::Options::default()
    };
    let said: Cell<Option<Instant>> = Cell::new(None);
    latent::estimate(table, &options, &|progress| {
        let now = Instant::now();
        let waited = said
            .get()
            .is_none_or(|at| now - at > Duration::from_millis(500));
        if let (Some(state), true) = (&progress.convergence, waited) {
            eprintln!(
                "latent classes, K = {k}: {} draws of each chain, R-hat so far {:.3}, worth {:.0} of {:.0} draws",
                progress.draws,
                state.r_hat,
                state.bulk.min(state.tail),
                options.effective_draws
            );
            said.set(Some(now));
        }
        ControlFlow::Continue(())
    })
}

/// The concentration's prior in the paper.
pub(crate) const USUAL: f64 = 0.25;

/// Asks everything of one table.
pub(crate) fn answered(
    name: &str,
    table: &CaptureTable,
    told: &Run,
    depth: Depth,
) -> anyhow::Result<Answered> {
    let mut all = Answered {
        name: name.to_owned(),
        table: table.clone(),
        findings: assess::of_table(table),
        graphs: None,
        classes: None,
        models: None,
        lines: Vec::new(),
    };
    if !all.refused() {
        answers(&mut all, told, depth)?;
    }
    if depth == Depth::Compare && !all.refused() {
        others(&mut all, told);
    }
    // Two lists have nothing better. Where lists share nobody or are one list, such numbers would only mislead.
    let refused = all.findings.iter().filter(|found| found.refuses());
    if refused.clone().all(|found| *found == Finding::TwoLists) {
        by_hand(&mut all, depth);
    }
    Ok(all)
}

/// The answers, and the same under other suppositions.
fn answers(all: &mut Answered, told: &Run, depth: Depth) -> anyhow::Result<()> {
    let table = all.table.clone();
    let lists = table.lists();
    let (options, whole) = (graph_options(told), depth == Depth::Whole);
    let mut other_priors = Vec::new();
    let mut without: Vec<Option<GraphsAnswer>> = Vec::new();
    let smaller = |list: usize| table.without(list).ok().filter(|_| lists > 3);
    if lists <= MAX_LISTS_OF_GRAPHS {
        let answer = average(&table, &options)?;
        let setting = Setting::Delta(answer.delta);
        all.line(Line::of(
            Role::Answer,
            Method::Graphs,
            setting,
            &answer.total,
        ));
        if whole {
            all.findings
                .extend(assess::of_cells(&table, &options, &answer)?);
        }
        for delta in [0.5, 1.0].into_iter().filter(|_| depth != Depth::Compare) {
            let options = GraphsOptions {
                delta: Some(delta),
                keep: 0,
                ..options.clone()
            };
            let other = average(&table, &options)?;
            let setting = Setting::Delta(delta);
            all.line(Line::of(
                Role::Sensitivity,
                Method::Graphs,
                setting,
                &other.total,
            ));
            other_priors.push(other);
        }
        if whole {
            let even = GraphsOptions {
                prior: PriorOfTotal::Uniform,
                keep: 0,
                ..options.clone()
            };
            let other = average(&table, &even)?;
            let setting = Setting::EvenPrior;
            all.line(Line::of(
                Role::Sensitivity,
                Method::Graphs,
                setting,
                &other.total,
            ));
            for list in 0..lists {
                let other = smaller(list).and_then(|left| average(&left, &options).ok());
                if let Some(other) = &other {
                    let setting = Setting::Without(table.names()[list].clone());
                    all.line(Line::of(
                        Role::Sensitivity,
                        Method::Graphs,
                        setting,
                        &other.total,
                    ));
                }
                without.push(other);
            }
        }
        all.graphs = Some(answer);
    }
    let k = told.classes;
    let share = if depth == Depth::Part { 0.25 } else { 1.0 };
    let answer = classes(&table, told, (k, USUAL), share)?;
    all.line(Line::of(
        Role::Answer,
        Method::Classes,
        Setting::Classes(k),
        &answer.total,
    ));
    all.classes = Some(answer);
    if whole {
        let mut sensitivity = |setting, table: &CaptureTable, k, concentration| {
            let other = classes(table, told, (k, concentration), 0.25)?;
            all.line(Line::of(
                Role::Sensitivity,
                Method::Classes,
                setting,
                &other.total,
            ));
            anyhow::Ok(())
        };
        for other in [k.div_ceil(2), (2 * k).min(64)]
            .into_iter()
            .filter(|other| *other != k)
        {
            sensitivity(Setting::Classes(other), &table, other, USUAL)?;
        }
        sensitivity(Setting::Concentration, &table, k, 1.0)?;
        for list in 0..lists {
            if let Some(left) = smaller(list) {
                let setting = Setting::Without(table.names()[list].clone());
                sensitivity(setting, &left, k, USUAL)?;
            }
        }
    }
    if depth != Depth::Part {
        models(all, depth);
    }
    let seen = Seen {
        graphs: all.graphs.as_ref(),
        other_priors: &other_priors,
        without: &without,
        classes: all.classes.as_ref(),
    };
    let found = assess::of_answer(&table, &seen);
    all.findings.extend(found);
    Ok(())
}

/// Log-linear models; a table of which no model has an estimate has no such line.
fn models(all: &mut Answered, depth: Depth) {
    let Ok(answer) = loglinear::estimate(&all.table) else {
        return;
    };
    let role = if depth == Depth::Compare {
        Role::Answer
    } else {
        Role::Sensitivity
    };
    for (method, by) in [(Method::Aic, &answer.aic), (Method::Bic, &answer.bic)] {
        all.line(Line::by_hand(role, method, Setting::Usual, by.total));
        if let (Some((best, _)), true) = (by.best.first(), depth == Depth::Compare) {
            let setting = Setting::Model(notation(&best.terms, all.table.names()));
            all.line(Line::by_hand(role, method, setting, best.total));
        }
    }
    all.models = Some(answer);
}

/// What is compared beside the answers.
fn others(all: &mut Answered, told: &Run) {
    let options = SparseOptions {
        seed: told.seed,
        // Each draw chooses among the pairs of lists anew.
        resamples: if all.table.lists() > 5 { 300 } else { 1_000 },
        ..SparseOptions::default()
    };
    if let Ok(answer) = sparse(&all.table, &options) {
        let setting = Setting::Model(notation(&answer.fit.terms, all.table.names()));
        all.line(Line::by_hand(
            Role::Answer,
            Method::Sparse,
            setting,
            answer.total,
        ));
    }
    let lists = all.table.lists();
    // Each three lists; of many lists there are too many.
    for one in 0..lists.min(5) {
        for two in one + 1..lists.min(5) {
            for three in two + 1..lists.min(5) {
                let found = sample_coverage(&all.table, [one, two, three], told.seed);
                if let Some(found) = found {
                    let names = [one, two, three].map(|list| all.table.names()[list].clone());
                    let setting = Setting::Lists(names.to_vec());
                    all.line(Line::by_hand(
                        Role::Answer,
                        Method::Coverage,
                        setting,
                        found.total,
                    ));
                }
            }
        }
    }
}

/// The bound, and each pair of lists where there is nothing better or all methods are wanted.
fn by_hand(all: &mut Answered, depth: Depth) {
    let table = all.table.clone();
    let bound = lower_bound(&table);
    all.line(Line::by_hand(
        Role::ByHand,
        Method::Bound,
        Setting::Usual,
        bound,
    ));
    if depth != Depth::Compare && !all.refused() {
        return;
    }
    for one in 0..table.lists() {
        for other in one + 1..table.lists() {
            let both = table.on_all(1 << one | 1 << other);
            if let Some(found) = chapman(&table, one, other).filter(|_| both > 0) {
                let names = [one, other].map(|list| table.names()[list].clone());
                let setting = Setting::Lists(names.to_vec());
                all.line(Line::by_hand(Role::ByHand, Method::Chapman, setting, found));
            }
        }
    }
}

impl Answered {
    pub(crate) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }
}
