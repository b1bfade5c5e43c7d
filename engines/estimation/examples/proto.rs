#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use mandate_estimation::{CaptureTable, latent::*, simulate::*};
use std::ops::ControlFlow;
use std::time::Instant;
fn main() {
    let which = std::env::args().nth(1).unwrap();
    let a: Vec<f64> = std::env::args()
        .skip(2)
        .map(|x| x.parse().unwrap())
        .collect();
    let g = |share: f64, on: &[f64]| Group {
        share,
        on: on.to_vec(),
    };
    let table = match which.as_str() {
        "kosovo" => CaptureTable::from_ordered(
            ["EXH", "ABA", "OSCE", "HRW"],
            &[
                0, 306, 936, 123, 845, 31, 217, 32, 1131, 106, 228, 42, 177, 18, 181, 27,
            ],
        )
        .unwrap(),
        "ten" => Population::heterogeneous(&[
            g(0.5, &[0.02; 10]),
            g(0.3, &[0.1, 0.2, 0.05, 0.1, 0.3, 0.02, 0.01, 0.1, 0.2, 0.1]),
            g(0.2, &[0.5, 0.1, 0.4, 0.3, 0.02, 0.3, 0.2, 0.1, 0.2, 0.6]),
        ])
        .unwrap()
        .draw(20000, 1)
        .unwrap(),
        "million" => Population::heterogeneous(&[
            g(0.6, &[0.05, 0.1, 0.15, 0.2, 0.1]),
            g(0.4, &[0.3, 0.1, 0.5, 0.4, 0.2]),
        ])
        .unwrap()
        .draw(2_000_000, 1)
        .unwrap(),
        "tenmillion" => {
            Population::graded(&[0.05, 0.1, 0.15, 0.2, 0.1, 0.02, 0.3, 0.1, 0.03, 0.2], 1.0)
                .unwrap()
                .draw(1_000_000, 1)
                .unwrap()
        }
        "graded" => Population::graded(&[0.05, 0.1, 0.15, 0.2, 0.1], 1.0)
            .unwrap()
            .draw(5_000, 1)
            .unwrap(),
        "indep" => Population::independent(&[0.15, 0.1, 0.15, 0.2])
            .unwrap()
            .draw(5_000, 1)
            .unwrap(),
        "sparse" => Population::independent(&[0.02, 0.01, 0.03, 0.02, 0.03])
            .unwrap()
            .draw(5_000, 1)
            .unwrap(),
        "three" => {
            CaptureTable::from_ordered(["a", "b", "c"], &[0, 60, 49, 4, 247, 112, 142, 12]).unwrap()
        }
        "five" => CaptureTable::from_ordered(
            ["a", "b", "c", "d", "e"],
            &[
                0, 27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5, 83, 36, 34, 18, 3, 5, 0, 2,
                30, 5, 23, 8, 0, 3, 0, 2,
            ],
        )
        .unwrap(),
        _ => panic!(),
    };
    println!(
        "lists {} patterns {} observed {}",
        table.lists(),
        table.patterns().len(),
        table.observed()
    );
    let o = Options {
        classes: a[0] as usize,
        chains: a[1] as usize,
        most_draws: a[2] as usize,
        seed: a[3] as u64,
        sampler: if a[4] > 0.0 {
            Sampler::Gibbs
        } else {
            Sampler::Hamiltonian
        },
        ..Options::default()
    };
    let t = Instant::now();
    let r = estimate(&table, &o, &|p| {
        println!("{:.2} {p:?}", t.elapsed().as_secs_f64());
        ControlFlow::Continue(())
    })
    .unwrap();
    let s = t.elapsed().as_secs_f64();
    println!(
        "acc {:?} alpha {} occ {:.3?}",
        r.acceptance, r.concentration, r.occupied
    );
    for c in &r.chains {
        let p = mandate_estimation::Posterior::from_draws(c).unwrap();
        print!("{} ", p.median());
    }
    println!();
    println!(
        "median {} mean {:.0} {:?} mode {} {:?} {s:.2}s {:.0}/s",
        r.posterior.median(),
        r.posterior.mean(),
        r.posterior.interval(0.95),
        r.posterior.mode(),
        r.converged,
        r.convergence.bulk / s
    );
}
