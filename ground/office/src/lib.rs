//! The office profile: names, languages, places, institutions and vocabularies, as data.
//!
//! An office is a folder of TOML files under `profiles/` (embedded in the program) or anywhere on the disk. The program
//! holds no name of any place, institution or mechanism; another office is another folder. Every entry has a key, which
//! is what the database stores, and a name in each language that the office offers. Serbian is written in Latin script;
//! its Cyrillic form is made from it once, when the profile is read, unless the entry gives its own.
//!
//! | file | holds |
//! |---|---|
//! | `office.toml` | name, languages, time zone, footnote, the office's periods |
//! | `places.toml` | places, in the office's order |
//! | `institutions.toml` | who answers recommendations; one more follows from each place |
//! | `mechanisms.toml` | who recommends, and the scale on which it grades |
//! | `scales.toml` | grades and what each means on the office's own scale |
//! | `themes.toml`, `groups.toml` | what recommendations are about, and whose rights |
//! | `instruments.toml` | instruments with the articles that hold rights |
//! | `sdgs.toml` | goals and targets of the 2030 agenda |

mod name;
mod profile;
mod read;

pub use name::Name;
pub use profile::{
    Entry, Goal, Grade, Institution, Instrument, Mechanism, Place, Profile, ReadingAlarm, Scale,
    Target, Theme, Vocabulary,
};
pub use read::ProfileError;
