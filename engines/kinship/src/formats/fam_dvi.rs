//! The section for identification in a `.fam` text: unidentified persons and reference families.

use std::{collections::HashMap, sync::Arc};

use super::{
    Contents, FormatError, MarkerRow, PersonRow, Place, Role, SampleRow, allele, sex, short,
};
use crate::Sex;

/// What stands before the id of a missing person who has one.
pub(super) const MISSING: &str = "Missing person ";

/// Headings may stand this deep; Familias writes six.
const DEEPEST: usize = 8;

/// Who is missing is told by the name.
pub(super) fn role(name: &str) -> Role {
    if name.to_lowercase().starts_with("missing") {
        Role::Missing
    } else {
        Role::Relative
    }
}

/// The id behind a name: what [`super::fam::write`] put before a missing person's id is taken away.
fn id(name: &str) -> (String, Role) {
    match name.strip_prefix(MISSING) {
        Some(rest) if !rest.trim().is_empty() => (rest.to_owned(), Role::Missing),
        _ => (name.to_owned(), role(name)),
    }
}

/// A heading with what stands below it.
struct Node {
    title: String,
    place: Place,
    values: Vec<(String, String, Place)>,
    below: Vec<Node>,
}

impl Node {
    fn value(&self, key: &str) -> Option<(&str, &Place)> {
        self.values
            .iter()
            .find(|(k, _, _)| k == key)
            .map(|(_, v, p)| (v.as_str(), p))
    }

    fn find(&self, title: &str) -> Option<&Node> {
        self.below.iter().find(|n| n.title == title)
    }

    fn named(&self) -> Result<&str, FormatError> {
        match self.value("Name") {
            Some((name, _)) if !name.is_empty() => Ok(name),
            _ => Err(FormatError::Missing {
                place: self.place.clone(),
                expected: "Name=",
            }),
        }
    }

    fn sex(&self) -> Result<Sex, FormatError> {
        self.value("Gender")
            .map_or(Ok(Sex::Unknown), |(text, place)| {
                sex(text).ok_or_else(|| FormatError::Value {
                    place: place.clone(),
                    value: short(text),
                    expected: "Male, Female or Unknown",
                })
            })
    }
}

/// Reads the lines from `[DVI]` on; `from` is the number of lines before them.
pub(super) fn read(
    lines: &[&str],
    file: &Arc<str>,
    from: usize,
    contents: &mut Contents,
) -> Result<(), FormatError> {
    let tree = tree(lines, file, from)?;
    let Some(dvi) = tree.find("DVI") else {
        return Ok(());
    };
    if let Some(unidentified) = dvi.find("Unidentified persons") {
        for person in &unidentified.below {
            let name = person.named()?;
            contents.samples.push(sample(person, name, None, None)?);
        }
    }
    if let Some(families) = dvi.find("Reference Families") {
        for node in &families.below {
            family(node, contents)?;
        }
    }
    Ok(())
}

fn tree(lines: &[&str], file: &Arc<str>, from: usize) -> Result<Node, FormatError> {
    let node = |title: String, line: usize| Node {
        title,
        place: Place::line(file, line),
        values: Vec::new(),
        below: Vec::new(),
    };
    // The open headings from the root down; the last takes what follows.
    let mut open = vec![node(String::new(), from)];
    let close = |open: &mut Vec<Node>, depth: usize| {
        while open.len() > depth {
            let Some(done) = open.pop() else { return };
            match open.last_mut() {
                Some(above) => above.below.push(done),
                None => open.push(done),
            }
            if open.len() == 1 && depth <= 1 {
                return;
            }
        }
    };
    for (at, line) in lines.iter().enumerate() {
        let number = from + at + 1;
        let line = line.trim_end();
        let depth = line.bytes().take_while(|b| *b == b'[').count();
        if depth == 0 {
            if let (Some((key, value)), Some(last)) = (line.split_once('='), open.last_mut()) {
                let key = key.trim().to_owned();
                let place = Place::line(file, number).field(key.clone());
                last.values.push((key, value.trim().to_owned(), place));
            }
            continue;
        }
        if depth > DEEPEST || depth > open.len() {
            return Err(FormatError::Value {
                place: Place::line(file, number),
                value: short(line),
                expected: "a heading at most one bracket deeper than the one before",
            });
        }
        close(&mut open, depth);
        let title = line.trim_matches(['[', ']', ' ']).trim().to_owned();
        open.push(node(title, number));
    }
    close(&mut open, 1);
    open.pop().ok_or_else(|| FormatError::Empty {
        file: file.to_string(),
    })
}

fn sample(
    node: &Node,
    name: &str,
    family: Option<&str>,
    person: Option<String>,
) -> Result<SampleRow, FormatError> {
    let mut markers: Vec<MarkerRow> = Vec::new();
    if let Some(data) = node.find("DNA data") {
        for (key, value, place) in &data.values {
            match key.as_str() {
                "SystemName" => markers.push(MarkerRow {
                    marker: value.clone(),
                    alleles: Vec::new(),
                    place: place.field(value.clone()),
                }),
                "Allele1" | "Allele2" => {
                    let read = allele(value).map_err(|expected| FormatError::Value {
                        place: place.clone(),
                        value: short(value),
                        expected,
                    })?;
                    let last = markers.last_mut().ok_or_else(|| FormatError::Missing {
                        place: place.clone(),
                        expected: "SystemName=",
                    })?;
                    last.alleles.extend(read);
                }
                _ => {}
            }
        }
    }
    Ok(SampleRow {
        sample: name.to_owned(),
        family: family.map(str::to_owned),
        person,
        sex: node.sex()?,
        markers,
        place: node.place.clone(),
    })
}

fn family(node: &Node, contents: &mut Contents) -> Result<(), FormatError> {
    let name = node.named()?;
    let nothing: &[Node] = &[];
    let below = |title: &str| node.find(title).map_or(nothing, |n| n.below.as_slice());
    let mut persons: Vec<PersonRow> = Vec::new();
    for person in below("Persons") {
        let (id, role) = id(person.named()?);
        let read = sample(person, &id, Some(name), Some(id.clone()))?;
        persons.push(PersonRow {
            family: name.to_owned(),
            id,
            father: None,
            mother: None,
            sex: read.sex,
            role,
            place: person.place.clone(),
        });
        if !read.markers.is_empty() {
            contents.samples.push(read);
        }
    }
    // Familias writes the family twice: as "Reference pedigree" and with the missing person in place.
    let pedigrees = below("Pedigrees");
    let full: Vec<&Node> = pedigrees
        .iter()
        .filter(|p| {
            p.value("Name")
                .is_none_or(|(n, _)| n != "Reference pedigree")
        })
        .collect();
    let chosen = full.first().copied().or_else(|| pedigrees.first());
    if full.len() > 1 {
        contents.remarks.push((
            node.place.clone(),
            format!(
                "{name}: only the first of {} pedigrees was read",
                full.len()
            ),
        ));
    }
    if let Some(pedigree) = chosen {
        relations(pedigree, name, &mut persons)?;
    }
    contents.persons.extend(persons);
    Ok(())
}

fn relations(
    pedigree: &Node,
    family: &str,
    persons: &mut Vec<PersonRow>,
) -> Result<(), FormatError> {
    let mut numbers: HashMap<String, usize> = persons
        .iter()
        .enumerate()
        .map(|(n, p)| (p.id.clone(), n))
        .collect();
    let mut pairs: Vec<(usize, usize, Place)> = Vec::new();
    let mut parent: Option<usize> = None;
    for (key, value, place) in &pedigree.values {
        if key != "Parent" && key != "Child" {
            continue;
        }
        let (id, role) = id(value);
        let number = *numbers.entry(id).or_insert_with_key(|id| {
            persons.push(PersonRow {
                family: family.to_owned(),
                id: id.clone(),
                father: None,
                mother: None,
                sex: Sex::Unknown,
                role,
                place: place.clone(),
            });
            persons.len() - 1
        });
        match (key.as_str(), parent) {
            ("Parent", _) => parent = Some(number),
            (_, Some(p)) => {
                pairs.push((p, number, place.clone()));
                parent = None;
            }
            (_, None) => {
                return Err(FormatError::Missing {
                    place: place.clone(),
                    expected: "Parent=",
                });
            }
        }
    }
    // A parent whose sex is not recorded has the sex that the other parent has not; one decision can allow the next.
    let mut changed = true;
    while changed {
        changed = false;
        for (p, child, _) in &pairs {
            if persons[*p].sex != Sex::Unknown {
                continue;
            }
            let other = pairs
                .iter()
                .filter(|(q, c, _)| c == child && q != p)
                .map(|(q, _, _)| persons[*q].sex)
                .find(|s| *s != Sex::Unknown);
            if let Some(sex) = other {
                persons[*p].sex = if sex == Sex::Male {
                    Sex::Female
                } else {
                    Sex::Male
                };
                changed = true;
            }
        }
    }
    for (p, child, place) in pairs {
        let id = persons[p].id.clone();
        let (sex, child) = (persons[p].sex, &mut persons[child]);
        let slot = match sex {
            Sex::Male => &mut child.father,
            Sex::Female => &mut child.mother,
            Sex::Unknown => {
                return Err(FormatError::Value {
                    place,
                    value: short(&id),
                    expected: "a parent whose sex is recorded or follows from the other parent's",
                });
            }
        };
        if slot.as_ref().is_some_and(|known| *known != id) {
            return Err(FormatError::Value {
                place,
                value: short(&id),
                expected: "the only parent of that sex",
            });
        }
        *slot = Some(id);
    }
    Ok(())
}
