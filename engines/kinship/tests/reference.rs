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

fn model(name: &str, rate2: f64) -> MutationModel {
    match name.to_lowercase().as_str() {
        "none" => MutationModel::None,
        "equal" => MutationModel::Equal { rate: 0.002 },
        "proportional" => MutationModel::Proportional { rate: 0.002 },
        "stepwise" => MutationModel::Stepwise {
            rate: 0.002,
            rate2,
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
            .with_mutation(Mutation::both(model(cells[2], 1e-6)))
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
    assert_eq!(rows, 112);
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
    // Familias' fathers and half-siblings have a mother who is not named.
    let son = |id: &str, father: &str, mother: Option<&str>| Row {
        id: id.into(),
        sex: Sex::Male,
        father: Some(father.into()),
        mother: mother.map(String::from),
    };
    let man = |id: &str| Row::founder(id, Sex::Male);
    let related = [
        vec![man("A"), son("B", "A", None)],
        vec![
            man("f"),
            Row::founder("m", Sex::Female),
            son("A", "f", Some("m")),
            son("B", "f", Some("m")),
        ],
        vec![man("f"), son("A", "f", None), son("B", "f", None)],
    ]
    .map(|rows| Pedigree::with_unnamed_parents(&rows).unwrap());
    // These rows were computed without fractional mutation.
    let unrelated = Pedigree::new(&[man("A"), man("B")]).unwrap();
    let mut worst = 0.0_f64;
    for line in text.lines().skip(2) {
        let cells: Vec<&str> = line.split('\t').collect();
        let locus = Locus::new(cells[0], Kind::Autosomal, &table[cells[0]])
            .unwrap()
            .with_mutation(Mutation::both(model(cells[1], 0.0)))
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

/// A file of the package dvir: remains, families, markers.
struct Disaster {
    loci: Vec<Locus>,
    remains: Vec<(Profile, Sex)>,
    families: Vec<(Pedigree, Vec<Profile>)>,
}

fn disaster(text: &str) -> Disaster {
    let mut part = "";
    let (mut remains, mut families, mut loci) =
        (Vec::new(), Vec::<Vec<Vec<&str>>>::new(), Vec::new());
    for line in text.lines() {
        if let Some(title) = line.strip_prefix('#') {
            part = title.split(' ').next().unwrap();
            if part == "AM" {
                families.push(Vec::new());
            }
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        match part {
            "PM" => remains.push(cells),
            "AM" => families.last_mut().unwrap().push(cells),
            "FREQ" => {
                let alleles: Vec<_> = cells[2..]
                    .iter()
                    .map(|cell| {
                        cell.split_once('=')
                            .map(|(label, one)| (label.to_owned(), one.parse().unwrap()))
                            .unwrap()
                    })
                    .collect();
                let model = if cells[1] == "none" {
                    MutationModel::None
                } else {
                    MutationModel::Proportional { rate: 0.001 }
                };
                loci.push(
                    Locus::new(cells[0], Kind::Autosomal, &alleles)
                        .unwrap()
                        .with_mutation(Mutation::both(model))
                        .unwrap(),
                );
            }
            other => panic!("{other}"),
        }
    }
    let profile = |id: &str, genotypes: &[&str]| {
        loci.iter()
            .zip(genotypes)
            .fold(Profile::new(id), |profile, (locus, text)| {
                profile.with(locus.name(), pair(text))
            })
    };
    let remains = remains
        .iter()
        .map(|cells| (profile(cells[0], &cells[2..]), sex(cells[1])))
        .collect();
    let families = families
        .iter()
        .map(|rows| {
            let members: Vec<Row> = rows
                .iter()
                .map(|cells| row(cells[0], cells[1], cells[2], cells[3]))
                .collect();
            let typed = rows
                .iter()
                .filter(|cells| cells[4..].iter().any(|cell| *cell != "-/-"));
            (
                Pedigree::new(&members).unwrap(),
                typed.map(|cells| profile(cells[0], &cells[4..])).collect(),
            )
        })
        .collect();
    Disaster {
        loci,
        remains,
        families,
    }
}

/// The file of the small examples has no families. These are the ones that the package describes: in the first a typed
/// parent, a half-sibling and nobody; in the second a parent in each of two families, and nobody.
fn small_families(name: &str) -> Vec<(Pedigree, Vec<Profile>)> {
    let r = |genotype: &str| vec![Profile::new("R").with("L1", pair(genotype))];
    let (man, woman) = (
        |id: &str| Row::founder(id, Sex::Male),
        |id: &str| Row::founder(id, Sex::Female),
    );
    let child = |id: &str, sex, father: &str, mother: &str| Row::child(id, sex, father, mother);
    let family = |rows: &[Row]| Pedigree::new(rows).unwrap();
    if name == "example1" {
        vec![
            (family(&[man("M1")]), Vec::new()),
            (
                family(&[man("M2"), woman("w"), child("R", Sex::Male, "M2", "w")]),
                r("1/1"),
            ),
            (
                family(&[
                    man("f"),
                    woman("w"),
                    woman("v"),
                    child("R", Sex::Male, "f", "w"),
                    child("M3", Sex::Male, "f", "v"),
                ]),
                r("1/1"),
            ),
        ]
    } else {
        vec![
            (family(&[man("M1")]), Vec::new()),
            (
                family(&[man("R"), woman("w"), child("M2", Sex::Male, "R", "w")]),
                r("2/2"),
            ),
            (
                family(&[man("R"), woman("w"), child("M3", Sex::Female, "R", "w")]),
                r("3/3"),
            ),
        ]
    }
}

#[test]
fn every_pairwise_ratio_of_dvir_is_met() {
    let mut entries = 0;
    for name in ["example1", "example2", "fire", "icmp"] {
        let (Some(text), Some(ratios)) = (
            read(&format!("dvi_{name}.txt")),
            read(&format!("dvi_{name}_pairwise_lr.csv")),
        ) else {
            return;
        };
        let mut case = disaster(&text);
        if case.families.is_empty() {
            case.families = small_families(name);
        }
        let mut lines = ratios.lines();
        let missing: Vec<&str> = lines
            .next()
            .unwrap()
            .split(',')
            .skip(1)
            .map(str::trim)
            .collect();
        for (line, (remains, sex)) in lines.zip(&case.remains) {
            for (id, want) in missing.iter().zip(line.split(',').skip(1).map(str::trim)) {
                let (family, typed) = case
                    .families
                    .iter()
                    .find(|(family, _)| family.place(id).is_ok())
                    .unwrap();
                let place = family.place(id).unwrap();
                let fits = family.members()[place].sex == *sex;
                assert_eq!(fits, want != "NA", "{name} {line} {id}");
                if !fits {
                    continue;
                }
                let mut with: Vec<(&str, &Profile)> = typed
                    .iter()
                    .map(|profile| (profile.name.as_str(), profile))
                    .collect();
                let first = {
                    let mut with = with.clone();
                    with.push((id, remains));
                    Hypothesis::new(family, &with).unwrap()
                };
                let mut rows = family.rows();
                rows.push(Row::founder("remains", *sex));
                let apart = Pedigree::new(&rows).unwrap();
                with.push(("remains", remains));
                let second = Hypothesis::new(&apart, &with).unwrap();
                let got = 10_f64.powf(
                    likelihood_ratio(&first, &second, &case.loci, 0.0)
                        .unwrap()
                        .log10,
                );
                assert_close(
                    got,
                    want.parse().unwrap(),
                    1e-12,
                    &format!("{name} {} {id}", remains.name),
                );
                entries += 1;
            }
        }
    }
    eprintln!("{entries} entries");
    assert_eq!(entries, 53);
}
