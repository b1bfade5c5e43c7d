//! The settings of a linkage, as they stand in a TOML file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use mandate_linkage::{Clustering, Field, Given, Kind, Of, Options, Rule};
use serde::{Deserialize, Serialize};

/// Everything.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    /// The folder of the results, beside the settings.
    pub(crate) output: PathBuf,
    /// The least probability that a link is kept with.
    #[serde(default = "least")]
    pub(crate) least: f64,
    /// How much rarity counts where values are near but not the same.
    #[serde(default = "near")]
    pub(crate) frequency_of_near: f64,
    /// A list of places that joins names without a common spelling: `kosovo`, which the program carries, or a file.
    #[serde(default)]
    pub(crate) places: Option<String>,
    /// Pairs of which it is known whether they are of one person, to learn from: left, right, decision, as in review files.
    #[serde(default)]
    pub(crate) known_pairs: Option<PathBuf>,
    /// The share of all pairs that are of one person, where it is not to be learned.
    #[serde(default)]
    pub(crate) prior: Option<f64>,
    /// The settings as they were read, by which a stopped run is known again.
    #[serde(skip)]
    pub(crate) text: String,
    /// How clusters grow.
    #[serde(default)]
    pub(crate) clusters: ClusterSettings,
    pub(crate) list: Vec<ListSettings>,
    pub(crate) field: Vec<FieldSettings>,
    pub(crate) rule: Vec<RuleSettings>,
}

/// The list of places that the program carries.
pub(crate) const KOSOVO: &str = "kosovo";

fn least() -> f64 {
    0.01
}

fn near() -> f64 {
    0.5
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct ClusterSettings {
    pub(crate) least: f64,
    pub(crate) unseen: f64,
}

impl Default for ClusterSettings {
    fn default() -> Self {
        let known = Clustering::default();
        Self {
            least: known.least,
            unseen: known.unseen,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ListSettings {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    /// Whether it holds each person at most once.
    #[serde(default)]
    pub(crate) unique: bool,
    /// The column of the record's own number, where there is one.
    #[serde(default)]
    pub(crate) id: Option<String>,
    /// A column of whole names, from which given, father's and family names are read.
    #[serde(default)]
    pub(crate) whole_name: Option<String>,
    /// A column that says who somebody was identified as: two that were identified as two people are never proposed as one.
    #[serde(default)]
    pub(crate) identified: Option<String>,
    /// For each field its column in this list, or several of which each may hold the right value.
    pub(crate) columns: BTreeMap<String, Columns>,
}

/// The columns of a field.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Columns {
    One(String),
    Several(Vec<String>),
}

impl Columns {
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(all) => all,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FieldSettings {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) swaps_with: Option<String>,
    /// Signs between several values of one cell.
    #[serde(default)]
    pub(crate) separators: Option<String>,
    /// A table of a population: value, people, and if one likes the spelling of the register (sq, sr-Latn, sr-Cyrl).
    #[serde(default)]
    pub(crate) frequencies: Option<PathBuf>,
    /// Shares of the levels among pairs of one person and of two, the lowest level first, where they are not to be learned.
    #[serde(default)]
    pub(crate) m: Option<Vec<f64>>,
    #[serde(default)]
    pub(crate) u: Option<Vec<f64>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RuleSettings {
    /// `field:same`, `field:loose`, `field:start`, `field:end`, `field:year`, `field:day-month`.
    pub(crate) on: Vec<String>,
}

pub(crate) fn word(of: Of) -> &'static str {
    match of {
        Of::Same => "same",
        Of::Loose => "loose",
        Of::Start => "start",
        Of::End => "end",
        Of::Year => "year",
        Of::DayMonth => "day-month",
    }
}

impl Settings {
    /// Reads the settings; what they name is beside them.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let mut all: Self =
            toml::from_str(&text).with_context(|| format!("{name} is not right"))?;
        let beside = path.parent().unwrap_or(Path::new(""));
        all.output = beside.join(&all.output);
        all.text = text;
        for list in &mut all.list {
            list.file = beside.join(&list.file);
        }
        for file in all.field.iter_mut().filter_map(|f| f.frequencies.as_mut()) {
            *file = beside.join(&*file);
        }
        if let Some(file) = all.known_pairs.as_mut() {
            *file = beside.join(&*file);
        }
        if all.prior.is_some_and(|prior| !(prior > 0.0 && prior < 1.0)) {
            bail!("{name}: prior must be between 0 and 1");
        }
        if let Some(places) = all.places.as_mut().filter(|places| *places != KOSOVO) {
            *places = beside.join(&*places).display().to_string();
        }
        if all.list.is_empty() {
            bail!("{name} names no list: add [[list]] with name, file and columns");
        }
        for (at, list) in all.list.iter().enumerate() {
            if all.list[..at].iter().any(|other| other.name == list.name) {
                bail!("{name} has two lists that are called \"{}\"", list.name);
            }
        }
        if !(all.least > 0.0 && all.least < 1.0) {
            bail!("{name}: least must be between 0 and 1, not {}", all.least);
        }
        if !(0.0..=1.0).contains(&all.frequency_of_near) {
            bail!("{name}: frequency-of-near must be from 0 to 1");
        }
        all.fields().with_context(|| name.to_string())?;
        all.options().with_context(|| name.to_string())?;
        Ok(all)
    }

    fn place(&self, name: &str) -> anyhow::Result<usize> {
        let found = self.field.iter().position(|field| field.name == name);
        found.with_context(|| format!("there is no field \"{name}\""))
    }

    /// The fields as the engine takes them.
    pub(crate) fn fields(&self) -> anyhow::Result<Vec<Field>> {
        for (at, field) in self.field.iter().enumerate() {
            if self.field[..at]
                .iter()
                .any(|other| other.name == field.name)
            {
                bail!("two fields are called \"{}\"", field.name);
            }
        }
        self.field
            .iter()
            .map(|field| {
                let swaps_with = field.swaps_with.as_deref();
                Ok(Field {
                    name: field.name.clone(),
                    kind: field.kind,
                    swaps_with: swaps_with.map(|other| self.place(other)).transpose()?,
                })
            })
            .collect()
    }

    /// The rules and limits as the engine takes them.
    pub(crate) fn options(&self) -> anyhow::Result<Options> {
        let rules: anyhow::Result<Vec<Rule>> = self
            .rule
            .iter()
            .map(|rule| {
                let on: anyhow::Result<Vec<(usize, Of)>> = rule
                    .on
                    .iter()
                    .map(|part| {
                        let (field, of) = part.rsplit_once(':').unwrap_or((part, "same"));
                        let field = self.place(field)?;
                        let known = Of::for_kind(self.field[field].kind);
                        let of = known.iter().find(|known| word(**known) == of);
                        let all: Vec<&str> = known.iter().map(|known| word(*known)).collect();
                        let of = of.with_context(|| {
                            format!(
                                "\"{part}\": such a field can be asked for {}",
                                all.join(", ")
                            )
                        })?;
                        Ok((field, *of))
                    })
                    .collect();
                Ok(Rule { on: on? })
            })
            .collect();
        let given = (0..)
            .zip(&self.field)
            .filter(|(_, field)| field.m.is_some() || field.u.is_some())
            .map(|(at, field)| Given {
                field: at,
                m: field.m.clone(),
                u: field.u.clone(),
            });
        Ok(Options {
            given: given.collect(),
            prior: self.prior,
            least: self.least,
            frequency_of_near: self.frequency_of_near,
            ..Options::new(rules?)
        })
    }
}
