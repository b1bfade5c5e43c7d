//! Jaro and Jaro–Winkler.

use super::WORD;

/// How many letters of a common beginning count.
const PREFIX: usize = 4;
/// How much each counts.
const SCALE: f64 = 0.1;
/// Below this the beginning does not count (Winkler's own program; so do the published libraries).
const BOOST_FROM: f64 = 0.7;

/// Jaro similarity, from 0 to 1. Two empty strings are 1 alike, an empty and another 0.
///
/// Two characters match if they are equal and no further apart than half the longer string less one; half of the
/// matches that stand in another order are transpositions.
pub fn jaro(one: &str, other: &str) -> f64 {
    if one.is_ascii() && other.is_ascii() {
        let (one, other) = (one.as_bytes(), other.as_bytes());
        if one.len() <= WORD && other.len() <= WORD {
            return jaro_word(one, other);
        }
        return jaro_any(one, other);
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    jaro_any(&one, &other)
}

/// Jaro–Winkler similarity, from 0 to 1: from 0.7 on, each of up to four equal first letters takes a tenth of what is
/// missing to 1.
pub fn jaro_winkler(one: &str, other: &str) -> f64 {
    let jaro = jaro(one, other);
    if jaro <= BOOST_FROM {
        return jaro;
    }
    let prefix = if one.is_ascii() && other.is_ascii() {
        common(one.bytes(), other.bytes())
    } else {
        common(one.chars(), other.chars())
    };
    jaro + SCALE * prefix as f64 * (1.0 - jaro)
}

fn common<C: PartialEq>(one: impl Iterator<Item = C>, other: impl Iterator<Item = C>) -> usize {
    one.zip(other)
        .take(PREFIX)
        .take_while(|(a, b)| a == b)
        .count()
}

fn window(one: usize, other: usize) -> usize {
    (one.max(other) / 2).saturating_sub(1)
}

fn score(one: usize, other: usize, matches: usize, out_of_order: usize) -> f64 {
    if matches == 0 {
        return 0.0;
    }
    let m = matches as f64;
    let transpositions = (out_of_order / 2) as f64;
    (m / one as f64 + m / other as f64 + (m - transpositions) / m) / 3.0
}

/// Both strings fit a machine word: where a byte stands is a mask, and the first free match one instruction.
fn jaro_word(one: &[u8], other: &[u8]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return if one.len() == other.len() { 1.0 } else { 0.0 };
    }
    let mut places = [0_u64; 128];
    for (at, &byte) in other.iter().enumerate() {
        places[(byte & 127) as usize] |= 1 << at;
    }
    let window = window(one.len(), other.len());
    let mut taken = 0_u64;
    let mut matched = [0_u8; WORD];
    let mut matches = 0;
    for (at, &byte) in one.iter().enumerate() {
        let free = places[(byte & 127) as usize] & !taken & within(at, window);
        let first = free & free.wrapping_neg();
        taken |= first;
        // Written always, counted only if it matched: no branch.
        matched[matches & (WORD - 1)] = byte;
        matches += usize::from(first != 0);
    }
    let mut out_of_order = 0;
    let mut rest = taken;
    for &byte in &matched[..matches] {
        let at = rest.trailing_zeros() as usize & (WORD - 1);
        rest &= rest.wrapping_sub(1);
        out_of_order += usize::from(other.get(at) != Some(&byte));
    }
    score(one.len(), other.len(), matches, out_of_order)
}

/// The places from `at - window` to `at + window`.
fn within(at: usize, window: usize) -> u64 {
    let from = at.saturating_sub(window);
    let to = at + window;
    let upper = if to >= WORD - 1 {
        u64::MAX
    } else {
        (1 << (to + 1)) - 1
    };
    upper & (u64::MAX << from)
}

fn jaro_any<C: PartialEq + Copy>(one: &[C], other: &[C]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return if one.len() == other.len() { 1.0 } else { 0.0 };
    }
    let window = window(one.len(), other.len());
    let mut taken = vec![false; other.len()];
    let mut matched = Vec::with_capacity(one.len());
    for (at, &letter) in one.iter().enumerate() {
        let to = (at + window + 1).min(other.len());
        let found = (at.saturating_sub(window)..to).find(|&j| !taken[j] && other[j] == letter);
        if let Some(found) = found {
            taken[found] = true;
            matched.push(letter);
        }
    }
    let order = other.iter().zip(&taken).filter(|(_, taken)| **taken);
    let out_of_order = order.zip(&matched).filter(|((b, _), a)| b != a).count();
    score(one.len(), other.len(), matched.len(), out_of_order)
}
