//! Files told apart by their beginnings, read and put together.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use mandate_kinship::{
    case::{Case, CaseOptions, Family, Remains, build},
    check::{Finding, Severity, check},
    formats::{
        Contents, circumstances, dvi, fam, frequencies, haplotypes, pedigrees, profiles, xml,
    },
    posterior::{Agreement, Circumstances, Policy},
};

use super::policy::{Model, PolicyFile};

/// The files of a case and how it is computed.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// Pedigrees, profiles and frequencies: CSV, .fam of Familias, XML; told apart by their beginnings.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The office's thresholds, prior and model (TOML).
    #[arg(long)]
    policy: Option<PathBuf>,
    /// What is known besides DNA (CSV: sample or family and person; site, age_from, age_to, date_from, date_to).
    #[arg(long)]
    circumstances: Option<PathBuf>,
    /// How often Y and mitochondrial haplotypes of remains stand in a database (CSV: sample, kind, seen, of, once, database).
    #[arg(long)]
    haplotypes: Option<PathBuf>,
    /// Coancestry (theta, Fst).
    #[arg(long)]
    theta: Option<f64>,
    /// The lowest frequency of any allele.
    #[arg(long)]
    minimum_frequency: Option<f64>,
    /// The probability that an allele of the remains is not seen.
    #[arg(long)]
    drop_out: Option<f64>,
    /// The probability that an allele is seen in the remains that is not there.
    #[arg(long)]
    drop_in: Option<f64>,
    /// none, equal, proportional or stepwise, for tables that state no model.
    #[arg(long)]
    mutation: Option<String>,
    /// Mutations a meiosis from mothers.
    #[arg(long)]
    rate_female: Option<f64>,
    /// Mutations a meiosis from fathers.
    #[arg(long)]
    rate_male: Option<f64>,
}

/// A case that was read and can be computed with.
pub(crate) struct Loaded {
    pub(crate) contents: Contents,
    pub(crate) case: Case,
    pub(crate) options: CaseOptions,
    pub(crate) theta: f64,
    pub(crate) policy: Policy,
    pub(crate) findings: Vec<Finding>,
    pub(crate) files: Vec<String>,
    pub(crate) haplotypes: Vec<haplotypes::HaplotypeRow>,
    known: Vec<circumstances::CircumstancesRow>,
}

/// Reads one file of any kind.
fn read(path: &PathBuf, into: &mut Contents) -> anyhow::Result<()> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("{name} is not UTF-8; save it as UTF-8"))?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = start
        .lines()
        .find(|l| !l.starts_with('#') && !l.trim().is_empty())
        .unwrap_or_default()
        .to_lowercase();
    let has = |word: &str| {
        head.split([',', ';', '\t']).any(|c| {
            c.trim()
                .trim_matches('"')
                .replace(' ', "_")
                .starts_with(word)
        })
    };
    if start.starts_with('<') {
        add(into, xml::read(&text, &name)?);
    } else if head.contains("familias") {
        add(into, fam::read(&text, &name)?);
    } else if start.starts_with("#PM")
        || start.starts_with("#dataset")
        || start.starts_with("#FREQ")
    {
        add(into, dvi::read(&text, &name)?);
    } else if has("father") || has("fid") {
        into.persons.extend(pedigrees::read(&text, &name)?);
    } else if has("sample") || has("remains") || has("specimen") {
        into.samples.extend(profiles::read(&text, &name)?);
    } else if has("allele") {
        into.table.extend(frequencies::read(&text, &name)?);
    } else {
        anyhow::bail!(
            "{name} is none of the kinds that are known: pedigrees (father, mother), profiles (sample), frequencies \
             (allele), .fam, XML"
        );
    }
    Ok(())
}

/// A file's text, and its name for messages.
fn text(path: &PathBuf) -> anyhow::Result<(String, String)> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    Ok((text, name))
}

fn add(into: &mut Contents, more: Contents) {
    into.persons.extend(more.persons);
    into.samples.extend(more.samples);
    into.table.extend(more.table);
    into.remarks.extend(more.remarks);
    into.theta = more.theta.or(into.theta);
}

/// A frequency table alone.
pub(crate) fn table(path: &PathBuf) -> anyhow::Result<Contents> {
    let mut contents = Contents::default();
    read(path, &mut contents)?;
    Ok(contents)
}

impl Data {
    /// The records of all files, with as many of their errors as can be named.
    pub(crate) fn contents(&self) -> anyhow::Result<Contents> {
        let mut contents = Contents::default();
        let mut wrong = Vec::new();
        for path in &self.files {
            if let Err(error) = read(path, &mut contents) {
                wrong.push(format!("{error:#}"));
            }
        }
        anyhow::ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(contents)
    }

    /// The case; findings and remarks go to standard error.
    pub(crate) fn load(&self) -> anyhow::Result<Loaded> {
        let contents = self.contents()?;
        let file = match &self.policy {
            Some(path) => {
                let (text, name) = text(path)?;
                PolicyFile::read(&text).with_context(|| name)?
            }
            None => PolicyFile::default(),
        };
        let told = Model {
            theta: self.theta,
            minimum_frequency: self.minimum_frequency,
            drop_out: self.drop_out,
            drop_in: self.drop_in,
            typing_error: None,
            mutation: self.mutation.clone(),
            rate_female: self.rate_female,
            rate_male: self.rate_male,
        };
        let model = told.or(file.model());
        let options = model.options()?;
        let known = match &self.circumstances {
            Some(path) => {
                let (text, name) = text(path)?;
                circumstances::read(&text, &name)?
            }
            None => Vec::new(),
        };
        let haplotypes = match &self.haplotypes {
            Some(path) => {
                let (text, name) = text(path)?;
                haplotypes::read(&text, &name)?
            }
            None => Vec::new(),
        };
        let findings = check(&contents);
        for finding in findings
            .iter()
            .filter(|f| f.what.severity() > Severity::Note)
        {
            eprintln!("{finding}");
        }
        let case = build(&contents, &options);
        for remark in &case.remarks {
            eprintln!("{remark}");
        }
        for row in &haplotypes {
            if case.remains(&row.sample).is_none() {
                eprintln!(
                    "{}: there are no remains {}, so that the count is not used",
                    row.place, row.sample
                );
            }
        }
        anyhow::ensure!(
            !case.loci.is_empty(),
            "no marker can be used: give a frequency table"
        );
        Ok(Loaded {
            theta: model.theta.or(contents.theta).unwrap_or(0.0),
            contents,
            case,
            options,
            policy: file.policy()?,
            findings,
            files: self.files.iter().map(|f| f.display().to_string()).collect(),
            haplotypes,
            known,
        })
    }
}

impl Loaded {
    pub(crate) fn family(&self, name: &str) -> anyhow::Result<&Family> {
        self.case.family(name).with_context(|| {
            let names: Vec<&str> = self.case.families.iter().map(|f| f.name.as_str()).collect();
            format!("there is no family {name}; there are {}", names.join(", "))
        })
    }

    pub(crate) fn remains(&self, sample: &str) -> anyhow::Result<&Remains> {
        self.case
            .remains(sample)
            .with_context(|| format!("there are no remains {sample}"))
    }

    /// The missing person of a family: the one named, or the only one.
    pub(crate) fn missing(&self, family: &Family, named: Option<&str>) -> anyhow::Result<usize> {
        match (named, family.missing.as_slice()) {
            (Some(id), _) => family
                .pedigree
                .place(id)
                .with_context(|| format!("in the family {}", family.name)),
            (None, [one]) => Ok(*one),
            (None, []) => anyhow::bail!("nobody in the family {} is missing", family.name),
            (None, several) => {
                let ids: Vec<&str> = several.iter().map(|m| family.id(*m)).collect();
                anyhow::bail!(
                    "the family {} misses {}: name one with --missing",
                    family.name,
                    ids.join(", ")
                )
            }
        }
    }

    /// How what is known besides DNA compares.
    pub(crate) fn agreement(
        &self,
        family: &Family,
        missing: usize,
        remains: &Remains,
    ) -> Agreement {
        let nothing = Circumstances::default();
        let id = family.id(missing);
        let of = |r: &&circumstances::CircumstancesRow| {
            r.person.as_deref() == Some(id) && r.family.as_deref().is_none_or(|f| f == family.name)
        };
        let person = self.known.iter().find(of);
        let body = self
            .known
            .iter()
            .find(|r| r.sample.as_deref() == Some(&remains.profile.name));
        Agreement::of(
            family,
            missing,
            remains,
            person.map_or(&nothing, |r| &r.known),
            body.map_or(&nothing, |r| &r.known),
        )
    }

    /// The factor of what is known besides DNA.
    pub(crate) fn factor(&self, family: &Family, missing: usize, remains: &Remains) -> f64 {
        self.agreement(family, missing, remains)
            .factor(&self.policy)
    }
}
