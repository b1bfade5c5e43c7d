//! Log-linear models: closed forms where there are, published figures, refusals, and lists that share nobody.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_estimation::loglinear::{Flaw, SparseOptions, estimate, fit, notation, sparse};
use mandate_estimation::simulate::{Dependence, Population};
use mandate_estimation::{CaptureTable, Error};
use proptest::prelude::*;

fn three(counts: &[u64; 8]) -> CaptureTable {
    CaptureTable::from_ordered(["A", "B", "C"], counts).unwrap()
}

/// Hepatitis A in a college of Taiwan, three lists, 271 people (Chao and others 1997), in the order 000, 001, … 111.
fn hepatitis() -> CaptureTable {
    three(&[0, 63, 55, 18, 69, 17, 21, 28])
}

const AB: u32 = 0b011;
const AC: u32 = 0b101;
const BC: u32 = 0b110;

fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-6 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

#[test]
fn models_of_three_lists_have_their_closed_forms() {
    let table = hepatitis();
    let missing = |terms: &[u32]| fit(&table, terms).unwrap().total.value - 271.0;
    // A and B together against C: Lincoln and Petersen.
    close(
        missing(&[AB]),
        63.0 * (69.0 + 55.0 + 21.0) / (17.0 + 18.0 + 28.0),
    );
    // A and B independent given C: from those on C's absence alone.
    close(missing(&[AC, BC]), 69.0 * 55.0 / 21.0);
    // All pairs: the published 1,313 in all.
    let all = 28.0 * 69.0 * 55.0 * 63.0 / (21.0 * 17.0 * 18.0);
    close(missing(&[AB, AC, BC]), all);
    assert_eq!((271.0 + all).round(), 1_313.0);
    // As many parameters as patterns: the fit is exact, and nothing is left of the deviance.
    let whole = fit(&table, &[AB, AC, BC]).unwrap();
    let exact: f64 = table
        .patterns()
        .map(|(_, n)| n as f64 * (n as f64).ln() - n as f64 - libm::lgamma(n as f64 + 1.0))
        .sum();
    close(whole.log_likelihood, exact);
    close(whole.aic, 14.0 - 2.0 * exact);
    close(whole.bic, 7.0 * 271.0_f64.ln() - 2.0 * exact);
}

#[test]
fn the_variance_of_two_independent_lists_is_the_classical_one() {
    // N = n1 n2 / m; the variance of the number missing by the delta method is n0 (1 + n0 (1/n10 + 1/n01 + 1/n11)).
    let table = CaptureTable::from_ordered(["A", "B"], &[0, 240, 140, 60]).unwrap();
    let found = fit(&table, &[]).unwrap();
    close(found.total.value, 200.0 * 300.0 / 60.0);
    let missing = 560.0_f64;
    let variance = missing + missing * missing * (1.0 / 240.0 + 1.0 / 140.0 + 1.0 / 60.0);
    let spread = (1.959_964 * (variance / missing / missing).ln_1p().sqrt()).exp();
    close(found.total.upper, 440.0 + missing * spread);
    close(found.total.lower, 440.0 + missing / spread);
}

#[test]
fn the_average_lies_among_its_models_and_its_interval_is_wider_than_the_best_ones() {
    let answer = estimate(&hepatitis()).unwrap();
    assert_eq!((answer.fitted, answer.exhaustive), (8, true));
    for averaged in [&answer.aic, &answer.bic] {
        let sum: f64 = averaged.best.iter().map(|(_, weight)| weight).sum();
        close(sum, 1.0);
        let totals = averaged.best.iter().map(|(fit, _)| fit.total.value);
        let (low, high) = totals.fold((f64::MAX, 0.0_f64), |(l, h), t| (l.min(t), h.max(t)));
        assert!(averaged.total.value > low && averaged.total.value < high);
        let best = averaged.best[0].0.total;
        assert!(averaged.total.upper - averaged.total.lower > best.upper - best.lower);
    }
}

#[test]
fn the_truth_of_an_invented_population_is_in_the_interval_if_the_model_is_among_those_fitted() {
    let pair = Dependence {
        first: 0,
        second: 2,
        odds_ratio: 4.0,
    };
    let population = Population::dependent(&[0.3, 0.25, 0.2, 0.3], &[pair]).unwrap();
    let (mut held, times) = (0, 40);
    for seed in 0..times {
        let table = population.draw(3_000, seed).unwrap();
        let total = estimate(&table).unwrap().bic.total;
        held += u64::from(total.lower < 3_000.0 && total.upper > 3_000.0);
        let best = &estimate(&table).unwrap().bic.best[0].0;
        assert!(notation(&best.terms, table.names()).contains("List 1"));
    }
    assert!(held >= 34, "{held} of {times}");
}

#[test]
fn seven_lists_are_searched_and_find_the_pair_that_depends() {
    let pair = Dependence {
        first: 1,
        second: 5,
        odds_ratio: 6.0,
    };
    let population = Population::dependent(&[0.2; 7], &[pair]).unwrap();
    let table = population.draw(4_000, 5).unwrap();
    let answer = estimate(&table).unwrap();
    assert!(!answer.exhaustive);
    assert!(answer.bic.best[0].0.terms.contains(&0b10_0010));
    let total = answer.bic.total;
    assert!(total.lower < 4_000.0 && total.upper > 4_000.0, "{total:?}");
}

#[test]
fn models_that_say_nothing_are_refused_by_name() {
    // Nobody on all three, nobody on A and B alone: the estimate of the model of all pairs is 0/0 or infinite.
    let table = three(&[0, 50, 40, 10, 30, 5, 0, 0]);
    let refused = |terms: &[u32]| match fit(&table, terms) {
        Err(Error::Model { flaw }) => Some(flaw),
        _ => None,
    };
    // With A and B at minus infinity, B and C alone decide: a finite estimate.
    assert_eq!(refused(&[AB]), None);
    // Then every pattern left is a parameter of its own, and the empty one is free.
    assert_eq!(refused(&[AB, AC, BC]), Some(Flaw::NotIdentified));
    // A list that shares nobody with any other: its people say nothing, and the independence model sends the total to
    // infinity only where nobody at all is on two lists.
    let apart = three(&[0, 50, 40, 0, 30, 0, 0, 0]);
    assert!(matches!(
        fit(&apart, &[]),
        Err(Error::Model {
            flaw: Flaw::NoEstimate
        })
    ));
    assert_eq!(estimate(&apart).unwrap_err(), Error::NoModel);
    assert!(fit(&table, &[0b111]).is_err() && fit(&table, &[0b1]).is_err());
}

#[test]
fn a_pair_of_lists_without_anybody_in_common_goes_to_minus_infinity_and_is_still_counted() {
    let table = three(&[0, 120, 80, 30, 90, 25, 0, 0]);
    let found = fit(&table, &[AB]).unwrap();
    assert_eq!((found.empty.as_slice(), found.parameters), (&[AB][..], 5));
    // What is left is Lincoln and Petersen of C against the others.
    close(found.total.value - 345.0, 120.0 * 170.0 / 55.0);
    let options = SparseOptions {
        resamples: 200,
        ..SparseOptions::default()
    };
    let answer = sparse(&table, &options).unwrap();
    assert_eq!(answer.fit.empty, [AB]);
    assert!(answer.total.lower < answer.total.value && answer.total.value < answer.total.upper);
}

#[test]
fn resampling_gives_the_same_bits_at_any_number_of_threads() {
    let options = SparseOptions {
        resamples: 100,
        seed: 4,
        ..SparseOptions::default()
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            (
                sparse(&hepatitis(), &options).unwrap(),
                estimate(&hepatitis()).unwrap(),
            )
        })
    };
    assert_eq!(on(1), on(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_table_has_models_above_those_observed_or_none(
        counts in proptest::collection::vec(prop_oneof![3 => Just(0_u64), 2 => 1_u64..4, 2 => 1_u64..500], 15),
    ) {
        let mut all = vec![0];
        all.extend(counts);
        if let Ok(table) = CaptureTable::from_ordered(["A", "B", "C", "D"], &all) {
            match estimate(&table) {
                Ok(answer) => {
                    let observed = table.observed() as f64;
                    for total in [answer.aic.total, answer.bic.total] {
                        prop_assert!(total.lower >= observed && total.lower <= total.value);
                        prop_assert!(total.value <= total.upper);
                    }
                    prop_assert_eq!(answer.fitted + answer.without_estimate + answer.not_identified, 113);
                }
                Err(error) => prop_assert_eq!(error, Error::NoModel),
            }
        }
    }
}
