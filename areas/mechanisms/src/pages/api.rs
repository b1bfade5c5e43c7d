//! What a list shows, for programs: `/api/v1`, read-only, with a token.

use axum::{
    Json,
    extract::{Path, State as Shared},
    http::{HeaderName, header::CONTENT_TYPE},
};
use mandate_accounts::Area;
use mandate_web::{Problem, Visit, table::QueryState};
use serde_json::{Value, json};

use super::{State, filter, id, recommendation};
use crate::{
    domain::TagKind,
    search::{DueFilter, Filter},
    store::{self, Recommendation, Tag},
};

/// The most rows of an answer.
const MOST: usize = 200;

fn as_json(item: &Recommendation, tags: &[Tag]) -> Value {
    let listed = |kind: TagKind| -> Vec<&str> {
        tags.iter()
            .filter(|tag| tag.kind == kind)
            .map(|tag| tag.value.as_str())
            .collect()
    };
    json!({
        "id": item.id,
        "document_id": item.document_id,
        "mechanism": item.mechanism,
        "document": item.document,
        "symbol": item.symbol,
        "title": item.title,
        "document_date": item.document_dated,
        "session": item.session,
        "cycle": item.cycle,
        "subject": item.subject,
        "paragraph": item.paragraph,
        "text": item.text,
        "language": item.language,
        "kind": item.kind.as_str(),
        "reply": item.reply.as_str(),
        "priority": item.priority.as_str(),
        "deadline": item.deadline,
        "protection": item.protection.as_str(),
        "status": item.status.as_str(),
        "status_dated": item.status_dated,
        "recommending_states": listed(TagKind::State),
        "addressees": listed(TagKind::Addressee),
        "themes": listed(TagKind::Theme),
        "groups": listed(TagKind::Group),
        "places": listed(TagKind::Place),
        "targets": listed(TagKind::Target),
        "provisions": listed(TagKind::Provision),
        "responsible": item.responsible,
        "verify_on": item.verify_on,
        "changed_at": item.changed_at,
    })
}

pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Json<Value>, Problem> {
    let query = QueryState::parse(visit.query());
    let (filter, sort) = filter::read(&visit, &query);
    let limit = query.get("limit").parse().unwrap_or(50).clamp(1, MOST);
    let offset = query.get("offset").parse().unwrap_or(0);
    let found = state
        .index
        .find(visit.scope(Area::Mechanisms), &filter, sort, offset, limit)?;
    let mut db = state.ground.store.clone();
    let tags = store::tags(&mut db, &found.ids).await?;
    let items = store::recommendations_by_ids(&mut db, &found.ids).await?;
    let items: Vec<Value> = items
        .iter()
        .map(|item| as_json(item, tags.get(&item.id).map_or(&[], Vec::as_slice)))
        .collect();
    Ok(Json(
        json!({ "total": found.total, "offset": offset, "items": items }),
    ))
}

pub(crate) async fn documents(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Json<Value>, Problem> {
    let query = QueryState::parse(visit.query());
    let limit = query
        .get("limit")
        .parse()
        .unwrap_or(50)
        .clamp(1, MOST as i64);
    let offset: i64 = query.get("offset").parse().unwrap_or(0).max(0);
    let mechanism = Some(query.get("mechanism")).filter(|key| !key.is_empty());
    let (found, total) = store::documents(
        &mut state.ground.store.clone(),
        visit.scope(Area::Mechanisms),
        mechanism,
        limit,
        offset,
    )
    .await?;
    let items: Vec<Value> = found
        .into_iter()
        .map(|document| {
            json!({
                "id": document.id,
                "mechanism": document.mechanism,
                "symbol": document.symbol,
                "title": document.title,
                "subject": document.subject,
                "session": document.session,
                "cycle": document.cycle,
                "date": document.dated,
                "link": document.link,
                "language": document.language,
                "protection": document.protection.as_str(),
                "recommendations": document.recommendations,
            })
        })
        .collect();
    Ok(Json(
        json!({ "total": total, "offset": offset, "items": items }),
    ))
}

pub(crate) async fn institutions(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Json<Value>, Problem> {
    let (scope, tag) = (visit.scope(Area::Mechanisms), visit.l().tag());
    let mut items = Vec::new();
    for institution in state.ground.profile.institutions.iter() {
        let mut filter = Filter {
            tags: vec![(TagKind::Addressee, institution.key.clone())],
            ..Filter::default()
        };
        let all = state.index.count(scope, &filter)?;
        filter.due = Some(DueFilter::LateOn(visit.today()));
        items.push(json!({
            "key": institution.key,
            "name": institution.name.in_language(tag.as_str()),
            "recommendations": all,
            "late": state.index.count(scope, &filter)?,
        }));
    }
    Ok(Json(json!({ "total": items.len(), "items": items })))
}

/// What this interface gives, in the words of OpenAPI 3.1.
pub(crate) async fn description() -> ([(HeaderName, &'static str); 1], &'static str) {
    let kind = [(CONTENT_TYPE, "application/json")];
    (kind, include_str!("openapi.json"))
}

pub(crate) async fn one(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Json<Value>, Problem> {
    let mut db = state.ground.store.clone();
    let item = store::recommendation_by_id(&mut db, id(&text)?)
        .await?
        .ok_or(Problem::NotFound)?;
    recommendation::opened(&state, &visit, &item).await?;
    let tags = store::tags(&mut db, &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    Ok(Json(as_json(&item, &tags)))
}
