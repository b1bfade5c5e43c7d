//! What the reader promises, on files made here and on the real ones where they are.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    clippy::print_stdout
)]

use std::{collections::BTreeMap, io::Write as _};

use mandate_tabular::{Kind, Limits, ReadError, Sheet, neutralise, read, restore};
use proptest::prelude::*;

fn plain(bytes: &[u8]) -> Result<mandate_tabular::Table, ReadError> {
    read(bytes, "file.csv", None, &Limits::default())
}

fn real(name: &str) -> Option<Vec<u8>> {
    let shared = std::env::var("MANDATE_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let found = std::fs::read(format!("{shared}/upr/{name}")).ok();
    if found.is_none() {
        println!("skipped: no {name} in {shared}/upr");
    }
    found
}

#[test]
fn the_real_exports_give_all_their_rows_and_letters() {
    let (mut rows, mut letters) = (0, BTreeMap::<char, usize>::new());
    for name in ["1-5.csv", "6-9.csv", "10-13.csv"] {
        let Some(bytes) = real(name) else { return };
        let table = plain(&bytes).unwrap();
        let found = table.encoding.as_ref().unwrap();
        assert!(
            found.name == "macintosh" || found.certain,
            "{name}: {found:?}"
        );
        assert_eq!((table.columns.len(), table.uneven.len()), (11, 0), "{name}");
        rows += table.rows.len();
        for c in table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .flat_map(|cell| cell.chars())
        {
            if !c.is_ascii() {
                *letters.entry(c).or_default() += 1;
            }
        }
    }
    println!("{rows} rows; outside ASCII: {letters:?}");
    assert_eq!(rows, 23_484);
    assert!(
        letters.keys().all(|c| *c != '\u{fffd}' && !c.is_control()),
        "{letters:?}"
    );
}

#[test]
fn the_old_workbook_gives_the_same_rows_as_the_text() {
    let (Some(text), Some(book)) = (real("1-5.csv"), real("1-5.xls")) else {
        return;
    };
    let (text, book) = (plain(&text).unwrap(), plain(&book).unwrap());
    assert_eq!(book.kind, Kind::OldWorkbook);
    // The two exports name their columns differently, in the same order.
    assert_eq!(text.columns.len(), book.columns.len());
    assert_eq!(text.rows.len(), book.rows.len());
    let mut differ = Vec::new();
    for (a, b) in text.rows.iter().zip(&book.rows) {
        for (x, y) in a.cells.iter().zip(&b.cells) {
            // An independent source of the right letters: the workbook holds UTF-16.
            if x.trim() != y.trim() {
                differ.push((a.number, x.clone(), y.clone()));
            }
        }
    }
    println!(
        "{} of {} cells differ: {:?}",
        differ.len(),
        text.rows.len() * 11,
        differ.iter().take(5).collect::<Vec<_>>()
    );
    assert!(differ.is_empty());
}

#[test]
fn letters_of_the_region_are_found_in_their_encodings() {
    for (bytes, name, word) in [
        (
            &b"mesto;n\nVu\xE8itrn, \xD0akovica, Pe\xE6, \x8Atrpce\x2C Obili\xE6;1\n"[..],
            "windows-1250",
            "Đakovica",
        ),
        (
            &b"place,n\rC\x99te d'Ivoire and the womenUs,1\rS\x8Bo Tom\x8E,2\rM\x8Exico,3\r"[..],
            "macintosh",
            "México",
        ),
        (
            &b"vendi,n\nGjakov\xEB dhe Pej\xEB,1\nDe\xE7an,2\n"[..],
            "windows-1252",
            "Gjakovë",
        ),
    ] {
        let table = plain(bytes).unwrap();
        let found = table.encoding.as_ref().unwrap();
        let all: String = table
            .rows
            .iter()
            .flat_map(|row| row.cells.clone())
            .collect();
        assert!(all.contains(word), "{name}: {found:?} {all}");
    }
    let asked = read(b"a\n\xE8\n", "x", Some("windows-1251"), &Limits::default()).unwrap();
    assert_eq!(asked.rows[0].cells[0], "и");
    assert_eq!(
        read(b"a\n", "x", Some("klingon"), &Limits::default()),
        Err(ReadError::UnknownEncoding("klingon".into()))
    );
}

#[test]
fn quoted_fields_hold_line_breaks_and_uneven_rows_are_named() {
    let table = plain(b"a;b\n\"one\ntwo\";2\nonly\n1;2;3\n\n").unwrap();
    assert_eq!(table.rows[0].cells, ["one\ntwo", "2"]);
    assert_eq!(table.uneven, [(3, 1), (4, 3)]);
    assert_eq!(table.rows.len(), 3);
}

#[test]
fn what_is_no_table_is_answered() {
    assert_eq!(plain(b""), Err(ReadError::Empty));
    assert_eq!(plain(b" \n\n"), Err(ReadError::Empty));
    assert_eq!(
        plain(b"\x89PNG\r\n\x1a\n0000"),
        Err(ReadError::NotATable { found: "png" })
    );
    assert_eq!(
        plain(&[1, 2, 0, 4, 0, 1, 0, 0, 7]),
        Err(ReadError::NotATable { found: "binary" })
    );
    assert!(matches!(
        plain(b"PK\x03\x04 and then nothing"),
        Err(ReadError::Damaged { .. })
    ));
    assert!(matches!(
        plain(b"\xD0\xCF\x11\xE0 and then nothing"),
        Err(ReadError::Damaged { .. })
    ));
}

#[test]
fn too_many_rows_are_refused_with_the_row() {
    let limits = Limits {
        rows: 1_000,
        ..Limits::default()
    };
    let text = format!("a\n{}", "x\n".repeat(2_000));
    let refused = read(text.as_bytes(), "x", None, &limits).unwrap_err();
    assert_eq!(
        refused,
        ReadError::TooLarge {
            what: "rows",
            found: 1_001,
            most: 1_000,
            row: Some(1_002)
        }
    );
}

#[test]
fn a_bomb_is_refused_before_it_is_opened() {
    let mut bytes = Vec::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(&mut bytes));
    zip.start_file(
        "xl/worksheets/sheet1.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..64 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    assert!(bytes.len() < 1 << 20);
    let limits = Limits {
        unpacked: 32 << 20,
        ..Limits::default()
    };
    assert!(matches!(
        read(&bytes, "x.xlsx", None, &limits),
        Err(ReadError::TooLarge {
            what: "unpacked",
            ..
        })
    ));
}

#[test]
fn a_workbook_is_read_by_saved_values_with_its_formulas_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "text").unwrap();
    sheet.write_string(0, 1, "number").unwrap();
    sheet.write_string(1, 0, "Đakovica").unwrap();
    sheet
        .write_formula(1, 1, rust_xlsxwriter::Formula::new("=1+1").set_result("2"))
        .unwrap();
    let table = plain(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.rows[0].cells, ["Đakovica", "2"]);
    assert_eq!(table.formulas, ["B2"]);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = plain(&bytes);
    }

    #[test]
    fn no_workbook_however_broken_makes_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = plain(&[b"PK\x03\x04".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_neutralised_cell_comes_back_as_it_was(text in "['=+@a\\-\t ]{0,6}") {
        let written = neutralise(&text);
        prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']));
        prop_assert_eq!(restore(&written), text);
    }
}

/// What a sheet and a table say of a file: columns, uneven rows, and each row with its number.
type Said = (Vec<String>, Vec<(usize, usize)>, Vec<(usize, Vec<String>)>);

fn both(bytes: &[u8], limits: &Limits) -> [Result<Said, ReadError>; 2] {
    let of_sheet = |sheet: Sheet| {
        let width = sheet.columns.len();
        let rows: Vec<(usize, Vec<String>)> = sheet
            .rows()
            .map(|row| {
                let cells = (0..width).map(|at| row.cell(at).to_owned()).collect();
                (row.number(), cells)
            })
            .collect();
        assert_eq!(sheet.len(), rows.len());
        for at in 0..width {
            assert!(
                sheet
                    .column(at)
                    .eq(rows.iter().map(|(_, cells)| &cells[at]))
            );
        }
        (sheet.columns, sheet.uneven, rows)
    };
    let of_table = |table: mandate_tabular::Table| {
        let rows = table.rows.into_iter().map(|row| (row.number, row.cells));
        (table.columns, table.uneven, rows.collect())
    };
    [
        Sheet::read(bytes, limits).map(of_sheet),
        read(bytes, "", None, limits).map(of_table),
    ]
}

#[test]
fn a_sheet_of_several_pieces_is_the_table() {
    for (end, mark) in [("\n", ""), ("\r\n", ""), ("\n", "\""), ("\r", "")] {
        let mut text = format!("\u{feff}name,year,village{end}");
        for n in 0..60_000 {
            text += &format!(
                "{mark}Agim č {n}{mark},19{:02},village {}{end}",
                n % 90,
                n % 7
            );
            if n % 9_000 == 0 {
                text += &format!("{end},,{end}Besa,1970{end}Besa,1970,Pejë,more{end}");
            }
        }
        let [sheet, table] = both(text.as_bytes(), &Limits::default());
        assert_eq!(table.as_ref().unwrap().2.len(), 60_014, "{end:?}");
        assert!(sheet == table, "{end:?} {mark:?}");
        let few = Limits {
            rows: 55_000,
            cell: 40,
            ..Limits::default()
        };
        let [sheet, table] = both(text.as_bytes(), &few);
        assert_eq!(sheet, table);
    }
}

#[test]
fn cells_of_a_sheet_are_replaced_where_they_stand() {
    let bytes = b"a,b\nx,y\nx,x\n";
    let mut sheet = Sheet::read(bytes, &Limits::default()).unwrap();
    sheet.replace(0, |row, cell| {
        (cell == "x" && row.cell(1) == "x").then_some("longer")
    });
    let cells: Vec<[&str; 2]> = sheet.rows().map(|row| [row.cell(0), row.cell(1)]).collect();
    assert_eq!(cells, [["x", "y"], ["longer", "x"]]);
}

proptest! {
    #[test]
    fn a_sheet_is_the_table_whatever_the_file(text in "[a\"',;\r\n =ë\t]{0,40}", wide in 1_usize..6, most in 1_usize..6) {
        let limits = Limits { columns: wide, rows: most, cell: 6, ..Limits::default() };
        for limits in [Limits::default(), limits] {
            let [sheet, table] = both(text.as_bytes(), &limits);
            prop_assert_eq!(sheet, table);
        }
    }

    #[test]
    fn a_sheet_is_the_table_whatever_the_bytes(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let [sheet, table] = both(&bytes, &Limits::default());
        prop_assert_eq!(sheet, table);
    }
}
