//! How close two short strings of bytes are.

/// Bytes that are compared; what is longer is cut there.
const LONGEST: usize = 64;

/// Jaro's similarity, with Winkler's bonus of 0.1 for each of up to four equal bytes at the start (Winkler 1990), from 0
/// to 1. Each byte is a letter: give it the units of a key, or text of one byte a letter.
///
/// ```
/// use mandate_linkage::jaro_winkler;
/// assert!((jaro_winkler(b"martha", b"marhta") - 0.9611).abs() < 1e-4);
/// ```
#[must_use]
pub fn jaro_winkler(one: &[u8], other: &[u8]) -> f64 {
    let one = &one[..one.len().min(LONGEST)];
    let other = &other[..other.len().min(LONGEST)];
    if one == other {
        return 1.0;
    }
    let start = one
        .iter()
        .zip(other)
        .take(4)
        .take_while(|(a, b)| a == b)
        .count();
    winkler(jaro(one, other), start as u32)
}

fn winkler(jaro: f64, start: u32) -> f64 {
    if jaro > 0.7 {
        jaro + 0.1 * f64::from(start) * (1.0 - jaro)
    } else {
        jaro
    }
}

/// Jaro of two strings that fit into one number, a byte each, the first in the lowest; no byte is zero. A letter is sought in
/// all places at once.
macro_rules! jaro_in {
    ($name:ident, $number:ty) => {
        fn $name(one: $number, a: usize, other: $number, b: usize) -> f64 {
            const ONES: $number = <$number>::MAX / 255;
            const LOW: $number = ONES * 0x7F;
            let reach = (a.max(b) / 2).saturating_sub(1);
            let window: $number = (1 << (8 * (2 * reach + 1))) - 1;
            let (mut rest, mut taken): ($number, $number) = (one, 0);
            let (mut letters, mut agreeing): ($number, u32) = (0, 0);
            for i in 0..a {
                let letter = rest & 0xFF;
                rest >>= 8;
                // The highest bit of each byte that is equal.
                let apart = other ^ (letter * ONES);
                let equal = !(((apart & LOW) + LOW) | apart | LOW);
                let near = if i < reach {
                    window >> (8 * (reach - i))
                } else {
                    window << (8 * (i - reach))
                };
                let free = equal & near & !taken;
                let first = free & free.wrapping_neg();
                taken |= first;
                let found = first != 0;
                letters |= (letter * <$number>::from(found)) << (8 * agreeing);
                agreeing += u32::from(found);
            }
            if agreeing == 0 {
                return 0.0;
            }
            let mut moved = 0_u32;
            while taken != 0 {
                let letter = other >> (taken.trailing_zeros() & !7);
                moved += u32::from((letter ^ letters) & 0xFF != 0);
                letters >>= 8;
                taken &= taken - 1;
            }
            let agreeing = f64::from(agreeing);
            let moved = f64::from(moved / 2);
            (agreeing / a as f64 + agreeing / b as f64 + (agreeing - moved) / agreeing) / 3.0
        }
    };
}

jaro_in!(jaro_of_eight, u64);
jaro_in!(jaro_of_sixteen, u128);

/// [`jaro_winkler`] of two strings of at most sixteen bytes as numbers, the first byte in the lowest, none of which is zero.
pub(crate) fn jaro_winkler_short(one: u128, a: usize, other: u128, b: usize) -> f64 {
    if one == other {
        return 1.0;
    }
    let jaro = if a.max(b) <= 8 {
        jaro_of_eight(one as u64, a, other as u64, b)
    } else {
        jaro_of_sixteen(one, a, other, b)
    };
    winkler(jaro, ((one ^ other).trailing_zeros() / 8).min(4))
}

/// Letters that agree within half of the longer string, and how many of them change places; a bit for each letter.
fn jaro(one: &[u8], other: &[u8]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let reach = (one.len().max(other.len()) / 2).saturating_sub(1);
    let (mut taken_one, mut taken_other) = (0_u64, 0_u64);
    for (i, letter) in one.iter().enumerate() {
        let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(other.len()));
        for (j, found) in other.iter().enumerate().take(to).skip(from) {
            if found == letter && taken_other & (1 << j) == 0 {
                taken_one |= 1 << i;
                taken_other |= 1 << j;
                break;
            }
        }
    }
    let agreeing = taken_one.count_ones();
    if agreeing == 0 {
        return 0.0;
    }
    let (mut moved, mut rest) = (0_u32, taken_other);
    let mut left = taken_one;
    while left != 0 {
        let (i, j) = (left.trailing_zeros(), rest.trailing_zeros());
        if one[i as usize] != other[j as usize] {
            moved += 1;
        }
        left &= left - 1;
        rest &= rest - 1;
    }
    let agreeing = f64::from(agreeing);
    let moved = f64::from(moved / 2);
    (agreeing / one.len() as f64 + agreeing / other.len() as f64 + (agreeing - moved) / agreeing)
        / 3.0
}

/// Whether one string becomes the other by at most `most` insertions, deletions, replacements or swaps of neighbours
/// (Damerau 1964, each letter touched once).
///
/// ```
/// use mandate_linkage::within_edits;
/// assert!(within_edits(b"1965-04-12", b"1965-04-21", 1));
/// ```
#[must_use]
pub fn within_edits(one: &[u8], other: &[u8], most: usize) -> bool {
    let one = &one[..one.len().min(LONGEST)];
    let other = &other[..other.len().min(LONGEST)];
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    if most == 1 {
        return within_one(one, other);
    }
    let width = other.len() + 1;
    let mut before = [0_usize; LONGEST + 1];
    let mut last: [usize; LONGEST + 1] = std::array::from_fn(|j| j);
    for i in 1..=one.len() {
        let mut now = [0_usize; LONGEST + 1];
        now[0] = i;
        let mut least = i;
        for j in 1..width {
            let same = usize::from(one[i - 1] != other[j - 1]);
            let mut edits = (last[j - 1] + same).min(last[j] + 1).min(now[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                edits = edits.min(before[j - 2] + 1);
            }
            now[j] = edits;
            least = least.min(edits);
        }
        if least > most {
            return false;
        }
        before = last;
        last = now;
    }
    last[other.len()] <= most
}

/// Whether one edit is enough: what stands before and behind it is the same.
fn within_one(one: &[u8], other: &[u8]) -> bool {
    let (shorter, longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let Some(at) = (0..shorter.len()).find(|at| shorter[*at] != longer[*at]) else {
        return true;
    };
    if shorter.len() < longer.len() {
        return shorter[at..] == longer[at + 1..];
    }
    shorter[at + 1..] == longer[at + 1..]
        || (at + 1 < shorter.len()
            && shorter[at] == longer[at + 1]
            && shorter[at + 1] == longer[at]
            && shorter[at + 2..] == longer[at + 2..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::face::Face;

    proptest! {
        #[test]
        fn it_agrees_with_a_published_library(one in "[a-d]{0,9}", other in "[a-d]{0,9}") {
            let ours = jaro_winkler(one.as_bytes(), other.as_bytes());
            let theirs = if one.is_empty() && other.is_empty() { 1.0 } else { strsim::jaro_winkler(&one, &other) };
            prop_assert!((ours - theirs).abs() < 1e-12, "{ours} {theirs}");
            let edits = strsim::osa_distance(&one, &other);
            for most in 0..3 {
                prop_assert_eq!(within_edits(one.as_bytes(), other.as_bytes(), most), edits <= most);
            }
        }

        #[test]
        fn what_fits_into_a_number_is_as_alike_as_what_does_not(one in "[a-fSX]{1,16}", other in "[a-fSX]{1,16}", least in 0.5..1.0_f64) {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            let faces = (Face::of(one, 1), Face::of(other, 2));
            let exact = jaro_winkler(one, other);
            let quick = faces.0.alike(&faces.1, least, || (one, other));
            prop_assert!(quick == exact || (quick == 0.0 && exact < least), "{quick} {exact}");
        }

        #[test]
        fn it_is_symmetric_and_total(one in prop::collection::vec(any::<u8>(), 0..90), other in prop::collection::vec(any::<u8>(), 0..90)) {
            let there = jaro_winkler(&one, &other);
            prop_assert!((0.0..=1.0).contains(&there));
            prop_assert_eq!(within_edits(&one, &other, 2), within_edits(&other, &one, 2));
        }
    }
}
