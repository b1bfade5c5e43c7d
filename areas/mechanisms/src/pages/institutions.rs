//! Institutions and what each of them owes.

use askama::Template;
use axum::{extract::State as Shared, response::Html};
use mandate_accounts::Area;
use mandate_web::{Page, Problem, Visit};

use super::{State, view};
use crate::{
    domain::TagKind,
    search::{DueFilter, Filter},
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

pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let (l, scope) = (visit.l(), visit.scope(Area::Mechanisms));
    let number = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let mut lines = Vec::new();
    for (key, name) in view::vocabulary(&visit, &state.ground.profile.institutions) {
        let mut filter = Filter {
            tags: vec![(TagKind::Addressee, key.clone())],
            ..Filter::default()
        };
        let all = state.index.count(scope, &filter)?;
        filter.due = Some(DueFilter::LateOn(visit.today()));
        let late = if all == 0 {
            0
        } else {
            state.index.count(scope, &filter)?
        };
        lines.push(Line {
            name,
            href: format!("/recommendations?institution={key}"),
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
