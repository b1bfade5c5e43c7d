use super::*;

fn parts(text: &str) -> Vec<(String, Vec<String>)> {
    split(text)
        .into_iter()
        .map(|p| (p.text, p.states))
        .collect()
}

#[test]
fn two_recommendations_under_one_number_are_two() {
    assert_eq!(
        parts("Train judges (Norway, Chile); publish judgements (Peru);"),
        [
            ("Train judges".into(), vec!["Norway".into(), "Chile".into()]),
            ("publish judgements".into(), vec!["Peru".into()]),
        ]
    );
}

#[test]
fn a_stretch_that_asks_is_one_of_its_own_and_another_grows() {
    assert_eq!(
        parts("Train judges (Norway), and ensure that they are paid (Peru)"),
        [
            ("Train judges".into(), vec!["Norway".into()]),
            ("ensure that they are paid".into(), vec!["Peru".into()]),
        ]
    );
    assert_eq!(
        parts("Train judges (Norway, Peru), in order to shorten trials (Peru)"),
        [
            ("Train judges".into(), vec!["Norway".into()]),
            (
                "Train judges , in order to shorten trials".replace(" ,", ","),
                vec!["Peru".into()]
            ),
        ]
    );
}

#[test]
fn a_verb_without_its_object_gets_that_of_the_next() {
    assert_eq!(
        parts(
            "Become a party (Estonia), consider ratifying (Chile), ratify the Convention on Lakes (Peru)"
        ),
        [
            (
                "Become a party to the Convention on Lakes".into(),
                vec!["Estonia".into()]
            ),
            (
                "consider ratifying the Convention on Lakes".into(),
                vec!["Chile".into()]
            ),
            ("ratify the Convention on Lakes".into(), vec!["Peru".into()]),
        ]
    );
}

#[test]
fn what_is_no_state_stays_in_the_text() {
    assert_eq!(
        parts("Ratify the Convention (CRPD) and report (Norway)."),
        [(
            "Ratify the Convention (CRPD) and report".into(),
            vec!["Norway".into()]
        )]
    );
}

fn of(text: &str, states: &[&str]) -> (String, Vec<String>) {
    (
        text.to_owned(),
        states.iter().map(|s| (*s).to_owned()).collect(),
    )
}

#[test]
fn a_state_behind_two_stretches_asked_for_both_at_once() {
    assert_eq!(
        parts("Train judges (Norway, Peru) and publish judgements (Peru, Chile)"),
        [
            of("Train judges", &["Norway"]),
            of("Train judges and publish judgements", &["Peru"]),
            of("publish judgements", &["Chile"]),
        ]
    );
    assert_eq!(
        parts("Sign (Peru) and ratify (Peru, Chile) OP-CAT;"),
        [
            of("Sign and ratify OP-CAT", &["Peru"]),
            of("ratify OP-CAT", &["Chile"]),
        ]
    );
    assert_eq!(
        parts("Train judges (Peru); and publish judgements (Peru)").len(),
        2
    );
}

#[test]
fn verbs_with_strokes_between_get_the_object_at_the_end() {
    assert_eq!(
        parts(
            "To examine the possibility of joining (Togo)/ratify (Mali)/consider the ratification (Peru) of the Convention on Lakes (Togo, Mali, Peru);"
        ),
        [
            of(
                "To examine the possibility of joining the Convention on Lakes",
                &["Togo"]
            ),
            of("ratify the Convention on Lakes", &["Mali"]),
            of(
                "consider the ratification of the Convention on Lakes",
                &["Peru"]
            ),
        ]
    );
    assert_eq!(
        parts("Consider establishing (Togo)/establish a lake authority (Mali)"),
        [
            of("Consider establishing a lake authority", &["Togo"]),
            of("establish a lake authority", &["Mali"]),
        ]
    );
}

#[test]
fn verbs_after_strokes_stand_each_in_the_place_of_the_first() {
    assert_eq!(
        parts(
            "Consider expressing its consent to be bound by (Togo)/accede to the Convention on Lakes (Mali);"
        ),
        [
            of(
                "Consider expressing its consent to be bound by the Convention on Lakes",
                &["Togo"]
            ),
            of(
                "Consider expressing its consent to accede to the Convention on Lakes",
                &["Mali"]
            ),
        ]
    );
}

#[test]
fn a_state_that_names_people_once_made_one_recommendation() {
    assert_eq!(
        parts(
            "Protect women of the lake (Peru, Mali); and punish offences against them (Peru, Togo);"
        ),
        [
            of("Protect women of the lake", &["Mali"]),
            of(
                "Protect women of the lake; punish offences against them",
                &["Peru"]
            ),
            of("punish offences against them", &["Togo"]),
        ]
    );
}

#[test]
fn what_leans_on_the_stretch_before_stays_with_it() {
    assert_eq!(
        parts("Ratify the Convention on Lakes (Peru) and incorporate it into law (Mali)")[1],
        of(
            "Ratify the Convention on Lakes and incorporate it into law",
            &["Mali"]
        )
    );
}

#[test]
fn an_aside_goes_on_after_a_semicolon() {
    assert_eq!(
        parts("Found a lake authority (Peru, Mali); in order to protect lakes (Mali)"),
        [
            of("Found a lake authority", &["Peru"]),
            of(
                "Found a lake authority; in order to protect lakes",
                &["Mali"]
            ),
        ]
    );
    assert_eq!(
        parts("Train judges (Peru); build courts (Mali), with particular care (Peru, Mali)"),
        [
            of("Train judges, with particular care", &["Peru"]),
            of("build courts, with particular care", &["Mali"]),
        ]
    );
}

#[test]
fn a_gerund_after_a_bare_verb_is_an_object_and_asks_by_itself() {
    assert_eq!(
        parts("Consider (Peru) signing and ratifying the Convention on Lakes (Peru, Mali)"),
        [
            of(
                "Consider signing and ratifying the Convention on Lakes",
                &["Peru"]
            ),
            of("sign and ratify the Convention on Lakes", &["Mali"]),
        ]
    );
}

#[test]
fn a_list_of_instruments_is_asked_for_by_the_verb_before_it() {
    assert_eq!(
        parts("To ratify the Convention on Lakes (Peru), the Convention on Rivers (Mali)")[1],
        of("To ratify the Convention on Rivers", &["Mali"])
    );
}

#[test]
fn what_follows_the_last_states_after_a_comma_belongs_to_each() {
    assert_eq!(
        parts("Train judges (Peru), build courts (Mali), as agreed in 2008;"),
        [
            of("Train judges, as agreed in 2008", &["Peru"]),
            of("build courts, as agreed in 2008", &["Mali"]),
        ]
    );
}

#[test]
fn parentheses_in_a_name_two_lists_and_a_missing_end_are_read() {
    assert_eq!(
        parts("Train judges (Iran (Islamic Republic of), Peru); build courts (Mali) (Togo);"),
        [
            of("Train judges", &["Iran (Islamic Republic of)", "Peru"]),
            of("build courts", &["Mali", "Togo"]),
        ]
    );
    assert_eq!(
        parts("Train judges (Peru)12; build courts (Mali."),
        [of("Train judges", &["Peru"]), of("build courts", &["Mali"])]
    );
}

#[test]
fn what_only_begins_like_an_aside_asks_for_something_of_its_own() {
    assert_eq!(
        parts(
            "Train judges (Peru); in line with its plan for lakes, build courts and publish judgements (Mali); in order to save reeds, close the harbour (Togo)"
        ),
        [
            of("Train judges", &["Peru"]),
            of(
                "in line with its plan for lakes, build courts and publish judgements",
                &["Mali"]
            ),
            of("in order to save reeds, close the harbour", &["Togo"]),
        ]
    );
    assert_eq!(
        parts(
            "Train judges (Peru), in order to save reeds, close harbours, and count herons (Mali)"
        )[1],
        of(
            "Train judges, in order to save reeds, close harbours, and count herons",
            &["Mali"]
        )
    );
}
