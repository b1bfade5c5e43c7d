//! Places are found by any of their names.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_names::{Agreement, Gazetteer, kilometres};

/// Invented places with invented coordinates.
const PLACES: &str = "# number, level, parent, latitude, longitude, names
1\tmunicipality\t\t42.5\t21.0\tLulishtë|Cvetograd|Цветоград
2\tsettlement\t1\t42.6\t21.1\tGurishtë|Kameničina
3\tsettlement\t1\t42.7\t21.1\tGurishtë
4\tsettlement\t2\t42.5\t22.0\tXhepaj|Džepovac
";

#[test]
fn a_place_is_found_in_any_spelling_and_ambiguity_stays() {
    let gazetteer = Gazetteer::read(PLACES).unwrap();
    let found = |name: &str| {
        gazetteer
            .find(name)
            .iter()
            .map(|found| found.place.id.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(found("ЦВЕТОГРАД"), "1");
    assert_eq!(found("Tsvetograd"), "1");
    assert_eq!(found("Gurishte"), "2 3");
    assert_eq!(found("Гуриште"), "2 3");
    assert_eq!(gazetteer.find("Gurista")[0].agreement, Agreement::Article);
    assert_eq!(gazetteer.find("Kamenicina")[0].agreement, Agreement::Bare);
    assert_eq!(found("Nowhere"), "");
    assert_eq!(found(""), "");
    let similar = gazetteer.find_similar("Dzepavac", 0.8);
    assert_eq!(similar[0].place.id, "4");
    assert!(matches!(similar[0].agreement, Agreement::Similar(s) if s < 1.0));
}

#[test]
fn places_know_what_they_lie_in_and_how_far_apart_they_are() {
    let gazetteer = Gazetteer::read(PLACES).unwrap();
    let [one, two, four] = ["1", "2", "4"].map(|id| gazetteer.get(id).unwrap());
    let parents: Vec<&str> = gazetteer
        .parents(four)
        .map(|place| place.id.as_str())
        .collect();
    assert_eq!(parents, ["2", "1"]);
    assert!(gazetteer.is_within(four, one) && !gazetteer.is_within(one, four));
    // A degree of longitude at 42.5° north: 111.195 km × cos 42.5°.
    assert!(
        (kilometres(one, four) - 81.98).abs() < 0.01,
        "{}",
        kilometres(one, four)
    );
    assert_eq!(kilometres(two, two), 0.0);
    assert_eq!(
        gazetteer.distance("Cvetograd", "Xhepaj"),
        Some(kilometres(one, four))
    );
    assert_eq!(gazetteer.distance("Cvetograd", "Nowhere"), None);
}

#[test]
fn a_list_that_contradicts_itself_is_refused_by_line() {
    for (lines, line, what) in [
        (
            "1\ta\t\t0\t0\tA\n1\ta\t\t0\t0\tB",
            2,
            "another place has this number",
        ),
        ("#\n1\ta\t1\t0\t0\tA", 2, "the place lies in itself"),
        (
            "1\ta\t2\t0\t0\tA\n2\ta\t1\t0\t0\tB",
            1,
            "the place lies in itself",
        ),
        (
            "1\ta\t9\t0\t0\tA",
            1,
            "what the place lies in is not in the list",
        ),
        (
            "1\ta\t\t91\t0\tA",
            1,
            "the coordinates are not on the globe",
        ),
        (
            "1\ta\t\tNaN\t0\tA",
            1,
            "the coordinates are not on the globe",
        ),
        ("1\ta\t\tx\t0\tA", 1, "a coordinate is no number"),
        ("1\ta\t\t0\t0\t-", 1, "the place has no name"),
        ("1\ta", 1, "not six cells"),
    ] {
        let error = Gazetteer::read(lines).unwrap_err();
        assert_eq!((error.line, error.what), (line, what), "{lines}");
    }
}
