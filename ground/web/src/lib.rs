//! The shell of a page: routes with their rules, the gate in front of them, forms, tables, charts and errors.
//!
//! **How a room adds a page.** It makes [`Routes`], each with its method, path, [`Rule`] and handler; there is no way to
//! add one without a rule. The program hands all of them to [`serve::router`], which puts the gate in front: it finds out
//! who calls ([`Visit`]), asks `accounts::decide`, checks the form's token, and dresses errors ([`Problem`]) as pages.
//! A handler takes the [`Visit`]; before it shows a record it asks [`Visit::opens`] with the record's protection, which
//! is the same decision again, and which records the reading of a Restricted record.

mod assets;
/// Server-drawn charts.
pub mod chart;
mod csrf;
/// View structs of form fields.
pub mod form;
mod gate;
mod ground;
mod input;
/// The pages of the house itself.
pub mod own_pages;
mod page;
mod problem;
mod routes;
/// The whole office as one service.
pub mod serve;
/// View structs of tables: sorting, pages of a list, the state in the URL.
pub mod table;
mod visit;

pub use assets::address as asset;
pub use ground::{Ground, MenuEntry, Settings, Shared};
pub use input::{FormData, Upload, UploadedFile};
pub use mandate_accounts::{Area, Person, Protection, Role, Rule};
pub use page::{Flash, LanguageChoice, MenuItem, Page, PersonView};
pub use problem::Problem;
pub use routes::{RouteFacts, Routes};
pub use visit::Visit;
