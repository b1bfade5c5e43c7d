//! The office's policy file (TOML): thresholds, prior, factors and model, each of which the office answers for.
//!
//! ```toml
//! [threshold]
//! likelihood-ratio = 1e6
//! posterior = 0.9995
//!
//! [prior]
//! missing = 1600
//! remains = 300
//! site = { agrees = 10, differs = 0.2 }   # also: sex, age, date
//!
//! [model]
//! theta = 0.01
//! drop-out = 0.05
//! ```

use mandate_kinship::{
    Mutation, MutationModel, Quality,
    case::CaseOptions,
    posterior::{Factor, Policy},
};
use serde::Deserialize;

/// The file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct PolicyFile {
    threshold: Threshold,
    prior: Prior,
    model: Model,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Threshold {
    likelihood_ratio: Option<f64>,
    posterior: Option<f64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Prior {
    missing: Option<u32>,
    remains: Option<u32>,
    sex: Option<Weights>,
    age: Option<Weights>,
    site: Option<Weights>,
    date: Option<Weights>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    agrees: f64,
    differs: f64,
}

/// How likelihoods are computed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Model {
    pub(crate) theta: Option<f64>,
    pub(crate) minimum_frequency: Option<f64>,
    pub(crate) drop_out: Option<f64>,
    pub(crate) drop_in: Option<f64>,
    pub(crate) typing_error: Option<f64>,
    /// `none`, `equal`, `proportional` or `stepwise`.
    pub(crate) mutation: Option<String>,
    pub(crate) rate_female: Option<f64>,
    pub(crate) rate_male: Option<f64>,
}

impl PolicyFile {
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// Thresholds and prior, with the defaults where the file says nothing.
    pub(crate) fn policy(&self) -> anyhow::Result<Policy> {
        let default = Policy::default();
        let factor = |weights: Option<Weights>| {
            weights.map_or(Factor::NONE, |w| Factor {
                agrees: w.agrees,
                differs: w.differs,
            })
        };
        let policy = Policy {
            log10_threshold: self
                .threshold
                .likelihood_ratio
                .map_or(default.log10_threshold, f64::log10),
            posterior_threshold: self
                .threshold
                .posterior
                .unwrap_or(default.posterior_threshold),
            missing: self.prior.missing.unwrap_or(default.missing),
            remains: self.prior.remains.unwrap_or(default.remains),
            sex: factor(self.prior.sex),
            age: factor(self.prior.age),
            site: factor(self.prior.site),
            date: factor(self.prior.date),
        };
        policy.check()?;
        Ok(policy)
    }

    pub(crate) fn model(&self) -> &Model {
        &self.model
    }
}

impl Model {
    /// What was told on the command line goes before the file.
    pub(crate) fn or(&self, file: &Model) -> Model {
        Model {
            theta: self.theta.or(file.theta),
            minimum_frequency: self.minimum_frequency.or(file.minimum_frequency),
            drop_out: self.drop_out.or(file.drop_out),
            drop_in: self.drop_in.or(file.drop_in),
            typing_error: self.typing_error.or(file.typing_error),
            mutation: self.mutation.clone().or_else(|| file.mutation.clone()),
            rate_female: self.rate_female.or(file.rate_female),
            rate_male: self.rate_male.or(file.rate_male),
        }
    }

    pub(crate) fn options(&self) -> anyhow::Result<CaseOptions> {
        let default = CaseOptions::default();
        let mutation = |rate: Option<f64>, default: &MutationModel| {
            let (stepwise, rate2, range) = match *default {
                MutationModel::Stepwise { rate, rate2, range } => (rate, rate2, range),
                _ => (0.0, 0.0, 0.1),
            };
            let rate = rate.unwrap_or(stepwise);
            Ok(match self.mutation.as_deref().unwrap_or("stepwise") {
                "none" => MutationModel::None,
                "equal" => MutationModel::Equal { rate },
                "proportional" => MutationModel::Proportional { rate },
                "stepwise" => MutationModel::Stepwise { rate, rate2, range },
                other => anyhow::bail!(
                    "\"{other}\" is no mutation model: none, equal, proportional, stepwise"
                ),
            })
        };
        Ok(CaseOptions {
            mutation: Mutation {
                female: mutation(self.rate_female, &default.mutation.female)?,
                male: mutation(self.rate_male, &default.mutation.male)?,
            },
            minimum_frequency: self.minimum_frequency,
            remains: Quality {
                drop_out: self.drop_out.unwrap_or(0.0),
                drop_in: self.drop_in.unwrap_or(0.0),
                typing_error: self.typing_error.unwrap_or(0.0),
            },
            ..default
        })
    }
}
