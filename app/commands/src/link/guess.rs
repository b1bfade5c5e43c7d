//! Guesses of the plan about cells: whether names are whole, and what parts several values.

use mandate_linkage::Kind;
use mandate_names::read_person;

/// The parts that whole names of a column have; none where it seems to hold one part only.
pub(crate) fn splits(cells: &[String]) -> Vec<&'static str> {
    let filled: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let share = |n: usize| n as f64 / filled.len().max(1) as f64;
    let words = |cell: &&&str| cell.split_whitespace().count() > 1;
    if share(filled.iter().filter(words).count()) < 0.6 {
        return Vec::new();
    }
    let fathers = filled
        .iter()
        .filter_map(|cell| read_person(cell).into_iter().next())
        .filter(|reading| !reading.name.father.is_empty())
        .count();
    if share(fathers) >= 0.2 {
        vec!["given", "father", "family"]
    } else {
        vec!["given", "family"]
    }
}

/// Cells with a sign from which on it is taken to part values.
const ENOUGH: f64 = 0.002;

/// Signs that part several values of a cell, as the cells show; a hyphen parts family names only.
pub(crate) fn separators(kind: Kind, family: bool, cells: &[String]) -> Option<String> {
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let signs = match kind {
        Kind::Name if family => ";|/-",
        Kind::Name => ";|/",
        // A slash stands in house numbers and signs of files.
        Kind::Place | Kind::Code | Kind::Text => ";|",
        Kind::Date | Kind::Category => "",
    };
    let parts = |sign: char| {
        cells.iter().filter(move |cell| {
            let mut halves = cell.split(sign).map(str::trim);
            // Two halves with something in each.
            halves.next().is_some_and(|half| half.chars().count() > 1)
                && halves.next().is_some_and(|half| half.chars().count() > 1)
        })
    };
    let found: String = signs
        .chars()
        .filter(|sign| parts(*sign).count() as f64 > ENOUGH * filled as f64)
        .collect();
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_and_signs_between_values_are_seen() {
        let of = |all: &[&str]| all.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            splits(&of(&["Agim Berisha", "Ana Petrović"])),
            ["given", "family"]
        );
        assert_eq!(
            splits(&of(&["Agim (Rexhep) Berisha", "Besa Krasniqi"])),
            ["given", "father", "family"]
        );
        assert!(splits(&of(&["Agim", "Besa"])).is_empty());
        let cells = of(&["Petrović-Nikolić", "Hoxha", "Gashi; Shala"]);
        assert_eq!(separators(Kind::Name, true, &cells).as_deref(), Some(";-"));
        assert_eq!(separators(Kind::Name, false, &cells).as_deref(), Some(";"));
        assert_eq!(separators(Kind::Code, false, &of(&["12-34"])), None);
    }
}
