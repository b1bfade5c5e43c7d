#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use mandate_estimation::{CaptureTable, latent::*};
use std::ops::ControlFlow;
use std::time::Instant;
fn main() {
    let t = |lists: usize, p: &[(u32, u64)]| {
        CaptureTable::from_patterns((0..lists).map(|i| format!("l{i}")), p.iter().copied()).unwrap()
    };
    for (name, table) in [
        ("one", t(3, &[(1, 1)])),
        ("disjoint", t(3, &[(1, 100), (2, 50), (4, 80)])),
        ("two", t(2, &[(1, 100), (2, 50), (3, 20)])),
        ("same", t(3, &[(7, 1000)])),
        (
            "sixteen",
            t(16, &[(1, 100), (1 << 15, 50), (65535, 3), (0x101, 4)]),
        ),
        (
            "huge",
            t(
                3,
                &[
                    (1, 1 << 38),
                    (2, 1 << 37),
                    (3, 1 << 30),
                    (4, 1 << 38),
                    (7, 12345),
                    (6, 1 << 29),
                ],
            ),
        ),
        ("within", t(3, &[(1, 100), (3, 50), (7, 3), (5, 4)])),
        (
            "disjointbig",
            t(4, &[(1, 100000), (2, 50000), (4, 80000), (8, 1)]),
        ),
    ] {
        for k in [1, 2, 10, 40] {
            let o = Options {
                classes: k,
                chains: 4,
                most_draws: 4000,
                ..Options::default()
            };
            let s = Instant::now();
            let r = estimate(&table, &o, &|_| ControlFlow::Continue(())).unwrap();
            println!(
                "{name} {k}: {} {:?} {:?} conv {} {:?} acc {:.2} {:.2}s",
                r.posterior.median(),
                r.posterior.interval(0.95).lower,
                r.posterior.interval(0.95).upper,
                r.converged,
                r.convergence,
                r.acceptance.unwrap(),
                s.elapsed().as_secs_f64()
            );
        }
    }
}
