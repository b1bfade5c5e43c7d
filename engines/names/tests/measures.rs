//! The plain measures give what a published library gives.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_names::measures::*;
use proptest::prelude::*;

fn strings() -> impl Strategy<Value = String> {
    // Few letters, so that much matches; some strings beyond a machine word; some outside ASCII.
    prop_oneof![
        "[abc]{0,12}",
        "[a-e ]{0,12}",
        "[ab]{58,70}",
        "[abčћ]{0,12}",
        "[abč]{60,70}",
        ".{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn they_agree_with_strsim(one in strings(), other in strings()) {
        prop_assert_eq!(jaro(&one, &other), strsim::jaro(&one, &other));
        let (ours, theirs) = (jaro_winkler(&one, &other), strsim::jaro_winkler(&one, &other));
        prop_assert!((ours - theirs).abs() < 1e-15, "{} {}", ours, theirs);
        prop_assert_eq!(levenshtein(&one, &other), strsim::levenshtein(&one, &other));
        prop_assert_eq!(osa(&one, &other), strsim::osa_distance(&one, &other));
    }

    #[test]
    fn they_agree_with_rapidfuzz(one in strings(), other in strings()) {
        use rapidfuzz::distance;
        let (a, b) = (|| one.chars(), || other.chars());
        prop_assert_eq!(levenshtein(&one, &other), distance::levenshtein::distance(a(), b()));
        prop_assert_eq!(osa(&one, &other), distance::osa::distance(a(), b()));
        prop_assert_eq!(lcs(&one, &other), distance::lcs_seq::similarity(a(), b()));
        prop_assert!((jaro(&one, &other) - distance::jaro::similarity(a(), b())).abs() < 1e-15);
        prop_assert!((jaro_winkler(&one, &other) - distance::jaro_winkler::similarity(a(), b())).abs() < 1e-15);
    }
}

#[test]
fn winklers_own_examples_come_out() {
    // Winkler 1990, table of string comparators, to its three digits.
    for (one, other, expected) in [
        ("SHACKLEFORD", "SHACKELFORD", 0.982),
        ("DUNNINGHAM", "CUNNIGHAM", 0.896),
        ("NICHLESON", "NICHULSON", 0.956),
        ("JONES", "JOHNSON", 0.832),
        ("MASSEY", "MASSIE", 0.933),
        ("ABROMS", "ABRAMS", 0.922),
        ("DIXON", "DICKSONX", 0.813),
        ("MARHTA", "MARTHA", 0.961),
    ] {
        let found = jaro_winkler(one, other);
        assert!((found - expected).abs() < 0.0006, "{one} {other} {found}");
    }
}

#[test]
fn runs_of_letters_are_counted_once() {
    assert_eq!(qgram_jaccard("night", "nacht", 2), 1.0 / 7.0);
    assert_eq!(qgram_jaccard("aaaa", "aa", 2), 1.0);
    assert_eq!(qgram_jaccard("", "", 2), 1.0);
    assert_eq!(qgram_jaccard("a", "", 2), 0.0);
    assert_eq!(qgram_jaccard("a", "a", 0), 1.0);
}
