//! Pictures as SVG that need no script. Each is described in words beside it.

use std::fmt::Write as _;

/// A bar from the middle to one side.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: f64,
    /// Where the bar begins; 0, or where the one before it ended.
    pub(crate) from: f64,
    /// What is written behind it.
    pub(crate) said: String,
    /// Begins a group, under this heading.
    pub(crate) group: Option<String>,
    /// A bar of a sum.
    pub(crate) sum: bool,
}

const WIDE: f64 = 720.0;
const LABELS: f64 = 300.0;
const ROW: f64 = 22.0;

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A label that fits beside the bars.
fn short(text: &str) -> String {
    const MOST: usize = 44;
    if text.chars().count() <= MOST {
        return escaped(text);
    }
    let cut: String = text.chars().take(MOST - 1).collect();
    format!("{}…", escaped(&cut))
}

/// Bars to the right for evidence in favour, to the left for evidence against.
pub(crate) fn bars(title: &str, bars: &[Bar]) -> String {
    let ends = bars.iter().flat_map(|bar| [bar.from, bar.from + bar.value]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), at| {
        (low.min(at), high.max(at))
    });
    let span = (high - low).max(1.0);
    let room = WIDE - LABELS - 70.0;
    let x = |at: f64| LABELS + 10.0 + (at - low) / span * room;
    let groups = bars.iter().filter(|bar| bar.group.is_some()).count();
    let tall = bars.len() as f64 * ROW + groups as f64 * ROW + 14.0;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDE} {tall:.0}\" width=\"{WIDE}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    let _ = write!(
        svg,
        "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{tall:.0}\" stroke=\"#767d87\"/>",
        x(0.0)
    );
    let mut y = 4.0;
    for bar in bars {
        if let Some(group) = &bar.group {
            y += ROW;
            let _ = write!(
                svg,
                "<text x=\"0\" y=\"{:.1}\" style=\"text-anchor:start;font-weight:700\">{}</text>",
                y - 6.0,
                short(group)
            );
        }
        let (a, b) = (x(bar.from), x(bar.from + bar.value));
        let fill = match (bar.sum, bar.value >= 0.0) {
            (true, _) => "#3d4550",
            (false, true) => "#1f4e79",
            (false, false) => "#a3342f",
        };
        let _ = write!(
            svg,
            "<text x=\"{LABELS}\" y=\"{:.1}\" style=\"text-anchor:end\">{}</text>\
             <rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{}\" fill=\"{fill}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" style=\"text-anchor:start\">{}</text>",
            y + 15.0,
            short(&bar.label),
            a.min(b),
            y + 3.0,
            (a - b).abs().max(1.0),
            ROW - 6.0,
            a.max(b) + 5.0,
            y + 15.0,
            escaped(&bar.said)
        );
        y += ROW;
    }
    svg.push_str("</svg>");
    svg
}

/// How many links there are by their weight: columns of one bit each.
pub(crate) fn histogram(title: &str, weights: impl Iterator<Item = f64>, half: &str) -> String {
    const LOW: i64 = -8;
    const HIGH: i64 = 24;
    let mut counts = vec![0_usize; (HIGH - LOW) as usize];
    for weight in weights {
        let at = (weight.floor() as i64).clamp(LOW, HIGH - 1) - LOW;
        counts[at as usize] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let (tall, wide) = (200.0, WIDE / counts.len() as f64);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDE} 240\" width=\"{WIDE}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    for (n, count) in counts.iter().enumerate() {
        // Few links beside very many would not be seen on an even scale.
        let high = if *count == 0 {
            0.0
        } else {
            ((*count as f64 + 1.0).ln() / (most + 1.0).ln() * (tall - 24.0)).max(2.0)
        };
        let fill = if n as i64 + LOW >= 0 {
            "#1f4e79"
        } else {
            "#a3342f"
        };
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\" fill=\"{fill}\"/>",
            n as f64 * wide + 1.0,
            tall - high,
            wide - 2.0
        );
    }
    for at in [-8_i64, -4, 0, 4, 8, 12, 16, 20] {
        let x = (at - LOW) as f64 * wide;
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" style=\"text-anchor:start\">{at}</text>",
            x + 2.0,
            tall + 16.0
        );
    }
    let x = -LOW as f64 * wide;
    let _ = write!(
        svg,
        "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{tall}\" stroke=\"#1a1a1a\" stroke-dasharray=\"4 3\"/><text x=\"{:.1}\" y=\"12\" style=\"text-anchor:start\">{}</text></svg>",
        x + 5.0,
        escaped(half)
    );
    svg
}
