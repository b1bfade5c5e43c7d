//! Lists into a table of records.

use std::{borrow::Cow, collections::HashMap, path::Path, sync::Arc, sync::OnceLock};

use anyhow::{Context, bail};
use mandate_linkage::{Kind, Orthography, Population, Table};
use mandate_names::Gazetteer;
use mandate_tabular::{Limits, Sheet, SheetRow};

use super::{
    cells::{OF_NAMES, Remark, Remarks, What, of_name, repaired, values},
    pieces::Seal,
    settings::{FieldSettings, KOSOVO, ListSettings, Settings},
};

/// A file's table; lists of people may be longer than what is imported into an office.
pub(crate) fn table(path: &Path) -> anyhow::Result<mandate_tabular::Table> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    table_of(&bytes, &name)
}

fn limits() -> Limits {
    Limits {
        bytes: 4 << 30,
        rows: 20_000_000,
        ..Limits::default()
    }
}

fn table_of(bytes: &[u8], name: &str) -> anyhow::Result<mandate_tabular::Table> {
    let table =
        mandate_tabular::read(bytes, name, None, &limits()).with_context(|| name.to_owned())?;
    even(name, &table.columns, &table.uneven, table.rows.is_empty())?;
    Ok(table)
}

/// The same for lists that may be long.
fn sheet_of(bytes: &[u8], name: &str) -> anyhow::Result<Sheet> {
    let sheet = Sheet::read(bytes, &limits()).with_context(|| name.to_owned())?;
    even(name, &sheet.columns, &sheet.uneven, sheet.is_empty())?;
    Ok(sheet)
}

/// Says what is wrong with the rows of a list as a whole.
fn even(
    name: &str,
    columns: &[String],
    uneven: &[(usize, usize)],
    empty: bool,
) -> anyhow::Result<()> {
    if let Some((row, cells)) = uneven.first() {
        bail!(
            "{name}, line {row}: {cells} cells where the header has {}. Mend the line (a cell that holds a comma or a line \
             break needs quotation marks); {} such lines were found",
            columns.len(),
            uneven.len()
        );
    }
    if empty {
        bail!("{name} has a header and no record");
    }
    Ok(())
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
    /// What was not understood, or was repaired.
    pub(crate) remarks: Remarks,
    /// Records of identified people, with a number for who it is.
    pub(crate) identified: Vec<(u32, u32)>,
    /// By what a stopped run is known again.
    pub(crate) seal: String,
    by_name: OnceLock<HashMap<(usize, String), u32>>,
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
        let list = self.table.lists().iter().position(|of| of.name == list)?;
        let by_name = self.by_name.get_or_init(|| {
            (0..)
                .zip(&self.places)
                .map(|(record, place)| ((self.table.list_of(record), place.id.clone()), record))
                .collect()
        });
        by_name.get(&(list, id.to_owned())).copied()
    }
}

/// Places of Kosovo with all their names, from GeoNames; the file says more.
const PLACES: &str = include_str!("../../../../profiles/kosovo/gazetteer.tsv");

fn gazetteer(named: &str, seal: &mut Seal) -> anyhow::Result<Gazetteer> {
    let read = |text: &str| Gazetteer::read(text).with_context(|| named.to_owned());
    if named == KOSOVO {
        seal.add(PLACES.as_bytes());
        return read(PLACES);
    }
    let text = std::fs::read_to_string(named).with_context(|| format!("cannot read {named}"))?;
    seal.add(text.as_bytes());
    read(&text)
}

/// A population out of a file: value, people, and if one likes the spelling of the register.
fn population(path: &Path, seal: &mut Seal) -> anyhow::Result<Population> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
    seal.add(&bytes);
    let table = table_of(&bytes, &name)?;
    if table.columns.len() < 2 {
        bail!(
            "{name} needs two columns, the value and how many people bear it; a third may say the spelling of the register"
        );
    }
    let mut all = Population::new();
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).map_or("", |c| c.trim());
        let people: f64 = cell(1)
            .parse()
            .ok()
            .filter(|n: &f64| n.is_finite() && *n >= 0.0)
            .with_context(|| {
                format!(
                    "{name}, line {}, column \"{}\": \"{}\" is no number of people",
                    row.number,
                    table.columns[1],
                    cell(1)
                )
            })?;
        let spelling = match cell(2) {
            "" => None,
            "sq" => Some(Orthography::Albanian),
            "sr-Latn" => Some(Orthography::SerbianLatin),
            "sr-Cyrl" => Some(Orthography::SerbianCyrillic),
            other => bail!(
                "{name}, line {}, column \"{}\": \"{other}\" is no spelling; write sq, sr-Latn, sr-Cyrl or nothing",
                row.number,
                table.columns[2]
            ),
        };
        all.add(cell(0), people, spelling);
    }
    if all.is_empty() {
        bail!("{name} has nobody in it");
    }
    Ok(all)
}

/// From where a field's values come in one list.
struct From<'s> {
    field: &'s FieldSettings,
    columns: Vec<usize>,
    /// Whole names, where the field has no column of its own.
    name: Option<usize>,
}

impl From<'_> {
    /// What was written for a field, and its values.
    fn cell(&self, row: SheetRow<'_>) -> (String, Vec<String>) {
        let cell = |at: usize| row.cell(at).trim();
        if let Some(at) = self.name {
            let all = of_name(cell(at), &self.field.name);
            return (all.join(" "), all);
        }
        let signs = self.field.separators.as_deref().unwrap_or_default();
        let written: Vec<&str> = self
            .columns
            .iter()
            .map(|at| cell(*at))
            .filter(|c| !c.is_empty())
            .collect();
        let all = written
            .iter()
            .flat_map(|cell| values(self.field.kind, signs, cell));
        (written.join(" / "), all.collect())
    }

    /// Whether cells can be taken as they are.
    fn plain(&self) -> Option<usize> {
        match self.columns.as_slice() {
            [one] if self.field.separators.is_none() && self.field.kind != Kind::Place => {
                Some(*one)
            }
            _ => None,
        }
    }
}

fn sources<'s>(
    settings: &'s Settings,
    list: &ListSettings,
    place: &dyn Fn(&str) -> anyhow::Result<usize>,
) -> anyhow::Result<Vec<From<'s>>> {
    let whole = list.whole_name.as_deref().map(place).transpose()?;
    settings
        .field
        .iter()
        .map(|field| {
            let columns = list.columns.get(&field.name).map_or(&[][..], |c| c.all());
            let columns: anyhow::Result<Vec<usize>> = columns.iter().map(|c| place(c)).collect();
            let columns = columns?;
            let fills = columns.is_empty() && OF_NAMES.contains(&field.name.as_str());
            Ok(From {
                field,
                name: whole.filter(|_| fills),
                columns,
            })
        })
        .collect()
}

pub(crate) fn records(settings: &Settings) -> anyhow::Result<Records> {
    let mut seal = Seal::new(&settings.text);
    let mut all = Table::new(settings.fields()?)?;
    if let Some(places) = &settings.places {
        all = all.knowing(Arc::new(gazetteer(places, &mut seal)?));
    }
    let (mut places, mut remarks) = (Vec::new(), Remarks::default());
    let (mut identified, mut people) = (Vec::new(), HashMap::new());
    for list in &settings.list {
        let name = list.file.display().to_string();
        for field in list.columns.keys() {
            if settings.field.iter().all(|known| known.name != *field) {
                bail!(
                    "the list \"{}\" has a column for \"{field}\", which is no field",
                    list.name
                );
            }
        }
        let bytes = std::fs::read(&list.file).with_context(|| format!("cannot read {name}"))?;
        seal.add(&bytes);
        let mut table = sheet_of(&bytes, &name)?;
        drop(bytes);
        let header = table.columns.clone();
        let place = |wanted: &str| {
            let found = header.iter().position(|c| c.trim() == wanted.trim());
            found.with_context(|| {
                format!(
                    "{name} has no column \"{wanted}\"; it has {}",
                    header.join(", ")
                )
            })
        };
        let from = sources(settings, list, &place)?;
        let id = list.id.as_deref().map(place).transpose()?;
        let who = list.identified.as_deref().map(place).transpose()?;
        let mut named: Vec<usize> = from
            .iter()
            .filter(|of| matches!(of.field.kind, Kind::Name | Kind::Place | Kind::Text))
            .flat_map(|of| of.columns.iter().copied().chain(of.name))
            .collect();
        named.sort_unstable();
        named.dedup();
        for column in named {
            repaired(&list.name, &mut table, column, &mut remarks);
        }
        all.begin_list(&list.name, list.unique);
        let first = all.len() as u32;
        push(&mut all, &from, &table).with_context(|| name.clone())?;
        let mut known: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(table.len());
        places.reserve(table.len());
        for (record, row) in (first..).zip(table.rows()) {
            doubts(&list.name, &from, row, &header, &mut remarks);
            let cell = |at: usize| Some(row.cell(at).trim()).filter(|own| !own.is_empty());
            let own = id
                .and_then(cell)
                .map_or_else(|| Cow::Owned(row.number().to_string()), Cow::Borrowed);
            if let Some(line) = known.insert(own.clone(), row.number()) {
                let column = list.id.as_deref().unwrap_or_default();
                bail!(
                    "{name}, line {}, column \"{column}\": {own} is already in line {line}. Each record needs a number of \
                     its own; take the line out, or leave `id` out of the settings to go by lines",
                    row.number()
                );
            }
            if let Some(who) = who.and_then(cell) {
                let next = people.len() as u32;
                let number = *people.entry(who.to_owned()).or_insert(next);
                identified.push((record, number));
            }
            places.push(Place {
                row: row.number(),
                id: own.into_owned(),
            });
        }
    }
    for (at, field) in settings.field.iter().enumerate() {
        if let Some(file) = &field.frequencies {
            all.frequencies(at, &population(file, &mut seal)?);
        }
    }
    if let Some(file) = &settings.known_pairs {
        let name = file.display();
        seal.add(&std::fs::read(file).with_context(|| format!("cannot read {name}"))?);
    }
    all.close();
    Ok(Records {
        table: all,
        places,
        remarks,
        identified,
        seal: seal.name(),
        by_name: OnceLock::new(),
    })
}

/// Adds the records of a list.
fn push(table: &mut Table, from: &[From<'_>], list: &Sheet) -> Result<(), mandate_linkage::Error> {
    if let Some(plain) = from.iter().map(From::plain).collect::<Option<Vec<usize>>>() {
        return table.push_columns(plain.into_iter().map(|at| list.column(at)).collect());
    }
    for row in list.rows() {
        let cells: Vec<(String, Vec<String>)> = from.iter().map(|of| of.cell(row)).collect();
        let values: Vec<Vec<&str>> = cells
            .iter()
            .map(|(_, all)| all.iter().map(String::as_str).collect())
            .collect();
        let cells: Vec<(&str, &[&str])> = cells
            .iter()
            .zip(&values)
            .map(|((written, _), all)| (written.as_str(), all.as_slice()))
            .collect();
        table.push_several(&cells)?;
    }
    Ok(())
}

/// Remarks what of a row is not understood.
fn doubts(
    list: &str,
    from: &[From<'_>],
    row: SheetRow<'_>,
    header: &[String],
    remarks: &mut Remarks,
) {
    for of in from {
        for at in of.columns.iter().chain(&of.name) {
            let cell = row.cell(*at).trim();
            let signs = of.field.separators.as_deref().unwrap_or_default();
            let doubt = cell
                .split(|c| signs.contains(c))
                .find_map(|part| of.field.kind.doubt(part));
            if let Some(doubt) = doubt {
                remarks.add(Remark {
                    list: list.to_owned(),
                    line: row.number(),
                    column: header[*at].clone(),
                    cell: cell.to_owned(),
                    what: What::Doubt(doubt),
                    read: String::new(),
                });
            }
        }
    }
}
