//! What a trained model promises.
#![allow(clippy::unwrap_used)]

use mandate_themes::{Example, Model, ModelError, Options, TrainError, train};
use proptest::prelude::*;

const TEXTS: [(&str, &[usize]); 6] = [
    ("Appoint judges to the vacant posts of the courts", &[0]),
    ("Train judges and prosecutors", &[0]),
    ("Build schools in every municipality", &[1]),
    (
        "Provide textbooks in the languages of all pupils in schools",
        &[1, 2],
    ),
    ("Publish laws in all official languages", &[2]),
    (
        "Ensure that courts provide interpreters for all languages",
        &[0, 2],
    ),
];

fn examples() -> Vec<Example<'static>> {
    (0..120)
        .map(|n| Example {
            text: TEXTS[n % 6].0,
            labels: TEXTS[n % 6].1,
            group: n as u64 / 6,
        })
        .collect()
}

fn labels() -> Vec<String> {
    ["justice", "education", "languages"]
        .map(str::to_owned)
        .to_vec()
}

fn trained() -> Model {
    let options = Options {
        note: "sample".into(),
        ..Options::default()
    };
    train(labels(), &examples(), &options, &|_| true).unwrap()
}

#[test]
fn what_was_learned_is_suggested_for_another_text() {
    let model = trained();
    let chosen = |text: &str| {
        let mut all: Vec<usize> = model
            .suggest(text)
            .iter()
            .filter(|s| s.chosen)
            .map(|s| s.label)
            .collect();
        all.sort_unstable();
        all
    };
    assert_eq!(chosen("Pay judges of the courts"), [0]);
    assert_eq!(chosen("Build more schools"), [1]);
    assert_eq!(model.suggest("Repair the schools")[0].label, 1);
    assert_eq!(chosen(""), [] as [usize; 0], "of nothing nothing is said");
    let probabilities: Vec<f32> = model
        .suggest("Repair the schools")
        .iter()
        .map(|s| s.probability)
        .collect();
    assert!(probabilities.windows(2).all(|pair| pair[0] >= pair[1]));
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
}

#[test]
fn what_words_mean_only_together_is_learned() {
    let (texts, labels): (Vec<&str>, Vec<&[usize]>) = [
        ("Teachers who visit the prisons", &[0][..]),
        ("Doctors who visit the villages", &[0]),
        ("Teachers who visit the villages", &[1]),
        ("Doctors who visit the prisons", &[1]),
    ]
    .into_iter()
    .unzip();
    let examples: Vec<Example> = (0..80)
        .map(|n| Example {
            text: texts[n % 4],
            labels: labels[n % 4],
            group: n as u64 / 4,
        })
        .collect();
    let names = vec!["one".to_owned(), "other".to_owned()];
    let model = train(names, &examples, &Options::default(), &|_| true).unwrap();
    for (text, right) in texts.iter().zip(labels) {
        assert_eq!(model.suggest(text)[0].label, right[0], "{text}");
    }
}

#[test]
fn the_same_examples_give_the_same_bytes_at_any_number_of_threads() {
    let with = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(|| trained().to_bytes())
    };
    let one = with(1);
    assert_eq!(one, with(4));
    let other = Options {
        seed: 2,
        ..Options::default()
    };
    assert_ne!(
        one,
        train(labels(), &examples(), &other, &|_| true)
            .unwrap()
            .to_bytes()
    );
}

#[test]
fn a_model_is_the_same_after_it_was_kept() {
    let model = trained();
    let again = Model::from_bytes(&model.to_bytes()).unwrap();
    assert_eq!(model, again);
    assert_eq!((again.note(), again.examples()), ("sample", 120));
}

#[test]
fn the_words_that_spoke_are_those_of_the_text() {
    let model = trained();
    let text = "In the north, appoint JUDGES at once";
    let reasons = model.reasons(text, 0, 2);
    let words: Vec<&str> = reasons.iter().map(|r| &text[r.start..r.end]).collect();
    assert!(words.contains(&"JUDGES"), "{words:?}");
    assert!(!words.contains(&"north"), "{words:?}");
    assert!(model.reasons(text, 99, 2).is_empty());
}

#[test]
fn what_cannot_be_learned_is_answered() {
    let learn = |labels: Vec<String>, examples: &[Example]| {
        train(labels, examples, &Options::default(), &|_| true)
    };
    assert!(matches!(
        learn(Vec::new(), &examples()),
        Err(TrainError::Nothing(_))
    ));
    assert!(matches!(learn(labels(), &[]), Err(TrainError::Nothing(_))));
    let wrong = [Example {
        text: "x",
        labels: &[7],
        group: 0,
    }];
    assert_eq!(
        learn(labels(), &wrong).unwrap_err(),
        TrainError::NoSuchLabel(0, 7, 3)
    );
    let stopped = train(labels(), &examples(), &Options::default(), &|_| false);
    assert_eq!(stopped.unwrap_err(), TrainError::Stopped);
}

#[test]
fn a_file_that_is_no_model_is_refused() {
    assert_eq!(
        Model::from_bytes(b"PK\x03\x04").unwrap_err(),
        ModelError::Other
    );
    assert_eq!(
        Model::from_bytes(b"MNDTHM1\n\x00").unwrap_err(),
        ModelError::Other,
        "one of the form before, whose features were others"
    );
    let bytes = trained().to_bytes();
    for cut in [8, 20, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(
            Model::from_bytes(&bytes[..cut]).unwrap_err(),
            ModelError::Damaged
        );
    }
}

proptest! {
    #[test]
    fn a_damaged_model_is_refused_or_harmless(at in 8_usize..2000, byte: u8, text in "\\PC{0,80}") {
        static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| trained().to_bytes());
        let mut bytes = BYTES.clone();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(model) = Model::from_bytes(&bytes) {
            for found in model.suggest(&text) {
                prop_assert!(!found.probability.is_nan());
                model.reasons(&text, found.label, 3);
            }
        }
    }
}
