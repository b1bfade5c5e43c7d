//! The frame around every page.

use mandate_language::Language;

/// What `layout.html` needs.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of the page, as HTML wants it (BCP 47).
    pub lang: String,
    /// The heading and the window's title.
    pub title: String,
    /// The office's name in the reader's language.
    pub office_name: String,
    /// The address of the page, without its query.
    pub path: String,
    /// The content security policy's number of this page.
    pub nonce: String,
    /// The style sheet's address.
    pub css: String,
    /// The script's address.
    pub js: String,
    /// The icon's address.
    pub icon: String,
    /// The menu, those entries that the person may follow.
    pub menu: Vec<MenuItem>,
    /// Who is signed in.
    pub person: Option<PersonView>,
    /// The token for the forms of this page.
    pub csrf: String,
    /// The languages that the office offers.
    pub languages: Vec<LanguageChoice>,
    /// The profile's footnote.
    pub footnote: Option<String>,
    /// A banner on every page: that the data is a sample.
    pub banner: Option<String>,
    /// What has just been done.
    pub flash: Option<Flash>,
    /// The way here: address and label.
    pub breadcrumbs: Vec<(String, String)>,
    /// The labels.
    pub l: Language,
}

/// An entry of the menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Where it leads.
    pub href: String,
    /// Its label.
    pub label: String,
    /// Whether this page is under it.
    pub current: bool,
    /// A number beside it.
    pub count: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// The person's name.
    pub name: String,
    /// Their own page.
    pub account_href: String,
    /// Where the form for leaving is sent.
    pub sign_out_href: String,
}

/// A language that the reader can choose.
#[derive(Debug, Clone)]
pub struct LanguageChoice {
    /// BCP 47.
    pub tag: String,
    /// In its own words.
    pub own_name: String,
    /// Where choosing it leads.
    pub href: String,
    /// Whether this page is in it.
    pub current: bool,
}

/// What has just been done, in a sentence.
#[derive(Debug, Clone)]
pub struct Flash {
    /// `success` or `important`.
    pub kind: String,
    /// The sentence.
    pub text: String,
}

use askama::Template;
use mandate_language::Message;

use crate::{Problem, Visit};

/// What a problem is called and what to do next, in the reader's words.
pub(crate) struct ProblemText {
    pub(crate) title: String,
    pub(crate) next: String,
}

pub(crate) fn problem_text(l: &Language, problem: &Problem) -> ProblemText {
    let both = |name: &str| ProblemText {
        title: l.text(&format!("shell-error-{name}-title")),
        next: l.text(&format!("shell-error-{name}-next")),
    };
    let told = |name: &str, message: &Message| ProblemText {
        title: l.text(&format!("shell-error-{name}-title")),
        next: l.message(message),
    };
    match problem {
        Problem::NotFound => both("404"),
        Problem::Forbidden => both("403"),
        Problem::SignIn => both("401"),
        Problem::StaleForm => both("stale"),
        Problem::TooLarge => both("413"),
        Problem::Input(message) => told("422", message),
        Problem::Conflict(message) => told("409", message),
        Problem::Unsupported(message) => told("415", message),
        Problem::TooMany(seconds) => {
            let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
            ProblemText {
                title: l.text("shell-error-429-title"),
                next: l.with("shell-error-429-next", &[("minutes", minutes.into())]),
            }
        }
        Problem::Broken(number) => ProblemText {
            title: l.text("shell-error-500-title"),
            next: l.with(
                "shell-error-500-next",
                &[("number", number.as_str().into())],
            ),
        },
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    next: String,
}

pub(crate) fn problem_page(visit: &Visit, problem: &Problem) -> Result<String, askama::Error> {
    let text = problem_text(visit.l(), problem);
    ErrorPage {
        page: visit.page_titled(text.title.clone()),
        title: text.title,
        next: text.next,
    }
    .render()
}
