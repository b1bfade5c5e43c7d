//! Strata: sums with their joint uncertainty, and what a common graph changes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_estimation::graphs::{GraphsOptions, average, stratified, sum_of_strata};
use mandate_estimation::simulate::{Dependence, Population};
use mandate_estimation::{CaptureTable, Error, Posterior};

fn population(odds_ratio: f64) -> Population {
    let pair = Dependence {
        first: 0,
        second: 1,
        odds_ratio,
    };
    Population::dependent(&[0.35, 0.3, 0.25], &[pair]).unwrap()
}

#[test]
fn strata_apart_are_the_averages_of_each_and_their_sum_has_the_uncertainty_of_all() {
    let tables: Vec<CaptureTable> = (0..4)
        .map(|seed| population(1.0).draw(500, seed).unwrap())
        .collect();
    let answer = stratified(&tables, &GraphsOptions::default(), 1).unwrap();
    let mut variance = 0.0;
    for (table, part) in tables.iter().zip(&answer.apart) {
        let alone = average(table, &GraphsOptions::default()).unwrap().total;
        assert_eq!(part.interval(0.95), alone.interval(0.95));
        variance += alone.standard_deviation().powi(2);
    }
    let spread = answer.sum.standard_deviation();
    assert!(
        (spread / variance.sqrt() - 1.0).abs() < 0.03,
        "{spread} {variance}"
    );
    let means: f64 = answer.apart.iter().map(Posterior::mean).sum();
    assert!((answer.sum.mean() / means - 1.0).abs() < 0.01);
}

#[test]
fn a_common_graph_is_learned_from_all_strata_and_is_supported_where_it_holds() {
    let tables: Vec<CaptureTable> = (0..6)
        .map(|seed| population(5.0).draw(600, seed).unwrap())
        .collect();
    let answer = stratified(&tables, &GraphsOptions::default(), 1).unwrap();
    assert!(answer.ln_bayes_factor > 0.0, "{}", answer.ln_bayes_factor);
    let pooled = answer.pooled.unwrap();
    let probability: f64 = pooled.best.iter().map(|(_, p)| p).sum();
    assert!(probability > 0.999);
    assert!(pooled.best[0].0.edges().any(|edge| edge == (0, 1)));
    let width = |of: &Posterior| of.interval(0.95).upper - of.interval(0.95).lower;
    assert!(width(&pooled.sum) < width(&answer.sum));
}

#[test]
fn strata_that_contradict_each_other_speak_against_a_common_graph() {
    let tables: Vec<CaptureTable> = [(1.0, 1), (12.0, 2)]
        .map(|(ratio, seed)| population(ratio).draw(20_000, seed).unwrap())
        .to_vec();
    let options = GraphsOptions {
        missing: Some((0, 40_000)),
        ..GraphsOptions::default()
    };
    let answer = stratified(&tables, &options, 1).unwrap();
    assert!(answer.ln_bayes_factor < 0.0, "{}", answer.ln_bayes_factor);
}

#[test]
fn one_stratum_pooled_is_that_stratum_apart() {
    let tables = [population(3.0).draw(800, 9).unwrap()];
    let answer = stratified(&tables, &GraphsOptions::default(), 1).unwrap();
    assert!(answer.ln_bayes_factor.abs() < 1e-9);
    assert_eq!(
        answer.pooled.unwrap().parts[0].interval(0.95),
        answer.apart[0].interval(0.95)
    );
}

#[test]
fn strata_with_other_lists_are_refused_and_the_same_seed_gives_the_same_bits() {
    let one = population(2.0).draw(300, 1).unwrap();
    let other = Population::independent(&[0.4; 4])
        .unwrap()
        .draw(300, 1)
        .unwrap();
    let refused = stratified(&[one.clone(), other], &GraphsOptions::default(), 1);
    assert!(matches!(refused, Err(Error::LengthOfRow { row: 1, .. })));
    assert!(stratified(&[], &GraphsOptions::default(), 1).is_err());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let tables = [one.clone(), population(2.0).draw(200, 2).unwrap()];
        pool.install(|| stratified(&tables, &GraphsOptions::default(), 3).unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn a_mixture_and_a_sum_are_what_their_names_say() {
    let one = Posterior::from_weights([(10, 1.0), (20, 1.0)]).unwrap();
    let other = Posterior::from_weights([(20, 1.0)]).unwrap();
    let mixture = Posterior::mixture(&[(1.0, &one), (3.0, &other)]).unwrap();
    assert_eq!(
        mixture.iter().collect::<Vec<_>>(),
        [(10, 0.125), (20, 0.875)]
    );
    let sum = sum_of_strata(&[one, other], 1).unwrap();
    assert!((sum.probability_up_to(30) - 0.5).abs() < 0.02);
    assert!(Posterior::mixture(&[]).is_err());
    assert!(sum_of_strata(&[], 1).is_err());
}
