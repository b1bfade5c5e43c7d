//! One-to-one matching of proposals and rows on normalised text (Dice over words, at least 0.85); rows of a report that
//! differ only by the recommending state are one.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::print_stdout)]

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    path::{Path, PathBuf},
    time::Instant,
};

use mandate_extraction::{Limits, propose, read, state_name};

/// File, the state as the rows write it, session.
pub const REPORTS: [(&str, &str, &str); 24] = [
    ("albania2010", "Albania", "6"),
    ("austria2011", "Austria", "10"),
    ("belgium2011", "Belgium", "11"),
    ("bosniaandherzegovina2010", "Bosnia & Herzegovina", "7"),
    ("brazil2008", "Brazil", "1"),
    ("bulgaria2011", "Bulgaria", "9"),
    ("croatia2011", "Croatia", "9"),
    ("cyprus2010", "Cyprus", "6"),
    ("estonia2011", "Estonia", "10"),
    ("france2008", "France", "2"),
    ("georgia2011", "Georgia", "10"),
    ("germany2009", "Germany", "4"),
    ("greece2011", "Greece", "11"),
    ("hungary2011", "Hungary", "11"),
    ("ireland2011", "Ireland", "12"),
    ("kenya2010", "Kenya", "8"),
    ("kyrgysztan2010", "Kyrgyzstan", "8"),
    ("macedonia2009", "Macedonia FYR", "5"),
    ("mexico2009", "Mexico", "4"),
    ("montenegro2009", "Montenegro", "3"),
    ("nepal2011", "Nepal", "10"),
    ("serbia2009", "Serbia", "3"),
    ("slovenia2010", "Slovenia", "7"),
    ("turkey2010", "Turkey", "8"),
];

/// Reports that the rules were written by; the others were only measured.
const DEVELOPED: [&str; 12] = [
    "albania",
    "belgium",
    "brazil",
    "croatia",
    "estonia",
    "georgia",
    "greece",
    "ireland",
    "kyrgysztan",
    "mexico",
    "nepal",
    "slovenia",
];

pub struct Report {
    pub name: String,
    pub rows: usize,
    pub proposed: usize,
    pub matched: usize,
    pub states_right: usize,
    pub states_of: usize,
    pub millis: f64,
    missed: Vec<String>,
    invented: Vec<String>,
    wrong_states: Vec<String>,
}

impl Report {
    pub fn recall(&self) -> f64 {
        self.matched as f64 / self.rows.max(1) as f64
    }
    pub fn precision(&self) -> f64 {
        self.matched as f64 / self.proposed.max(1) as f64
    }
    pub fn developed(&self) -> bool {
        DEVELOPED.iter().any(|name| self.name.starts_with(name))
    }
    pub fn misses(&self) {
        for text in &self.missed {
            println!("   - {text}");
        }
        for text in &self.invented {
            println!("   + {text}");
        }
        for text in &self.wrong_states {
            println!("   s {text}");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:26} {:4} rows {:4} proposed {:4} matched  recall {:.3}  precision {:.3}  states {:.3}  {:5.0} ms",
            self.name,
            self.rows,
            self.proposed,
            self.matched,
            self.recall(),
            self.precision(),
            self.states_right as f64 / self.states_of.max(1) as f64,
            self.millis
        )
    }
}

pub struct Total {
    pub recall: f64,
    pub precision: f64,
    pub states: f64,
    pub lowest: f64,
    median: f64,
    developed: (f64, f64),
    held_out: (f64, f64),
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "all 24: recall {:.4} precision {:.4} states {:.4}; lowest of a report {:.3}; median {:.0} ms\n\
             developed on: {:.4} {:.4}; held out: {:.4} {:.4}",
            self.recall,
            self.precision,
            self.states,
            self.lowest,
            self.median,
            self.developed.0,
            self.developed.1,
            self.held_out.0,
            self.held_out.1
        )
    }
}

fn sums<'a>(reports: impl Iterator<Item = &'a Report>) -> (f64, f64, f64) {
    let (mut rows, mut proposed, mut matched, mut right, mut of) = (0, 0, 0, 0, 0);
    for report in reports {
        rows += report.rows;
        proposed += report.proposed;
        matched += report.matched;
        right += report.states_right;
        of += report.states_of;
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    (
        share(matched, rows),
        share(matched, proposed),
        share(right, of),
    )
}

pub fn total(reports: &[Report]) -> Total {
    let (recall, precision, states) = sums(reports.iter());
    let developed = sums(reports.iter().filter(|r| r.developed()));
    let held_out = sums(reports.iter().filter(|r| !r.developed()));
    let mut millis: Vec<f64> = reports.iter().map(|r| r.millis).collect();
    millis.sort_by(f64::total_cmp);
    Total {
        recall,
        precision,
        states,
        lowest: reports
            .iter()
            .map(|r| r.recall().min(r.precision()))
            .fold(1.0, f64::min),
        median: millis[millis.len() / 2],
        developed: (developed.0, developed.1),
        held_out: (held_out.0, held_out.1),
    }
}

/// The folder of the reports, if it is there.
pub fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data =
        std::env::var_os("MANDATE_SHARED_DATA").map_or(root.join("../shared/data"), PathBuf::from);
    Some(data.join("upr")).filter(|folder| folder.is_dir())
}

/// Rows of a report: text, and the states that made it.
type Rows = BTreeMap<String, (String, BTreeSet<String>)>;

pub fn rows(folder: &Path) -> HashMap<(String, String), Rows> {
    let mut all: HashMap<(String, String), Rows> = HashMap::new();
    for name in ["1-5", "6-9", "10-13"] {
        let bytes = std::fs::read(folder.join(format!("{name}.csv"))).unwrap();
        let text = encoding_rs::MACINTOSH
            .decode(&bytes)
            .0
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.deserialize::<HashMap<String, String>>() {
            let row = row.unwrap();
            let key = (row["To"].clone(), row["Session"].clone());
            let text = row["Text"].trim().to_owned();
            let of = all
                .entry(key)
                .or_default()
                .entry(words(&text).join(" "))
                .or_insert((text, BTreeSet::new()));
            of.1.insert(state_name(&row["From"]).unwrap_or(&row["From"]).to_owned());
        }
    }
    all
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['’', '‘'], "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\'').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn dice(a: &[String], b: &[String]) -> f64 {
    let mut counts: HashMap<&str, i32> = HashMap::new();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str())
            && *left > 0
        {
            *left -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()).max(1) as f64
}

pub fn reports(folder: &Path) -> Vec<Report> {
    let rows = rows(folder);
    REPORTS
        .iter()
        .map(|(name, to, session)| {
            let bytes = std::fs::read(folder.join("reports").join(format!("{name}.pdf"))).unwrap();
            let begun = Instant::now();
            let source = read(&bytes, name, &Limits::default()).unwrap();
            let found = propose(&source);
            let millis = begun.elapsed().as_secs_f64() * 1e3;
            let wanted = &rows[&((*to).to_owned(), (*session).to_owned())];
            compare(name, wanted, &found, millis)
        })
        .collect()
}

fn compare(
    name: &str,
    wanted: &Rows,
    found: &[mandate_extraction::Proposal],
    millis: f64,
) -> Report {
    // Proposals with the same words are one, as rows are.
    let mut merged: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for proposal in found {
        let of = merged.entry(words(&proposal.text).join(" ")).or_insert((
            format!("[{}] {}", proposal.paragraph, proposal.text),
            BTreeSet::new(),
        ));
        of.1.extend(proposal.states.iter().cloned());
    }
    let left: Vec<(&String, &(String, BTreeSet<String>))> = wanted.iter().collect();
    let right: Vec<(&String, &(String, BTreeSet<String>))> = merged.iter().collect();
    let tokens = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let left_words: Vec<Vec<String>> = left.iter().map(|(text, _)| tokens(text)).collect();
    let right_words: Vec<Vec<String>> = right.iter().map(|(text, _)| tokens(text)).collect();
    let mut pairs = Vec::new();
    for (i, a) in left_words.iter().enumerate() {
        for (j, b) in right_words.iter().enumerate() {
            let likeness = dice(a, b);
            if likeness >= 0.85 {
                pairs.push((likeness, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_left, mut of_right) = (vec![None; left.len()], vec![false; right.len()]);
    for (_, i, j) in pairs {
        if of_left[i].is_none() && !of_right[j] {
            (of_left[i], of_right[j]) = (Some(j), true);
        }
    }
    let (mut states_right, mut states_of, mut wrong_states) = (0, 0, Vec::new());
    for (i, j) in of_left.iter().enumerate() {
        if let Some(j) = j {
            states_of += 1;
            if left[i].1.1 == right[*j].1.1 {
                states_right += 1;
            } else {
                wrong_states.push(format!(
                    "{:?} <> {:?}: {}",
                    left[i].1.1, right[*j].1.1, right[*j].1.0
                ));
            }
        }
    }
    Report {
        name: name.to_owned(),
        rows: left.len(),
        proposed: right.len(),
        matched: states_of,
        states_right,
        states_of,
        millis,
        missed: (0..left.len())
            .filter(|i| of_left[*i].is_none())
            .map(|i| format!("{:?} {}", left[i].1.1, left[i].1.0))
            .collect(),
        invented: (0..right.len())
            .filter(|j| !of_right[*j])
            .map(|j| format!("{:?} {}", right[j].1.1, right[j].1.0))
            .collect(),
        wrong_states,
    }
}
