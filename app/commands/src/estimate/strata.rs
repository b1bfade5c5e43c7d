//! Parts of the population: each by itself, their sum, and those too thin for a number.

use mandate_estimation::{
    CaptureTable, Posterior,
    assess::Finding,
    graphs::{MAX_LISTS_OF_GRAPHS, StratifiedAnswer, stratified, sum_of_strata},
};

use super::{
    Run,
    lines::{Line, Method, Role, Setting},
    methods::{Answered, Depth, answered, graph_options},
};

/// All parts.
pub(crate) struct Parts {
    pub(crate) all: Vec<Answered>,
    /// What the parts that are not too thin say together; the people on lists of the thin ones are in the sums, no one more.
    pub(crate) together: Option<StratifiedAnswer>,
    /// The sum by latent classes.
    pub(crate) classes: Option<Posterior>,
    /// People on lists of the parts that are too thin.
    pub(crate) in_thin: u64,
    /// The sums as lines.
    pub(crate) lines: Vec<Line>,
}

/// Whether a part has too little for a number: it is refused, or few people are on two lists.
pub(crate) fn thin(part: &Answered) -> bool {
    part.refused()
        || part
            .findings
            .iter()
            .any(|found| matches!(found, Finding::LittleOverlap { .. }))
}

pub(crate) fn parts(strata: &[(String, CaptureTable)], told: &Run) -> anyhow::Result<Parts> {
    let mut all = Vec::new();
    for (name, table) in strata {
        eprintln!("{name}");
        all.push(answered(name, table, told, Depth::Part)?);
    }
    let mut parts = Parts {
        in_thin: all
            .iter()
            .filter(|part| thin(part))
            .map(|part| part.table.observed())
            .sum(),
        all,
        together: None,
        classes: None,
        lines: Vec::new(),
    };
    let firm: Vec<&Answered> = parts.all.iter().filter(|part| !thin(part)).collect();
    if firm.len() < 2 {
        return Ok(parts);
    }
    let classes: Option<Vec<Posterior>> = firm
        .iter()
        .map(|part| Some(part.classes.as_ref()?.total.clone()))
        .collect();
    let tables: Vec<CaptureTable> = firm.iter().map(|part| part.table.clone()).collect();
    if tables
        .iter()
        .all(|table| table.lists() <= MAX_LISTS_OF_GRAPHS)
    {
        let together = stratified(&tables, &graph_options(told), told.seed)?;
        parts.line(Method::Graphs, Setting::Apart, &together.sum.clone());
        if let Some(pooled) = &together.pooled {
            let sum = pooled.sum.clone();
            parts.line(Method::Graphs, Setting::Pooled, &sum);
        }
        parts.together = Some(together);
    }
    if let Some(classes) = classes {
        let sum = sum_of_strata(&classes, told.seed)?;
        parts.line(Method::Classes, Setting::Apart, &sum);
        parts.classes = Some(sum);
    }
    Ok(parts)
}

impl Parts {
    fn line(&mut self, method: Method, setting: Setting, sum: &Posterior) {
        let mut line = Line::of(Role::Answer, method, setting, sum);
        let thin = self.in_thin as f64;
        line.low += thin;
        line.middle += thin;
        line.high += thin;
        self.lines.push(line);
    }
}
