//! Cells that a spreadsheet would run.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, after any number of apostrophes, gets one more
//! apostrophe in front when it is written to a CSV, and loses one when it is read back. So nothing is run, and nothing is
//! lost.

fn runs(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The cell as it is written.
pub fn neutralise(text: &str) -> String {
    if runs(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The cell as it was before it was written.
pub fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => text,
    }
}
