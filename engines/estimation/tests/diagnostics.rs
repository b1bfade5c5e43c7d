//! The diagnostics on chains of which the answer is known.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_estimation::diagnostics::{Convergence, autocorrelation, normal_quantile};
use rand::RngExt;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// Chains in which each draw keeps a share of the one before; 0 for independent draws.
fn chains(number: usize, draws: usize, keep: f64) -> Vec<Vec<f64>> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut chain = || {
        let mut x = 0.0;
        let mut step = || {
            let fresh = normal_quantile(rng.random::<f64>().max(1e-300));
            x = keep * x + (1.0 - keep * keep).sqrt() * fresh;
            x
        };
        (0..draws).map(|_| step()).collect()
    };
    (0..number).map(|_| chain()).collect()
}

fn of(chains: &[Vec<f64>]) -> Convergence {
    Convergence::of(&chains.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn independent_draws_are_worth_themselves() {
    let found = of(&chains(4, 2_000, 0.0));
    assert!(found.r_hat < 1.003, "{found:?}");
    assert!((7_000.0..9_500.0).contains(&found.bulk), "{found:?}");
    assert!((6_500.0..9_500.0).contains(&found.tail), "{found:?}");
}

#[test]
fn correlated_draws_are_worth_what_theory_says() {
    // A share of 0.9 kept: (1 - 0.9) / (1 + 0.9) of the draws.
    let chains = chains(4, 10_000, 0.9);
    let found = of(&chains);
    let expected = 40_000.0 * 0.1 / 1.9;
    assert!((found.bulk / expected - 1.0).abs() < 0.15, "{found:?}");
    let correlations = autocorrelation(&chains[0], 5);
    assert_eq!(correlations.len(), 6);
    for (lag, found) in correlations.iter().enumerate() {
        assert!((found - 0.9_f64.powi(lag as i32)).abs() < 0.05);
    }
}

#[test]
fn chains_that_disagree_in_place_or_in_spread_are_found_out() {
    let fine = chains(4, 1_000, 0.0);
    let mut moved = fine.clone();
    moved[0].iter_mut().for_each(|x| *x += 1.0);
    assert!(of(&moved).r_hat > 1.05);
    let mut wide = fine.clone();
    wide[0].iter_mut().for_each(|x| *x *= 3.0);
    assert!(of(&wide).r_hat > 1.05);
    let drifting: Vec<Vec<f64>> = fine
        .iter()
        .map(|chain| {
            chain
                .iter()
                .enumerate()
                .map(|(t, x)| x + t as f64 / 500.0)
                .collect()
        })
        .collect();
    assert!(of(&drifting).r_hat > 1.05);
}

#[test]
fn where_nothing_can_be_said_nothing_is_said() {
    for chains in [
        vec![],
        vec![vec![]],
        vec![vec![1.0; 3]],
        vec![vec![2.0; 100]; 4],
        vec![vec![f64::NAN; 100]; 2],
    ] {
        let found = of(&chains);
        assert!(found.r_hat.is_infinite());
        assert_eq!((found.bulk, found.tail), (0.0, 0.0));
    }
    assert!(autocorrelation(&[1.0], 5).is_empty());
}

#[test]
fn the_normal_quantile_turns_the_distribution_around() {
    for p in [1e-300, 1e-20, 1e-9, 0.001, 0.07, 0.3, 0.5, 0.92, 0.999] {
        let back = 0.5 * libm::erfc(-normal_quantile(p) / std::f64::consts::SQRT_2);
        assert!((back / p - 1.0).abs() < 1e-11, "{p}: {back}");
    }
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal_quantile(1.0), f64::INFINITY);
    assert!(normal_quantile(1.5).is_nan());
}
