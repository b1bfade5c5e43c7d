//! The three sealed cases of a file.

use mandate_accounts::words;

words!(
    /// Which sealed case of a file is meant.
    CaseName {
        /// The coded file: form, account, papers, decisions.
        File = "file",
        /// The identity, under the first key.
        One = "one",
        /// The identity, under the second key.
        Two = "two",
    }
);

impl CaseName {
    /// The case of the identity that a keeper of a key opens; a keeper without one has the first.
    pub fn of_key(key: Option<u8>) -> Self {
        if key == Some(2) {
            CaseName::Two
        } else {
            CaseName::One
        }
    }

    /// The key of names under which it is; none for the coded file.
    pub fn key(self) -> Option<u8> {
        match self {
            CaseName::File => None,
            CaseName::One => Some(1),
            CaseName::Two => Some(2),
        }
    }

    /// The other half of the identity; the coded file has none and is itself.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            CaseName::File => CaseName::File,
            CaseName::One => CaseName::Two,
            CaseName::Two => CaseName::One,
        }
    }
}
