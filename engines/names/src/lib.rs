//! Names of people and places across Albanian, Serbian Latin and Serbian Cyrillic spelling.
//!
//! [`fold`] makes the form under which a search finds a word however it is spelled: `dakovica`, `djakovica`,
//! `Đakovica` and `Ђаковица` are one, and so are `Pejë` and `Peje`.

mod endings;
mod fold;
mod forms;
mod gazetteer;
mod key;
pub mod measures;
mod person;
mod place;
mod repair;
mod script;
mod similarity;
mod units;

pub use endings::stem_family;
pub use fold::fold;
pub use forms::{Forms, FormsError, Relation};
pub use gazetteer::{Agreement, Found, Gazetteer, GazetteerError, Place, kilometres};
pub use key::{Key, Strength, key, key_into};
pub use person::{Language, Order, Part, PersonName, Reading, read_person};
pub use place::{PlaceName, read_place};
pub use repair::{Fault, Repair, Repaired, RepairedColumn, repair, repair_column};
pub use script::{Script, to_cyrillic, to_latin};
pub use similarity::similarity;
