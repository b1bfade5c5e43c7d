//! The report on one set of remains and one missing person, in words, drawing and tables.

use mandate_kinship::{Profile, posterior::is_stable};
use mandate_language::{Arg, Language};

use super::{
    draw,
    numbers::{ratio, share, spelt},
    report::{Page, Table},
    weigh::{Weighed, method, shown, yes},
};

/// So many relatives have a column of their own in the table of markers.
const COLUMNS: usize = 6;

impl Weighed<'_> {
    pub(super) fn page(&self, l: &Language) -> Page {
        let title = l.with(
            "kinship-title-weigh",
            &[
                ("remains", self.remains.profile.name.as_str().into()),
                ("missing", self.missing_id().into()),
                ("family", self.family.name.as_str().into()),
            ],
        );
        let mut page = Page {
            words: self.words(l),
            drawing: Some(draw::family(l, self.family)),
            tables: vec![self.markers(l), self.probability(l), self.assumptions(l)],
            ..Page::new(l, title)
        };
        page.tables.extend(self.lines.table(l));
        method(&mut page, l, self.loaded);
        page
    }

    fn missing_id(&self) -> &str {
        self.family.id(self.missing)
    }

    /// What a family's lawyer needs to know, in sentences.
    fn words(&self, l: &Language) -> Vec<String> {
        let missing = || Arg::from(self.missing_id());
        let policy = &self.loaded.policy;
        let mut relatives: Vec<String> = self
            .family
            .typed
            .iter()
            .map(|(at, _)| self.family.id(*at).to_owned())
            .collect();
        relatives.dedup();
        let log10 = self.found.log10;
        let mut words = vec![l.with(
            "kinship-words-compared",
            &[
                ("remains", self.remains.profile.name.as_str().into()),
                ("missing", missing()),
                ("relatives", Arg::List(relatives)),
            ],
        )];
        let weighed = |id, log10| {
            l.with(
                id,
                &[("ratio", spelt(l, log10).into()), ("missing", missing())],
            )
        };
        if log10 == f64::NEG_INFINITY {
            words.push(l.with("kinship-words-impossible", &[("missing", missing())]));
        } else if log10 >= 0.0 {
            words.push(weighed("kinship-words-for", log10));
        } else {
            words.push(weighed("kinship-words-against", -log10));
        }
        if !self.needed.is_empty() && log10 > f64::NEG_INFINITY {
            let markers = self.needed.keys().map(|m| (*m).to_owned()).collect();
            words.push(l.with("kinship-words-mutation", &[("markers", Arg::List(markers))]));
        }
        words.push(l.with(
            "kinship-words-prior",
            &[
                ("missing", missing()),
                ("count", Arg::Integer(i64::from(policy.missing))),
                ("prior", share(l, self.conclusion.prior).into()),
                ("factor", l.decimal(self.factor, 2).into()),
            ],
        ));
        words.push(l.with(
            "kinship-words-posterior",
            &[("posterior", share(l, self.conclusion.posterior).into())],
        ));
        if log10 > 0.0 {
            words.push(l.with(
                "kinship-words-chance",
                &[("number", ratio(l, self.conclusion.by_chance.log10()).into())],
            ));
        }
        let reached = self.conclusion.ratio_reached && self.conclusion.posterior_reached;
        words.push(l.with(
            if reached {
                "kinship-words-reached"
            } else {
                "kinship-words-not-reached"
            },
            &[
                ("ratio", spelt(l, policy.log10_threshold).into()),
                ("posterior", share(l, policy.posterior_threshold).into()),
            ],
        ));
        words.extend(self.lines.words(l));
        words.push(l.text(if is_stable(&self.conclusion, &self.others) {
            "kinship-words-stable"
        } else {
            "kinship-words-unstable"
        }));
        words.push(l.with("kinship-words-relatives", &[("missing", missing())]));
        words.push(l.text("kinship-words-rights"));
        words
    }

    fn markers(&self, l: &Language) -> Table {
        let relatives: Vec<&(usize, Profile)> = self.family.typed.iter().take(COLUMNS).collect();
        let mut heads = vec![l.text("kinship-marker"), l.text("kinship-remains")];
        heads.extend(
            relatives
                .iter()
                .map(|(at, _)| self.family.id(*at).to_owned()),
        );
        heads.extend([l.text("kinship-ratio"), l.text("kinship-mutations")]);
        let mut rows: Vec<Vec<String>> = self
            .found
            .markers
            .iter()
            .map(|m| {
                let mut row = vec![m.marker.clone(), shown(&self.remains.profile, &m.marker)];
                row.extend(relatives.iter().map(|(_, p)| shown(p, &m.marker)));
                row.push(ratio(l, m.log10));
                let needed = self.needed.get(m.marker.as_str());
                row.push(needed.map_or_else(String::new, ToString::to_string));
                row
            })
            .collect();
        let mut sum = vec![l.text("kinship-all"), String::new()];
        sum.extend(relatives.iter().map(|_| String::new()));
        let needed: u32 = self.needed.values().sum();
        sum.extend([ratio(l, self.found.log10), needed.to_string()]);
        rows.push(sum);
        Table {
            title: l.text("kinship-markers"),
            caption: l.text("kinship-markers-caption"),
            heads,
            rows,
            sum: true,
        }
    }

    fn probability(&self, l: &Language) -> Table {
        let policy = &self.loaded.policy;
        let told = &self.conclusion;
        let agreement = self
            .loaded
            .agreement(self.family, self.missing, self.remains);
        let mut rows = vec![
            vec![l.text("kinship-ratio"), ratio(l, told.log10_lr)],
            vec![l.text("kinship-log-ratio"), exponent(l, told.log10_lr)],
            vec![
                l.text("kinship-threshold-ratio"),
                format!(
                    "{} ({})",
                    ratio(l, policy.log10_threshold),
                    reached(l, told.ratio_reached)
                ),
            ],
            vec![
                l.text("kinship-missing-count"),
                l.number(i64::from(policy.missing)),
            ],
            vec![
                l.text("kinship-remains-count"),
                l.number(i64::from(policy.remains)),
            ],
        ];
        for (label, agrees) in [
            ("kinship-sex", agreement.sex),
            ("kinship-age", agreement.age),
            ("kinship-site", agreement.site),
            ("kinship-date", agreement.date),
        ] {
            let word = match agrees {
                Some(true) => "kinship-agrees",
                Some(false) => "kinship-differs",
                None => "kinship-not-known",
            };
            rows.push(vec![l.text(label), l.text(word)]);
        }
        rows.extend([
            vec![l.text("kinship-factor"), l.decimal(self.factor, 2)],
            vec![l.text("kinship-prior"), share(l, told.prior)],
            vec![l.text("kinship-posterior"), share(l, told.posterior)],
            vec![
                l.text("kinship-threshold-posterior"),
                format!(
                    "{} ({})",
                    share(l, policy.posterior_threshold),
                    reached(l, told.posterior_reached)
                ),
            ],
            vec![
                l.text("kinship-by-chance"),
                ratio(l, told.by_chance.log10()),
            ],
        ]);
        Table::new(
            l,
            "kinship-probability",
            &["kinship-quantity", "kinship-value"],
            rows,
        )
        .caption(l, "kinship-probability-caption")
    }

    fn assumptions(&self, l: &Language) -> Table {
        let rows = self
            .others
            .iter()
            .map(|other| {
                let what = l.with(
                    &format!("kinship-assumption-{}", other.what),
                    &[("value", written(l, &other.value).into())],
                );
                match &other.posterior {
                    Ok(p) => vec![
                        what,
                        ratio(l, p.log10_lr),
                        share(l, p.posterior),
                        yes(l, p.ratio_reached && p.posterior_reached),
                    ],
                    Err(why) => vec![
                        what,
                        format!("{} ({why})", l.text("kinship-could-not")),
                        String::new(),
                        String::new(),
                    ],
                }
            })
            .collect();
        Table::new(
            l,
            "kinship-sensitivity",
            &[
                "kinship-assumption",
                "kinship-ratio",
                "kinship-posterior",
                "kinship-reached",
            ],
            rows,
        )
        .caption(l, "kinship-sensitivity-caption")
    }
}

/// A number as the language writes it; anything else as it is.
fn written(l: &Language, value: &str) -> String {
    let decimals = value.split_once('.').map_or(0, |(_, part)| part.len());
    match (value.parse::<f64>(), u8::try_from(decimals)) {
        (Ok(number), Ok(decimals)) => l.decimal(number, decimals),
        _ => value.to_owned(),
    }
}

fn reached(l: &Language, yes: bool) -> String {
    l.text(if yes {
        "kinship-reached-yes"
    } else {
        "kinship-reached-no"
    })
}

fn exponent(l: &Language, log10: f64) -> String {
    if log10.is_finite() {
        l.decimal(log10, 2)
    } else {
        "–∞".to_owned()
    }
}
