//! What reading promises, on documents made here.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::{Cursor, Write as _};

use lopdf::{
    Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream,
    content::{Content, Operation},
    dictionary,
};
use mandate_extraction::{Kind, Limits, ReadError, Reply, Source, propose, read};
use proptest::prelude::*;

/// A PDF with the lines of each page: body at 11 points, and lines that begin with `~` small, at the foot.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for (at, lines) in pages.iter().enumerate() {
        let mut operations = Vec::new();
        let mut put = |x: i64, y: i64, size: i64, text: &str| {
            operations.push(Operation::new("BT", vec![]));
            operations.push(Operation::new("Tf", vec!["F1".into(), size.into()]));
            operations.push(Operation::new("Td", vec![x.into(), y.into()]));
            operations.push(Operation::new("Tj", vec![Object::string_literal(text)]));
            operations.push(Operation::new("ET", vec![]));
        };
        put(72, 800, 9, "A/HRC/99/1");
        let mut y = 740;
        for line in *lines {
            match line.strip_prefix('~') {
                Some(foot) => put(72, 90, 8, foot),
                None if line.is_empty() => y -= 14,
                None => {
                    put(72, y, 11, line);
                    y -= 14;
                }
            }
        }
        put(300, 40, 9, &format!("{}", at + 1));
        let content = Content { operations };
        let content = document.add_object(Stream::new(dictionary! {}, content.encode().unwrap()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|text| {
            format!(
                "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
                text.replace('&', "&amp;")
            )
        })
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>"
    );
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    package
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    package.write_all(xml.as_bytes()).unwrap();
    package.finish().unwrap().into_inner()
}

fn source(bytes: &[u8]) -> Source {
    read(bytes, "x", &Limits::default()).unwrap()
}

const FIRST: &[&str] = &[
    "II. Conclusions and/or recommendations",
    "",
    "7. The recommendations listed below enjoy the support of Lakeland:",
    "7.1. Publish every judge-",
    "ment of the courts and explain each judgement in all",
    "~* Not edited.",
];
const SECOND: &[&str] = &[
    "official languages (Norway, Bosnia and Herzegovina and Chile);",
    "7.2. Ratify the Convention (CRPD) within 10 years (Peru); train judges",
    "(the Netherlands).",
    "8. The following recommendations will be examined by Lakeland, which will respond in due time:",
    "8.1. Open an office of 3.5 rooms in each",
    "municipality (Kenya).",
    "9. The recommendations below did not enjoy the support of Lakeland:",
    "(a) Abolish the lakes (Chad);",
    "(b) Drain them (Mali).",
    "10. With regard to the two recommendations above, Lakeland made the following comments:",
    "(a) It needs its lakes.",
    "11. All conclusions and/or recommendations contained in the present report reflect the position of the",
    "submitting State(s).",
];

#[test]
fn a_report_is_followed_over_its_pages() {
    let source = source(&pdf(&[FIRST, SECOND]));
    assert_eq!(
        (source.kind, source.symbol.as_deref()),
        (Kind::Pdf, Some("A/HRC/99/1"))
    );
    assert!(
        !source.pages[0].text.contains("Not edited"),
        "{}",
        source.pages[0].text
    );
    assert!(
        !source.pages[1].text.contains("A/HRC"),
        "{}",
        source.pages[1].text
    );
    let found = propose(&source);
    let told: Vec<(&str, &str, Vec<&str>, Option<Reply>)> = found
        .iter()
        .map(|p| {
            let states = p.states.iter().map(String::as_str).collect();
            (p.paragraph.as_str(), p.text.as_str(), states, p.reply)
        })
        .collect();
    let supported = Some(Reply::Supported);
    assert_eq!(
        told,
        [
            (
                "7.1",
                "Publish every judgement of the courts and explain each judgement in all official languages",
                vec!["Norway", "Bosnia and Herzegovina", "Chile"],
                supported
            ),
            (
                "7.2",
                "Ratify the Convention (CRPD) within 10 years",
                vec!["Peru"],
                supported
            ),
            ("7.2", "Train judges", vec!["Netherlands"], supported),
            (
                "8.1",
                "Open an office of 3.5 rooms in each municipality",
                vec!["Kenya"],
                Some(Reply::Later)
            ),
            (
                "9(a)",
                "Abolish the lakes",
                vec!["Chad"],
                Some(Reply::Noted)
            ),
            ("9(b)", "Drain them", vec!["Mali"], Some(Reply::Noted)),
        ]
    );
    assert_eq!((found[0].page, found[1].page), (1, 2));
    let place = &source.pages[0].text[found[0].span.0..found[0].span.1];
    assert!(place.starts_with("7.1. Publish every"), "{place}");
}

#[test]
fn a_word_document_gives_what_the_pdf_gives() {
    let paragraphs = [
        "II. Conclusions and/or recommendations",
        "7. The recommendations listed below enjoy the support of Lakeland:",
        "7.1. Train judges & clerks (Norway);",
        "7.2. Publish judgements (Peru).",
    ];
    let source = source(&docx(&paragraphs));
    assert_eq!(source.kind, Kind::Docx);
    assert!(!source.pages[0].text.contains("gone"));
    let found = propose(&source);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text, "Train judges & clerks");
}

#[test]
fn observations_are_found_by_their_words() {
    let text = "12. The Committee is concerned about the lakes. It notes the law. The Committee recommends that the State party clean them.\n\
                13. The State party should:\n(a) Train judges;\n(b) Publish judgements.\n14. The delegation thanked the Committee.";
    let found = propose(&source(text.as_bytes()));
    let told: Vec<(&str, &str)> = found
        .iter()
        .map(|p| (p.paragraph.as_str(), p.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "12",
                "The Committee recommends that the State party clean them"
            ),
            ("13(a)", "Train judges"),
            ("13(b)", "Publish judgements"),
        ]
    );
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    let limits = Limits::default();
    let answer = |bytes: &[u8]| read(bytes, "x", &limits).unwrap_err();
    assert_eq!(answer(&pdf(&[&[], &[]])), ReadError::Scanned);
    assert!(matches!(
        answer(b"%PDF-1.7\nnothing here"),
        ReadError::Broken(_)
    ));
    assert_eq!(answer(&[0x89, b'P', b'N', b'G', 0, 1]), ReadError::Unknown);
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    package
        .start_file("other.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    assert_eq!(
        answer(&package.finish().unwrap().into_inner()),
        ReadError::Unknown
    );
    let few = Limits {
        pages: 1,
        ..limits.clone()
    };
    let two = pdf(&[FIRST, SECOND]);
    assert_eq!(
        read(&two, "x", &few).unwrap_err(),
        ReadError::TooLarge {
            what: "pages",
            most: 1
        }
    );
    let none = Limits {
        time: std::time::Duration::ZERO,
        ..limits.clone()
    };
    assert_eq!(read(&two, "x", &none).unwrap_err(), ReadError::TooSlow);

    let mut document = Document::load_mem(&two).unwrap();
    document.trailer.set(
        "ID",
        vec![Object::string_literal("a"), Object::string_literal("b")],
    );
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut locked = Vec::new();
    document.save_to(&mut locked).unwrap();
    assert_eq!(answer(&locked), ReadError::Encrypted);
}

#[test]
fn a_document_that_unpacks_to_much_is_refused() {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    package
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    for _ in 0..64 {
        package.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = package.finish().unwrap().into_inner();
    let limits = Limits {
        text: 1 << 20,
        ..Limits::default()
    };
    assert!(matches!(
        read(&bomb, "x", &limits),
        Err(ReadError::TooLarge { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_makes_the_reader_panic_or_hang(at in 0_usize..6000, with in any::<[u8; 4]>(), cut in 0_usize..6000) {
        let mut bytes = pdf(&[FIRST, SECOND]);
        let end = bytes.len();
        for (n, byte) in with.iter().enumerate() {
            if let Some(place) = bytes.get_mut((at + n * 97) % end) {
                *place = *byte;
            }
        }
        bytes.truncate(end - cut % (end / 4));
        if let Ok(source) = read(&bytes, "x", &Limits::default()) {
            propose(&source);
        }
    }

    #[test]
    fn no_text_makes_the_rules_panic_and_every_place_is_in_its_page(
        lines in proptest::collection::vec("(7\\.[0-9]{1,2}\\. |\\([a-e]\\) |[0-9]{1,2}\\. )?[a-zë (),;.:-]{0,60}(\\(Norway, Chile\\)|\\(CRPD\\))?[;.]?", 0..40)
    ) {
        let text = format!("Conclusions and/or recommendations\n7. The following recommendations enjoy the support of X:\n{}", lines.join("\n"));
        let source = read(text.as_bytes(), "x", &Limits::default()).unwrap();
        for found in propose(&source) {
            let page = &source.pages[usize::try_from(found.page).unwrap() - 1].text;
            prop_assert!(page.get(found.span.0..found.span.1).is_some());
            prop_assert!(!found.text.is_empty());
        }
    }
}

#[test]
fn a_list_goes_on_after_numbers_that_are_lost() {
    let text = "II. Conclusions and/or recommendations\n\
        7. The following recommendations enjoy the support of Lakeland:\n\
        7.1. Train judges (Peru);\n7.9. Build courts (Mali);\n\
        9.1. Publish judgements (Togo).";
    let found = propose(&read(text.as_bytes(), "r.txt", &Limits::default()).unwrap());
    let cited: Vec<&str> = found.iter().map(|p| p.paragraph.as_str()).collect();
    assert_eq!(cited, ["7.1", "7.9", "9.1"]);
}
