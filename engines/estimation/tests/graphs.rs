//! The figures of the R package dga for published tables, to nine digits.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_estimation::graphs::{
    DecomposableGraph, GraphsOptions, PriorOfTotal, average, decomposable_graphs,
    least_relative_error,
};
use mandate_estimation::{CaptureTable, Interval};

fn five_lists() -> CaptureTable {
    let counts = [
        0, 27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5, 83, 36, 34, 18, 3, 5, 0, 2, 30, 5,
        23, 8, 0, 3, 0, 2,
    ];
    CaptureTable::from_ordered(["A", "B", "C", "D", "E"], &counts).unwrap()
}

fn three_lists() -> CaptureTable {
    CaptureTable::from_ordered(["A", "B", "C"], &[0, 60, 49, 4, 247, 112, 142, 12]).unwrap()
}

fn kosovo() -> CaptureTable {
    // EXH, ABA, OSCE, HRW: the counts published with Ball and others 2002.
    let counts = [
        (1, 1131),
        (2, 845),
        (3, 177),
        (4, 936),
        (5, 228),
        (6, 217),
        (7, 181),
        (8, 306),
        (9, 106),
        (10, 31),
        (11, 18),
        (12, 123),
        (13, 42),
        (14, 32),
        (15, 27),
    ];
    CaptureTable::from_patterns(["EXH", "ABA", "OSCE", "HRW"], counts).unwrap()
}

fn close(found: f64, expected: f64) {
    let error = ((found - expected) / expected).abs();
    assert!(
        error < 1e-9,
        "{found} is not {expected}: relative error {error:e}"
    );
}

fn bounds(interval: Interval) -> (u64, u64) {
    (interval.lower, interval.upper)
}

#[test]
fn there_are_as_many_decomposable_graphs_as_counted_by_others() {
    let counted: Vec<usize> = (2..=6)
        .map(|lists| decomposable_graphs(lists).unwrap().len())
        .collect();
    assert_eq!(counted, [2, 8, 61, 822, 18_154]);
    assert!(decomposable_graphs(1).is_err() && decomposable_graphs(8).is_err());
}

#[test]
fn a_cycle_of_four_is_not_decomposable_but_with_a_chord_it_is() {
    let cycle = [(0, 1), (1, 2), (2, 3), (3, 0)];
    assert!(DecomposableGraph::from_edges(4, &cycle).is_none());
    let mut chord = cycle.to_vec();
    chord.push((0, 2));
    let graph = DecomposableGraph::from_edges(4, &chord).unwrap();
    let mut cliques = graph.cliques().to_vec();
    cliques.sort_unstable();
    assert_eq!(cliques, [0b0111, 0b1101]);
    assert_eq!(graph.separators(), [0b0101]);
}

#[test]
fn three_lists_of_madigan_and_york_are_as_in_dga() {
    let options = GraphsOptions {
        delta: Some(1.0),
        prior: PriorOfTotal::NegativeBinomial {
            shape: 13.14,
            scale: 55.17,
        },
        missing: Some((1, 300)),
        ..GraphsOptions::default()
    };
    let answer = average(&three_lists(), &options).unwrap();
    close(least_relative_error(&answer.total), 731.096_628_93);
    assert_eq!(answer.total.mode(), 728);
    assert_eq!(bounds(answer.total.interval(0.95)), (682, 797));
    close(answer.best[0].probability, 0.373_767_397_64);
}

#[test]
fn five_lists_of_madigan_and_york_are_as_in_dga() {
    let options = GraphsOptions {
        delta: Some(0.5),
        missing: Some((1, 300)),
        ..GraphsOptions::default()
    };
    let answer = average(&five_lists(), &options).unwrap();
    close(answer.total.mean(), 617.815_890_761);
    assert_eq!(answer.total.mode(), 614);
    assert_eq!(bounds(answer.total.interval(0.95)), (588, 655));
}

#[test]
fn kosovo_is_as_in_dga_with_every_prior() {
    let with = |delta| {
        let options = GraphsOptions {
            delta: Some(delta),
            missing: Some((1, 20_000)),
            ..GraphsOptions::default()
        };
        average(&kosovo(), &options).unwrap()
    };
    let answer = with(1.0 / 16.0);
    assert_eq!(answer.total.median(), 12_595);
    assert_eq!(bounds(answer.total.interval(0.95)), (9_827, 16_543));
    assert!((answer.best[0].probability - 0.9855).abs() < 5e-5);
    let answer = with(0.5);
    assert_eq!(answer.total.median(), 11_323);
    assert_eq!(bounds(answer.total.interval(0.95)), (4_500, 14_486));
    let answer = with(1.0);
    assert_eq!(answer.total.median(), 4_617);
    assert!(answer.saturated > 0.5);
}
