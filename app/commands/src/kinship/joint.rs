//! `mandate kinship joint`.

use std::io::Write;

use clap::Args;
use mandate_kinship::{
    case::{Family, Remains},
    joint::{Joint as Found, JointOptions, joint as place_all},
    posterior::prior_odds,
};
use mandate_language::{Arg, Language};
use serde_json::{Value, json};

use super::{
    input::{Data, Loaded},
    loci_for_all,
    numbers::{self, plain, ratio, share},
    report::{Output, Page, Table},
    told_progress,
    weigh::method,
};

/// What `mandate kinship joint` is told.
#[derive(Debug, Args)]
pub struct Joint {
    #[command(flatten)]
    data: Data,
    /// Only these families.
    #[arg(long, value_delimiter = ',')]
    families: Vec<String>,
    /// Only these remains.
    #[arg(long, value_delimiter = ',')]
    remains: Vec<String>,
    /// How many assignments are listed.
    #[arg(long, default_value_t = 20)]
    keep: usize,
    /// The most ways to place remains that are weighed in one family.
    #[arg(long, default_value_t = JointOptions::default().most_in_family)]
    most_in_family: usize,
    /// The most steps of the search among families.
    #[arg(long, default_value_t = JointOptions::default().most_steps)]
    most_steps: usize,
    /// Takes every assignment to be as likely as any other before the DNA, whatever the policy says of the number missing.
    #[arg(long)]
    flat: bool,
    /// Lets remains be placed as a person of the other sex.
    #[arg(long)]
    ignore_sex: bool,
    #[command(flatten)]
    output: Output,
}

/// What was weighed, and what came of it.
struct Placed<'a> {
    families: Vec<&'a Family>,
    remains: Vec<&'a Remains>,
    found: Found,
}

pub(crate) fn joint(told: &Joint, to: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = told.data.load()?;
    let loci = loci_for_all(&loaded);
    let families: Vec<&Family> = if told.families.is_empty() {
        let all = loaded.case.families.iter();
        all.filter(|f| !f.missing.is_empty()).collect()
    } else {
        let named = told.families.iter().map(|name| loaded.family(name));
        named.collect::<anyhow::Result<_>>()?
    };
    let remains: Vec<&Remains> = if told.remains.is_empty() {
        loaded.case.remains.iter().collect()
    } else {
        let named = told.remains.iter().map(|name| loaded.remains(name));
        named.collect::<anyhow::Result<_>>()?
    };
    let weights = remains
        .iter()
        .map(|body| {
            let places = families
                .iter()
                .flat_map(|f| f.missing.iter().map(move |m| (f, m)));
            places
                .map(|(family, missing)| {
                    let factor = loaded.factor(family, *missing, body);
                    if told.flat {
                        factor
                    } else {
                        prior_odds(factor, &loaded.policy)
                    }
                })
                .collect()
        })
        .collect();
    let options = JointOptions {
        theta: loaded.theta,
        ignore_sex: told.ignore_sex,
        weights,
        most_in_family: told.most_in_family,
        most_steps: told.most_steps,
        keep: told.keep,
        ..JointOptions::default()
    };
    let progress = told_progress("families");
    let found = place_all(&families, &remains, &loci, &options, &progress)?;
    for (family, why) in &found.left_out {
        eprintln!("the family {} is left out: {why}", families[*family].name);
    }
    eprintln!(
        "{} ways to place remains in families were weighed; at most {:e} of the probability was not looked at",
        found.weighed, found.gap
    );
    let placed = Placed {
        families,
        remains,
        found,
    };
    let columns = [
        "part",
        "rank",
        "assignment",
        "remains",
        "family",
        "missing",
        "log10_likelihood_ratio",
        "probability",
        "gap",
    ];
    numbers::rows(told.output.format, &columns, &placed.rows(), to)?;
    told.output.report(|l| placed.page(l, &loaded, told.flat))
}

impl Placed<'_> {
    fn person(&self, number: usize) -> (&str, &str) {
        let person = self.found.missing[number];
        let family = self.families[person.family];
        (&family.name, family.id(person.member))
    }

    fn pairs(&self, of: &[Option<usize>], nobody: &str) -> Vec<String> {
        of.iter()
            .zip(&self.remains)
            .map(|(person, body)| {
                let name = &body.profile.name;
                match person {
                    Some(person) => format!("{name} = {}", self.person(*person).1),
                    None => format!("{name} = {nobody}"),
                }
            })
            .collect()
    }

    fn rows(&self) -> Vec<Value> {
        let gap = self.found.gap;
        let mut rows: Vec<Value> = (self.found.assignments.iter().enumerate())
            .map(|(rank, a)| {
                json!({
                    "part": "assignment",
                    "rank": rank + 1,
                    "assignment": self.pairs(&a.of, "*"),
                    "log10_likelihood_ratio": plain(a.log10_lr),
                    "probability": a.posterior,
                    "gap": gap,
                })
            })
            .collect();
        for (body, shares) in self.found.pairings.iter().enumerate() {
            for (number, share) in shares.iter().enumerate() {
                let known = number < self.found.missing.len();
                let (family, missing) = if known {
                    self.person(number)
                } else {
                    ("", "*")
                };
                let alone = known
                    .then(|| self.found.pairwise[body][number])
                    .flatten()
                    .map(plain);
                if known && alone.is_none() {
                    continue;
                }
                rows.push(json!({
                    "part": "pairing",
                    "remains": self.remains[body].profile.name,
                    "family": family,
                    "missing": missing,
                    "log10_likelihood_ratio": alone,
                    "probability": share,
                    "gap": gap,
                }));
            }
        }
        rows
    }

    /// Remains that fit two members of one family equally, as those of full siblings without children do.
    fn alike(&self, l: &Language) -> Vec<String> {
        let mut words = Vec::new();
        for (body, shares) in self.found.pairings.iter().enumerate() {
            let best = shares.iter().copied().fold(0.0, f64::max);
            let alike: Vec<usize> = (0..self.found.missing.len())
                .filter(|n| best > 0.01 && (shares[*n] - best).abs() < 1e-6)
                .collect();
            if alike.len() > 1 {
                let names = alike.iter().map(|n| self.person(*n).1.to_owned());
                words.push(l.with(
                    "kinship-joint-alike",
                    &[
                        ("remains", self.remains[body].profile.name.as_str().into()),
                        ("persons", Arg::List(names.collect())),
                    ],
                ));
            }
        }
        words
    }

    fn page(&self, l: &Language, loaded: &Loaded, flat: bool) -> Page {
        let found = &self.found;
        let nobody = l.text("kinship-joint-nobody");
        let assignments = (found.assignments.iter().enumerate())
            .map(|(rank, a)| {
                vec![
                    (rank + 1).to_string(),
                    self.pairs(&a.of, &nobody).join(", "),
                    ratio(l, a.log10_lr),
                    share(l, a.posterior),
                ]
            })
            .collect();
        let mut pairings = Vec::new();
        for (body, shares) in found.pairings.iter().enumerate() {
            let mut order: Vec<usize> = (0..shares.len()).collect();
            order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
            for number in order.into_iter().take(4).filter(|n| shares[*n] >= 0.001) {
                let known = number < found.missing.len();
                let (family, missing) = if known {
                    self.person(number)
                } else {
                    ("", nobody.as_str())
                };
                let alone = known.then(|| found.pairwise[body][number]).flatten();
                pairings.push(vec![
                    self.remains[body].profile.name.clone(),
                    missing.to_owned(),
                    family.to_owned(),
                    alone.map_or_else(String::new, |a| ratio(l, a)),
                    share(l, shares[number]),
                ]);
            }
        }
        let gap = if found.gap > 1e-9 {
            l.with("kinship-joint-gap", &[("gap", share(l, found.gap).into())])
        } else if found.gap > 0.0 {
            l.text("kinship-joint-nearly")
        } else {
            l.text("kinship-joint-exact")
        };
        let mut words = vec![
            l.text("kinship-joint-words"),
            if flat {
                l.text("kinship-joint-flat")
            } else {
                let count = Arg::Integer(i64::from(loaded.policy.missing));
                l.with("kinship-joint-prior", &[("count", count)])
            },
            gap,
        ];
        words.extend(self.alike(l));
        let mut page = Page {
            words,
            tables: vec![
                Table::new(
                    l,
                    "kinship-joint-caption",
                    &[
                        "kinship-rank",
                        "kinship-remains",
                        "kinship-ratio",
                        "kinship-posterior",
                    ],
                    assignments,
                ),
                Table::new(
                    l,
                    "kinship-pairings-caption",
                    &[
                        "kinship-remains",
                        "kinship-missing",
                        "kinship-family",
                        "kinship-ratio",
                        "kinship-posterior",
                    ],
                    pairings,
                ),
            ],
            ..Page::new(l, l.text("kinship-title-joint"))
        };
        method(&mut page, l, loaded);
        let left = found.left_out.iter();
        page.remarks
            .extend(left.map(|(family, why)| format!("{}: {why}", self.families[*family].name)));
        page
    }
}
