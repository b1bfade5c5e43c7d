//! Lines into pages: what belongs to the paper and not to the text is left out, words that a line end broke are joined,
//! paragraphs are told apart.

use std::collections::{HashMap, HashSet};

use crate::{
    Page, numbering,
    origin::{self, Origin},
};

/// A line as it stands on the paper. Lengths are in points; `y` grows upwards.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Which line of its page, from 0.
    pub(crate) n: usize,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) text: String,
}

/// A page of lines with its height.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) height: f32,
    pub(crate) lines: Vec<Line>,
}

/// The first thing that looks like the symbol of a document: `A/HRC/13/6`, `CEDAW/C/X/CO/4`.
pub(crate) fn symbol<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.' || c == '-')
    };
    lines
        .flat_map(str::split_whitespace)
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .find(|word| {
            let parts: Vec<&str> = word.split('/').collect();
            parts.len() >= 3
                && word.len() <= 40
                && parts.iter().all(|part| is_part(part))
                && parts[0].chars().all(|c| c.is_ascii_uppercase())
                && parts
                    .last()
                    .is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(str::to_owned)
}

/// The size of the letters that most of the text is set in.
fn body_size(sheets: &[Sheet]) -> f32 {
    let mut letters: HashMap<i32, usize> = HashMap::new();
    for line in sheets.iter().flat_map(|sheet| &sheet.lines) {
        *letters.entry((line.size * 2.0).round() as i32).or_default() += line.text.len();
    }
    letters
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size))
        .map_or(10.0, |(size, _)| size as f32 / 2.0)
}

/// A line without its figures, to see whether it runs through the document.
fn shape(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect::<String>()
        .to_lowercase()
}

pub(crate) fn is_furniture(text: &str) -> bool {
    let text = text.trim();
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let page = text.to_lowercase();
    let page = page.starts_with("page ") && page[5..].trim().chars().all(|c| c.is_ascii_digit());
    let lone_symbol =
        text.split_whitespace().count() <= 1 && symbol(std::iter::once(text)).is_some();
    digits || page || lone_symbol || text.starts_with("GE.")
}

/// Pages of clean text.
pub(crate) fn pages(sheets: Vec<Sheet>) -> Vec<Page> {
    let body = body_size(&sheets);
    let mut running: HashMap<String, usize> = HashMap::new();
    for sheet in &sheets {
        let shapes: HashSet<String> = sheet
            .lines
            .iter()
            .filter(|line| at_edge(line, sheet))
            .map(|line| shape(&line.text))
            .collect();
        for shape in shapes {
            *running.entry(shape).or_default() += 1;
        }
    }
    let often = (sheets.len() / 3).max(3);
    let words = words(&sheets);
    sheets
        .into_iter()
        .enumerate()
        .map(|(at, mut sheet)| {
            let (height, mut lines) = (sheet.height, std::mem::take(&mut sheet.lines));
            let mut origin = Origin::default();
            for (n, line) in lines.iter_mut().enumerate() {
                line.n = n;
                origin.lines.push(origin::Line {
                    text: line.text.clone(),
                    height: Some(line.y.round() as i32),
                    paragraph: None,
                });
            }
            let empty = Sheet {
                height,
                lines: Vec::new(),
            };
            let mut kept: Vec<Line> = lines
                .into_iter()
                .filter(|line| {
                    let edge = at_edge(line, &empty);
                    let runs = running.get(&shape(&line.text)).copied().unwrap_or(0) >= often;
                    !(edge && (runs || is_furniture(&line.text)))
                })
                .collect();
            drop_footnotes(&mut kept, body);
            Page {
                number: u32::try_from(at + 1).unwrap_or(u32::MAX),
                text: paragraphs(&kept, &words, &mut origin),
                origin,
            }
        })
        .collect()
}

/// The upper and the lower eighth of a page.
fn at_edge(line: &Line, sheet: &Sheet) -> bool {
    line.y > sheet.height * 0.875 || line.y < sheet.height * 0.125
}

/// Small letters after the last line of the body are footnotes.
fn drop_footnotes(lines: &mut Vec<Line>, body: f32) {
    let lowest = lines
        .iter()
        .filter(|line| line.size > body * 0.95)
        .map(|line| line.y)
        .fold(f32::INFINITY, f32::min);
    lines.retain(|line| line.size > body * 0.95 || line.y > lowest);
}

fn words(sheets: &[Sheet]) -> HashSet<String> {
    sheets
        .iter()
        .flat_map(|sheet| &sheet.lines)
        .flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.len() > 3)
        .map(str::to_lowercase)
        .collect()
}

fn paragraphs(lines: &[Line], words: &HashSet<String>, origin: &mut Origin) -> String {
    let gap = usual_gap(lines);
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let words_of_line = line.text.trim();
        if words_of_line.is_empty() {
            continue;
        }
        match before {
            None => {}
            Some(last) => {
                let far = last.y - line.y > gap * 1.35 || line.y > last.y + gap;
                let other = (line.size - last.size).abs() > 1.5;
                if far || other || numbering::begins(words_of_line) {
                    text.push('\n');
                } else {
                    let long = text.len();
                    join(&mut text, words_of_line, words);
                    if text.len() < long {
                        origin.cut(text.len());
                    }
                }
            }
        }
        let from = line.text.len() - line.text.trim_start().len();
        origin.push(text.len(), line.n, from, words_of_line.len());
        text.push_str(words_of_line);
        before = Some(line);
    }
    text
}

/// Makes ready for the next line of a paragraph: a space, or nothing after a hyphen. A hyphen that only broke the word is
/// taken away: the document has the whole word elsewhere, and not the two with a hyphen.
pub(crate) fn join(text: &mut String, next: &str, words: &HashSet<String>) {
    let Some(stem) = text.strip_suffix(['-', '\u{ad}', '‐']) else {
        text.push(' ');
        return;
    };
    let first: String = stem
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let second: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
    if first.is_empty() {
        // A dash of its own.
        text.push(' ');
        return;
    }
    let whole = format!("{first}{second}").to_lowercase();
    let hyphenated = format!("{first}-{second}").to_lowercase();
    let soft = text.ends_with('\u{ad}');
    if soft || (words.contains(&whole) && !words.contains(&hyphenated)) {
        let to = text.len() - text.chars().next_back().map_or(0, char::len_utf8);
        text.truncate(to);
    }
}

fn usual_gap(lines: &[Line]) -> f32 {
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[0].y - pair[1].y)
        .filter(|gap| *gap > 1.0 && *gap < 60.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(12.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(first: &str, next: &str, known: &[&str]) -> String {
        let mut text = first.to_owned();
        let words = known.iter().map(|word| (*word).to_owned()).collect();
        join(&mut text, next, &words);
        text + next
    }

    #[test]
    fn a_hyphen_that_broke_a_word_goes_and_a_true_one_stays() {
        assert_eq!(
            joined("the recommen-", "dation", &["recommendation"]),
            "the recommendation"
        );
        assert_eq!(
            joined("an anti-", "corruption law", &[]),
            "an anti-corruption law"
        );
        assert_eq!(joined("courts and", "schools", &[]), "courts and schools");
        assert_eq!(joined("from 2008 -", "2010", &[]), "from 2008 - 2010");
    }

    #[test]
    fn symbols_are_found_and_dates_are_not() {
        assert_eq!(
            symbol(["Distr. A/HRC/13/6"].into_iter()),
            Some("A/HRC/13/6".into())
        );
        assert_eq!(
            symbol(["CEDAW/C/XYZ/CO/4-5"].into_iter()),
            Some("CEDAW/C/XYZ/CO/4-5".into())
        );
        assert_eq!(symbol(["12/11/2010 and/or"].into_iter()), None);
    }
}
