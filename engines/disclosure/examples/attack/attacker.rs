//! An attacker who shares nothing with the engine but the words on the published tables.
//!
//! The unknowns are the people by the finest codes of all dimensions of all tables together, at the first release and added
//! at each later one; every published cell is one line about them. The engine reckons with cells and sums instead, and joins
//! dimensions only where tables are linked in a ring. The solver is a dense tableau, the engine's a sparse
//! dual simplex.

use std::collections::BTreeMap;

use mandate_disclosure::{Cell, Change, Dimension, Publication, Words, Zeros};

const TINY: f64 = 1e-7;

/// What is left for a count: from, to.
pub type Interval = (f64, f64);

/// A tableau: minimise over a x = b, x >= 0.
struct Tableau {
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    columns: usize,
}

impl Tableau {
    /// Nothing if no solution exists.
    fn new(columns: usize, equations: &[(Vec<(usize, f64)>, f64)]) -> Option<Self> {
        let m = equations.len();
        let wide = columns + m;
        let mut rows = Vec::with_capacity(m);
        for (at, (terms, right)) in equations.iter().enumerate() {
            let sign = if *right < 0.0 { -1.0 } else { 1.0 };
            let mut row = vec![0.0; wide + 1];
            for (column, factor) in terms {
                row[*column] += sign * factor;
            }
            row[columns + at] = 1.0;
            row[wide] = sign * right;
            rows.push(row);
        }
        let mut made = Self {
            rows,
            basis: (columns..wide).collect(),
            columns: wide,
        };
        let mut cost = vec![0.0; wide];
        cost[columns..].fill(1.0);
        if made.minimise(&cost)? > 1e-5 {
            return None;
        }
        // Take the helpers out, and lines that say nothing new.
        let mut at = 0;
        while at < made.rows.len() {
            if made.basis[at] >= columns {
                match (0..columns).find(|c| made.rows[at][*c].abs() > TINY) {
                    Some(column) => made.pivot(at, column),
                    None => {
                        made.rows.swap_remove(at);
                        made.basis.swap_remove(at);
                        continue;
                    }
                }
            }
            at += 1;
        }
        for row in &mut made.rows {
            let right = row[wide];
            row.truncate(columns);
            row.push(right);
        }
        made.columns = columns;
        Some(made)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        for value in &mut self.rows[row] {
            *value /= by;
            if (*value - value.round()).abs() < 1e-10 {
                *value = value.round();
            }
        }
        let line = self.rows[row].clone();
        for (at, other) in self.rows.iter_mut().enumerate() {
            let factor = other[column];
            if at != row && factor != 0.0 {
                for (value, of) in other.iter_mut().zip(&line) {
                    if *of != 0.0 {
                        *value -= factor * of;
                        if (*value - value.round()).abs() < 1e-10 {
                            *value = value.round();
                        }
                    }
                }
            }
        }
        self.basis[row] = column;
    }

    /// The least value, or nothing where there is no end. The steepest column is taken, Bland's where nothing moves.
    fn minimise(&mut self, cost: &[f64]) -> Option<f64> {
        let right = self.columns;
        let mut reduced = cost.to_vec();
        reduced.push(0.0);
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            let factor = cost[*basic];
            if factor != 0.0 {
                for (value, of) in reduced.iter_mut().zip(row) {
                    *value -= factor * of;
                }
            }
        }
        let mut still = 0;
        loop {
            let below = (0..self.columns).filter(|c| reduced[*c] < -TINY);
            let column = if still > 40 {
                below.min()
            } else {
                below.min_by(|a, b| reduced[*a].total_cmp(&reduced[*b]))
            };
            let Some(column) = column else {
                return Some(-reduced[right]);
            };
            let mut best: Option<(usize, f64)> = None;
            for (at, row) in self.rows.iter().enumerate() {
                if row[column] > TINY {
                    let ratio = row[right] / row[column];
                    let better = match best {
                        None => true,
                        Some((other, least)) => {
                            ratio < least - 1e-12
                                || (ratio < least + 1e-12 && self.basis[at] < self.basis[other])
                        }
                    };
                    if better {
                        best = Some((at, ratio));
                    }
                }
            }
            let (row, ratio) = best?;
            still = if ratio > 1e-9 { 0 } else { still + 1 };
            self.pivot(row, column);
            let factor = reduced[column];
            for (value, of) in reduced.iter_mut().zip(&self.rows[row]) {
                *value -= factor * of;
            }
            reduced[column] = 0.0;
        }
    }
}

/// Everything an attacker makes of the releases of one population.
pub struct Attack {
    tableau: Option<Tableau>,
    columns: usize,
    number: Vec<Option<usize>>,
    /// For each release, table and cell, in the order of `PublishedTable::cells`: the unknowns that it sums.
    pub cells: Vec<Vec<Vec<Vec<usize>>>>,
}

fn finest(dimension: &Dimension) -> Vec<&str> {
    let codes = dimension.codes();
    let part = |code: &str| codes.iter().any(|c| c.within.as_deref() == Some(code));
    codes
        .iter()
        .map(|c| c.code.as_str())
        .filter(|c| !part(c))
        .collect()
}

fn is_in(dimension: &Dimension, leaf: &str, code: &str) -> bool {
    let mut at = Some(leaf);
    while let Some(now) = at {
        if now == code {
            return true;
        }
        at = dimension
            .codes()
            .iter()
            .find(|c| c.code == now)
            .and_then(|c| c.within.as_deref());
    }
    code == dimension.total()
}

impl Attack {
    /// `zeros_only`: all counts but zeros are taken as withheld, to see what zeros alone say.
    pub fn new(publications: &[&Publication], zeros_only: bool) -> Self {
        let mut dimensions: BTreeMap<String, Dimension> = BTreeMap::new();
        for dimension in publications
            .iter()
            .flat_map(|p| &p.tables)
            .flat_map(|t| t.dimensions())
        {
            dimensions
                .entry(dimension.name().to_owned())
                .or_insert_with(|| dimension.clone());
        }
        let leaves: Vec<Vec<&str>> = dimensions.values().map(finest).collect();
        let joint: usize = leaves.iter().map(Vec::len).product();
        let mut stages = vec![0];
        let mut grown = vec![true];
        for publication in &publications[1..] {
            let last = *stages.last().unwrap();
            if publication.change == Change::Same {
                stages.push(last);
            } else {
                stages.push(last + 1);
                grown.push(publication.change == Change::Grown);
            }
        }
        let mut columns = joint * grown.len();
        let mut equations = Vec::new();
        let mut nobody = vec![false; columns];
        let mut limits: Vec<(Vec<usize>, f64, f64)> = Vec::new();
        let mut cells = Vec::new();
        for (publication, stage) in publications.iter().zip(&stages) {
            // A revised population begins anew.
            let from = (0..=*stage).rev().find(|s| *s == 0 || !grown[*s]).unwrap();
            let names = |of: &mandate_disclosure::PublishedTable| -> Vec<String> {
                of.dimensions()
                    .iter()
                    .map(|d| d.name().to_owned())
                    .collect()
            };
            let mut of_tables = Vec::new();
            for table in &publication.tables {
                let mine = names(table);
                let coarse = publication.tables.iter().any(|other| {
                    let theirs = names(other);
                    theirs.len() > mine.len() && mine.iter().all(|n| theirs.contains(n))
                });
                let mut of_cells = Vec::new();
                for (codes, cell) in table.cells() {
                    let mut sum = Vec::new();
                    for at in 0..joint {
                        let mut rest = at;
                        let inside = dimensions.iter().zip(&leaves).all(|((name, _), leaves)| {
                            let leaf = leaves[rest % leaves.len()];
                            rest /= leaves.len();
                            let place = mine.iter().position(|n| n == name);
                            place.is_none_or(|p| is_in(&table.dimensions()[p], leaf, codes[p]))
                        });
                        if inside {
                            sum.extend((from..=*stage).map(|s| s * joint + at));
                        }
                    }
                    let told: Vec<&Dimension> = table
                        .dimensions()
                        .iter()
                        .zip(&codes)
                        .filter(|(d, code)| **code != d.total())
                        .map(|(d, _)| d)
                        .collect();
                    let least = match &publication.terms.zeros {
                        Zeros::Shown => 1.0,
                        Zeros::Withheld => 0.0,
                        Zeros::WithheldAlong(names) => f64::from(u8::from(
                            !told.iter().any(|d| names.iter().any(|n| n == d.name())),
                        )),
                    };
                    let is_finest = !coarse
                        && table
                            .dimensions()
                            .iter()
                            .zip(&codes)
                            .all(|(d, code)| finest(d).contains(code));
                    let n = publication.terms.threshold as f64;
                    let (low, high) = match cell {
                        Cell::Shown(0) => (0.0, 0.0),
                        _ if zeros_only => (least, f64::INFINITY),
                        Cell::Shown(n) => (n as f64, n as f64),
                        Cell::FewerThan(n) => (least, n as f64 - 1.0),
                        Cell::Withheld
                            if publication.terms.words == Words::FewerThan && is_finest =>
                        {
                            (n, f64::INFINITY)
                        }
                        Cell::Withheld => (least, f64::INFINITY),
                        Cell::Rounded(to) => {
                            let within = publication.terms.rounded_within.unwrap_or(1) as f64 - 1.0;
                            ((to as f64 - within).max(0.0), to as f64 + within)
                        }
                    };
                    if high == 0.0 {
                        for unknown in &sum {
                            nobody[*unknown] = true;
                        }
                    }
                    limits.push((sum.clone(), low, high));
                    of_cells.push(sum);
                }
                of_tables.push(of_cells);
            }
            cells.push(of_tables);
        }
        for (sum, low, high) in limits {
            let terms: Vec<(usize, f64)> = sum
                .iter()
                .filter(|u| !nobody[**u])
                .map(|u| (*u, 1.0))
                .collect();
            if low == high {
                if !terms.is_empty() {
                    equations.push((terms, low));
                }
                continue;
            }
            if low > 0.0 {
                let mut line = terms.clone();
                line.push((columns, -1.0));
                columns += 1;
                equations.push((line, low));
            }
            if high.is_finite() {
                let mut line = terms;
                line.push((columns, 1.0));
                columns += 1;
                equations.push((line, high));
            }
        }
        // Where nobody is, nothing is unknown.
        nobody.resize(columns, false);
        let mut number = vec![None; columns];
        let mut left = 0;
        for (unknown, gone) in nobody.iter().enumerate() {
            if !gone {
                number[unknown] = Some(left);
                left += 1;
            }
        }
        for (terms, _) in &mut equations {
            for (column, _) in terms {
                *column = number[*column].unwrap();
            }
        }
        Self {
            tableau: Tableau::new(left, &equations),
            columns: left,
            number,
            cells,
        }
    }

    /// True if no counts at all agree with what was published: a mistake of the attacker or of the office.
    pub fn impossible(&self) -> bool {
        self.tableau.is_none()
    }

    /// The counts that a sum of unknowns, less another, can have.
    pub fn interval(&mut self, plus: &[usize], minus: &[usize]) -> Interval {
        let mut cost = vec![0.0; self.columns];
        for unknown in plus.iter().filter_map(|u| self.number[*u]) {
            cost[unknown] += 1.0;
        }
        for unknown in minus.iter().filter_map(|u| self.number[*u]) {
            cost[unknown] -= 1.0;
        }
        let Some(tableau) = &mut self.tableau else {
            return (0.0, 0.0);
        };
        let least = tableau
            .minimise(&cost)
            .map_or(f64::NEG_INFINITY, |v| (v - 1e-5).ceil());
        for factor in &mut cost {
            *factor = -*factor;
        }
        let most = tableau
            .minimise(&cost)
            .map_or(f64::INFINITY, |v| (-v + 1e-5).floor());
        (least, most)
    }
}
