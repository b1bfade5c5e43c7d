//! `mandate kinship convert`.

use std::io::Write;

use clap::{Args, ValueEnum};
use mandate_kinship::formats::{fam, frequencies, pedigrees, profiles, xml};

use super::input::Data;

/// What can be written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Layout {
    /// Pedigrees as CSV.
    Pedigrees,
    /// Profiles as CSV, one marker a line.
    Profiles,
    /// Profiles as CSV, one sample a line.
    ProfilesWide,
    /// Frequencies as CSV, one allele a line.
    Frequencies,
    /// Everything as the text of Familias.
    Fam,
    /// Everything as XML.
    Xml,
}

/// What `mandate kinship convert` is told.
#[derive(Debug, Args)]
pub struct Convert {
    #[command(flatten)]
    data: Data,
    /// What to write.
    #[arg(long = "to", value_enum)]
    layout: Layout,
}

pub(crate) fn convert(told: &Convert, to: &mut dyn Write) -> anyhow::Result<()> {
    let contents = told.data.contents()?;
    for (place, remark) in &contents.remarks {
        eprintln!("{place}: {remark}");
    }
    let text = match told.layout {
        Layout::Pedigrees => pedigrees::write(&contents.persons),
        Layout::Profiles => profiles::write_long(&contents.samples),
        Layout::ProfilesWide => profiles::write_wide(&contents.samples),
        Layout::Frequencies => frequencies::write_long(&contents.table),
        Layout::Xml => xml::write(&contents),
        Layout::Fam => {
            let (text, lost) = fam::write(&contents);
            for what in lost {
                eprintln!("not kept: {what}");
            }
            text
        }
    };
    to.write_all(text.as_bytes())?;
    Ok(())
}
