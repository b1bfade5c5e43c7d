//! How long it takes, and how much is withheld:
//! `cargo run --release -p mandate-disclosure --example measure`
//!
//! Invented tables of counts, skewed as those of an office are. For tables of two dimensions what is withheld for others is
//! put beside a lower bound (a row or column with one withheld cell alone needs a second, and one cell serves one row and one
//! column) and beside the rule of thumb of doing just that by hand, with the smallest count of the line, which the audit
//! then looks at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

use std::time::Instant;

use mandate_disclosure::{
    Cell, Change, Counts, Dimension, Publication, PublishedTable, Register, Release, Rule, Terms,
    Words, Zeros, audit, protect, round,
};
use rand::{Rng, RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

fn cube(sizes: &[usize], mean: f64, random: &mut impl Rng) -> (Counts, Vec<u64>) {
    let names = ["a", "b", "c", "d", "e"];
    let dimensions: Vec<Dimension> = names
        .iter()
        .zip(sizes)
        .map(|(n, size)| Dimension::new(*n, "all", (0..*size).map(|c| format!("{n}{c}"))).unwrap())
        .collect();
    let weights: Vec<Vec<f64>> = sizes
        .iter()
        .map(|size| {
            (0..*size)
                .map(|_| (1.4 * (random.random::<f64>() - 0.5) * 2.0).exp())
                .collect()
        })
        .collect();
    let mut counts = Counts::new(dimensions).unwrap();
    let mut people = Vec::new();
    let cells: usize = sizes.iter().product();
    for at in 0..cells {
        let (mut rest, mut weight, mut codes) = (at, mean, Vec::new());
        for ((name, size), weights) in names.iter().zip(sizes).zip(&weights) {
            codes.push(format!("{name}{}", rest % size));
            weight *= weights[rest % size];
            rest /= size;
        }
        let noise = (1.2 * (random.random::<f64>() - 0.5) * 2.0).exp();
        let refs: Vec<&str> = codes.iter().map(String::as_str).collect();
        let n = (weight * noise).round() as u64;
        counts.add(&refs, n).unwrap();
        people.push(n);
    }
    (counts, people)
}

fn release(name: &str, counts: &Counts, tables: &[&[&str]]) -> Release {
    tables
        .iter()
        .fold(Release::new(name, "invented people"), |r, by| {
            r.table(counts, by).unwrap()
        })
}

/// For a table of two dimensions: the cells that have to be added at least.
fn bound(withheld: &[Vec<bool>]) -> usize {
    let alone =
        |line: &mut dyn Iterator<Item = bool>| usize::from(line.filter(|w| *w).count() == 1);
    let rows = withheld
        .iter()
        .map(|row| alone(&mut row.iter().copied()))
        .sum::<usize>();
    let columns = (0..withheld[0].len())
        .map(|c| alone(&mut withheld.iter().map(|row| row[c])))
        .sum::<usize>();
    rows.max(columns)
}

/// What withholding the smallest count of every line with one withheld cell comes to.
fn by_hand(counts: &[Vec<u64>], withheld: &mut [Vec<bool>]) -> usize {
    let (rows, columns) = (counts.len(), counts[0].len());
    let mut added = 0;
    loop {
        let before = added;
        let lines = (0..rows)
            .map(|r| (0..columns).map(|c| (r, c)).collect::<Vec<_>>())
            .chain((0..columns).map(|c| (0..rows).map(|r| (r, c)).collect()));
        for line in lines {
            if line.iter().filter(|(r, c)| withheld[*r][*c]).count() == 1 {
                let other = line
                    .iter()
                    .filter(|(r, c)| !withheld[*r][*c] && counts[*r][*c] > 0);
                if let Some((r, c)) = other.min_by_key(|(r, c)| counts[*r][*c]) {
                    withheld[*r][*c] = true;
                    added += 1;
                }
            }
        }
        if added == before {
            return added;
        }
    }
}

fn timed(what: &str, release: &Release, rule: &Rule, register: &Register) {
    let begun = Instant::now();
    match protect(release, rule, register) {
        Ok(p) => println!(
            "{what}: {:.2} s; {} of {} cells withheld: {} small, {} differences, {} for others; {} audited; {:?}",
            begun.elapsed().as_secs_f64(),
            p.loss.withheld(),
            p.loss.cells,
            p.loss.small,
            p.loss.difference + p.loss.earlier,
            p.loss.others,
            p.audited,
            p.publication.terms.words
        ),
        Err(error) => println!("{what}: {error}"),
    }
    let begun = Instant::now();
    match round(release, 5, rule, register) {
        Ok(p) => println!(
            "    rounded to 5 in {:.2} s, within {:?}",
            begun.elapsed().as_secs_f64(),
            p.publication.terms.rounded_within
        ),
        Err(error) => println!("    rounded: {error}"),
    }
}

fn main() {
    let random = &mut Xoshiro256PlusPlus::seed_from_u64(7);
    let rule = Rule::default();
    let empty = Register::default();
    for mean in [3.0, 30.0] {
        let (counts, _) = cube(&[30, 20], mean, random);
        timed(
            &format!("30 x 20, {mean} people a cell"),
            &release("one", &counts, &[&["a", "b"]]),
            &rule,
            &empty,
        );
        let (counts, _) = cube(&[10, 6, 4], mean, random);
        let one = release("one", &counts, &[&["a", "b", "c"]]);
        timed(
            &format!("10 x 6 x 4, {mean} people a cell"),
            &one,
            &rule,
            &empty,
        );
    }
    let (mut counts, _) = cube(&[7, 2, 8, 5], 8.0, random);
    let tables: [&[&str]; 4] = [&["a", "b"], &["a", "c"], &["a", "d"], &["b", "d"]];
    let mut register = Register::default();
    for year in ["first", "second", "third"] {
        let asked = release(year, &counts, &tables);
        timed(
            &format!("four linked tables, {year} year"),
            &asked,
            &rule,
            &register,
        );
        register
            .push(protect(&asked, &rule, &register).unwrap().publication)
            .unwrap();
        for at in 0..400usize {
            let codes = [at % 7, at % 2, at / 3 % 8, at / 5 % 5];
            let codes: Vec<String> = ["a", "b", "c", "d"]
                .iter()
                .zip(codes)
                .map(|(n, c)| format!("{n}{c}"))
                .collect();
            let refs: Vec<&str> = codes.iter().map(String::as_str).collect();
            counts.add(&refs, u64::from(at % 4 == 0)).unwrap();
        }
    }
    loss(random);
}

fn loss(random: &mut impl Rng) {
    let one_word = Rule {
        words: Words::Withheld,
        ..Rule::default()
    };
    let (mut ours, mut least, mut hand, mut small, mut unsafe_by_hand, tables) =
        (0, 0, 0, 0, 0, 100);
    for _ in 0..tables {
        let (rows, columns) = (5 + random.random_range(0..6), 4 + random.random_range(0..5));
        let (counts, people) = cube(&[rows, columns], 15.0, random);
        let protected = protect(
            &release("one", &counts, &[&["a", "b"]]),
            &one_word,
            &Register::default(),
        )
        .unwrap();
        let table = &protected.publication.tables[0];
        // Totals first, as in a table that is published.
        let mut grid = vec![vec![0; columns + 1]; rows + 1];
        for (at, n) in people.iter().enumerate() {
            let (row, column) = (at % rows + 1, at / rows + 1);
            for (r, c) in [(0, 0), (row, 0), (0, column), (row, column)] {
                grid[r][c] += n;
            }
        }
        let mut withheld: Vec<Vec<bool>> = grid
            .iter()
            .map(|row| row.iter().map(|n| *n > 0 && *n < 5).collect())
            .collect();
        ours += protected.loss.others;
        small += protected.loss.small;
        least += bound(&withheld);
        hand += by_hand(&grid, &mut withheld);
        let said = withheld.iter().flatten().zip(grid.iter().flatten());
        let said = said
            .map(|(w, n)| if *w { Cell::Withheld } else { Cell::Shown(*n) })
            .collect();
        let register = Register {
            publications: vec![Publication {
                name: "by hand".to_owned(),
                population: "invented people".to_owned(),
                change: Change::Same,
                terms: Terms {
                    threshold: 5,
                    zeros: Zeros::Shown,
                    words: Words::Withheld,
                    rounded_within: None,
                },
                tables: vec![PublishedTable::new(table.dimensions().to_vec(), said).unwrap()],
            }],
        };
        unsafe_by_hand += usize::from(audit(&register).unwrap().iter().any(|b| !b.holds));
    }
    println!(
        "{tables} tables of two dimensions, {small} small cells: {ours} withheld for others; \
         {least} at the least; {hand} by hand, which does not protect {unsafe_by_hand} of the tables"
    );
}
