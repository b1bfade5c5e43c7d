//! Records made into what is computed with: families, remains and markers.
//!
//! Nothing is dropped silently: what cannot be used is left out with a remark that names it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use crate::search::Remains;
use crate::{
    Error, Kind, Locus, Mutation, MutationModel, Observation, Pedigree, Profile, Quality, Row, Sex,
    Typed,
    formats::{Contents, PersonRow, Role, SampleRow, TableRow},
    search,
};

/// How records are made into a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOptions {
    /// The model of mutations where the table states none. By default stepwise with a tenth of the probability for each
    /// further step, at 0.0005 a meiosis from mothers and 0.002 from fathers, and 1e-6 to microvariants: about the mean of
    /// the usual markers (Brinkmann et al. 1998, Am J Hum Genet 62; AABB annual report 2008).
    pub mutation: Mutation,
    /// All rates, stated or not, are multiplied by this (to see how much a conclusion hangs on them).
    pub rate_factor: f64,
    /// The lowest frequency of any allele; without one, an allele that the table does not hold takes the lowest frequency
    /// in the table of that marker, and no other changes.
    pub minimum_frequency: Option<f64>,
    /// How well remains are typed.
    pub remains: Quality,
    /// How well reference samples are typed.
    pub references: Quality,
}

impl Default for CaseOptions {
    fn default() -> Self {
        let stepwise = |rate| MutationModel::Stepwise {
            rate,
            rate2: 1e-6,
            range: 0.1,
        };
        Self {
            mutation: Mutation {
                female: stepwise(0.0005),
                male: stepwise(0.002),
            },
            rate_factor: 1.0,
            minimum_frequency: None,
            remains: Quality::PERFECT,
            references: Quality::PERFECT,
        }
    }
}

/// A family with what was seen of its members.
#[derive(Debug, Clone)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// Who descends from whom.
    pub pedigree: Pedigree,
    /// Places of those who are missing.
    pub missing: Vec<usize>,
    /// Places of those with reference samples, with what was seen.
    pub typed: Vec<(usize, Profile)>,
}

impl Family {
    /// Those who were typed, as likelihoods take them.
    pub fn typed(&self) -> Vec<Typed<'_>> {
        self.typed.iter().map(|(at, p)| (*at, p)).collect()
    }

    /// The family as a blind search takes it, with one of those who are missing.
    pub fn missing_one(&self, missing: usize) -> search::Family {
        search::Family {
            name: self.name.clone(),
            pedigree: self.pedigree.clone(),
            missing,
            typed: self.typed.clone(),
        }
    }

    /// The id of a member.
    pub fn id(&self, place: usize) -> &str {
        self.pedigree
            .members()
            .get(place)
            .map_or("", |m| m.id.as_str())
    }

    /// The sex of a member.
    pub fn sex(&self, place: usize) -> Sex {
        self.pedigree
            .members()
            .get(place)
            .map_or(Sex::Unknown, |m| m.sex)
    }
}

/// Everything that is computed with.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// Families.
    pub families: Vec<Family>,
    /// Remains.
    pub remains: Vec<Remains>,
    /// Markers, each with frequencies that sum to 1.
    pub loci: Vec<Locus>,
    /// What was left out or assumed, a sentence each.
    pub remarks: Vec<String>,
}

impl Case {
    /// A family by its name.
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|f| f.name == name)
    }

    /// Remains by the sample's name.
    pub fn remains(&self, sample: &str) -> Option<&Remains> {
        self.remains.iter().find(|r| r.profile.name == sample)
    }
}

/// Marker names as they are compared: capital letters and digits only, so that `vWA` is `VWA` and `Penta D` is `PENTA_D`.
pub fn marker_key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// How a marker is inherited, told by its name: `DX…` and `HPRTB` on X, `DY…` and `YGATA…` on Y, `MT`, `mtDNA…`, `HV1` to
/// `HV3`, `HVR…` and `HVS…` mitochondrial, all others autosomal. A mitochondrial label is a name that the laboratory gives
/// to a whole haplotype.
pub fn kind_of(marker: &str) -> Kind {
    let key = marker_key(marker);
    if key.starts_with("DXS") || key == "HPRTB" {
        Kind::X
    } else if key.starts_with("DYS") || key.starts_with("YGATA") || key.starts_with("DYF") {
        Kind::Y
    } else if key == "MT"
        || ["MTDNA", "MITO", "HV1", "HV2", "HV3", "HVR", "HVS"]
            .iter()
            .any(|start| key.starts_with(start))
    {
        Kind::Mitochondrial
    } else {
        Kind::Autosomal
    }
}

/// Whether a marker tells the sex and is not weighed.
pub fn is_amelogenin(marker: &str) -> bool {
    let key = marker_key(marker);
    key.starts_with("AMEL") || key == "AM"
}

/// Frequencies whose sum is further from 1 than this are divided by it.
pub const NORMALISED: f64 = 1e-6;

/// Makes records into a case.
///
/// Frequencies are divided by their sum where that is further from 1 than [`NORMALISED`]. A marker or family that cannot be used is left out with a remark; run
/// [`crate::check::check`] before, which says how to mend it.
pub fn build(contents: &Contents, options: &CaseOptions) -> Case {
    let mut remarks: Vec<String> = contents
        .remarks
        .iter()
        .map(|(place, what)| format!("{place}: {what}"))
        .collect();
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in contents.samples.iter().flat_map(|s| &s.markers) {
        seen.entry(marker_key(&row.marker))
            .or_default()
            .extend(row.alleles.iter().map(String::as_str));
    }
    let mut loci: Vec<Locus> = Vec::new();
    for row in &contents.table {
        let none = BTreeSet::new();
        let seen = seen.get(&marker_key(&row.marker)).unwrap_or(&none);
        if is_amelogenin(&row.marker) || loci.iter().any(|l| l.name() == row.marker) {
            continue;
        }
        match locus(row, seen, options, &mut remarks) {
            Ok(locus) => loci.push(locus),
            Err(why) => remarks.push(format!("the marker {} is left out: {why}", row.marker)),
        }
    }
    loci.extend(lines(contents, &loci, &mut remarks));
    let names: HashMap<String, String> = loci
        .iter()
        .map(|l| (marker_key(l.name()), l.name().to_owned()))
        .collect();
    let families = families(contents, &names, options, &mut remarks);
    let remains = contents
        .samples
        .iter()
        .filter(|s| s.person.is_none())
        .map(|sample| Remains {
            profile: profile(sample, &names, options.remains, &mut remarks),
            sex: sex_of(sample),
        })
        .collect();
    Case {
        families,
        remains,
        loci,
        remarks,
    }
}

/// Y and mitochondrial markers that were seen and that no table holds. They are only compared, so that every label is
/// given the same frequency.
fn lines(contents: &Contents, loci: &[Locus], remarks: &mut Vec<String>) -> Vec<Locus> {
    let mut markers: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let known: BTreeSet<String> = loci.iter().map(|l| marker_key(l.name())).collect();
    for row in contents.samples.iter().flat_map(|s| &s.markers) {
        let key = marker_key(&row.marker);
        if !matches!(kind_of(&row.marker), Kind::Y | Kind::Mitochondrial)
            || known.contains(&key)
            || row.alleles.is_empty()
        {
            continue;
        }
        let at = *by_key.entry(key).or_insert_with(|| {
            markers.push((&row.marker, BTreeSet::new()));
            markers.len() - 1
        });
        markers[at].1.extend(row.alleles.iter().map(String::as_str));
    }
    let mut found = Vec::with_capacity(markers.len());
    for (name, labels) in markers {
        #[expect(clippy::cast_precision_loss, reason = "labels of one marker are few")]
        let each = 1.0 / labels.len() as f64;
        let alleles: Vec<(String, f64)> = labels
            .into_iter()
            .map(|label| (label.to_owned(), each))
            .collect();
        match Locus::new(name, kind_of(name), &alleles) {
            Ok(locus) => found.push(locus),
            Err(why) => remarks.push(format!("the marker {name} is left out: {why}")),
        }
    }
    found
}

fn locus(
    row: &TableRow,
    seen: &BTreeSet<&str>,
    options: &CaseOptions,
    remarks: &mut Vec<String>,
) -> Result<Locus, Error> {
    // Sums that differ from 1 by the last printed digit are left as they are, as other programs leave them.
    let total = match row.total() {
        sum if (sum - 1.0).abs() <= NORMALISED => 1.0,
        sum => sum,
    };
    let silent: f64 = row
        .alleles
        .iter()
        .filter(|a| a.allele == "SILENT")
        .map(|a| a.frequency / total)
        .sum();
    let alleles: Vec<(String, f64)> = row
        .alleles
        .iter()
        .filter(|a| a.allele != "SILENT" && a.frequency > 0.0)
        .map(|a| (a.allele.clone(), a.frequency / total / (1.0 - silent)))
        .collect();
    let smallest = alleles.iter().map(|a| a.1).fold(f64::INFINITY, f64::min);
    let mut locus = Locus::new(&row.marker, kind_of(&row.marker), &alleles)?;
    let outside = seen.iter().any(|label| locus.place(label).is_none());
    if let Some(minimum) = options.minimum_frequency.filter(|m| *m > 0.0) {
        locus = locus.with_minimum(minimum, seen.iter().copied())?;
    } else if outside {
        locus = locus.with_minimum(smallest.min(0.09), seen.iter().copied())?;
    }
    if silent > 0.0 {
        locus = locus.with_silent(silent, true)?;
    }
    let wanted = row.mutation.as_ref().unwrap_or(&options.mutation);
    let scaled = scaled(wanted, options.rate_factor);
    match locus.clone().with_mutation(scaled.clone()) {
        Ok(locus) => Ok(locus),
        // Names such as "OL" have no size, so that steps cannot be counted.
        Err(why) if row.mutation.is_none() => {
            remarks.push(format!(
                "{}: mutations to all alleles alike, because {why}",
                row.marker
            ));
            let equal = |model: &MutationModel| MutationModel::Equal { rate: rate(model) };
            locus.with_mutation(Mutation {
                female: equal(&scaled.female),
                male: equal(&scaled.male),
            })
        }
        Err(why) => Err(why),
    }
}

/// The rate that a model states; 0 for none and for a matrix.
pub fn rate(model: &MutationModel) -> f64 {
    match *model {
        MutationModel::None | MutationModel::Custom(_) => 0.0,
        MutationModel::Equal { rate }
        | MutationModel::Proportional { rate }
        | MutationModel::Stepwise { rate, .. }
        | MutationModel::StepwiseByOrder { rate, .. }
        | MutationModel::StepwiseStationary { rate, .. } => rate,
    }
}

fn scaled(mutation: &Mutation, factor: f64) -> Mutation {
    let one = |model: &MutationModel| {
        let mut model = model.clone();
        match &mut model {
            MutationModel::None | MutationModel::Custom(_) => {}
            MutationModel::Equal { rate }
            | MutationModel::Proportional { rate }
            | MutationModel::StepwiseByOrder { rate, .. }
            | MutationModel::StepwiseStationary { rate, .. } => *rate *= factor,
            MutationModel::Stepwise { rate, rate2, .. } => {
                *rate *= factor;
                *rate2 *= factor;
            }
        }
        model
    };
    Mutation {
        female: one(&mutation.female),
        male: one(&mutation.male),
    }
}

fn families(
    contents: &Contents,
    names: &HashMap<String, String>,
    options: &CaseOptions,
    remarks: &mut Vec<String>,
) -> Vec<Family> {
    let mut order: Vec<&str> = Vec::new();
    let mut members: HashMap<&str, Vec<&PersonRow>> = HashMap::new();
    let mut families_of: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for person in &contents.persons {
        let of = members.entry(&person.family).or_insert_with(|| {
            order.push(&person.family);
            Vec::new()
        });
        of.push(person);
        families_of
            .entry(&person.id)
            .or_default()
            .insert(&person.family);
    }
    let mut samples: HashMap<(&str, &str), Vec<&SampleRow>> = HashMap::new();
    for sample in &contents.samples {
        let Some(person) = sample.person.as_deref() else {
            continue;
        };
        let known = families_of.get(person);
        let family = match &sample.family {
            Some(family) => known.and_then(|k| k.get(family.as_str())).copied(),
            None => known
                .filter(|k| k.len() == 1)
                .and_then(|k| k.first())
                .copied(),
        };
        match family {
            Some(family) => samples.entry((family, person)).or_default().push(sample),
            None => remarks.push(format!(
                "the sample {} is left out: it is not clear who {person} is",
                sample.sample
            )),
        }
    }
    let mut families = Vec::with_capacity(order.len());
    for name in order {
        let members = &members[name];
        let pedigree = match Pedigree::with_unnamed_parents(&rows(members)) {
            Ok(pedigree) => pedigree,
            Err(why) => {
                remarks.push(format!("the family {name} is left out: {why}"));
                continue;
            }
        };
        let mut missing = Vec::new();
        let mut typed = Vec::new();
        for (at, person) in members.iter().enumerate() {
            if person.role == Role::Missing {
                missing.push(at);
            }
            for sample in samples
                .get(&(name, person.id.as_str()))
                .into_iter()
                .flatten()
            {
                typed.push((at, profile(sample, names, options.references, remarks)));
            }
        }
        families.push(Family {
            name: name.to_owned(),
            pedigree,
            missing,
            typed,
        });
    }
    families
}

fn rows(members: &[&PersonRow]) -> Vec<Row> {
    members
        .iter()
        .map(|p| Row {
            id: p.id.clone(),
            sex: p.sex,
            father: p.father.clone(),
            mother: p.mother.clone(),
        })
        .collect()
}

/// Sex as recorded, or else as amelogenin shows it: a Y is a man's, X twice a woman's; X once says nothing.
fn sex_of(sample: &SampleRow) -> Sex {
    if sample.sex != Sex::Unknown {
        return sample.sex;
    }
    let mut amelogenin = sample.markers.iter().filter(|m| is_amelogenin(&m.marker));
    match amelogenin.next() {
        Some(m) if m.alleles.iter().any(|a| a == "Y") => Sex::Male,
        Some(m) if m.alleles.len() == 2 => Sex::Female,
        _ => Sex::Unknown,
    }
}

fn profile(
    sample: &SampleRow,
    names: &HashMap<String, String>,
    quality: Quality,
    remarks: &mut Vec<String>,
) -> Profile {
    let mut profile = Profile {
        quality,
        ..Profile::new(&sample.sample)
    };
    for row in &sample.markers {
        let Some(name) = names.get(&marker_key(&row.marker)) else {
            continue;
        };
        let observation = match row.alleles.as_slice() {
            [] => continue,
            [one] => Observation::One(one.clone()),
            [one, other] => Observation::pair(one, other),
            _ => {
                remarks.push(format!(
                    "{} of {} is left out: it shows more than two alleles",
                    row.marker, sample.sample
                ));
                continue;
            }
        };
        profile = profile.with(name, observation);
    }
    profile
}
