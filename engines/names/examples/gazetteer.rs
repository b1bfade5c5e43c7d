//! Makes the engine's list of places from a file of GeoNames (geonames.org, CC BY 4.0), to standard output:
//! `cargo run -p mandate-names --example gazetteer -- ../shared/data/kosovo/geonames_xk_2012.txt > profiles/kosovo/gazetteer.tsv`.
//!
//! Kept are municipalities (ADM1) and settlements (P), each with all its names in the file's order, its own first; the
//! municipality is the one with the same code of the first level. `Opština Klina` gives `Klina` too; `Komuna
//! e Klinës` does not, since it would be in the genitive.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::collections::HashMap;

use mandate_names::{Gazetteer, Place};

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: gazetteer FILE");
        std::process::exit(2);
    };
    let file = std::fs::read_to_string(&path).expect("the file can be read");
    let rows: Vec<Vec<&str>> = file
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row.len() == 19)
        .collect();
    let municipalities: HashMap<&str, &str> = rows
        .iter()
        .filter(|row| row[7] == "ADM1")
        .map(|row| (row[10], row[0]))
        .collect();
    let places: Vec<Place> = rows
        .iter()
        .filter_map(|row| place(row, &municipalities))
        .collect();
    println!(
        "# Places of Kosovo with all their names: number, level, number of the municipality, latitude, longitude, names."
    );
    println!(
        "# From GeoNames (geonames.org), country XK, 2012, under CC BY 4.0; changed: municipalities and settlements only,"
    );
    println!(
        "# six of nineteen columns. Made by: cargo run -p mandate-names --example gazetteer -- FILE"
    );
    for place in &places {
        let parent = place.parent.as_deref().unwrap_or_default();
        let names = place.names.join("|");
        println!(
            "{}\t{}\t{parent}\t{}\t{}\t{names}",
            place.id, place.level, place.latitude, place.longitude
        );
    }
    let count = places.len();
    Gazetteer::new(places).expect("the places are a gazetteer");
    eprintln!("{count} places");
}

fn place(row: &[&str], municipalities: &HashMap<&str, &str>) -> Option<Place> {
    let level = match (row[6], row[7]) {
        ("A", "ADM1") => "municipality",
        ("P", _) => "settlement",
        _ => return None,
    };
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(row[1]).chain(row[3].split(',')) {
        let name = name.trim().replace('|', "/");
        for name in [name.clone(), without_office(&name).to_owned()] {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let parent = municipalities.get(row[10]).filter(|id| **id != row[0]);
    Some(Place {
        id: row[0].to_owned(),
        level: level.to_owned(),
        parent: parent.map(|id| (*id).to_owned()),
        latitude: row[4].parse().ok()?,
        longitude: row[5].parse().ok()?,
        names,
    })
}

/// A municipality's name without the word for municipality, where the rest is its name as it is.
fn without_office(name: &str) -> &str {
    let prefixes = ["Opština ", "Opshtina ", "Opstina ", "Општина "];
    let name = prefixes
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    name.strip_suffix(" Belediyesi").unwrap_or(name)
}
