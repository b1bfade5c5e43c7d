//! `mandate kinship`: whose remains are these.
//!
//! Files are told apart by their beginnings: pedigrees, profiles and frequencies as CSV, `.fam` of Familias, XML, or the
//! small layout of the examples; they can be given in any order and number. What is wrong in them is named before anything
//! is computed. Results go to standard output as CSV or JSON, a report for people into a file of its own.

mod check;
mod convert;
mod draw;
mod found;
mod input;
mod joint;
mod line;
mod numbers;
mod policy;
mod power;
mod relations;
mod report;
mod review;
mod search;
mod weigh;
mod weigh_page;

pub(crate) use report::{ReportLanguage, Table as ReportTable};

use std::io::Write;

use clap::Subcommand;

/// Questions about remains and families.
#[derive(Debug, Subcommand)]
pub enum Kinship {
    /// Names what is wrong in the files: place, kind, and how to mend it. Fails where something must be mended.
    Check(check::Check),
    /// Weighs one set of remains against one missing person, marker by marker; or two samples, or two pedigrees, against
    /// each other.
    Lr(weigh::Weigh),
    /// Compares all remains with all families and ranks the candidates.
    Search(search::Search),
    /// Places all remains at once, with the probability of every pair.
    Joint(joint::Joint),
    /// Says what a family could reach, and whose sample would help the most.
    Power(power::Power),
    /// Looks again at identifications that were made: what is contradicted or weakened, and which bodies may be exchanged.
    Review(review::Review),
    /// Writes the files in another layout.
    Convert(convert::Convert),
}

/// Does what is told.
pub(crate) fn kinship(told: &Kinship, to: &mut dyn Write) -> anyhow::Result<()> {
    match told {
        Kinship::Check(told) => check::check(told, to),
        Kinship::Lr(told) => weigh::weigh(told, to),
        Kinship::Search(told) => search::search(told, to),
        Kinship::Joint(told) => joint::joint(told, to),
        Kinship::Power(told) => power::power(told, to),
        Kinship::Review(told) => review::review(told, to),
        Kinship::Convert(told) => convert::convert(told, to),
    }
}

/// Tells on standard error how far the work is, at every tenth.
fn told_progress(what: &'static str) -> impl Fn(usize, usize) -> bool + Sync {
    let last = std::sync::atomic::AtomicUsize::new(0);
    move |done, of| {
        let tenth = 10 * done / of.max(1);
        if last.fetch_max(tenth, std::sync::atomic::Ordering::Relaxed) < tenth {
            eprintln!("{what}: {done} of {of}");
        }
        true
    }
}

/// Markers that can be used for everybody: those on X only where all sexes are known.
fn loci_for_all(loaded: &input::Loaded) -> Vec<mandate_kinship::Locus> {
    use mandate_kinship::{Kind, Sex};
    let case = &loaded.case;
    let members = case.families.iter().flat_map(|f| f.pedigree.members());
    let known = members.map(|m| m.sex).all(|s| s != Sex::Unknown)
        && case.remains.iter().all(|r| r.sex != Sex::Unknown);
    let mut loci = case.loci.clone();
    loci.retain(|l| l.kind() == Kind::Autosomal || (known && l.kind() == Kind::X));
    if !known && loci.len() < case.loci.len() {
        eprintln!("markers on X are left out: the sex of somebody is not known");
    }
    loci
}
