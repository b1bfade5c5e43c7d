//! Recommendations with their issues out of tables of UPR Info, read as `mandate themes` reads them.
#![allow(dead_code)]

use mandate_themes::Example;

pub(crate) struct Row {
    pub(crate) text: String,
    /// Places in the names, rising.
    pub(crate) labels: Vec<usize>,
    /// The state and the session.
    pub(crate) group: u64,
    pub(crate) session: u32,
}

pub(crate) struct Table {
    /// Every issue, by the alphabet.
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    pub(crate) fn examples(&self) -> Vec<Example<'_>> {
        self.rows.iter().map(Row::example).collect()
    }
}

impl Row {
    pub(crate) fn example(&self) -> Example<'_> {
        Example {
            text: &self.text,
            labels: &self.labels,
            group: self.group,
        }
    }
}

/// Where the tables lie.
pub(crate) const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/upr");

/// Sessions 1 to 13.
pub(crate) fn shared() -> Table {
    let paths = ["1-5", "6-9", "10-13"].map(|name| format!("{SHARED}/{name}.csv"));
    read(&paths.each_ref())
}

pub(crate) fn read(paths: &[&String]) -> Table {
    let (mut names, mut rows, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let bytes = std::fs::read(path).unwrap();
        let table =
            mandate_tabular::read(&bytes, path, None, &mandate_tabular::Limits::default()).unwrap();
        let column = |name: &str| table.columns.iter().position(|c| c.trim() == name).unwrap();
        let [text, to, issue, session] = ["Text", "To", "Issue", "Session"].map(column);
        for row in &table.rows {
            let of: Vec<String> = row.cells[issue]
                .split(',')
                .map(|label| label.trim().to_owned())
                .filter(|label| !label.is_empty())
                .collect();
            names.extend(of.iter().cloned());
            labels.push(of);
            let document = [&row.cells[to], &row.cells[session]];
            let group = document
                .iter()
                .flat_map(|cell| cell.bytes())
                .fold(0xCBF2_9CE4_8422_2325_u64, |group, byte| {
                    (group ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
                });
            rows.push(Row {
                text: row.cells[text].trim().to_owned(),
                labels: Vec::new(),
                group,
                session: row.cells[session].trim().parse().unwrap(),
            });
        }
    }
    names.sort();
    names.dedup();
    for (row, labels) in rows.iter_mut().zip(labels) {
        row.labels = labels
            .iter()
            .filter_map(|label| names.binary_search(label).ok())
            .collect();
        row.labels.sort_unstable();
        row.labels.dedup();
    }
    Table { names, rows }
}
