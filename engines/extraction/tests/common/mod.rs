//! Small documents written by the tests themselves: a PDF with a line to a text operator, and a DOCX.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

pub mod words;

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

/// A PDF out of whole objects (`1 0 obj` is the first; it has to be the catalogue), with its table of references.
pub fn objects(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, body) in bodies.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", bodies.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
            bodies.len() + 1
        )
        .bytes(),
    );
    out
}

/// A stream object with its length.
pub fn stream(content: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
    out.extend(content);
    out.extend(b"\nendstream");
    out
}

/// A PDF whose pages hold the content streams given. The font `F` is WinAnsi, each letter half its size wide.
pub fn pdf_of(contents: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len())
        .map(|n| format!("{} 0 R", 4 + 2 * n))
        .collect();
    let mut bodies = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> >>",
            kids.len(),
            kids.join(" ")
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Plain /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (n, content) in contents.iter().enumerate() {
        bodies.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
                5 + 2 * n
            )
            .into_bytes(),
        );
        bodies.push(stream(content));
    }
    objects(&bodies)
}

/// Lines of a page: from above, size, words (in WinAnsi).
pub fn page(lines: &[(u32, u32, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (y, size, words) in lines {
        out.extend(format!("BT /F {size} Tf 1 0 0 1 60 {y} Tm (").bytes());
        for c in words.chars() {
            match c {
                '(' | ')' | '\\' => out.extend([b'\\', c as u8]),
                '’' => out.push(0x92),
                c => out.push(u8::try_from(u32::from(c)).unwrap()),
            }
        }
        out.extend(b") Tj ET\n");
    }
    out
}

/// A DOCX with the body given as WordprocessingML.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// The same with other parts of the package: `numbering`, `styles`, each with what stands in its root.
pub fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    package
        .start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(
        package,
        "<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>"
    )
    .unwrap();
    for (name, content) in parts {
        package
            .start_file(format!("word/{name}.xml"), SimpleFileOptions::default())
            .unwrap();
        write!(
            package,
            "<w:{name} xmlns:w=\"{space}\">{content}</w:{name}>"
        )
        .unwrap();
    }
    package.finish().unwrap().into_inner()
}
