//! What the engine promises, on invented people.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    dead_code
)]

#[path = "../examples/attack/attacker.rs"]
mod attacker;
#[path = "../examples/attack/invent.rs"]
mod invent;
#[path = "../examples/attack/judge.rs"]
mod judge;

use mandate_disclosure::{
    ALL, Cell, Change, Costs, Counts, Dimension, Error, Protected, Publication, Register, Release,
    Rule, Words, Zeros, audit, protect, round,
};
use proptest::prelude::*;

fn order() -> Vec<String> {
    ["region", "sex", "year", "body"]
        .map(str::to_owned)
        .to_vec()
}

/// Counts by dimensions of letters: `a0`, `a1`, … of the first, the last fastest.
fn cube(sizes: &[usize], people: &[u64]) -> Counts {
    let names = ["a", "b", "c"];
    let dimensions: Vec<Dimension> = names
        .iter()
        .zip(sizes)
        .map(|(n, size)| Dimension::new(*n, "all", (0..*size).map(|c| format!("{n}{c}"))).unwrap())
        .collect();
    let mut counts = Counts::new(dimensions).unwrap();
    for (at, n) in people.iter().enumerate() {
        let (mut rest, mut codes) = (at, Vec::new());
        for (name, size) in names.iter().zip(sizes).rev() {
            codes.push(format!("{name}{}", rest % size));
            rest /= size;
        }
        codes.reverse();
        let refs: Vec<&str> = codes.iter().map(String::as_str).collect();
        counts.add(&refs, *n).unwrap();
    }
    counts
}

fn release(name: &str, change: Change, counts: &Counts, tables: &[&[&str]]) -> Release {
    tables.iter().fold(
        Release::new(name, "invented people").since_the_last(change),
        |r, by| r.table(counts, by).unwrap(),
    )
}

fn cell(protected: &Protected, table: usize, codes: &[&str]) -> Cell {
    protected.publication.tables[table].cell(codes).unwrap()
}

#[test]
fn nothing_withheld_in_invented_sequences_of_releases_is_found_by_an_attacker_of_another_make() {
    for seed in 20..50 {
        let found = judge::judge(&invent::story(seed), &order());
        assert!(
            found.recovered.is_empty() && found.tight.is_empty() && found.refused.is_empty(),
            "seed {seed}: {found:?}"
        );
    }
}

#[test]
fn the_same_attacker_succeeds_where_only_small_counts_are_withheld() {
    let broken = (0..30)
        .filter(|seed| {
            !judge::careless(&invent::story(*seed), &order())
                .recovered
                .is_empty()
        })
        .count();
    assert!(broken > 15, "only {broken} of 30");
}

#[test]
fn two_attackers_that_share_nothing_find_the_same_intervals() {
    for seed in 100..115 {
        let mut register = Register::default();
        let story = invent::story(seed);
        for asked in &story.asked {
            register
                .push(
                    protect(&asked.release, &story.rule, &register)
                        .unwrap()
                        .publication,
                )
                .unwrap();
        }
        let publications: Vec<&Publication> = register.publications.iter().collect();
        let mut attack = attacker::Attack::new(&publications, false);
        for bound in audit(&register).unwrap() {
            let number = publications
                .iter()
                .position(|p| p.name == bound.release)
                .unwrap();
            let table = &publications[number].tables[bound.table];
            let at = table
                .cells()
                .position(|(codes, _)| codes == bound.codes)
                .unwrap();
            let unknowns = attack.cells[number][bound.table][at].clone();
            let (least, most) = attack.interval(&unknowns, &[]);
            assert_eq!(
                (
                    bound.least as f64,
                    bound.most.map_or(f64::INFINITY, |m| m as f64)
                ),
                (least, most),
                "seed {seed}: {bound:?}"
            );
        }
    }
}

#[test]
fn every_whole_number_of_the_rule_is_possible_in_a_table_of_two_dimensions() {
    // Every table of whole numbers that agrees with what is published is counted out, without linear programming.
    let people = [2, 7, 1, 6, 5, 3, 1, 4, 8];
    let rule = Rule::default().threshold(4);
    let counts = cube(&[3, 3], &people);
    let protected = protect(
        &release("one", Change::Same, &counts, &[&["a", "b"]]),
        &rule,
        &Register::default(),
    )
    .unwrap();
    let table = &protected.publication.tables[0];
    let shown = |codes: &[&str]| table.cell(codes).unwrap();
    let fits = |n: u64, cell: Cell, finest: bool| match cell {
        Cell::Shown(said) => n == said,
        Cell::FewerThan(_) => (1..4).contains(&n),
        Cell::Withheld if finest && protected.publication.terms.words == Words::FewerThan => n >= 4,
        Cell::Withheld => n >= 1,
        Cell::Rounded(_) => false,
    };
    let name = |letter: &str, at: usize| format!("{letter}{at}");
    let ranges: Vec<(u64, u64)> = (0..9)
        .map(
            |at| match shown(&[&name("a", at / 3), &name("b", at % 3)]) {
                Cell::Shown(n) => (n, n),
                Cell::FewerThan(_) => (1, 3),
                _ => (1, 9),
            },
        )
        .collect();
    let mut possible = vec![std::collections::BTreeSet::new(); 9];
    let mut grid: Vec<u64> = ranges.iter().map(|(low, _)| *low).collect();
    loop {
        let sum = |at: &[usize]| at.iter().map(|i| grid[*i]).sum::<u64>();
        let mut agrees = fits(grid.iter().sum(), shown(&[ALL, ALL]), false);
        for i in 0..3 {
            agrees &= fits(
                sum(&[3 * i, 3 * i + 1, 3 * i + 2]),
                shown(&[&name("a", i), ALL]),
                false,
            ) && fits(sum(&[i, i + 3, i + 6]), shown(&[ALL, &name("b", i)]), false);
            for j in 0..3 {
                agrees &= fits(
                    grid[3 * i + j],
                    shown(&[&name("a", i), &name("b", j)]),
                    true,
                );
            }
        }
        if agrees {
            for (seen, n) in possible.iter_mut().zip(&grid) {
                seen.insert(*n);
            }
        }
        let Some(next) = (0..9).find(|at| grid[*at] < ranges[*at].1) else {
            break;
        };
        grid[next] += 1;
        for at in 0..next {
            grid[at] = ranges[at].0;
        }
    }
    for (at, n) in people.iter().enumerate().filter(|(_, n)| **n < 4) {
        for other in 1..4 {
            assert!(
                possible[at].contains(&other),
                "cell {at} of {n}: {:?} possible",
                possible[at]
            );
        }
    }
}

#[test]
fn a_cell_withheld_once_is_not_found_by_a_later_table() {
    let counts = cube(&[2, 2, 2], &[1, 8, 9, 12, 7, 30, 22, 40]);
    let rule = Rule::default();
    let mut register = Register::default();
    let one = protect(
        &release("one", Change::Same, &counts, &[&["a", "b"], &["a", "c"]]),
        &rule,
        &register,
    );
    register.push(one.unwrap().publication).unwrap();
    let before = audit(&register).unwrap();
    let two = protect(
        &release("two", Change::Same, &counts, &[&["b", "c"], &["a"]]),
        &rule,
        &register,
    )
    .unwrap();
    register.push(two.publication).unwrap();
    let three = protect(
        &release("three", Change::Same, &counts, &[&["a", "b", "c"]]),
        &rule,
        &register,
    )
    .unwrap();
    assert!(cell(&three, 0, &["a0", "b0", "c0"]).is_withheld());
    register.push(three.publication).unwrap();
    for bound in audit(&register).unwrap() {
        assert!(bound.holds && bound.given_away().is_none(), "{bound:?}");
    }
    for bound in before {
        let now = register.publications.iter().flat_map(|p| &p.tables);
        let cells = now.filter_map(|t| {
            let mine: Vec<&str> = bound.codes.iter().map(String::as_str).collect();
            let same = t.dimensions().iter().map(Dimension::name).eq(["a", "b"]);
            same.then(|| t.cell(&mine)).flatten()
        });
        for cell in cells.filter(|_| bound.table == 0) {
            assert!(cell.is_withheld(), "{bound:?}");
        }
    }
}

#[test]
fn zeros_that_would_tell_what_an_earlier_release_withheld_are_withheld() {
    let counts = cube(&[2, 2, 2], &[12, 1, 0, 9, 8, 2, 8, 0]);
    let earlier: [&[&str]; 2] = [&["a", "b"], &["b", "c"]];
    let mut register = Register::default();
    let one = release("one", Change::Same, &counts, &earlier);
    let one = protect(&one, &Rule::default(), &register).unwrap();
    // Three people of b0 c1, so that all four cells of the second table are withheld; the first is shown.
    assert_eq!(cell(&one, 1, &["b0", "c1"]), Cell::FewerThan(5));
    assert_eq!(cell(&one, 0, &["a0", "b1"]), Cell::Shown(9));
    register.push(one.publication).unwrap();
    // Nobody is in a0 b1 c0 nor in a1 b1 c1: who knows it knows that the 9 of a0 b1 are all those of b1 c1, and 12 of c1 less
    // 9 are 3. Where nobody is after others have come, nobody was before.
    for (name, change) in [("same", Change::Same), ("grown", Change::Grown)] {
        let mut register = register.clone();
        let two = release(name, change, &counts, &[&["a", "b", "c"]]);
        let two = protect(&two, &Rule::default(), &register).unwrap();
        assert_eq!(two.given_away, Vec::<String>::new());
        register.push(two.publication).unwrap();
        let told: Vec<_> = audit(&register)
            .unwrap()
            .into_iter()
            .filter(|bound| !bound.holds)
            .collect();
        assert_eq!(told, [], "{name}");
        let publications: Vec<&Publication> = register.publications.iter().collect();
        let mut attack = attacker::Attack::new(&publications, false);
        let place = publications[0].tables[1]
            .cells()
            .position(|(codes, _)| codes == ["b0", "c1"]);
        let unknowns = attack.cells[0][1][place.unwrap()].clone();
        assert_eq!(attack.interval(&unknowns, &[]), (1.0, 4.0), "{name}");
        assert_eq!(publications[1].terms.zeros, Zeros::Withheld, "{name}");
    }
}

#[test]
fn zeros_leave_open_what_an_earlier_release_withheld_for_others() {
    let people = [1, 0, 6, 0, 6, 0, 0, 18, 8, 21, 0, 2];
    let counts = cube(&[2, 2, 3], &people);
    let rule = Rule {
        words: Words::Withheld,
        costs: Costs::Counts,
        ..Rule::default().threshold(3)
    };
    let mut register = Register::default();
    let tables: [&[&[&str]]; 3] = [&[&["b", "c"]], &[&["a", "b"]], &[&["a", "b", "c"]]];
    for (name, tables) in ["one", "two", "three"].into_iter().zip(tables) {
        let asked = release(name, Change::Same, &counts, tables);
        let protected = protect(&asked, &rule, &register).unwrap();
        assert_eq!(protected.given_away, Vec::<String>::new());
        register.push(protected.publication).unwrap();
    }
    // The 18 of b0 c1 and the 6 of b1 c1 are not small; the third table's zeros would say of all of them where they are.
    let told: Vec<_> = audit(&register)
        .unwrap()
        .into_iter()
        .filter(|bound| !bound.holds)
        .collect();
    assert_eq!(told, []);
}

#[test]
fn few_new_people_are_not_found_by_subtracting_the_earlier_release() {
    let mut register = Register::default();
    let rule = Rule::default();
    let mut counts = cube(&[2, 2], &[20, 30, 40, 50]);
    let one = protect(
        &release("one", Change::Same, &counts, &[&["a", "b"]]),
        &rule,
        &register,
    )
    .unwrap();
    assert_eq!(one.loss.withheld(), 0);
    register.push(one.publication).unwrap();
    counts.add(&["a0", "b1"], 2).unwrap();
    counts.add(&["a1", "b1"], 10).unwrap();
    let two = protect(
        &release("two", Change::Grown, &counts, &[&["a", "b"]]),
        &rule,
        &register,
    )
    .unwrap();
    assert!(
        cell(&two, 0, &["a0", "b1"]).is_withheld() && cell(&two, 0, &["a0", ALL]).is_withheld()
    );
    assert_eq!(cell(&two, 0, &["a0", "b0"]), Cell::Shown(20));
    assert!(two.loss.difference >= 2);
    // The differences have no table of their own, so the attacker subtracts.
    register.push(two.publication).unwrap();
    let publications: Vec<&Publication> = register.publications.iter().collect();
    let mut attack = attacker::Attack::new(&publications, false);
    let at = register.publications[0].tables[0]
        .cells()
        .position(|(c, _)| c == ["a0", "b1"])
        .unwrap();
    let (now, before) = (
        attack.cells[1][0][at].clone(),
        attack.cells[0][0][at].clone(),
    );
    let (least, most) = attack.interval(&now, &before);
    assert!(least <= 0.0 && most >= 4.0, "{least} to {most}");
}

#[test]
fn a_small_count_that_an_earlier_release_showed_is_withheld_and_said_to_be_given_away() {
    let counts = cube(&[2, 2], &[20, 3, 40, 50]);
    let mut register = Register::default();
    let tables: [&[&str]; 1] = [&["a", "b"]];
    let one = protect(
        &release("one", Change::Same, &counts, &tables),
        &Rule::default().threshold(2),
        &register,
    );
    register.push(one.unwrap().publication).unwrap();
    let two = protect(
        &release("two", Change::Same, &counts, &tables),
        &Rule::default(),
        &register,
    )
    .unwrap();
    assert!(cell(&two, 0, &["a0", "b1"]).is_withheld());
    assert_eq!(two.given_away, ["a a0, b b1"]);
    assert_eq!(two.loss.withheld(), 1);
}

#[test]
fn tables_linked_in_a_ring_are_looked_at_together() {
    // Somebody who looks at shared cells alone finds these three tables of two dimensions harmless: the sums leave the
    // withheld cell open, and only that all are of the same people closes it.
    let dimensions = || {
        ["a", "b", "c"]
            .map(|n| Dimension::new(n, "all", [format!("{n}0"), format!("{n}1")]).unwrap())
    };
    let [a, b, c] = dimensions();
    let people = [12u64, 0, 0, 0, 0, 0, 0, 12];
    let sum = |fixed: &[(usize, usize)]| -> u64 {
        (0..8)
            .filter(|at| {
                fixed
                    .iter()
                    .all(|(bit, value)| (at >> (2 - bit)) & 1 == *value)
            })
            .map(|at| people[at])
            .sum()
    };
    let table = |first: usize, second: usize, d: [Dimension; 2], hide: bool| {
        let mut cells = Vec::new();
        for i in 0..3 {
            for j in 0..3 {
                let mut fixed = Vec::new();
                fixed.extend((i > 0).then(|| (first, i - 1)));
                fixed.extend((j > 0).then(|| (second, j - 1)));
                let withheld = hide && i > 0 && j > 0;
                cells.push(if withheld {
                    Cell::Withheld
                } else {
                    Cell::Shown(sum(&fixed))
                });
            }
        }
        mandate_disclosure::PublishedTable::new(d.to_vec(), cells).unwrap()
    };
    let publication = Publication {
        name: "one".to_owned(),
        population: "invented people".to_owned(),
        change: Change::Same,
        terms: mandate_disclosure::Terms {
            threshold: 5,
            zeros: Zeros::Withheld,
            words: Words::Withheld,
            rounded_within: None,
        },
        tables: vec![
            table(0, 1, [a.clone(), b.clone()], true),
            table(1, 2, [b, c.clone()], false),
            table(0, 2, [a, c], false),
        ],
    };
    let alone = Register {
        publications: vec![Publication {
            tables: publication.tables[..1].to_vec(),
            ..publication.clone()
        }],
    };
    let together = Register {
        publications: vec![publication],
    };
    let width = |register: &Register| {
        let bounds = audit(register).unwrap();
        let of = bounds.iter().find(|b| b.codes == ["a0", "b0"]).unwrap();
        (of.least, of.most)
    };
    assert_eq!(width(&alone), (0, Some(12)));
    let publications: Vec<&Publication> = together.publications.iter().collect();
    let mut attack = attacker::Attack::new(&publications, false);
    let at = together.publications[0].tables[0]
        .cells()
        .position(|(c, _)| c == ["a0", "b0"])
        .unwrap();
    let unknowns = attack.cells[0][0][at].clone();
    let (least, most) = attack.interval(&unknowns, &[]);
    let (low, high) = width(&together);
    assert_eq!((low as f64, high.unwrap() as f64), (least, most));
    assert_eq!((low, high), (12, Some(12)));
}

#[test]
fn what_is_published_does_not_depend_on_the_counts_that_are_withheld() {
    // The register and every cell are the same for all counts that the words leave open.
    let texts: Vec<String> = [[2u64, 9], [3, 8], [1, 10]]
        .iter()
        .map(|[few, more]| {
            let counts = cube(&[2, 2], &[*few, *more, 13 - few, 40 - more]);
            let protected = protect(
                &release("one", Change::Same, &counts, &[&["a", "b"]]),
                &Rule::default(),
                &Register::default(),
            )
            .unwrap();
            assert_eq!(protected.loss.withheld(), 4);
            serde_json::to_string(&protected.publication).unwrap()
        })
        .collect();
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
}

#[test]
fn zeros_that_would_tell_the_outcome_of_a_whole_group_are_withheld_along_it() {
    let counts = cube(&[3, 2], &[0, 12, 20, 30, 9, 8]);
    let rule = Rule {
        zeros: Zeros::WithheldAlong(vec!["b".to_owned()]),
        ..Rule::default()
    };
    let shown = |rule: &Rule| {
        protect(
            &release("one", Change::Same, &counts, &[&["a", "b"]]),
            rule,
            &Register::default(),
        )
        .unwrap()
    };
    assert_eq!(
        cell(&shown(&Rule::default()), 0, &["a0", "b0"]),
        Cell::Shown(0)
    );
    let withheld = shown(&rule);
    assert!(cell(&withheld, 0, &["a0", "b0"]).is_withheld());
    let register = Register {
        publications: vec![withheld.publication],
    };
    let bounds = audit(&register).unwrap();
    let of = bounds.iter().find(|b| b.codes == ["a0", "b0"]).unwrap();
    assert!(of.least == 0 && of.most.is_none_or(|m| m >= 4), "{of:?}");
}

#[test]
fn rounded_tables_keep_their_sums_and_leave_every_small_count_possible() {
    let mut people = Vec::new();
    for at in 0..60u64 {
        people.push(at * at * 7 % 23);
    }
    for (sizes, by) in [
        (vec![60], vec!["a"]),
        (vec![10, 6], vec!["a", "b"]),
        (vec![5, 4, 3], vec!["a", "b", "c"]),
    ] {
        let counts = cube(&sizes, &people);
        let asked = release("one", Change::Same, &counts, &[&by]);
        let rounded = round(&asked, 5, &Rule::default(), &Register::default()).unwrap();
        assert_eq!(
            rounded.publication.terms.rounded_within,
            Some(5),
            "{sizes:?}"
        );
        let table = &rounded.publication.tables[0];
        let number = |cell: Cell| match cell {
            Cell::Rounded(n) => n,
            other => panic!("{other:?}"),
        };
        let codes: Vec<Vec<&str>> = table.cells().map(|(c, _)| c).collect();
        for codes in &codes {
            let n = number(table.cell(codes).unwrap());
            assert!(n.is_multiple_of(5));
            for (along, dimension) in table
                .dimensions()
                .iter()
                .enumerate()
                .filter(|(d, _)| codes[*d] == "all")
            {
                let parts = dimension.codes().iter().map(|c| {
                    let mut part = codes.clone();
                    part[along] = &c.code;
                    number(table.cell(&part).unwrap())
                });
                assert_eq!(parts.sum::<u64>(), n);
            }
        }
        let register = Register {
            publications: vec![rounded.publication.clone()],
        };
        for bound in audit(&register).unwrap() {
            let Cell::Rounded(n) = bound.cell else {
                panic!()
            };
            assert_eq!(
                (bound.least, bound.most),
                (n.saturating_sub(4), Some(n + 4)),
                "{bound:?}"
            );
        }
    }
}

#[test]
fn the_same_people_are_rounded_in_the_same_way_again() {
    let counts = cube(&[3, 3], &[3, 8, 12, 6, 1, 9, 14, 2, 7]);
    let rule = Rule::default();
    let mut register = Register::default();
    let one = round(
        &release("one", Change::Same, &counts, &[&["a", "b"]]),
        5,
        &rule,
        &register,
    )
    .unwrap();
    register.push(one.publication.clone()).unwrap();
    let two = round(
        &release("two", Change::Same, &counts, &[&["b", "a"]]),
        5,
        &rule,
        &register,
    )
    .unwrap();
    for (codes, shown) in one.publication.tables[0].cells() {
        assert_eq!(
            two.publication.tables[0].cell(&[codes[1], codes[0]]),
            Some(shown)
        );
    }
}

#[test]
fn rounding_that_would_give_away_what_was_withheld_is_refused() {
    let mut register = Register::default();
    let counts = cube(&[2, 2], &[3, 80, 90, 100]);
    let one = protect(
        &release("one", Change::Same, &counts, &[&["a", "b"]]),
        &Rule {
            words: Words::Withheld,
            ..Rule::default().threshold(40)
        },
        &register,
    );
    register.push(one.unwrap().publication).unwrap();
    let said = round(
        &release("two", Change::Same, &counts, &[&["a", "b"]]),
        5,
        &Rule::default(),
        &register,
    );
    assert!(matches!(said, Err(Error::RoundingNarrows(_))), "{said:?}");
}

#[test]
fn the_result_is_the_same_at_any_number_of_threads() {
    let asked = |threads: usize| {
        let pool = rayon_pool(threads);
        pool.install(|| {
            (200..205)
                .map(|seed| {
                    let story = invent::story(seed);
                    let mut register = Register::default();
                    for asked in &story.asked {
                        let protected = protect(&asked.release, &story.rule, &register).unwrap();
                        register.push(protected.publication).unwrap();
                    }
                    serde_json::to_string(&register).unwrap()
                })
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(asked(1), asked(4));
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
}

#[test]
fn what_cannot_be_is_refused_with_the_cell() {
    let counts = cube(&[2, 2], &[20, 30, 40, 50]);
    let rule = Rule::default();
    let mut register = Register::default();
    let one = protect(
        &release("one", Change::Same, &counts, &[&["a", "b"]]),
        &rule,
        &register,
    )
    .unwrap();
    register.push(one.publication).unwrap();
    let fewer = cube(&[2, 2], &[20, 19, 40, 50]);
    for (name, change, counts, expected) in [
        (
            "one",
            Change::Grown,
            &counts,
            "already has a release \"one\"",
        ),
        (
            "two",
            Change::Same,
            &fewer,
            "contradicts what is in the register",
        ),
        (
            "two",
            Change::Grown,
            &fewer,
            "contradicts what is in the register",
        ),
    ] {
        let said = protect(
            &release(name, change, counts, &[&["a", "b"]]),
            &rule,
            &register,
        )
        .unwrap_err();
        assert!(said.to_string().contains(expected), "{said}");
    }
    assert!(
        protect(
            &release("two", Change::Revised, &fewer, &[&["a", "b"]]),
            &rule,
            &register
        )
        .is_ok()
    );
    let other = Rule {
        zeros: Zeros::Withheld,
        ..rule.clone()
    };
    let asked = release("two", Change::Grown, &counts, &[&["a"]]);
    assert!(matches!(
        protect(&asked, &other, &register),
        Err(Error::Zeros(_))
    ));
    assert!(matches!(
        protect(&asked, &rule.clone().threshold(1), &register),
        Err(Error::Threshold(1))
    ));
    assert!(matches!(
        round(&asked, 3, &rule, &register),
        Err(Error::Base {
            base: 3,
            threshold: 5
        })
    ));
    let nothing = Release::new("two", "invented people");
    assert_eq!(
        protect(&nothing, &rule, &register).unwrap_err(),
        Error::Empty
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_register_from_a_file_is_refused_or_audited_and_never_a_panic(
        cells in prop::collection::vec(prop_oneof![
            (0u64..40).prop_map(Cell::Shown), (0u64..7).prop_map(Cell::FewerThan), Just(Cell::Withheld),
            (0u64..9).prop_map(|n| Cell::Rounded(n * 5)),
        ], 0..12),
        codes in 1usize..4,
        threshold in 0u64..9,
        within in prop::option::of(0u64..9),
    ) {
        let text = serde_json::json!({"publications": [{
            "name": "one", "population": "p", "change": "same",
            "terms": {"threshold": threshold, "zeros": "shown", "words": "fewer_than", "rounded_within": within},
            "tables": [{"dimensions": [
                {"name": "a", "total": "all", "codes": (0..codes).map(|c| serde_json::json!({"code": format!("a{c}")})).collect::<Vec<_>>()},
                {"name": "b", "total": "all", "codes": [{"code": "b0"}, {"code": "b1", "within": "b0"}]},
            ], "cells": cells}],
        }]});
        let register: Register = serde_json::from_value(text).unwrap();
        audit(&register).ok();
        let counts = cube(&[codes], &vec![4; codes]);
        let asked = Release::new("two", "p").table(&counts, &["a"]).unwrap();
        protect(&asked, &Rule::default(), &register).ok();
    }

    #[test]
    fn a_shown_count_is_the_count_and_every_small_one_is_withheld(
        people in prop::collection::vec(0u64..30, 12),
        threshold in 2u64..8,
    ) {
        let counts = cube(&[4, 3], &people);
        let rule = Rule::default().threshold(threshold);
        let protected = protect(
            &release("one", Change::Same, &counts, &[&["a", "b"]]), &rule, &Register::default(),
        ).unwrap();
        for (at, n) in people.iter().enumerate() {
            let shown = cell(&protected, 0, &[&format!("a{}", at / 3), &format!("b{}", at % 3)]);
            match shown {
                Cell::Shown(said) => prop_assert!(said == *n && (*n == 0 || *n >= threshold)),
                Cell::FewerThan(said) => prop_assert!(said == threshold && *n < threshold && *n > 0),
                Cell::Withheld => prop_assert!(*n > 0),
                Cell::Rounded(_) => prop_assert!(false),
            }
        }
    }
}
