//! All rooms' routes as one service.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::StatusCode,
    middleware::{self, Next},
    response::Response,
};
use mandate_accounts::Rule;
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{
    Problem, RouteFacts, Routes, Shared, assets,
    gate::{Gate, gate},
};

/// How long a request may take before it is given up: a report over everything on a slow disk, and a file over a bad line.
const LONGEST: Duration = Duration::from_secs(300);

/// Puts the gate in front of every route, and a page where there is none.
pub fn router(ground: &Shared, routes: Routes) -> Router {
    let mut router = Router::new();
    for (facts, handler) in routes.list {
        let guard = Gate {
            ground: ground.clone(),
            rule: facts.rule,
        };
        router = router.route(
            facts.path,
            handler.route_layer(middleware::from_fn_with_state(guard, gate)),
        );
    }
    let anyone = Gate {
        ground: ground.clone(),
        rule: Rule::Anyone,
    };
    let nothing = Router::new()
        .fallback(|| async { Problem::NotFound })
        .layer(middleware::from_fn_with_state(anyone, gate));
    router
        .route("/assets/{name}", axum::routing::get(assets::serve))
        .fallback_service(nothing)
        .layer(DefaultBodyLimit::max(
            ground.settings.largest_upload + (1 << 20),
        ))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST,
        ))
        .layer(middleware::from_fn(log))
}

/// One line for each request: no query (it may hold a search), no address, no person, and no secret that stands in a path.
async fn log(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let path = match route {
        Some(route) if route.as_str().contains("{token}") => route.as_str().to_owned(),
        _ => request.uri().path().to_owned(),
    };
    let method = request.method().clone();
    let begun = std::time::Instant::now();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    tracing::info!(%method, path, status, ms, "answered");
    response
}

/// Every route of the program, for the access matrix.
pub fn facts(routes: &Routes) -> Vec<RouteFacts> {
    routes.facts()
}

/// Serves until the future `stop` is ready, then lets requests under way finish.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await
}
