//! Joint identification against the documented example of the R package dvir, and against all assignments by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_kinship::{
    case::{Case, CaseOptions, Family, Remains, build},
    formats::{Contents, dvi},
    joint::{Joint, JointOptions, joint},
};

/// The two families of dvir's documented second example; the shared file holds its remains only.
const EXAMPLE2: &str = "#dataset; missing: M1,M2,M3\n#PM\nV1\t1\t1/1\nV2\t1\t1/2\nV3\t2\t3/4\n\
    #AM F1\nM1\t0\t0\t1\t-/-\nR1\t0\t0\t2\t2/2\nM2\tM1\tR1\t1\t-/-\n\
    #AM F2\nR2\t0\t0\t1\t3/3\nMO2\t0\t0\t2\t-/-\nM3\tR2\tMO2\t2\t-/-\n\
    #FREQ\nL1\tnone\t1=0.1\t2=0.1\t3=0.1\t4=0.1\t5=0.1\t6=0.1\t7=0.1\t8=0.1\t9=0.1\t10=0.1\n";

fn case(text: &str) -> Case {
    case_of(dvi::read(text, "x").unwrap())
}

fn case_of(contents: Contents) -> Case {
    build(&contents, &CaseOptions::default())
}

/// The files are rounded to ten digits, so that sums differ from 1 by some 1e-10. The package counts alleles that nobody
/// shows as one whose frequency is what is left to 1.
fn as_dvir_lumps(mut contents: Contents) -> Contents {
    for row in &mut contents.table {
        let shown = |allele: &str| {
            let of = contents.samples.iter().flat_map(|s| &s.markers);
            of.filter(|m| m.marker == row.marker)
                .any(|m| m.alleles.iter().any(|a| a == allele))
        };
        let left = 1.0 - row.total();
        let hidden = row.alleles.iter().position(|a| !shown(&a.allele));
        if let Some(at) = hidden {
            row.alleles[at].frequency += left;
        }
    }
    contents
}

fn all(case: &Case, options: &JointOptions) -> Joint {
    let families: Vec<&Family> = case.families.iter().collect();
    let remains: Vec<&Remains> = case.remains.iter().collect();
    joint(&families, &remains, &case.loci, options, &|_, _| true).unwrap()
}

#[test]
fn the_second_example_of_dvir_gives_its_published_table_and_pairings() {
    let found = all(&case(EXAMPLE2), &JointOptions::default());
    assert_eq!(found.gap, 0.0);
    // The ten rows of the package's documentation: likelihood ratio and posterior.
    let ratios = [250.0, 50.0, 25.0, 5.0, 5.0, 5.0, 5.0, 1.0, 1.0, 1.0];
    assert_eq!(found.assignments.len(), 10);
    for (got, wanted) in found.assignments.iter().zip(ratios) {
        assert!((got.log10_lr - f64::log10(wanted)).abs() < 1e-12);
        assert!((got.posterior - wanted / 348.0).abs() < 1e-12);
    }
    assert_eq!(found.assignments[0].of, [Some(0), Some(1), Some(2)]);
    let published = [
        [0.879_310_34, 0.0, 0.0, 0.120_689_66],
        [0.017_241_38, 0.948_275_9, 0.0, 0.034_482_76],
        [0.0, 0.0, 0.833_333_3, 0.166_666_67],
    ];
    for (got, wanted) in found.pairings.iter().zip(published) {
        for (got, wanted) in got.iter().zip(wanted) {
            assert!((got - wanted).abs() < 5e-8, "{got} is not {wanted}");
        }
    }
    assert_eq!(found.pairwise[2][0], None);
    assert_eq!(found.pairwise[0][1], Some(f64::NEG_INFINITY));
}

#[test]
fn pairs_alone_agree_with_the_tables_that_dvir_computes() {
    for name in ["dvi_fire", "dvi_icmp"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/kinship/");
        let Ok(text) = std::fs::read_to_string(format!("{folder}{name}.txt")) else {
            eprintln!("{folder}{name}.txt is not here; nothing was tested");
            return;
        };
        let table = std::fs::read_to_string(format!("{folder}{name}_pairwise_lr.csv")).unwrap();
        let case = case_of(as_dvir_lumps(dvi::read(&text, "x").unwrap()));
        let one = JointOptions {
            // Pairs only.
            most_in_family: 1 + case.remains.len() * case.families[0].missing.len(),
            most_steps: 0,
            ..JointOptions::default()
        };
        let found = all(&case, &one);
        let names: Vec<&str> = table.lines().next().unwrap().split(',').skip(1).collect();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            let body = case
                .remains
                .iter()
                .position(|r| r.profile.name == cells[0])
                .unwrap();
            for (name, cell) in names.iter().zip(&cells[1..]) {
                let person = found
                    .missing
                    .iter()
                    .position(|m| case.families[m.family].id(m.member) == *name)
                    .unwrap();
                let got = found.pairwise[body][person].map(|l| 10f64.powf(l));
                match (*cell, got) {
                    ("NA", None) => {}
                    (cell, Some(got)) => {
                        let wanted: f64 = cell.parse().unwrap();
                        assert!(
                            (got - wanted).abs() <= 1e-9 * wanted,
                            "{name}: {got} is not {wanted}"
                        );
                    }
                    (cell, None) => panic!("{name} of {} was not weighed, {cell}", cells[0]),
                }
            }
        }
    }
}

#[test]
fn a_search_cut_short_says_how_much_it_left() {
    let case = case(EXAMPLE2);
    let exact = all(&case, &JointOptions::default());
    let short = all(
        &case,
        &JointOptions {
            most_steps: 3,
            ..JointOptions::default()
        },
    );
    assert!(short.gap > 0.0 && short.gap <= 1.0, "{}", short.gap);
    // The truth lies within the gap.
    for (was, got) in exact.pairings.iter().zip(&short.pairings) {
        for (was, got) in was.iter().zip(got) {
            assert!(
                (was - got).abs() <= short.gap + 1e-12,
                "{was} {got} {}",
                short.gap
            );
        }
    }
    let few = all(
        &case,
        &JointOptions {
            most_in_family: 3,
            ..JointOptions::default()
        },
    );
    assert!(few.gap > 0.0);
}

#[test]
fn families_that_compete_for_one_body_share_its_probability() {
    // Two families alike; the remains fit both equally.
    let text = "#dataset; missing: M1,M2\n#PM\nV1\t1\t1/2\n#AM F1\nA\t0\t0\t1\t1/1\nX\t0\t0\t2\t-/-\nM1\tA\tX\t1\t-/-\n\
        #AM F2\nB\t0\t0\t1\t1/1\nY\t0\t0\t2\t-/-\nM2\tB\tY\t1\t-/-\n#FREQ\nL1\tnone\t1=0.1\t2=0.1\t3=0.8\n";
    let case = case(text);
    let found = all(&case, &JointOptions::default());
    // LR of a child of 1/1 who is 1/2: 0.1 / (2 × 0.1 × 0.1) = 5; the sum is 1 + 5 + 5.
    for (got, wanted) in found.pairings[0].iter().zip([5.0, 5.0, 1.0]) {
        assert!((got - wanted / 11.0).abs() < 1e-12);
    }
    let told = JointOptions {
        weights: vec![vec![0.2, 2.0]],
        ..JointOptions::default()
    };
    let found = all(&case, &told);
    for (got, wanted) in found.pairings[0].iter().zip([1.0, 10.0, 1.0]) {
        assert!((got - wanted / 12.0).abs() < 1e-12);
    }
}
