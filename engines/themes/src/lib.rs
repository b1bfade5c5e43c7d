//! What a text is about, learned from the office's own labels.
//!
//! **Problem.** An officer reads a recommendation and ticks themes, affected groups and targets, thousands of times. An
//! office that has done so can have the next ones suggested, without sending a text anywhere.
//!
//! **Method.** A text becomes hashed features (words and pairs of neighbours; beginnings of words and stretches of letters;
//! pairs of beginnings that stand near each other, for what words mean only together), weighed by how rare they are (tf–idf
//! with logarithmic counts) and by how much they tell of all the labels together; those that tell hardly anything are left
//! out. Each of the three kinds has its share of the length, which is 1. For each label a linear support vector machine with
//! squared hinge loss is solved by dual coordinate descent. Scores for texts that a machine has not seen, from training on
//! parts of the data with whole documents left out, give each label its threshold (the largest F1, with the other labels'
//! as a prior for rare ones) and its probability (Platt 1999, as in Lin, Lin & Weng 2007, with the same prior).
//!
//! **What it is for.** [`Model::suggest`] suggests; a person decides. [`Model::reasons`] shows the words that spoke for a
//! label. A model holds no text: features are hashes.
//!
//! Same examples, same options, same bytes of the model, at any number of threads.
//!
//! ```
//! use mandate_themes::{Example, Options, train};
//! # fn main() -> Result<(), mandate_themes::TrainError> {
//! let texts = ["Train judges", "Appoint judges", "Build schools", "Repair schools"];
//! let examples: Vec<Example> = (0..40)
//!     .map(|n| Example { text: texts[n % 4], labels: if n % 4 < 2 { &[0] } else { &[1] }, group: n as u64 / 4 })
//!     .collect();
//! let labels = vec!["justice".to_owned(), "education".to_owned()];
//! let model = train(labels, &examples, &Options::default(), &|_| true)?;
//! let found = model.suggest("Pay judges");
//! assert_eq!((model.labels()[found[0].label].as_str(), found[0].chosen), ("justice", true));
//! # Ok(())
//! # }
//! ```

mod calibrate;
mod features;
mod measure;
mod model;
mod solve;
mod train;
mod worth;

pub use measure::{Measures, measure};
pub use model::{Model, ModelError, Reader, Reason, Suggestion};
pub use train::{Example, Options, TrainError, train};
