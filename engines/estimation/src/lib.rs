//! How many victims were never listed: multiple-systems estimation.
//!
//! Several lists record the victims of the same events. From who is on which of them ([`CaptureTable`]) the number of those
//! on no list is estimated: by the exact average over all decomposable graphs of dependence between lists ([`graphs`]), and by
//! latent classes ([`latent`]), by log-linear models ([`loglinear`]) and, of three lists, by sample coverage ([`coverage`]).
//! [`bounds`] has what can be had by hand, [`assess`] says whether the data can say anything. Strata are estimated apart and
//! together in [`graphs::stratified`]; [`linkages`] carries the uncertainty of who is who into the interval; [`simulate`]
//! invents populations to try all of it on.
//!
//! A single number without its assumptions does harm: a [`Posterior`] is to be shown with its interval, its prior, and what
//! its module says it may not be used for.

pub mod assess;
pub mod bounds;
pub mod coverage;
pub mod diagnostics;
pub mod error;
pub mod graphs;
pub mod latent;
pub mod linkages;
pub mod loglinear;
pub mod posterior;
pub mod simulate;
pub mod table;

mod random;

pub use error::Error;
pub use posterior::{Interval, Posterior};
pub use table::{CaptureTable, Pattern};
