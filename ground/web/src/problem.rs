//! What a page says when something cannot be done: what, where, how to mend it, with the status code that fits.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mandate_language::Message;
use mandate_ledger::LedgerError;
use mandate_store::StoreError;

/// Why a request cannot be answered as asked. The gate turns it into a page in the person's language, or into JSON.
#[derive(Debug, Clone)]
pub enum Problem {
    /// There is no such page or record, or none that this person can know of.
    NotFound,
    /// The person is signed in but lacks the role.
    Forbidden,
    /// Nobody is signed in.
    SignIn,
    /// The form's token is missing or old.
    StaleForm,
    /// What was sent does not fit; the message says what and where.
    Input(Message),
    /// What was sent contradicts what is there now.
    Conflict(Message),
    /// A file or a form is larger than the office takes.
    TooLarge,
    /// A file of a kind that is not read here.
    Unsupported(Message),
    /// Too many attempts; try again after so many seconds.
    TooMany(u64),
    /// Something broke here; the number finds it in the log.
    Broken(String),
}

impl Problem {
    /// The status code that fits.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Forbidden | Problem::StaleForm => StatusCode::FORBIDDEN,
            Problem::SignIn => StatusCode::UNAUTHORIZED,
            Problem::Input(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Conflict(_) => StatusCode::CONFLICT,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Something broke: the cause goes to the log under a number, the person gets the number.
    pub fn broken(cause: impl std::fmt::Display) -> Self {
        let number = mandate_store::Id::new().to_string();
        tracing::error!(%number, %cause, "a request could not be answered");
        Problem::Broken(number)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Problem::TooMany(seconds) = &self
            && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
        {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Problem::NotFound,
            other => Problem::broken(other),
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Problem::broken(error)
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Store(error) => error.into(),
            other => Problem::broken(other),
        }
    }
}
