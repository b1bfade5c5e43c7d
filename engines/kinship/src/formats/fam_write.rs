//! Writing a `.fam` text: the table, then remains and families in the section for identification.

use std::fmt::Write as _;

use super::{Contents, PersonRow, Role, SampleRow, TableRow, fam_dvi::MISSING};
use crate::{Mutation, MutationModel, Sex};

/// Writes a case as Familias reads it, and what could not be kept.
///
/// Persons have one sample each and a sample has the person's name, as the format demands. The other things that the
/// format cannot hold are named in the second value, never dropped silently.
///
/// ```
/// use mandate_kinship::formats::{Contents, fam, frequencies};
/// let case = Contents {
///     table: frequencies::read("marker,allele,freq\nTH01,6,0.6\nTH01,9.3,0.4\n", "t.csv").unwrap(),
///     ..Contents::default()
/// };
/// let (text, lost) = fam::write(&case);
/// assert!(lost.is_empty());
/// assert_eq!(fam::read(&text, "case.fam").unwrap().table[0].alleles[1].frequency, 0.4);
/// ```
pub fn write(case: &Contents) -> (String, Vec<String>) {
    let mut lost = Vec::new();
    let mut out = String::new();
    let dvi = !case.samples.is_empty() || !case.persons.is_empty();
    line(&mut out, "\"Output from Familias, version 3.3.1\"");
    line(&mut out, "\"(written by another program in this form)\"");
    line(&mut out, if dvi { "3.3.1 (DVI)" } else { "3.3.1" });
    line(&mut out, "\"\"\n0\n\"Known relations\"\n0\n0\n0\n0");
    let theta = case.theta.unwrap_or(0.0);
    line(
        &mut out,
        &format!("#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: {theta} )"),
    );
    line(&mut out, &case.table.len().to_string());
    line(&mut out, "#TRUE#\n\"unknown\"");
    for marker in &case.table {
        table(&mut out, marker, &mut lost);
    }
    if dvi {
        identification(&mut out, case, &mut lost);
    }
    (out, lost)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Rate, code, range and second rate of a model.
fn numbers(model: &MutationModel) -> Option<(f64, u8, f64, f64)> {
    match *model {
        MutationModel::None => Some((0.0, 0, 0.1, 0.0)),
        MutationModel::Equal { rate } => Some((rate, 0, 0.1, 0.0)),
        MutationModel::Proportional { rate } => Some((rate, 1, 0.1, 0.0)),
        MutationModel::StepwiseByOrder { rate, range } => Some((rate, 2, range, 0.0)),
        MutationModel::StepwiseStationary { rate, range } => Some((rate, 3, range, 0.0)),
        MutationModel::Stepwise { rate, rate2, range } => Some((rate, 4, range, rate2)),
        MutationModel::Custom(_) => None,
    }
}

fn table(out: &mut String, marker: &TableRow, lost: &mut Vec<String>) {
    let Mutation { female, male } = marker.mutation.clone().unwrap_or_default();
    let [female, male] = [female, male].map(|model| {
        numbers(&model).unwrap_or_else(|| {
            lost.push(format!("{}: a mutation model of one's own", marker.marker));
            (0.0, 0, 0.1, 0.0)
        })
    });
    let (silent, seen): (Vec<_>, Vec<_>) =
        marker.alleles.iter().partition(|a| a.allele == "SILENT");
    let silent = silent.first().map(|a| a.frequency);
    line(out, &format!("\"{}\"", marker.marker.replace('"', "")));
    let all = seen.len() + usize::from(silent.is_some());
    let _ = writeln!(
        out,
        "{}\n{}\n{}\n{}\n{all}\n{}\n{}\n{}\n{}",
        female.0, male.0, female.1, male.1, female.2, male.2, female.3, male.3
    );
    line(
        out,
        if silent.is_some() {
            "#TRUE#"
        } else {
            "#FALSE#"
        },
    );
    line(out, &silent.unwrap_or(0.0).to_string());
    let _ = writeln!(
        out,
        "{}\t(DatabaseSize = {} , Dropout probability = 0 , Minor allele frequency = 0 )",
        seen.len(),
        marker.counted.unwrap_or(1000)
    );
    for allele in seen {
        let _ = writeln!(out, "\"{}\"\n{}", allele.allele, allele.frequency);
    }
}

fn identification(out: &mut String, case: &Contents, lost: &mut Vec<String>) {
    let remains: Vec<&SampleRow> = case.samples.iter().filter(|s| s.person.is_none()).collect();
    line(out, "\n[DVI]\n[[Unidentified persons]]");
    line(out, &format!("nPersons= {}", remains.len()));
    for (at, sample) in remains.iter().enumerate() {
        person(out, 3, at, &sample.sample, sample.sex, Some(sample), lost);
    }
    let mut families: Vec<&str> = Vec::new();
    for person in &case.persons {
        if !families.contains(&person.family.as_str()) {
            families.push(&person.family);
        }
    }
    line(out, "[[Reference Families]]");
    line(out, &format!("nFamilies= {}", families.len()));
    for (at, name) in families.iter().enumerate() {
        let members: Vec<&PersonRow> = case.persons.iter().filter(|p| p.family == *name).collect();
        family(out, at, name, &members, case, lost);
    }
}

fn family(
    out: &mut String,
    at: usize,
    name: &str,
    members: &[&PersonRow],
    case: &Contents,
    lost: &mut Vec<String>,
) {
    let _ = writeln!(out, "[[[Family {} ]]]\nName= {name}", at + 1);
    let _ = writeln!(out, "[[[[Persons]]]]\nnPersons= {}", members.len());
    for (number, member) in members.iter().enumerate() {
        let mut own = case.samples.iter().filter(|s| {
            s.person.as_deref() == Some(&member.id) && s.family.as_deref().is_none_or(|f| f == name)
        });
        let sample = own.next();
        if let Some(sample) = sample.filter(|s| s.sample != member.id) {
            lost.push(format!(
                "{name}, {}: the name of the sample, {}",
                member.id, sample.sample
            ));
        }
        for more in own {
            lost.push(format!("{name}, {}: the sample {}", member.id, more.sample));
        }
        person(out, 5, number, &written(member), member.sex, sample, lost);
    }
    let mut relations = String::new();
    let mut count = 0;
    for child in members {
        for (parent, sex) in [(&child.father, Sex::Male), (&child.mother, Sex::Female)] {
            let Some(parent) = parent else { continue };
            match members.iter().find(|p| p.id == *parent) {
                // The reader tells father from mother by the parent's sex, so it must be there.
                Some(row) if row.sex == sex => {
                    let _ = write!(
                        relations,
                        "\nParent= {}\nChild= {}",
                        written(row),
                        written(child)
                    );
                    count += 1;
                }
                _ => lost.push(format!("{name}, {}: the parent {parent}", child.id)),
            }
        }
    }
    let _ = writeln!(
        out,
        "[[[[Pedigrees]]]]\nnPedigrees= 2\n\
         [[[[[Pedigree 1]]]]]\nName= Reference pedigree\nnRelations= {count}{relations}\n\
         [[[[[Pedigree 2]]]]]\nName= {name}\nnRelations= {count}{relations}"
    );
}

/// A missing person's name says so, since the format has no other place for it.
fn written(person: &PersonRow) -> String {
    let tells = person.id.to_lowercase().starts_with("missing");
    if person.role == Role::Missing && !tells {
        format!("{MISSING}{}", person.id)
    } else {
        person.id.clone()
    }
}

fn person(
    out: &mut String,
    depth: usize,
    at: usize,
    name: &str,
    sex: Sex,
    sample: Option<&SampleRow>,
    lost: &mut Vec<String>,
) {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    let gender = match sex {
        Sex::Male => "Male",
        Sex::Female => "Female",
        Sex::Unknown => "Unknown",
    };
    let _ = writeln!(
        out,
        "{open}Person {}{close}\nName= {name}\nGender= {gender}",
        at + 1
    );
    let _ = writeln!(out, "[{open}DNA data{close}]");
    let mut typed = String::new();
    let mut count = 0;
    for marker in sample.iter().flat_map(|s| &s.markers) {
        match marker.alleles.as_slice() {
            [] => {}
            [first, second] => {
                let _ = writeln!(
                    typed,
                    "SystemName= {}\nAllele1= {first}\nAllele2= {second}",
                    marker.marker
                );
                count += 1;
            }
            other => lost.push(format!(
                "{name}, {}: {} alleles where the format holds two",
                marker.marker,
                other.len()
            )),
        }
    }
    let _ = write!(out, "nSystems= {count}\n{typed}");
}
