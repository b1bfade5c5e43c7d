//! Closed lists of words: a type, the word that is stored of each of its values, and the way back.

/// A word that is none of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the word is none of those that are known here")]
pub struct UnknownWord;

/// Makes a closed list: `words!(/// What it is. Name { /// This one. One = "one", ... })`.
///
/// The type has `ALL` (in order), `as_str`, [`Display`](std::fmt::Display) and [`FromStr`](std::str::FromStr), whose error is
/// [`UnknownWord`]. Further attributes, such as derives, may stand before the name.
#[macro_export]
macro_rules! words {
    ($(#[$about:meta])* $type:ident { $($(#[$about_one:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$about_one])* $variant),+ }

        impl $type {
            /// All of them, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word that is stored, and that label ids and addresses end in.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::UnknownWord;
            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::UnknownWord> {
                match text { $($word => Ok($type::$variant),)+ _ => Err($crate::UnknownWord) }
            }
        }
    };
}
