//! Lists into a table of records.

use std::{path::Path, sync::Arc};

use anyhow::{Context, bail};
use mandate_linkage::Table;
use mandate_names::Gazetteer;
use mandate_tabular::Limits;

use super::settings::{KOSOVO, Settings};

/// A file's table; lists of people may be longer than what is imported into an office.
pub(crate) fn table(path: &Path) -> anyhow::Result<mandate_tabular::Table> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let limits = Limits {
        bytes: 4 << 30,
        rows: 20_000_000,
        ..Limits::default()
    };
    let table =
        mandate_tabular::read(&bytes, &name, None, &limits).with_context(|| name.clone())?;
    if let Some((row, cells)) = table.uneven.first() {
        bail!(
            "{name}, line {row}: {cells} cells where the header has {}. Mend the line (a cell that holds a comma or a line \
             break needs quotation marks); {} such lines were found",
            table.columns.len(),
            table.uneven.len()
        );
    }
    if table.rows.is_empty() {
        bail!("{name} has a header and no record");
    }
    Ok(table)
}

/// Where a record stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The row's number in a spreadsheet.
    pub(crate) row: usize,
    /// Its own number, where the list has one; otherwise the row's.
    pub(crate) id: String,
}

/// The records of all lists, in their order.
pub(crate) struct Records {
    pub(crate) table: Table,
    pub(crate) places: Vec<Place>,
}

impl Records {
    /// `list:id` of a record.
    pub(crate) fn name(&self, record: u32) -> String {
        let list = &self.table.lists()[self.table.list_of(record)].name;
        format!("{list}:{}", self.places[record as usize].id)
    }

    /// The record that `list:id` names.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let (list, id) = name.trim().split_once(':')?;
        let list = self.table.lists().iter().find(|of| of.name == list)?;
        (list.start..list.end).find(|record| self.places[*record as usize].id == id)
    }
}

/// Places of Kosovo with all their names, from GeoNames; the file says more.
const PLACES: &str = include_str!("../../../../profiles/kosovo/gazetteer.tsv");

fn gazetteer(named: &str) -> anyhow::Result<Gazetteer> {
    let read = |text: &str| Gazetteer::read(text).with_context(|| named.to_owned());
    if named == KOSOVO {
        return read(PLACES);
    }
    let text = std::fs::read_to_string(named).with_context(|| format!("cannot read {named}"))?;
    read(&text)
}

pub(crate) fn records(settings: &Settings) -> anyhow::Result<Records> {
    let mut all = Table::new(settings.fields()?)?;
    if let Some(places) = &settings.places {
        all = all.knowing(Arc::new(gazetteer(places)?));
    }
    let mut places = Vec::new();
    for list in &settings.list {
        let name = list.file.display();
        for field in list.columns.keys() {
            if settings.field.iter().all(|known| known.name != *field) {
                bail!(
                    "the list \"{}\" has a column for \"{field}\", which is no field",
                    list.name
                );
            }
        }
        let table = table(&list.file)?;
        let place = |wanted: &str| {
            let found = table.columns.iter().position(|c| c.trim() == wanted.trim());
            found.with_context(|| {
                format!(
                    "{name} has no column \"{wanted}\"; it has {}",
                    table.columns.join(", ")
                )
            })
        };
        let columns: anyhow::Result<Vec<Option<usize>>> = settings
            .field
            .iter()
            .map(|field| list.columns.get(&field.name).map(|c| place(c)).transpose())
            .collect();
        let (columns, id) = (columns?, list.id.as_deref().map(place).transpose()?);
        all.begin_list(&list.name, list.unique);
        let mut known = std::collections::HashMap::new();
        for row in &table.rows {
            let cells: Vec<&str> = columns
                .iter()
                .map(|at| {
                    at.and_then(|at| row.cells.get(at))
                        .map_or("", String::as_str)
                })
                .collect();
            all.push(&cells)
                .with_context(|| format!("{name}, line {}", row.number))?;
            let own = id
                .and_then(|at| row.cells.get(at))
                .map(|c| c.trim().to_owned());
            let own = own.filter(|own| !own.is_empty());
            let own = own.unwrap_or_else(|| row.number.to_string());
            if let Some(line) = known.insert(own.clone(), row.number) {
                let column = list.id.as_deref().unwrap_or_default();
                bail!(
                    "{name}, line {}, column \"{column}\": {own} is already in line {line}. Each record needs a number of \
                     its own; take the line out, or leave `id` out of the settings to go by lines",
                    row.number
                );
            }
            places.push(Place {
                row: row.number,
                id: own,
            });
        }
    }
    all.close();
    Ok(Records { table: all, places })
}
