//! How many victims were never listed: multiple-systems estimation.

pub mod diagnostics;
pub mod error;
pub mod graphs;
pub mod latent;
pub mod posterior;
pub mod simulate;
pub mod table;

mod random;

pub use error::Error;
pub use posterior::{Interval, Posterior};
pub use table::{CaptureTable, Pattern};
