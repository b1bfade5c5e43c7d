//! Pictures of an estimate, as SVG that needs no script and fits a telephone. Each is described in words beside it.

use std::fmt::Write as _;

use mandate_estimation::Posterior;

const WIDE: f64 = 360.0;
const DARK: &str = "#1f4e79";
const PALE: &str = "#9db8d2";
const GREY: &str = "#5b646f";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return escaped(text);
    }
    let cut: String = text.chars().take(most - 1).collect();
    format!("{}…", escaped(&cut))
}

fn open(title: &str, tall: f64) -> String {
    format!(
        "<svg viewBox=\"0 0 {WIDE} {tall:.0}\" style=\"width:100%;max-width:30rem;margin-left:0\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    )
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let _ = write!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" style=\"text-anchor:{anchor};font-size:12px\">{words}</text>"
    );
}

/// Who is on which lists: a row for each set of lists, a dot for each list of it, and a bar of its people (Lex et al. 2014,
/// *UpSet*).
pub(crate) fn upset(
    title: &str,
    names: &[String],
    patterns: &[(u32, u64)],
    said: &dyn Fn(u64) -> String,
) -> String {
    const ROW: f64 = 20.0;
    let step = if names.len() > 5 { 18.0 } else { 24.0 };
    let longest = names.iter().map(|name| name.chars().count().min(14)).max();
    let head = 16.0 + longest.unwrap_or(1) as f64 * 7.0;
    let from = step * names.len() as f64 + 8.0;
    let most = patterns.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let room = WIDE - from - 56.0;
    let mut svg = open(title, head + ROW * patterns.len() as f64 + 4.0);
    let x = |list: usize| step * (list as f64 + 0.5);
    for (list, name) in names.iter().enumerate() {
        let _ = write!(
            svg,
            "<text transform=\"translate({:.1} {:.1}) rotate(-90)\" style=\"text-anchor:start;font-size:12px\">{}</text>",
            x(list) + 4.0,
            head - 6.0,
            short(name, 14)
        );
    }
    for (row, (pattern, people)) in patterns.iter().enumerate() {
        let y = head + ROW * (row as f64 + 0.5);
        let on: Vec<usize> = (0..names.len())
            .filter(|list| pattern >> list & 1 == 1)
            .collect();
        if let (Some(first), Some(last)) = (on.first(), on.last()) {
            let _ = write!(
                svg,
                "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{DARK}\" stroke-width=\"2\"/>",
                x(*first),
                x(*last)
            );
        }
        for list in 0..names.len() {
            let fill = if on.contains(&list) { DARK } else { "#d5d9de" };
            let _ = write!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{fill}\"/>",
                x(list)
            );
        }
        let wide = (*people as f64 / most * room).max(1.0);
        let _ = write!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{}\" fill=\"{DARK}\"/>",
            y - 7.0,
            ROW - 6.0
        );
        text(
            &mut svg,
            (from + wide + 5.0, y + 4.0),
            "start",
            &said(*people),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A line of the fan.
pub(crate) struct Ray {
    pub(crate) label: String,
    pub(crate) low: f64,
    pub(crate) middle: f64,
    pub(crate) high: f64,
    /// Whether it is an answer, and not the same under another supposition.
    pub(crate) answer: bool,
}

/// Intervals under one another. Of one question under many suppositions, they lie over the band of the first, with a line at
/// those `observed`; of several questions, `same` is false and there is neither.
pub(crate) fn fan(
    title: &str,
    (observed, same): (f64, bool),
    rays: &[Ray],
    said: &dyn Fn(f64) -> String,
) -> String {
    const ROW: f64 = 36.0;
    let answers = rays.iter().filter(|ray| ray.answer);
    let reach = answers.map(|ray| ray.high).fold(observed, f64::max);
    // One wild line must not make the others unreadable: it is cut, and its end is written.
    let all = rays
        .iter()
        .map(|ray| ray.high)
        .fold(observed * 1.05, f64::max);
    let high = all.min(observed + 2.5 * (reach - observed).max(observed * 0.2));
    let low = observed - 0.04 * (high - observed);
    let x = |at: f64| 6.0 + (at.min(high) - low) / (high - low) * (WIDE - 12.0);
    let tall = ROW * rays.len() as f64 + 22.0;
    let mut svg = open(title, tall);
    if let Some(first) = rays.first().filter(|_| same) {
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"0\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#eef3f8\"/>",
            x(first.low),
            (x(first.high) - x(first.low)).max(1.0),
            tall - 20.0
        );
    }
    if same {
        let _ = write!(
            svg,
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{1:.1}\" stroke=\"{GREY}\" stroke-dasharray=\"4 3\"/>",
            x(observed),
            tall - 20.0
        );
    }
    text(
        &mut svg,
        (x(observed), tall - 5.0),
        "start",
        &said(observed),
    );
    text(&mut svg, (WIDE - 6.0, tall - 5.0), "end", &said(high));
    for (row, ray) in rays.iter().enumerate() {
        let y = ROW * row as f64;
        let numbers = format!(
            "{} ({}–{})",
            said(ray.middle),
            said(ray.low),
            said(ray.high)
        );
        let room = 52_usize.saturating_sub(numbers.chars().count()).max(12);
        text(&mut svg, (2.0, y + 14.0), "start", &short(&ray.label, room));
        text(&mut svg, (WIDE - 2.0, y + 14.0), "end", &escaped(&numbers));
        let (colour, thick) = if ray.answer { (DARK, 4) } else { (GREY, 2) };
        let line = y + 25.0;
        let _ = write!(
            svg,
            "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{line:.1}\" y2=\"{line:.1}\" stroke=\"{colour}\" stroke-width=\"{thick}\"/>",
            x(ray.low),
            x(ray.high).max(x(ray.low) + 1.0)
        );
        if ray.high > high {
            let end = x(high);
            let _ = write!(
                svg,
                "<path d=\"M{:.1} {:.1} L{end:.1} {line:.1} L{:.1} {:.1}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                end - 6.0,
                line - 5.0,
                end - 6.0,
                line + 5.0
            );
        }
        if ray.middle <= high {
            let _ = write!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{line:.1}\" r=\"{}\" fill=\"{colour}\"/>",
                x(ray.middle),
                thick + 1
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// The probability of each number: columns for one answer, the middle 95 % darker, and a line for the other.
pub(crate) fn densities(
    title: &str,
    of: &Posterior,
    other: Option<&Posterior>,
    said: &dyn Fn(f64) -> String,
) -> String {
    const COLUMNS: usize = 60;
    let ends = |of: &Posterior| (of.quantile(0.001) as f64, of.quantile(0.995) as f64);
    let (mut low, mut high) = ends(of);
    if let Some(other) = other {
        let (a, b) = ends(other);
        (low, high) = (low.min(a), high.max(b));
    }
    let step = ((high - low) / COLUMNS as f64).max(1.0);
    let counted = |of: &Posterior| {
        let mut columns = vec![0.0_f64; COLUMNS];
        for (value, p) in of.iter() {
            let at = ((value as f64 - low) / step).floor();
            if (0.0..COLUMNS as f64).contains(&at) {
                columns[at as usize] += p;
            }
        }
        columns
    };
    let (columns, others) = (counted(of), other.map(counted));
    let most = columns
        .iter()
        .chain(others.iter().flatten())
        .copied()
        .fold(1e-12, f64::max);
    let (tall, wide) = (150.0, WIDE / COLUMNS as f64);
    let inside = of.interval(0.95);
    let mut svg = open(title, tall + 22.0);
    for (n, p) in columns.iter().enumerate() {
        let at = low + (n as f64 + 0.5) * step;
        let within = at >= inside.lower as f64 && at <= inside.upper as f64;
        let height = p / most * (tall - 8.0);
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{}\"/>",
            n as f64 * wide,
            tall - height,
            wide - 0.6,
            if within { DARK } else { PALE }
        );
    }
    if let Some(others) = &others {
        let points: Vec<String> = others
            .iter()
            .enumerate()
            .map(|(n, p)| {
                format!(
                    "{:.1},{:.1}",
                    (n as f64 + 0.5) * wide,
                    tall - p / most * (tall - 8.0)
                )
            })
            .collect();
        let _ = write!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#a3342f\" stroke-width=\"2\"/>",
            points.join(" ")
        );
    }
    for (n, anchor) in [(0, "start"), (1, "middle"), (2, "middle"), (3, "end")] {
        let x = f64::from(n) * WIDE / 3.0;
        text(
            &mut svg,
            (x, tall + 16.0),
            anchor,
            &said(low + x / wide * step),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// How chains went: one line each, in the order in which they were drawn.
pub(crate) fn traces(title: &str, chains: &[Vec<u64>], said: &dyn Fn(f64) -> String) -> String {
    const COLOURS: [&str; 4] = [DARK, "#a3342f", GREY, "#7a5c00"];
    let all = || chains.iter().flatten().map(|total| *total as f64);
    let (low, high) = all().fold((f64::INFINITY, 0.0_f64), |(low, high), at| {
        (low.min(at), high.max(at))
    });
    let (tall, from) = (130.0, 46.0);
    let mut svg = open(title, tall + 4.0);
    if low < high {
        for (chain, colour) in chains.iter().zip(COLOURS.iter().cycle()) {
            // More than some 150 points on a line cannot be seen.
            let every = chain.len().div_ceil(150).max(1);
            let kept: Vec<f64> = chain.iter().step_by(every).map(|t| *t as f64).collect();
            let points: Vec<String> = kept
                .iter()
                .enumerate()
                .map(|(n, at)| {
                    format!(
                        "{:.1},{:.1}",
                        from + n as f64 / kept.len() as f64 * (WIDE - from),
                        tall - (at - low) / (high - low) * (tall - 12.0)
                    )
                })
                .collect();
            let _ = write!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"0.8\" stroke-opacity=\"0.7\"/>",
                points.join(" ")
            );
        }
        text(&mut svg, (0.0, 16.0), "start", &said(high));
        text(&mut svg, (0.0, tall), "start", &said(low));
    }
    svg.push_str("</svg>");
    svg
}
