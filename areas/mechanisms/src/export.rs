//! A list as a table that an office goes on working with and that imports again without loss.

use mandate_language::Language;
use mandate_office::Profile;
use mandate_tabular::neutralise;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{
    domain::TagKind,
    store::{Recommendation, Tag},
};

/// The columns; their headings are those by which an import knows them, whatever the reader's language.
const COLUMNS: [&str; 23] = [
    "id",
    "mechanism",
    "symbol",
    "title",
    "subject",
    "session",
    "cycle",
    "date",
    "paragraph",
    "kind",
    "text",
    "language",
    "state",
    "reply",
    "status",
    "addressees",
    "themes",
    "groups",
    "places",
    "targets",
    "provisions",
    "deadline",
    "priority",
];

fn cells(item: &Recommendation, tags: &[Tag], profile: &Profile, l: &Language) -> Vec<String> {
    let tag = l.tag();
    let named = |kind: TagKind| -> String {
        tags.iter()
            .filter(|found| found.kind == kind)
            .map(|found| match kind {
                TagKind::Addressee => profile.institutions.name_of(&found.value, tag.as_str()),
                TagKind::Theme => profile.themes.name_of(&found.value, tag.as_str()),
                TagKind::Group => profile.groups.name_of(&found.value, tag.as_str()),
                TagKind::Place => profile.places.name_of(&found.value, tag.as_str()),
                _ => &found.value,
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    vec![
        item.source_id.clone().unwrap_or_default(),
        item.mechanism.clone(),
        item.symbol.clone(),
        item.title.clone(),
        item.subject.clone(),
        item.session.clone(),
        item.cycle.clone(),
        item.document_dated
            .map(|day| day.to_string())
            .unwrap_or_default(),
        item.paragraph.clone(),
        item.kind.to_string(),
        item.text.clone(),
        item.language.clone(),
        named(TagKind::State),
        item.reply.to_string(),
        l.text(&format!("mechanisms-status-{}", item.status)),
        named(TagKind::Addressee),
        named(TagKind::Theme),
        named(TagKind::Group),
        named(TagKind::Place),
        named(TagKind::Target),
        named(TagKind::Provision),
        item.deadline.map(|day| day.to_string()).unwrap_or_default(),
        item.priority.to_string(),
    ]
}

/// Where the text stands.
const TEXT: u16 = 10;

/// CSV in UTF-8 with its mark, as Excel wants it; no cell is run as a formula.
///
/// # Errors
/// When memory runs out.
pub fn to_csv(
    items: &[(Recommendation, Vec<Tag>)],
    profile: &Profile,
    l: &Language,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for (item, tags) in items {
        writer.write_record(
            cells(item, tags, profile, l)
                .iter()
                .map(|cell| neutralise(cell)),
        )?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A workbook with one sheet, a frozen header and a filter; every cell is text.
///
/// # Errors
/// When a cell is longer than a workbook allows.
pub fn to_xlsx(
    items: &[(Recommendation, Vec<Tag>)],
    profile: &Profile,
    l: &Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    for (row, (item, tags)) in (1_u32..).zip(items) {
        for (column, cell) in (0_u16..).zip(cells(item, tags, profile, l)) {
            sheet.write_string(row, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u32::try_from(items.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, COLUMNS.len() as u16 - 1)?;
    sheet.set_column_width(TEXT, 80)?;
    book.save_to_buffer()
}
