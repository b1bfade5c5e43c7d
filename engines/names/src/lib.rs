//! Names of people and places across Albanian, Serbian Latin and Serbian Cyrillic spelling.
//!
//! [`fold`] makes the form under which a search finds a word however it is spelled: `dakovica`, `djakovica`,
//! `Đakovica` and `Ђаковица` are one, and so are `Pejë` and `Peje`.

mod fold;

pub use fold::fold;
