//! How alike two names are, when some confusions of letters are cheaper than others.
//!
//! An edit distance with adjacent transpositions (optimal string alignment) over units of sound. A confusion that comes
//! from writing down, not from another name, costs less than 1: a lost mark (s for š), a palatal that one language does
//! not mark (l for lj), a final consonant without voice (Ahmed, Ahmet), an h or ë that is not heard. The prices are
//! classes of sounds, set once from what the spelling systems do, and fitted to no list of names.

use crate::Key;

/// The price of replacing a sound by one that has nothing to do with it, in hundredths.
const FULL: u16 = 100;
/// Two neighbours changed places.
const SWAPPED: u16 = 80;
/// How many units fit on the stack.
const SHORT: usize = 64;

/// Classes of units: an index into the tables of prices.
const UNITS: &[u8; 31] = b" abcdefghijklmnoprstuvzCSZXxLN0";
const CLASSES: usize = UNITS.len();

const CLASS: [u8; 256] = {
    // Digits and letters of other scripts share the last class.
    let mut table = [(CLASSES - 1) as u8; 256];
    let mut at = 0;
    while at < CLASSES - 1 {
        table[UNITS[at] as usize] = at as u8;
        at += 1;
    }
    table
};

/// Pairs of sounds and what taking one for the other costs, in hundredths, in either direction.
const CONFUSIONS: &[(&[u8; 2], u16)] = &[
    // A mark is lost.
    (b"sS", 15),
    (b"zZ", 15),
    (b"cC", 15),
    (b"dX", 20),
    (b"xX", 15),
    (b"dx", 20),
    // One language marks palatal sounds, the other does not.
    (b"lL", 20),
    (b"nN", 20),
    // Glides and vowels.
    (b"ij", 25),
    (b"ei", 50),
    (b"ou", 50),
    (b"iu", 50),
    (b"ae", 60),
    (b"ao", 60),
    (b"ai", 70),
    (b"au", 70),
    (b"eo", 70),
    (b"eu", 70),
    (b"io", 70),
    // With and without voice.
    (b"dt", 30),
    (b"gk", 40),
    (b"bp", 50),
    (b"fv", 50),
    (b"sz", 50),
    (b"SZ", 50),
    // Sounds that one language writes as another.
    (b"Ck", 40),
    (b"ck", 50),
    (b"CX", 50),
    (b"CS", 50),
    (b"XZ", 40),
    (b"xz", 40),
    (b"cs", 50),
    (b"gX", 50),
    (b"jX", 50),
    (b"hk", 60),
    (b"fh", 60),
    (b"bv", 60),
    (b"mn", 70),
    (b"lr", 80),
];

const REPLACING: [[u16; CLASSES]; CLASSES] = {
    let mut table = [[FULL; CLASSES]; CLASSES];
    let mut at = 0;
    while at < CLASSES - 1 {
        table[at][at] = 0;
        at += 1;
    }
    let mut at = 0;
    while at < CONFUSIONS.len() {
        let (pair, price) = CONFUSIONS[at];
        let (one, other) = (
            CLASS[pair[0] as usize] as usize,
            CLASS[pair[1] as usize] as usize,
        );
        table[one][other] = price;
        table[other][one] = price;
        at += 1;
    }
    table
};

/// What a unit costs that one name has and the other has not.
const fn missing(unit: u8) -> u16 {
    match unit {
        b' ' => 20,
        b'h' => 35,
        b'j' => 40,
        b'e' => 50,
        b'a' | b'i' | b'o' | b'u' => 80,
        _ => FULL,
    }
}

/// What the last vowel of a word costs: Agim and Agimi, Prishtinë and Prishtina.
const LAST_VOWEL: u16 = 40;

/// One name prepared: units, their classes and the price of each when missing.
struct Prepared<'k> {
    units: &'k [u8],
}

impl Prepared<'_> {
    fn missing(&self, at: usize) -> u16 {
        let unit = self.units[at];
        let last = self.units.get(at + 1).is_none_or(|&next| next == b' ');
        match unit {
            b'a' | b'e' | b'i' | b'o' | b'u' if last && at > 1 => LAST_VOWEL,
            unit => missing(unit),
        }
    }
}

/// The price of turning one unit into another.
fn replacing(one: u8, other: u8) -> u16 {
    if one == other {
        return 0;
    }
    REPLACING[CLASS[one as usize] as usize][CLASS[other as usize] as usize]
}

impl Key {
    /// How alike two names are, from 0 to 1; 1 if and only if the keys are equal. Symmetric.
    ///
    /// 1 less the price of the cheapest way from one to the other, divided by the length of the longer. Both keys
    /// should be orthographic: weaker ones have lost what the prices are about. Time is the product of the lengths;
    /// nothing is allocated up to 64 units.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self == other {
            return 1.0;
        }
        let (one, other) = (self.as_bytes(), other.as_bytes());
        let longer = one.len().max(other.len());
        let price = price(one, other);
        (1.0 - f64::from(price) / (longer as f64 * f64::from(FULL))).max(0.0)
    }
}

/// How alike two names are, from 0 to 1, whatever spelling they are in; see [`Key::similarity`].
///
/// ```
/// use mandate_names::similarity;
/// assert_eq!(similarity("Xhelili", "Џелили"), 1.0);
/// assert!(similarity("Ahmet", "Ahmed") > 0.9);
/// assert!(similarity("Agim", "Afrim") < 0.8);
/// ```
pub fn similarity(one: &str, other: &str) -> f64 {
    crate::key(one).similarity(&crate::key(other))
}

/// The cheapest way from one name to the other, in hundredths of an edit.
fn price(one: &[u8], other: &[u8]) -> u32 {
    let columns = other.len() + 1;
    if columns <= SHORT {
        let (mut a, mut b, mut c) = ([0; SHORT], [0; SHORT], [0; SHORT]);
        rows(
            one,
            other,
            &mut a[..columns],
            &mut b[..columns],
            &mut c[..columns],
        )
    } else {
        let (mut a, mut b, mut c) = (vec![0; columns], vec![0; columns], vec![0; columns]);
        rows(one, other, &mut a, &mut b, &mut c)
    }
}

fn rows(one: &[u8], other: &[u8], a: &mut [u32], b: &mut [u32], c: &mut [u32]) -> u32 {
    let (rows, columns) = (Prepared { units: one }, Prepared { units: other });
    let (mut before, mut above, mut here) = (a, b, c);
    above[0] = 0;
    for j in 0..other.len() {
        above[j + 1] = above[j] + u32::from(columns.missing(j));
    }
    for i in 0..one.len() {
        let gone = u32::from(rows.missing(i));
        here[0] = above[0] + gone;
        for j in 0..other.len() {
            let mut least = (above[j] + u32::from(replacing(one[i], other[j])))
                .min(above[j + 1] + gone)
                .min(here[j] + u32::from(columns.missing(j)));
            if i > 0
                && j > 0
                && one[i] == other[j - 1]
                && one[i - 1] == other[j]
                && one[i] != other[j]
            {
                least = least.min(before[j - 1] + u32::from(SWAPPED));
            }
            here[j + 1] = least;
        }
        (before, above, here) = (above, here, before);
    }
    above[other.len()]
}
