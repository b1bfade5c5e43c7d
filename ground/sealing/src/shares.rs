//! The recovery key on paper: five shares, any three of which give it back.

use std::{collections::BTreeMap, fmt};

use blahaj::Sharks;
use mandate_vault::{Recipient, Refusal, Why, digest};
use zeroize::{Zeroize, Zeroizing};

use crate::AgeKey;

/// Crockford's base32: no I, L, O, U, which are misread.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ROWS: usize = 6;
const ROW: usize = 12;
const LENGTH: usize = 45;

/// One share.
#[derive(Clone, PartialEq, Eq)]
pub struct Share {
    /// The beginning of the digest of the public key it belongs to.
    set: [u8; 4],
    needed: u8,
    made: u8,
    index: u8,
    secret: Vec<u8>,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the secret.
        write!(f, "Share {} of {}", self.index, self.made)
    }
}

fn set_of(public: &Recipient) -> [u8; 4] {
    let digest = digest(public.as_str().as_bytes());
    [digest[0], digest[1], digest[2], digest[3]]
}

fn check_letter(row: usize, letters: &[u8]) -> u8 {
    let mut text = format!("{}", row + 1).into_bytes();
    text.extend_from_slice(letters);
    LETTERS[usize::from(digest(&text)[0] & 31)]
}

/// Splits a key into `made` shares, `needed` of which give it back.
///
/// # Errors
/// [`Why::SharesFew`] if fewer than two are needed or fewer made than needed.
pub fn split(key: &AgeKey, needed: u8, made: u8) -> Result<Vec<Share>, Refusal> {
    if needed < 2 || made < needed {
        return Err(Refusal::new(Why::SharesFew).with("needed", needed));
    }
    let set = set_of(&key.public()?);
    let secret = key.to_bytes()?;
    let shares = Sharks(needed)
        .dealer(secret.as_slice())
        .take(usize::from(made))
        .map(|share| {
            let bytes = Zeroizing::new(Vec::from(&share));
            Share {
                set,
                needed,
                made,
                index: bytes[0],
                secret: bytes[1..].to_vec(),
            }
        })
        .collect();
    Ok(shares)
}

/// Joins shares and compares the key with the one that the office certified.
///
/// # Errors
/// [`Why::ShareOtherSet`], [`Why::ShareTwice`], [`Why::SharesFew`].
pub fn join(shares: &[Share], certified: &Recipient) -> Result<AgeKey, Refusal> {
    let set = set_of(certified);
    let mut by_index = BTreeMap::new();
    for share in shares {
        if share.set != set {
            return Err(Refusal::new(Why::ShareOtherSet).with("share", share.index));
        }
        if by_index.insert(share.index, share).is_some() {
            return Err(Refusal::new(Why::ShareTwice).with("share", share.index));
        }
    }
    let needed = shares.iter().map(|share| share.needed).max().unwrap_or(2);
    if by_index.len() < usize::from(needed) {
        return Err(Refusal::new(Why::SharesFew)
            .with("needed", needed)
            .with("given", by_index.len()));
    }
    let points = by_index
        .values()
        .map(|share| {
            let mut bytes = Zeroizing::new(vec![share.index]);
            bytes.extend_from_slice(&share.secret);
            blahaj::Share::try_from(bytes.as_slice()).map_err(|_| Refusal::new(Why::Share))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let secret = Zeroizing::new(
        Sharks(needed)
            .recover(&points)
            .map_err(|_| Refusal::new(Why::Share))?,
    );
    let mut bytes = Zeroizing::new([0; 32]);
    if secret.len() != bytes.len() {
        return Err(Why::Share.into());
    }
    bytes.copy_from_slice(&secret);
    let key = AgeKey::from_bytes(&bytes)?;
    if key.public()? != *certified {
        return Err(Refusal::new(Why::ShareOtherSet).with("share", 0));
    }
    Ok(key)
}

impl Share {
    /// Its number, from 1.
    pub const fn index(&self) -> u8 {
        self.index
    }

    /// How many are needed.
    pub const fn needed(&self) -> u8 {
        self.needed
    }

    /// How many were made.
    pub const fn made(&self) -> u8 {
        self.made
    }

    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![1]);
        bytes.extend_from_slice(&self.set);
        bytes.extend_from_slice(&[self.needed, self.made, self.index]);
        bytes.extend_from_slice(&self.secret);
        let check = digest(&bytes);
        bytes.extend_from_slice(&check[..5]);
        bytes
    }

    /// Six rows for paper: three groups of four characters, and one that checks the row.
    pub fn print(&self) -> Zeroizing<String> {
        let bytes = self.bytes();
        let letters: Zeroizing<Vec<u8>> = Zeroizing::new(
            bytes
                .chunks(5)
                .flat_map(|five| {
                    let number = five.iter().fold(0_u64, |n, b| (n << 8) | u64::from(*b));
                    (0..8).map(move |at| LETTERS[((number >> (35 - 5 * at)) & 31) as usize])
                })
                .collect(),
        );
        let mut out = Zeroizing::new(String::new());
        for (row, letters) in letters.chunks(ROW).enumerate() {
            for group in letters.chunks(4) {
                out.extend(group.iter().map(|letter| char::from(*letter)));
                out.push(' ');
            }
            out.push(char::from(check_letter(row, letters)));
            out.push('\n');
        }
        out
    }

    /// Reads what was printed: in any case, with any spaces; O is zero, I and L are one.
    ///
    /// # Errors
    /// [`Why::ShareRow`] with the row; [`Why::Share`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut letters = Zeroizing::new(Vec::new());
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let letter = match c.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                c => u8::try_from(c).unwrap_or(0),
            };
            if !LETTERS.contains(&letter) {
                let row = letters.len() / (ROW + 1) + 1;
                return Err(Refusal::new(Why::ShareRow).with("row", row));
            }
            letters.push(letter);
        }
        if letters.len() != ROWS * (ROW + 1) {
            return Err(Why::Share.into());
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH + 5));
        let mut values = Zeroizing::new(Vec::with_capacity(ROWS * ROW));
        for (row, letters) in letters.chunks(ROW + 1).enumerate() {
            if check_letter(row, &letters[..ROW]) != letters[ROW] {
                return Err(Refusal::new(Why::ShareRow).with("row", row + 1));
            }
            values.extend(letters[..ROW].iter().map(|letter| {
                LETTERS
                    .iter()
                    .position(|one| one == letter)
                    .unwrap_or_default() as u64
            }));
        }
        for eight in values.chunks(8) {
            let number = eight.iter().fold(0_u64, |n, five| (n << 5) | five);
            bytes.extend_from_slice(&number.to_be_bytes()[3..]);
        }
        let (content, check) = bytes.split_at(LENGTH - 5);
        if digest(content)[..5] != *check || content[0] != 1 {
            return Err(Why::Share.into());
        }
        let share = Self {
            set: [content[1], content[2], content[3], content[4]],
            needed: content[5],
            made: content[6],
            index: content[7],
            secret: content[8..].to_vec(),
        };
        if share.index == 0 || share.needed < 2 || share.index > share.made {
            return Err(Why::Share.into());
        }
        Ok(share)
    }
}
