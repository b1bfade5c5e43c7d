#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use mandate_estimation::{CaptureTable, diagnostics::Convergence, latent::prototype};
use std::time::Instant;
fn main() {
    let a: Vec<f64> = std::env::args()
        .skip(1)
        .map(|x| x.parse().unwrap())
        .collect();
    let table = CaptureTable::from_ordered(
        ["EXH", "ABA", "OSCE", "HRW"],
        &[
            0, 306, 936, 123, 845, 31, 217, 32, 1131, 106, 228, 42, 177, 18, 181, 27,
        ],
    )
    .unwrap();
    let k = a[0] as usize;
    let draws = a[1] as usize;
    let t = Instant::now();
    let mut chains = Vec::new();
    for c in 0..4 {
        let (x, acc) = prototype(
            &table,
            k,
            a[7] as u64,
            c,
            draws / 10,
            draws,
            a[2],
            a[3] as usize,
            a[4],
            a[5],
            a[6] as usize,
            a[2] == 0.0,
        );
        println!("acc {acc:.3}");
        chains.push(x);
    }
    let s = t.elapsed().as_secs_f64();
    let refs: Vec<&[f64]> = chains.iter().map(|x| x.as_slice()).collect();
    let c = Convergence::of(&refs);
    for x in &chains {
        let mut x = x.clone();
        x.sort_by(f64::total_cmp);
        let n = x.len() as f64;
        println!(
            "{} {} {} mean {:.0}",
            x[(0.025 * n) as usize],
            x[(0.5 * n) as usize],
            x[(0.975 * n) as usize],
            x.iter().sum::<f64>() / n
        );
    }
    let mut x: Vec<f64> = chains.concat();
    x.sort_by(f64::total_cmp);
    let n = x.len() as f64;
    println!(
        "ALL {} {} {} mean {:.0}",
        x[(0.025 * n) as usize],
        x[(0.5 * n) as usize],
        x[(0.975 * n) as usize],
        x.iter().sum::<f64>() / n
    );
    println!(
        "{c:?} {s:.2}s  per it {:.1}us  bulk/s {:.0} tail/s {:.0}",
        s * 1e6 / (4.4 * draws as f64),
        c.bulk / s,
        c.tail / s
    );
}
