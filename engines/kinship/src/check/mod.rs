//! Validation, before anything is computed: what in the records cannot be, contradicts itself, or is easily mistaken.
//!
//! Every finding has a code, a place with file, line and field, a sentence that says what is wrong, and one that says how
//! to mend it. An [`Severity::Error`] must be mended before a computation means anything; a [`Severity::Warning`] must be
//! understood; a [`Severity::Note`] is worth knowing.
//!
//! Conflicts with Mendel's laws inside a family are counted as the smallest number of mutations that the observed
//! genotypes need, over all genotypes of those who were not typed (see [`crate::mutations_needed`]). The persons without whom the
//! conflict is gone are named: one of them may be a mistaken sample, or not be related as the pedigree says.

mod families;
pub(crate) use families::related;
mod persons;
mod samples;
mod table;

use std::fmt;

use crate::{
    Sex,
    formats::{Contents, Place},
};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Must be understood before a result is used.
    Warning,
    /// Must be mended before anything is computed.
    Error,
}

impl Severity {
    /// The word in a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl Finding {
    fn new(place: &Place, what: What) -> Self {
        Self {
            place: place.clone(),
            what,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: {}; {}",
            self.place,
            self.what.severity().as_str(),
            self.what,
            self.what.mend()
        )
    }
}

/// A part of what was found, for messages in other languages.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A name or another text.
    Text(String),
    /// A count.
    Count(usize),
    /// A number.
    Number(f64),
    /// A man or a woman.
    Sex(Sex),
    /// Names of persons; may be none.
    Persons(Vec<String>),
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&usize> for Value {
    fn from(count: &usize) -> Self {
        Self::Count(*count)
    }
}

impl From<&f64> for Value {
    fn from(number: &f64) -> Self {
        Self::Number(*number)
    }
}

/// A sex as a person of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shows(pub Sex);

impl fmt::Display for Shows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == Sex::Male {
            "a man"
        } else {
            "a woman"
        })
    }
}

impl From<&Shows> for Value {
    fn from(shows: &Shows) -> Self {
        Self::Sex(shows.0)
    }
}

/// Those without whose sample a conflict is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without(pub Vec<String>);

impl fmt::Display for Without {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str("no single sample explains it")
        } else {
            write!(
                f,
                "without {} there is none",
                list(&self.0).replace(", ", " or ")
            )
        }
    }
}

impl From<&Without> for Value {
    fn from(without: &Without) -> Self {
        Self::Persons(without.0.clone())
    }
}

macro_rules! kinds {
    ($( $(#[$doc:meta])* $name:ident { $($field:ident : $kind:ty),* } = $severity:ident, $code:literal, $says:literal, $mend:literal; )*) => {
        /// What can be found.
        #[derive(Debug, Clone, PartialEq, thiserror::Error)]
        #[non_exhaustive]
        #[allow(missing_docs)]
        pub enum What {
            $( $(#[$doc])* #[error($says)] $name { $($field : $kind),* }, )*
        }

        /// The codes of all kinds.
        pub const CODES: &[&str] = &[$($code),*];

        impl What {
            /// A code that stays the same: for tables, and for labels in other languages.
            pub fn code(&self) -> &'static str {
                match self { $( Self::$name { .. } => $code, )* }
            }

            /// Its parts by the names that the message gives them.
            pub fn values(&self) -> Vec<(&'static str, Value)> {
                match self { $( Self::$name { $($field),* } => vec![$((stringify!($field), $field.into())),*], )* }
            }

            /// How much it matters.
            pub fn severity(&self) -> Severity {
                match self { $( Self::$name { .. } => Severity::$severity, )* }
            }

            /// How to mend it.
            pub fn mend(&self) -> &'static str {
                match self { $( Self::$name { .. } => $mend, )* }
            }
        }
    };
}

kinds! {
    /// Two lines for one person.
    PersonTwice { family: String, id: String } = Error, "person-twice",
        "the person {id} stands twice in the family {family}", "keep one line";
    /// A parent without a line.
    UnknownParent { parent: String, family: String } = Error, "unknown-parent",
        "the parent {parent} is not in the family {family}", "add a line for the parent, or correct the id";
    /// One parent named, the other not.
    OneParent { id: String } = Warning, "one-parent",
        "{id} has one parent only; an unknown other parent is assumed who is nobody else's parent",
        "add a line for the other parent, so that children of both are full siblings";
    /// A father who is female, or a mother who is male.
    SexAgainstRole { parent: String, child: String } = Error, "sex-against-role",
        "{parent} is a parent of {child} in a role that does not fit the sex", "correct the sex, or exchange father and mother";
    /// A person among their own ancestors.
    OwnAncestor { id: String } = Error, "own-ancestor",
        "{id} is their own ancestor", "correct the parents";
    /// A family in which nobody is missing.
    NobodyMissing { family: String } = Warning, "nobody-missing",
        "nobody in the family {family} is marked as missing", "write \"missing\" as the role of the missing person";
    /// A family without any reference sample.
    NobodyTyped { family: String } = Warning, "nobody-typed",
        "the family {family} has no reference sample", "add the samples, or leave the family out";
    /// A missing person to whom no typed person is related.
    NobodyRelated { id: String, family: String } = Warning, "nobody-related",
        "no typed person is related by blood to {id} of the family {family}, so that no remains can be identified as theirs",
        "add a sample of a relative by blood";
    /// A sample of a person without a line.
    UnknownPerson { person: String } = Error, "unknown-person",
        "the sample is of {person}, who is in no family", "add the person to a pedigree, or correct the id";
    /// A person of that name in several families.
    PersonInSeveral { person: String, families: String } = Error, "person-in-several",
        "{person} is a name in several families ({families})", "add a column \"family\"";
    /// One name for two samples.
    SampleTwice { sample: String } = Error, "sample-twice",
        "the sample {sample} stands twice, for different persons", "give the samples different names";
    /// A marker twice in a sample.
    MarkerTwice { sample: String, marker: String } = Error, "marker-twice",
        "the sample {sample} has the marker {marker} twice", "keep one, the laboratory's consensus";
    /// A person with several samples that agree.
    PersonTypedTwice { person: String, samples: String, shared: usize } = Note, "person-typed-twice",
        "{person} has several samples ({samples}) that agree at {shared} markers", "nothing, if this is meant; both are used once";
    /// A person with several samples that differ.
    PersonTypedDifferently { person: String, samples: String, markers: String } = Error, "person-typed-differently",
        "{person} has samples ({samples}) that differ at {markers}", "find out which sample is not this person's";
    /// Two persons or remains with one profile.
    IdenticalProfiles { one: String, other: String, shared: usize } = Warning, "identical-profiles",
        "{one} and {other} have the same profile at all {shared} markers that both show",
        "find out whether they are one person (the same body, a sample taken twice), twins, or a mix-up";
    /// Three alleles or more.
    TooManyAlleles { sample: String, marker: String, count: usize } = Error, "too-many-alleles",
        "{sample} shows {count} alleles at {marker}, a person has two at most",
        "ask the laboratory: a mixture, a contamination, or a rare triplication; the marker is left out until then";
    /// One allele alone.
    OneAllele { sample: String, marker: String } = Note, "one-allele",
        "{sample} shows one allele at {marker} and nothing is said of the other",
        "write it twice if the laboratory calls it homozygous";
    /// Two different alleles where there can be one.
    TwoOnOneChromosome { sample: String, marker: String } = Error, "two-on-one-chromosome",
        "{sample} is male and shows two alleles at {marker}, of which a man has one", "correct the sex or the alleles";
    /// Two different mitochondrial haplotypes.
    TwoHaplotypes { sample: String, marker: String } = Warning, "two-haplotypes",
        "{sample} shows two mitochondrial haplotypes at {marker}", "ask the laboratory: a mixture, a contamination, or heteroplasmy";
    /// A Y marker in a woman.
    YOfWoman { sample: String, marker: String } = Error, "y-of-woman",
        "{sample} is female and shows the Y marker {marker}", "correct the sex, or find out whose sample it is";
    /// A marker that the table does not hold.
    UnknownMarker { marker: String, samples: usize } = Warning, "unknown-marker",
        "the marker {marker} ({samples} samples) is not in the frequency table and is left out",
        "correct the name, or add the marker's frequencies";
    /// An allele that the table does not hold.
    AlleleNotInTable { marker: String, allele: String, samples: usize } = Warning, "allele-not-in-table",
        "the allele {allele} of {marker} ({samples} samples) is not in the frequency table",
        "ask the laboratory whether it is right; it is given the minimum frequency";
    /// Amelogenin against the recorded sex.
    Amelogenin { sample: String, shows: Shows, recorded: Shows } = Error, "amelogenin-against-sex",
        "the amelogenin of {sample} shows {shows}, but {recorded} is recorded",
        "correct the sex, or find out whose sample it is (rarely, the Y copy of amelogenin is lost)";
    /// A sample with little in it.
    FewMarkers { sample: String, markers: usize } = Note, "few-markers",
        "{sample} shows {markers} markers only", "expect little evidence, or ask for more typing";
    /// An allele twice in the table.
    AlleleTwice { marker: String, allele: String } = Error, "allele-twice",
        "the allele {allele} stands twice in the table of {marker}", "keep one line";
    /// A marker twice in the tables.
    MarkerTwiceInTable { marker: String } = Error, "marker-twice-in-table",
        "the marker {marker} stands twice in the frequency tables", "keep one; the first is used";
    /// A marker without alleles in the table.
    EmptyMarker { marker: String } = Error, "empty-marker",
        "the table has no allele of {marker}", "add its frequencies or remove the marker";
    /// A frequency of nothing.
    ZeroFrequency { marker: String, allele: String } = Note, "zero-frequency",
        "the table gives {allele} of {marker} the frequency 0; the line is left out", "nothing; if the allele is seen it has the minimum frequency";
    /// A sum that rounding explains.
    SumRounded { marker: String, sum: f64 } = Note, "sum-not-one",
        "the frequencies of {marker} sum to {sum}; each is divided by the sum", "nothing, if the table was published so";
    /// A sum that rounding does not explain.
    SumWrong { marker: String, sum: f64 } = Error, "sum-wrong",
        "the frequencies of {marker} sum to {sum}, which rounding does not explain", "find the wrong or missing lines";
    /// Two markers that are inherited together.
    Linked { one: String, other: String } = Warning, "linked-markers",
        "{one} and {other} lie close on one chromosome and are counted as independent",
        "leave one of them out and compare the result, above all for uncles, grandparents and half siblings";
    /// Genotypes of a family that Mendel's laws do not allow.
    Mendel { family: String, marker: String, mutations: usize, without: Without } = Warning, "mendelian-conflict",
        "the family {family} needs at least {mutations} mutation(s) at {marker} ({without})",
        "one such marker may be a mutation; several mean a mistaken sample or relation";
    /// So many of them that no mutation explains them.
    MendelMany { family: String, markers: usize, mutations: usize, without: Without } = Error, "mendelian-conflicts",
        "the family {family} needs at least {mutations} mutations at {markers} markers ({without})",
        "find out whose sample is mistaken, or which relation is not biological, with care for the family";
    /// A family that could not be looked at.
    NotCompared { family: String, why: String } = Warning, "not-compared",
        "the family {family} could not be searched for conflicts: {why}", "mend what is named above first";
}

/// Looks for everything in [`What`]. In the order of files and lines as far as it can be; the same records give the same
/// findings.
///
/// ```
/// use mandate_kinship::{check::check, formats::{Contents, pedigrees}};
/// let text = "family,id,father,mother,sex,role\nF,A,B,C,M,missing\nF,B,,,F,\nF,C,,,F,\n";
/// let case = Contents { persons: pedigrees::read(text, "f.csv").unwrap(), ..Contents::default() };
/// let found = check(&case);
/// let sex = found.iter().find(|f| f.what.code() == "sex-against-role").unwrap();
/// assert_eq!(sex.place.to_string(), "f.csv:3: sex");
/// ```
pub fn check(case: &Contents) -> Vec<Finding> {
    let mut found = Vec::new();
    persons::check(case, &mut found);
    table::check(case, &mut found);
    samples::check(case, &mut found);
    families::check(case, &mut found);
    found.sort_by(|a, b| {
        a.place
            .file
            .cmp(&b.place.file)
            .then(a.place.line.cmp(&b.place.line))
    });
    found
}

/// Names with commas between them, and how many more there are after the first ten.
fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names: Vec<S> = names.into_iter().collect();
    let shown: Vec<&str> = names.iter().take(10).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(10) {
        0 => shown.join(", "),
        more => format!("{}, … (+{more})", shown.join(", ")),
    }
}
