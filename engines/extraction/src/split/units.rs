//! The stretches of a sentence into recommendations, by the states that stand behind each.

use std::collections::HashSet;

use super::{
    Part, Stretch,
    asks::{asks, is_aside, leans},
    lend::{is_bare, lend, listed_on},
    parallel::parallel,
    push,
};

/// Stretches that make one recommendation, or several that grow from the same beginning.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) first: String,
    /// What the report itself says where `first` was given an object.
    pub(super) bare: Option<String>,
    pub(super) of: Vec<String>,
    /// What some states asked for in the place of `first`.
    pub(super) instead: Vec<(String, Vec<String>)>,
    pub(super) more: Vec<(String, Vec<String>)>,
    /// Whether a state that made the unit before made both at once.
    pub(super) joined: bool,
}

impl Unit {
    fn new(stretch: &Stretch, joined: bool) -> Self {
        Unit {
            first: stretch.text.clone(),
            bare: None,
            of: stretch.states.clone(),
            instead: Vec::new(),
            more: Vec::new(),
            joined,
        }
    }

    pub(super) fn states(&self) -> Vec<String> {
        let mut known = HashSet::new();
        self.of
            .iter()
            .chain(self.instead.iter().flat_map(|(_, states)| states))
            .chain(self.more.iter().flat_map(|(_, states)| states))
            .filter(|state| known.insert(state.as_str()))
            .cloned()
            .collect()
    }

    fn add(&self, state: &String, followed: bool, text: &mut String) {
        let instead = self.instead.iter().find(|(_, of)| of.contains(state));
        let bare = self.bare.as_ref().filter(|_| followed);
        let first = instead.map(|(first, _)| first).or(bare);
        text.push_str(first.unwrap_or(&self.first));
        for (more, _) in self.more.iter().filter(|(_, of)| of.contains(state)) {
            text.push_str(more);
        }
    }
}

pub(super) fn read_sentence(units: &mut Vec<Unit>, sentence: &[Stretch], to: bool) {
    let (begun, mut n) = (units.len(), 0);
    let bare: Vec<bool> = sentence.iter().map(|s| is_bare(&s.text)).collect();
    while n < sentence.len() {
        let run = bare[n..].iter().take_while(|bare| **bare).count();
        if run > 0
            && let Some(object) = sentence.get(n + run)
        {
            let lent = lend(&sentence[n..n + run], object, to);
            if let Some((mut lent, taken)) = lent {
                if let Some(first) = lent.first_mut().filter(|_| n == 0) {
                    first.joined = false;
                }
                units.append(&mut lent);
                n += run + usize::from(taken);
                if !taken {
                    units.push(Unit::new(object, !object.text.starts_with('/')));
                    n += 1;
                }
                continue;
            }
        }
        let stretch = &sentence[n];
        let text = stretch.text.as_str();
        let new = asks(text, to) && !leans(text) && !is_aside(text);
        let list = units
            .last()
            .filter(|_| !new)
            .and_then(|unit| listed_on(unit, stretch));
        if let Some(unit) = list {
            units.push(unit);
        } else if new || units.len() == begun {
            units.push(Unit::new(stretch, n > 0 && !text.starts_with('/')));
        } else {
            let before = n.checked_sub(1).and_then(|n| sentence.get(n));
            go_on(units, stretch, before);
        }
        n += 1;
    }
}

/// How many recommendations of an item an aside is looked up in.
const LOOKED_BACK: usize = 8;

/// A stretch that does not ask goes on with what was asked before it. `before` is the stretch before it.
fn go_on(units: &mut [Unit], stretch: &Stretch, before: Option<&Stretch>) {
    let text = stretch.text.as_str();
    let mut of = stretch.states.clone();
    // An aside of a state that asked for something earlier in the sentence is an aside to that.
    if is_aside(text)
        && let Some((last, before)) = units.split_last_mut()
    {
        let known: HashSet<String> = last.states().into_iter().collect();
        for unit in before.iter_mut().rev().take(LOOKED_BACK) {
            let earlier: HashSet<String> = unit.states().into_iter().collect();
            let (its, rest): (Vec<String>, Vec<String>) = of
                .into_iter()
                .partition(|state| !known.contains(state) && earlier.contains(state));
            if !its.is_empty() {
                unit.more.push((text.to_owned(), its));
            }
            of = rest;
        }
    }
    if of.is_empty() {
        return;
    }
    // "Freedom of expression (X) and of the media (Y)": Y asks for the second in the place of the first.
    if let Some(before) = before.filter(|before| !shares(&of, &before.states)) {
        let aside = parallel(&before.text, text);
        let hung = |unit: &Unit| {
            unit.more
                .last()
                .is_some_and(|(last, _)| *last == before.text)
        };
        let unit = units
            .iter_mut()
            .rev()
            .take(LOOKED_BACK)
            .find(|unit| hung(unit));
        if let (Some(aside), Some(unit)) = (aside, unit)
            && (shares(&of, &unit.of) || !shares(&unit.of, &before.states))
        {
            unit.more.push((aside, of));
            return;
        }
        if let Some(last) = units.last_mut().filter(|unit| unit.more.is_empty())
            && (last.first == before.text || !last.instead.is_empty())
            && !shares(&of, &last.states())
            && let Some(first) = parallel(&last.first, text)
        {
            last.instead.push((first, of));
            return;
        }
    }
    if let Some(last) = units.last_mut() {
        last.more.push((text.to_owned(), of));
    }
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().any(|state| b.contains(state))
}

/// One recommendation for each set of states that made the same stretches of a sentence.
pub(super) fn written(parts: &mut Vec<Part>, units: &[Unit]) {
    let of: Vec<Vec<String>> = units.iter().map(Unit::states).collect();
    let known: Vec<HashSet<&String>> = of.iter().map(|states| states.iter().collect()).collect();
    for (n, states) in of.iter().enumerate() {
        let mut sets: Vec<(String, Vec<String>)> = Vec::new();
        for state in states {
            if n > 0 && units[n].joined && known[n - 1].contains(state) {
                continue;
            }
            let mut text = String::new();
            for (at, unit) in units.iter().enumerate().skip(n) {
                if at > n && !(unit.joined && known[at].contains(state)) {
                    break;
                }
                let followed = units
                    .get(at + 1)
                    .is_some_and(|next| next.joined && known[at + 1].contains(state));
                unit.add(state, followed, &mut text);
            }
            match sets.iter_mut().find(|(known, _)| *known == text) {
                Some((_, of)) => of.push(state.clone()),
                None => sets.push((text, vec![state.clone()])),
            }
        }
        for (text, states) in sets {
            push(parts, &text, &states);
        }
    }
}
