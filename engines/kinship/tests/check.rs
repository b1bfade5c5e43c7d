//! Every kind of finding is made by records that show it, with its file, line and field. All records are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;

use mandate_kinship::{
    case::{CaseOptions, build},
    check::{Finding, Severity, check},
    formats::{Contents, frequencies, pedigrees, profiles},
};

const TABLE: &str = "allele,TH01,D3S1358,TPOX,FGA,VWA,D12S391,D8S1179,CSF1PO,DXS8378\n\
    6,0.2,,,,,,,,\n7,0.2,,,,,,,,\n8,,,0.5,,,,0.1,,\n9,0.3,,0.1,,,,0.1,,\n9.3,0.3,,,,,,,,\n10,,,0.2,,,,0.1,0.3,0.4\n\
    11,,,0.2,,,,0.1,0.3,0.6\n12,,,,,,,0.2,0.4,\n13,,,,,,,0.4,,\n15,,0.3,,,0.1,0.3,,,\n16,,0.3,,,0.3,0.3,,,\n\
    17,,0.2,,,0.3,0.2,,,\n18,,0.2,,,0.3,0.2,,,\n21,,,,0.4,,,,,\n22,,,,0.6,,,,,\n";

const FAMILY: &str = "family,id,father,mother,sex,role\nF,pa,,,M,\nF,ma,,,F,\nF,son,pa,ma,M,missing\nF,girl,pa,ma,F,\n";

fn case(persons: &str, samples: &str, table: &str) -> Contents {
    let samples = if samples.is_empty() {
        Vec::new()
    } else {
        profiles::read(samples, "p.csv").unwrap()
    };
    Contents {
        persons: pedigrees::read(persons, "f.csv").unwrap(),
        samples,
        table: frequencies::read(table, "t.csv").unwrap(),
        ..Contents::default()
    }
}

fn found(persons: &str, samples: &str, table: &str) -> Vec<Finding> {
    check(&case(persons, samples, table))
}

/// The only finding of a code, as `place: severity`.
fn place(all: &[Finding], code: &str) -> String {
    let mut of = all.iter().filter(|f| f.what.code() == code);
    let first = of.next().unwrap_or_else(|| panic!("no {code} in {all:#?}"));
    assert!(of.next().is_none(), "{code} twice in {all:#?}");
    assert!(!first.what.mend().is_empty());
    format!("{}: {}", first.place, first.what.severity().as_str())
}

fn codes(all: &[Finding]) -> BTreeSet<&'static str> {
    all.iter().map(|f| f.what.code()).collect()
}

#[test]
fn a_sound_family_has_no_finding_that_must_be_mended() {
    let samples = "sample,person,TH01,D3S1358,TPOX,FGA,VWA,D8S1179,CSF1PO,AMEL\n\
        R1,pa,6/7,15/16,8/8,21/22,16/17,12/13,10/11,X/Y\nR2,ma,9/9.3,17/18,8/9,22/22,15/16,13/13,11/12,X/X\n\
        R3,girl,7/9,15/18,8/9,21/22,16/16,13/13,10/12,X/X\nB1,,6/9.3,16/17,8/8,21/22,17/15,12/13,10/11,X/Y\n";
    let all = found(FAMILY, samples, TABLE);
    assert!(
        all.iter().all(|f| f.what.severity() == Severity::Note),
        "{all:#?}"
    );
}

#[test]
fn faults_of_persons_are_named() {
    let text = "family,id,father,mother,sex,role\n\
        F,pa,,,F,\nF,ma,,,F,\nF,son,pa,ma,M,\nF,son,pa,ma,M,\nF,lone,pa,,M,\nF,odd,nobody,ma,M,\n\
        F,u,v,ma,M,\nF,v,u,ma,M,\nF,below,v,ma,M,\n";
    let all = found(text, "", TABLE);
    assert_eq!(place(&all, "person-twice"), "f.csv:5: id: error");
    assert_eq!(place(&all, "one-parent"), "f.csv:6: warning");
    assert_eq!(place(&all, "unknown-parent"), "f.csv:7: father: error");
    assert_eq!(place(&all, "nobody-missing"), "f.csv:2: warning");
    assert_eq!(place(&all, "nobody-typed"), "f.csv:2: warning");
    let of = |code| {
        let all = all.iter().filter(|f| f.what.code() == code);
        all.map(|f| f.place.to_string()).collect::<Vec<_>>()
    };
    assert!(of("sex-against-role").contains(&"f.csv:2: sex".to_owned()));
    // Who only descends from somebody on the circle is not on it.
    assert_eq!(of("own-ancestor"), ["f.csv:8", "f.csv:9"]);
}

#[test]
fn faults_of_samples_are_named() {
    let text = "sample,person,sex,marker,allele1,allele2,allele3\n\
        R1,pa,,TH01,6,7,9\nR1,pa,,TH01,6,7,\nR1,pa,,Penta E,5,7,\nR1,pa,,TPOX,8,,\nR1,pa,,DXS8378,10,11,\n\
        R2,ma,,AMEL,X,Y,\nR2,ma,,DYS19,14,,\nR2,ma,,TPOX,8,30,\nR3,stranger,,TPOX,8,8,\nB1,,,TPOX,8,8,\nR1,,,TPOX,8,8,\n";
    let all = found(FAMILY, text, TABLE);
    assert_eq!(place(&all, "too-many-alleles"), "p.csv:2: error");
    assert_eq!(place(&all, "marker-twice"), "p.csv:3: error");
    assert_eq!(place(&all, "unknown-marker"), "p.csv:4: warning");
    assert_eq!(place(&all, "one-allele"), "p.csv:5: note");
    assert_eq!(place(&all, "two-on-one-chromosome"), "p.csv:6: error");
    assert_eq!(place(&all, "amelogenin-against-sex"), "p.csv:7: error");
    assert_eq!(place(&all, "y-of-woman"), "p.csv:8: error");
    assert_eq!(place(&all, "allele-not-in-table"), "p.csv:9: warning");
    assert_eq!(place(&all, "unknown-person"), "p.csv:10: person: error");
    assert_eq!(place(&all, "sample-twice"), "p.csv:12: sample: error");
    assert!(codes(&all).contains("few-markers"));
}

#[test]
fn one_profile_under_two_names_and_two_profiles_of_one_person_are_named() {
    let text = "sample,person,TH01,D3S1358,TPOX,FGA,D8S1179,CSF1PO\n\
        B1,,6/9.3,16/17,8/8,21/22,12/13,10/11\nB2,,9.3/6,16/17,8/8,21/22,12/13,10/11\n\
        R1,pa,6/7,15/16,8/8,21/22,12/13,10/11\nR2,pa,6/7,15/16,8/8,21/22,12/13,10/11\n\
        R3,ma,9/9,17/18,8/9,22/22,13/13,11/12\nR4,ma,9/9,17/18,8/9,22/22,13/13,10/12\n";
    let all = found(FAMILY, text, TABLE);
    assert_eq!(place(&all, "identical-profiles"), "p.csv:3: warning");
    assert_eq!(place(&all, "person-typed-twice"), "p.csv:5: note");
    assert_eq!(place(&all, "person-typed-differently"), "p.csv:7: error");
    let said = all
        .iter()
        .find(|f| f.what.code() == "person-typed-differently");
    assert!(said.unwrap().to_string().contains("differ at CSF1PO"));
}

#[test]
fn a_person_of_one_name_in_two_families_must_be_told_apart() {
    let text =
        "family,id,father,mother,sex,role\nF,a,,,M,\nF,m,,,M,missing\nG,a,,,M,\nG,m,,,M,missing\n";
    let all = found(text, "sample,person,TH01\nR1,a,6/7\n", TABLE);
    assert_eq!(place(&all, "person-in-several"), "p.csv:2: person: error");
    let all = found(text, "sample,family,person,TH01\nR1,F,a,6/7\n", TABLE);
    assert!(!codes(&all).contains("person-in-several"));
    // The typed person is nobody's relative by blood.
    assert!(codes(&all).contains("nobody-related"));
}

#[test]
fn faults_of_tables_are_named() {
    let table = "marker,allele,freq\nTH01,6,0.5\nTH01,6,0.5\nVWA,15,0.499\nVWA,16,0.5\nFGA,21,0.4\nFGA,22,0.2\n\
        TPOX,8,1\nTPOX,9,0\nD12S391,18,1\n";
    let all = found(
        FAMILY,
        "sample,person,VWA,D12S391\nR,pa,15/16,18/18\n",
        table,
    );
    assert_eq!(place(&all, "allele-twice"), "t.csv:3: error");
    assert_eq!(place(&all, "sum-not-one"), "t.csv:4: note");
    assert_eq!(place(&all, "sum-wrong"), "t.csv:6: error");
    assert_eq!(place(&all, "zero-frequency"), "t.csv:9: note");
    assert_eq!(place(&all, "linked-markers"), "t.csv:10: warning");
}

#[test]
fn a_marker_in_two_tables_and_two_mitochondrial_haplotypes_are_named() {
    let mut twice = case(
        FAMILY,
        "sample,person,TH01,MTDNA\nR1,ma,6/7,H_1/H_2\nR2,pa,6/6,H_2\n",
        TABLE,
    );
    let again = frequencies::read("marker,allele,freq\nTH01,6,0.4\nTH01,7,0.6\n", "u.csv");
    twice.table.extend(again.unwrap());
    let all = check(&twice);
    assert_eq!(place(&all, "marker-twice-in-table"), "u.csv:2: error");
    assert_eq!(place(&all, "two-haplotypes"), "p.csv:2: MTDNA: warning");
    // A haplotype needs no table and is no genotype of which half is unknown.
    assert!(!codes(&all).contains("unknown-marker"));
    assert!(!codes(&all).contains("one-allele"));
}

#[test]
fn conflicts_inside_a_family_are_counted_and_the_sample_behind_them_is_named() {
    let head = "sample,person,TH01,D3S1358,TPOX,FGA\nR1,pa,6/7,15/16,8/8,21/21\nR2,ma,9/9,17/18,8/9,21/22\n";
    let one = found(
        FAMILY,
        &format!("{head}R3,girl,7/9,15/18,8/9,22/22\n"),
        TABLE,
    );
    let text = one
        .iter()
        .find(|f| f.what.code() == "mendelian-conflict")
        .unwrap()
        .to_string();
    assert!(text.contains("at least 1 mutation(s) at FGA"), "{text}");
    assert!(text.contains("without pa or girl there is none"), "{text}");
    let many = found(
        FAMILY,
        &format!("{head}R3,girl,9.3/9.3,15/15,11/11,22/22\n"),
        TABLE,
    );
    let text = many
        .iter()
        .find(|f| f.what.code() == "mendelian-conflicts")
        .unwrap()
        .to_string();
    assert!(
        text.contains("6 mutations at 4 markers (without girl there is none)"),
        "{text}"
    );
}

#[test]
fn what_is_built_leaves_nothing_out_silently() {
    let persons = format!("{FAMILY}G,x,,,F,\nG,y,x,x,M,missing\n");
    let samples = "sample,person,TH01,FGA\nR1,pa,6/7,21/40\nR2,who,6/6,21/21\nB1,,6/7/9,21/21\n";
    let case = build(&case(&persons, samples, TABLE), &CaseOptions::default());
    assert_eq!(case.families.len(), 1);
    assert_eq!(case.remains.len(), 1);
    let all = case.remarks.join("\n");
    for part in [
        "the family G is left out",
        "sample R2 is left out",
        "TH01 of B1 is left out",
    ] {
        assert!(all.contains(part), "{part} is not in {all}");
    }
    // The new allele takes the lowest frequency of its marker; the sum stays 1.
    let fga = case.loci.iter().find(|l| l.name() == "FGA").unwrap();
    let new = fga.frequencies()[fga.place("40").unwrap()];
    assert!((new - 0.4).abs() > 0.3 && new <= 0.09);
    assert!((fga.frequencies().iter().sum::<f64>() - 1.0).abs() < 1e-12);
}
