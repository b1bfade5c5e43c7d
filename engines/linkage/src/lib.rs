//! The same person on two lists, or twice on one: found, ranked and explained, for people to decide.
//!
//! # The problem
//!
//! Lists of victims, of missing persons, of witnesses name the same people with other spellings, other dates and gaps. For
//! every pair of records the question is how probable it is that both are of one person. An error in one direction loses a
//! person, in the other it erases one; so nothing here merges anything: links, clusters and reasons are proposed.
//!
//! # The model
//!
//! Two records are compared field by field ([`Kind`] says how); each field agrees on a level. Among pairs of one person level
//! l of a field has probability m, among pairs of two people u; given which it is, fields agree independently. The evidence of
//! a pair is the sum of log2(m/u) over its fields, in bits, on top of the prior (Fellegi and Sunter 1969). A missing value
//! says nothing. Agreement on a rare value says more than on a common one: where values are the same, log2 of the share of
//! pairs that agree by chance over the value's own frequency is added (Winkler 2000; Splink's documentation); where they are
//! near, half of it, with the more common of the two. Frequencies are counted over all spellings of a name together.
//!
//! u of "the same" is counted exactly, u of the other levels from the pairs of random hands of sixteen records, drawn with a
//! fixed seed. m is learned by expectation–maximisation on counts of patterns, over the pairs of each blocking rule, for the
//! fields of which that rule does not ask; a pair that several rules find takes part in each (Enamorado, Fifield and Imai
//! 2019 count patterns likewise; the scheme of rules is Splink's). The prior is the one under which the compared pairs are
//! as many matches as it says. Levels that hardly any pair of one person reaches are bounded and named ([`Learning::thin`]).
//! m can be counted from known pairs instead ([`Options::known`]), and m, u and the prior can be given ([`Options::given`],
//! [`Options::prior`]).
//!
//! Frequencies are counted in the lists, or come from a table of a population, by the spelling of its register
//! ([`Population`]): a name that is common where one writes Albanian may be rare where one writes Serbian. Where two values are
//! near, rarity counts half; one level further down a quarter, and so on.
//!
//! A cell may have several values ([`Table::push_several`]): the two that agree most count, and a record is in the blocks of
//! each.
//!
//! Brothers share a father, a family name and a village. Where the pairs that stand out under a rule differ in a name or a date
//! more often than not, most are relatives: from them a third class is learned, beside one person, as other rules taught it,
//! and strangers (Larsen and Rubin 2001), and what it explains counts less for one person.
//!
//! # Which pairs
//!
//! Only pairs that agree on all that one of the rules asks for are compared, each once ([`Rule`]). [`suggest`] chooses rules by
//! what they reach and cost. [`Linked::reach`] estimates which share of pairs of one person the rules reach at all, by capture
//! and recapture among the rules (Chao 1987); its assumption is said there. A block of more than 5,000 records is left out and
//! counted.
//!
//! # Which records together
//!
//! [`clusters`] joins by average evidence under what people know; see there.
//!
//! # What people say
//!
//! [`sample`] draws links for people to look at, the least sure first; [`quality`] says from their answers what share of links
//! is right and what share of right ones is found, at every threshold and with an interval. [`weigh`] and [`explain`] give the
//! evidence of any two records field by field.
//!
//! # Cost
//!
//! Time grows with the pairs that are compared, memory with the records and the links that are kept (24 bytes each): pairs
//! are never held. [`link_in_pieces`] hands out what is done piece by piece, so that work that was stopped goes on. The result
//! is the same to the last bit for any number of threads, stopped or not.
//!
//! # What is left out
//!
//! Dependence between fields, beside relatives: where two fields go together it is found and named
//! ([`Learning::together`]), and not mended. Agreement between two fields, beside names that were swapped. A date is taken
//! as it is written: years of two digits are not guessed, and the first of January is not taken for "unknown".
//!
//! # Sources
//!
//! Fellegi, Sunter: A theory for record linkage. JASA 64 (1969). Winkler: String comparator metrics and enhanced decision rules
//! in the Fellegi–Sunter model (1990); Frequency-based matching in the Fellegi–Sunter model (2000). Dempster, Laird, Rubin:
//! Maximum likelihood from incomplete data via the EM algorithm. JRSS B 39 (1977). Larsen, Rubin: Iterative automated record
//! linkage using mixture models. JASA 96 (2001). Enamorado, Fifield, Imai: Using a probabilistic model to assist merging of
//! large-scale administrative records. APSR 113 (2019). Chao: Estimating the population size for capture–recapture data with
//! unequal catchability. Biometrics 43 (1987). Sokal, Michener: A statistical method for evaluating systematic relationships
//! (1958). Cochran: Sampling techniques (1977). Cohen: A coefficient of agreement for nominal scales (1960). The documentation
//! of Splink, for training by rules and for weights of frequencies.
//!
//! ```
//! use mandate_linkage::{Field, Kind, Of, Options, Rule, Table, link};
//!
//! let mut table = Table::new(vec![
//!     Field::new("name", Kind::Name),
//!     Field::new("birth", Kind::Date),
//!     Field::new("village", Kind::Place),
//! ])?;
//! // Invented people.
//! table.begin_list("families", true);
//! for record in [
//!     ["Agim Xhelili", "1961-04-12", "Gjakovë"],
//!     ["Besa Krasniqi", "1970", "Pejë"],
//!     ["Dritan Hoxha", "1955-11-02", "Prizren"],
//! ] {
//!     table.push(&record)?;
//! }
//! table.begin_list("register", true);
//! for record in [
//!     ["Агим Џелили", "1961-04-21", "Gjakova"],
//!     ["Besa Krasniqi", "1970-06-30", ""],
//!     ["Milan Petrović", "1948-01-05", "Prizren"],
//! ] {
//!     table.push(&record)?;
//! }
//! table.close();
//! let rules = vec![Rule::on(&[(0, Of::Loose)]), Rule::on(&[(1, Of::Year)])];
//! let found = link(&table, &Options::new(rules), &|_, _| true)?;
//! let pairs: Vec<(u32, u32)> = found.links.iter().map(|l| (l.left, l.right)).collect();
//! assert!(pairs.contains(&(0, 3)) && pairs.contains(&(1, 4)));
//! assert!(!pairs.contains(&(2, 5)));
//! # Ok::<(), mandate_linkage::Error>(())
//! ```

mod blocking;
mod clusters;
mod compare;
mod counting;
mod date;
mod dependence;
mod distance;
mod error;
mod face;
mod grouping;
mod learn;
mod link;
mod model;
mod population;
mod random;
mod relatives;
mod review;
mod score;
mod spot;
mod strings;
mod suggest;
mod table;
mod value;

pub use blocking::{Of, Rule, RuleCount, count};
pub use clusters::{Clustering, Clusters, Refusal, clusters};
pub use compare::{Pattern, level};
pub use distance::{jaro_winkler, within_edits};
pub use error::Error;
pub use link::{
    Explanation, Link, Linked, Options, Piece, Pieces, Reach, Stage, explain, explain_all, link,
    link_in_pieces, weigh,
};
pub use model::{Given, Learning, Level, Model, Relatives, Together, likely};
pub use population::{Orthography, Population};
pub use review::{Asked, Quality, Share, kappa, quality, sample, stratum};
pub use score::Evidence;
pub use suggest::{Budget, Suggestion, suggest};
pub use table::{Field, List, Table};
pub use value::{Doubt, Kind};
