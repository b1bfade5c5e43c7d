//! Precision and recall at every threshold, with their intervals, as SVG.

use std::fmt::Write as _;

use mandate_linkage::{Quality, Share};

use super::charts::escaped;

const WIDE: f64 = 720.0;
const TALL: f64 = 260.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 130.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 34.0;

/// Which of both shares of a threshold.
type ShareOf = fn(&Quality) -> Share;

/// A line with its band for each of both; thresholds in bits along the bottom.
pub(crate) fn curve(title: &str, quality: &[Quality], precision: &str, recall: &str) -> String {
    let low = quality
        .iter()
        .map(|q| q.weight)
        .fold(f64::INFINITY, f64::min);
    let high = quality
        .iter()
        .map(|q| q.weight)
        .fold(f64::NEG_INFINITY, f64::max);
    let span = (high - low).max(1.0);
    let x = |weight: f64| LEFT + (weight - low) / span * (WIDE - LEFT - RIGHT);
    let y = |share: f64| TOP + (1.0 - share) * (TALL - TOP - BOTTOM);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDE} {TALL}\" width=\"{WIDE}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    for tenth in [0, 2, 4, 6, 8, 10] {
        let share = f64::from(tenth) / 10.0;
        let _ = write!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{0:.1}\" y1=\"{1:.1}\" y2=\"{1:.1}\" stroke=\"#d5d9de\"/>\
             <text x=\"{2:.1}\" y=\"{3:.1}\" style=\"text-anchor:end\">{4}</text>",
            WIDE - RIGHT,
            y(share),
            LEFT - 6.0,
            y(share) + 4.0,
            tenth * 10
        );
    }
    let mut at = (low / 4.0).ceil() * 4.0;
    while at <= high {
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x(at),
            TALL - BOTTOM + 18.0,
            // Of −0 no minus.
            at as i64
        );
        at += 4.0;
    }
    let of: [(&str, &str, ShareOf); 2] = [
        (precision, "#1f4e79", |q| q.precision),
        (recall, "#a3342f", |q| q.recall),
    ];
    for (n, (name, colour, share)) in of.into_iter().enumerate() {
        let point = |q: &Quality, at: f64| format!("{:.1},{:.1}", x(q.weight), y(at));
        let upper = quality.iter().map(|q| point(q, share(q).high));
        let lower = quality.iter().rev().map(|q| point(q, share(q).low));
        let band: Vec<String> = upper.chain(lower).collect();
        let line: Vec<String> = quality.iter().map(|q| point(q, share(q).value)).collect();
        // A dashed line for one of both: colour alone tells not everybody.
        let dash = if n == 1 {
            " stroke-dasharray=\"6 4\""
        } else {
            ""
        };
        let _ = write!(
            svg,
            "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.14\"/>\
             <polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>\
             <line x1=\"{2:.1}\" x2=\"{3:.1}\" y1=\"{4:.1}\" y2=\"{4:.1}\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>\
             <text x=\"{5:.1}\" y=\"{6:.1}\" style=\"text-anchor:start\">{7}</text>",
            band.join(" "),
            line.join(" "),
            WIDE - RIGHT + 10.0,
            WIDE - RIGHT + 34.0,
            TOP + 14.0 + n as f64 * 22.0,
            WIDE - RIGHT + 40.0,
            TOP + 18.0 + n as f64 * 22.0,
            escaped(name)
        );
    }
    svg.push_str("</svg>");
    svg
}
