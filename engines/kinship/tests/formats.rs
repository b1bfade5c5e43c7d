//! Texts are read with their places, and what is written reads back the same.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::sync::Arc;

use mandate_kinship::{
    Mutation, MutationModel, Sex,
    formats::{
        Contents, FormatErrors, FrequencyRow, MarkerRow, PersonRow, Place, Role, SampleRow,
        TableRow, dvi, fam, frequencies, haplotypes, pedigrees, profiles, xml,
    },
};
use proptest::prelude::*;

/// Invented; laid out line by line as Familias 3.3.1 writes.
const FAM: &str = include_str!("fixtures/invented.fam");

fn nowhere() -> Place {
    Place::line(&Arc::from(""), 0)
}

/// The same records without their places.
fn bare(mut all: Contents) -> Contents {
    for person in &mut all.persons {
        person.place = nowhere();
    }
    for sample in &mut all.samples {
        sample.place = nowhere();
        for marker in &mut sample.markers {
            marker.place = nowhere();
        }
    }
    for row in &mut all.table {
        row.place = nowhere();
        for allele in &mut row.alleles {
            allele.place = nowhere();
        }
    }
    all.remarks.clear();
    all
}

fn shared(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/kinship/");
    std::fs::read_to_string(format!("{folder}{name}"))
        .map_err(|_| eprintln!("{folder}{name} is not here; nothing was tested"))
        .ok()
}

#[test]
fn both_published_tables_are_read_and_their_sums_are_stated() {
    if let Some(text) = shared("norwegian_frequencies_35.csv") {
        let table = frequencies::read(&text, "norway").unwrap();
        assert_eq!(table.len(), 35);
        assert!(table.iter().all(|m| (m.total() - 1.0).abs() < 1e-6));
    }
    if let Some(text) = shared("frequencies_bosnia_herzegovina.csv") {
        let table = frequencies::read(&text, "bosnia").unwrap();
        assert_eq!(table.len(), 16);
        assert!(table.iter().any(|m| (m.total() - 1.0).abs() > 1e-7));
        assert!(table.iter().all(|m| (m.total() - 1.0).abs() < 1e-2));
    }
}

#[test]
fn the_examples_for_identification_are_read() {
    if let Some(text) = shared("dvi_icmp.txt") {
        let case = dvi::read(&text, "icmp").unwrap();
        assert_eq!(case.table.len(), 13);
        let missing = case.persons.iter().filter(|p| p.role == Role::Missing);
        assert_eq!(missing.count(), 12);
        let (remains, typed): (Vec<_>, Vec<_>) =
            case.samples.iter().partition(|s| s.person.is_none());
        assert_eq!((remains.len(), typed.len()), (5, 6));
    }
    if let Some(text) = shared("dvi_fire.txt") {
        let case = dvi::read(&text, "fire").unwrap();
        let mutation = case.table[0].mutation.clone().unwrap();
        assert_eq!(mutation.male, MutationModel::Proportional { rate: 0.001 });
        let (written, lost) = fam::write(&case);
        assert_eq!(lost, Vec::<String>::new());
        let again = fam::read(&written, "fire.fam").unwrap();
        assert_eq!(bare(again).samples, bare(case).samples);
    }
}

#[test]
fn the_layouts_of_laboratories_mean_the_same() {
    let texts = [
        "sample,person,TH01,D3S1358\nB1,,6/9.3,15/15\n",
        "Sample Name;Person;TH01;D3S1358\nB1;;6 9,3;15/15\n",
        "sample\tperson\tTH01_1\tTH01_2\tD3S1358_1\tD3S1358_2\nB1\t\t6\t9.3\t15\t15\n",
        "sample,person,TH01 Allele 1,TH01 Allele 2,D3S1358.1,D3S1358.2\nB1,,6,9.3,15,15\n",
        "# exported\nsample,person,marker,allele1,allele2\nB1,,TH01,6,9.3\nB1,,D3S1358,15,15\n",
    ];
    for text in texts {
        let samples = profiles::read(text, "x").unwrap();
        assert_eq!(samples.len(), 1, "{text}");
        let typed: Vec<_> = samples[0]
            .markers
            .iter()
            .map(|m| format!("{} {}", m.marker, m.alleles.join("/")))
            .collect();
        assert_eq!(typed, ["TH01 6/9.3", "D3S1358 15/15"], "{text}");
    }
    // A marker whose own name ends in a number is not half of a pair.
    let one = profiles::read("sample,PENTA_1\nB1,5/7\n", "x").unwrap();
    assert_eq!(one[0].markers[0].marker, "PENTA_1");
}

#[test]
fn every_wrong_cell_is_named_with_line_and_field() {
    let says = |error: FormatErrors, parts: &[&str]| {
        let text = error.to_string();
        for part in parts {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    };
    let text = "family,id,father,mother,sex,role\nF,a,,,male,\nF,,,,x,lost\n";
    says(
        pedigrees::read(text, "f.csv").unwrap_err(),
        &[
            "f.csv:3: id: the person's id is missing",
            "f.csv:3: sex: \"x\" is not male, female or unknown",
            "f.csv:3: role: \"lost\" is not missing or relative",
        ],
    );
    let text = "sample,person,marker,allele1,allele2\nB,,TH01,6,9.3.3\n";
    says(
        profiles::read(text, "p.csv").unwrap_err(),
        &["p.csv:2: allele2"],
    );
    let text = "marker,allele,freq\nTH01,6,1.5\n";
    says(
        frequencies::read(text, "t.csv").unwrap_err(),
        &["t.csv:2: freq"],
    );
    says(
        pedigrees::read("id,father\na,\n", "f.csv").unwrap_err(),
        &["no column \"mother\"", "no column \"sex\""],
    );
}

#[test]
fn a_text_of_familias_is_read_with_alternatives_extras_and_models() {
    let case = fam::read(FAM, "invented.fam").unwrap();
    assert_eq!(case.theta, Some(0.01));
    assert_eq!(case.table[0].alleles[2].allele, "9.3");
    let mutation = case.table[0].mutation.clone().unwrap();
    let stepwise = |rate| MutationModel::Stepwise {
        rate,
        rate2: 1e-6,
        range: 0.1,
    };
    assert_eq!(mutation.female, stepwise(0.001));
    assert_eq!(mutation.male, stepwise(0.002));
    let child = |family: &str| {
        let of = |p: &&PersonRow| p.family == family && p.id == "CH";
        case.persons.iter().find(of).unwrap().clone()
    };
    assert_eq!(child("father and child").father.as_deref(), Some("AF"));
    let brother = child("brothers");
    assert_eq!(brother.mother.as_deref(), Some("MO"));
    assert_eq!(brother.father.as_deref(), Some("unnamed 4"));
    let typed = case.samples.iter().find(|s| s.sample == "AF").unwrap();
    assert_eq!(typed.markers[1].alleles, ["8", "9"]);
    assert!(case.remarks.iter().any(|(_, r)| r.contains("drop-out")));
}

#[test]
fn a_text_of_familias_for_identification_is_read() {
    let text = FAM.replace("3.3.1\n\"\"", "3.3.1 (DVI)\n\"\"") + include_str!("fixtures/dvi.part");
    let case = fam::read(&text, "dvi.fam").unwrap();
    let of: Vec<_> = case.persons.iter().filter(|p| p.family == "F1").collect();
    let missing = of.iter().find(|p| p.role == Role::Missing).unwrap();
    // The sex follows from the other parent's.
    assert_eq!(
        (missing.id.as_str(), missing.sex),
        ("Missing person", Sex::Male)
    );
    let r1 = of.iter().find(|p| p.id == "R1").unwrap();
    assert_eq!(r1.father.as_deref(), Some("Missing person"));
    assert_eq!(r1.mother.as_deref(), Some("EF"));
    let remains: Vec<_> = case.samples.iter().filter(|s| s.person.is_none()).collect();
    assert_eq!(remains[0].sample, "B7");
    assert_eq!(remains[0].markers[0].alleles, ["6", "9.3"]);
}

/// Names that no format takes for "nothing" or for the mark of the missing.
fn word() -> impl Strategy<Value = String> {
    "[A-Za-z=+@'#][A-Za-z0-9 =\"'ë,;<&]{0,6}[a-z]".prop_filter("means nothing", |w| {
        !w.eq_ignore_ascii_case("na") && !w.to_lowercase().starts_with("missing")
    })
}

fn label() -> impl Strategy<Value = String> {
    (1..40u32, prop::option::of(1..4u32)).prop_map(|(whole, part)| match part {
        Some(part) => format!("{whole}.{part}"),
        None => whole.to_string(),
    })
}

fn model() -> impl Strategy<Value = MutationModel> {
    let rate = || 1e-6..0.1f64;
    let range = || 0.01..0.9f64;
    prop_oneof![
        Just(MutationModel::None),
        rate().prop_map(|rate| MutationModel::Equal { rate }),
        rate().prop_map(|rate| MutationModel::Proportional { rate }),
        (rate(), rate(), range()).prop_map(|(rate, rate2, range)| MutationModel::Stepwise {
            rate,
            rate2,
            range
        }),
        (rate(), range()).prop_map(|(rate, range)| MutationModel::StepwiseByOrder { rate, range }),
        (rate(), range())
            .prop_map(|(rate, range)| MutationModel::StepwiseStationary { rate, range }),
    ]
}

prop_compose! {
    fn table()(rows in prop::collection::btree_map(
        "[A-Z][A-Z0-9]{2,6}X",
        (prop::collection::btree_map(label(), 1e-9..1.0f64, 1..5), model(), model(), 1..10_000u32),
        1..4,
    )) -> Vec<TableRow> {
        rows.into_iter().map(|(marker, (alleles, female, male, counted))| TableRow {
            marker,
            alleles: alleles.into_iter()
                .map(|(allele, frequency)| FrequencyRow { allele, frequency, place: nowhere() })
                .collect(),
            mutation: Some(Mutation { female, male }),
            counted: Some(counted),
            place: nowhere(),
        }).collect()
    }
}

prop_compose! {
    /// A family of father, mother and three children, typed by chance, with some remains.
    fn case()(
        table in table(),
        names in prop::collection::btree_set(word(), 6..9),
        missing in 0..5usize,
        typed in prop::collection::vec(any::<(bool, u8, u8)>(), 12),
        theta in 0.0..0.1f64,
    ) -> Contents {
        let names: Vec<String> = names.into_iter().collect();
        let markers = |seed: (bool, u8, u8)| -> Vec<MarkerRow> {
            table.iter().map(|row| {
                let pick = |n: u8| row.alleles[usize::from(n) % row.alleles.len()].allele.clone();
                let alleles = vec![pick(seed.1), pick(seed.2)];
                MarkerRow { marker: row.marker.clone(), alleles, place: nowhere() }
            }).collect()
        };
        let persons: Vec<PersonRow> = names[..5].iter().enumerate().map(|(n, id)| PersonRow {
            family: names[5].clone(),
            id: id.clone(),
            father: (n > 1).then(|| names[0].clone()),
            mother: (n > 1).then(|| names[1].clone()),
            sex: [Sex::Male, Sex::Female, Sex::Unknown, Sex::Male, Sex::Female][n],
            role: if missing == n { Role::Missing } else { Role::Relative },
            place: nowhere(),
        }).collect();
        let remains = names.iter().enumerate().skip(6).map(|(n, name)| SampleRow {
            sample: name.clone(), family: None, person: None, sex: Sex::Female,
            markers: markers(typed[n]), place: nowhere(),
        });
        let references = persons.iter().zip(&typed).filter(|(_, t)| t.0).map(|(p, t)| SampleRow {
            sample: p.id.clone(), family: Some(p.family.clone()), person: Some(p.id.clone()), sex: p.sex,
            markers: markers(*t), place: nowhere(),
        });
        let samples = remains.chain(references).collect();
        Contents { persons, samples, table, theta: Some(theta), remarks: vec![] }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn pedigrees_profiles_and_tables_read_back_as_they_were_written(case in case()) {
        let persons = pedigrees::read(&pedigrees::write(&case.persons), "x").unwrap();
        let long = profiles::read(&profiles::write_long(&case.samples), "x");
        let wide = profiles::read(&profiles::write_wide(&case.samples), "x");
        let mut table = frequencies::read(&frequencies::write_long(&case.table), "x").unwrap();
        for (row, was) in table.iter_mut().zip(&case.table) {
            row.mutation.clone_from(&was.mutation);
            row.counted = was.counted;
        }
        // Without a sample there is no marker to name.
        for samples in [long, wide].into_iter().filter(|_| !case.samples.is_empty()) {
            let (persons, table) = (persons.clone(), table.clone());
            let read = Contents { persons, samples: samples.unwrap(), table, theta: case.theta, remarks: vec![] };
            prop_assert_eq!(&bare(read), &case);
        }
    }

    #[test]
    fn xml_reads_back_as_it_was_written(case in case()) {
        prop_assert_eq!(&bare(xml::read(&xml::write(&case), "x").unwrap()), &case);
    }

    #[test]
    fn the_text_of_familias_reads_back_as_it_was_written(case in case()) {
        let (text, lost) = fam::write(&case);
        prop_assert_eq!(lost, Vec::<String>::new());
        let again = bare(fam::read(&text, "x").unwrap());
        prop_assert_eq!(&again, &case);
    }
}

/// A generator that needs no crate and gives the same texts everywhere.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.next(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[test]
fn ten_thousand_bad_texts_make_no_reader_panic() {
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "family", "id", ",", ";", "\t", "\n", "\r\n", "\"", "sample", "marker", "allele1", "0", "9.3", "-1", "[", "]",
        "[DVI]", "#TRUE#", "#FALSE#", "= ", "<Case>", "<System Name=\"", "/>", "</Case>", "\u{feff}", "ë", "'", "#PM",
        "#FREQ", "/", "18446744073709551616", "1e999", "NaN", "allele", "freq", "Known relations", "\0", "&amp;", "<",
    ];
    type Reader = fn(&str) -> Result<(), FormatErrors>;
    let xml_text = xml::write(&fam::read(FAM, "x").unwrap());
    let dvi_fam = FAM.to_owned() + include_str!("fixtures/dvi.part");
    let readers: [(Reader, &str); 9] = [
        (|t| fam::read(t, "x").map(drop), FAM),
        (|t| fam::read(t, "x").map(drop), &dvi_fam),
        (
            |t| pedigrees::read(t, "x").map(drop),
            "family,id,father,mother,sex,role\nF,a,,,male,\nF,b,a,c,x,missing\n",
        ),
        (
            |t| profiles::read(t, "x").map(drop),
            "sample,person,TH01_1,TH01_2,VWA\nB1,,6,9.3,15/17\n",
        ),
        (
            |t| frequencies::read(t, "x").map(drop),
            "marker,allele,freq\nTH01,6,0.5\n",
        ),
        (
            |t| dvi::read(t, "x").map(drop),
            "#PM\nV1\t1\t6/9.3\n#AM F1\nR1\t0\t0\t2\t6/7\n#FREQ\nTH01\tnone\t6=0.2\t7=0.2\t9.3=0.6\n",
        ),
        (|t| xml::read(t, "x").map(drop), &xml_text),
        (|t| xml::read(t, "x").map(drop), LABORATORY),
        (
            |t| haplotypes::read(t, "x").map(drop),
            "sample,kind,seen,of,once,database\nB1,Y,0,1200,800,x\nB1,mt,3,500,,\n",
        ),
    ];
    let mut noise = Noise(20_261_124);
    let mut refused = 0;
    for round in 0..10_003 {
        let (read, good) = readers[round % readers.len()];
        let mut text = good.to_owned();
        for _ in 0..=noise.next(4) {
            let at = noise.place(&text);
            match noise.next(4) {
                0 | 1 => text.insert_str(at, PIECES[noise.next(PIECES.len())]),
                2 => text.truncate(at),
                _ => {
                    let from = noise.place(&text);
                    text.replace_range(from.min(at)..from.max(at), "");
                }
            }
        }
        refused += usize::from(read(&text).is_err());
    }
    assert!(
        refused > 2_000,
        "only {refused} were refused: not bad enough"
    );
}

/// Invented, in the layout of `CODISImportFile`.
const LABORATORY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<c:CODISImportFile xmlns:c="urn:CODISImportFile-schema">
  <c:HEADERVERSION>3.2</c:HEADERVERSION>
  <c:SPECIMEN CASEID="1"><c:SPECIMENID>B&amp;1</c:SPECIMENID><c:SPECIMENCATEGORY>Unidentified Person</c:SPECIMENCATEGORY>
    <c:BATCH><c:LOCUS><c:LOCUSNAME>TH01</c:LOCUSNAME><c:READINGBY>x</c:READINGBY>
      <c:ALLELE><c:ALLELEVALUE>6</c:ALLELEVALUE></c:ALLELE><c:ALLELE><c:ALLELEVALUE>9.3</c:ALLELEVALUE></c:ALLELE></c:LOCUS></c:BATCH>
    <c:LOCUS><c:LOCUSNAME>vWA</c:LOCUSNAME><c:ALLELE><c:ALLELEVALUE>17</c:ALLELEVALUE></c:ALLELE></c:LOCUS>
  </c:SPECIMEN>
  <c:SPECIMEN><c:SPECIMENID>A-mother</c:SPECIMENID><c:SPECIMENCATEGORY>Biological Mother</c:SPECIMENCATEGORY>
    <c:LOCUS><c:LOCUSNAME>DYS391</c:LOCUSNAME><c:ALLELE><c:ALLELEVALUE>10</c:ALLELEVALUE></c:ALLELE></c:LOCUS>
  </c:SPECIMEN>
</c:CODISImportFile>
"#;

#[test]
fn profiles_of_a_laboratory_are_read_and_nothing_is_made_of_half_a_genotype() {
    let case = xml::read(LABORATORY, "lab.xml").unwrap();
    assert_eq!(case.samples.len(), 2);
    let (remains, mother) = (&case.samples[0], &case.samples[1]);
    assert_eq!((remains.sample.as_str(), &remains.person), ("B&1", &None));
    assert_eq!(mother.person.as_deref(), Some("A-mother"));
    assert_eq!(remains.markers[0].alleles, ["6", "9.3"]);
    assert_eq!(remains.markers[1].alleles, ["17"]);
    // Only vWA: a man has one allele of DYS391.
    assert_eq!(case.remarks.len(), 1);
    assert!(
        case.remarks[0].1.starts_with("1 times"),
        "{:?}",
        case.remarks
    );
    let wrong = LABORATORY.replace("<c:ALLELEVALUE>17<", "<c:ALLELEVALUE>17.1.2<");
    let error = xml::read(&wrong, "lab.xml").unwrap_err().to_string();
    assert!(error.starts_with("lab.xml:7: vWA:"), "{error}");
    assert!(xml::read(&LABORATORY[..600], "lab.xml").is_err());
}
