//! The published and independently computed values, to all digits that they have.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    missing_docs
)]

use std::collections::BTreeMap;

use mandate_kinship::{
    Hypothesis, Kind, Locus, Mutation, MutationModel, Observation, Pedigree, Profile, Row, Sex,
    likelihood, likelihood_ratio,
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/kinship");

fn read(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("{DATA}/{name}")).ok();
    if text.is_none() {
        eprintln!("skipped: {name} is not there");
    }
    text
}

fn norwegian(text: &str) -> BTreeMap<String, Vec<(String, f64)>> {
    let mut all: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        all.entry(cells[0].to_owned())
            .or_default()
            .push((cells[1].to_owned(), cells[2].parse().unwrap()));
    }
    all
}

fn model(name: &str) -> MutationModel {
    match name.to_lowercase().as_str() {
        "none" => MutationModel::None,
        "equal" => MutationModel::Equal { rate: 0.002 },
        "proportional" => MutationModel::Proportional { rate: 0.002 },
        "stepwise" => MutationModel::Stepwise {
            rate: 0.002,
            rate2: 1e-6,
            range: 0.1,
        },
        other => panic!("{other}"),
    }
}

fn pair(text: &str) -> Observation {
    match text.split_once('/') {
        None | Some(("-", _)) => Observation::Nothing,
        Some((first, second)) => Observation::pair(first, second),
    }
}

fn sex(text: &str) -> Sex {
    match text {
        "1" => Sex::Male,
        "2" => Sex::Female,
        _ => Sex::Unknown,
    }
}

fn row(id: &str, father: &str, mother: &str, of: &str) -> Row {
    if father == "0" {
        Row::founder(id, sex(of))
    } else {
        Row::child(id, sex(of), father, mother)
    }
}

fn assert_close(got: f64, want: f64, tolerance: f64, what: &str) {
    let same = if want == 0.0 {
        got == 0.0
    } else {
        (got / want - 1.0).abs() < tolerance
    };
    assert!(same, "{what}: {got} is not {want} ({:e})", got / want - 1.0);
}

#[test]
fn every_likelihood_of_pedprobr_is_met() {
    let (Some(table), Some(text)) = (
        read("norwegian_frequencies_35.csv"),
        read("likelihoods_pedprobr.tsv"),
    ) else {
        return;
    };
    let table = norwegian(&table);
    let mut pedigree = Pedigree::new(&[]).unwrap();
    let (mut rows, mut worst) = (0, 0.0_f64);
    for line in text
        .lines()
        .filter(|line| !line.starts_with("# ") && !line.starts_with("ped\t"))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0] == "#PED" {
            let members: Vec<Row> = cells[3]
                .split(';')
                .map(|member| {
                    let part: Vec<&str> = member.split(',').collect();
                    row(part[0], part[1], part[2], part[3])
                })
                .collect();
            pedigree = Pedigree::new(&members).unwrap();
            continue;
        }
        let marker = cells[1];
        let locus = Locus::new(marker, Kind::Autosomal, &table[marker])
            .unwrap()
            .with_mutation(Mutation::both(model(cells[2])))
            .unwrap();
        let theta: f64 = cells[3].parse().unwrap();
        let profiles: Vec<(usize, Profile)> = cells[4]
            .split(',')
            .zip(cells[5].split(','))
            .map(|(id, genotype)| {
                (
                    pedigree.place(id).unwrap(),
                    Profile::new(id).with(marker, pair(genotype)),
                )
            })
            .collect();
        let typed: Vec<_> = profiles
            .iter()
            .map(|(at, profile)| (*at, profile))
            .collect();
        let got = likelihood(&pedigree, &typed, &locus, theta)
            .unwrap()
            .value();
        let want: f64 = cells[6].parse().unwrap();
        assert_close(got, want, 1e-12, line);
        if want > 0.0 {
            worst = worst.max((got / want - 1.0).abs());
        }
        let alone: Vec<Row> = typed
            .iter()
            .map(|(at, _)| Row::founder(&pedigree.members()[*at].id, Sex::Unknown))
            .collect();
        let alone = Pedigree::new(&alone).unwrap();
        let apart: Vec<_> = profiles
            .iter()
            .enumerate()
            .map(|(at, (_, profile))| (at, profile))
            .collect();
        let got = likelihood(&alone, &apart, &locus, 0.0).unwrap().value();
        assert_close(got, cells[7].parse().unwrap(), 1e-12, line);
        rows += 1;
    }
    eprintln!("{rows} rows, the furthest {worst:e}");
    assert_eq!(rows, 111);
}

#[test]
fn every_likelihood_ratio_of_familias_with_theta_is_met() {
    let (Some(table), Some(text)) = (
        read("norwegian_frequencies_35.csv"),
        read("likelihood_ratios_familias_theta.tsv"),
    ) else {
        return;
    };
    let table = norwegian(&table);
    let founder = |id: &str, sex| Row::founder(id, sex);
    let child = |id: &str, father: &str, mother: &str| Row::child(id, Sex::Male, father, mother);
    let related = [
        Pedigree::new(&[
            founder("A", Sex::Male),
            founder("m", Sex::Female),
            child("B", "A", "m"),
        ])
        .unwrap(),
        Pedigree::new(&[
            founder("f", Sex::Male),
            founder("m", Sex::Female),
            child("A", "f", "m"),
            child("B", "f", "m"),
        ])
        .unwrap(),
        Pedigree::new(&[
            founder("f", Sex::Male),
            founder("m", Sex::Female),
            founder("n", Sex::Female),
            child("A", "f", "m"),
            child("B", "f", "n"),
        ])
        .unwrap(),
    ];
    let unrelated = Pedigree::new(&[founder("A", Sex::Male), founder("B", Sex::Male)]).unwrap();
    let mut worst = 0.0_f64;
    for line in text.lines().skip(2) {
        let cells: Vec<&str> = line.split('\t').collect();
        let locus = Locus::new(cells[0], Kind::Autosomal, &table[cells[0]])
            .unwrap()
            .with_mutation(Mutation::both(model(cells[1])))
            .unwrap();
        let theta: f64 = cells[2].parse().unwrap();
        let (a, b) = (
            Profile::new("A").with(cells[0], pair(cells[3])),
            Profile::new("B").with(cells[0], pair(cells[4])),
        );
        for (pedigree, want) in related.iter().zip(&cells[5..8]) {
            let first = Hypothesis::new(pedigree, &[("A", &a), ("B", &b)]).unwrap();
            let second = Hypothesis::new(&unrelated, &[("A", &a), ("B", &b)]).unwrap();
            let got = likelihood_ratio(&first, &second, std::slice::from_ref(&locus), theta)
                .unwrap()
                .markers[0]
                .ratio;
            let want: f64 = want.parse().unwrap();
            // The file has 15 digits.
            assert_close(got, want, 2e-13, line);
            worst = worst.max((got / want - 1.0).abs());
        }
    }
    eprintln!("the furthest {worst:e}");
}
