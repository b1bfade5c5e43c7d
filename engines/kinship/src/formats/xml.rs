//! A case as XML.
//!
//! The XML that is taken beside a `.fam` file holds profiles only and is that of laboratories: [`read`] reads it as well
//! (`CODISImportFile`; see the module `codis`). For pedigrees and frequencies no XML of Familias is described, so none is
//! imitated here. This layout holds what [`Contents`] holds and nothing is lost in it; the names follow the headings of the `.fam` text
//! where that has one. Names of elements and attributes are read in either case; elements that are not known are passed
//! over with a remark.
//!
//! ```xml
//! <Case Theta="0.01">
//!   <Database>
//!     <System Name="TH01" Counted="600">
//!       <Mutation Sex="Female" Model="equal" Rate="0.001"/>
//!       <Allele Name="9.3" Frequency="0.3"/>
//!     </System>
//!   </Database>
//!   <Family Name="F1">
//!     <Person Name="M1" Gender="Male" Father="A" Mother="B" Role="Missing"/>
//!   </Family>
//!   <Sample Name="R-17" Family="F1" Person="A" Gender="Male">
//!     <System Name="TH01"><Allele Name="6"/><Allele Name="9.3"/></System>
//!   </Sample>
//! </Case>
//! ```

use std::{fmt::Write as _, sync::Arc};

use quick_xml::{
    Reader,
    escape::escape,
    events::{BytesStart, Event},
};

use super::{
    Contents, FormatError, FormatErrors, FrequencyRow, LONGEST, MarkerRow, PersonRow, Place, Role,
    SampleRow, TableRow, allele, sex, sex_word, short,
};
use crate::{Mutation, MutationModel, Sex};

/// Elements may stand this deep.
const DEEPEST: usize = 16;

/// Reads a case, or the profiles of a laboratory (`CODISImportFile`).
///
/// # Errors
/// The first element that cannot be read, with its line.
pub fn read(text: &str, file: &str) -> Result<Contents, FormatErrors> {
    if text.len() > LONGEST {
        return Err(FormatError::TooLong {
            file: file.to_owned(),
            bytes: text.len(),
        }
        .into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if super::codis::is(text) {
        return super::codis::read(text, file);
    }
    let mut reading = Reading {
        lines: Lines::new(text, file),
        contents: Contents::default(),
        open: Vec::new(),
        family: None,
        seen_root: false,
    };
    reading.run(text).map_err(FormatErrors::from)?;
    if !reading.seen_root {
        return Err(FormatError::Empty {
            file: file.to_owned(),
        }
        .into());
    }
    Ok(reading.contents)
}

/// Turns a position in bytes into a line; positions only grow.
pub(super) struct Lines<'a> {
    file: Arc<str>,
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, file: &str) -> Self {
        Self {
            file: Arc::from(file),
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    pub(super) fn place(&mut self, position: u64) -> Place {
        let to = usize::try_from(position)
            .unwrap_or(usize::MAX)
            .min(self.text.len());
        if to > self.at {
            self.line += self.text[self.at..to]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            self.at = to;
        }
        Place::line(&self.file, self.line)
    }
}

struct Reading<'a> {
    lines: Lines<'a>,
    contents: Contents,
    /// The open elements, in lower case.
    open: Vec<String>,
    family: Option<String>,
    seen_root: bool,
}

impl Reading<'_> {
    fn run(&mut self, text: &str) -> Result<(), FormatError> {
        let mut reader = Reader::from_str(text);
        loop {
            let event = reader.read_event();
            let place = self.lines.place(reader.buffer_position());
            let broken = |why: String| FormatError::Broken {
                place: place.clone(),
                why,
            };
            match event.map_err(|e| broken(e.to_string()))? {
                Event::Start(start) => {
                    let name = self.begin(&start, &place)?;
                    if self.open.len() >= DEEPEST {
                        return Err(broken("elements stand too deep".to_owned()));
                    }
                    self.open.push(name);
                }
                Event::Empty(start) => {
                    let name = self.begin(&start, &place)?;
                    self.end(&name);
                }
                Event::End(_) => {
                    if let Some(name) = self.open.pop() {
                        self.end(&name);
                    }
                }
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => {
                    return Err(FormatError::Ends {
                        place,
                        expected: "the end of an element",
                    });
                }
                Event::Text(text) => {
                    let text = text.trim();
                    if !text.is_empty() {
                        return Err(FormatError::Value {
                            place,
                            value: short(text),
                            expected: "an element",
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &str) {
        if name == "family" {
            self.family = None;
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>, place: &Place) -> Result<String, FormatError> {
        let name = start.name().as_ref().to_lowercase();
        let attributes = Attributes::of(start, place)?;
        let above: Vec<&str> = self.open.iter().map(String::as_str).collect();
        match (above.as_slice(), name.as_str()) {
            ([], "case") => {
                self.seen_root = true;
                self.contents.theta = attributes.number("theta")?;
            }
            ([], _) => {
                return Err(FormatError::Value {
                    place: place.clone(),
                    value: short(&name),
                    expected: "the element Case",
                });
            }
            (["case"], "database") => {}
            (["case", "database"], "system") => self.contents.table.push(TableRow {
                marker: attributes.needed("name")?,
                alleles: Vec::new(),
                mutation: None,
                counted: attributes.count("counted")?,
                place: place.clone(),
            }),
            (["case", "database", "system"], "mutation") => {
                let sex = attributes.sex("sex")?;
                let model = attributes.model()?;
                if let Some(marker) = self.contents.table.last_mut() {
                    let mutation = marker.mutation.get_or_insert_with(Mutation::default);
                    match sex {
                        Sex::Female => mutation.female = model,
                        Sex::Male => mutation.male = model,
                        Sex::Unknown => *mutation = Mutation::both(model),
                    }
                }
            }
            (["case", "database", "system"], "allele") => {
                let row = FrequencyRow {
                    allele: attributes.allele()?,
                    frequency: attributes
                        .number("frequency")?
                        .filter(|f| (0.0..=1.0).contains(f))
                        .ok_or_else(|| FormatError::Missing {
                            place: place.field("Frequency"),
                            expected: "a frequency from 0 to 1",
                        })?,
                    place: place.clone(),
                };
                if let Some(marker) = self.contents.table.last_mut() {
                    marker.alleles.push(row);
                }
            }
            (["case"], "family") => self.family = Some(attributes.needed("name")?),
            (["case", "family"], "person") => {
                let role = attributes.get("role").unwrap_or_default();
                let row = PersonRow {
                    family: self.family.clone().unwrap_or_default(),
                    id: attributes.needed("name")?,
                    father: attributes.get("father").map(str::to_owned),
                    mother: attributes.get("mother").map(str::to_owned),
                    sex: attributes.sex("gender")?,
                    role: Role::read(role).ok_or_else(|| FormatError::Value {
                        place: place.field("Role"),
                        value: short(role),
                        expected: "missing or relative",
                    })?,
                    place: place.clone(),
                };
                self.contents.persons.push(row);
            }
            (["case"], "sample") => {
                let row = SampleRow {
                    sample: attributes.needed("name")?,
                    family: attributes.get("family").map(str::to_owned),
                    person: attributes.get("person").map(str::to_owned),
                    sex: attributes.sex("gender")?,
                    markers: Vec::new(),
                    place: place.clone(),
                };
                self.contents.samples.push(row);
            }
            (["case", "sample"], "system") => {
                let marker = attributes.needed("name")?;
                if let Some(sample) = self.contents.samples.last_mut() {
                    sample.markers.push(MarkerRow {
                        place: place.field(marker.clone()),
                        marker,
                        alleles: Vec::new(),
                    });
                }
            }
            (["case", "sample", "system"], "allele") => {
                let label = attributes.allele()?;
                let last = self.contents.samples.last_mut();
                if let Some(marker) = last.and_then(|s| s.markers.last_mut()) {
                    marker.alleles.push(label);
                }
            }
            _ => self.contents.remarks.push((
                place.clone(),
                format!(
                    "the element {} is not known here and was passed over",
                    short(&name)
                ),
            )),
        }
        Ok(name)
    }
}

struct Attributes {
    place: Place,
    /// Names in lower case.
    all: Vec<(String, String)>,
}

impl Attributes {
    fn of(start: &BytesStart<'_>, place: &Place) -> Result<Self, FormatError> {
        let broken = |why: String| FormatError::Broken {
            place: place.clone(),
            why,
        };
        let mut all = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| broken(e.to_string()))?;
            let name = attribute.key.as_ref().to_lowercase();
            let value =
                quick_xml::escape::unescape(&attribute.value).map_err(|e| broken(e.to_string()))?;
            all.push((name, value.trim().to_owned()));
        }
        Ok(Self {
            place: place.clone(),
            all,
        })
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.all.iter().find(|(n, _)| n == name)?;
        (!value.is_empty()).then_some(value)
    }

    fn needed(&self, name: &'static str) -> Result<String, FormatError> {
        self.get(name)
            .map(str::to_owned)
            .ok_or_else(|| FormatError::Missing {
                place: self.place.field(name),
                expected: name,
            })
    }

    fn wrong(&self, name: &str, value: &str, expected: &'static str) -> FormatError {
        FormatError::Value {
            place: self.place.field(name),
            value: short(value),
            expected,
        }
    }

    fn number(&self, name: &str) -> Result<Option<f64>, FormatError> {
        self.get(name)
            .map(|text| {
                text.parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite() && *n >= 0.0)
                    .ok_or_else(|| self.wrong(name, text, "a number that is not negative"))
            })
            .transpose()
    }

    fn count(&self, name: &str) -> Result<Option<u32>, FormatError> {
        self.get(name)
            .map(|text| {
                text.parse()
                    .map_err(|_| self.wrong(name, text, "a whole number"))
            })
            .transpose()
    }

    fn sex(&self, name: &str) -> Result<Sex, FormatError> {
        let text = self.get(name).unwrap_or_default();
        sex(text).ok_or_else(|| self.wrong(name, text, "male, female or unknown"))
    }

    fn allele(&self) -> Result<String, FormatError> {
        let text = self.get("name").unwrap_or_default();
        allele(text)
            .map_err(|expected| self.wrong("Name", text, expected))?
            .ok_or_else(|| self.wrong("Name", text, "an allele"))
    }

    fn model(&self) -> Result<MutationModel, FormatError> {
        let number = |name| Ok::<f64, FormatError>(self.number(name)?.unwrap_or(0.0));
        let (rate, rate2, range) = (number("rate")?, number("rate2")?, number("range")?);
        Ok(match self.get("model").unwrap_or_default() {
            "none" => MutationModel::None,
            "equal" => MutationModel::Equal { rate },
            "proportional" => MutationModel::Proportional { rate },
            "stepwise" => MutationModel::Stepwise { rate, rate2, range },
            "stepwise-by-order" => MutationModel::StepwiseByOrder { rate, range },
            "stepwise-stationary" => MutationModel::StepwiseStationary { rate, range },
            other => return Err(self.wrong("Model", other, "a mutation model")),
        })
    }
}

/// Writes a case as [`read`] reads it. A mutation matrix of one's own is left out, and the text says so in a comment.
pub fn write(case: &Contents) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Case");
    if let Some(theta) = case.theta {
        let _ = write!(out, " Theta=\"{theta}\"");
    }
    out.push_str(">\n  <Database>\n");
    for marker in &case.table {
        let _ = write!(out, "    <System Name=\"{}\"", escape(&marker.marker));
        if let Some(counted) = marker.counted {
            let _ = write!(out, " Counted=\"{counted}\"");
        }
        out.push_str(">\n");
        if let Some(mutation) = &marker.mutation {
            model(&mut out, "Female", &mutation.female);
            model(&mut out, "Male", &mutation.male);
        }
        for allele in &marker.alleles {
            let _ = writeln!(
                out,
                "      <Allele Name=\"{}\" Frequency=\"{}\"/>",
                escape(&allele.allele),
                allele.frequency
            );
        }
        out.push_str("    </System>\n");
    }
    out.push_str("  </Database>\n");
    let mut open: Option<&str> = None;
    for person in &case.persons {
        if open != Some(&person.family) {
            if open.is_some() {
                out.push_str("  </Family>\n");
            }
            let _ = writeln!(out, "  <Family Name=\"{}\">", escape(&person.family));
            open = Some(&person.family);
        }
        let _ = write!(
            out,
            "    <Person Name=\"{}\" Gender=\"{}\"",
            escape(&person.id),
            sex_word(person.sex)
        );
        for (name, parent) in [("Father", &person.father), ("Mother", &person.mother)] {
            if let Some(parent) = parent {
                let _ = write!(out, " {name}=\"{}\"", escape(parent));
            }
        }
        let _ = writeln!(out, " Role=\"{}\"/>", person.role.as_str());
    }
    if open.is_some() {
        out.push_str("  </Family>\n");
    }
    for sample in &case.samples {
        let _ = write!(out, "  <Sample Name=\"{}\"", escape(&sample.sample));
        for (name, value) in [("Family", &sample.family), ("Person", &sample.person)] {
            if let Some(value) = value {
                let _ = write!(out, " {name}=\"{}\"", escape(value));
            }
        }
        let _ = writeln!(out, " Gender=\"{}\">", sex_word(sample.sex));
        for marker in &sample.markers {
            let _ = write!(out, "    <System Name=\"{}\">", escape(&marker.marker));
            for allele in &marker.alleles {
                let _ = write!(out, "<Allele Name=\"{}\"/>", escape(allele));
            }
            out.push_str("</System>\n");
        }
        out.push_str("  </Sample>\n");
    }
    out.push_str("</Case>\n");
    out
}

fn model(out: &mut String, sex: &str, model: &MutationModel) {
    let (name, rate, rate2, range) = match *model {
        MutationModel::None => ("none", 0.0, 0.0, 0.0),
        MutationModel::Equal { rate } => ("equal", rate, 0.0, 0.0),
        MutationModel::Proportional { rate } => ("proportional", rate, 0.0, 0.0),
        MutationModel::Stepwise { rate, rate2, range } => ("stepwise", rate, rate2, range),
        MutationModel::StepwiseByOrder { rate, range } => ("stepwise-by-order", rate, 0.0, range),
        MutationModel::StepwiseStationary { rate, range } => {
            ("stepwise-stationary", rate, 0.0, range)
        }
        MutationModel::Custom(_) => {
            out.push_str("      <!-- a mutation matrix of one's own was left out -->\n");
            return;
        }
    };
    let _ = writeln!(
        out,
        "      <Mutation Sex=\"{sex}\" Model=\"{name}\" Rate=\"{rate}\" Rate2=\"{rate2}\" Range=\"{range}\"/>"
    );
}
