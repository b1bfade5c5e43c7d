//! Records of one or several lists, column by column.

use std::sync::Arc;

use mandate_names::Gazetteer;
use rayon::prelude::*;

use crate::{
    Error,
    population::{Frequencies, Population},
    spot::Places,
    value::{Kind, Values},
};

/// A field that is compared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Field {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// For a name: the field with which it may have been swapped (given and family name).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swaps_with: Option<usize>,
}

impl Field {
    /// A field.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            swaps_with: None,
        }
    }
}

/// Records that are read at once: few enough that their cells stay near the processor from field to field.
const AT_ONCE: usize = 1 << 15;

/// A list of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// Whether it holds each person at most once: then its records are not compared with one another.
    pub unique: bool,
    /// Its first record.
    pub start: u32,
    /// Behind its last record.
    pub end: u32,
}

/// Records. Each has a number, from 0, over all lists.
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) fields: Vec<Field>,
    pub(crate) lists: Vec<List>,
    pub(crate) values: Vec<Values>,
    /// The values of each record, one for each field, record after record.
    cells: Vec<u32>,
    /// Fields that may have been swapped, and with which.
    pub(crate) swaps: Vec<(usize, usize)>,
    places: Option<Places>,
    closed: bool,
    pub(crate) frequencies: Vec<Option<Frequencies>>,
}

impl Table {
    /// A table without records.
    ///
    /// # Errors
    /// [`Error::Fields`], [`Error::Swap`].
    pub fn new(fields: Vec<Field>) -> Result<Self, Error> {
        if fields.is_empty() || fields.len() > 16 {
            return Err(Error::Fields(fields.len()));
        }
        for (n, field) in fields.iter().enumerate() {
            if let Some(other) = field.swaps_with {
                let name = |n: usize| fields.get(n).is_some_and(|f| f.kind == Kind::Name);
                if other == n || !name(n) || !name(other) {
                    return Err(Error::Swap { field: n });
                }
            }
        }
        Ok(Self {
            values: fields.iter().map(|f| Values::new(f.kind)).collect(),
            cells: Vec::new(),
            swaps: (0..)
                .zip(&fields)
                .filter_map(|(n, f)| Some((n, f.swaps_with?)))
                .collect(),
            lists: Vec::new(),
            places: None,
            closed: false,
            frequencies: fields.iter().map(|_| None).collect(),
            fields,
        })
    }

    /// Lets a list of places join names that share no spelling, Ferizaj and Uroševac, and say what is near and what lies in
    /// what. Before records are added.
    #[must_use]
    pub fn knowing(mut self, places: Arc<Gazetteer>) -> Self {
        self.places = Some(Places::new(places));
        self
    }

    /// Compares names letter by letter, without seeing through spellings: only for measuring what that brings.
    #[must_use]
    pub fn letter_by_letter(mut self) -> Self {
        self.places = None;
        self.values
            .iter_mut()
            .for_each(|values| values.literal = true);
        self
    }

    /// Begins a list; the records that are added from now on are its own.
    pub fn begin_list(&mut self, name: &str, unique: bool) {
        let start = self.len() as u32;
        self.lists.push(List {
            name: name.to_owned(),
            unique,
            start,
            end: start,
        });
    }

    /// Adds a record with a cell for each field; an empty one is missing.
    ///
    /// # Errors
    /// [`Error::Cells`], [`Error::TooMany`], [`Error::Closed`].
    pub fn push(&mut self, cells: &[&str]) -> Result<u32, Error> {
        self.room(cells.len())?;
        let places = self.places.as_ref();
        for (values, cell) in self.values.iter_mut().zip(cells) {
            let value = values.add(cell, places);
            values.count(value);
            self.cells.push(value);
        }
        Ok(self.pushed())
    }

    /// Adds many records at once, a column of cells for each field; the same as [`Table::push`] one after another. The fields are
    /// read side by side.
    ///
    /// ```
    /// use mandate_linkage::{Field, Kind, Table};
    /// let mut table = Table::new(vec![Field::new("name", Kind::Name), Field::new("birth", Kind::Date)])?;
    /// table.push_columns(vec![["Agim", "Besa"].into_iter(), ["1961", ""].into_iter()])?;
    /// assert_eq!((table.len(), table.text(0, 1)), (2, "Besa"));
    /// # Ok::<(), mandate_linkage::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Cells`], [`Error::TooMany`], [`Error::Closed`]; where columns are of different lengths, what all of them have is added.
    pub fn push_columns<'c>(
        &mut self,
        mut columns: Vec<impl Iterator<Item = &'c str> + Send>,
    ) -> Result<(), Error> {
        self.room(columns.len())?;
        let (fields, places) = (self.fields.len(), self.places.as_ref());
        loop {
            let read: Vec<Vec<u32>> = self
                .values
                .par_iter_mut()
                .zip(&mut columns)
                .map(|(values, column)| {
                    let add = |cell: &str| values.add(cell, places);
                    column.take(AT_ONCE).map(add).collect()
                })
                .collect();
            let records = read.iter().map(Vec::len).min().unwrap_or(0);
            self.room_for(records)?;
            let start = self.cells.len();
            self.cells.resize(start + records * fields, 0);
            self.cells[start..]
                .par_chunks_mut(fields)
                .enumerate()
                .with_min_len(1 << 12)
                .for_each(|(at, row)| {
                    row.iter_mut()
                        .zip(&read)
                        .for_each(|(cell, of)| *cell = of[at]);
                });
            self.values
                .par_iter_mut()
                .zip(&read)
                .for_each(|(values, of)| {
                    of[..records].iter().for_each(|value| values.count(*value));
                });
            if let Some(list) = self.lists.last_mut() {
                list.end += records as u32;
            }
            if read.iter().any(|of| of.len() > records) {
                return Err(Error::Cells {
                    record: self.len(),
                    found: read.iter().filter(|of| of.len() > records).count(),
                    expected: fields,
                });
            }
            if records < AT_ONCE {
                return Ok(());
            }
        }
    }

    /// The same where cells have several values, each of which may be the right one: two family names, a name and what the
    /// person is called, both names of a place. Beside the values of each cell stands what was written there.
    ///
    /// ```
    /// use mandate_linkage::{Field, Kind, Table};
    /// let mut table = Table::new(vec![Field::new("family", Kind::Name)])?;
    /// table.push_several(&[("Petrović-Nikolić", &["Petrović", "Nikolić"])])?;
    /// assert_eq!(table.text(0, 0), "Petrović-Nikolić");
    /// # Ok::<(), mandate_linkage::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Cells`], [`Error::TooMany`], [`Error::Closed`].
    pub fn push_several(&mut self, cells: &[(&str, &[&str])]) -> Result<u32, Error> {
        self.room(cells.len())?;
        let places = self.places.as_ref();
        for (values, (written, of)) in self.values.iter_mut().zip(cells) {
            let value = values.add_all(written, of, places);
            values.count(value);
            self.cells.push(value);
        }
        Ok(self.pushed())
    }

    /// Whether one more record of so many cells can be added.
    fn room(&mut self, cells: usize) -> Result<(), Error> {
        self.room_for(1)?;
        if cells != self.fields.len() {
            return Err(Error::Cells {
                record: self.len(),
                found: cells,
                expected: self.fields.len(),
            });
        }
        if self.lists.is_empty() {
            self.begin_list("", false);
        }
        Ok(())
    }

    fn room_for(&self, records: usize) -> Result<(), Error> {
        if self.closed {
            return Err(Error::Closed);
        }
        let most = (u32::MAX - 1) as usize;
        if self.len() + records > most {
            return Err(Error::TooMany { most });
        }
        Ok(())
    }

    fn pushed(&mut self) -> u32 {
        let record = self.len() as u32 - 1;
        if let Some(list) = self.lists.last_mut() {
            list.end = record + 1;
        }
        record
    }

    /// Lets a table of a population say how rare the values of a field are, instead of the lists themselves. When all records
    /// are added.
    pub fn frequencies(&mut self, field: usize, population: &Population) {
        if let Some(of) = self.frequencies.get_mut(field) {
            *of = Frequencies::new(&self.values[field], population);
        }
    }

    /// Says that no record will be added, and gives back the memory that adding needs.
    pub fn close(&mut self) {
        self.closed = true;
        self.values.iter_mut().for_each(Values::close);
        self.cells.shrink_to_fit();
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len() / self.fields.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// The list of a record, as its place among the lists.
    #[must_use]
    pub fn list_of(&self, record: u32) -> usize {
        self.lists
            .partition_point(|list| list.end <= record)
            .min(self.lists.len().saturating_sub(1))
    }

    /// What a record has in a field, as it was written; empty where it is missing.
    #[must_use]
    pub fn text(&self, field: usize, record: u32) -> &str {
        self.values[field].text(self.value(field, record))
    }

    /// The value of a record in a field, as a number.
    pub(crate) fn value(&self, field: usize, record: u32) -> u32 {
        self.cells[record as usize * self.fields.len() + field]
    }

    /// The values of a record.
    pub(crate) fn row(&self, record: u32) -> &[u32] {
        let fields = self.fields.len();
        &self.cells[record as usize * fields..][..fields]
    }

    /// Whether two records are compared at all: not where both are of one list that holds each person once.
    #[must_use]
    pub fn comparable(&self, one: u32, other: u32) -> bool {
        let list = self.list_of(one);
        one != other && !(self.lists[list].unique && list == self.list_of(other))
    }

    /// How many pairs of records could be compared.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        let all = |n: u64| n * n.saturating_sub(1) / 2;
        let within: u64 = self
            .lists
            .iter()
            .filter(|list| list.unique)
            .map(|list| all(u64::from(list.end - list.start)))
            .sum();
        all(self.len() as u64) - within
    }

    /// The share of pairs of records with a value that have the same one, in any spelling.
    pub(crate) fn same_by_chance(&self, field: usize) -> f64 {
        if let Some(of) = &self.frequencies[field] {
            return of.same;
        }
        let counts = &self.values[field].counts[1..];
        let n: f64 = counts.iter().map(|n| f64::from(*n)).sum();
        let same: f64 = counts
            .iter()
            .map(|n| f64::from(*n) * (f64::from(*n) - 1.0).max(0.0))
            .sum();
        if n < 2.0 { 0.0 } else { same / (n * (n - 1.0)) }
    }

    /// How often the value of a record is among those that have one, in any spelling.
    pub(crate) fn frequency(&self, field: usize, value: u32, total: f64) -> f64 {
        if let Some(of) = &self.frequencies[field] {
            return of.of[value as usize];
        }
        let values = &self.values[field];
        f64::from(values.counts[values.face(value).same as usize]) / total
    }
}
