//! Institutions, and everything that each of them owes.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::Html,
};
use mandate_accounts::Area;
use mandate_web::{Page, Problem, Visit};

use super::{State, view};
use crate::{
    domain::{OfficeStatus, TagKind},
    search::{DueFilter, Filter, SortBy},
    store,
};

struct Line {
    name: String,
    href: String,
    all: String,
    late: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "institutions.html")]
struct InstitutionsPage {
    page: Page,
    lines: Vec<Line>,
}

fn owed(key: &str) -> Filter {
    Filter {
        tags: vec![(TagKind::Addressee, key.to_owned())],
        ..Filter::default()
    }
}

pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let (l, scope) = (visit.l(), visit.scope(Area::Mechanisms));
    let number = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let mut lines = Vec::new();
    for (key, name) in view::vocabulary(&visit, &state.ground.profile.institutions) {
        let mut filter = owed(&key);
        let all = state.index.count(scope, &filter)?;
        filter.due = Some(DueFilter::LateOn(visit.today()));
        let late = if all == 0 {
            0
        } else {
            state.index.count(scope, &filter)?
        };
        lines.push(Line {
            name,
            href: format!("/institutions/{key}"),
            all: number(all),
            late: number(late),
            is_late: late > 0,
        });
    }
    Ok(Html(
        InstitutionsPage {
            page: visit.page("mechanisms-institutions-title"),
            lines,
        }
        .render()?,
    ))
}

struct Tile {
    class: &'static str,
    number: String,
    label: String,
    href: String,
}

struct MeasureLine {
    what: String,
    progress: String,
    due: String,
    href: String,
    text: String,
}

#[derive(Template)]
#[template(path = "institution.html")]
struct InstitutionPage {
    page: Page,
    tiles: Vec<Tile>,
    rows: Vec<view::Row>,
    all_href: String,
    report_href: String,
    measures: Vec<MeasureLine>,
}

/// Rows on the page of an institution; the list has the rest.
const ROWS: usize = 10;
const MEASURES: i64 = 50;

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(key): Path<String>,
) -> Result<Html<String>, Problem> {
    let (l, scope, profile) = (
        visit.l(),
        visit.scope(Area::Mechanisms),
        &state.ground.profile,
    );
    let institution = profile.institutions.get(&key).ok_or(Problem::NotFound)?;
    let tag = l.tag();
    let number = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let late = Filter {
        due: Some(DueFilter::LateOn(visit.today())),
        ..owed(&key)
    };
    let mut tiles = vec![Tile {
        class: "bad",
        number: number(state.index.count(scope, &late)?),
        label: l.text("mechanisms-filter-late"),
        href: format!("/recommendations?institution={key}&due=late&sort=deadline"),
    }];
    for status in OfficeStatus::ALL {
        let filter = Filter {
            status: Some(*status),
            ..owed(&key)
        };
        tiles.push(Tile {
            class: "",
            number: number(state.index.count(scope, &filter)?),
            label: l.text(&format!("mechanisms-status-{status}")),
            href: format!("/recommendations?institution={key}&status={status}"),
        });
    }
    let sort = SortBy::ALL
        .into_iter()
        .find(|sort| sort.as_str() == "deadline")
        .unwrap_or_default();
    let found = state.index.find(scope, &owed(&key), sort, 0, ROWS)?;
    let mut db = state.ground.store.clone();
    let tags = store::tags(&mut db, &found.ids).await?;
    let rows = store::recommendations_by_ids(&mut db, &found.ids)
        .await?
        .iter()
        .map(|item| view::row(&visit, item, tags.get(&item.id).map_or(&[], Vec::as_slice)))
        .collect();
    let measures = store::measures_of(&mut db, &key, MEASURES)
        .await?
        .into_iter()
        .map(|(of, text, measure)| MeasureLine {
            what: measure.what,
            progress: measure
                .progress
                .first()
                .map(|step| l.text(&format!("mechanisms-progress-{}", step.progress)))
                .unwrap_or_default(),
            due: measure.due.map(|day| l.date(day)).unwrap_or_default(),
            href: format!("/recommendations/{of}"),
            text,
        })
        .collect();
    let mut frame = visit.page_titled(institution.name.in_language(tag.as_str()).to_owned());
    frame.breadcrumbs = vec![(
        "/institutions".to_owned(),
        l.text("shell-menu-institutions"),
    )];
    let page = InstitutionPage {
        page: frame,
        tiles,
        rows,
        all_href: format!("/recommendations?institution={key}"),
        report_href: format!("/reports?institution={key}"),
        measures,
    };
    Ok(Html(page.render()?))
}
