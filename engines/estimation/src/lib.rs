//! How many victims were never listed: multiple-systems estimation.

pub mod diagnostics;
pub mod error;
pub mod latent;
pub mod posterior;
pub mod simulate;
pub mod table;

mod random;

pub use error::Error;
pub use posterior::Posterior;
pub use table::{CaptureTable, Pattern};
