//! The plain measures of two strings, over Unicode scalar values.
//!
//! | function | source |
//! |---|---|
//! | [`jaro`], [`jaro_winkler`] | Jaro 1989; Winkler 1990, *String comparator metrics and enhanced decision rules in the Fellegi–Sunter model of record linkage* |
//! | [`levenshtein`] | Levenshtein 1966; bit-parallel after Myers 1999 in the form of Hyyrö 2003 |
//! | [`osa`] | Damerau 1964 with each part edited once (optimal string alignment) |
//! | [`qgram_jaccard`] | Ukkonen 1992 |
//! | [`lcs`] | longest common subsequence; bit-parallel after Hyyrö 2004 |

mod edits;
mod jaro;
mod qgrams;

pub use edits::{lcs, lcs_similarity, levenshtein, levenshtein_similarity, osa, osa_similarity};
pub use jaro::{jaro, jaro_winkler};
pub use qgrams::qgram_jaccard;

/// How long a string is that fits one machine word.
const WORD: usize = 64;
