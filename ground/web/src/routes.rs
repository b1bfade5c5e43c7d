//! Routes that cannot be made without a rule.

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use mandate_accounts::Rule;

/// What is known of a route without calling it: for the gate, for the access matrix, for the description of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteFacts {
    /// `GET` or `POST`; nothing else is used.
    pub method: Method,
    /// As axum matches it: `/recommendations/{id}`.
    pub path: &'static str,
    /// Who may call it.
    pub rule: Rule,
}

/// A room's routes.
#[derive(Debug)]
pub struct Routes<S = ()> {
    pub(crate) list: Vec<(RouteFacts, MethodRouter<S>)>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Routes { list: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet.
    pub fn new() -> Self {
        Routes::default()
    }

    /// A page that is read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, rule: Rule, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::GET, path, rule, on(MethodFilter::GET, handler))
    }

    /// A form that is sent.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, rule: Rule, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::POST, path, rule, on(MethodFilter::POST, handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        rule: Rule,
        handler: MethodRouter<S>,
    ) -> Self {
        self.list.push((RouteFacts { method, path, rule }, handler));
        self
    }

    /// These and others.
    #[must_use]
    pub fn and(mut self, others: Routes<S>) -> Self {
        self.list.extend(others.list);
        self
    }

    /// Gives the handlers their state.
    pub fn with_state(self, state: S) -> Routes<()> {
        let list = self
            .list
            .into_iter()
            .map(|(facts, handler)| (facts, handler.with_state(state.clone())))
            .collect();
        Routes { list }
    }

    /// What is known of each route.
    pub fn facts(&self) -> Vec<RouteFacts> {
        self.list.iter().map(|(facts, _)| facts.clone()).collect()
    }
}
