//! The plots, as plain SVG.

use std::fmt::Write as _;

use crate::coverage::Coverage;

const STYLE: &str = "<style>text{font:12px sans-serif;fill:#222}.title{font-weight:bold}</style>";

/// A histogram with its band in grey.
pub(crate) fn histogram(title: &str, bins: &[u64], band: (f64, f64)) -> String {
    let (left, top, width, height) = (40.0, 30.0, 400.0, 160.0);
    let most = bins.iter().map(|&bin| bin as f64).fold(band.1, f64::max) * 1.1;
    let y = |count: f64| top + height * (1.0 - count / most);
    let step = width / bins.len() as f64;
    let mut svg = open(480, 230, title);
    writeln!(
        svg,
        "<rect x=\"{left}\" y=\"{:.1}\" width=\"{width}\" height=\"{:.1}\" fill=\"#ddd\"/>",
        y(band.1),
        y(band.0.max(0.0)) - y(band.1)
    )
    .unwrap();
    for (bin, &count) in bins.iter().enumerate() {
        let fill = if (band.0..=band.1).contains(&(count as f64)) {
            "#3b6ea5"
        } else {
            "#b3261e"
        };
        writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\" fill-opacity=\"0.75\"/>",
            left + step * bin as f64 + 1.0,
            y(count as f64),
            step - 2.0,
            y(0.0) - y(count as f64)
        )
        .unwrap();
    }
    for count in [0.0, band.0.max(0.0).round(), band.1.round()] {
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{count}</text>",
            left - 4.0,
            y(count) + 4.0
        )
        .unwrap();
    }
    writeln!(
        svg,
        "<text x=\"{left}\" y=\"210\">rank of the truth, from lowest to highest; grey: where uniform histograms stay, 99 %</text>\n</svg>"
    )
    .unwrap();
    svg
}

/// A row for each population and method, a point for its coverage and a line at 95 %.
pub(crate) fn coverage(rows: &[Coverage]) -> String {
    let (left, width, line) = (230.0, 300.0, 18.0);
    let x = |share: f64| left + width * share;
    let height = 60 + (line as usize) * rows.len() + 30;
    let mut svg = open(
        760,
        height,
        "How often 95 % intervals hold the truth: 2,000 invented people, four lists",
    );
    let bottom = height as f64 - 30.0;
    for share in [0.0, 0.5, 0.95] {
        writeln!(
            svg,
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"50\" y2=\"{bottom}\" stroke=\"#999\"/><text x=\"{0:.1}\" y=\"44\" text-anchor=\"middle\">{1} %</text>",
            x(share),
            100.0 * share
        )
        .unwrap();
    }
    writeln!(
        svg,
        "<text x=\"560\" y=\"44\">median</text><text x=\"620\" y=\"44\">width</text>"
    )
    .unwrap();
    for (place, row) in rows.iter().enumerate() {
        let y = 66.0 + line * place as f64;
        let (colour, method) = match row.method {
            "latent classes" => ("#3b6ea5", "classes"),
            "decomposable graphs" => ("#c77700", "graphs"),
            _ => ("#4a7c4a", "log-linear"),
        };
        if method == "classes" {
            writeln!(
                svg,
                "<text x=\"10\" y=\"{:.1}\">{}</text>",
                y + 4.0,
                row.population
            )
            .unwrap();
        }
        writeln!(
            svg,
            "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>\
             <text x=\"560\" y=\"{:.1}\">{:+.0} %</text><text x=\"620\" y=\"{:.1}\">{:.0} %</text><text x=\"665\" y=\"{:.1}\">{}</text>",
            x((row.held - 1.96 * row.error).max(0.0)),
            x((row.held + 1.96 * row.error).min(1.0)),
            x(row.held),
            y + 4.0,
            100.0 * (row.median - 1.0),
            y + 4.0,
            100.0 * row.width,
            y + 4.0,
            method
        )
        .unwrap();
    }
    writeln!(
        svg,
        "<text x=\"10\" y=\"{:.1}\">median: its mean distance from the truth; width: of the interval, as a share of the truth</text>\n</svg>",
        height as f64 - 10.0
    )
    .unwrap();
    svg
}

fn open(width: usize, height: usize, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n{STYLE}\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text class=\"title\" x=\"10\" y=\"18\">{title}</text>\n"
    )
}
