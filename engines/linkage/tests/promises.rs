//! What the engine promises, on invented records.
#![allow(clippy::unwrap_used, missing_docs)]

use mandate_linkage::{
    Budget, Clustering, Error, Field, Given, Kind, Link, Linked, Of, Options, Orthography, Piece,
    Pieces, Population, Refusal, Rule, Table, clusters, explain, explain_all, level, link,
    link_in_pieces, suggest, weigh,
};
use proptest::prelude::*;

const GIVEN: [&str; 12] = [
    "Agim", "Besa", "Dritan", "Fatmir", "Jeta", "Luan", "Milan", "Nada", "Petar", "Rada",
    "Skender", "Teuta",
];
const FAMILY: [&str; 11] = [
    "Hoxha",
    "Krasniqi",
    "Gashi",
    "Shala",
    "Berisha",
    "Petrović",
    "Jovanović",
    "Marković",
    "Nikolić",
    "Zeqiri",
    "Xhelili",
];

/// A number that looks random.
fn die(place: u64, sides: u64) -> usize {
    let mut x = place.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) % sides) as usize
}

/// So many people on two lists; the second writes every fifth birth with days and months swapped, every seventh family name
/// without marks, and leaves every ninth village out.
fn two_lists(people: usize) -> (Table, Vec<u32>) {
    let mut fields = vec![
        Field::new("given", Kind::Name),
        Field::new("family", Kind::Name),
        Field::new("birth", Kind::Date),
        Field::new("village", Kind::Category),
    ];
    fields[0].swaps_with = Some(1);
    let mut table = Table::new(fields).unwrap();
    let mut truth = Vec::new();
    for list in 0..2 {
        table.begin_list(["one", "two"][list], true);
        for person in 0..people as u64 {
            let given = GIVEN[die(person * 5 + 1, 12)];
            let mut family = FAMILY[die(person * 5 + 2, 11)].to_owned();
            let (y, m, d) = (
                1920 + die(person * 5 + 3, 70),
                1 + die(person * 5 + 4, 12),
                1 + die(person * 5 + 5, 12),
            );
            let mut birth = format!("{y}-{m:02}-{d:02}");
            let mut village = format!("village {}", die(person + 900_000, 60));
            if list == 1 {
                if person % 5 == 0 {
                    birth = format!("{y}-{d:02}-{m:02}");
                }
                if person % 7 == 0 {
                    family = family.replace('ć', "c").replace("Xh", "Dž");
                }
                if person % 9 == 0 {
                    village.clear();
                }
            }
            table.push(&[given, &family, &birth, &village]).unwrap();
            truth.push(person as u32);
        }
    }
    table.close();
    (table, truth)
}

fn rules() -> Vec<Rule> {
    vec![
        Rule::on(&[(1, Of::Loose), (2, Of::Year)]),
        Rule::on(&[(2, Of::Same)]),
        Rule::on(&[(0, Of::Same), (3, Of::Same)]),
    ]
}

fn linked(table: &Table) -> Linked {
    link(table, &Options::new(rules()), &|_, _| true).unwrap()
}

#[test]
fn nearly_every_person_is_found_and_nearly_nobody_else() {
    let (table, truth) = two_lists(1_000);
    let found = linked(&table);
    let likely: Vec<&Link> = found
        .links
        .iter()
        .filter(|l| l.probability() >= 0.5)
        .collect();
    let right = likely
        .iter()
        .filter(|l| truth[l.left as usize] == truth[l.right as usize])
        .count();
    let f1 = 2.0 * right as f64 / (likely.len() + 1_000) as f64;
    assert!(f1 > 0.98, "{f1}");
    assert!(found.reach.share > 0.97, "{:?}", found.reach);
}

#[test]
fn the_result_is_the_same_to_the_last_bit_with_one_thread_and_with_two() {
    let (table, _) = two_lists(400);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let found = linked(&table);
            let bits: Vec<(u32, u32, u64)> = found
                .links
                .iter()
                .map(|l| (l.left, l.right, l.weight.to_bits()))
                .collect();
            (
                bits,
                found.model.prior.to_bits(),
                suggest(&table, Budget::of(&table), &|_| true).unwrap(),
                clusters(&table, &found.links, &Clustering::default()),
            )
        })
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn the_parts_of_an_explanation_add_up_to_the_weight() {
    let (table, _) = two_lists(300);
    let options = Options::new(rules());
    let found = linked(&table);
    for one in found.links.iter().take(200) {
        let said = explain(&table, &found, &options, one);
        let sum: f64 = said.prior
            + said.relatives
            + said
                .parts
                .iter()
                .map(|p| p.weight + p.frequency)
                .sum::<f64>();
        assert!((sum - one.weight).abs() < 1e-9);
    }
}

#[test]
fn suggested_rules_reach_what_chosen_ones_do() {
    let (table, truth) = two_lists(1_000);
    let rules: Vec<Rule> = suggest(&table, Budget::of(&table), &|_| true)
        .unwrap()
        .into_iter()
        .map(|s| s.rule)
        .collect();
    let found = link(&table, &Options::new(rules), &|_, _| true).unwrap();
    let right = found
        .links
        .iter()
        .filter(|l| l.probability() >= 0.5 && truth[l.left as usize] == truth[l.right as usize])
        .count();
    assert!(right >= 980, "{right}");
}

#[test]
fn rare_agreement_says_more_than_common() {
    let mut table = Table::new(vec![
        Field::new("name", Kind::Name),
        Field::new("birth", Kind::Date),
    ])
    .unwrap();
    for n in 0..60 {
        table
            .push(&["Agim Hoxha", &format!("19{:02}-01-02", n + 10)])
            .unwrap();
    }
    for _ in 0..2 {
        table.push(&["Skender Zeqiri", "1950-03-04"]).unwrap();
        table.push(&["Agim Hoxha", "1951-03-04"]).unwrap();
    }
    table.close();
    let options = Options {
        least: 1e-12,
        ..Options::new(vec![Rule::on(&[(1, Of::Same)])])
    };
    let found = link(&table, &options, &|_, _| true).unwrap();
    let weight = |a, b| {
        found
            .links
            .iter()
            .find(|l| (l.left, l.right) == (a, b))
            .unwrap()
            .weight
    };
    assert!(weight(60, 62) > weight(61, 63) + 2.0);
}

fn of_pairs(pairs: &[(u32, u32, f64)]) -> Vec<Link> {
    pairs
        .iter()
        .map(|(left, right, weight)| Link {
            left: *left,
            right: *right,
            weight: *weight,
            pattern: 0,
        })
        .collect()
}

fn bare(records: usize, unique_after: Option<usize>) -> Table {
    let mut table = Table::new(vec![Field::new("name", Kind::Name)]).unwrap();
    for n in 0..records {
        if Some(n) == unique_after {
            table.begin_list("unique", true);
        }
        table.push(&["Agim"]).unwrap();
    }
    table
}

#[test]
fn a_chain_of_weak_links_does_not_merge_two_families() {
    let table = bare(8, None);
    let mut pairs = vec![(3, 4, 2.0)];
    for family in [0_u32, 4] {
        for a in family..family + 4 {
            for b in a + 1..family + 4 {
                pairs.push((a, b, 9.0));
            }
        }
    }
    let found = clusters(&table, &of_pairs(&pairs), &Clustering::default());
    assert_eq!(found.groups(), [vec![0, 1, 2, 3], vec![4, 5, 6, 7]]);
    assert_eq!(found.refused, [(0, Refusal::Cohesion)]);
}

#[test]
fn what_people_know_goes_before_any_link() {
    let table = bare(5, Some(2));
    let links = of_pairs(&[(0, 2, 9.0), (0, 3, 8.0), (0, 1, 7.0)]);
    let found = clusters(&table, &links, &Clustering::default());
    assert_eq!(
        found.of[2], 0,
        "the better of two on a list that holds each once"
    );
    assert!(found.refused.contains(&(1, Refusal::TwiceOnAList)));
    let how = Clustering {
        different: vec![(0, 2)],
        same: vec![(1, 4), (2, 3)],
        ..Clustering::default()
    };
    let found = clusters(&table, &links, &how);
    assert_ne!(found.of[2], found.of[0]);
    assert_eq!(found.of[4], found.of[1]);
    assert_eq!(
        found.contradicted,
        [(2, 3)],
        "two of one list cannot be one person"
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    assert_eq!(Table::new(vec![]).unwrap_err(), Error::Fields(0));
    let mut closed = bare(1, None);
    closed.close();
    assert_eq!(closed.push(&["Besa"]).unwrap_err(), Error::Closed);
    let table = bare(3, None);
    let ask = |rules| link(&table, &Options::new(rules), &|_, _| true).unwrap_err();
    assert_eq!(ask(vec![]), Error::Rules(0));
    assert_eq!(
        ask(vec![Rule::on(&[(4, Of::Same)])]),
        Error::Rule { rule: 0 }
    );
    let (table, _) = two_lists(50);
    let stopped = link(&table, &Options::new(rules()), &|_, _| false).unwrap_err();
    assert_eq!(stopped, Error::Stopped);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_cells_make_it_panic(rows in prop::collection::vec(("\\PC{0,12}", "[0-9./-]{0,10}", "\\PC{0,9}"), 0..30), unique in any::<bool>()) {
        let mut table = Table::new(vec![Field::new("a", Kind::Name), Field::new("b", Kind::Date), Field::new("c", Kind::Text)]).unwrap();
        table.begin_list("x", unique);
        for (n, (a, b, c)) in rows.iter().enumerate() {
            if n == rows.len() / 2 {
                table.begin_list("y", false);
            }
            table.push(&[a, b, c]).unwrap();
        }
        let rules = vec![Rule::on(&[(0, Of::Start)]), Rule::on(&[(1, Of::Year)]), Rule::on(&[(2, Of::End)])];
        let found = link(&table, &Options::new(rules), &|_, _| true).unwrap();
        prop_assert!(found.links.iter().all(|l| l.weight.is_finite() && l.left < l.right));
        suggest(&table, Budget::of(&table), &|_| true).unwrap();
    }

    #[test]
    fn constraints_hold_and_the_order_of_links_does_not_matter(edges in prop::collection::vec((0_u32..12, 0_u32..12, -5.0..9.0_f64), 0..40), apart in prop::collection::vec((0_u32..12, 0_u32..12), 0..4)) {
        let table = bare(12, Some(7));
        let mut pairs: Vec<(u32, u32, f64)> = edges.into_iter().filter(|(a, b, _)| a < b).collect();
        pairs.sort_by_key(|a| (a.0, a.1));
        pairs.dedup_by_key(|a| (a.0, a.1));
        let how = Clustering { different: apart.clone(), ..Clustering::default() };
        let found = clusters(&table, &of_pairs(&pairs), &how);
        for (a, b) in apart {
            prop_assert!(a == b || found.of[a as usize] != found.of[b as usize]);
        }
        for group in found.groups() {
            prop_assert!(group.iter().filter(|record| **record >= 7).count() <= 1);
        }
        pairs.reverse();
        prop_assert_eq!(clusters(&table, &of_pairs(&pairs), &how).of, found.of);
    }
}

/// Two lists; on the second every fourth person stands under another of the two family names of the first.
fn with_several() -> (Table, Vec<[Vec<String>; 2]>, Vec<Rule>) {
    let mut table = Table::new(vec![
        Field::new("given", Kind::Name),
        Field::new("family", Kind::Name),
        Field::new("birth", Kind::Date),
        Field::new("village", Kind::Category),
    ])
    .unwrap();
    let of_family = |n: u64| {
        let end = ["", "vci", "mbli", "raj", "shka"][die(n + 31, 5)];
        format!("{}{end}", FAMILY[die(n, 11)])
    };
    let mut names = Vec::new();
    for list in 0..2 {
        table.begin_list(["one", "two"][list], true);
        for n in 0..400_u64 {
            let given = GIVEN[die(n * 3 + 1, 12)];
            let (family, maiden) = (of_family(n * 3 + 2), of_family(n * 3 + 5_000));
            let village = format!("village {}", die(n + 900_000, 60));
            let birth = format!("{}-{:02}-{:02}", 1930 + n % 60, 1 + n % 12, 1 + n % 28);
            let families = match (list, n % 4) {
                (0, 0) => vec![family, maiden],
                (1, 0) => vec![maiden],
                _ => vec![family],
            };
            let all: Vec<&str> = families.iter().map(String::as_str).collect();
            let cells = [
                (given, &[given][..]),
                ("as it was written", &all[..]),
                (&birth, &[birth.as_str()][..]),
                (&village, &[village.as_str()][..]),
            ];
            table.push_several(&cells).unwrap();
            names.push([vec![given.to_owned()], families]);
        }
    }
    table.close();
    let rules = vec![
        Rule::on(&[(0, Of::Same), (1, Of::Same)]),
        Rule::on(&[(1, Of::Same), (2, Of::Year)]),
        Rule::on(&[(2, Of::Same)]),
        Rule::on(&[(3, Of::Same)]),
    ];
    (table, names, rules)
}

#[test]
fn any_of_several_values_finds_and_explains_and_each_pair_is_compared_once() {
    let (table, names, rules) = with_several();
    let options = Options::new(rules);
    let found = link(&table, &options, &|_, _| true).unwrap();
    let likely = |n: u32| {
        let mut links = found.links.iter();
        links.any(|l| (l.left, l.right) == (n, n + 400) && l.probability() >= 0.5)
    };
    let right = (0..400).filter(|n| likely(*n)).count();
    assert!(right >= 396, "{right}");
    let said = explain(
        &table,
        &found,
        &options,
        &weigh(&table, &found, &options, 400, 0),
    );
    assert_eq!(said.parts[1].level, Kind::Name.exact());
    let shares = |of: usize, a: u32, b: u32| {
        let (a, b) = (&names[a as usize][of], &names[b as usize][of]);
        a.iter().any(|x| b.contains(x))
    };
    let birth = |r: u32| table.text(2, r);
    let expected = (0..400_u32)
        .flat_map(|a| (400..800_u32).map(move |b| (a, b)))
        .filter(|(a, b)| {
            let family = shares(1, *a, *b);
            (family && (shares(0, *a, *b) || birth(*a)[..4] == birth(*b)[..4]))
                || birth(*a) == birth(*b)
                || table.text(3, *a) == table.text(3, *b)
        });
    assert_eq!(found.compared, expected.count() as u64);
}

#[test]
fn the_parts_of_an_explanation_add_up_with_several_values_too() {
    let (table, _, rules) = with_several();
    let options = Options::new(rules);
    let found = link(&table, &options, &|_, _| true).unwrap();
    for (one, said) in explain_all(&table, &found, &options) {
        let parts: f64 = said.parts.iter().map(|p| p.weight + p.frequency).sum();
        assert!((said.prior + said.relatives + parts - one.weight).abs() < 1e-9);
        assert_eq!(weigh(&table, &found, &options, one.right, one.left), *one);
    }
}

/// Keeps pieces, and stops after so many.
struct Memory {
    pieces: std::collections::BTreeMap<usize, Piece>,
    most: usize,
    found: usize,
}

impl Pieces for Memory {
    fn known(&mut self, number: usize) -> Option<Piece> {
        let piece = self.pieces.get(&number).cloned();
        self.found += usize::from(piece.is_some());
        piece
    }

    fn done(&mut self, number: usize, piece: &Piece) -> bool {
        self.pieces.insert(number, piece.clone());
        self.pieces.len() < self.most
    }
}

#[test]
fn work_that_was_stopped_goes_on_and_comes_to_the_same_bits() {
    let mut table = Table::new(vec![
        Field::new("name", Kind::Name),
        Field::new("birth", Kind::Date),
    ])
    .unwrap();
    for n in 0..12_000_u64 {
        let name = GIVEN[die(n, 12)];
        table
            .push(&[name, &format!("{}", 1930 + die(n + 77_777, 60))])
            .unwrap();
    }
    table.close();
    let rules = vec![Rule::on(&[(0, Of::Same)]), Rule::on(&[(1, Of::Same)])];
    let options = Options {
        least: 0.9999,
        ..Options::new(rules)
    };
    let whole = link(&table, &options, &|_, _| true).unwrap();
    let mut memory = Memory {
        pieces: Default::default(),
        most: 1,
        found: 0,
    };
    let stopped = link_in_pieces(&table, &options, &mut memory, &|_, _| true);
    assert_eq!(stopped.unwrap_err(), Error::Stopped);
    memory.most = usize::MAX;
    let found = link_in_pieces(&table, &options, &mut memory, &|_, _| true).unwrap();
    assert_eq!((memory.found, memory.pieces.len() > 1), (1, true));
    assert_eq!((found.links, found.compared), (whole.links, whole.compared));
}

#[test]
fn what_is_given_or_known_is_not_learned() {
    let (table, truth) = two_lists(300);
    let with = |options: Options| link(&table, &options, &|_, _| true).unwrap();
    let sex = Given {
        field: 3,
        m: Some(vec![1.0, 9.0]),
        u: Some(vec![3.0, 1.0]),
    };
    let found = with(Options {
        given: vec![sex],
        prior: Some(0.002),
        ..Options::new(rules())
    });
    assert_eq!(
        found.model.fields[3]
            .iter()
            .map(|l| (l.m, l.u))
            .collect::<Vec<_>>(),
        [(0.1, 0.75), (0.9, 0.25)]
    );
    assert_eq!(
        (found.model.prior, found.learning.unwrap().given),
        (0.002, vec![3])
    );
    let known: Vec<(u32, u32, bool)> = (0..300).map(|n| (n, n + 300, true)).collect();
    assert_eq!(truth[0], truth[300]);
    let found = with(Options {
        known,
        ..Options::new(rules())
    });
    let learning = found.learning.unwrap();
    assert_eq!(learning.known.len(), 4);
    // Every fifth birth of the second list has day and month in the other order.
    let swapped = found.model.fields[2][4].m;
    assert!((0.12..0.25).contains(&swapped), "{swapped}");
    let wrong = Given {
        field: 3,
        m: Some(vec![1.0]),
        u: None,
    };
    let error = link(
        &table,
        &Options {
            given: vec![wrong],
            ..Options::new(rules())
        },
        &|_, _| true,
    )
    .unwrap_err();
    assert_eq!(
        error,
        Error::Given {
            field: 3,
            expected: 2
        }
    );
}

#[test]
fn a_population_says_what_is_rare_in_its_spelling() {
    let mut table = Table::new(vec![
        Field::new("family", Kind::Name),
        Field::new("birth", Kind::Date),
    ])
    .unwrap();
    for n in 0..60 {
        let family = ["Xhelili", "Jovanović", "Džaferi"][n % 3];
        table
            .push(&[family, &format!("19{:02}", 20 + n / 2)])
            .unwrap();
    }
    let mut people = Population::new();
    people.add("Xhelili", 900.0, Some(Orthography::Albanian));
    people.add("Jovanović", 10.0, Some(Orthography::Albanian));
    people.add("Jovanović", 9_000.0, Some(Orthography::SerbianLatin));
    people.add("Dželili", 10.0, Some(Orthography::SerbianLatin));
    people.add("Xhaferi", f64::NAN, None);
    table.frequencies(0, &people);
    table.close();
    let options = Options::new(vec![Rule::on(&[(1, Of::Same)])]);
    let found = link(&table, &options, &|_, _| true).unwrap();
    let rarity = |a: u32, b: u32| {
        explain(
            &table,
            &found,
            &options,
            &weigh(&table, &found, &options, a, b),
        )
        .parts[0]
            .frequency
    };
    // As common among those who write so: 900 of 910 and 9,000 of 9,010.
    assert!((rarity(0, 3) - rarity(1, 4)).abs() < 0.02);
    assert!(
        rarity(2, 5) > rarity(0, 3) + 10.0,
        "nobody of the population bears it"
    );
}

#[test]
fn places_are_near_or_lie_in_one_another_by_the_list_of_places() {
    let list = "1	municipality		42.66	21.16	Komuna A|Aria
2	settlement	1	42.67	21.17	Aria|Zhuri
3	settlement	1	42.70	21.20	Beltova
4	settlement		42.20	20.70	Cerovik
";
    let places = mandate_names::Gazetteer::read(list).unwrap();
    let mut table = Table::new(vec![Field::new("place", Kind::Place)])
        .unwrap()
        .knowing(std::sync::Arc::new(places));
    for place in ["Aria", "Zhuri", "Komuna A", "Beltova", "Cerovik", "Nowhere"] {
        table.push(&[place]).unwrap();
    }
    table.close();
    let options = Options::new(vec![Rule::on(&[(0, Of::Same)])]);
    let found = link(&table, &options, &|_, _| true).unwrap();
    let at = |a, b| level(weigh(&table, &found, &options, a, b).pattern, 0);
    assert_eq!(
        [at(0, 1), at(1, 2)],
        [6, 6],
        "a town and its municipality are not told apart"
    );
    assert_eq!(at(2, 3), 4, "lies in it");
    assert_eq!([at(1, 3), at(3, 4), at(4, 5)], [2, 1, 1]);
}

#[test]
fn people_who_were_identified_as_two_never_meet() {
    let table = bare(4, None);
    let links = of_pairs(&[(0, 1, 9.0), (1, 2, 9.0), (0, 2, 9.0)]);
    let how = Clustering {
        identified: vec![(0, 7), (2, 8), (3, 7)],
        ..Clustering::default()
    };
    let found = clusters(&table, &links, &how);
    assert_eq!(found.of[0], found.of[3], "identified as one");
    assert_ne!(found.of[0], found.of[2]);
    assert!(
        found
            .refused
            .iter()
            .any(|(_, why)| *why == Refusal::Identified)
    );
}

#[test]
fn rules_are_suggested_also_where_no_pair_is_sure() {
    let mut table = Table::new(vec![
        Field::new("name", Kind::Name),
        Field::new("place", Kind::Place),
        Field::new("sex", Kind::Category),
    ])
    .unwrap();
    for n in 0..60 {
        let sex = ["f", "m"][die(n + 5, 2)];
        table
            .push(&[GIVEN[die(n, 12)], FAMILY[die(n + 99, 11)], sex])
            .unwrap();
    }
    table.close();
    let rules = suggest(&table, Budget::of(&table), &|_| true).unwrap();
    assert!(rules.len() >= 2, "{rules:?}");
}

#[test]
fn columns_at_once_are_the_same_as_records_one_by_one() {
    let fields = || {
        vec![
            Field::new("name", Kind::Name),
            Field::new("birth", Kind::Date),
            Field::new("work", Kind::Text),
        ]
    };
    // More than are read at once.
    let records = 140_000;
    let cell = |field: usize, n: usize| match (field, n % 11) {
        (_, 0) => "",
        (0, _) => GIVEN[die(n as u64, 12)],
        (1, _) => ["1961-04-12", "12.4.1961", "1961", "never"][n % 4],
        _ => ["teacher", "Teacher", "bus driver", " - "][n % 4],
    };
    let mut slow = Table::new(fields()).unwrap();
    let mut quick = slow.clone();
    for table in [&mut slow, &mut quick] {
        table.begin_list("one", true);
    }
    for n in 0..records {
        slow.push(&[cell(0, n), cell(1, n), cell(2, n)]).unwrap();
    }
    let column = |field| (0..records).map(move |n| cell(field, n));
    quick.push_columns((0..3).map(column).collect()).unwrap();
    assert_eq!(slow.lists(), quick.lists());
    for n in (0..records as u32).step_by(997) {
        for field in 0..3 {
            assert_eq!(slow.text(field, n), quick.text(field, n));
        }
    }
    let few = |table: &Table| {
        let rules = [Rule::on(&[(0, Of::Same), (1, Of::Year), (2, Of::Start)])];
        mandate_linkage::count(table, &rules).unwrap()
    };
    assert_eq!(few(&slow), few(&quick));
    let uneven = vec![column(0).take(3), column(1).take(2), column(2).take(2)];
    assert!(matches!(
        quick.push_columns(uneven).unwrap_err(),
        Error::Cells { .. }
    ));
    assert_eq!(quick.len(), records + 2);
}

#[test]
fn no_pair_is_left_out_that_has_evidence_enough() {
    let (table, _) = two_lists(400);
    let (several, _, of_several) = with_several();
    for (table, rules) in [(table, rules()), (several, of_several)] {
        for near in [0.0, 0.5, 1.0] {
            let with = |least| {
                let options = Options {
                    least,
                    frequency_of_near: near,
                    ..Options::new(rules.clone())
                };
                link(&table, &options, &|_, _| true).unwrap()
            };
            let all = with(1e-300);
            assert_eq!(all.links.len() as u64, all.compared);
            for least in [0.001, 0.5, 0.999] {
                let few = with(least);
                assert_eq!(few.compared, all.compared);
                let enough = |l: &&Link| l.weight >= (least / (1.0 - least)).log2();
                let expected: Vec<Link> = all.links.iter().filter(enough).copied().collect();
                assert!(!expected.is_empty() && few.links == expected);
            }
        }
    }
}

#[test]
fn fields_that_go_together_are_named_and_others_are_not() {
    let together = |table: &Table| linked(table).learning.unwrap().together;
    let (table, _) = two_lists(1_000);
    assert_eq!(together(&table), []);
    let mut fields = table.fields().to_vec();
    fields[0].swaps_with = None;
    let mut table = Table::new(fields).unwrap();
    for n in 0..240_u64 {
        let family = die(n * 5 + 2, 11);
        let birth = format!("{}-{:02}-01", 1920 + die(n * 5 + 3, 70), 1 + die(n, 12));
        // Each family has a village of its own.
        let village = format!("village {family}");
        table
            .push(&[GIVEN[die(n * 5 + 1, 12)], FAMILY[family], &birth, &village])
            .unwrap();
    }
    table.close();
    let found = together(&table);
    let fields: Vec<(usize, usize)> = found.iter().map(|of| (of.one, of.other)).collect();
    assert_eq!(fields, [(1, 3)]);
    // One of eleven families is shared by chance.
    assert!((8.0..14.0).contains(&found[0].times), "{found:?}");
}

#[test]
fn short_forms_are_seen_also_where_letters_have_marks() {
    let mut table = Table::new(vec![Field::new("given", Kind::Name)]).unwrap();
    for name in [
        "Саша",
        "Aleksandar",
        "Kimi",
        "Bashkim",
        "Gimi",
        "Agim",
        "Mića",
    ] {
        table.push(&[name]).unwrap();
    }
    table.close();
    let options = Options::new(vec![Rule::on(&[(0, Of::Same)])]);
    let found = link(&table, &options, &|_, _| true).unwrap();
    let at = |a, b| level(weigh(&table, &found, &options, a, b).pattern, 0);
    assert_eq!([at(0, 1), at(2, 3), at(4, 5)], [3, 3, 3]);
    assert_eq!([at(1, 6), at(3, 4)], [1, 1]);
}
