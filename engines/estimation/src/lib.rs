//! How many victims were never listed: multiple-systems estimation.

pub mod error;
pub mod posterior;
pub mod table;

pub use error::Error;
pub use posterior::Posterior;
pub use table::{CaptureTable, Pattern};
