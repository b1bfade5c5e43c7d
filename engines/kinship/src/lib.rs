//! Whose remains are these: the weight of DNA evidence on family trees.
//!
//! **Problem.** Remains lie unidentified, and families have given reference samples. A wrong identification means that two
//! families bury the wrong person. Laboratories type the DNA at a dozen or more markers; this engine computes how much more
//! probable what they saw is if the remains are a family's missing person than if they are somebody else's: the likelihood
//! ratio. It decides nothing. What follows from a ratio also depends on how many are missing and on all that is not DNA
//! (Prinz et al. 2007, *Forensic Science International: Genetics* 1:3, the recommendations of the International Society for
//! Forensic Genetics on disaster victims; Gjertson et al. 2007, the same 1:223, on biostatistics of paternity).
//!
//! **Model.** Founders' alleles are independent draws from the table of the population, or from a subpopulation of it with
//! coancestry θ (Balding & Nichols 1994, *Forensic Science International* 64:125), in which case all founders of a hypothesis
//! share it. Each parent passes on either copy with probability one half, changed by a mutation matrix that may differ by
//! marker and sex ([`MutationModel`]; Dawid, Mortera & Pascali 2001, *Forensic Science International* 124:55; Dawid, Mortera,
//! Dobosz & Boldrini 2002, *Scandinavian Journal of Statistics* 29:577; Egeland, Kling & Mostad 2016, *Relationship Inference
//! with Familias and R*). What is seen of a genotype allows for silent alleles, drop-out, drop-in and typing errors
//! ([`Quality`]). Markers are independent of one another.
//!
//! **Method.**
//!
//! - Without θ, likelihoods are peeled (Elston & Stewart 1971, *Human Heredity* 21:523) by summing out one variable after
//!   another, which is exact with any loops and inbreeding.
//! - With θ, also together with mutation, the sum over inheritance is spelled out and the Pólya urn of founders' alleles is
//!   summed through its classes of common descent: [`urn`]; or, for many typed relatives of few founders, over the founders'
//!   genes.
//! - Alleles that nobody shows are counted as one where that changes nothing, which is the case without mutation and with the
//!   models `equal` and `proportional`.
//! - A blind search (Brenner & Weir 2003, *Theoretical Population Biology* 63:173, on the World Trade Center) peels the
//!   missing person's genotype once for each family and marker; a comparison then is a table look-up: [`mod@search`].
//! - Y and mitochondrial haplotypes are screened and weighed apart: [`mod@screen`]. Linked markers are named: [`linkage`].
//!
//! **Exactness.** Sums have positive terms only, and likelihoods are kept with an exponent of their own ([`Scaled`]), so
//! that nothing cancels or underflows. All published values at hand are met to about 14 digits. What exact computation
//! cannot reach in memory or time is an error ([`Error::TooLarge`]); nothing is approximated in its place. The same input
//! gives the same bits at any number of threads.
//!
//! **Cost.** Peeling takes about `n²` to `n³` steps for n alleles on families whose children are typed, and `n⁴` where
//! several untyped siblings have typed children and the model (`stepwise`) forbids counting alleles as one, unless spelling
//! out the inheritance is shorter. With θ the work doubles with each meiosis of an untyped parent both of whose copies
//! matter, until it is that of a table over all founders' genes.
//!
//! **Conventions.** Mutation uses the table's frequencies, whatever θ is. A child with one parent named takes the other
//! allele from the population without mutation, as in Familias ([`Pedigree::with_unnamed_parents`]); give both parents, one of
//! them untyped, for the convention of pedprobr. Genotypes of typed founders are in Hardy–Weinberg proportions, up to θ.
//!
//! **Left out.** Linkage within a pedigree, and so pairs of close markers and clusters on X, which are only warned of;
//! mixtures of several people; stutter; twins; allele frequencies that are themselves uncertain; somatic mutation; the model
//! of θ for X that differs by sex. Sequence variants of STRs are alleles like others if labelled so.
//!
//! **By hand.** Alleles 8, 9 and 10 have the frequencies 0.2, 0.3 and 0.5. A man is 8/9, a mother 9/10, her child 8/10. The
//! mother gave the 10, so the father gave the 8. If he is the man, that has the probability 1/2; if not, 0.2. The ratio is
//! 1/(2 · 0.2) = 2.5. With θ = 0.02 the 8 of an unknown father is one more allele of a population in which four were seen,
//! one of them an 8: (0.02 + 0.98 · 0.2)/(1 + 3 · 0.02) = 0.216/1.06. The ratio is then 0.5 · 1.06/0.216.
//!
//! ```
//! use mandate_kinship::{Hypothesis, Kind, Locus, Observation, Pedigree, Profile, Row, Sex, likelihood_ratio};
//!
//! let alleles = [("8", 0.2), ("9", 0.3), ("10", 0.5)].map(|(label, frequency)| (label.to_string(), frequency));
//! let locus = Locus::new("TH01", Kind::Autosomal, &alleles)?;
//!
//! let founders = [Row::founder("man", Sex::Male), Row::founder("mother", Sex::Female), Row::founder("other", Sex::Male)];
//! let family = |father: &str| {
//!     let mut rows = founders.to_vec();
//!     rows.push(Row::child("child", Sex::Female, father, "mother"));
//!     Pedigree::new(&rows)
//! };
//! let (his, not_his) = (family("man")?, family("other")?);
//!
//! let seen = |name: &str, one: &str, two: &str| Profile::new(name).with("TH01", Observation::pair(one, two));
//! let (man, mother, child) = (seen("man", "8", "9"), seen("mother", "9", "10"), seen("child", "8", "10"));
//! let typed = [("man", &man), ("mother", &mother), ("child", &child)];
//!
//! let loci = [locus];
//! let (first, second) = (Hypothesis::new(&his, &typed)?, Hypothesis::new(&not_his, &typed)?);
//! let evidence = likelihood_ratio(&first, &second, &loci, 0.0)?;
//! assert!((evidence.markers[0].ratio - 2.5).abs() < 1e-14);
//! let evidence = likelihood_ratio(&first, &second, &loci, 0.02)?;
//! assert!((evidence.markers[0].ratio - 0.5 * 1.06 / 0.216).abs() < 1e-14);
//! # Ok::<(), mandate_kinship::Error>(())
//! ```

pub mod case;
pub mod check;
mod classes;
pub mod compare;
mod couples;
pub mod direct;
mod emission;
pub mod error;
pub mod exclusion;
pub mod formats;
mod founders;
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
