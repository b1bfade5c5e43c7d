//! What a search, an exclusion and a ratio promise.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_kinship::simulate::{Chance, Plan, Relatives, drop_genes, invent};
use mandate_kinship::{
    Family, Kind, Locus, Mutation, MutationModel, Observation, Options, Pedigree, Profile, Quality,
    Remains, Row, Sex, closeness, compare, likelihood, mutations_needed, search,
};
use proptest::prelude::*;

fn locus(name: &str, kind: Kind, model: MutationModel) -> Locus {
    let alleles = [
        ("6", 0.1),
        ("7", 0.25),
        ("8", 0.3),
        ("9", 0.2),
        ("9.3", 0.1),
        ("10", 0.05),
    ];
    let alleles: Vec<_> = alleles
        .iter()
        .map(|(label, one)| ((*label).to_owned(), *one))
        .collect();
    Locus::new(name, kind, &alleles)
        .unwrap()
        .with_mutation(Mutation::both(model))
        .unwrap()
}

fn panel() -> Vec<Locus> {
    vec![
        locus("A", Kind::Autosomal, MutationModel::None),
        locus("B", Kind::Autosomal, MutationModel::Equal { rate: 0.01 }),
        locus(
            "C",
            Kind::Autosomal,
            MutationModel::Stepwise {
                rate: 0.01,
                rate2: 0.001,
                range: 0.1,
            },
        ),
        locus(
            "D",
            Kind::Autosomal,
            MutationModel::Proportional { rate: 0.01 },
        )
        .with_silent(0.03, true)
        .unwrap(),
        locus("X", Kind::X, MutationModel::Proportional { rate: 0.01 }),
    ]
}

#[test]
fn the_search_gives_the_ratio_of_each_pair_and_ranks_by_it() {
    let loci = panel();
    let invented = invent(&Plan::new(30, 22, 5), &loci).unwrap();
    let options = Options {
        keep: 100,
        threshold_log10: 1.0,
        theta: 0.02,
    };
    let found = search(
        &invented.families,
        &invented.remains,
        &loci,
        &options,
        &|_| true,
    )
    .unwrap();
    assert!(found.contradictory.is_empty());
    let mut pairs = 0;
    for (remains, (candidates, above)) in invented
        .remains
        .iter()
        .zip(found.candidates.iter().zip(&found.above))
    {
        assert!(
            candidates
                .windows(2)
                .all(|two| two[0].log10 >= two[1].log10)
        );
        let mut at_threshold = 0;
        for (at, family) in invented.families.iter().enumerate() {
            let one = candidates.iter().find(|candidate| candidate.family == at);
            if family.pedigree.members()[family.missing].sex != remains.sex {
                assert!(one.is_none());
                continue;
            }
            let want = compare(family, remains, &loci, 0.0).unwrap();
            match one {
                None => assert_eq!(want.log10, f64::NEG_INFINITY),
                Some(one) => {
                    assert!(
                        (one.log10 - want.log10).abs() < 1e-11,
                        "{} {}",
                        one.log10,
                        want.log10
                    );
                    let with_theta = compare(family, remains, &loci, 0.02).unwrap().log10;
                    assert!((one.log10_with_theta.unwrap() - with_theta).abs() < 1e-12);
                }
            }
            at_threshold += u32::from(want.log10 >= 1.0);
            pairs += 1;
        }
        assert_eq!(*above, at_threshold);
    }
    assert_eq!(found.compared, pairs);
}

#[test]
fn the_search_gives_the_same_bits_on_one_thread_and_on_two() {
    let loci = panel();
    let invented = invent(&Plan::new(600, 300, 7), &loci).unwrap();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = Options {
            keep: 5,
            theta: 0.0,
            ..Options::default()
        };
        pool.install(|| {
            search(
                &invented.families,
                &invented.remains,
                &loci,
                &options,
                &|_| true,
            )
            .unwrap()
        })
    };
    let (one, two) = (run(1), run(2));
    let bits = |found: &mandate_kinship::Found| -> Vec<(usize, u64)> {
        found
            .candidates
            .iter()
            .flatten()
            .map(|candidate| (candidate.family, candidate.log10.to_bits()))
            .collect()
    };
    assert_eq!(bits(&one), bits(&two));
    assert_eq!(one, two);
    let again = invent(&Plan::new(600, 300, 7), &loci).unwrap();
    assert_eq!(again.remains, invented.remains);
}

#[test]
fn a_stopped_search_says_so() {
    let loci = panel();
    let invented = invent(&Plan::new(2, 2, 1), &loci).unwrap();
    let stopped = search(
        &invented.families,
        &invented.remains,
        &loci,
        &Options::default(),
        &|_| false,
    );
    assert_eq!(stopped, Err(mandate_kinship::Error::Stopped));
}

/// Everything that can be seen of fresh blood at a marker, each unordered genotype once.
fn genotypes(locus: &Locus) -> Vec<Observation> {
    let labels = locus.labels();
    (0..labels.len())
        .flat_map(|a| (a..labels.len()).map(move |b| Observation::pair(&labels[a], &labels[b])))
        .collect()
}

#[test]
fn the_mean_ratio_for_unrelated_remains_is_one() {
    // Exactly: the ratio of each genotype times its probability for a random person, over all genotypes, with and without
    // theta, whoever was typed.
    for locus in &panel()[..3] {
        for kind in Relatives::ALL {
            let (pedigree, missing, places) = kind.family(Sex::Male).unwrap();
            let genes = drop_genes(&pedigree, locus, &mut Chance::new(11, kind as u64));
            let typed: Vec<(usize, Profile)> = places
                .iter()
                .map(|place| {
                    let (a, b) = genes[*place];
                    let seen = Observation::pair(&locus.labels()[a], &locus.labels()[b]);
                    (*place, Profile::new("relative").with(locus.name(), seen))
                })
                .collect();
            let family = Family {
                name: "family".into(),
                pedigree,
                missing,
                typed,
            };
            for theta in [0.0, 0.03] {
                let loci = std::slice::from_ref(locus);
                let (mut mean, mut alone) = (0.0, 0.0);
                for seen in genotypes(locus) {
                    let remains = Remains {
                        profile: Profile::new("remains").with(locus.name(), seen),
                        sex: Sex::Male,
                    };
                    let evidence = compare(&family, &remains, loci, theta).unwrap();
                    mean += evidence.markers[0].ratio * evidence.markers[0].second.value();
                    alone += evidence.markers[0].second.value();
                }
                assert!(
                    (mean / alone - 1.0).abs() < 1e-12,
                    "{kind:?} {theta}: {}",
                    mean / alone
                );
            }
        }
    }
}

#[test]
fn conflicts_are_counted_in_mutations() {
    let loci = [locus(
        "A",
        Kind::Autosomal,
        MutationModel::Proportional { rate: 0.002 },
    )];
    let (pedigree, missing, _) = Relatives::BothParents.family(Sex::Female).unwrap();
    let of = |name: &str, a: &str, b: &str| Profile::new(name).with("A", Observation::pair(a, b));
    let family = |father: (&str, &str)| Family {
        name: "f".into(),
        pedigree: pedigree.clone(),
        missing,
        typed: vec![
            (0, of("father", father.0, father.1)),
            (1, of("mother", "6", "7")),
        ],
    };
    let remains = |a: &str, b: &str| Remains {
        profile: of("remains", a, b),
        sex: Sex::Female,
    };
    let needs = |father: (&str, &str), a: &str, b: &str| {
        closeness(&family(father), &remains(a, b), &loci)
            .unwrap()
            .mutations()
    };
    assert_eq!(needs(("8", "9"), "6", "8"), 0);
    assert_eq!(needs(("8", "9"), "6", "7"), 1);
    assert_eq!(needs(("8", "9"), "10", "10"), 2);
    assert_eq!(needs(("8", "9"), "10", "9.3"), 2);
    // A child, a grandchild: two typed sons of which neither fits needs four.
    let two = Pedigree::new(&[
        Row::founder("f", Sex::Male),
        Row::founder("m", Sex::Female),
        Row::child("a", Sex::Male, "f", "m"),
        Row::child("b", Sex::Male, "f", "m"),
    ])
    .unwrap();
    let (f, m, a, b) = (
        of("f", "6", "6"),
        of("m", "7", "7"),
        of("a", "9", "10"),
        of("b", "8", "8"),
    );
    assert_eq!(
        mutations_needed(&two, &[(0, &f), (1, &m), (2, &a), (3, &b)], &loci[0]).unwrap(),
        Some(4)
    );
    // With drop-out the mother's allele may only have vanished.
    let bone = Remains {
        profile: Profile {
            quality: Quality {
                drop_out: 0.2,
                ..Quality::PERFECT
            },
            ..of("bone", "8", "8")
        },
        sex: Sex::Female,
    };
    assert_eq!(
        closeness(&family(("8", "9")), &bone, &loci)
            .unwrap()
            .mutations(),
        0
    );
}

#[test]
fn a_father_gives_his_x_to_every_daughter_and_to_no_son() {
    let locus = locus("X", Kind::X, MutationModel::None);
    let family = Pedigree::new(&[
        Row::founder("f", Sex::Male),
        Row::founder("m", Sex::Female),
        Row::child("d", Sex::Female, "f", "m"),
        Row::child("s", Sex::Male, "f", "m"),
    ])
    .unwrap();
    let of = |a: &str, b: &str| Profile::new("p").with("X", Observation::pair(a, b));
    let value =
        |typed: &[(usize, &Profile)]| likelihood(&family, typed, &locus, 0.0).unwrap().value();
    let (father, daughter, son) = (of("8", "8"), of("8", "9"), of("9", "9"));
    assert!((value(&[(0, &father), (2, &daughter)]) - 0.3 * 0.2).abs() < 1e-15);
    assert!((value(&[(0, &father), (3, &son)]) - 0.3 * 0.2).abs() < 1e-15);
    assert_eq!(value(&[(0, &of("7", "7")), (2, &daughter)]), 0.0);
    assert!(likelihood(&family, &[(3, &of("8", "9"))], &locus, 0.0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn bad_input_is_an_error_and_never_a_panic(
        people in prop::collection::vec((0_usize..6, 0_usize..8, 0_usize..8, 0_u8..3), 0..6),
        frequencies in prop::collection::vec(prop_oneof![0.0..1.0, Just(f64::NAN), Just(-1.0), Just(0.5), Just(0.25), Just(f64::INFINITY)], 0..5),
        rates in (prop_oneof![Just(0.01), Just(f64::NAN), -1.0..2.0], prop_oneof![Just(0.01), -1.0..2.0], prop_oneof![Just(0.1), -1.0..2.0]),
        which in 0_u8..7,
        seen in (0_usize..6, 0_usize..6, 0_usize..9, 0_u8..4),
        quality in (-0.5..1.5, -0.5..1.5, prop_oneof![Just(0.0), Just(f64::NAN), -0.5..1.5]),
        theta in prop_oneof![Just(0.0), Just(f64::NAN), -0.5..1.0, Just(f64::MIN_POSITIVE)],
        silent in prop_oneof![Just(0.0), -0.1..0.7],
    ) {
        let sexes = [Sex::Male, Sex::Female, Sex::Unknown];
        let name = |at: usize| (at < 6).then(|| format!("p{at}"));
        let rows: Vec<Row> = people
            .iter()
            .map(|(id, father, mother, sex)| Row { id: format!("p{id}"), sex: sexes[usize::from(*sex)], father: name(*father), mother: name(*mother) })
            .collect();
        let _ = Pedigree::new(&rows);
        // Few random families are right, so that the markers are tried on one that is, too.
        let whole: f64 = frequencies.iter().filter(|one: &&f64| one.is_finite() && **one > 0.0).sum();
        let labels = ["8", "9", "9.3", "ten", ""];
        for normalised in [false, true] {
            let table: Vec<(String, f64)> = labels.iter().zip(&frequencies)
                .map(|(label, one)| ((*label).to_owned(), if normalised { one.abs() / whole } else { *one })).collect();
            let (rate, rate2, range) = rates;
            let model = match which {
                0 => MutationModel::None,
                1 => MutationModel::Equal { rate },
                2 => MutationModel::Proportional { rate },
                3 => MutationModel::Stepwise { rate, rate2, range },
                4 => MutationModel::StepwiseByOrder { rate, range },
                5 => MutationModel::StepwiseStationary { rate, range },
                _ => MutationModel::Custom(vec![rate; table.len() * table.len()]),
            };
            let kind = if which % 2 == 0 { Kind::Autosomal } else { Kind::X };
            let Ok(locus) = Locus::new("L", kind, &table) else { continue };
            let _ = locus.with_minimum(rate2, ["12", "x", ""]);
            let locus = locus.clone().with_mutation(Mutation::both(model)).unwrap_or(locus);
            let locus = locus.clone().with_silent(silent, true).unwrap_or(locus);
            let Ok(pedigree) = Pedigree::with_unnamed_parents(&rows).or_else(|_| Pedigree::new(&[Row::founder("p", Sex::Female)])) else { continue };
            let label = |at: usize| labels.get(at).copied().unwrap_or("none");
            let observation = match seen.3 {
                0 => Observation::Nothing,
                1 => Observation::One(label(seen.0).to_owned()),
                _ => Observation::pair(label(seen.0), label(seen.1)),
            };
            let (drop_out, drop_in, typing_error) = quality;
            let profile = Profile { quality: Quality { drop_out, drop_in, typing_error }, ..Profile::new("s").with("L", observation) };
            if let Ok(value) = likelihood(&pedigree, &[(seen.2, &profile)], &locus, theta) {
                prop_assert!(value.value() >= 0.0 && value.value() <= 1.0 + 1e-2, "{:?}", value);
            }
            let family = Family { name: "f".into(), pedigree: pedigree.clone(), missing: seen.0, typed: vec![(seen.2, profile.clone())] };
            let remains = [Remains { profile, sex: sexes[seen.1 % 3] }];
            let options = Options { keep: seen.1, threshold_log10: rate, theta };
            let _ = search(&[family], &remains, std::slice::from_ref(&locus), &options, &|_| true);
        }
    }
}
