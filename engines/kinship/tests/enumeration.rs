//! Every likelihood against the plain sum over all genotypes of all people, on random small families with loops,
//! inbreeding, mutation, theta, silent alleles, drop-out, drop-in and typing errors.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_kinship::{
    Kind, Locus, Mutation, MutationModel, Observation, Pedigree, Profile, Quality, Row, Sex,
    likelihood,
};
use proptest::prelude::*;

/// A small generator, so that a family is told by one number.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn coin(&mut self, heads: f64) -> bool {
        self.share() < heads
    }
}

fn random_family(dice: &mut Dice, people: usize) -> Pedigree {
    let mut rows: Vec<Row> = Vec::new();
    for at in 0..people {
        let sex = match at {
            0 => Sex::Male,
            1 => Sex::Female,
            _ => [Sex::Male, Sex::Female][dice.below(2)],
        };
        let id = format!("p{at}");
        let of = |sex: Sex| -> Vec<String> {
            rows.iter()
                .filter(|row| row.sex == sex)
                .map(|row| row.id.clone())
                .collect()
        };
        let (men, women) = (of(Sex::Male), of(Sex::Female));
        let row = if at < 2 || dice.coin(0.2) {
            Row::founder(&id, sex)
        } else {
            let mut row = Row::child(
                &id,
                sex,
                &men[dice.below(men.len())],
                &women[dice.below(women.len())],
            );
            if at < 3 && dice.coin(0.2) {
                row.mother = None;
            }
            row
        };
        rows.push(row);
    }
    // The order in which people are named must not matter.
    for at in (1..rows.len()).rev() {
        rows.swap(at, dice.below(at + 1));
    }
    Pedigree::with_unnamed_parents(&rows).unwrap()
}

fn random_model(dice: &mut Dice) -> MutationModel {
    match dice.below(6) {
        0 => MutationModel::None,
        1 => MutationModel::Equal { rate: 0.02 },
        2 => MutationModel::Proportional { rate: 0.01 },
        3 => MutationModel::Stepwise {
            rate: 0.02,
            rate2: 0.003,
            range: 0.2,
        },
        4 => MutationModel::StepwiseByOrder {
            rate: 0.03,
            range: 0.4,
        },
        _ => MutationModel::StepwiseStationary {
            rate: 0.01,
            range: 0.3,
        },
    }
}

fn random_locus(dice: &mut Dice, kind: Kind) -> Locus {
    let visible = 2 + dice.below(3);
    let silent = visible < 4 && dice.coin(0.3);
    let weights: Vec<f64> = (0..visible).map(|_| 0.1 + dice.share()).collect();
    let whole: f64 = weights.iter().sum();
    let labels = ["8", "9", "9.3", "10"];
    let alleles: Vec<_> = labels
        .iter()
        .zip(&weights)
        .map(|(label, one)| ((*label).to_owned(), one / whole))
        .collect();
    let mutation = Mutation {
        female: random_model(dice),
        male: random_model(dice),
    };
    let locus = Locus::new("L", kind, &alleles).unwrap();
    let locus = if silent {
        locus.with_silent(0.07, true).unwrap()
    } else {
        locus
    };
    locus.with_mutation(mutation).unwrap()
}

fn random_profile(dice: &mut Dice, locus: &Locus, haploid: bool) -> Profile {
    let allele = |dice: &mut Dice| locus.labels()[dice.below(locus.labels().len())].clone();
    let first = allele(dice);
    let observation = match dice.below(5) {
        0 => Observation::One(first),
        _ if haploid => Observation::Pair(first.clone(), first),
        _ => Observation::Pair(first, allele(dice)),
    };
    let mut profile = Profile::new("sample").with("L", observation);
    if dice.coin(0.4) {
        profile.quality = Quality {
            drop_out: 0.3 * dice.share(),
            drop_in: if dice.coin(0.5) { 0.1 } else { 0.0 },
            typing_error: if dice.coin(0.3) { 0.02 } else { 0.0 },
        };
    }
    profile
}

/// The probability that a genotype of one or two copies shows as it was seen, by going through all that can happen.
fn shows(locus: &Locus, profile: &Profile, copies: &[usize]) -> f64 {
    let silent = locus.labels().len();
    let visible: f64 = locus.frequencies().iter().sum();
    let Quality {
        drop_out,
        drop_in,
        typing_error,
    } = profile.quality;
    let event = |copies: &[usize]| -> f64 {
        let mut sum = 0.0;
        for seen in 0..1_usize << copies.len() {
            for extra in std::iter::once(None).chain((0..silent).map(Some)) {
                let mut probability = match extra {
                    None => 1.0 - drop_in,
                    Some(allele) => drop_in * locus.frequencies()[allele] / visible,
                };
                let mut set: Vec<usize> = extra.into_iter().collect();
                for (at, &allele) in copies.iter().enumerate() {
                    let is_seen = seen >> at & 1 == 1;
                    probability *= match (allele == silent, is_seen) {
                        (true, true) => 0.0,
                        (true, false) => 1.0,
                        (false, true) => 1.0 - drop_out,
                        (false, false) => drop_out,
                    };
                    if is_seen {
                        set.push(allele);
                    }
                }
                set.sort_unstable();
                set.dedup();
                let place = |label: &String| locus.place(label).unwrap();
                let fits = match profile.at("L") {
                    Observation::Nothing => true,
                    Observation::One(only) => set.contains(&place(only)),
                    Observation::Pair(a, b) => {
                        let mut want = vec![place(a), place(b)];
                        want.sort_unstable();
                        want.dedup();
                        set == want
                    }
                };
                if fits {
                    sum += probability;
                }
            }
        }
        sum
    };
    let mut random = 0.0;
    if typing_error > 0.0 {
        let mut all = locus.frequencies().to_vec();
        all.push(locus.silent());
        for (x, p) in all.iter().enumerate() {
            if copies.len() == 1 {
                random += p * event(&[x]);
            } else {
                for (y, q) in all.iter().enumerate() {
                    random += p * q * event(&[x, y]);
                }
            }
        }
    }
    (1.0 - typing_error) * event(copies) + typing_error * random
}

struct Sum<'s> {
    pedigree: &'s Pedigree,
    locus: &'s Locus,
    /// By person, the probability of what was seen for each genotype by its number.
    seen: Vec<(usize, Vec<f64>)>,
    theta: f64,
    size: usize,
    genotype: Vec<Vec<usize>>,
    drawn: Vec<usize>,
}

impl Sum<'_> {
    fn founder(&self, allele: usize) -> f64 {
        let frequency = self
            .locus
            .frequencies()
            .get(allele)
            .copied()
            .unwrap_or(self.locus.silent());
        let all: usize = self.drawn.iter().sum();
        let theta = self.theta;
        if all == 0 {
            return frequency;
        }
        (self.drawn[allele] as f64 * theta + (1.0 - theta) * frequency)
            / (1.0 + (all as f64 - 1.0) * theta)
    }

    fn passed(&self, parent: usize, to: usize) -> f64 {
        let copies = &self.genotype[parent];
        let matrix = if self.pedigree.members()[parent].sex == Sex::Male {
            self.locus.from_father()
        } else {
            self.locus.from_mother()
        };
        let one = |from: usize| {
            if self.pedigree.is_unnamed(parent) {
                f64::from(u8::from(from == to))
            } else {
                matrix.at(from, to)
            }
        };
        copies.iter().map(|from| one(*from)).sum::<f64>() / copies.len() as f64
    }

    fn from(&mut self, at: usize) -> f64 {
        let Some(&person) = self.pedigree.ancestors_first().get(at) else {
            return 1.0;
        };
        let member = &self.pedigree.members()[person];
        let copies = if self.locus.kind() == Kind::X && member.sex == Sex::Male {
            1
        } else {
            2
        };
        let mut sum = 0.0;
        for code in 0..self.size.pow(copies) {
            let alleles: Vec<usize> = (0..copies)
                .map(|at| code / self.size.pow(at) % self.size)
                .collect();
            let mut probability = 1.0;
            let before = self.drawn.clone();
            match member.parents {
                None => {
                    for &allele in &alleles {
                        probability *= self.founder(allele);
                        self.drawn[allele] += 1;
                    }
                }
                Some((father, mother)) => {
                    let from = if copies == 1 {
                        vec![mother]
                    } else {
                        vec![father, mother]
                    };
                    for (&allele, parent) in alleles.iter().zip(from) {
                        probability *= self.passed(parent, allele);
                    }
                }
            }
            for (_, shown) in self.seen.iter().filter(|(place, _)| *place == person) {
                probability *= shown[code];
            }
            if probability > 0.0 {
                self.genotype[person] = alleles;
                sum += probability * self.from(at + 1);
            }
            self.drawn = before;
        }
        sum
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_likelihood_is_the_sum_over_all_genotypes(seed in any::<u64>()) {
        let dice = &mut Dice(seed);
        let kind = if dice.coin(0.25) { Kind::X } else { Kind::Autosomal };
        let locus = random_locus(dice, kind);
        let size = locus.labels().len() + usize::from(locus.silent() > 0.0);
        // The plain sum is kept below some hundred thousand terms.
        let most = [8, 6, 5][size - 2];
        let people = 3 + dice.below(most - 2);
        let pedigree = random_family(dice, people);
        let theta = if dice.coin(0.5) { 0.2 * dice.share() + 1e-6 } else { 0.0 };
        let mut typed: Vec<(usize, Profile)> = Vec::new();
        for (at, member) in pedigree.members().iter().enumerate().filter(|(at, _)| !pedigree.is_unnamed(*at)) {
            let haploid = kind == Kind::X && member.sex == Sex::Male;
            for chance in [0.6, 0.1] {
                if dice.coin(chance) {
                    typed.push((at, random_profile(dice, &locus, haploid)));
                }
            }
        }
        let seen = typed.iter().map(|(place, profile)| {
            let copies = if kind == Kind::X && pedigree.members()[*place].sex == Sex::Male { 1 } else { 2 };
            let genotype = |code: usize| -> Vec<usize> { (0..copies).map(|at| code / size.pow(at) % size).collect() };
            (*place, (0..size.pow(copies)).map(|code| shows(&locus, profile, &genotype(code))).collect())
        }).collect();
        let mut sum = Sum {
            pedigree: &pedigree, locus: &locus, seen, theta, size,
            genotype: vec![Vec::new(); pedigree.len()], drawn: vec![0; size],
        };
        let want = sum.from(0);
        let given: Vec<_> = typed.iter().map(|(at, profile)| (*at, profile)).collect();
        let got = likelihood(&pedigree, &given, &locus, theta).unwrap().value();
        if want == 0.0 {
            prop_assert_eq!(got, 0.0);
        } else {
            prop_assert!((got / want - 1.0).abs() < 1e-11, "{} is not {} ({:e})", got, want, got / want - 1.0);
        }
        // With a little theta, the urn's way must agree with peeling.
        let nearly = likelihood(&pedigree, &given, &locus, 1e-11).unwrap().value();
        let peeled = likelihood(&pedigree, &given, &locus, 0.0).unwrap().value();
        if peeled > 0.0 {
            prop_assert!((nearly / peeled - 1.0).abs() < 1e-6);
        }
    }
}
