//! The reports of the Universal Periodic Review are read as well as was measured when this was written.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod measure;

#[test]
fn reports_are_read_as_well_as_measured() {
    let Some(folder) = measure::folder() else {
        println!("skipped: no ../shared/data/upr");
        return;
    };
    let reports = measure::reports(&folder);
    for report in &reports {
        println!("{report}");
    }
    let total = measure::total(&reports);
    println!("{total}");
    assert!(total.recall >= 0.94, "recall {}", total.recall);
    assert!(total.precision >= 0.96, "precision {}", total.precision);
    assert!(total.states >= 0.99, "states {}", total.states);
    assert!(total.lowest >= 0.77, "lowest {}", total.lowest);
}
