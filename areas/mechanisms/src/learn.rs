//! Models that learn from what the office's people confirmed, in the background.
//!
//! One model for each kind of tag, from the texts that have a tag of that kind. A model is a version: its file is kept with
//! the attachments, and the newest speaks. For a label it speaks only where, on documents that it had not seen, it did at
//! least as well as the model that the program carries. It suggests; what a person said stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use mandate_ledger::{Act, Actor};
use mandate_store::{Attachments, Id, Store};
use mandate_themes::{Example, Model, ModelError, Options, Suggestion, TrainError, train};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    domain::TagKind,
    search::{Index, SearchError},
    store::{self, NewModel},
    suggest::{SUGGESTED, Suggester},
};

/// Texts below which nothing is learned of a kind.
pub const LEAST_TEXTS: usize = 60;
/// Texts below which a label is not learned.
const LEAST_OF_A_LABEL: usize = 8;
/// The least F1 on unseen documents with which a model speaks for a label.
const LEAST_WORTH: f32 = 0.4;
/// Parts into which documents are dealt for trying.
const FOLDS: u64 = 3;
/// Changes in the ledger after which the program learns again by itself.
pub const CHANGES: i64 = 100;

/// Why nothing was learned.
#[derive(Debug, Error)]
pub enum LearnError {
    /// From the database or the attachments.
    #[error(transparent)]
    Store(#[from] mandate_store::StoreError),
    /// From the index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A kept model is not whole.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// It was stopped.
    #[error("the learning was stopped")]
    Stopped,
}

/// What was learned of a label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelReport {
    /// The key of the theme, group or target.
    pub key: String,
    /// Texts that have it.
    pub texts: usize,
    /// F1 of the carried model on the office's texts.
    pub carried: f32,
    /// F1 of the learned model on documents that it had not seen.
    pub learned: f32,
    /// Whether the learned model speaks for it.
    pub speaks: bool,
}

/// What a model learned from, and how well.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Texts with a tag of the kind.
    pub texts: usize,
    /// The languages of the texts (BCP 47, without region or script).
    pub languages: BTreeSet<String>,
    /// Each label.
    pub labels: Vec<LabelReport>,
}

/// A model that learned from the office.
#[derive(Debug)]
pub struct Learned {
    kind: TagKind,
    number: i64,
    at: Timestamp,
    model: Model,
    report: Report,
}

impl Learned {
    /// What kind of tags it suggests.
    pub fn kind(&self) -> TagKind {
        self.kind
    }

    /// Its version, from 1.
    pub fn number(&self) -> i64 {
        self.number
    }

    /// When it was made.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// What it learned from, and how well.
    pub fn report(&self) -> &Report {
        &self.report
    }

    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// Whether it speaks for a key.
    pub fn speaks_for(&self, key: &str) -> bool {
        self.report
            .labels
            .iter()
            .any(|label| label.speaks && label.key == key)
    }

    fn reads(&self, language: &str) -> bool {
        self.report.languages.contains(plain(language))
    }

    pub(crate) fn chosen(&self, text: &str, language: &str) -> Vec<String> {
        let mut labels = Vec::new();
        if self.reads(language) {
            self.model.reader().choose(text, &mut labels);
        }
        labels
            .iter()
            .map(|label| &self.model.labels()[*label])
            .filter(|key| self.speaks_for(key))
            .cloned()
            .collect()
    }

    pub(crate) fn suggest(&self, text: &str, language: &str) -> Vec<(String, Suggestion)> {
        if !self.reads(language) {
            return Vec::new();
        }
        self.model
            .suggest(text)
            .into_iter()
            .map(|found| (self.model.labels()[found.label].clone(), found))
            .filter(|(key, _)| self.speaks_for(key))
            .collect()
    }
}

/// A language without its region and script.
fn plain(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// A text with what people said of it.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: String,
    /// The document; its texts are never on both sides when a model is tried.
    pub document: Id,
    /// The keys that people gave it.
    pub keys: Vec<String>,
}

/// Learns one kind from texts; nothing where there are too few.
///
/// # Errors
/// [`LearnError::Stopped`].
pub fn learn(
    suggester: &Suggester,
    kind: TagKind,
    texts: &[Labelled],
) -> Result<Option<(Model, Report)>, LearnError> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in texts.iter().flat_map(|text| &text.keys) {
        *counts.entry(key).or_default() += 1;
    }
    counts.retain(|_, n| *n >= LEAST_OF_A_LABEL);
    if texts.len() < LEAST_TEXTS || counts.is_empty() {
        return Ok(None);
    }
    let labels: Vec<String> = counts.keys().map(|key| (*key).to_owned()).collect();
    let places: Vec<Vec<usize>> = texts.iter().map(|text| places(text, &labels)).collect();
    let groups: Vec<u64> = texts.iter().map(|text| number(text.document)).collect();
    let taught = |with: &dyn Fn(u64) -> bool| -> Result<Option<Model>, LearnError> {
        let examples: Vec<Example> = texts
            .iter()
            .zip(&places)
            .zip(&groups)
            .filter(|(_, group)| with(**group))
            .map(|((text, labels), group)| Example {
                text: &text.text,
                labels,
                group: *group,
            })
            .collect();
        let options = Options {
            note: format!("{kind}, from {} texts of the office", examples.len()),
            ..Options::default()
        };
        match train(labels.clone(), &examples, &options, &|_| true) {
            Ok(model) => Ok(Some(model)),
            Err(TrainError::Stopped) => Err(LearnError::Stopped),
            Err(_) => Ok(None),
        }
    };
    let (mut carried, mut learned) = (
        vec![Tried::default(); labels.len()],
        vec![Tried::default(); labels.len()],
    );
    for fold in 0..FOLDS {
        let Some(model) = taught(&|group| group % FOLDS != fold)? else {
            continue;
        };
        let mut reader = model.reader();
        let left_out = (0..texts.len()).filter(|at| groups[*at] % FOLDS == fold);
        for at in left_out {
            let mut chosen = Vec::new();
            reader.choose(&texts[at].text, &mut chosen);
            note(&mut learned, &places[at], &chosen);
            let keys = suggester.carried_chosen(&texts[at].text, &texts[at].language, kind);
            let chosen: Vec<usize> = (0..labels.len())
                .filter(|label| keys.contains(&labels[*label]))
                .collect();
            note(&mut carried, &places[at], &chosen);
        }
    }
    let Some(model) = taught(&|_| true)? else {
        return Ok(None);
    };
    let labels = labels
        .iter()
        .zip(carried.iter().zip(&learned))
        .map(|(key, (carried, learned))| LabelReport {
            key: key.clone(),
            texts: counts[key.as_str()],
            carried: carried.f1(),
            learned: learned.f1(),
            speaks: learned.f1() >= LEAST_WORTH && learned.f1() >= carried.f1(),
        })
        .collect();
    let report = Report {
        texts: texts.len(),
        languages: texts
            .iter()
            .map(|text| plain(&text.language).to_owned())
            .collect(),
        labels,
    };
    Ok(Some((model, report)))
}

/// How often a label was right, given wrongly, and missed.
#[derive(Debug, Clone, Copy, Default)]
struct Tried {
    right: f32,
    wrong: f32,
    missed: f32,
}

impl Tried {
    fn f1(&self) -> f32 {
        let all = 2.0 * self.right + self.wrong + self.missed;
        if all == 0.0 {
            0.0
        } else {
            2.0 * self.right / all
        }
    }
}

fn note(tried: &mut [Tried], right: &[usize], chosen: &[usize]) {
    for (label, tried) in tried.iter_mut().enumerate() {
        match (right.contains(&label), chosen.contains(&label)) {
            (true, true) => tried.right += 1.0,
            (false, true) => tried.wrong += 1.0,
            (true, false) => tried.missed += 1.0,
            (false, false) => {}
        }
    }
}

fn places(text: &Labelled, labels: &[String]) -> Vec<usize> {
    let mut all: Vec<usize> = text
        .keys
        .iter()
        .filter_map(|key| labels.binary_search(key).ok())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A document's identifier as a number that deals documents evenly.
fn number(id: Id) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in id.to_string().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
    }
    hash >> 7
}

/// Where models are kept and who hears of new ones.
#[derive(Debug, Clone, Copy)]
pub struct School<'a> {
    /// The database.
    pub store: &'a Store,
    /// The files of the models.
    pub attachments: &'a Attachments,
    /// What suggests.
    pub suggester: &'a std::sync::Arc<Suggester>,
    /// Where what is suggested is found.
    pub index: &'a Index,
}

impl School<'_> {
    /// Takes in the newest models that are kept, also those that another copy of the program made.
    ///
    /// # Errors
    /// [`LearnError`].
    pub async fn take_newest(&self) -> Result<bool, LearnError> {
        let mut new = false;
        for record in store::newest_models(&mut self.store.clone()).await? {
            let known = self
                .suggester
                .learned(record.kind)
                .map_or(0, |known| known.number());
            if record.number <= known {
                continue;
            }
            let bytes = self.attachments.bytes(&record.sha256).await?;
            let model = match Model::from_bytes(&bytes) {
                Ok(model) => model,
                // An earlier engine learned it: what is carried speaks until it is learned again.
                Err(ModelError::Other) => continue,
                Err(error) => return Err(error.into()),
            };
            self.suggester.take(Learned {
                kind: record.kind,
                number: record.number,
                at: record.added_at,
                model,
                report: serde_json::from_str(&record.report).unwrap_or_default(),
            });
            new = true;
        }
        Ok(new)
    }

    /// Learns again when enough has changed since the last time. Says whether something new speaks.
    ///
    /// # Errors
    /// [`LearnError`]; what spoke before goes on speaking.
    pub async fn catch_up(&self, at: Timestamp) -> Result<bool, LearnError> {
        let newer = self.take_newest().await?;
        let mut db = self.store.clone();
        let newest = store::newest_models(&mut db).await?;
        let seen = newest
            .iter()
            .map(|model| model.ledger_size)
            .max()
            .unwrap_or(0);
        let unread = newest.iter().any(|model| {
            let known = self.suggester.learned(model.kind);
            known.map_or(0, |known| known.number()) < model.number
        });
        if !unread && store::labels_changed(&mut db, seen).await? < CHANGES {
            if newer {
                self.index.remake(self.store).await?;
            }
            return Ok(newer);
        }
        self.now(&Actor::program(), at).await
    }

    /// Learns every kind of which there is enough, keeps the models, and lets them speak. Says whether something new speaks.
    ///
    /// # Errors
    /// [`LearnError`]; then nothing is kept of the kind that failed.
    pub async fn now(&self, by: &Actor, at: Timestamp) -> Result<bool, LearnError> {
        let mut db = self.store.clone();
        let size = mandate_ledger::size(&mut db).await?;
        let mut texts = self.labelled(&mut db).await?;
        let mut new = false;
        for kind in SUGGESTED {
            let suggester = self.suggester.clone();
            let texts = texts.remove(&kind).unwrap_or_default();
            let learned =
                tokio::task::spawn_blocking(move || learn(&suggester, kind, &texts)).await;
            let Some((model, report)) = learned.map_err(|_| LearnError::Stopped)?? else {
                continue;
            };
            let mut act = Act::begin(self.store, by, at).await?;
            let name = format!("{kind}.model");
            let kept = self
                .attachments
                .add(
                    act.tx(),
                    &model.to_bytes(),
                    &name,
                    "application/octet-stream",
                    at,
                )
                .await?;
            let record = NewModel {
                kind,
                attachment_id: kept.id,
                report: serde_json::to_string(&report).unwrap_or_default(),
                texts: report.texts,
                ledger_size: size,
            };
            store::add_model(&mut act, &record).await?;
            act.commit().await?;
            new = true;
        }
        if new {
            self.take_newest().await?;
            self.index.remake(self.store).await?;
        }
        Ok(new)
    }

    /// Every text with a tag that is learned, by kind.
    async fn labelled(
        &self,
        db: &mut Store,
    ) -> Result<HashMap<TagKind, Vec<Labelled>>, LearnError> {
        let (mut all, mut after): (HashMap<TagKind, Vec<Labelled>>, _) = Default::default();
        loop {
            let items = store::indexed_page(db, after, 1_000).await?;
            let Some(last) = items.last() else {
                return Ok(all);
            };
            after = Some(last.id);
            let ids: Vec<Id> = items.iter().map(|item| item.id).collect();
            let tags = store::tags(db, &ids).await?;
            for item in items {
                let of = tags.get(&item.id).map_or(&[][..], Vec::as_slice);
                for kind in SUGGESTED {
                    let keys: Vec<String> = of
                        .iter()
                        .filter(|tag| tag.kind == kind)
                        .map(|tag| tag.value.clone())
                        .collect();
                    if !keys.is_empty() {
                        all.entry(kind).or_default().push(Labelled {
                            text: item.text.clone(),
                            language: item.language.clone(),
                            document: item.document_id,
                            keys,
                        });
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn texts(language: &str, of: &[(&str, &str, &[&str])]) -> Vec<Labelled> {
        let documents: Vec<Id> = (0..9).map(|_| Id::new()).collect();
        let mut all = Vec::new();
        for n in 0..12 {
            for (key, start, ends) in of {
                for (m, end) in ends.iter().enumerate() {
                    all.push(Labelled {
                        text: format!("{start} {end}, {}", n + m),
                        language: language.into(),
                        document: documents[(n + m) % documents.len()],
                        keys: vec![(*key).to_owned()],
                    });
                }
            }
        }
        all
    }

    fn suggester() -> Suggester {
        Suggester::carried(&mandate_office::Profile::embedded("kosovo").unwrap()).unwrap()
    }

    #[test]
    fn what_people_confirm_in_albanian_is_learned_though_the_carried_model_reads_none() {
        let texts = texts(
            "sq",
            &[
                (
                    "education",
                    "Të ndërtohen shkolla",
                    &["në fshatra", "për fëmijët", "me libra"],
                ),
                (
                    "detention",
                    "Të përmirësohen kushtet në burgje",
                    &["për të burgosurit", "dhe qelitë", "sipas ligjit"],
                ),
            ],
        );
        let suggester = suggester();
        let (model, report) = learn(&suggester, TagKind::Theme, &texts).unwrap().unwrap();
        assert_eq!((report.texts, report.labels.len()), (72, 2));
        assert!(report.labels.iter().all(|l| l.speaks && l.carried == 0.0));
        let new = "Qeveria të ndërtojë shkolla të reja";
        assert!(suggester.suggest(new, "sq", TagKind::Theme, 3).is_empty());
        suggester.take(Learned {
            kind: TagKind::Theme,
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            model,
            report,
        });
        let found = suggester.suggest(new, "sq", TagKind::Theme, 3);
        assert_eq!(found[0].key, "education", "{found:?}");
        assert!(found[0].chosen);
        assert!(suggester.suggest(new, "sr", TagKind::Theme, 3).is_empty());
    }

    #[test]
    fn a_label_of_which_the_words_say_nothing_is_not_spoken_for() {
        let mut same = texts("en", &[("education", "Take further steps", &["now"; 8])]);
        let keys = mandate_office::Profile::embedded("kosovo").unwrap().themes;
        for (n, text) in same.iter_mut().enumerate() {
            text.text = "Take further steps".into();
            text.keys = vec![keys[n % 8].key.clone()];
        }
        let found = learn(&suggester(), TagKind::Theme, &same).unwrap();
        let (_, report) = found.unwrap();
        assert_eq!(report.labels.len(), 8);
        assert!(report.labels.iter().all(|l| !l.speaks), "{report:?}");
    }

    #[test]
    fn too_few_texts_teach_nothing() {
        let few = &texts("en", &[("education", "Build schools", &["now"])])[..8];
        assert!(learn(&suggester(), TagKind::Theme, few).unwrap().is_none());
    }
}
