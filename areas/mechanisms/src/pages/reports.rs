//! Reports: a file for a period, and charts of status over time, by institution and by theme, each with its figures.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::State as Shared,
    response::{Html, Response},
};
use jiff::{ToSpan as _, civil::Date};
use mandate_accounts::{Area, Protection};
use mandate_documents::Format;
use mandate_language::{Language, Message};
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    chart::Chart,
    form::{Errors, Field},
    table::QueryState,
};

use super::{
    State,
    ask::{day, not_a_choice, wrong},
    filter, view,
};
use crate::{
    domain::{OfficeStatus, TagKind},
    report::{Facts, report},
    search::SortBy,
    store::{self, StatusCount},
};

struct ChartView {
    svg: String,
    title: String,
    parts: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    page: Page,
    scope: Vec<Field>,
    from: Field,
    to: Field,
    how: Vec<Field>,
    document: String,
    charts: Vec<ChartView>,
}

/// Bars in a chart.
const BARS: i64 = 15;
/// Ends of years in the chart over time, this year included.
const YEARS: i16 = 6;

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let (l, profile) = (visit.l(), &state.ground.profile);
    let tag = l.tag();
    let query = QueryState::parse(visit.query());
    let mechanism = query.get("mechanism").to_owned();
    let mut db = state.ground.store.clone();
    let institution = Some(query.get("institution"))
        .filter(|key| !key.is_empty())
        .map(|key| (TagKind::Addressee, key));
    let theme = Some(query.get("theme"))
        .filter(|key| !key.is_empty())
        .map(|key| (TagKind::Theme, key));
    // One of the two narrows the charts; the file that is made is narrowed by both.
    let tagged = institution.or(theme);
    let days = days(visit.today());
    let over_time = store::status_over_time(&mut db, &days, &mechanism, tagged).await?;
    let by_institution =
        store::status_by_tag(&mut db, TagKind::Addressee, &mechanism, theme, BARS).await?;
    let by_theme =
        store::status_by_tag(&mut db, TagKind::Theme, &mechanism, institution, BARS).await?;
    let charts = vec![
        chart(&visit, "over-time", over_time, |day| {
            day.parse::<Date>()
                .map_or(day.to_owned(), |day| l.date(day))
        }),
        chart(&visit, "by-institution", by_institution, |key| {
            profile.institutions.name_of(key, tag.as_str()).to_owned()
        }),
        chart(&visit, "by-theme", by_theme, |key| {
            profile.themes.name_of(key, tag.as_str()).to_owned()
        }),
    ];
    let mut form = FormData::default();
    for (name, value) in query.pairs() {
        form.set(name, value);
    }
    if query.get("to").is_empty() {
        form.set("to", visit.today().to_string());
    }
    if query.get("language").is_empty() {
        form.set("language", tag.to_string());
    }
    let none = Errors::none();
    let field = |name: &str, label: &str| Field::new(l, name, label, &form, &none);
    let formats = Format::ALL.iter().map(|format| {
        let extension = format.extension();
        (extension.to_owned(), extension.to_uppercase())
    });
    let page = ReportsPage {
        page: visit.page("mechanisms-reports-title"),
        scope: filter::fields(&visit, &query, Vec::new())
            .into_iter()
            .filter(|field| SCOPE.contains(&field.name.as_str()))
            .collect(),
        from: field("from", "mechanisms-report-from"),
        to: field("to", "mechanisms-report-to"),
        how: vec![
            field("language", "mechanisms-text-language")
                .choices(&form, view::languages(&visit, "")),
            field("format", "mechanisms-report-format").choices(&form, formats),
        ],
        document: query.get("document").to_owned(),
        charts,
    };
    Ok(Html(page.render()?))
}

/// What a report can be narrowed to.
const SCOPE: [&str; 3] = ["mechanism", "institution", "theme"];
/// Recommendations in a document to be read; more make a book that nobody opens.
const MOST_READ: usize = 2_000;
/// Recommendations in a table.
const MOST_LISTED: usize = 50_000;

pub(crate) async fn file(Shared(state): Shared<State>, visit: Visit) -> Result<Response, Problem> {
    let query = QueryState::parse(visit.query());
    let mut form = FormData::default();
    for (name, value) in query.pairs() {
        form.set(name, value);
    }
    let format = Format::from_extension(query.get("format"))
        .ok_or_else(|| not_a_choice(&visit, "mechanisms-report-format"))?;
    let l = match query.get("language") {
        "" => visit.l(),
        tag => state
            .ground
            .languages
            .get(tag)
            .ok_or_else(|| not_a_choice(&visit, "mechanisms-text-language"))?,
    };
    let from = day(&visit, &form, "from", "mechanisms-report-from")?;
    let to = day(&visit, &form, "to", "mechanisms-report-to")?.unwrap_or(visit.today());
    if from.is_some_and(|from| from > to) {
        return Err(wrong("mechanisms-report-backwards"));
    }
    let facts = facts(&state, &visit, &query, from, to, l).await?;
    let most = match format {
        Format::Csv | Format::Xlsx => MOST_LISTED,
        _ => MOST_READ,
    };
    if facts.items.len() > most {
        let found = i64::try_from(facts.items.len()).unwrap_or(i64::MAX);
        let message = Message::new("mechanisms-report-too-long")
            .with("found", found)
            .with("most", i64::try_from(most).unwrap_or(i64::MAX));
        return Err(Problem::Input(message));
    }
    if facts.items.is_empty() {
        return Err(wrong("mechanisms-report-empty"));
    }
    let (profile, l) = (state.ground.profile.clone(), l.clone());
    let written = tokio::task::spawn_blocking(move || {
        mandate_documents::write(&report(&facts, &profile, &l, format), format)
    });
    let bytes = written
        .await
        .map_err(Problem::broken)?
        .map_err(Problem::broken)?;
    let name = format!("report-{to}.{}", format.extension());
    Ok(view::download(bytes, format.media_type(), &name))
}

/// What the report is made of: nothing Restricted, nothing of a document later than the period.
async fn facts(
    state: &State,
    visit: &Visit,
    query: &QueryState,
    from: Option<Date>,
    to: Date,
    l: &Language,
) -> Result<Facts, Problem> {
    let (filter, _) = filter::read(visit, query);
    let scope = visit.scope(Area::Mechanisms);
    let found = state
        .index
        .find(scope, &filter, SortBy::default(), 0, MOST_LISTED + 1)?;
    let mut db = state.ground.store.clone();
    let mut items = store::recommendations_by_ids(&mut db, &found.ids).await?;
    items.retain(|item| {
        item.protection < Protection::Restricted
            && item.document_dated.is_none_or(|dated| dated <= to)
    });
    items.sort_by_key(|item| (item.document_dated, item.document_id, item.position));
    let ids: Vec<Id> = items.iter().map(|item| item.id).collect();
    let mut tags = store::tags(&mut db, &ids).await?;
    let (profile, tag) = (&state.ground.profile, l.tag());
    let named = [
        (
            "mechanisms-mechanism",
            profile
                .mechanisms
                .name_of(query.get("mechanism"), tag.as_str()),
        ),
        (
            "mechanisms-institution",
            profile
                .institutions
                .name_of(query.get("institution"), tag.as_str()),
        ),
        (
            "mechanisms-theme",
            profile.themes.name_of(query.get("theme"), tag.as_str()),
        ),
    ];
    Ok(Facts {
        scope: named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| (l.text(label), value.to_owned()))
            .collect(),
        from,
        to,
        made: visit.today(),
        assessments: store::assessments_until(&mut db, &ids, to).await?,
        measures: store::measures_until(&mut db, &ids, to).await?,
        items: items
            .into_iter()
            .map(|item| {
                let tags = tags.remove(&item.id).unwrap_or_default();
                (item, tags)
            })
            .collect(),
    })
}

/// The ends of the last years, and today.
fn days(today: Date) -> Vec<Date> {
    let mut days: Vec<Date> = (1..YEARS)
        .rev()
        .filter_map(|back| Date::new(today.year() - back, 12, 31).ok())
        .collect();
    days.push(today);
    days.retain(|day| day.checked_add(0.days()).is_ok());
    days
}

fn chart(
    visit: &Visit,
    id: &str,
    counts: Vec<StatusCount>,
    name: impl Fn(&str) -> String,
) -> ChartView {
    let l = visit.l();
    let mut order: Vec<String> = Vec::new();
    let mut numbers: BTreeMap<(String, OfficeStatus), i64> = BTreeMap::new();
    for count in counts {
        if !order.contains(&count.heading) {
            order.push(count.heading.clone());
        }
        numbers.insert((count.heading, count.status), count.n);
    }
    let status = |status: &OfficeStatus| l.text(&format!("mechanisms-status-{status}"));
    let bars: Vec<(String, Vec<i64>)> = order
        .iter()
        .map(|heading| {
            let parts = OfficeStatus::ALL
                .iter()
                .map(|s| numbers.get(&(heading.clone(), *s)).copied().unwrap_or(0));
            (name(heading), parts.collect())
        })
        .collect();
    let chart = Chart {
        id: id.to_owned(),
        title: l.text(&format!("mechanisms-chart-{id}")),
        description: l.text("mechanisms-chart-description"),
        parts: OfficeStatus::ALL
            .iter()
            .map(|s| (s.as_str().to_owned(), status(s)))
            .collect(),
        bars: bars.clone(),
    };
    ChartView {
        svg: chart.svg(),
        title: chart.title,
        parts: OfficeStatus::ALL.iter().map(status).collect(),
        rows: bars
            .into_iter()
            .map(|(heading, parts)| (heading, parts.into_iter().map(|n| l.number(n)).collect()))
            .collect(),
    }
}
