//! Whose remains are these: the weight of DNA evidence on family trees.

pub mod case;
pub mod check;
pub mod compare;
pub mod direct;
mod emission;
pub mod error;
pub mod exclusion;
pub mod formats;
pub mod joint;
pub mod likelihood;
pub mod linkage;
pub mod locus;
pub mod mutation;
pub mod pedigree;
mod peel;
pub mod posterior;
pub mod power;
mod problem;
pub mod profile;
pub mod revision;
pub mod scaled;
pub mod screen;
pub mod search;
pub mod simulate;
pub mod urn;

pub use direct::{Otherwise, direct};
pub use error::{Error, Result};
pub use exclusion::{Closeness, Conflict, closeness, mutations_needed};
pub use likelihood::{Evidence, Hypothesis, MarkerEvidence, Typed, likelihood, likelihood_ratio};
pub use linkage::{LinkedPair, linked_pairs};
pub use locus::{Kind, Locus, Mutation, MutationModel};
pub use pedigree::{Member, Pedigree, Row, Sex};
pub use profile::{Observation, Profile, Quality};
pub use scaled::Scaled;
pub use search::{Candidate, Family, Found, Options, Progress, Remains, compare, search};
