//! Peeling: the sum over all alleles of all people, one variable at a time.
//!
//! Every copy of a gene is a variable (its allele), and so is every choice a meiosis makes between the two copies of a
//! parent. Founders' frequencies, meioses and observations are tables over few variables. A variable is summed out by
//! multiplying the tables that name it; the one that leaves the smallest table goes next. On pedigrees without loops this is
//! the order of Elston & Stewart (1971, *Human Heredity* 21:523), from the edges of the family inwards; loops and inbreeding
//! only make some tables larger (Cannings, Thompson & Skolnick 1978, *Advances in Applied Probability* 10:26; Lauritzen &
//! Sheehan 2003, *Statistical Science* 18:489). Nothing is approximated: what does not fit into memory is an error.

use crate::error::Result;
use crate::mutation::Matrix;
use crate::problem::Problem;
use crate::scaled::{Scaled, power_of_two_below, two_to};

/// The most numbers that one table may hold (half a gigabyte).
const LARGEST_TABLE: f64 = 67_108_864.0;
/// The most multiplications that one variable may take.
const LARGEST_SUM: f64 = 2e10;
/// A meiosis with at most this many combinations becomes one table; others are split by the choice of copy.
const SMALL_MEIOSIS: usize = 64;

/// A table over variables in ascending order, the last running fastest.
struct Table {
    variables: Vec<usize>,
    values: Vec<f64>,
}

/// The likelihood of a problem.
pub(crate) fn likelihood(problem: &Problem) -> Result<Scaled> {
    let Some(mut network) = Network::of(problem, true) else {
        return Ok(Scaled::ZERO);
    };
    let plan = network.plan(&[]);
    Ok(match network.sum_out(problem, &plan)? {
        Some(()) => Scaled::new(network.constant, network.exponent),
        None => Scaled::ZERO,
    })
}

/// How many multiplications [`likelihood`] takes, about. Infinite if it is too large.
pub(crate) fn work(problem: &Problem) -> f64 {
    Network::of(problem, true).map_or(0.0, |network| work_of(&network.plan(&[])))
}

fn work_of(plan: &[Elimination]) -> f64 {
    if plan
        .iter()
        .any(|step| step.table > LARGEST_TABLE || step.work > LARGEST_SUM)
    {
        return f64::INFINITY;
    }
    plan.iter().map(|step| step.work).sum()
}

/// The probability of everything seen given the founders' genes, which stay.
pub(crate) struct GivenFounders {
    network: Network,
    plan: Vec<Elimination>,
    genes: Vec<usize>,
}

impl GivenFounders {
    /// `None` if somebody's observation is impossible.
    pub(crate) fn of(problem: &Problem) -> Option<Self> {
        let network = Network::of(problem, false)?;
        let genes: Vec<usize> = (0..2 * problem.people.len())
            .filter(|gene| problem.people[gene / 2].parents.is_none())
            .filter(|gene| network.sizes[*gene] > 0)
            .collect();
        let plan = network.plan(&genes);
        Some(Self {
            network,
            plan,
            genes,
        })
    }

    /// How many numbers the table has.
    pub(crate) fn size(&self) -> f64 {
        self.genes
            .iter()
            .map(|gene| as_float(self.network.sizes[*gene]))
            .product()
    }

    /// How many multiplications it takes, about. Infinite if that is too many.
    pub(crate) fn work(&self) -> f64 {
        work_of(&self.plan) + self.size() * as_float(self.genes.len())
    }

    /// By gene, the alleles that it can be.
    pub(crate) fn domains(&self) -> Vec<Vec<usize>> {
        self.genes
            .iter()
            .map(|gene| self.network.domains[*gene].clone())
            .collect()
    }

    /// The table, the last gene running fastest, and the power of two that it is to be multiplied by. `None` if the data
    /// are impossible.
    pub(crate) fn table(mut self, problem: &Problem) -> Result<Option<(Vec<f64>, i64)>> {
        if self.network.sum_out(problem, &self.plan)?.is_none() {
            return Ok(None);
        }
        let mut sizes = self.network.sizes;
        sizes.push(1);
        let nothing = sizes.len() - 1;
        let mut values = product_sum(&self.network.tables, nothing, &self.genes, &sizes);
        for value in &mut values {
            *value *= self.network.constant;
        }
        Ok(Some((values, self.network.exponent)))
    }
}

/// The joint probability of everything seen and each genotype of the person asked for: by rows the allele from the father,
/// by columns that from the mother; one row for one copy. To be multiplied by two to the power of the second result. All 0
/// if the data are impossible.
pub(crate) fn joint(problem: &Problem) -> Result<(Vec<f64>, i64)> {
    let size = problem.size();
    let asked = problem.asked.unwrap_or(0);
    let rows = if problem
        .people
        .get(asked)
        .is_some_and(|person| person.haploid)
    {
        1
    } else {
        size
    };
    let mut out = vec![0.0; rows * size];
    let Some(mut network) = Network::of(problem, true) else {
        return Ok((out, 0));
    };
    let plan = network.plan(&[2 * asked, 2 * asked + 1]);
    if network.sum_out(problem, &plan)?.is_none() {
        return Ok((out, 0));
    }
    let (father, mother) = (2 * asked, 2 * asked + 1);
    let paternal = if rows == 1 {
        vec![0]
    } else {
        network.domains[father].clone()
    };
    for (x, &row) in paternal.iter().enumerate() {
        for (y, &column) in network.domains[mother].iter().enumerate() {
            let mut value = network.constant;
            for table in &network.tables {
                let mut at = 0;
                for variable in &table.variables {
                    at = at * network.sizes[*variable] + if *variable == father { x } else { y };
                }
                value *= table.values[at];
            }
            out[row * size + column] = value;
        }
    }
    Ok((out, network.exponent))
}

/// One variable summed out.
struct Elimination {
    variable: usize,
    /// Those with which it stands in a table.
    others: Vec<usize>,
    /// How large the table is that takes the place of theirs.
    table: f64,
    /// How many multiplications that takes.
    work: f64,
}

struct Network {
    /// By variable, the alleles that it can be. Empty for choices of copies and for genes that do not exist.
    domains: Vec<Vec<usize>>,
    sizes: Vec<usize>,
    tables: Vec<Table>,
    constant: f64,
    exponent: i64,
}

impl Network {
    /// The tables of a problem, with the founders' frequencies or without; `None` if somebody's observation is impossible.
    fn of(problem: &Problem, frequencies: bool) -> Option<Self> {
        let people = &problem.people;
        let size = problem.size();
        let mut domains: Vec<Vec<usize>> = vec![Vec::new(); 2 * people.len()];
        for (at, person) in people.iter().enumerate() {
            let copies = if person.haploid { 1 } else { 2 };
            for side in 0..copies {
                let possible = |allele: usize| {
                    match &person.terms {
                    None => true,
                    Some(terms) => terms.iter().any(|term| if side == 0 { term.u[allele] } else { term.v[allele] } > 0.0),
                }
                };
                // A man's only copy on X is that from his mother.
                let variable = if person.haploid {
                    2 * at + 1
                } else {
                    2 * at + side
                };
                domains[variable] = (0..size).filter(|allele| possible(*allele)).collect();
                if domains[variable].is_empty() {
                    return None;
                }
            }
        }
        let sizes = domains.iter().map(Vec::len).collect();
        let mut network = Self {
            domains,
            sizes,
            tables: Vec::new(),
            constant: 1.0,
            exponent: 0,
        };
        for (at, person) in people.iter().enumerate() {
            let (paternal, maternal) = (2 * at, 2 * at + 1);
            match person.parents {
                None if !frequencies => {}
                None => {
                    for gene in [paternal, maternal] {
                        let values: Vec<f64> = network.domains[gene]
                            .iter()
                            .map(|allele| problem.frequencies[*allele])
                            .collect();
                        if !values.is_empty() {
                            network.add(vec![gene], values);
                        }
                    }
                }
                Some((father, mother)) => {
                    if !person.haploid {
                        network.meiosis(
                            paternal,
                            father,
                            people[father].haploid,
                            problem.passing(father, true),
                        );
                    }
                    network.meiosis(
                        maternal,
                        mother,
                        people[mother].haploid,
                        problem.passing(mother, false),
                    );
                }
            }
            if let Some(terms) = &person.terms {
                let first = if person.haploid { maternal } else { paternal };
                let mut values = Vec::new();
                for &x in &network.domains[first] {
                    if person.haploid {
                        values.push(crate::emission::value(terms, x, usize::MAX));
                    } else {
                        values.extend(
                            network.domains[maternal]
                                .iter()
                                .map(|y| crate::emission::value(terms, x, *y)),
                        );
                    }
                }
                network.add(
                    if person.haploid {
                        vec![maternal]
                    } else {
                        vec![paternal, maternal]
                    },
                    values,
                );
            }
        }
        Some(network)
    }

    fn add(&mut self, variables: Vec<usize>, values: Vec<f64>) {
        self.tables.push(Table { variables, values });
    }

    /// One gene of a child from a parent. Parents stand before children, so variables ascend.
    fn meiosis(&mut self, child: usize, parent: usize, haploid: bool, matrix: &Matrix) {
        let (first, second) = (2 * parent, 2 * parent + 1);
        let pass = |network: &Self, gene: usize| -> Vec<f64> {
            let to = &network.domains[child];
            network.domains[gene]
                .iter()
                .flat_map(|from| to.iter().map(|to| matrix.at(*from, *to)))
                .collect()
        };
        if haploid {
            let values = pass(self, second);
            return self.add(vec![second, child], values);
        }
        let combinations = self.sizes[first] * self.sizes[second] * self.sizes[child];
        if combinations <= SMALL_MEIOSIS {
            let mut values = Vec::with_capacity(combinations);
            for &x in &self.domains[first] {
                for &y in &self.domains[second] {
                    values.extend(
                        self.domains[child]
                            .iter()
                            .map(|to| 0.5 * (matrix.at(x, *to) + matrix.at(y, *to))),
                    );
                }
            }
            return self.add(vec![first, second, child], values);
        }
        let choice = self.sizes.len();
        self.sizes.push(2);
        self.domains.push(Vec::new());
        for (chosen, gene) in [first, second].into_iter().enumerate() {
            // Half of the table passes the gene on with its half of the probability; the other half says nothing.
            let mut values = Vec::with_capacity(2 * self.sizes[gene] * self.sizes[child]);
            for value in pass(self, gene) {
                let pair = if chosen == 0 {
                    [0.5 * value, 1.0]
                } else {
                    [1.0, 0.5 * value]
                };
                values.extend(pair);
            }
            self.add(vec![gene, child, choice], values);
        }
    }

    /// Sums out every variable of a plan. `None` if the data are impossible.
    fn sum_out(&mut self, problem: &Problem, plan: &[Elimination]) -> Result<Option<()>> {
        for step in plan {
            if step.table > LARGEST_TABLE || step.work > LARGEST_SUM {
                return Err(problem
                    .too_large("the family is tied together too closely for this many alleles"));
            }
            if !self.eliminate(step.variable, &step.others) {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }

    /// In which order all variables but those that are kept are summed out, up to the first that takes too much.
    fn plan(&self, kept: &[usize]) -> Vec<Elimination> {
        let count = self.sizes.len();
        let words = count.div_ceil(64);
        let mut neighbours = vec![vec![0_u64; words]; count];
        for table in &self.tables {
            for &one in &table.variables {
                for &other in table.variables.iter().filter(|other| **other != one) {
                    neighbours[one][other / 64] |= 1 << (other % 64);
                }
            }
        }
        let mut left: Vec<usize> = (0..count)
            .filter(|variable| self.sizes[*variable] > 0 && !kept.contains(variable))
            .collect();
        let size_of =
            |set: &[u64]| -> f64 { members(set).map(|at| as_float(self.sizes[at])).product() };
        let mut costs: Vec<f64> = (0..count)
            .map(|variable| size_of(&neighbours[variable]))
            .collect();
        let mut plan = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let cheapest = |one: &usize, other: &usize| {
                let key = |variable: usize| {
                    (
                        costs[left[variable]],
                        costs[left[variable]] * as_float(self.sizes[left[variable]]),
                    )
                };
                let ((a, b), (c, d)) = (key(*one), key(*other));
                a.total_cmp(&c).then(b.total_cmp(&d))
            };
            let Some(at) = (0..left.len()).min_by(cheapest) else {
                break;
            };
            let variable = left.remove(at);
            let others: Vec<usize> = members(&neighbours[variable]).collect();
            let set = neighbours[variable].clone();
            for &other in &others {
                for (word, of_set) in neighbours[other].iter_mut().zip(&set) {
                    *word |= of_set;
                }
                neighbours[other][variable / 64] &= !(1 << (variable % 64));
                neighbours[other][other / 64] &= !(1 << (other % 64));
                costs[other] = size_of(&neighbours[other]);
            }
            let step = Elimination {
                variable,
                others,
                table: costs[variable],
                work: costs[variable] * as_float(self.sizes[variable]),
            };
            let too_much = step.table > LARGEST_TABLE;
            plan.push(step);
            if too_much {
                break;
            }
        }
        plan
    }

    /// Replaces all tables with `variable` by their product summed over it. `false` if that is 0 everywhere.
    fn eliminate(&mut self, variable: usize, others: &[usize]) -> bool {
        let (mine, rest): (Vec<Table>, Vec<Table>) = std::mem::take(&mut self.tables)
            .into_iter()
            .partition(|table| table.variables.contains(&variable));
        self.tables = rest;
        let mut values = product_sum(&mine, variable, others, &self.sizes);
        let largest = values.iter().copied().fold(0.0, f64::max);
        if largest == 0.0 {
            return false;
        }
        let shift = power_of_two_below(largest);
        if shift.abs() > 100 {
            values.iter_mut().for_each(|value| *value *= two_to(-shift));
            self.exponent += i64::from(shift);
        }
        if others.is_empty() {
            self.constant *= values[0];
            let shift = power_of_two_below(self.constant);
            self.constant *= two_to(-shift);
            self.exponent += i64::from(shift);
        } else {
            self.tables.push(Table {
                variables: others.to_vec(),
                values,
            });
        }
        true
    }
}

/// The product of tables over `variable` and `others`, summed over `variable`.
fn product_sum(tables: &[Table], variable: usize, others: &[usize], sizes: &[usize]) -> Vec<f64> {
    let whole: usize = others.iter().map(|other| sizes[*other]).product();
    let mut out = Vec::with_capacity(whole);
    // How far each table's place moves with each of the others, and with the variable itself.
    let strides: Vec<(Vec<usize>, usize)> = tables
        .iter()
        .map(|table| {
            let stride = |of: usize| match table.variables.iter().position(|one| *one == of) {
                None => 0,
                Some(at) => table.variables[at + 1..]
                    .iter()
                    .map(|one| sizes[*one])
                    .product(),
            };
            (
                others.iter().map(|other| stride(*other)).collect(),
                stride(variable),
            )
        })
        .collect();
    let mut places = vec![0_usize; tables.len()];
    let mut counter = vec![0_usize; others.len()];
    for _ in 0..whole {
        let mut sum = 0.0;
        for value in 0..sizes[variable] {
            let mut product = 1.0;
            for ((table, place), (_, stride)) in tables.iter().zip(&places).zip(&strides) {
                product *= table.values[place + value * stride];
            }
            sum += product;
        }
        out.push(sum);
        for at in (0..others.len()).rev() {
            counter[at] += 1;
            if counter[at] < sizes[others[at]] {
                for (place, (stride, _)) in places.iter_mut().zip(&strides) {
                    *place += stride[at];
                }
                break;
            }
            for (place, (stride, _)) in places.iter_mut().zip(&strides) {
                *place -= stride[at] * (counter[at] - 1);
            }
            counter[at] = 0;
        }
    }
    out
}

fn members(set: &[u64]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(at, word)| {
        let mut word = *word;
        std::iter::from_fn(move || {
            (word != 0).then(|| {
                let bit = word.trailing_zeros() as usize;
                word &= word - 1;
                64 * at + bit
            })
        })
    })
}

#[expect(clippy::cast_precision_loss, reason = "sizes of tables are estimated")]
fn as_float(number: usize) -> f64 {
    number as f64
}
