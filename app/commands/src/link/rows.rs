//! The tables of results, row by row.

use std::collections::HashMap;

use mandate_linkage::{Refusal, explain_all, likely};

use super::run::Run;

/// Why a likely link did not join, in tables.
fn word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TwiceOnAList => "refused: twice on a list",
        Refusal::Different => "refused: a person said different",
        Refusal::Identified => "refused: identified as two people",
        Refusal::Cohesion => "refused: the other pairs speak against it",
    }
}

impl Run {
    /// Every link with the evidence of each field.
    pub(crate) fn link_rows(&self) -> impl Iterator<Item = Vec<String>> {
        let table = &self.records.table;
        let mut head: Vec<String> = [
            "left_list",
            "left_record",
            "left_line",
            "right_list",
            "right_record",
            "right_line",
            "probability",
            "weight",
            "cluster",
        ]
        .map(String::from)
        .to_vec();
        let bits = |field: &mandate_linkage::Field| format!("bits_{}", field.name);
        head.extend(table.fields().iter().map(bits));
        head.push("bits_relatives".to_owned());
        let refused: HashMap<usize, Refusal> = self.clusters.refused.iter().copied().collect();
        let links = explain_all(table, &self.linked, &self.options).enumerate();
        std::iter::once(head).chain(links.map(move |(at, (link, said))| {
            let mut row = Vec::with_capacity(10 + said.parts.len());
            for record in [link.left, link.right] {
                let place = &self.records.places[record as usize];
                row.push(table.lists()[table.list_of(record)].name.clone());
                row.push(place.id.clone());
                row.push(place.row.to_string());
            }
            row.push(format!("{:.6}", link.probability()));
            row.push(format!("{:.2}", link.weight));
            let of = &self.clusters.of;
            let same = of[link.left as usize] == of[link.right as usize];
            let joined = if same {
                "same"
            } else {
                refused.get(&at).map_or("", |why| word(*why))
            };
            row.push(joined.to_owned());
            row.extend(said.parts.iter().map(|part| match part.level {
                0 => String::new(),
                _ => format!("{:.2}", part.weight + part.frequency),
            }));
            row.push(format!("{:.2}", said.relatives));
            row
        }))
    }

    /// Every record with its cluster.
    pub(crate) fn crosswalk(&self) -> impl Iterator<Item = Vec<String>> {
        let table = &self.records.table;
        let head = ["cluster", "list", "record", "line"]
            .map(String::from)
            .to_vec();
        let mut order: Vec<u32> = (0..table.len() as u32).collect();
        order.sort_by_key(|record| (self.clusters.of[*record as usize], *record));
        std::iter::once(head).chain(order.into_iter().map(move |record| {
            let place = &self.records.places[record as usize];
            vec![
                self.records.name(self.clusters.of[record as usize]),
                table.lists()[table.list_of(record)].name.clone(),
                place.id.clone(),
                place.row.to_string(),
            ]
        }))
    }

    /// Every cell that was not understood or was repaired, with its place.
    pub(crate) fn remark_rows(&self) -> impl Iterator<Item = Vec<String>> {
        let head = ["list", "line", "column", "cell", "remark", "read_as"];
        std::iter::once(head.map(String::from).to_vec()).chain(self.records.remarks.all.iter().map(
            |remark| {
                vec![
                    remark.list.clone(),
                    remark.line.to_string(),
                    remark.column.clone(),
                    remark.cell.clone(),
                    remark.what.word().to_owned(),
                    remark.read.clone(),
                ]
            },
        ))
    }

    /// Precision and recall at every threshold.
    pub(crate) fn quality_rows(&self) -> impl Iterator<Item = Vec<String>> {
        let head = [
            "bits",
            "probability",
            "links",
            "precision",
            "precision_low",
            "precision_high",
            "recall",
            "recall_low",
            "recall_high",
        ];
        std::iter::once(head.map(String::from).to_vec()).chain(self.quality.iter().map(|q| {
            let mut row = vec![
                format!("{:.1}", q.weight),
                format!("{:.4}", likely(q.weight)),
                q.links.to_string(),
            ];
            for share in [q.precision, q.recall] {
                row.extend([share.value, share.low, share.high].map(|s| format!("{s:.4}")));
            }
            row
        }))
    }
}
