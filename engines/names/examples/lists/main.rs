//! Invented people on four lists, with the truth, to test linkage across spellings:
//! `cargo run --release -p mandate-names --example lists -- 20000 FOLDER [SEED]`.
//!
//! | list | like | spelling | who is on it | whole dates |
//! |---|---|---|---|---|
//! | `red_cross.csv` | an international register | English, a quarter German, no marks | 75 % | most |
//! | `families.csv` | the families' association | Albanian, a third without ë and ç; short forms | 70 % | half |
//! | `court.csv` | an indictment's annex | Serbian, a quarter Cyrillic; machines of the 1990s | 45 % | most |
//! | `morgue.csv` | a register of remains | Albanian or English, parts missing | 30 % | few |
//!
//! `all.csv` has all rows. Columns: `list,id,given,father,family,sex,birth,place,cluster`; the cluster is the person, to be
//! seen by nobody who links. Everybody is on one list at least; nobody is on one list twice. People come in households that
//! share the father, the family's name and the village, as they do in fact: the hard cases are brothers. Given names and
//! families are drawn by rank (weight 1 / (rank + 2)); places are the gazetteer's settlements, in the list's language.
//! All faults are at the rates below. Same number and seed, same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod faults;
mod numbers;
mod spelling;

use std::collections::HashMap;
use std::fmt::Write as _;

use faults::{Date, DateFaults, Machine, date, slip, through};
use mandate_names::{Gazetteer, Place, Script, to_cyrillic, to_latin};
use numbers::Numbers;
use spelling::{Spelling, capital, without_marks, write};

/// Short forms that families use in their own list (Albanian).
const SHORT: [(&str, &str); 12] = [
    ("Mehmet", "Meti"),
    ("Ramadan", "Dani"),
    ("Muhamet", "Hameti"),
    ("Besnik", "Niku"),
    ("Agim", "Gimi"),
    ("Sylejman", "Sylo"),
    ("Bashkim", "Kimi"),
    ("Ibrahim", "Brahim"),
    ("Mustafa", "Sefa"),
    ("Fatmir", "Miri"),
    ("Rexhep", "Rexha"),
    ("Lulzim", "Luli"),
];

/// Communities and how many of a hundred households are of each.
const COMMUNITIES: [(&str, usize); 6] = [
    ("albanian", 72),
    ("serbian", 13),
    ("bosniak", 4),
    ("gorani", 3),
    ("roma", 6),
    ("turkish", 2),
];

/// A person as they are.
struct Person {
    given: &'static str,
    father: &'static str,
    family: &'static str,
    spelling: Spelling,
    female: bool,
    birth: Date,
    place: usize,
}

/// A row of a list.
#[derive(Default)]
struct Row {
    given: String,
    father: String,
    family: String,
    sex: String,
    birth: String,
    place: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, folder, ..] = &arguments[..] else {
        eprintln!("usage: lists NUMBER FOLDER [SEED]");
        std::process::exit(2);
    };
    let count: usize = count.parse().expect("the number of people");
    let seed = arguments
        .get(2)
        .map_or(1, |seed| seed.parse().expect("the seed is a number"));
    let places = include_str!("../../../../profiles/kosovo/gazetteer.tsv");
    let gazetteer = Gazetteer::read(places).expect("the gazetteer");
    let settlements: Vec<&Place> = gazetteer
        .places()
        .iter()
        .filter(|place| place.level == "settlement")
        .collect();
    let mut numbers = Numbers(seed);
    let people = people(count, settlements.len(), &mut numbers);
    let lists: [(&str, f64, Writer); 4] = [
        ("red_cross", 0.75, red_cross),
        ("families", 0.70, families),
        ("court", 0.45, court),
        ("morgue", 0.30, morgue),
    ];
    let mut rows: Vec<Vec<(usize, Row)>> = lists.iter().map(|_| Vec::new()).collect();
    for (cluster, person) in people.iter().enumerate() {
        let mut on: Vec<bool> = lists
            .iter()
            .map(|(_, share, _)| numbers.chance(*share))
            .collect();
        if !on.contains(&true) {
            on[numbers.below(2)] = true;
        }
        for (list, (_, _, writer)) in lists.iter().enumerate().filter(|(list, _)| on[*list]) {
            rows[list].push((
                cluster,
                writer(person, settlements[person.place], &mut numbers),
            ));
        }
    }
    save(folder, &lists.map(|(name, _, _)| name), rows, &mut numbers);
}

type Writer = fn(&Person, &Place, &mut Numbers) -> Row;

/// Names by community and sex or family.
fn stock() -> HashMap<String, (Spelling, Vec<&'static str>)> {
    let mut stock = HashMap::new();
    let mut section = String::new();
    for line in include_str!("names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        if let Some(head) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            let (name, spelling) = head.rsplit_once(' ').expect("a spelling");
            let spelling = match spelling {
                "albanian" => Spelling::Albanian,
                "serbian" => Spelling::Serbian,
                _ => Spelling::Turkish,
            };
            section = name.to_owned();
            stock.insert(section.clone(), (spelling, Vec::new()));
        } else if let Some((_, names)) = stock.get_mut(&section) {
            names.extend(line.split_whitespace());
        }
    }
    stock
}

fn people(count: usize, places: usize, numbers: &mut Numbers) -> Vec<Person> {
    let stock = stock();
    let mut people = Vec::with_capacity(count);
    while people.len() < count {
        let mut hundred = numbers.below(100);
        let community = COMMUNITIES.iter().find(|(_, share)| {
            let here = hundred < *share;
            hundred = hundred.saturating_sub(*share);
            here
        });
        let community = community.map_or("albanian", |(name, _)| name);
        let names = |what: &str| &stock[&format!("{community} {what}")];
        let (spelling, families) = names("family");
        let family = numbers.ranked(families);
        let father = numbers.ranked(&names("male").1);
        // Large places have more people; the order of the list is no order of size, so squaring makes some large.
        let place = numbers.below(places) * numbers.below(places) / places.max(1);
        let born = 1925 + numbers.below(60);
        let mut here: Vec<&str> = Vec::new();
        for _ in 0..1 + numbers.below(4) {
            let female = numbers.chance(0.15);
            let given = *numbers.ranked(&names(if female { "female" } else { "male" }).1);
            if here.contains(&given) || people.len() == count {
                continue;
            }
            here.push(given);
            people.push(Person {
                given,
                father,
                family,
                spelling: *spelling,
                female,
                birth: Date {
                    year: born + numbers.below(14),
                    month: 1 + numbers.below(12),
                    day: 1 + numbers.below(28),
                },
                place,
            });
        }
    }
    people
}

fn red_cross(person: &Person, place: &Place, numbers: &mut Numbers) -> Row {
    let to = if numbers.chance(0.25) {
        Spelling::German
    } else {
        Spelling::English
    };
    let name = |name: &str, numbers: &mut Numbers| {
        let written = write(name, person.spelling, to, numbers);
        if to == Spelling::English {
            without_marks(&written)
        } else {
            written
        }
    };
    let mut row = Row {
        given: name(person.given, numbers),
        father: name(person.father, numbers),
        family: name(person.family, numbers),
        sex: if person.female { "F" } else { "M" }.to_owned(),
        birth: date(person.birth, faults(0.03, 0.10, 0.02, 0.03), numbers),
        place: without_marks(latin_name(place, numbers)),
    };
    if numbers.chance(0.12) {
        row.father = row
            .father
            .chars()
            .take(1)
            .chain(std::iter::once('.'))
            .collect();
    } else if numbers.chance(0.08) {
        row.father.clear();
    }
    slips(row, 0.03, 0.010, numbers)
}

fn families(person: &Person, place: &Place, numbers: &mut Numbers) -> Row {
    let marks = !numbers.chance(0.33);
    let name = |name: &str, numbers: &mut Numbers| {
        let written = write(name, person.spelling, Spelling::Albanian, numbers);
        if marks {
            written
        } else {
            without_marks(&written)
        }
    };
    let short = SHORT
        .iter()
        .find(|(full, _)| *full == person.given)
        .filter(|_| numbers.chance(0.2));
    let place = albanian_name(place, numbers);
    let row = Row {
        given: name(short.map_or(person.given, |(_, short)| *short), numbers),
        father: if numbers.chance(0.04) {
            String::new()
        } else {
            name(person.father, numbers)
        },
        family: name(person.family, numbers),
        sex: if person.female { "f" } else { "m" }.to_owned(),
        birth: date(person.birth, faults(0.05, 0.45, 0.03, 0.03), numbers),
        place: if marks { place } else { without_marks(&place) },
    };
    slips(row, 0.03, 0.010, numbers)
}

fn court(person: &Person, place: &Place, numbers: &mut Numbers) -> Row {
    let name = |name: &str, numbers: &mut Numbers| {
        write(name, person.spelling, Spelling::Serbian, numbers)
    };
    let mut family = name(person.family, numbers);
    if person.spelling == Spelling::Albanian && numbers.chance(0.12) {
        // A family's name made Serbian.
        family = match family.strip_suffix('i') {
            Some(stem) if stem.ends_with(['ć', 'č']) => stem.to_owned(),
            Some(stem) => format!("{stem}ović"),
            None => family,
        };
    }
    let row = Row {
        given: name(person.given, numbers),
        father: if numbers.chance(0.10) {
            String::new()
        } else {
            name(person.father, numbers)
        },
        family,
        sex: if person.female { "Ž" } else { "M" }.to_owned(),
        birth: date(person.birth, faults(0.04, 0.12, 0.02, 0.03), numbers),
        place: serbian_name(place, numbers),
    };
    let mut row = slips(row, 0.03, 0.010, numbers);
    let machines = [
        (Machine::Right, 40),
        (Machine::Cp1250AsCp1252, 12),
        (Machine::Cp1250AsLatin1, 6),
        (Machine::Yuscii, 6),
        (Machine::Cp852AsCp1252, 4),
        (Machine::Utf8AsCp1252, 3),
    ];
    let mut hundred = numbers.below(100);
    let found = machines.iter().find(|(_, share)| {
        let here = hundred < *share;
        hundred = hundred.saturating_sub(*share);
        here
    });
    let fields = [
        &mut row.given,
        &mut row.father,
        &mut row.family,
        &mut row.place,
    ];
    let cyrillic = found.is_none() && numbers.chance(0.85);
    for field in fields {
        *field = match found {
            Some((machine, _)) => through(field, *machine),
            None if cyrillic => to_cyrillic(field),
            None => without_marks(field),
        };
    }
    row.sex = if cyrillic && person.female {
        "Ж".to_owned()
    } else {
        row.sex
    };
    row
}

fn morgue(person: &Person, place: &Place, numbers: &mut Numbers) -> Row {
    let to = if numbers.chance(0.5) {
        Spelling::Albanian
    } else {
        Spelling::English
    };
    let mut name = |name: &str, missing: f64| {
        let gone = numbers.chance(missing);
        let written = without_marks(&write(name, person.spelling, to, numbers));
        if gone { String::new() } else { written }
    };
    let given = name(person.given, 0.25);
    let father = name(person.father, 0.65);
    let family = name(person.family, 0.30);
    let row = Row {
        given,
        father,
        family,
        sex: if numbers.chance(0.1) {
            ""
        } else if person.female {
            "F"
        } else {
            "M"
        }
        .to_owned(),
        birth: date(person.birth, faults(0.25, 0.55, 0.02, 0.10), numbers),
        place: if numbers.chance(0.2) {
            String::new()
        } else {
            without_marks(&albanian_name(place, numbers))
        },
    };
    slips(row, 0.05, 0.020, numbers)
}

const fn faults(missing: f64, year_only: f64, swapped: f64, near: f64) -> DateFaults {
    DateFaults {
        missing,
        year_only,
        swapped,
        near,
    }
}

/// Slips of the hand in each field, and the given name and the family's in each other's place.
fn slips(mut row: Row, slips: f64, swapped: f64, numbers: &mut Numbers) -> Row {
    for field in [
        &mut row.given,
        &mut row.father,
        &mut row.family,
        &mut row.place,
    ] {
        if numbers.chance(slips) {
            *field = slip(field, numbers);
        }
    }
    if numbers.chance(swapped) {
        std::mem::swap(&mut row.given, &mut row.family);
    }
    row
}

/// Any of a place's names in Latin letters.
fn latin_name<'p>(place: &'p Place, numbers: &mut Numbers) -> &'p str {
    let latin: Vec<&str> = place
        .names
        .iter()
        .map(String::as_str)
        .filter(|name| Script::of(name) == Script::Latin)
        .collect();
    if latin.is_empty() {
        &place.names[0]
    } else {
        latin[numbers.below(latin.len())]
    }
}

/// A place's name as an Albanian list has it: one with Albanian letters or none of Serbian.
fn albanian_name(place: &Place, numbers: &mut Numbers) -> String {
    let own = |name: &&String| {
        Script::of(name) == Script::Latin
            && !name.contains(['č', 'ć', 'š', 'ž', 'đ', 'Č', 'Š', 'Ž', 'Đ'])
    };
    match place.names.iter().find(own) {
        Some(name) => name.clone(),
        None => write(
            latin_name(place, numbers),
            Spelling::Serbian,
            Spelling::Albanian,
            numbers,
        ),
    }
}

/// A place's name in Serbian Latin.
fn serbian_name(place: &Place, numbers: &mut Numbers) -> String {
    match place
        .names
        .iter()
        .find(|name| Script::of(name) == Script::Cyrillic)
    {
        Some(name) => to_latin(name),
        None => capital(&write(
            latin_name(place, numbers),
            Spelling::Albanian,
            Spelling::Serbian,
            numbers,
        )),
    }
}

fn save(folder: &str, names: &[&str], rows: Vec<Vec<(usize, Row)>>, numbers: &mut Numbers) {
    const HEAD: &str = "list,id,given,father,family,sex,birth,place,cluster\n";
    std::fs::create_dir_all(folder).expect("the folder");
    let mut all = HEAD.to_owned();
    for (name, mut rows) in names.iter().zip(rows) {
        // A list is in its own order.
        for at in (1..rows.len()).rev() {
            rows.swap(at, numbers.below(at + 1));
        }
        let mut list = String::new();
        for (number, (cluster, row)) in rows.iter().enumerate() {
            let Row {
                given,
                father,
                family,
                sex,
                birth,
                place,
            } = row;
            let cells = [given, father, family, sex, birth, place]
                .map(|cell| quoted(cell))
                .join(",");
            writeln!(list, "{name},{name}-{:05},{cells},{cluster}", number + 1)
                .expect("a string takes everything");
        }
        std::fs::write(format!("{folder}/{name}.csv"), format!("{HEAD}{list}"))
            .expect("the list can be written");
        eprintln!("{name}: {} rows", rows.len());
        all.push_str(&list);
    }
    std::fs::write(format!("{folder}/all.csv"), all).expect("the lists can be written");
}

/// A cell of CSV.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
