//! Frequency tables: each allele once, sums that rounding explains, markers that lie close together.

use std::collections::HashSet;

use super::{Finding, What};
use crate::{
    case::{NORMALISED, marker_key},
    formats::Contents,
    linkage::LINKED,
};

/// A sum so far from 1 is explained by rounding or by rare alleles left out.
pub(crate) const ROUNDED: f64 = 0.02;

pub(super) fn check(case: &Contents, found: &mut Vec<Finding>) {
    let mut markers = HashSet::new();
    for row in &case.table {
        let marker = || row.marker.clone();
        if !markers.insert(marker_key(&row.marker)) {
            let what = What::MarkerTwiceInTable { marker: marker() };
            found.push(Finding::new(&row.place, what));
        }
        if row.alleles.iter().all(|a| a.frequency <= 0.0) {
            found.push(Finding::new(
                &row.place,
                What::EmptyMarker { marker: marker() },
            ));
            continue;
        }
        let mut alleles = HashSet::new();
        for allele in &row.alleles {
            let (marker, name) = (marker(), allele.allele.clone());
            if !alleles.insert(&allele.allele) {
                let what = What::AlleleTwice {
                    marker,
                    allele: name,
                };
                found.push(Finding::new(&allele.place, what));
            } else if allele.frequency <= 0.0 {
                let what = What::ZeroFrequency {
                    marker,
                    allele: name,
                };
                found.push(Finding::new(&allele.place, what));
            }
        }
        let sum = row.total();
        if (sum - 1.0).abs() > ROUNDED {
            let marker = marker();
            found.push(Finding::new(&row.place, What::SumWrong { marker, sum }));
        } else if (sum - 1.0).abs() > NORMALISED {
            let marker = marker();
            found.push(Finding::new(&row.place, What::SumRounded { marker, sum }));
        }
    }
    let typed: HashSet<String> = case
        .samples
        .iter()
        .flat_map(|s| &s.markers)
        .map(|m| marker_key(&m.marker))
        .collect();
    for pair in LINKED {
        let (one, other) = (marker_key(pair.one), marker_key(pair.other));
        let place = case.table.iter().find(|r| marker_key(&r.marker) == other);
        if let Some(row) = place.filter(|_| markers.contains(&one))
            && typed.contains(&one)
            && typed.contains(&other)
        {
            let what = What::Linked {
                one: pair.one.to_owned(),
                other: row.marker.clone(),
            };
            found.push(Finding::new(&row.place, what));
        }
    }
}
