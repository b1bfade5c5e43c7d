//! The ways in which letters went wrong.

use super::{single, utf8, yuscii};

/// What a text was written in, and what it was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// UTF-8 read as code page 1252 or Latin-1: `MiletiÄ‡`.
    Utf8AsCp1252,
    /// UTF-8 read as code page 1250: `MiloĹˇ`.
    Utf8AsCp1250,
    /// Code page 1250 read as 1252: `Miletiæ`.
    Cp1250AsCp1252,
    /// Code page 1250 read as Latin-1: as 1252, and š and ž are control characters (U+009A, U+009E).
    Cp1250AsLatin1,
    /// Latin-2 read as Latin-1 or code page 1252: `Milo¹eviæ`.
    Latin2AsLatin1,
    /// Code page 1250 or 1252 read as Mac Roman: `MiletiÊ`, `PejÎ`.
    Cp1250AsMacRoman,
    /// Code page 852 (DOS) read as 1252 or Latin-1: `Mileti†`, `Pej‰`.
    Cp852AsCp1252,
    /// Code page 852 (DOS) read as 1250.
    Cp852AsCp1250,
    /// Code page 1251 (Cyrillic) read as 1252 or Latin-1.
    Cp1251AsCp1252,
    /// YUSCII (JUS I.B1.002, ISO 646-YU) read as ASCII: `Mileti}`.
    Yuscii,
    /// Cyrillic YUSCII (JUS I.B1.003) read as ASCII: the same signs, and q, w, x for љ, њ, џ.
    YusciiCyrillic,
}

impl Fault {
    /// All, the more usual first: of two with the same evidence the first is meant.
    pub const ALL: [Self; 11] = [
        Self::Utf8AsCp1252,
        Self::Utf8AsCp1250,
        Self::Cp1250AsCp1252,
        Self::Cp1250AsLatin1,
        Self::Latin2AsLatin1,
        Self::Cp1250AsMacRoman,
        Self::Cp852AsCp1252,
        Self::Cp852AsCp1250,
        Self::Cp1251AsCp1252,
        Self::Yuscii,
        Self::YusciiCyrillic,
    ];

    /// Whether the text has a character that the fault could have made. Quick.
    pub(super) fn may_show(self, text: &str) -> bool {
        match self {
            Self::Yuscii | Self::YusciiCyrillic => yuscii::may_show(text),
            _ => !text.is_ascii(),
        }
    }

    /// The logarithm of the odds that this happened to the text.
    pub(super) fn evidence(self, text: &str) -> f64 {
        match self {
            Self::Utf8AsCp1252 | Self::Utf8AsCp1250 => utf8::evidence(self, text),
            Self::Yuscii => yuscii::evidence(text, false),
            Self::YusciiCyrillic => yuscii::evidence(text, true),
            _ => single::evidence(self, text),
        }
    }

    /// How much of its own a string must show to follow its column. Code page 852 makes ç of š: in a column of both
    /// languages a ç says nothing, and neither do two letters that may stand beside each other.
    pub(super) fn least_for_column(self) -> f64 {
        match self {
            Self::Cp852AsCp1252 | Self::Cp852AsCp1250 => 0.0,
            Self::Utf8AsCp1252 | Self::Utf8AsCp1250 | Self::Cp1251AsCp1252 => 0.6,
            _ => -2.0,
        }
    }

    /// The text without it, and how many letters changed.
    pub(super) fn undo(self, text: &str) -> (String, usize) {
        match self {
            Self::Utf8AsCp1252 | Self::Utf8AsCp1250 => utf8::undo(self, text),
            Self::Yuscii => yuscii::undo(text, false),
            Self::YusciiCyrillic => yuscii::undo(text, true),
            _ => single::undo(self, text),
        }
    }
}
