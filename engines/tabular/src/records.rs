//! A JSON array of records read as a table: the names of the fields are the columns, in the order in which they first
//! come. A list becomes its parts with a line end between them; an object in a list is known by its name.

use std::collections::HashMap;

use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::{Kind, Limits, ReadError, Row, Table, too_large};

/// Whether a file begins like JSON.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut letters = start.iter().filter(|b| !b.is_ascii_whitespace());
    match letters.next() {
        Some(b'{') => matches!(letters.next(), Some(b'"' | b'}')),
        Some(b'[') => matches!(letters.next(), Some(b'{' | b']')),
        _ => false,
    }
}

/// Reads an array of records, records one after another, or an object that holds an array of records.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| damaged(None, &error))?;
    let mut out = Records::new(limits);
    if text.trim_start().starts_with('[') {
        let mut from = serde_json::Deserializer::from_str(text);
        let read = (&mut out).deserialize(&mut from);
        out.answer(read.and_then(|()| from.end()))?;
    } else {
        let mut from = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
        let mut first = true;
        while let Some(record) = from.next() {
            let record = record.map_err(|error| damaged(Some(out.rows.len() + 1), &error))?;
            match inner(&record) {
                Some(list) if first && from.byte_offset() == text.trim_end().len() => {
                    for record in list.iter().filter_map(Value::as_object) {
                        out.take(record)?;
                    }
                }
                _ => out.take(&record)?,
            }
            first = false;
        }
    }
    out.table()
}

/// The array of records that a lone object holds.
fn inner(record: &Map<String, Value>) -> Option<&Vec<Value>> {
    record
        .values()
        .filter_map(Value::as_array)
        .find(|list| list.first().is_some_and(Value::is_object))
}

fn damaged(row: Option<usize>, cause: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        row,
        cause: cause.to_string(),
    }
}

struct Records<'a> {
    limits: &'a Limits,
    places: HashMap<String, usize>,
    columns: Vec<String>,
    rows: Vec<Row>,
    refused: Option<ReadError>,
}

impl<'a> Records<'a> {
    fn new(limits: &'a Limits) -> Self {
        Records {
            limits,
            places: HashMap::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            refused: None,
        }
    }

    fn take(&mut self, record: &Map<String, Value>) -> Result<(), ReadError> {
        let number = self.rows.len() + 1;
        too_large("rows", number, self.limits.rows, Some(number))?;
        let mut cells = vec![String::new(); self.columns.len()];
        for (name, value) in record {
            let at = match self.places.get(name) {
                Some(at) => *at,
                None => {
                    let at = self.columns.len();
                    too_large("columns", at + 1, self.limits.columns, Some(number))?;
                    self.places.insert(name.clone(), at);
                    self.columns.push(name.clone());
                    cells.push(String::new());
                    at
                }
            };
            let text = text_of(value);
            too_large("characters", text.len(), self.limits.cell, Some(number))?;
            cells[at] = text;
        }
        self.rows.push(Row { number, cells });
        Ok(())
    }

    fn answer(&mut self, read: Result<(), serde_json::Error>) -> Result<(), ReadError> {
        match (self.refused.take(), read) {
            (Some(refused), _) => Err(refused),
            (None, Err(error)) => Err(damaged(Some(self.rows.len() + 1), &error)),
            (None, Ok(())) => Ok(()),
        }
    }

    fn table(mut self) -> Result<Table, ReadError> {
        if self.rows.is_empty() {
            return Err(ReadError::Empty);
        }
        for row in &mut self.rows {
            row.cells.resize(self.columns.len(), String::new());
        }
        Ok(Table {
            kind: Kind::Records,
            encoding: None,
            delimiter: None,
            columns: self.columns,
            rows: self.rows,
            uneven: Vec::new(),
            formulas: Vec::new(),
        })
    }
}

// One record at a time: the file may be large, and a tree of all of it is many times larger.
impl<'de> DeserializeSeed<'de> for &mut Records<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(record) = seq.next_element::<Map<String, Value>>()? {
            if let Err(refused) = self.take(&record) {
                self.refused = Some(refused);
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(list) => list
            .iter()
            .map(text_of)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Object(object) => ["Name", "name", "Title", "title", "Label", "label", "Code"]
            .iter()
            .find_map(|key| object.get(*key).and_then(Value::as_str))
            .map_or_else(|| value.to_string(), |name| name.trim().to_owned()),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = crate::read(text.as_bytes(), "x.json", None, &Limits::default()).unwrap();
        assert_eq!(table.kind, Kind::Records);
        table.rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn records_are_rows_and_lists_are_lines() {
        let text = r#"[{"Text":"Ratify","Themes":["Courts","Schools"],"Sdgs":[{"Code":"16.3","Name":"16.3"}]},
                       {"Text":"Publish","Body":"X","Themes":[]}]"#;
        assert_eq!(
            cells(text),
            [
                vec!["Ratify", "Courts\nSchools", "16.3", ""],
                vec!["Publish", "", "", "X"]
            ]
        );
    }

    #[test]
    fn wrapped_records_and_records_one_after_another_are_read_too() {
        let one = vec![vec!["a".to_owned()], vec!["b".to_owned()]];
        assert_eq!(cells(r#"{"total":2,"results":[{"T":"a"},{"T":"b"}]}"#), one);
        assert_eq!(cells("{\"T\":\"a\"}\n{\"T\":\"b\"}\n"), one);
    }

    #[test]
    fn a_broken_record_is_named_by_its_number() {
        let read = crate::read(b"[{\"T\":\"a\"},{\"T\":]", "x", None, &Limits::default());
        assert!(matches!(read, Err(ReadError::Damaged { row: Some(2), .. })));
        let few = Limits {
            rows: 1,
            ..Limits::default()
        };
        let read = crate::read(b"[{\"T\":\"a\"},{\"T\":\"b\"}]", "x", None, &few);
        assert!(matches!(
            read,
            Err(ReadError::TooLarge { what: "rows", .. })
        ));
        assert_eq!(
            crate::read(b"[]", "x", None, &Limits::default()),
            Err(ReadError::Empty)
        );
    }

    proptest! {
        #[test]
        fn no_input_panics_and_every_row_has_every_column(text in r#"[\[\]{}",:a-z0-9 \\]{0,200}"#) {
            if let Ok(table) = read(text.as_bytes(), &Limits::default()) {
                prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
            }
        }
    }
}
