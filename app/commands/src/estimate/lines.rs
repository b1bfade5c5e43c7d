//! One estimate with what was supposed for it.

use mandate_estimation::{Posterior, bounds::Estimate};
use mandate_language::{Arg, Language};
use serde_json::{Value, json};

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// An answer to the question.
    Answer,
    /// The same question under another supposition.
    Sensitivity,
    /// What can be had by hand, to set beside an answer.
    ByHand,
}

/// How it was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Graphs,
    Classes,
    Aic,
    Bic,
    Sparse,
    Coverage,
    Chapman,
    Bound,
}

impl Method {
    /// The name that results are found by.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Graphs => "graphs",
            Self::Classes => "latent classes",
            Self::Aic => "log-linear, AIC",
            Self::Bic => "log-linear, BIC",
            Self::Sparse => "log-linear, stepwise",
            Self::Coverage => "sample coverage",
            Self::Chapman => "Chapman",
            Self::Bound => "Chao's lower bound",
        }
    }

    pub(crate) fn words(self, l: &Language) -> String {
        l.text(match self {
            Self::Graphs => "estimate-by-graphs",
            Self::Classes => "estimate-by-classes",
            Self::Aic => "estimate-by-aic",
            Self::Bic => "estimate-by-bic",
            Self::Sparse => "estimate-by-sparse",
            Self::Coverage => "estimate-by-coverage",
            Self::Chapman => "estimate-by-chapman",
            Self::Bound => "estimate-by-bound",
        })
    }
}

/// What was supposed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Setting {
    Usual,
    Delta(f64),
    EvenPrior,
    Classes(usize),
    Concentration,
    Without(String),
    Lists(Vec<String>),
    Model(String),
    Linkages(usize),
    Apart,
    Pooled,
}

impl Setting {
    /// The name that results are found by.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Usual => String::new(),
            Self::Delta(delta) => format!("delta {delta}"),
            Self::EvenPrior => "every total as probable".to_owned(),
            Self::Classes(k) => format!("K = {k}"),
            Self::Concentration => "a = b = 1".to_owned(),
            Self::Without(list) => format!("without {list}"),
            Self::Lists(lists) => lists.join(" and "),
            Self::Model(model) => model.clone(),
            Self::Linkages(draws) => format!("{draws} linkages"),
            Self::Apart => "each part by itself".to_owned(),
            Self::Pooled => "one graph for all parts".to_owned(),
        }
    }

    fn words(&self, l: &Language) -> String {
        let text = |s: &str| Arg::Text(s.to_owned());
        match self {
            Self::Usual => String::new(),
            Self::Delta(delta) => {
                let digits = delta
                    .to_string()
                    .split_once('.')
                    .map_or(0, |(_, d)| d.len());
                let delta = l.decimal(*delta, digits.min(6) as u8);
                l.with("estimate-with-delta", &[("delta", Arg::Text(delta))])
            }
            Self::EvenPrior => l.text("estimate-with-even-prior"),
            Self::Classes(k) => format!("K = {k}"),
            Self::Concentration => "a = b = 1".to_owned(),
            Self::Without(list) => l.with("estimate-without", &[("list", text(list))]),
            Self::Lists(lists) => lists.join(" + "),
            Self::Model(model) => model.clone(),
            Self::Linkages(draws) => l.with(
                "estimate-with-linkages",
                &[("draws", Arg::Integer(*draws as i64))],
            ),
            Self::Apart => l.text("estimate-apart"),
            Self::Pooled => l.text("estimate-pooled"),
        }
    }
}

/// An estimate with what was supposed for it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) role: Role,
    pub(crate) method: Method,
    pub(crate) setting: Setting,
    pub(crate) low: f64,
    pub(crate) middle: f64,
    pub(crate) high: f64,
}

impl Line {
    pub(crate) fn of(role: Role, method: Method, setting: Setting, total: &Posterior) -> Self {
        let interval = total.interval(0.95);
        Self {
            role,
            method,
            setting,
            low: interval.lower as f64,
            middle: total.median() as f64,
            high: interval.upper as f64,
        }
    }

    pub(crate) fn by_hand(role: Role, method: Method, setting: Setting, total: Estimate) -> Self {
        Self {
            role,
            method,
            setting,
            low: total.lower,
            middle: total.value,
            high: total.upper,
        }
    }

    pub(crate) fn label(&self, l: &Language) -> String {
        let (method, setting) = (self.method.words(l), self.setting.words(l));
        if setting.is_empty() {
            method
        } else {
            format!("{method}: {setting}")
        }
    }

    pub(crate) fn json(&self, stratum: &str) -> Value {
        let role = match self.role {
            Role::Answer => "answer",
            Role::Sensitivity => "sensitivity",
            Role::ByHand => "by hand",
        };
        json!({
            "stratum": stratum,
            "role": role,
            "method": self.method.key(),
            "setting": self.setting.key(),
            "low": people(self.low),
            "median": people(self.middle),
            "high": people(self.high),
        })
    }
}

/// A whole number of people; nothing where there is no bound.
fn people(of: f64) -> Option<u64> {
    (of.is_finite() && of >= 0.0).then_some(of.round() as u64)
}
