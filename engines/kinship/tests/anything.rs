//! Records that make no sense are named, left out or refused, and nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::sync::Arc;

use mandate_kinship::{
    Sex,
    case::{CaseOptions, Family, Remains, build},
    check::check,
    compare::evidence,
    formats::{Contents, FrequencyRow, MarkerRow, PersonRow, Place, Role, SampleRow, TableRow},
    joint::{JointOptions, MissingPerson, joint},
    power::{PowerOptions, candidates, power},
    revision::{Identification, revise},
};
use proptest::prelude::*;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];
const MARKERS: [&str; 5] = ["TH01", "th-01", "DXS8378", "DYS19", "AMEL"];
const ALLELES: [&str; 7] = ["6", "7", "9.3", "10", "X", "Y", "SILENT"];

fn place() -> Place {
    Place::line(&Arc::from("x"), 1)
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn alleles() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        prop::sample::select(&ALLELES[..]).prop_map(str::to_owned),
        0..4,
    )
}

fn sex() -> impl Strategy<Value = Sex> {
    prop::sample::select(&[Sex::Male, Sex::Female, Sex::Unknown][..])
}

prop_compose! {
    fn person()(
        family in prop::sample::select(&["F", "G"][..]), id in name(), father in prop::option::weighted(0.25, name()),
        mother in prop::option::weighted(0.25, name()), sex in sex(), missing in any::<bool>(),
    ) -> PersonRow {
        let role = if missing { Role::Missing } else { Role::Relative };
        PersonRow { family: family.to_owned(), id, father, mother, sex, role, place: place() }
    }
}

prop_compose! {
    fn sample()(
        sample in name(), family in prop::option::of(Just("F".to_owned())), person in prop::option::of(name()), sex in sex(),
        markers in prop::collection::vec((prop::sample::select(&MARKERS[..]), alleles()), 0..4),
    ) -> SampleRow {
        let row = |(marker, alleles): (&str, Vec<String>)| MarkerRow { marker: marker.to_owned(), alleles, place: place() };
        SampleRow { sample, family, person, sex, markers: markers.into_iter().map(row).collect(), place: place() }
    }
}

prop_compose! {
    fn table()(
        marker in prop::sample::select(&MARKERS[..]),
        alleles in prop::collection::vec((prop::sample::select(&ALLELES[..]), prop_oneof![
            Just(0.0), Just(1.0), 0.0..1.0f64, Just(f64::MIN_POSITIVE)]), 0..5),
    ) -> TableRow {
        let row = |(allele, frequency): (&str, f64)| FrequencyRow { allele: allele.to_owned(), frequency, place: place() };
        TableRow { marker: marker.to_owned(), alleles: alleles.into_iter().map(row).collect(), mutation: None, counted: None, place: place() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_shrink_iters: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_case_makes_a_question_panic(
        persons in prop::collection::vec(person(), 0..8), samples in prop::collection::vec(sample(), 0..6),
        table in prop::collection::vec(table(), 0..4), weight in prop_oneof![Just(f64::NAN), -1.0..2.0f64], theta in -0.1..0.6f64,
    ) {
        let contents = Contents { persons, samples, table, ..Contents::default() };
        for finding in check(&contents) {
            prop_assert!(finding.to_string().starts_with("x:1"));
        }
        let case = build(&contents, &CaseOptions::default());
        let families: Vec<&Family> = case.families.iter().collect();
        let remains: Vec<&Remains> = case.remains.iter().collect();
        let missing: usize = families.iter().map(|f| f.missing.len()).sum();
        let options = JointOptions { theta, weights: vec![vec![weight; missing]; remains.len()], ..JointOptions::default() };
        let found = joint(&families, &remains, &case.loci, &options, &|_, _| true);
        prop_assert!(found.is_err() || weight >= 0.0 || missing == 0 || remains.is_empty());
        if let Ok(found) = found {
            for row in &found.pairings {
                prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-6);
            }
        }
        let mut made = Vec::new();
        for (number, family) in families.iter().enumerate() {
            for member in &family.missing {
                let options = PowerOptions { simulations: 3, ..PowerOptions::default() };
                let also = candidates(family, *member);
                let _ = power(family, *member, &also[..also.len().min(1)], &case.loci, &options, &|_, _| true);
                for (body, one) in remains.iter().enumerate() {
                    let _ = evidence(family, &[(*member, *one)], &case.loci, theta.max(0.0));
                    made.push(Identification { remains: body, person: MissingPerson { family: number, member: *member } });
                }
            }
        }
        let _ = revise(&families, &remains, &made, &case.loci, 0.0, 0.1, &|_, _| true);
    }
}
