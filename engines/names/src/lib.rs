//! Names of people and places across Albanian, Serbian Latin and Serbian Cyrillic spelling.
//!
//! [`fold`] makes the form under which a search finds a word however it is spelled: `dakovica`, `djakovica`,
//! `Đakovica` and `Ђаковица` are one, and so are `Pejë` and `Peje`.

mod endings;
mod fold;
mod key;
pub mod measures;
mod repair;
mod script;
mod similarity;
mod units;

pub use endings::stem_family;
pub use fold::fold;
pub use key::{Key, Strength, key, key_into};
pub use repair::{Fault, Repair, Repaired, RepairedColumn, repair, repair_column};
pub use script::{Script, to_cyrillic, to_latin};
pub use similarity::similarity;
