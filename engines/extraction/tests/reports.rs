//! Reports of the Universal Periodic Review against the rows that people took out of them; skipped where they are not.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod measure;

#[test]
fn reports_are_read_nearly_as_people_read_them() {
    let Some(folder) = measure::folder() else {
        println!("skipped: no ../shared/data/upr");
        return;
    };
    let reports = measure::reports(&folder);
    let total = measure::total(&reports);
    println!("{total}");
    assert!(total.recall >= 0.971, "{total}");
    assert!(total.precision >= 0.983, "{total}");
    assert!(total.states >= 0.997, "{total}");
    assert!(total.lowest >= 0.901, "{total}");
}
