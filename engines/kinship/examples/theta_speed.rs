//! How long exact theta takes on pedigrees of six founders, with stepwise mutation and without: time per marker.
//! `cargo run --release -p mandate-kinship --example theta_speed`
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::time::Instant;

use mandate_kinship::{
    Kind, Locus, Mutation, MutationModel, Observation, Pedigree, Profile, Row, Sex, likelihood,
};

/// An invented table: so many alleles, bell-shaped.
fn locus(alleles: u32, model: MutationModel) -> Locus {
    let middle = f64::from(alleles) / 2.0;
    let weights: Vec<f64> = (0..alleles)
        .map(|at| (-((f64::from(at) - middle) / middle * 2.0).powi(2)).exp())
        .collect();
    let whole: f64 = weights.iter().sum();
    let table: Vec<_> = weights
        .iter()
        .enumerate()
        .map(|(at, one)| ((at + 8).to_string(), one / whole))
        .collect();
    Locus::new("L", Kind::Autosomal, &table)
        .unwrap()
        .with_mutation(Mutation::both(model))
        .unwrap()
}

fn family(rows: &[(&str, &str, &str)]) -> Pedigree {
    let is_mother = |id: &str| rows.iter().any(|(_, _, mother)| *mother == id);
    let rows: Vec<Row> = rows
        .iter()
        .map(|(id, father, mother)| {
            let sex = if is_mother(id) {
                Sex::Female
            } else {
                Sex::Male
            };
            if father.is_empty() {
                Row::founder(id, sex)
            } else {
                Row::child(id, sex, father, mother)
            }
        })
        .collect();
    Pedigree::new(&rows).unwrap()
}

/// A name, a family, and who was typed.
type Case<'c> = (&'c str, &'c Pedigree, &'c [(&'c str, &'c str, &'c str)]);

fn main() {
    let second_cousins = family(&[
        ("1", "", ""),
        ("2", "", ""),
        ("3", "1", "2"),
        ("4", "1", "2"),
        ("5", "", ""),
        ("6", "", ""),
        ("7", "3", "5"),
        ("8", "6", "4"),
        ("9", "", ""),
        ("10", "", ""),
        ("11", "7", "9"),
        ("12", "10", "8"),
        ("13", "7", "9"),
    ]);
    let cousins = family(&[
        ("1", "", ""),
        ("2", "", ""),
        ("3", "1", "2"),
        ("4", "1", "2"),
        ("5", "1", "2"),
        ("6", "1", "2"),
        ("a", "", ""),
        ("b", "", ""),
        ("c", "", ""),
        ("d", "", ""),
        ("31", "3", "a"),
        ("32", "3", "a"),
        ("41", "4", "b"),
        ("42", "4", "b"),
        ("51", "5", "c"),
        ("61", "6", "d"),
    ]);
    let siblings = family(&[
        ("f", "", ""),
        ("m", "", ""),
        ("1", "f", "m"),
        ("2", "f", "m"),
        ("3", "f", "m"),
        ("4", "f", "m"),
        ("5", "f", "m"),
        ("6", "f", "m"),
        ("7", "f", "m"),
        ("8", "f", "m"),
    ]);
    let cases: [Case<'_>; 5] = [
        (
            "eight siblings of untyped parents, all typed",
            &siblings,
            &[
                ("1", "12", "14"),
                ("2", "12", "15"),
                ("3", "13", "14"),
                ("4", "13", "15"),
                ("5", "12", "14"),
                ("6", "13", "16"),
                ("7", "12", "12"),
                ("8", "13", "14"),
            ],
        ),
        (
            "second cousins, two typed",
            &second_cousins,
            &[("11", "12", "14"), ("12", "14", "15")],
        ),
        (
            "second cousins, three typed",
            &second_cousins,
            &[("11", "12", "14"), ("12", "14", "15"), ("13", "12", "16")],
        ),
        (
            "four families of cousins, four typed",
            &cousins,
            &[
                ("31", "12", "14"),
                ("41", "14", "15"),
                ("51", "12", "16"),
                ("61", "14", "16"),
            ],
        ),
        (
            "four families of cousins, six typed",
            &cousins,
            &[
                ("31", "12", "14"),
                ("32", "12", "13"),
                ("41", "14", "15"),
                ("42", "14", "17"),
                ("51", "12", "16"),
                ("61", "14", "16"),
            ],
        ),
    ];
    for (model_name, model) in [
        ("none", MutationModel::None),
        ("equal", MutationModel::Equal { rate: 0.002 }),
        (
            "stepwise",
            MutationModel::Stepwise {
                rate: 0.002,
                rate2: 1e-6,
                range: 0.1,
            },
        ),
    ] {
        for alleles in [12, 24] {
            let locus = locus(alleles, model.clone());
            for (name, pedigree, typed) in &cases {
                let profiles: Vec<Profile> = typed
                    .iter()
                    .map(|(id, a, b)| Profile::new(id).with("L", Observation::pair(a, b)))
                    .collect();
                let typed: Vec<_> = profiles
                    .iter()
                    .map(|profile| (pedigree.place(&profile.name).unwrap(), profile))
                    .collect();
                for theta in [0.0, 0.03] {
                    let start = Instant::now();
                    let mut runs = 0_u32;
                    let mut value = 0.0;
                    while runs < 1000 && start.elapsed().as_millis() < 500 {
                        value = likelihood(pedigree, &typed, &locus, theta)
                            .map_or(f64::NAN, |one| one.value());
                        runs += 1;
                    }
                    let each = start.elapsed().as_secs_f64() * 1000.0 / f64::from(runs);
                    println!(
                        "{name}, {} founders, {alleles} alleles, {model_name}, theta {theta}: {each:.3} ms ({value:e})",
                        pedigree.founders().count()
                    );
                }
            }
        }
    }
}
