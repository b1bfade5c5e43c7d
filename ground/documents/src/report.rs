//! The tree that every writer takes.

use crate::WriteError;
use jiff::civil::Date;

/// A document: what stands around it and its blocks, all in the reader's language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The title, also the title in the properties of the file.
    pub title: String,
    /// A line under the title; empty for none.
    pub subtitle: String,
    /// BCP 47 tag: `en`, `sq`, `sr-Latn`, `sr-Cyrl`.
    pub language: String,
    /// The office that issues the document.
    pub office: String,
    /// The status-neutral footnote that must stand on the document; empty for none.
    pub footnote: String,
    /// The date, written out by the caller.
    pub date: String,
    /// The classification or protection label; empty for none.
    pub classification: String,
    /// The body.
    pub blocks: Vec<Block>,
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 3. A level that would skip one is raised to the next (see [`Report::heading_levels`]).
        level: u8,
        /// The text.
        text: String,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Numbered if true, with bullets if false.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table(Table),
    /// A drawing with its description.
    Figure(Figure),
    /// Terms with their values, two columns.
    KeyValues(Vec<KeyValue>),
    /// An item with its own number, for instance a recommendation.
    NumberedItem(NumberedItem),
    /// What follows starts on a new page.
    PageBreak,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text; a line feed breaks the line.
    pub text: String,
    /// How it stands out.
    pub emphasis: Emphasis,
}

impl Span {
    /// Text that does not stand out.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            emphasis: Emphasis::None,
        }
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            emphasis: Emphasis::Strong,
        }
    }

    /// Italic text.
    pub fn stressed(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            emphasis: Emphasis::Stressed,
        }
    }
}

/// How a span stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// Not at all.
    #[default]
    None,
    /// Bold.
    Strong,
    /// Italic.
    Stressed,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// A complete SVG without outside references.
    pub svg: String,
    /// The caption.
    pub title: String,
    /// What the drawing shows, for a reader who does not see it.
    pub description: String,
}

/// A term and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The term.
    pub key: String,
    /// The value.
    pub value: String,
}

/// An item with its own number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedItem {
    /// The number as it is cited, for instance `109.12`.
    pub number: String,
    /// The text.
    pub text: String,
    /// Terms under the text.
    pub details: Vec<KeyValue>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The caption, also the name of the sheet.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The title.
    pub title: String,
    /// The width in characters, a hint: columns share a page in this proportion. 0 counts as 1.
    pub width: u16,
    /// What the column holds.
    pub kind: Kind,
}

/// What a column holds; figures stand to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Text.
    #[default]
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// Shares of one, shown as per cent.
    Percent,
}

impl Kind {
    pub(crate) fn is_figure(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Percent)
    }
}

/// A cell: its value for a spreadsheet, and the text a reader sees in DOCX and PDF.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Integer {
        /// The value.
        value: i64,
        /// As the reader writes it.
        text: String,
    },
    /// A number.
    Number {
        /// The value.
        value: f64,
        /// As the reader writes it.
        text: String,
    },
    /// A date.
    Date {
        /// The value.
        value: Date,
        /// As the reader writes it.
        text: String,
    },
    /// A share of one: 0.25 is 25 per cent.
    Percent {
        /// The value, a share of one.
        value: f64,
        /// As the reader writes it.
        text: String,
    },
}

impl Cell {
    /// The text a reader sees.
    pub fn shown(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text)
            | Self::Integer { text, .. }
            | Self::Number { text, .. }
            | Self::Date { text, .. }
            | Self::Percent { text, .. } => text,
        }
    }
}

impl Report {
    /// The tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The level each heading is written with, in order: 1 to 3, and never more than one deeper than the one before,
    /// because a reader who moves from heading to heading would look for the missing one (PDF/UA-1, 7.4.2).
    pub fn heading_levels(&self) -> Vec<u8> {
        let mut before = 0_u8;
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, .. } => {
                    before = (*level).clamp(1, 3).min(before + 1);
                    Some(before)
                }
                _ => None,
            })
            .collect()
    }

    pub(crate) fn check_rows(&self) -> Result<(), WriteError> {
        self.tables()
            .enumerate()
            .try_for_each(|(number, table)| table.check_rows(number))
    }
}

impl Table {
    pub(crate) fn check_rows(&self, table: usize) -> Result<(), WriteError> {
        let columns = self.columns.len();
        match self
            .rows
            .iter()
            .enumerate()
            .find(|(_, row)| row.len() != columns)
        {
            Some((row, cells)) => Err(WriteError::Row {
                table,
                row,
                cells: cells.len(),
                columns,
            }),
            None => Ok(()),
        }
    }
}
