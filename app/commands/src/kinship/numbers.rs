//! Numbers as a reader reads them, and as a table holds them.

use std::io::Write;

use mandate_language::Language;

use crate::out::{self, Format};

/// `1.4 × 10⁷` where a number is large or small, `12.5` where it is not; given by its logarithm.
pub(crate) fn ratio(l: &Language, log10: f64) -> String {
    if log10 == f64::NEG_INFINITY {
        return "0".to_owned();
    }
    if !log10.is_finite() {
        return "∞".to_owned();
    }
    if (-3.0..4.0).contains(&log10) {
        let value = 10f64.powf(log10);
        let digits = if value >= 100.0 {
            0
        } else if value >= 1.0 {
            1
        } else {
            4
        };
        return l.decimal(value, digits);
    }
    let mut power = log10.floor();
    let mut first = 10f64.powf(log10 - power);
    if first >= 9.95 {
        first = 1.0;
        power += 1.0;
    }
    format!("{} × 10{}", l.decimal(first, 1), raised(power))
}

/// A ratio above 1 in words for everybody: 60,000,000 rather than 6.0 × 10⁷, to two digits, as long as it can be read.
pub(crate) fn spelt(l: &Language, log10: f64) -> String {
    if !(2.0..15.0).contains(&log10) {
        return ratio(l, log10);
    }
    let unit = 10f64.powf(log10.floor() - 1.0);
    let rounded = (10f64.powf(log10) / unit).round() * unit;
    #[expect(clippy::cast_possible_truncation, reason = "below 10^15")]
    let whole = rounded.round() as i64;
    l.number(whole)
}

/// A whole number in small raised digits.
fn raised(number: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    format!("{number:.0}")
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => DIGITS[digit as usize],
            None => '⁻',
        })
        .collect()
}

/// A probability with as many decimals as tell it from 0 and 1: 45.2 %, 99.9983 %.
pub(crate) fn share(l: &Language, share: f64) -> String {
    let from_end = share.min(1.0 - share).max(0.0);
    let digits = if from_end <= 0.0 {
        0
    } else if from_end >= 0.01 {
        1
    } else if from_end >= 1e-4 {
        3
    } else {
        5
    };
    let shown = if share > 0.999_999_9 && share < 1.0 {
        format!("> {}", l.decimal(99.99999, 5))
    } else if share < 1e-7 && share > 0.0 {
        format!("< {}", l.decimal(0.00001, 5))
    } else {
        l.decimal(share * 100.0, digits)
    };
    l.with("common-percent", &[("number", shown.into())])
}

/// A number for a table that a program reads: as many digits as it has; words for what is no number.
pub(crate) fn plain(value: f64) -> serde_json::Value {
    if value.is_finite() {
        serde_json::json!(value)
    } else if value == f64::NEG_INFINITY {
        serde_json::json!("-inf")
    } else {
        serde_json::Value::Null
    }
}

/// Writes results as they are told to be. Other than texts, numbers below 0 are no formulas and stay numbers.
pub(crate) fn rows(
    format: Format,
    columns: &[&str],
    all: &[serde_json::Value],
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    if format == Format::Json {
        return out::json(all, to);
    }
    let mut table = csv::Writer::from_writer(to);
    table.write_record(columns)?;
    for row in all {
        table.write_record(columns.iter().map(|column| {
            let text = out::cell(&row[*column]);
            match row[*column] {
                serde_json::Value::Number(_) => text,
                _ if text == "-inf" => text,
                _ => mandate_tabular::neutralise(&text).to_string(),
            }
        }))?;
    }
    table.flush()?;
    Ok(())
}
