//! How well keys and similarity join the names of one place, and how fast they are:
//! `cargo run --release -p mandate-names --example measure [FILE of the gazetteer]`.
//!
//! True pairs are any two names of one place in the gazetteer. A pair is counted as one that *a spelling rule could join*
//! if its consonants agree in coarse classes of sounds with at most one edit (none below four consonants); that test shares
//! nothing with the keys and is more generous than they are. The others only the list joins. False pairs are random names of
//! two places with the same first letter; places that have a name in common are left out, since their names are the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use encoding_rs::{Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1252};
use mandate_names::{
    Gazetteer, Key, Place, Repaired, Strength, fold, key_into, measures, repair, repair_column,
    similarity,
};

/// Similarity from which two names are taken for one.
const ALIKE: f64 = 0.85;
/// The same for Jaro–Winkler.
const WINKLER: f64 = 0.92;

fn main() {
    let default = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../profiles/kosovo/gazetteer.tsv"
    );
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| default.to_owned());
    let lines = std::fs::read_to_string(&path).expect("the gazetteer can be read");
    let gazetteer = Gazetteer::read(&lines).expect("the file is a gazetteer");
    agreement(&gazetteer);
    repairs(&gazetteer);
    speed(&gazetteer);
}

type Test = (&'static str, fn(&str, &str) -> bool);

const TESTS: [Test; 9] = [
    ("the same characters", |a, b| a == b),
    ("folded as for searching", |a, b| fold(a) == fold(b)),
    ("key, orthographic", |a, b| {
        same(a, b, Strength::Orthographic)
    }),
    ("key, bare", |a, b| same(a, b, Strength::Bare)),
    ("key, bare, without article", |a, b| {
        article(a) == article(b)
    }),
    ("key, loose", |a, b| same(a, b, Strength::Loose)),
    ("similarity ≥ 0.85", |a, b| similarity(a, b) >= ALIKE),
    ("similarity ≥ 0.90", |a, b| similarity(a, b) >= 0.9),
    ("Jaro–Winkler ≥ 0.92", |a, b| {
        measures::jaro_winkler(&a.to_lowercase(), &b.to_lowercase()) >= WINKLER
    }),
];

fn same(a: &str, b: &str, strength: Strength) -> bool {
    Key::of(a, strength) == Key::of(b, strength)
}

fn article(name: &str) -> Key {
    Key::of(name, Strength::Bare).without_articles()
}

fn agreement(gazetteer: &Gazetteer) {
    let (mut rule, mut list) = (Vec::new(), Vec::new());
    for place in gazetteer.places() {
        for (at, one) in place.names.iter().enumerate() {
            for other in &place.names[at + 1..] {
                let pairs = if could_join(one, other) {
                    &mut rule
                } else {
                    &mut list
                };
                pairs.push((one.as_str(), other.as_str()));
            }
        }
    }
    let others = strangers(gazetteer.places(), 1_000_000);
    println!(
        "pairs of names of one place: {} that a spelling rule could join, {} that only the list joins",
        rule.len(),
        list.len()
    );
    println!(
        "random pairs of two places with the same initial: {}\n",
        others.len()
    );
    println!(
        "{:<28} {:>14} {:>14} {:>16}",
        "joined by", "rule could", "only the list", "false, in 10,000"
    );
    for (name, test) in TESTS {
        let share = |pairs: &[(&str, &str)]| {
            let joined = pairs.iter().filter(|(one, other)| test(one, other)).count();
            joined as f64 / pairs.len().max(1) as f64
        };
        println!(
            "{name:<28} {:>12.1} % {:>12.1} % {:>16.2}",
            100.0 * share(&rule),
            100.0 * share(&list),
            10_000.0 * share(&others)
        );
    }
}

/// Serbian names through each machine, alone and as a column; and right names of all languages, which must stay.
fn repairs(gazetteer: &Gazetteer) {
    let right: Vec<&str> = gazetteer
        .places()
        .iter()
        .flat_map(|place| place.names.iter().map(String::as_str))
        .collect();
    let touched = |texts: &[Repaired]| {
        texts
            .iter()
            .zip(&right)
            .filter(|(repaired, right)| repaired.text != **right)
            .count()
    };
    let alone: Vec<Repaired> = right.iter().map(|name| repair(name)).collect();
    println!(
        "\nright names changed: {} of {} alone, {} as a column",
        touched(&alone),
        right.len(),
        touched(&repair_column(&right).texts)
    );
    for (repaired, right) in alone
        .iter()
        .zip(&right)
        .filter(|(repaired, right)| repaired.text != **right)
        .take(5)
    {
        println!("  {right:?} → {:?} {:?}", repaired.text, repaired.what);
    }
    let serbian: Vec<&str> = right
        .iter()
        .copied()
        .filter(|name| name.contains(['č', 'ć', 'đ', 'š', 'ž', 'Č', 'Ć', 'Đ', 'Š', 'Ž']))
        .collect();
    println!(
        "\n{:<28} {:>10} {:>10} {:>10}",
        "Serbian names through", "names", "alone", "column"
    );
    let latin1 = |page: &'static Encoding, text: &str| -> String {
        page.encode(text)
            .0
            .iter()
            .copied()
            .map(char::from)
            .collect()
    };
    let machines: [(&str, Garbler); 7] = [
        ("1250 read as 1252", &|text| {
            read(&WINDOWS_1250.encode(text).0, WINDOWS_1252)
        }),
        ("1250 read as Latin-1", &|text| latin1(WINDOWS_1250, text)),
        ("Latin-2 read as Latin-1", &|text| latin1(ISO_8859_2, text)),
        ("1250 read as Mac Roman", &|text| {
            read(&WINDOWS_1250.encode(text).0, MACINTOSH)
        }),
        ("UTF-8 read as 1252", &|text| {
            read(text.as_bytes(), WINDOWS_1252)
        }),
        ("UTF-8 read as 1250", &|text| {
            read(text.as_bytes(), WINDOWS_1250)
        }),
        ("YUSCII read as ASCII", &yuscii),
    ];
    for (name, machine) in machines {
        let pairs = serbian
            .iter()
            .map(|right| (*right, machine(right)))
            .filter(|(right, wrong)| right != wrong);
        let (right, wrong): (Vec<&str>, Vec<String>) = pairs.unzip();
        let column = repair_column(&wrong.iter().map(String::as_str).collect::<Vec<_>>());
        let alone: Vec<Repaired> = wrong.iter().map(|name| repair(name)).collect();
        let share = |texts: &[Repaired]| {
            let back = texts
                .iter()
                .zip(&right)
                .filter(|(repaired, right)| repaired.text == **right)
                .count();
            100.0 * back as f64 / right.len().max(1) as f64
        };
        println!(
            "{name:<28} {:>10} {:>8.1} % {:>8.1} %",
            right.len(),
            share(&alone),
            share(&column.texts)
        );
    }
}

/// What a machine of the time makes of a text.
type Garbler<'a> = &'a dyn Fn(&str) -> String;

fn read(bytes: &[u8], page: &'static Encoding) -> String {
    page.decode_without_bom_handling(bytes).0.into_owned()
}

fn yuscii(text: &str) -> String {
    let signs = [
        ('č', '~'),
        ('ć', '}'),
        ('đ', '|'),
        ('š', '{'),
        ('ž', '`'),
        ('Č', '^'),
        ('Ć', ']'),
        ('Đ', '\\'),
        ('Š', '['),
        ('Ž', '@'),
    ];
    text.chars()
        .map(|c| {
            signs
                .iter()
                .find(|(letter, _)| *letter == c)
                .map_or(c, |(_, sign)| *sign)
        })
        .collect()
}

/// Consonants as coarse classes of sounds: lips, teeth and palate, throat, l and r, n.
fn classes(name: &str) -> Vec<u8> {
    let mut classes = Vec::new();
    for c in fold(name).chars() {
        let class = match c {
            'b' | 'p' | 'f' | 'v' | 'w' | 'm' => b'1',
            'c' | 'd' | 's' | 't' | 'z' | 'x' => b'2',
            'g' | 'k' => b'3',
            'l' | 'r' => b'4',
            'n' => b'5',
            _ => continue,
        };
        if classes.last() != Some(&class) {
            classes.push(class);
        }
    }
    classes
}

fn could_join(one: &str, other: &str) -> bool {
    let [a, b] = [one, other].map(|name| String::from_utf8(classes(name)).unwrap());
    let allowed = usize::from(a.len().min(b.len()) >= 4);
    measures::levenshtein(&a, &b) <= allowed
}

/// A fixed sequence of numbers (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

fn strangers(places: &[Place], count: usize) -> Vec<(&str, &str)> {
    let names: Vec<HashSet<String>> = places
        .iter()
        .map(|place| place.names.iter().map(|name| fold(name)).collect())
        .collect();
    let mut numbers = Numbers(1999);
    let mut pairs = Vec::new();
    while pairs.len() < count {
        let [a, b] = [0; 2].map(|_| numbers.below(places.len()));
        let [one, other] =
            [a, b].map(|at| places[at].names[numbers.below(places[at].names.len())].as_str());
        let initial = |name: &str| name.chars().next().map(|c| c.to_lowercase().to_string());
        if initial(one) == initial(other) && names[a].is_disjoint(&names[b]) {
            pairs.push((one, other));
        }
    }
    pairs
}

fn speed(gazetteer: &Gazetteer) {
    let names: Vec<&str> = gazetteer
        .places()
        .iter()
        .flat_map(|place| place.names.iter().map(String::as_str))
        .collect();
    let length: usize = names.iter().map(|name| name.chars().count()).sum();
    println!(
        "\n{} names, {:.1} letters each; million a second",
        names.len(),
        length as f64 / names.len() as f64
    );
    let keys: Vec<Key> = names.iter().map(|name| mandate_names::key(name)).collect();
    let ascii: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.is_ascii())
        .collect();
    for threads in [1, 2] {
        println!("{threads} thread{}", if threads == 1 { "" } else { "s" });
        for (name, strength) in [
            ("orthographic", Strength::Orthographic),
            ("bare", Strength::Bare),
            ("loose", Strength::Loose),
        ] {
            rate(&format!("keys, {name}"), threads, || {
                let mut units = Vec::new();
                for _ in 0..50 {
                    for name in &names {
                        key_into(black_box(name), strength, &mut units);
                        black_box(&units);
                    }
                }
                50 * names.len()
            });
        }
        rate("similarity of keys", threads, || {
            pairs(&keys, |a, b| a.similarity(b))
        });
        rate("Jaro–Winkler of ASCII", threads, || {
            pairs(&ascii, |a, b| measures::jaro_winkler(a, b))
        });
        rate("Jaro–Winkler of any", threads, || {
            pairs(&names, |a, b| measures::jaro_winkler(a, b))
        });
        rate("Levenshtein of ASCII", threads, || {
            pairs(&ascii, |a, b| measures::levenshtein(a, b) as f64)
        });
    }
}

/// Compares each with its 100 next.
fn pairs<T>(all: &[T], compare: impl Fn(&T, &T) -> f64) -> usize {
    let mut count = 0;
    for (at, one) in all.iter().enumerate() {
        for other in all[at + 1..].iter().take(100) {
            black_box(compare(black_box(one), black_box(other)));
            count += 1;
        }
    }
    count
}

fn rate(what: &str, threads: usize, work: impl Fn() -> usize + Sync) {
    let start = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    println!(
        "  {what:<24} {:>8.1}",
        done as f64 / start.elapsed().as_secs_f64() / 1e6
    );
}
