//! All languages of the program, loaded once at the start.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    Language, LanguageError, Tag,
    catalogue::{self, LabelFile},
    negotiation,
};

/// Every language that the label files hold. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Languages(Vec<Language>);

impl Languages {
    /// Reads all labels.
    ///
    /// # Errors
    /// A file that is not Fluent or not UTF-8, an id defined twice, a folder that is no language; each with its place.
    pub fn load() -> Result<Self, LanguageError> {
        Self::from_files(catalogue::files()?)
    }

    pub(crate) fn from_files(files: Vec<LabelFile>) -> Result<Self, LanguageError> {
        let mut by_tag: BTreeMap<Tag, Vec<LabelFile>> = BTreeMap::new();
        for file in files {
            let tag = Tag::parse(&file.language).ok_or_else(|| LanguageError::NotALanguage {
                file: file.path.clone(),
            })?;
            match by_tag.entry(tag) {
                Entry::Occupied(mut there) => there.get_mut().push(file),
                Entry::Vacant(place) => {
                    place.insert(vec![file]);
                }
            }
        }
        if by_tag.is_empty() {
            return Err(LanguageError::NoFiles);
        }
        let mut languages = Vec::new();
        for (tag, files) in by_tag {
            if tag.as_str() == "sr" {
                languages.push(Language::build(Tag::SR_LATN, &files)?);
                languages.push(Language::build(Tag::SR_CYRL, &files)?);
            } else {
                languages.push(Language::build(tag, &files)?);
            }
        }
        Ok(Self(languages))
    }

    /// The language of a tag, written in any case.
    pub fn get(&self, tag: &str) -> Option<&Language> {
        let tag = Tag::parse(tag)?;
        self.0.iter().find(|l| l.tag() == tag)
    }

    /// Every language, in the order of their tags: en, sq, sr-Latn, sr-Cyrl.
    pub fn all(&self) -> &[Language] {
        &self.0
    }

    /// See [`negotiate`](crate::negotiate); of what is offered only what has labels counts.
    pub fn negotiate(&self, accept_language: &str, offered: &[&str]) -> Tag {
        let there: Vec<&str> = offered
            .iter()
            .copied()
            .filter(|tag| self.get(tag).is_some())
            .collect();
        negotiation::negotiate(accept_language, &there)
    }
}
