//! The fixed parts of a DOCX package.

use crate::docx::{escaped, run};
use crate::{Block, Emphasis, Figure, Report};
use std::fmt::Write as _;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(crate) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

pub(crate) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

/// A transparent pixel: what a program shows that cannot draw SVG.
pub(crate) const BLANK_PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T',
    0x78, 0x9C, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xAE, 0x42, 0x60, 0x82,
];

pub(crate) fn document(body: &str) -> String {
    format!(
        r#"{HEAD}<w:document {W} xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134" w:header="709" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

pub(crate) fn core(report: &Report) -> String {
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language></cp:coreProperties>"#,
        escaped(&report.title),
        escaped(&report.office),
        escaped(&report.language)
    )
}

/// The language as Word names it: it knows Serbian by country, and the script with it.
fn word_language(tag: &str) -> &str {
    match tag {
        "en" => "en-GB",
        "sq" => "sq-AL",
        "sr-Latn" | "sr" => "sr-Latn-RS",
        "sr-Cyrl" => "sr-Cyrl-RS",
        other => other,
    }
}

pub(crate) fn styles(report: &Report) -> String {
    let language = escaped(word_language(&report.language));
    let mut out = format!(
        r#"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}" w:eastAsia="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#
    );
    for (id, name, paragraph, character) in [
        (
            "Title",
            "Title",
            r#"<w:spacing w:after="60"/>"#,
            r#"<w:b/><w:sz w:val="40"/>"#,
        ),
        (
            "Subtitle",
            "Subtitle",
            r#"<w:spacing w:after="120"/>"#,
            r#"<w:color w:val="404040"/><w:sz w:val="24"/>"#,
        ),
        (
            "Heading1",
            "heading 1",
            r#"<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>"#,
            r#"<w:b/><w:sz w:val="32"/>"#,
        ),
        (
            "Heading2",
            "heading 2",
            r#"<w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="1"/>"#,
            r#"<w:b/><w:sz w:val="27"/>"#,
        ),
        (
            "Heading3",
            "heading 3",
            r#"<w:keepNext/><w:spacing w:before="220" w:after="80"/><w:outlineLvl w:val="2"/>"#,
            r#"<w:b/><w:sz w:val="23"/>"#,
        ),
        (
            "Caption",
            "caption",
            r#"<w:spacing w:before="120" w:after="80"/>"#,
            r#"<w:b/><w:sz w:val="20"/>"#,
        ),
        (
            "ListParagraph",
            "List Paragraph",
            r#"<w:spacing w:after="60"/>"#,
            "",
        ),
        (
            "TableText",
            "Table Text",
            r#"<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>"#,
            r#"<w:sz w:val="19"/>"#,
        ),
        (
            "Header",
            "header",
            r#"<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>"#,
            r#"<w:sz w:val="18"/>"#,
        ),
        (
            "Footer",
            "footer",
            r#"<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs><w:spacing w:after="0"/>"#,
            r#"<w:sz w:val="16"/>"#,
        ),
    ] {
        let _ = write!(
            out,
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{character}</w:rPr></w:style>"#
        );
    }
    out += r#"<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>"#;
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(
            out,
            r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"/>"#
        );
    }
    out + r#"</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8ECF0"/></w:tcPr></w:tblStylePr></w:style></w:styles>"#
}

pub(crate) fn numbering(report: &Report) -> String {
    let mut out = format!("{HEAD}<w:numbering {W}>");
    for (id, format, text) in [(0, "bullet", "•"), (1, "decimal", "%1.")] {
        let _ = write!(
            out,
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>"#
        );
    }
    out += r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let ordered = report
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::List { ordered: true, .. }))
        .count();
    for number in 2..ordered + 2 {
        let _ = write!(
            out,
            r#"<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#
        );
    }
    out + "</w:numbering>"
}

pub(crate) fn header(report: &Report) -> String {
    format!(
        r#"{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{}<w:r><w:tab/></w:r>{}</w:p></w:hdr>"#,
        run(&report.office, Emphasis::None),
        run(&report.classification, Emphasis::Strong)
    )
}

pub(crate) fn footer(report: &Report) -> String {
    let field = |name: &str| {
        format!(r#"<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#)
    };
    format!(
        r#"{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}</w:p><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>{}{}{}</w:p></w:ftr>"#,
        run(&report.footnote, Emphasis::None),
        field("PAGE"),
        run(" / ", Emphasis::None),
        field("NUMPAGES")
    )
}

pub(crate) fn document_relations(figures: usize) -> String {
    let mut out = format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
    );
    for (id, kind, target) in [
        (1, "styles", "styles.xml"),
        (2, "numbering", "numbering.xml"),
        (3, "header", "header1.xml"),
        (4, "footer", "footer1.xml"),
    ] {
        let _ = write!(
            out,
            r#"<Relationship Id="rId{id}" Type="{R}/{kind}" Target="{target}"/>"#
        );
    }
    if figures > 0 {
        let _ = write!(
            out,
            r#"<Relationship Id="rBlank" Type="{R}/image" Target="media/blank.png"/>"#
        );
    }
    for number in 0..figures {
        let _ = write!(
            out,
            r#"<Relationship Id="rFigure{number}" Type="{R}/image" Target="media/figure{number}.svg"/>"#
        );
    }
    out + "</Relationships>"
}

/// A drawing in the line, 16 cm wide and as high as its view box says.
pub(crate) fn drawing(number: usize, figure: &Figure) -> String {
    let (width, id) = (5_760_000_f64, number + 1);
    #[allow(clippy::cast_possible_truncation)] // at most three times the width
    let height = (width * ratio(&figure.svg).unwrap_or(0.6).clamp(0.05, 1.4)) as i64;
    let extent = format!(r#"cx="{width}" cy="{height}""#);
    let description = escaped(&figure.description).replace('\n', " ");
    format!(
        r#"<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline><wp:extent {extent}/><wp:docPr id="{id}" name="figure{number}" descr="{description}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="figure{number}" descr="{description}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rBlank"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="rFigure{number}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    )
}

/// Height over width by the view box of the SVG.
fn ratio(svg: &str) -> Option<f64> {
    let (_, rest) = svg.split_once("viewBox=")?;
    let inside = rest.get(1..)?.split(['"', '\'']).next()?;
    let numbers: Vec<f64> = inside
        .split([' ', ','])
        .filter_map(|n| n.parse().ok())
        .collect();
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some(height / width),
        _ => None,
    }
}
