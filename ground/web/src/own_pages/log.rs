//! The ledger's tree for bodies outside the office, as C2SP tlog-tiles serves it.
//!
//! Anybody may ask, and gets an answer only under an address that the office gave out (`mandate ledger reader`): the secret
//! part of the path is the permission, and without it there is nothing here. Why: see `mandate_ledger::add_reader`.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use mandate_ledger::{may_fetch, newest_checkpoint, proof::tile::Tile};
use mandate_store::Store;

use crate::{Problem, Visit};

async fn admitted(visit: &Visit, secret: &str) -> Result<Store, Problem> {
    let mut db = visit.ground().store.clone();
    if may_fetch(&mut db, secret).await? {
        Ok(db)
    } else {
        Err(Problem::NotFound)
    }
}

pub(super) async fn checkpoint(
    visit: Visit,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    let mut db = admitted(&visit, &secret).await?;
    let newest = newest_checkpoint(&mut db).await?.ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "private, max-age=5"),
    ];
    Ok((headers, newest.note).into_response())
}

pub(super) async fn tile(
    visit: Visit,
    Path((secret, path)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let mut db = admitted(&visit, &secret).await?;
    let tile = Tile::parse(&format!("tile/{path}")).ok_or(Problem::NotFound)?;
    let bytes = mandate_ledger::tile(&mut db, tile)
        .await?
        .ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        // What is in a tile never changes, also when entries are erased.
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
    ];
    Ok((headers, bytes).into_response())
}
