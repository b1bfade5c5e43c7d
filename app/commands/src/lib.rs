//! The commands that work on files alone, without an office's database.
//!
//! A group of commands is one file: what it is told (clap), and a function that reads files, asks an engine and writes to
//! the given output. To add a group, add its file, a variant of [`Command`] and a line in [`run`].
//! `cargo run -p mandate-commands --example commands -- --help` runs them without the rest of the program.

mod columns;
mod disclose;
mod estimate;
mod extract;
mod kinship;
/// The record of changes.
pub mod ledger;
mod link;
mod out;
mod repetitions;
mod sealing;
mod themes;

use std::io::Write;

use clap::Subcommand;

/// What can be done with files alone.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
pub enum Command {
    /// Reads reports of mechanisms and writes what they recommend, as CSV or JSON; no office is needed.
    Extract(extract::Extract),
    /// Learns themes from labelled texts, suggests them, and says how well; no office is needed.
    #[command(subcommand)]
    Themes(themes::Themes),
    /// Weighs the DNA of remains against families, and checks the files first; no office is needed.
    #[command(subcommand)]
    Kinship(Box<kinship::Kinship>),
    /// Finds the same person on several lists, or twice on one, and explains each link; no office is needed.
    #[command(subcommand)]
    Link(link::Linking),
    /// Estimates how many people no list has, with its sensitivity, and refuses where the data cannot say.
    #[command(subcommand)]
    Estimate(Box<estimate::Estimating>),
    /// The record of changes: checks a copy, and with an office writes one, shows its key, asks witnesses, erases.
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Publishes tables of counts so that nobody is given away, also not by earlier releases, and audits what was published.
    #[command(subcommand)]
    Disclose(Box<disclose::Disclosing>),
    /// Groups recommendations that ask for the same again, as CSV or JSON; no office is needed.
    Repetitions(repetitions::Repeated),
    /// Makes keys for sealed files, certifies and revokes them; on an offline machine what needs the office's key.
    #[command(subcommand)]
    Keys(sealing::Keys),
    /// Seals a file for a case: as a field, or as an attachment of any size.
    Seal(sealing::Seal),
    /// Opens what was sealed, after every check.
    Open(sealing::Open),
    /// Gives people the key of a case, takes it from them, or writes it down for the age tool.
    #[command(subcommand)]
    Grant(sealing::Grant),
    /// Splits the office's recovery key for paper, and uses it with two officers when nobody else can open a case.
    #[command(subcommand)]
    Recover(sealing::Recover),
}

/// Does what is told. Results go to `to` (or to the files that the command names), progress and remarks to standard error.
///
/// # Errors
/// A file that cannot be read or written, or that holds what the command cannot use: with its name and place.
pub fn run(command: &Command, to: &mut dyn Write) -> anyhow::Result<()> {
    match command {
        Command::Extract(told) => extract::extract(told, to),
        Command::Themes(told) => themes::themes(told, to),
        Command::Kinship(told) => kinship::kinship(told, to),
        Command::Estimate(told) => estimate::estimating(told, to),
        Command::Disclose(told) => disclose::disclosing(told, to),
        Command::Link(told) => link::linking(told, to),
        Command::Ledger(told) => ledger::ledger(told, to),
        Command::Repetitions(told) => repetitions::repetitions(told, to),
        Command::Keys(told) => sealing::keys(told, to),
        Command::Seal(told) => sealing::seal(told, to),
        Command::Open(told) => sealing::open(told, to),
        Command::Grant(told) => sealing::grant(told, to),
        Command::Recover(told) => sealing::recover(told, to),
    }
}
