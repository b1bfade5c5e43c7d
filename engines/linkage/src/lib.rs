//! The same person on two lists, or twice on one.

mod blocking;
mod clusters;
mod compare;
mod distance;
mod error;
mod link;
mod model;
mod suggest;
mod table;
mod value;

pub use blocking::{Of, Rule, RuleCount, count};
pub use clusters::{Clustering, Clusters, Refusal, clusters};
pub use compare::{Pattern, level};
pub use distance::{jaro_winkler, within_edits};
pub use error::Error;
pub use link::{Evidence, Link, Linked, Options, Reach, Stage, explain, link};
pub use model::{Learning, Level, Model, likely};
pub use suggest::{Budget, Suggestion, suggest};
pub use table::{Field, List, Table};
pub use value::Kind;
