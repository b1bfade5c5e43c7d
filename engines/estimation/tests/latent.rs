//! What latent classes promise: the published figures, the closed form where there is one, one answer for both samplers, the
//! same bits on every machine, and an answer or an error for any table.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::cell::Cell;
use std::ops::ControlFlow;

use mandate_estimation::latent::{Answer, Options, Sampler, Warning, estimate};
use mandate_estimation::{CaptureTable, Error, Posterior};

fn kosovo() -> CaptureTable {
    // EXH, ABA, OSCE, HRW: the counts published with Ball and others 2002.
    let counts = [
        0, 306, 936, 123, 845, 31, 217, 32, 1131, 106, 228, 42, 177, 18, 181, 27,
    ];
    CaptureTable::from_ordered(["EXH", "ABA", "OSCE", "HRW"], &counts).unwrap()
}

/// Invented: three lists, of which the first two share people.
fn small() -> CaptureTable {
    CaptureTable::from_ordered(["A", "B", "C"], &[0, 40, 20, 8, 25, 9, 22, 11]).unwrap()
}

fn run(table: &CaptureTable, options: &Options) -> Answer {
    estimate(table, options, &|_| ControlFlow::Continue(())).unwrap()
}

/// The largest distance between two distribution functions.
fn distance(a: &Posterior, b: &Posterior) -> f64 {
    (1..40)
        .map(|step| a.quantile(f64::from(step) / 40.0))
        .map(|n| (a.probability_up_to(n) - b.probability_up_to(n)).abs())
        .fold(0.0, f64::max)
}

/// The published figures come from long chains. Here are fewer draws, so that the tolerances (60, 600 and 220 for the median
/// and the ends of the interval, held by the example `kosovo`) have two standard errors of 2,000 effective draws added.
#[test]
fn kosovo_is_as_published_for_lcmcr() {
    let options = Options {
        chains: 4,
        effective_draws: 2_000.0,
        ..Options::default()
    };
    let answer = run(&kosovo(), &options);
    assert!(answer.converged, "{:?}", answer.convergence);
    let interval = answer.total.interval(0.95);
    let found = (answer.total.median(), interval.lower, interval.upper);
    assert!(found.0.abs_diff(10_441) <= 60 + 70, "{found:?}");
    assert!(found.1.abs_diff(9_026) <= 600 + 60, "{found:?}");
    assert!(found.2.abs_diff(14_032) <= 220 + 200, "{found:?}");
}

/// With one class, people are alike: p(N | data) ∝ (N−1)!/(N−n)! ∏_j (N − n_j)! / (N+1)!.
#[test]
fn one_class_is_the_closed_form() {
    let table = small();
    let ln_factorial = |k: u64| (1..=k).map(|i| (i as f64).ln()).sum::<f64>();
    let n = table.observed();
    let ln_weight = |total: u64| {
        let lists: f64 = (0..3)
            .map(|list| ln_factorial(total - table.on_list(list)) - ln_factorial(total + 1))
            .sum();
        ln_factorial(total - 1) - ln_factorial(total - n) + lists
    };
    let weights = (n..n + 400).map(|total| (total, (ln_weight(total) - ln_weight(n)).exp()));
    let exact = Posterior::from_weights(weights).unwrap();
    for sampler in [Sampler::Hamiltonian, Sampler::Gibbs] {
        let options = Options {
            classes: 1,
            chains: 4,
            effective_draws: 3_000.0,
            sampler,
            ..Options::default()
        };
        let answer = run(&table, &options);
        // 3,000 draws stay within 1.63 / √3000 = 0.03 in 99 of 100 runs (Kolmogorov).
        let furthest = distance(&exact, &answer.total);
        assert!(furthest < 0.035, "{sampler:?}: {furthest}");
    }
}

#[test]
fn both_samplers_have_one_posterior() {
    let with = |sampler, most_draws| {
        let options = Options {
            classes: 2,
            chains: 4,
            effective_draws: 1_500.0,
            most_draws,
            sampler,
            ..Options::default()
        };
        run(&small(), &options)
    };
    let trajectories = with(Sampler::Hamiltonian, 4_000);
    let plain = with(Sampler::Gibbs, 24_000);
    assert!(plain.convergence.bulk > 400.0, "{:?}", plain.convergence);
    let furthest = distance(&trajectories.total, &plain.total);
    assert!(furthest < 0.07, "{furthest}");
    for (a, b) in trajectories.occupied.iter().zip(&plain.occupied) {
        assert!(
            (a - b).abs() < 0.06,
            "{:?} {:?}",
            trajectories.occupied,
            plain.occupied
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_at_any_number_of_threads() {
    let options = Options {
        classes: 4,
        chains: 5,
        most_draws: 600,
        seed: 11,
        ..Options::default()
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| run(&small(), &options))
    };
    let one = on(1);
    assert_eq!(one, on(3));
    let other = run(
        &small(),
        &Options {
            seed: 12,
            ..options
        },
    );
    assert_ne!(one.trace, other.trace);
}

#[test]
fn a_run_can_be_stopped_and_says_so() {
    let options = Options {
        classes: 3,
        chains: 2,
        effective_draws: 1e9,
        ..Options::default()
    };
    let early = estimate(&small(), &options, &|_| ControlFlow::Break(()));
    assert_eq!(early.unwrap_err(), Error::Stopped);
    let last = Cell::new(None);
    let stop_at_1000 = |progress: &mandate_estimation::latent::Progress| {
        last.set(progress.convergence);
        if progress.draws >= 1_000 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let answer = estimate(&small(), &options, &stop_at_1000).unwrap();
    assert!(last.get().unwrap().r_hat < 1.1);
    assert!(!answer.converged);
    assert!(matches!(answer.warnings[0], Warning::NotConverged { .. }));
    assert_eq!(answer.trace.len(), 2);
    assert!(
        answer
            .trace
            .iter()
            .all(|chain| chain.len() * answer.thinned_by == answer.draws)
    );
    assert!((answer.autocorrelation[0] - 1.0).abs() < 1e-12);
}

#[test]
fn too_few_classes_are_warned_about() {
    let options = Options {
        classes: 2,
        chains: 2,
        effective_draws: 100.0,
        ..Options::default()
    };
    let answer = run(&kosovo(), &options);
    let words: Vec<String> = answer.warnings.iter().map(ToString::to_string).collect();
    assert!(
        words.iter().any(|words| words.contains("all 2 classes")),
        "{words:?}"
    );
}

#[test]
fn settings_out_of_range_are_refused_by_name() {
    let fine = Options::default;
    for (setting, options) in [
        (
            "classes",
            Options {
                classes: 0,
                ..fine()
            },
        ),
        (
            "shape",
            Options {
                shape: f64::NAN,
                ..fine()
            },
        ),
        (
            "rate",
            Options {
                rate: 0.0,
                ..fine()
            },
        ),
        (
            "chains",
            Options {
                chains: 65,
                ..fine()
            },
        ),
        (
            "most draws",
            Options {
                most_draws: 3,
                ..fine()
            },
        ),
        (
            "effective draws",
            Options {
                effective_draws: f64::NAN,
                ..fine()
            },
        ),
        (
            "R-hat",
            Options {
                r_hat: 1.0,
                ..fine()
            },
        ),
    ] {
        let error = estimate(&small(), &options, &|_| ControlFlow::Continue(())).unwrap_err();
        assert!(
            matches!(error, Error::Setting { setting: named, .. } if named == setting),
            "{error}"
        );
    }
}

#[test]
fn strange_tables_have_an_answer_that_is_not_below_those_observed() {
    let table = |lists: usize, patterns: &[(u32, u64)]| {
        let names = (0..lists).map(|list| format!("L{list}"));
        CaptureTable::from_patterns(names, patterns.iter().copied()).unwrap()
    };
    let tables = [
        table(3, &[(1, 1)]),
        table(3, &[(1, 100), (2, 50), (4, 80)]),
        table(2, &[(1, 100), (2, 50), (3, 20)]),
        table(3, &[(7, 1_000)]),
        table(16, &[(1, 100), (1 << 15, 50), (0xffff, 3), (0x101, 4)]),
        table(3, &[(1, 1 << 38), (2, 1 << 37), (4, 1 << 38), (7, 12_345)]),
        table(3, &[(1, 100), (3, 50), (7, 3), (5, 4)]),
    ];
    for table in tables {
        for classes in [1, 2, 12] {
            let options = Options {
                classes,
                chains: 1,
                most_draws: 4,
                ..Options::default()
            };
            let answer = run(&table, &options);
            assert!(answer.total.quantile(0.0) >= table.observed());
            assert!(answer.acceptance.unwrap() <= 1.0);
        }
    }
}
