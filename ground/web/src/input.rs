//! What people send: forms, and files in forms. Both check the form's token.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::header,
};
use mandate_language::Message;

use crate::{Problem, Visit};

/// The fields of a form, as they were sent. A handler reads them by name, keeps them to show the form again, and never
/// fails on a missing one: absent and empty are the same.
#[derive(Debug, Clone, Default)]
pub struct FormData(Vec<(String, String)>);

impl FormData {
    /// A form with these fields, for tests and for showing a record in its form.
    pub fn of<const N: usize>(fields: [(&str, String); N]) -> Self {
        FormData(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// The value of a field, without white space around it; empty when it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// The value of a field, or nothing when it is empty.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// All values of a field that may be ticked several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
            .collect()
    }

    /// Every field in the order in which it was sent.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Puts one more value of a field in.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Puts a field in.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
    }
}

/// The largest form without a file; bulk work on a few thousand ticked rows fits.
const LARGEST_FORM: usize = 2 << 20;

impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let visit = visit_of(&request)?;
        let header_token = request
            .headers()
            .get("x-csrf-token")
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned);
        let bytes = axum::body::to_bytes(request.into_body(), LARGEST_FORM)
            .await
            .map_err(|_| Problem::TooLarge)?;
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes)
            .map_err(|_| Problem::Input(Message::new("shell-form-unreadable")))?;
        let form = FormData(fields);
        let token = header_token.as_deref().unwrap_or_else(|| form.text("csrf"));
        if visit.token_fits(token) {
            Ok(form)
        } else {
            Err(Problem::StaleForm)
        }
    }
}

/// A file that was sent.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// The name that it had, without any folder.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// A form with files (`enctype="multipart/form-data"`), whose first field is the token.
#[derive(Debug)]
pub struct Upload {
    /// The other fields.
    pub form: FormData,
    files: HashMap<String, UploadedFile>,
}

impl Upload {
    /// The file of a field; nothing when none was chosen.
    pub fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.get(field)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let visit = visit_of(&request)?;
        let largest = visit.ground().settings.largest_upload;
        let length = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|length| length > largest) {
            return Err(Problem::TooLarge);
        }
        let unreadable = || Problem::Input(Message::new("shell-form-unreadable"));
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| unreadable())?;
        let (mut form, mut files, mut checked, mut size) =
            (FormData::default(), HashMap::new(), false, 0_usize);
        while let Some(mut part) = parts
            .next_field()
            .await
            .map_err(|error| of_multipart(&error))?
        {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(plain_name);
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|error| of_multipart(&error))? {
                size += chunk.len();
                if size > largest {
                    return Err(Problem::TooLarge);
                }
                bytes.extend_from_slice(&chunk);
            }
            match file_name {
                None => {
                    let value = String::from_utf8(bytes).map_err(|_| unreadable())?;
                    if name == "csrf" && visit.token_fits(&value) {
                        checked = true;
                    }
                    form.0.push((name, value));
                }
                // Nothing is kept of a file that comes before a fitting token.
                Some(_) if !checked => return Err(Problem::StaleForm),
                Some(file_name) if !file_name.is_empty() || !bytes.is_empty() => {
                    files.insert(
                        name,
                        UploadedFile {
                            name: file_name,
                            bytes: bytes.into(),
                        },
                    );
                }
                Some(_) => {}
            }
        }
        if checked {
            Ok(Upload { form, files })
        } else {
            Err(Problem::StaleForm)
        }
    }
}

fn visit_of(request: &Request) -> Result<Visit, Problem> {
    request
        .extensions()
        .get::<Visit>()
        .cloned()
        .ok_or_else(|| Problem::broken("a route stands outside the gate"))
}

fn of_multipart(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Problem::TooLarge
    } else {
        Problem::Input(Message::new("shell-form-unreadable"))
    }
}

/// A file's name without folders and control characters: some browsers of old send the whole path.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_no_folder() {
        assert_eq!(plain_name(r"C:\Users\me\list.xlsx"), "list.xlsx");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\u{0}b\n.csv"), "ab.csv");
    }
}
