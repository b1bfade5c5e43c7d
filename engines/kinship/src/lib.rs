//! Whose remains are these: the weight of DNA evidence on family trees.

pub mod error;
pub mod formats;
pub mod locus;
pub mod mutation;
pub mod pedigree;
pub mod profile;

pub use error::{Error, Result};
pub use locus::{Kind, Locus, Mutation, MutationModel};
pub use pedigree::{Member, Pedigree, Row, Sex};
pub use profile::{Observation, Profile, Quality};
