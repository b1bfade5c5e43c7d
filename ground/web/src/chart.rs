//! Server-drawn charts: bars made of parts, each with a table of the same figures beside it.
//!
//! Colours come from classes, so that a strict content security policy holds; a part that is wide enough carries its
//! number, and the table says the rest, so that colour is never the only carrier.

/// A chart of horizontal bars, each made of parts in the same order.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// The part of the ids on the page; letters and hyphens.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in a sentence.
    pub description: String,
    /// The parts: class and label.
    pub parts: Vec<(String, String)>,
    /// The bars: label, and a number for each part.
    pub bars: Vec<(String, Vec<i64>)>,
}

/// In units of the picture; narrow, with each label above its bar, so that a telephone still shows letters of 12 px.
const WIDTH: i64 = 440;
/// Room at the end of the longest bar for its total.
const TOTAL: i64 = 50;
/// Of a label with its bar.
const HEIGHT: i64 = 46;
/// Keys in a row of the legend, and the height of such a row.
const KEYS: i64 = 2;
const KEY_HEIGHT: i64 = 24;
/// Letters of a label that fit above its bar.
const LETTERS: usize = 52;

impl Chart {
    /// The picture.
    pub fn svg(&self) -> String {
        let longest = self
            .bars
            .iter()
            .map(|(_, parts)| parts.iter().sum::<i64>())
            .max()
            .unwrap_or(0)
            .max(1);
        let rows = (i64::try_from(self.parts.len()).unwrap_or(0) + KEYS - 1) / KEYS;
        let top = rows * KEY_HEIGHT + 8;
        let height = top + HEIGHT * i64::try_from(self.bars.len()).unwrap_or(0) + 10;
        let mut svg = format!(
            // not a label: markup
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            escape(&self.title),
            escape(&self.description),
            id = escape(&self.id),
        );
        for (at, (class, label)) in (0_i64..).zip(&self.parts) {
            let (x, y) = (at % KEYS * (WIDTH / KEYS), at / KEYS * KEY_HEIGHT);
            svg.push_str(&format!(
                // not a label: markup
                "<rect class=\"key {}\" x=\"{x}\" y=\"{}\" width=\"12\" height=\"12\"/><text x=\"{}\" y=\"{}\">{}</text>",
                escape(class),
                y + 4,
                x + 17,
                y + 15,
                escape(label)
            ));
        }
        for (at, (label, numbers)) in (0_i64..).zip(&self.bars) {
            let y = top + at * HEIGHT;
            svg.push_str(&format!(
                // not a label: markup
                "<text x=\"0\" y=\"{}\">{}</text>",
                y + 15,
                escape(&shortened(label))
            ));
            let mut done = 0;
            for ((class, part), n) in self.parts.iter().zip(numbers) {
                let from = done * (WIDTH - TOTAL) / longest;
                done += n;
                let to = done * (WIDTH - TOTAL) / longest;
                if *n <= 0 {
                    continue;
                }
                svg.push_str(&format!(
                    // not a label: markup
                    "<rect class=\"bar {}\" x=\"{from}\" y=\"{}\" width=\"{}\" height=\"18\"><title>{}: {} {n}</title></rect>",
                    escape(class),
                    y + 21,
                    (to - from).max(1),
                    escape(label),
                    escape(part)
                ));
            }
            let end = done * (WIDTH - TOTAL) / longest;
            svg.push_str(&format!(
                // not a label: markup
                "<text x=\"{}\" y=\"{}\">{done}</text>",
                end + 6,
                y + 36
            ));
        }
        svg.push_str("</svg>");
        svg
    }
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(LETTERS - 1).collect();
    short.push('…');
    short
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped_and_an_empty_chart_is_still_a_picture() {
        let empty = Chart::default().svg();
        assert!(empty.starts_with("<svg") && empty.ends_with("</svg>"));
        let chart = Chart {
            parts: vec![("fully".into(), "<b>".into())],
            bars: vec![("A & \"B\"".into(), vec![3]), ("none".into(), vec![0])],
            ..Chart::default()
        };
        let svg = chart.svg();
        assert!(!svg.contains("<b>") && svg.contains("A &amp; &quot;B&quot;"));
        assert_eq!(svg.matches("class=\"bar").count(), 1);
    }
}
