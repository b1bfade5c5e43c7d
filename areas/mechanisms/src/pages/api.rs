//! What a list shows, for programs: `/api/v1`, read-only, with a token.

use axum::{
    Json,
    extract::{Path, State as Shared},
};
use mandate_accounts::Area;
use mandate_web::{Problem, Visit, table::QueryState};
use serde_json::{Value, json};

use super::{State, filter, id, recommendation};
use crate::{
    domain::TagKind,
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
        "subject": item.subject,
        "paragraph": item.paragraph,
        "text": item.text,
        "language": item.language,
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
        "targets": listed(TagKind::Target),
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
