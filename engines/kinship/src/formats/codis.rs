//! Profiles in the XML that laboratories exchange (`CODISImportFile`, the common message format 3.2), as they are taken
//! beside a `.fam` file.
//!
//! Each `SPECIMEN` has a `SPECIMENID`, perhaps a `SPECIMENCATEGORY`, and `LOCUS` elements with a `LOCUSNAME` and `ALLELE`
//! elements with an `ALLELEVALUE`, at any depth. Names are read in either case and with any prefix; all other elements
//! (laboratory, batch, reader, kit) are passed over, since nothing here depends on them. The layout is that of the public
//! schema `urn:CODISImportFile-schema`; pedigrees and frequencies are not in it.
//!
//! A specimen is of remains where its category says so (`Unidentified Person`, `Unidentified Human (Remains)`) or where it
//! has none. Any other is of the person whose id the specimen bears: whether such a person is in a pedigree is asked by
//! [`crate::check`]. A homozygote that is written once is read as one allele that was seen, with nothing said of the other.

use std::sync::Arc;

use quick_xml::{
    Reader,
    events::{BytesRef, Event},
};

use super::{
    Contents, FormatError, FormatErrors, MarkerRow, Place, SampleRow, allele, short, xml::Lines,
};
use crate::Sex;

/// Elements may stand this deep.
const DEEPEST: usize = 32;

/// Whether a text is of this layout, told by its first element.
pub(super) fn is(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    for _ in 0..64 {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                return start
                    .local_name()
                    .as_ref()
                    .eq_ignore_ascii_case("codisimportfile");
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    false
}

/// Reads the specimens.
///
/// ```
/// let text = "<CODISImportFile xmlns=\"urn:CODISImportFile-schema\"><SPECIMEN><SPECIMENID>B-7</SPECIMENID>\
///     <SPECIMENCATEGORY>Unidentified Person</SPECIMENCATEGORY><LOCUS><LOCUSNAME>TH01</LOCUSNAME>\
///     <ALLELE><ALLELEVALUE>6</ALLELEVALUE></ALLELE><ALLELE><ALLELEVALUE>9.3</ALLELEVALUE></ALLELE></LOCUS>\
///     </SPECIMEN></CODISImportFile>";
/// let case = mandate_kinship::formats::xml::read(text, "lab.xml").unwrap();
/// assert_eq!(case.samples[0].markers[0].alleles, ["6", "9.3"]);
/// assert!(case.samples[0].person.is_none());
/// ```
///
/// # Errors
/// The first element that cannot be read, with its line.
pub(super) fn read(text: &str, file: &str) -> Result<Contents, FormatErrors> {
    let mut reading = Reading {
        file: Arc::from(file),
        contents: Contents::default(),
        open: Vec::new(),
        text: String::new(),
        specimen: None,
        locus: None,
        once: 0,
    };
    reading.run(text, file).map_err(FormatErrors::from)?;
    Ok(reading.contents)
}

struct Reading {
    file: Arc<str>,
    contents: Contents,
    /// The open elements, in capital letters and without prefix.
    open: Vec<String>,
    /// The text of the innermost element so far.
    text: String,
    specimen: Option<Specimen>,
    locus: Option<MarkerRow>,
    /// How many loci show one allele only.
    once: usize,
}

struct Specimen {
    id: String,
    category: String,
    markers: Vec<MarkerRow>,
    place: Place,
}

impl Reading {
    fn run(&mut self, text: &str, file: &str) -> Result<(), FormatError> {
        let mut lines = Lines::new(text, file);
        let mut reader = Reader::from_str(text);
        loop {
            let event = reader.read_event();
            let place = lines.place(reader.buffer_position());
            let broken = |why: String| FormatError::Broken {
                place: place.clone(),
                why,
            };
            match event.map_err(|e| broken(e.to_string()))? {
                Event::Start(start) => {
                    if self.open.len() >= DEEPEST {
                        return Err(broken("elements stand too deep".to_owned()));
                    }
                    let name = start.local_name().as_ref().to_uppercase();
                    self.begin(&name, &place);
                    self.open.push(name);
                }
                Event::End(_) => {
                    if let Some(name) = self.open.pop() {
                        self.end(&name, &place)?;
                    }
                    self.text.clear();
                }
                Event::Text(text) => self.text.push_str(&text),
                Event::CData(text) => self.text.push_str(&text),
                Event::GeneralRef(reference) => self.text.push_str(&meant(&reference)),
                Event::Eof if self.open.is_empty() => break,
                Event::Eof => {
                    return Err(FormatError::Ends {
                        place,
                        expected: "the end of an element",
                    });
                }
                _ => {}
            }
        }
        if self.once > 0 {
            let what = format!(
                "{} times one allele stands alone: it was seen, and nothing is said of the other. Where the laboratory \
                 writes homozygotes so, they weigh less here than they could",
                self.once
            );
            self.contents
                .remarks
                .push((Place::line(&self.file, 0), what));
        }
        Ok(())
    }

    fn begin(&mut self, name: &str, place: &Place) {
        self.text.clear();
        match name {
            "SPECIMEN" => {
                self.specimen = Some(Specimen {
                    id: String::new(),
                    category: String::new(),
                    markers: Vec::new(),
                    place: place.clone(),
                });
            }
            "LOCUS" if self.specimen.is_some() => {
                self.locus = Some(MarkerRow {
                    marker: String::new(),
                    alleles: Vec::new(),
                    place: place.clone(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, place: &Place) -> Result<(), FormatError> {
        let text = self.text.trim();
        match (name, &mut self.specimen, &mut self.locus) {
            ("SPECIMENID", Some(specimen), _) => specimen.id = text.to_owned(),
            ("SPECIMENCATEGORY", Some(specimen), _) => specimen.category = text.to_owned(),
            ("LOCUSNAME", _, Some(locus)) => {
                locus.marker = text.to_owned();
                locus.place = locus.place.field(text);
            }
            ("ALLELEVALUE", _, Some(locus)) => {
                let seen = allele(text).map_err(|expected| FormatError::Value {
                    place: place.field(locus.marker.clone()),
                    value: short(text),
                    expected,
                })?;
                locus.alleles.extend(seen);
            }
            ("LOCUS", Some(specimen), locus) => {
                if let Some(locus) = locus.take() {
                    if locus.marker.is_empty() {
                        return Err(FormatError::Missing {
                            place: locus.place,
                            expected: "LOCUSNAME",
                        });
                    }
                    self.once += usize::from(
                        locus.alleles.len() == 1
                            && crate::case::kind_of(&locus.marker) == crate::Kind::Autosomal,
                    );
                    specimen.markers.push(locus);
                }
            }
            ("SPECIMEN", specimen, _) => {
                if let Some(specimen) = specimen.take() {
                    self.contents.samples.push(specimen.sample()?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Specimen {
    fn sample(self) -> Result<SampleRow, FormatError> {
        if self.id.is_empty() {
            return Err(FormatError::Missing {
                place: self.place,
                expected: "SPECIMENID",
            });
        }
        let of_remains =
            self.category.is_empty() || self.category.to_lowercase().contains("unidentified");
        Ok(SampleRow {
            person: (!of_remains).then(|| self.id.clone()),
            sample: self.id,
            family: None,
            sex: Sex::Unknown,
            markers: self.markers,
            place: self.place,
        })
    }
}

/// What a reference such as `&amp;` stands for; nothing for one that XML does not define.
fn meant(reference: &BytesRef<'_>) -> String {
    quick_xml::escape::unescape(&format!("&{};", &**reference))
        .map(|text| text.into_owned())
        .unwrap_or_default()
}
