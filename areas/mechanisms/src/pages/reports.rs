//! Charts: status over time, by institution, by theme, each with its figures in a table.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State as Shared, response::Html};
use jiff::{ToSpan as _, civil::Date};
use mandate_web::{Page, Problem, Visit, chart::Chart, form::Field, table::QueryState};

use super::{State, filter};
use crate::{
    domain::{OfficeStatus, TagKind},
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
    mechanism: Vec<Field>,
    charts: Vec<ChartView>,
    csv: String,
    xlsx: String,
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
    let over_time =
        store::status_over_time(&mut db, &days(visit.today()), &mechanism, None).await?;
    let by_institution =
        store::status_by_tag(&mut db, TagKind::Addressee, &mechanism, None, BARS).await?;
    let by_theme = store::status_by_tag(&mut db, TagKind::Theme, &mechanism, None, BARS).await?;
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
    let fields = filter::fields(&visit, &query, Vec::new());
    let page = ReportsPage {
        page: visit.page("mechanisms-reports-title"),
        mechanism: fields
            .into_iter()
            .filter(|field| field.name == "mechanism")
            .collect(),
        charts,
        csv: query.with("/recommendations.csv", "page", ""),
        xlsx: query.with("/recommendations.xlsx", "page", ""),
    };
    Ok(Html(page.render()?))
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
