//! What is believed about the number of victims before the data.

use serde::{Deserialize, Serialize};

use crate::Error;

/// The prior of the total number, those on lists included.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum PriorOfTotal {
    /// Proportional to 1/N: every doubling is as probable as the next. The usual choice without knowledge of the scale
    /// (Jeffreys), and the default of the R package dga.
    #[default]
    InverseTotal,
    /// Every number in the range is equally probable. It favours large totals and makes the bound of the range matter.
    Uniform,
    /// A Poisson number whose mean is gamma distributed with this shape and scale, a negative binomial: for knowledge from
    /// other sources, as Madigan & York use it. Its mean is `shape * scale`.
    NegativeBinomial {
        /// The shape of the gamma distribution.
        shape: f64,
        /// Its scale.
        scale: f64,
    },
}

impl PriorOfTotal {
    /// Whether its numbers are usable.
    pub(super) fn check(self) -> Result<(), Error> {
        if let Self::NegativeBinomial { shape, scale } = self {
            for (setting, value) in [("shape of the prior", shape), ("scale of the prior", scale)] {
                if !(value.is_finite() && value > 0.0) {
                    return Err(Error::Setting {
                        setting,
                        value,
                        allowed: "a number above 0",
                    });
                }
            }
        }
        Ok(())
    }

    /// The logarithm of the prior at a total, up to a constant.
    #[must_use]
    pub fn ln(self, total: u64) -> f64 {
        let n = total as f64;
        match self {
            Self::InverseTotal => -n.ln(),
            Self::Uniform => 0.0,
            Self::NegativeBinomial { shape, scale } => {
                n * (scale / (1.0 + scale)).ln() + libm::lgamma(n + shape) - libm::lgamma(n + 1.0)
            }
        }
    }
}
