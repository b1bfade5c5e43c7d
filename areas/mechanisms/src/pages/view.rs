//! What pages show of a recommendation.

use std::collections::BTreeMap;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use mandate_accounts::people;
use mandate_store::Id;
use mandate_web::{Problem, Visit};

use crate::{
    domain::{Due, TagKind, due},
    store::{Recommendation, Tag},
};

/// A row of a list.
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) text: String,
    pub(crate) lang: String,
    pub(crate) source: String,
    pub(crate) paragraph: String,
    pub(crate) states: String,
    pub(crate) themes: String,
    pub(crate) status: &'static str,
    pub(crate) status_label: String,
    pub(crate) due: Option<DueTag>,
    pub(crate) protection: Option<ProtectionTag>,
}

/// A deadline as it is shown.
pub(crate) struct DueTag {
    pub(crate) class: &'static str,
    pub(crate) label: String,
}

/// A level of protection, shown where it is more than the usual one.
pub(crate) struct ProtectionTag {
    pub(crate) class: &'static str,
    pub(crate) label: String,
}

pub(crate) fn row(visit: &Visit, item: &Recommendation, tags: &[Tag]) -> Row {
    let (l, profile) = (visit.l(), &visit.ground().profile);
    let tag = l.tag();
    let mechanism = profile.mechanisms.name_of(&item.mechanism, tag.as_str());
    let values = |kind| {
        tags.iter()
            .filter(move |tag| tag.kind == kind)
            .map(|tag| tag.value.as_str())
    };
    let themes: Vec<&str> = values(TagKind::Theme)
        .map(|key| profile.themes.name_of(key, tag.as_str()))
        .collect();
    let states: Vec<&str> = values(TagKind::State).collect();
    let source = if item.document.starts_with(mechanism) {
        item.document.clone()
    } else {
        format!("{mechanism} · {}", item.document)
    };
    Row {
        id: item.id,
        text: item.text.clone(),
        lang: item.language.clone(),
        source,
        paragraph: item.paragraph.clone(),
        states: states.join(", "),
        themes: themes.join(", "),
        status: item.status.as_str(),
        status_label: l.text(&format!("mechanisms-status-{}", item.status)),
        due: due_tag(visit, item),
        protection: protection_tag(visit, item),
    }
}

pub(crate) fn due_tag(visit: &Visit, item: &Recommendation) -> Option<DueTag> {
    let l = visit.l();
    let soon = visit.ground().profile.due_soon_days;
    let day = item.deadline?;
    let (class, label) = match due(Some(day), item.status, visit.today(), soon) {
        Due::None => return None,
        Due::Late(days) => (
            "late",
            l.with("mechanisms-late-days", &[("days", i64::from(days).into())]),
        ),
        Due::Soon(days) => (
            "soon",
            l.with("mechanisms-due-days", &[("days", i64::from(days).into())]),
        ),
        Due::Later(_) => (
            "plain",
            l.with("mechanisms-due-on", &[("day", l.short_date(day).into())]),
        ),
    };
    Some(DueTag { class, label })
}

fn protection_tag(visit: &Visit, item: &Recommendation) -> Option<ProtectionTag> {
    use mandate_accounts::Protection;
    if item.protection == Protection::Office {
        return None;
    }
    let label = visit
        .l()
        .text(&format!("accounts-protection-{}", item.protection));
    Some(ProtectionTag {
        class: item.protection.as_str(),
        label,
    })
}

/// The names of people by the word that the ledger knows them by.
pub(crate) async fn names(visit: &Visit) -> Result<BTreeMap<String, String>, Problem> {
    let all = people::all(&mut visit.ground().store.clone()).await?;
    Ok(all
        .into_iter()
        .map(|person| (person.id.to_string(), person.name))
        .collect())
}

/// Officers and leads who can be made responsible: identifier and name, in the reader's order.
pub(crate) async fn officers(visit: &Visit) -> Result<Vec<(String, String)>, Problem> {
    use mandate_accounts::{Area, Role};
    let all = people::all(&mut visit.ground().store.clone()).await?;
    let mut officers: Vec<(String, String)> = all
        .into_iter()
        .filter(|person| {
            person.active
                && person
                    .roles
                    .get(&Area::Mechanisms)
                    .is_some_and(|role| *role >= Role::Officer)
        })
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    visit
        .l()
        .sort_by_key(&mut officers, |(_, name)| name.clone());
    Ok(officers)
}

/// Keys and names of the institutions, themes or groups, in the reader's order.
pub(crate) fn vocabulary<T: mandate_office::Entry>(
    visit: &Visit,
    entries: &mandate_office::Vocabulary<T>,
) -> Vec<(String, String)> {
    let tag = visit.l().tag();
    let mut named: Vec<(String, String)> = entries
        .iter()
        .map(|entry| {
            (
                entry.key().to_owned(),
                entry.name().in_language(tag.as_str()).to_owned(),
            )
        })
        .collect();
    visit.l().sort_by_key(&mut named, |(_, name)| name.clone());
    named
}

/// The words of a closed list with their labels.
pub(crate) fn words<T: std::fmt::Display>(
    visit: &Visit,
    prefix: &str,
    words: &[T],
) -> Vec<(String, String)> {
    words
        .iter()
        .map(|word| (word.to_string(), visit.l().text(&format!("{prefix}{word}"))))
        .collect()
}

/// A provision as it is read: `iccpr/14` is article 14 of its instrument.
pub(crate) fn provision(visit: &Visit, key: &str) -> String {
    let (l, tag) = (visit.l(), visit.l().tag());
    let Some((instrument, article)) = key.split_once('/') else {
        return key.to_owned();
    };
    let instruments = &visit.ground().profile.instruments;
    let name = instruments.name_of(instrument, tag.as_str());
    l.with(
        "mechanisms-article",
        &[("instrument", name.into()), ("article", article.into())],
    )
}

/// The recommending states of a list that people write: with semicolons or line ends between them.
pub(crate) fn states(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split([';', '\n'])
        .map(|state| state.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|state| !state.is_empty())
}

/// A language by its own name; its tag where the office does not offer it.
pub(crate) fn language_name(visit: &Visit, tag: &str) -> String {
    let known = visit.ground().languages.get(tag);
    known.map_or_else(|| tag.to_owned(), |language| language.own_name())
}

/// The office's languages other than one, by their own names.
pub(crate) fn languages(visit: &Visit, other_than: &str) -> Vec<(String, String)> {
    let offered = visit.ground().profile.languages().iter();
    offered
        .filter(|tag| tag.as_str() != other_than)
        .map(|tag| (tag.clone(), language_name(visit, tag)))
        .collect()
}

/// A file that is handed out, never shown in the office's own window.
pub(crate) fn download(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' => '_',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => '_',
        })
        .collect();
    let exact: String = name
        .bytes()
        .map(|b| match b {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'-' | b'_' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}
