//! Letters that were lost on the way from one machine to another, as in lists of the 1990s.
//!
//! **Problem.** `Miletiæ` is Miletić written in code page 1250 and read as 1252; `Mileti}` is the same in YUSCII. But
//! `Irène` and `Kjær` are right as they are.
//!
//! **Method.** Each way of going wrong ([`Fault`]) weighs the evidence of the whole string: every letter or sign that it
//! could have produced counts for or against, by where it stands (a `†` between letters; a `æ` after a final `i`; an `è`
//! before a vowel, where French has none). The weights are natural logarithms of odds, set by judgement from the
//! orthographies and not fitted. The fault with the most evidence is undone if the odds are at least 20 to 1, and the
//! result is looked at again, since texts go wrong twice. In a column the evidence of all strings is added, and what the
//! column decides is applied to strings that would not have decided alone (`@ivko`).
//!
//! What is undone is reported. What became `?` or U+FFFD is counted and stays: nobody knows what it was.

mod fault;
mod single;
mod utf8;
mod yuscii;

pub use fault::Fault;

/// The evidence from which a fault is undone: odds of 20 to 1.
const ENOUGH: f64 = 3.0;
/// What a column's decision adds to each of its strings.
const COLUMN: f64 = 4.0;
/// What a column needs, from at least two of its strings.
const COLUMN_ENOUGH: f64 = 8.0;
/// What one string can add to a column's evidence.
const MOST: f64 = 6.0;
/// A text rarely goes wrong twice and hardly ever more often.
const ROUNDS: usize = 8;

/// One fault that was undone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repair {
    /// What had gone wrong.
    pub fault: Fault,
    /// How many letters it had changed.
    pub letters: usize,
    /// The probability that it had, by the evidence.
    pub confidence: f64,
}

/// A text with its letters as they were meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The text; the one given if nothing was undone.
    pub text: String,
    /// What was undone, in this order.
    pub what: Vec<Repair>,
    /// The least of the repairs' confidences; 1 if there is none.
    pub confidence: f64,
    /// Letters that are lost: U+FFFD, and question marks between letters. They stay.
    pub lost: usize,
}

/// A column with its letters as they were meant.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairedColumn {
    /// The faults that the column shows, and in how many of its strings each is certain without the others; the most
    /// frequent first. A column put together from several machines shows several.
    pub faults: Vec<(Fault, usize)>,
    /// Every string.
    pub texts: Vec<Repaired>,
}

/// Undoes what a text shows to have gone wrong. Undoing it again changes nothing.
///
/// ```
/// use mandate_names::{Fault, repair};
/// let repaired = repair("Zoran Miletiæ");
/// assert_eq!(repaired.text, "Zoran Miletić");
/// assert_eq!(repaired.what[0].fault, Fault::Cp1250AsCp1252);
/// assert_eq!(repair("Irène Kjær").text, "Irène Kjær");
/// ```
pub fn repair(text: &str) -> Repaired {
    repair_knowing(text, &[])
}

/// Undoes what a column shows to have gone wrong: a string that could be either way follows the others.
///
/// ```
/// use mandate_names::{repair, repair_column};
/// assert_eq!(repair("@ivko").text, "@ivko");
/// let column = repair_column(&["Mileti}", "Petrovi}", "@ivko", "Ana"]);
/// assert_eq!(column.texts[2].text, "Živko");
/// ```
pub fn repair_column(texts: &[&str]) -> RepairedColumn {
    let mut votes = [Votes::default(); Fault::ALL.len()];
    for text in texts.iter().filter(|text| is_suspicious(text)) {
        let evidence = Fault::ALL.map(|fault| {
            if fault.may_show(text) {
                fault.evidence(text)
            } else {
                0.0
            }
        });
        let best = evidence
            .iter()
            .enumerate()
            .rev()
            .max_by(|a, b| a.1.total_cmp(b.1));
        match best {
            // What one fault explains says nothing about the others.
            Some((best, &most)) if most >= ENOUGH => {
                votes[best].certain += 1;
                votes[best].evidence += most.min(MOST);
            }
            _ => {
                for (votes, one) in votes.iter_mut().zip(evidence) {
                    votes.evidence += one.clamp(0.0, MOST);
                    votes.against += (-one).clamp(0.0, MOST);
                }
            }
        }
    }
    let shown = Fault::ALL
        .into_iter()
        .zip(votes)
        .filter(|(_, votes)| votes.enough());
    let mut faults: Vec<(Fault, usize)> =
        shown.map(|(fault, votes)| (fault, votes.certain)).collect();
    faults.sort_by_key(|(_, certain)| std::cmp::Reverse(*certain));
    let known: Vec<Fault> = faults.iter().map(|(fault, _)| *fault).collect();
    RepairedColumn {
        texts: texts
            .iter()
            .map(|text| repair_knowing(text, &known))
            .collect(),
        faults,
    }
}

/// What a column says about a fault.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    evidence: f64,
    against: f64,
    certain: usize,
}

impl Votes {
    fn enough(&self) -> bool {
        self.certain >= 2 && self.evidence >= COLUMN_ENOUGH && self.against < self.evidence / 2.0
    }
}

/// Whether a text has any character that some fault could have made. Quick.
fn is_suspicious(text: &str) -> bool {
    !text.is_ascii() || yuscii::may_show(text)
}

fn repair_knowing(text: &str, known: &[Fault]) -> Repaired {
    let mut repaired = Repaired {
        text: text.to_owned(),
        what: Vec::new(),
        confidence: 1.0,
        lost: 0,
    };
    while repaired.what.len() < ROUNDS && is_suspicious(&repaired.text) {
        let Some((fault, evidence)) = decide(&repaired.text, known) else {
            break;
        };
        let (text, letters) = fault.undo(&repaired.text);
        if letters == 0 {
            break;
        }
        let confidence = 1.0 / (1.0 + (-evidence).exp());
        repaired.confidence = repaired.confidence.min(confidence);
        repaired.what.push(Repair {
            fault,
            letters,
            confidence,
        });
        repaired.text = text;
    }
    repaired.lost = lost(&repaired.text);
    repaired
}

/// The fault with the most evidence, if it is enough.
fn decide(text: &str, known: &[Fault]) -> Option<(Fault, f64)> {
    let mut best: Option<(Fault, f64)> = None;
    for fault in Fault::ALL {
        if !fault.may_show(text) {
            continue;
        }
        let own = fault.evidence(text);
        let prior = if known.contains(&fault) && own > fault.least_for_column() {
            COLUMN
        } else {
            0.0
        };
        let evidence = own + prior;
        let most = best.map_or(ENOUGH, |(_, most)| most);
        if evidence > most || (best.is_none() && evidence >= most) {
            best = Some((fault, evidence));
        }
    }
    best
}

fn lost(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let marks = letters
        .windows(3)
        .filter(|three| three[0].is_alphabetic() && three[1] == '?' && three[2].is_alphabetic())
        .count();
    marks
        + letters
            .iter()
            .filter(|&&c| c == char::REPLACEMENT_CHARACTER)
            .count()
}
