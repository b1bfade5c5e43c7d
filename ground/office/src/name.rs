//! A name in the office's languages.

use serde::Deserialize;

/// A name in English, Albanian, Serbian in both scripts and, where it is official, Turkish.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Name {
    en: String,
    #[serde(default)]
    sq: String,
    #[serde(default)]
    sr: String,
    #[serde(default)]
    sr_cyrl: String,
    #[serde(default)]
    tr: String,
}

impl Name {
    /// Makes the Cyrillic form, where the profile does not give one.
    pub(crate) fn complete(&mut self) {
        if self.sr_cyrl.is_empty() {
            self.sr_cyrl = mandate_language::to_cyrillic(&self.sr);
        }
    }

    /// The name in a language (BCP 47); in English where it has none there.
    pub fn in_language(&self, tag: &str) -> &str {
        let name = match tag {
            "sq" => &self.sq,
            "sr" | "sr-Latn" => &self.sr,
            "sr-Cyrl" => &self.sr_cyrl,
            "tr" => &self.tr,
            _ => &self.en,
        };
        if name.is_empty() { &self.en } else { name }
    }

    /// Whether there is a name in this language of its own.
    pub fn has(&self, tag: &str) -> bool {
        match tag {
            "en" => !self.en.is_empty(),
            "sq" => !self.sq.is_empty(),
            "sr-Latn" | "sr-Cyrl" => !self.sr.is_empty(),
            "tr" => !self.tr.is_empty(),
            _ => false,
        }
    }

    /// Every form that there is, for finding it by any of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        [&self.en, &self.sq, &self.sr, &self.sr_cyrl, &self.tr]
            .into_iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
    }
}
