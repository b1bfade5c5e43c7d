//! Invented populations are what they are said to be.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_estimation::graphs::DecomposableGraph;
use mandate_estimation::latent::Options;
use mandate_estimation::simulate::{Dependence, Group, Population};
use mandate_estimation::{CaptureTable, Error};

/// The odds ratio of lists 0 and 1 among the people on list 2.
fn odds_ratio(table: &CaptureTable) -> f64 {
    let [neither, first, second, both] =
        [0b100, 0b101, 0b110, 0b111].map(|pattern| table.count(pattern) as f64);
    both * neither / (first * second)
}

#[test]
fn lists_depend_on_each_other_as_asked_and_not_otherwise() {
    let on = [0.4, 0.3, 0.5];
    let dependence = Dependence {
        first: 0,
        second: 1,
        odds_ratio: 5.0,
    };
    let table = |population: Population| population.draw(4_000_000, 3).unwrap();
    let independent = odds_ratio(&table(Population::independent(&on).unwrap()));
    assert!((independent - 1.0).abs() < 0.02, "{independent}");
    let dependent = odds_ratio(&table(Population::dependent(&on, &[dependence]).unwrap()));
    assert!((dependent - 5.0).abs() < 0.1, "{dependent}");
    let graded = odds_ratio(&table(Population::graded(&on, 1.5).unwrap()));
    assert!(
        graded > 1.3,
        "people who differ make lists attract each other: {graded}"
    );
}

#[test]
fn a_graph_without_an_edge_has_no_dependence_given_the_others() {
    // 0 - 2 - 1: lists 0 and 1 are joined through 2 only.
    let graph = DecomposableGraph::from_edges(3, &[(0, 2), (1, 2)]).unwrap();
    let saturated = DecomposableGraph::from_edges(3, &[(0, 1), (0, 2), (1, 2)]).unwrap();
    let ratio = |graph, seed| {
        odds_ratio(
            &Population::of_graph(graph, 20.0, seed)
                .unwrap()
                .draw(10_000_000, seed)
                .unwrap(),
        )
    };
    for seed in 0..5 {
        let ratio = ratio(&graph, seed);
        assert!((ratio - 1.0).abs() < 0.02, "{ratio}");
    }
    assert!((0..5).any(|seed| (ratio(&saturated, seed) - 1.0).abs() > 0.1));
}

#[test]
fn people_are_drawn_until_so_many_are_listed() {
    let population = Population::independent(&[0.5, 0.2, 0.1]).unwrap();
    assert!((population.never_listed() - 0.36).abs() < 1e-12);
    let totals: Vec<u64> = (0..400)
        .map(|seed| {
            let (table, total) = population.draw_observed(640, seed).unwrap();
            assert_eq!(table.observed(), 640);
            total
        })
        .collect();
    // Until 640 successes of probability 0.64: mean 1000, standard deviation 23.7.
    let mean = totals.iter().sum::<u64>() as f64 / 400.0;
    assert!((mean - 1_000.0).abs() < 5.0, "{mean}");
}

#[test]
fn the_prior_of_latent_classes_lists_each_person_with_probability_one_half_a_list() {
    let options = Options::default();
    let never = |seed| {
        Population::of_latent_classes(3, &options, seed)
            .unwrap()
            .never_listed()
    };
    let mean = (0..4_000).map(never).sum::<f64>() / 4_000.0;
    assert!((mean - 0.125).abs() < 0.01, "{mean}");
}

#[test]
fn impossible_populations_are_refused() {
    assert!(Population::independent(&[0.5, 1.5]).is_err());
    assert!(Population::graded(&[0.5, 0.5], f64::NAN).is_err());
    assert!(Population::heterogeneous(&[]).is_err());
    let unlike = [
        Group {
            share: 1.0,
            on: vec![0.5; 3],
        },
        Group {
            share: 1.0,
            on: vec![0.5; 2],
        },
    ];
    assert!(Population::heterogeneous(&unlike).is_err());
    let none = Population::independent(&[0.0, 0.0]).unwrap();
    assert_eq!(none.draw_observed(5, 1).unwrap_err(), Error::Nobody);
    assert_eq!(none.draw(5, 1).unwrap_err(), Error::Nobody);
}
