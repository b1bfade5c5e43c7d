//! The filters of a list, kept in the address.

use mandate_web::{
    FormData, Visit,
    form::{Errors, Field},
    table::QueryState,
};

use super::view::vocabulary;
use crate::{
    domain::{OfficeStatus, Reply, TagKind, soon_until},
    search::{DueFilter, Filter, SortBy},
};

/// What the address asks for; what cannot be read asks for nothing.
pub(crate) fn read(visit: &Visit, query: &QueryState) -> (Filter, SortBy) {
    let today = visit.today();
    let soon = visit.ground().profile.due_soon_days;
    let tags = [
        (TagKind::Theme, "theme"),
        (TagKind::Group, "group"),
        (TagKind::Addressee, "institution"),
        (TagKind::Place, "place"),
        (TagKind::State, "state"),
    ];
    let filter = Filter {
        text: query.get("q").chars().take(200).collect(),
        mechanism: query.get("mechanism").to_owned(),
        document: query.get("document").parse().ok(),
        tags: tags
            .into_iter()
            .filter(|(_, name)| !query.get(name).is_empty())
            .map(|(kind, name)| (kind, query.get(name).to_owned()))
            .collect(),
        status: query.get("status").parse().ok(),
        reply: query.get("reply").parse().ok(),
        priority: query.get("priority").parse().ok(),
        responsible: match query.get("officer") {
            "me" => visit.who().map(|person| person.id),
            other => other.parse().ok(),
        },
        unassigned: query.get("officer") == "nobody",
        due: match query.get("due") {
            "late" => Some(DueFilter::LateOn(today)),
            "soon" => Some(DueFilter::Between(today, soon_until(today, soon))),
            "verify" => Some(DueFilter::VerifyBy(today)),
            _ => None,
        },
        changed_since: query.get("since").parse().ok(),
        without_theme: query.get("themes") == "none",
        suggested: query.get("suggested").to_owned(),
        suggested_group: query.get("suggested-group").to_owned(),
        suggested_target: query.get("suggested-target").to_owned(),
        cluster: query.get("cluster").parse().ok(),
    };
    let sort = SortBy::ALL
        .into_iter()
        .find(|sort| sort.as_str() == query.get("sort"))
        .unwrap_or_default();
    (filter, sort)
}

/// The fields of the filter form.
pub(crate) fn fields(
    visit: &Visit,
    query: &QueryState,
    officers: Vec<(String, String)>,
) -> Vec<Field> {
    let (l, profile) = (visit.l(), &visit.ground().profile);
    let mut form = FormData::default();
    for (name, value) in query.pairs() {
        form.set(name, value);
    }
    let any = || l.text("mechanisms-any");
    let words = |prefix: &str, words: Vec<&'static str>| -> Vec<(String, String)> {
        words
            .into_iter()
            .map(|word| (word.to_owned(), l.text(&format!("{prefix}{word}"))))
            .collect()
    };
    let none = Errors::none();
    let select = |name: &str, label: &str, choices: Vec<(String, String)>| {
        Field::new(l, name, label, &form, &none)
            .choices(&form, choices)
            .or_none(any())
    };
    let mut who = vec![
        ("me".to_owned(), l.text("mechanisms-officer-me")),
        ("nobody".to_owned(), l.text("mechanisms-officer-nobody")),
    ];
    who.extend(officers);
    vec![
        select(
            "mechanism",
            "mechanisms-mechanism",
            vocabulary(visit, &profile.mechanisms),
        ),
        select(
            "status",
            "mechanisms-status",
            words(
                "mechanisms-status-",
                OfficeStatus::ALL.iter().map(|s| s.as_str()).collect(),
            ),
        ),
        select(
            "due",
            "mechanisms-deadline",
            words("mechanisms-filter-", vec!["late", "soon", "verify"]),
        ),
        select(
            "theme",
            "mechanisms-theme",
            vocabulary(visit, &profile.themes),
        ),
        select(
            "suggested",
            "mechanisms-suggested-theme",
            vocabulary(visit, &profile.themes),
        ),
        select(
            "suggested-group",
            "mechanisms-suggested-group",
            vocabulary(visit, &profile.groups),
        ),
        select(
            "group",
            "mechanisms-group",
            vocabulary(visit, &profile.groups),
        ),
        select(
            "institution",
            "mechanisms-institution",
            vocabulary(visit, &profile.institutions),
        ),
        select(
            "place",
            "mechanisms-place",
            vocabulary(visit, &profile.places),
        ),
        select(
            "reply",
            "mechanisms-reply",
            words(
                "mechanisms-reply-",
                Reply::ALL.iter().map(|r| r.as_str()).collect(),
            ),
        ),
        select("officer", "mechanisms-officer", who),
        select(
            "sort",
            "shell-sort-by",
            words(
                "mechanisms-sort-",
                SortBy::ALL.iter().map(|s| s.as_str()).collect(),
            ),
        ),
    ]
}
