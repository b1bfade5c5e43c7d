//! Attacks invented releases: `cargo run --release -p mandate-disclosure --example attack -- [STORIES] [FIRST SEED]`
//!
//! Each story is one to three releases of one or more tables about one population. They are protected one after the other,
//! and what was published is attacked (attacker.rs). Then the same with only the small counts withheld: the attacker must
//! succeed there, or the attack proves nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub
)]

mod attacker;
mod invent;
mod judge;

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use judge::Found;

fn main() {
    let mut told = std::env::args()
        .skip(1)
        .map(|a| a.parse::<u64>().expect("a number"));
    let stories = told.next().unwrap_or(10_000);
    let first = told.next().unwrap_or(1);
    let order: Vec<String> = ["region", "sex", "year", "body"]
        .map(str::to_owned)
        .to_vec();
    let next = AtomicU64::new(0);
    let all = Mutex::new((Found::default(), Found::default(), 0, 0));
    let began = std::time::Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= stories {
                        break;
                    }
                    let story = invent::story(first + at);
                    let begun = std::time::Instant::now();
                    let mut found = judge::judge(&story, &order);
                    if begun.elapsed().as_secs() > 20 {
                        eprintln!(
                            "seed {}: {:.0} s",
                            first + at,
                            begun.elapsed().as_secs_f64()
                        );
                    }
                    let careless = judge::careless(&story, &order);
                    let mut all = all.lock().unwrap();
                    all.2 += usize::from(!careless.recovered.is_empty());
                    all.3 += usize::from(careless.withheld > 0);
                    all.1.add(careless);
                    let said = found.recovered.iter_mut().chain(&mut found.tight);
                    for said in said.chain(&mut found.refused) {
                        *said = format!("seed {}: {said}", first + at);
                        // At once: a long run may be cut short.
                        eprintln!("{said}");
                    }
                    all.0.add(found);
                }
            });
        }
    });
    let (found, careless, broken, tried) = all.into_inner().unwrap();
    println!(
        "{stories} stories, {} releases, {} tables, {} cells, {} withheld of which {} are small; {} differences of few people",
        found.releases, found.tables, found.cells, found.withheld, found.small, found.differences
    );
    println!(
        "recovered {}, bounded more tightly than the rule {}, said to be given away before {}; {} releases with one word, {} with zeros withheld beyond the rule, {} with nothing shown, {} refused",
        found.recovered.len(),
        found.tight.len(),
        found.given_away,
        found.one_word,
        found.no_zeros,
        found.nothing,
        found.refused.len()
    );
    println!(
        "only small counts withheld: {} of {} cells recovered, in {broken} of {tried} stories",
        careless.recovered.len(),
        careless.withheld
    );
    println!(
        "{:.0} s on {threads} threads",
        began.elapsed().as_secs_f64()
    );
    assert!(
        !careless.recovered.is_empty(),
        "the attacker finds nothing where everything lies open"
    );
    assert!(found.recovered.is_empty() && found.tight.is_empty());
}
