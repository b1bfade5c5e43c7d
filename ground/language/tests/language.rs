//! What a reader of each language gets.
#![allow(
    clippy::bool_assert_comparison,
    clippy::unwrap_used,
    clippy::expect_used
)]

use jiff::{civil::date, tz::TimeZone};
use mandate_language::{Arg, Language, Languages, Message, to_cyrillic};
use proptest::prelude::*;

fn language(tag: &str) -> Language {
    Languages::load().unwrap().get(tag).unwrap().clone()
}

fn sorted<'a>(tag: &str, mut words: Vec<&'a str>) -> Vec<&'a str> {
    language(tag).sort_by_key(&mut words, |w| w.to_owned());
    words
}

#[test]
fn the_house_speaks_four_ways_and_each_names_itself() {
    let names: Vec<_> = Languages::load()
        .unwrap()
        .all()
        .iter()
        .map(Language::own_name)
        .collect();
    assert_eq!(names, ["English", "Shqip", "Srpski", "Српски"]);
}

#[test]
fn dates_are_written_as_each_language_writes_them() {
    let day = date(2026, 11, 23);
    let at = "2026-11-23T13:05:00Z".parse().unwrap();
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    for (tag, long, short, moment, month, march) in [
        (
            "en",
            "23 November 2026",
            "23 Nov 2026",
            "23 November 2026 at 14:05",
            "November 2026",
            "March",
        ),
        (
            "sq",
            "23 nëntor 2026",
            "23.11.2026",
            "23 nëntor 2026, 14:05",
            "nëntor 2026",
            "mars",
        ),
        (
            "sr-Latn",
            "23. novembar 2026.",
            "23. 11. 2026.",
            "23. novembar 2026. 14:05",
            "novembar 2026.",
            "mart",
        ),
        (
            "sr-Cyrl",
            "23. новембар 2026.",
            "23. 11. 2026.",
            "23. новембар 2026. 14:05",
            "новембар 2026.",
            "март",
        ),
    ] {
        let l = language(tag);
        assert_eq!(l.date(day), long);
        assert_eq!(l.short_date(day), short);
        assert_eq!(l.date_time(at, &zone), moment);
        assert_eq!(l.month(day), month);
        assert_eq!(l.month_name(3), march);
    }
    assert_eq!(language("sq").month_name(13), "13");
}

#[test]
fn numbers_are_written_as_each_language_writes_them() {
    for (tag, number, decimal, percent) in [
        ("en", "23,484", "1,234.50", "12.5%"),
        ("sq", "23\u{a0}484", "1234,50", "12,5%"),
        ("sr-Latn", "23.484", "1.234,50", "12,5%"),
        ("sr-Cyrl", "23.484", "1.234,50", "12,5%"),
    ] {
        let l = language(tag);
        assert_eq!(l.number(23_484), number);
        assert_eq!(l.decimal(1234.5, 2), decimal);
        assert_eq!(l.percent(0.125), percent);
        assert_eq!(
            l.with(
                "shell-table-showing",
                &[
                    ("from", 1.into()),
                    ("to", 50.into()),
                    ("total", 23_484.into())
                ]
            )
            .contains(number),
            true
        );
    }
    let en = language("en");
    assert_eq!(en.decimal(0.25, 1), "0.3");
    assert_eq!(en.decimal(-0.25, 1), "-0.3");
    assert_eq!(en.decimal(0.249, 1), "0.2");
    assert_eq!(en.percent(0.5), "50%");
    assert_eq!(en.number(i64::MIN), "-9,223,372,036,854,775,808");
}

#[test]
fn counts_take_the_plural_form_of_the_language() {
    let forms = |tag: &str| {
        let l = language(tag);
        [1, 2, 5, 11, 21, 22, 25, 1000].map(|n| {
            let text = l.with("shell-table-selected", &[("count", n.into())]);
            text.split_whitespace()
                .filter(|w| !w.contains(char::is_numeric))
                .collect::<Vec<_>>()
                .join(" ")
        })
    };
    let serbian = [
        "Označena stavka",
        "Označene stavke",
        "Označeno stavki",
        "Označeno stavki",
        "Označena stavka",
        "Označene stavke",
        "Označeno stavki",
        "Označeno stavki",
    ];
    assert_eq!(forms("sr-Latn"), serbian);
    assert_eq!(forms("sr-Cyrl"), serbian.map(to_cyrillic));
    assert_eq!(forms("sq")[..2], ["e përzgjedhur", "të përzgjedhura"]);
    assert_eq!(forms("sq")[4], "të përzgjedhura");
}

#[test]
fn days_are_told_from_today() {
    let texts = |tag: &str| [-12, -1, 0, 1, 3, 21].map(|n| language(tag).relative_days(n));
    assert_eq!(
        texts("en"),
        [
            "12 days ago",
            "yesterday",
            "today",
            "tomorrow",
            "in 3 days",
            "in 21 days"
        ]
    );
    assert_eq!(
        texts("sq"),
        [
            "para 12 ditësh",
            "dje",
            "sot",
            "nesër",
            "pas 3 ditësh",
            "pas 21 ditësh"
        ]
    );
    assert_eq!(
        texts("sr-Cyrl"),
        [
            "пре 12 дана",
            "јуче",
            "данас",
            "сутра",
            "за 3 дана",
            "за 21 дан"
        ]
    );
}

#[test]
fn lists_end_with_the_and_of_the_language() {
    let items = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    let texts = ["en", "sq", "sr-Latn", "sr-Cyrl"].map(|tag| language(tag).list(&items));
    assert_eq!(texts, ["a, b and c", "a, b dhe c", "a, b i c", "a, b и c"]);
}

#[test]
fn albanian_digraphs_sort_as_letters() {
    assert_eq!(
        sorted(
            "sq",
            vec![
                "xhami", "zog", "zhurmë", "çaj", "dhoma", "duar", "gjuha", "guri", "lule",
                "llampa", "njeri", "nuse", "rruga", "ruaj", "shtëpi", "sy", "thes", "tryezë",
                "xixë", "cak", "ëndërr", "erë"
            ]
        ),
        [
            "cak", "çaj", "duar", "dhoma", "erë", "ëndërr", "guri", "gjuha", "lule", "llampa",
            "nuse", "njeri", "ruaj", "rruga", "sy", "shtëpi", "tryezë", "thes", "xixë", "xhami",
            "zog", "zhurmë"
        ]
    );
}

#[test]
fn serbian_sorts_by_its_own_alphabet_in_both_scripts() {
    let latin = [
        "cena", "čaj", "ćilim", "duga", "džep", "đak", "luk", "ljubav", "nos", "njiva", "sin",
        "šuma", "zora", "žena",
    ];
    let mut shuffled = latin.to_vec();
    shuffled.reverse();
    assert_eq!(sorted("sr-Latn", shuffled), latin);
    let cyrillic = [
        "авлија",
        "ђак",
        "еж",
        "жена",
        "зора",
        "јеж",
        "љубав",
        "мост",
        "њива",
        "ћилим",
        "цена",
        "чај",
        "џеп",
        "шума",
    ];
    let mut shuffled = cyrillic.to_vec();
    shuffled.reverse();
    assert_eq!(sorted("sr-Cyrl", shuffled), cyrillic);
}

#[test]
fn paragraph_nine_comes_before_paragraph_ten() {
    assert_eq!(sorted("en", vec!["113.10", "113.9"]), ["113.9", "113.10"]);
}

#[test]
fn a_missing_label_shows_its_id_and_is_counted() {
    let l = language("sq");
    assert_eq!(l.text("shell-not-there"), "⟦shell-not-there⟧");
    assert_eq!(l.with("shell-pagination-page", &[]), "Faqja {$number}");
    assert_eq!(l.missing(), ["shell-not-there", "shell-pagination-page"]);
    assert!(l.has("shell-save") && !l.has("shell-not-there"));
}

#[test]
fn a_message_becomes_text_with_its_dates_lists_and_labels() {
    let message = Message::new("shell-pagination-page-of")
        .with("number", date(2026, 3, 1))
        .with("total", Arg::Label("shell-save"));
    assert_eq!(
        language("sr-Latn").message(&message),
        "Stranica 1. mart 2026. od Sačuvaj"
    );
    let message = Message::new("shell-file-formats")
        .with("formats", vec!["CSV".to_owned(), "PDF".to_owned()]);
    assert_eq!(language("sr-Cyrl").message(&message), "Формати: CSV и PDF");
}

#[test]
fn a_language_is_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Language>();
    shared::<Languages>();
}

#[test]
fn cyrillic_changes_running_text_only() {
    for (latin, cyrillic) in [
        ("Ljubav, Njegoš i džep", "Љубав, Његош и џеп"),
        ("Preuzmi PDF-a ili .xlsx", "Преузми PDF-а или .xlsx"),
        (
            "Pišite na ured@example.org ili https://example.org/pomoć?x=da.",
            "Пишите на ured@example.org или https://example.org/pomoć?x=da.",
        ),
        (
            "Dokument A/HRC/43/12, deo II, Excel",
            "Документ A/HRC/43/12, део II, Excel",
        ),
        ("I dalje važi", "И даље важи"),
    ] {
        assert_eq!(to_cyrillic(latin), cyrillic);
    }
}

fn any_arg() -> impl Strategy<Value = Arg> {
    prop_oneof![
        ".*".prop_map(Arg::Text),
        any::<i64>().prop_map(Arg::Integer),
        any::<f64>().prop_map(Arg::Decimal),
        Just(Arg::Decimal(f64::NAN)),
        Just(Arg::Decimal(1e300)),
        Just(Arg::Decimal(5e-324)),
        (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Arg::Date(date(y, m, d))),
        proptest::collection::vec(".*", 0..4).prop_map(Arg::List),
        Just(Arg::Label("no-such-label")),
    ]
}

proptest! {
    #[test]
    fn no_argument_makes_a_label_panic_or_carry_direction_marks(arg in any_arg(), tag in prop::sample::select(vec!["en", "sq", "sr-Latn", "sr-Cyrl"])) {
        let l = language(tag);
        for id in ["shell-table-selected", "shell-error-429-next", "common-percent", "common-in-days"] {
            let args: Vec<(&str, Arg)> = ["count", "minutes", "number", "days"].map(|n| (n, arg.clone())).into();
            let text = l.with(id, &args);
            if !matches!(arg, Arg::Text(_) | Arg::List(_)) {
                let marked = text.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']);
                prop_assert!(!marked);
            }
        }
    }

    #[test]
    fn no_number_makes_a_format_panic(whole in any::<i64>(), part in any::<f64>(), digits in any::<u8>(), month in any::<i8>()) {
        let l = language("sr-Latn");
        l.number(whole); l.relative_days(whole); l.decimal(part, digits); l.percent(part); l.month_name(month);
    }

    #[test]
    fn an_argument_keeps_its_script_in_a_cyrillic_label(name in "[A-Za-zčćžšđ ]{1,20}") {
        let text = language("sr-Cyrl").with("shell-signed-in-as", &[("name", name.as_str().into())]);
        prop_assert_eq!(text, format!("Пријављени сте као {name}"));
    }

    #[test]
    fn every_serbian_letter_leaves_latin_script(word in "[abvgdđežzijklmnoprstćufhcčš]{1,12}") {
        prop_assume!(!mandate_language::STAYS_LATIN.iter().any(|w| w.eq_ignore_ascii_case(&word)));
        prop_assert!(!to_cyrillic(&word).chars().any(|c| c.is_ascii_alphabetic()));
    }
}
