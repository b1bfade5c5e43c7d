//! Distances by edits.

use super::WORD;

/// The fewest insertions, deletions and replacements that turn one string into the other.
pub fn levenshtein(one: &str, other: &str) -> usize {
    with_letters(one, other, levenshtein_bytes, levenshtein_any)
}

/// 1 less the [`levenshtein`] distance divided by the length of the longer; 1 for two empty strings.
pub fn levenshtein_similarity(one: &str, other: &str) -> f64 {
    share(levenshtein(one, other), one, other)
}

/// As [`levenshtein`], and two neighbours that changed places count once; no part is edited twice.
pub fn osa(one: &str, other: &str) -> usize {
    with_letters(one, other, osa_any, osa_any)
}

/// 1 less the [`osa`] distance divided by the length of the longer; 1 for two empty strings.
pub fn osa_similarity(one: &str, other: &str) -> f64 {
    share(osa(one, other), one, other)
}

/// The length of the longest sequence of characters that both have in this order, others between them.
pub fn lcs(one: &str, other: &str) -> usize {
    with_letters(one, other, lcs_bytes, lcs_any)
}

/// The [`lcs`] divided by the length of the longer; 1 for two empty strings.
pub fn lcs_similarity(one: &str, other: &str) -> f64 {
    let longer = one.chars().count().max(other.chars().count());
    if longer == 0 {
        1.0
    } else {
        lcs(one, other) as f64 / longer as f64
    }
}

fn share(distance: usize, one: &str, other: &str) -> f64 {
    let longer = one.chars().count().max(other.chars().count());
    if longer == 0 {
        1.0
    } else {
        1.0 - distance as f64 / longer as f64
    }
}

fn with_letters(
    one: &str,
    other: &str,
    bytes: impl Fn(&[u8], &[u8]) -> usize,
    letters: impl Fn(&[char], &[char]) -> usize,
) -> usize {
    if one.is_ascii() && other.is_ascii() {
        return bytes(one.as_bytes(), other.as_bytes());
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    letters(&one, &other)
}

fn places(of: &[u8]) -> [u64; 128] {
    let mut places = [0; 128];
    for (at, &byte) in of.iter().enumerate() {
        places[(byte & 127) as usize] |= 1 << at;
    }
    places
}

fn levenshtein_bytes(one: &[u8], other: &[u8]) -> usize {
    if one.is_empty() || one.len() > WORD {
        return levenshtein_any(one, other);
    }
    let places = places(one);
    let last = 1_u64 << (one.len() - 1);
    let (mut up, mut down) = (u64::MAX, 0_u64);
    let mut distance = one.len();
    for &byte in other {
        let equal = places[(byte & 127) as usize];
        let x = equal | down;
        let diagonal = (((equal & up).wrapping_add(up)) ^ up) | x;
        let mut right = down | !(diagonal | up);
        let mut left = up & diagonal;
        distance += usize::from(right & last != 0);
        distance -= usize::from(left & last != 0);
        right = (right << 1) | 1;
        left <<= 1;
        up = left | !(diagonal | right);
        down = right & diagonal;
    }
    distance
}

fn levenshtein_any<C: PartialEq>(one: &[C], other: &[C]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

fn osa_any<C: PartialEq>(one: &[C], other: &[C]) -> usize {
    let columns = other.len() + 1;
    let mut before = vec![0; columns];
    let mut above: Vec<usize> = (0..columns).collect();
    let mut here = vec![0; columns];
    for (i, a) in one.iter().enumerate() {
        here[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let mut least = (above[j] + usize::from(a != b))
                .min(above[j + 1] + 1)
                .min(here[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            here[j + 1] = least;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut here);
    }
    above[other.len()]
}

fn lcs_bytes(one: &[u8], other: &[u8]) -> usize {
    if one.is_empty() || one.len() > WORD {
        return lcs_any(one, other);
    }
    let places = places(one);
    let mut steps = u64::MAX;
    for &byte in other {
        let met = steps & places[(byte & 127) as usize];
        steps = steps.wrapping_add(met) | (steps - met);
    }
    let used = if one.len() == WORD {
        u64::MAX
    } else {
        (1 << one.len()) - 1
    };
    (!steps & used).count_ones() as usize
}

fn lcs_any<C: PartialEq>(one: &[C], other: &[C]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for a in one {
        let mut diagonal = 0;
        for (j, b) in other.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if a == b {
                diagonal + 1
            } else {
                above.max(row[j])
            };
            diagonal = above;
        }
    }
    row[other.len()]
}
