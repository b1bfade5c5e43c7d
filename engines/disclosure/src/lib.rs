//! Tables of counts that give nobody away, alone, together, and one release after another.
//!
//! # The problem
//!
//! An office publishes how many people applied, by region, sex, year. Where a cell has one person in it, whoever knows that
//! one person lives there learns what the cell says. Leaving the cell out is not enough: its row and its total give it back.
//! Nor is looking at one table enough: another table about the same people shares sums with it, and next year's release less
//! this year's counts the few who came since. This library decides what may be shown, proves it against an attacker who has
//! everything that was ever published, and hands out nothing that it could not prove.
//!
//! # What is small, and what must be left open
//!
//! A count of 1 to n - 1 is small (the threshold rule; Hundepool et al. 2012, chapter 5; Willenborg and de Waal 2001). A zero
//! is nobody and is shown, unless [`Zeros`] says otherwise: where all of a group share one outcome, the zeros of the others
//! tell it of everybody in the group (attribute disclosure), and [`Zeros::WithheldAlong`] forbids that.
//!
//! Let an attacker's *interval* of a cell go from the smallest to the largest count that it has in any table that agrees with
//! all that is public (Fischetti and Salazar-González 2001). Exactly this is demanded, z being 0 where the zeros of the cell
//! are protected and 1 where they are shown:
//!
//! - of a small cell: all counts from L to the larger of n - 1 and L + n - 1 - z, where L is what the register and the zeros
//!   of the release alone leave as the smallest. For a finest cell L = z: all of z to n - 1 stay possible;
//! - of a count that differs by 1 to n - 1 people from what an earlier release showed: that the difference may be anything from
//!   L (mostly 0) to n - 1;
//! - of a cell of an earlier release that was withheld: the same as of a small one where it may be small, else as many counts;
//! - of a cell that is withheld for others: n - z counts.
//!
//! Where the register alone leaves less, nothing can mend it, and [`Protected::given_away`] says so; no release takes away
//! more. The zeros of the release are not the register: where showing them would leave less than that, they are withheld too
//! (of a small cell they may raise L alone), and the terms of what is published say so. An earlier release that said of a
//! withheld cell that somebody is in it has said so for good: z stays 1 for it.
//!
//! Where anything cannot be had, or not be reckoned, more is withheld: one word for all, then the zeros, at last everything;
//! and if even that does not pass the audit, nothing is given out.
//!
//! # What an attacker knows
//!
//! - Every cell that is shown, every sum, and that no count is negative.
//! - What is said of cells that are not: "fewer than 5" is at most 4; in the same release "withheld" of a finest cell is 5 or
//!   more, because it would be "fewer than" otherwise ([`Words::FewerThan`]). This is why "fewer than" stands in finest cells
//!   only, and why a release falls back to one word for all where the words themselves would tell too much.
//! - That tables of one population are of the same people. If their dimensions are linked without a ring, tables that agree
//!   where they overlap always have a common origin (Beeri et al. 1983; for counts Atserias and Kolaitis 2021), and shared
//!   cells say everything. Where they form a ring (region by sex, sex by year, region by year), the whole table by all
//!   dimensions of the ring takes part in the reckoning, though nothing of it is published.
//! - How the population has changed since the last release ([`Change`]): in one that has grown no cell has fewer people, also
//!   in a table that is published before and after, and of which a release between shows sums alone.
//!
//! Whole numbers are relaxed to real ones. In a table of two dimensions this changes nothing (its equations are a network's);
//! with more, an attacker who reckons in whole numbers may come nearer than the interval says. A cell that no release has in a
//! table is not protected before one has: sums that are shown may bound it tightly, which [`Protected::given_away`] says when
//! it is asked for. Nor is it reckoned with that an attacker runs this program on every table that might have been: that a choice tells something is known (Kenthapadi, Mishra
//! and Nissim 2005 for denials); [`Costs::Cells`] at least does not weigh by counts.
//!
//! # How
//!
//! [`protect`] withholds what is small, then for each demand the least costly further cells, by linear programs
//! (`choose`; the heuristic of Kelly, Golden and Assad 1992, with reweighting), until all demands hold, also those of the
//! cells that were added: a fixed point, for withholding more never narrows an interval. Then cells are shown again where every demand still
//! holds without them. The exact optimum (Fischetti and Salazar-González 2000, 2001) is not sought.
//!
//! [`audit`] and the check that every result must pass are another program: they begin from what is published, know no count,
//! and reckon every interval anew by two linear programs. The solver's word is not taken: an end counts only with a table at
//! that end, which is put into all equations and bounds, and that the register leaves no more only where a second program of
//! another kind finds nothing beyond. `examples/attack` is a third, which shares nothing with both.
//!
//! [`round`] rounds all counts instead, sums kept (Cox 1987; Salazar-González 2006).
//!
//! # Cost
//!
//! Two linear programs for each cell that is not shown, as large as the part of the tables that hangs together through cells
//! that are not shown; some more to choose. The result is the same to the last bit at any number of threads. Counts to
//! 100,000,000 people and 50,000 cells, earlier releases of the population included.
//!
//! # What is left out
//!
//! Magnitudes (amounts of money, ages) and dominance rules; perturbation; the exact optimum; that one population is a part of
//! another (publish the part as a dimension instead: "outcome"); zeros that the law makes
//! certain, which protect nobody when they are withheld.
//!
//! # Use
//!
//! ```
//! use mandate_disclosure::{ALL, Cell, Counts, Dimension, Register, Release, Rule, protect};
//! # fn main() -> Result<(), mandate_disclosure::Error> {
//! let region = Dimension::new("region", "all", ["north", "south"])?;
//! let sex = Dimension::new("sex", "all", ["women", "men"])?;
//! let mut applicants = Counts::new(vec![region, sex])?;
//! // Invented people.
//! for (codes, people) in [
//!     (["north", "women"], 31), (["north", "men"], 2), (["south", "women"], 44), (["south", "men"], 9),
//! ] {
//!     applicants.add(&codes, people)?;
//! }
//! let mut register = Register::default();
//! let release = Release::new("2024", "applicants").table(&applicants, &["region", "sex"])?;
//! let protected = protect(&release, &Rule::default(), &register)?;
//! let table = &protected.publication.tables[0];
//! assert_eq!(table.cell(&["north", "men"]), Some(Cell::FewerThan(5)));
//! assert_eq!(table.cell(&["south", "men"]), Some(Cell::Withheld));
//! assert_eq!(table.cell(&["north", ALL]), Some(Cell::Shown(33)));
//! register.push(protected.publication)?;
//!
//! // A year later two more men of the north have applied: 35 less 33 would be two.
//! applicants.add(&["north", "men"], 2)?;
//! let release = Release::new("2025", "applicants").table(&applicants, &["region"])?;
//! let protected = protect(&release, &Rule::default(), &register)?;
//! assert_eq!(protected.publication.tables[0].cell(&["north"]), Some(Cell::Withheld));
//! # Ok(())
//! # }
//! ```
//!
//! # Sources
//!
//! - A. Hundepool, J. Domingo-Ferrer, L. Franconi, S. Giessing, E. Schulte Nordholt, K. Spicer, P.-P. de Wolf, *Statistical
//!   Disclosure Control*, Wiley 2012.
//! - L. Willenborg, T. de Waal, *Elements of Statistical Disclosure Control*, Springer 2001.
//! - M. Fischetti, J. J. Salazar-González, "Models and algorithms for the 2-dimensional cell suppression problem in statistical
//!   disclosure control", Mathematical Programming 84, 1999; "Models and algorithms for optimizing cell suppression in tabular
//!   data with linear constraints", JASA 95, 2000; "Solving the cell suppression problem on tabular data with linear
//!   constraints", Management Science 47, 2001.
//! - J. P. Kelly, B. L. Golden, A. A. Assad, "Cell suppression: disclosure protection for sensitive tabular data", Networks 22,
//!   1992.
//! - M. Fischetti, J. J. Salazar-González, "Experiments with controlled rounding for statistical disclosure control in tabular
//!   data with linear constraints", Journal of Official Statistics 14, 1998.
//! - L. H. Cox, "A constructive procedure for unbiased controlled rounding", JASA 82, 1987; L. H. Cox, L. R. Ernst,
//!   "Controlled rounding", INFOR 20, 1982.
//! - J. J. Salazar-González, "Controlled rounding and cell perturbation: statistical disclosure limitation methods for tabular
//!   data", Mathematical Programming 105, 2006.
//! - C. Beeri, R. Fagin, D. Maier, M. Yannakakis, "On the desirability of acyclic database schemes", JACM 30, 1983;
//!   A. Atserias, P. G. Kolaitis, "Structure and complexity of bag consistency", PODS 2021.
//! - K. Kenthapadi, N. Mishra, K. Nissim, "Simulatable auditing", PODS 2005.

mod audit;
mod case;
mod choose;
mod counts;
mod demand;
mod dimension;
mod error;
mod knowledge;
mod polytope;
mod protect;
mod publication;
mod ring;
mod round;
mod rule;
mod system;

pub use audit::{Bound, audit};
pub use counts::{Counts, Release};
pub use dimension::{ALL, Code, Dimension};
pub use error::Error;
pub use protect::{Loss, Protected, protect};
pub use publication::{Cell, Change, Publication, PublishedTable, Register, Terms};
pub use round::round;
pub use rule::{Costs, Rule, Words, Zeros};
