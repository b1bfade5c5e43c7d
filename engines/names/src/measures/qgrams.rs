//! Shared runs of letters.

/// The share of distinct runs of `q` characters that two strings have in common: both divided by either.
///
/// Strings shorter than `q` have one run, themselves; `q` of 0 is taken as 1. Two empty strings are 1 alike. The runs
/// are not padded.
pub fn qgram_jaccard(one: &str, other: &str, q: usize) -> f64 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (one, other) = (runs(&one, q.max(1)), runs(&other, q.max(1)));
    if one.is_empty() && other.is_empty() {
        return 1.0;
    }
    let both = one
        .iter()
        .filter(|run| other.binary_search(run).is_ok())
        .count();
    both as f64 / (one.len() + other.len() - both) as f64
}

fn runs(letters: &[char], q: usize) -> Vec<&[char]> {
    if letters.is_empty() {
        return Vec::new();
    }
    let mut runs: Vec<&[char]> = letters.windows(q.min(letters.len())).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}
