//! The key under which spellings of one name agree.

use std::fmt;

use crate::{endings, units};

/// How much two spellings may differ and still agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strength {
    /// Only the spelling system may differ: Xhelili, Dželili, Џелили. Shala and Sala are two.
    #[default]
    Orthographic,
    /// Marks may be lost too, as in a list that was typed without them: Miletić and Miletic; Shala and Sala are one.
    Bare,
    /// Endings, vowels within, h, j and palatal l and n may differ too. For finding candidates, never for deciding.
    Loose,
}

/// A name as units of sound, a byte each; see the table in the source of `units`.
///
/// Letters of other scripts stand as their small letters in UTF-8. Written with `{}` it is Serbian Latin, and the key
/// of that is the same key (not for [`Strength::Loose`], which is no spelling).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// The key of a text.
    pub fn of(text: &str, strength: Strength) -> Self {
        let mut units = Vec::with_capacity(text.len());
        key_into(text, strength, &mut units);
        Self(units)
    }

    /// The units.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the text had no letter and no digit.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A key of the same text that is as strong as told, from a key that is not looser than that.
    pub fn weakened(&self, strength: Strength) -> Self {
        let mut units = self.0.clone();
        weaken(&mut units, strength);
        Self(units)
    }

    /// The key without the last vowel of each word of four units or more: without the Albanian article and most endings of
    /// Serbian places. Gjakovë and Gjakova, Agim and Agimi, Dečani and Deçan agree.
    ///
    /// ```
    /// use mandate_names::key;
    /// assert_eq!(key("Gjakovë").without_articles(), key("Gjakova").without_articles());
    /// ```
    pub fn without_articles(&self) -> Self {
        let mut units = Vec::with_capacity(self.0.len());
        for word in self.0.split(|&unit| unit == b' ') {
            if !units.is_empty() {
                units.push(b' ');
            }
            units.extend_from_slice(endings::without_article(word));
        }
        Self(units)
    }

    pub(crate) fn from_units(units: Vec<u8>) -> Self {
        Self(units)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for c in chunk.valid().chars() {
                match u8::try_from(c).ok().and_then(units::spelling) {
                    Some(spelling) => f.write_str(spelling)?,
                    None => write!(f, "{c}")?,
                }
            }
        }
        Ok(())
    }
}

/// The orthographic key of a text.
///
/// ```
/// use mandate_names::key;
/// assert_eq!(key("Gjakovë"), key("Ђакове"));
/// assert_eq!(key("Xhevdet Hoxha"), key("Dževdet Hodža"));
/// assert_eq!(key("Krasniqi").to_string(), "krasniči");
/// ```
pub fn key(text: &str) -> Key {
    Key::of(text, Strength::Orthographic)
}

/// Writes the key of a text over what is in the buffer; allocates nothing once the buffer is long enough, unless the
/// text has marks that stand apart from their letters.
pub fn key_into(text: &str, strength: Strength, units: &mut Vec<u8>) {
    units.clear();
    units::read(text, units, |unit| unit);
    weaken(units, strength);
}

fn weaken(units: &mut Vec<u8>, strength: Strength) {
    if strength != Strength::Orthographic {
        lose_marks(units);
    }
    if strength == Strength::Loose {
        endings::loosen(units);
    }
}

/// What remains of a unit in a list without marks.
pub(crate) const fn bare(unit: u8) -> u8 {
    match unit {
        b'C' => b'c',
        b'S' => b's',
        b'Z' => b'z',
        b'X' | b'x' => b'd',
        unit => unit,
    }
}

/// How many units fit without allocating.
const SHORT: usize = 64;

fn lose_marks(units: &mut Vec<u8>) {
    let mut short = [0; SHORT];
    let long;
    let source = match short.get_mut(..units.len()) {
        Some(short) => {
            short.copy_from_slice(units);
            &*short
        }
        None => {
            long = units.clone();
            &long
        }
    };
    units.clear();
    for &unit in source {
        units::push(units, unit, bare);
    }
}
