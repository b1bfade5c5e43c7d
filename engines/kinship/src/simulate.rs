//! Invented families and remains, for measuring a search and for asking what a family could be worth.
//!
//! Genes are dropped from founders to children with the markers' own frequencies and mutation; remains are seen with drop-out
//! and drop-in. The generator is ChaCha with 8 rounds, one stream for each family and each of the remains, so that the same
//! seed gives the same people at any number of threads and on any machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::error::{Error, Result};
use crate::locus::{Kind, Locus};
use crate::mutation::Matrix;
use crate::pedigree::{Pedigree, Row, Sex};
use crate::profile::{Observation, Profile, Quality};
use crate::search::{Family, Remains};

/// The relatives of a missing person who gave a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relatives {
    /// Father and mother.
    BothParents,
    /// The mother.
    OneParent,
    /// The mother and a full sibling.
    ParentAndSibling,
    /// A child and its other parent.
    ChildAndSpouse,
    /// Two children and their other parent.
    TwoChildrenAndSpouse,
    /// One child.
    OneChild,
    /// One full sibling.
    OneSibling,
    /// Two full siblings.
    TwoSiblings,
    /// Three full siblings.
    ThreeSiblings,
    /// One half-sibling through the father.
    HalfSibling,
    /// A brother of the father and a sister of the mother.
    UncleAndAunt,
}

impl Relatives {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::BothParents,
        Self::OneParent,
        Self::ParentAndSibling,
        Self::ChildAndSpouse,
        Self::TwoChildrenAndSpouse,
        Self::OneChild,
        Self::OneSibling,
        Self::TwoSiblings,
        Self::ThreeSiblings,
        Self::HalfSibling,
        Self::UncleAndAunt,
    ];

    /// The family of a missing person, whose place is the second result, with the places of those who gave a sample.
    ///
    /// # Errors
    /// None in fact: the families are right; the type is that of [`Pedigree::new`].
    pub fn family(self, sex: Sex) -> Result<(Pedigree, usize, Vec<usize>)> {
        let (man, woman) = (
            |id: &str| Row::founder(id, Sex::Male),
            |id: &str| Row::founder(id, Sex::Female),
        );
        let missing = Row::child("missing", sex, "father", "mother");
        let mut rows = vec![man("father"), woman("mother"), missing];
        let child = |at: usize, sex, father: &str, mother: &str| {
            Row::child(&format!("relative {at}"), sex, father, mother)
        };
        let sibling = |at| {
            child(
                at,
                if at % 2 == 0 { Sex::Male } else { Sex::Female },
                "father",
                "mother",
            )
        };
        let typed = match self {
            Self::BothParents => vec![0, 1],
            Self::OneParent => vec![1],
            Self::ParentAndSibling => {
                rows.push(sibling(1));
                vec![1, 3]
            }
            Self::OneSibling => {
                rows.push(sibling(1));
                vec![3]
            }
            Self::TwoSiblings => {
                rows.extend([sibling(1), sibling(2)]);
                vec![3, 4]
            }
            Self::ThreeSiblings => {
                rows.extend([sibling(1), sibling(2), sibling(3)]);
                vec![3, 4, 5]
            }
            Self::HalfSibling => {
                rows.extend([
                    woman("other mother"),
                    child(1, Sex::Female, "father", "other mother"),
                ]);
                vec![4]
            }
            Self::UncleAndAunt => {
                rows = vec![
                    man("paternal grandfather"),
                    woman("paternal grandmother"),
                    man("maternal grandfather"),
                    woman("maternal grandmother"),
                    Row::child(
                        "father",
                        Sex::Male,
                        "paternal grandfather",
                        "paternal grandmother",
                    ),
                    Row::child(
                        "uncle",
                        Sex::Male,
                        "paternal grandfather",
                        "paternal grandmother",
                    ),
                    Row::child(
                        "mother",
                        Sex::Female,
                        "maternal grandfather",
                        "maternal grandmother",
                    ),
                    Row::child(
                        "aunt",
                        Sex::Female,
                        "maternal grandfather",
                        "maternal grandmother",
                    ),
                    Row::child("missing", sex, "father", "mother"),
                ];
                vec![5, 7]
            }
            Self::OneChild | Self::ChildAndSpouse | Self::TwoChildrenAndSpouse => {
                let (father, mother, spouse) = match sex {
                    Sex::Female => ("spouse", "missing", man("spouse")),
                    _ => ("missing", "spouse", woman("spouse")),
                };
                rows = vec![
                    Row::founder("missing", sex),
                    spouse,
                    child(1, Sex::Male, father, mother),
                ];
                match self {
                    Self::OneChild => vec![2],
                    Self::ChildAndSpouse => vec![1, 2],
                    _ => {
                        rows.push(child(2, Sex::Female, father, mother));
                        vec![1, 2, 3]
                    }
                }
            }
        };
        let pedigree = Pedigree::new(&rows)?;
        let missing = pedigree.place("missing")?;
        Ok((pedigree, missing, typed))
    }
}

/// A source of chance that is the same everywhere.
#[derive(Debug, Clone)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// One stream of a seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number from 0 to below 1.
    pub fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
        let bits = (self.0.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// One of several by their weights; the last of positive weight where rounding leaves a rest.
    pub fn draw(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        let mut last = 0;
        for (at, weight) in weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0.0)
        {
            last = at;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }
}

/// The true genotype of each member at an autosomal or X marker, by places of alleles; the place behind the last is the
/// silent allele. A man at X has his one allele twice.
pub fn drop_genes(pedigree: &Pedigree, locus: &Locus, chance: &mut Chance) -> Vec<(usize, usize)> {
    let mut frequencies = locus.frequencies().to_vec();
    frequencies.push(locus.silent());
    let unchanged = Matrix::identity(frequencies.len());
    let mut genotypes = vec![(0, 0); pedigree.len()];
    for &place in pedigree.ancestors_first() {
        let member = &pedigree.members()[place];
        let mut from = |parent: usize, matrix: &Matrix, genotypes: &[(usize, usize)]| {
            let (x, y) = genotypes[parent];
            let gene = if chance.happens(0.5) { x } else { y };
            let matrix = if pedigree.is_unnamed(parent) {
                &unchanged
            } else {
                matrix
            };
            if matrix.is_identity() {
                gene
            } else {
                chance.draw(matrix.row(gene))
            }
        };
        let (mut paternal, maternal) = match member.parents {
            Some((father, mother)) => (
                from(father, locus.from_father(), &genotypes),
                from(mother, locus.from_mother(), &genotypes),
            ),
            None => (chance.draw(&frequencies), chance.draw(&frequencies)),
        };
        if locus.kind() == Kind::X && member.sex == Sex::Male {
            paternal = maternal;
        }
        genotypes[place] = (paternal, maternal);
    }
    genotypes
}

/// What is seen of a genotype. Nothing, if nothing shows or if three alleles do.
pub fn observe(
    locus: &Locus,
    (x, y): (usize, usize),
    haploid: bool,
    quality: Quality,
    chance: &mut Chance,
) -> Observation {
    let mut seen = Vec::with_capacity(3);
    for copy in if haploid { vec![x] } else { vec![x, y] } {
        if copy < locus.labels().len() && !chance.happens(quality.drop_out) {
            seen.push(copy);
        }
    }
    if chance.happens(quality.drop_in) {
        seen.push(chance.draw(locus.frequencies()));
    }
    seen.sort_unstable();
    seen.dedup();
    match *seen.as_slice() {
        [only] => Observation::pair(&locus.labels()[only], &locus.labels()[only]),
        [first, second] => Observation::pair(&locus.labels()[first], &locus.labels()[second]),
        _ => Observation::Nothing,
    }
}

/// How remains are preserved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preservation {
    /// The share of the remains that are like this.
    pub share: f64,
    /// Drop-out, drop-in and typing error of what is typed.
    pub quality: Quality,
    /// The probability that a marker gives nothing at all.
    pub fails: f64,
}

/// What is to be invented.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// How many families there are; each misses one person. Kinds of relatives take turns.
    pub families: usize,
    /// How many remains there are. The first are those of the missing, family by family; the rest are unrelated.
    pub remains: usize,
    /// The kinds of relatives.
    pub kinds: Vec<Relatives>,
    /// How remains are preserved; shares sum to 1.
    pub preservation: Vec<Preservation>,
}

impl Plan {
    /// A plan with all kinds of relatives, where six in ten remains are well preserved, three are partial and one is poor.
    pub fn new(remains: usize, families: usize, seed: u64) -> Self {
        let kind = |share, drop_out, drop_in, fails| Preservation {
            share,
            quality: Quality {
                drop_out,
                drop_in,
                typing_error: 0.0,
            },
            fails,
        };
        Self {
            seed,
            families,
            remains,
            kinds: Relatives::ALL.to_vec(),
            preservation: vec![
                kind(0.6, 0.0, 0.0, 0.0),
                kind(0.3, 0.05, 0.0, 0.1),
                kind(0.1, 0.2, 0.01, 0.3),
            ],
        }
    }
}

/// Invented families and remains, with the truth.
#[derive(Debug, Clone)]
pub struct Invented {
    /// The families.
    pub families: Vec<Family>,
    /// The kind of relatives of each.
    pub kinds: Vec<Relatives>,
    /// The remains.
    pub remains: Vec<Remains>,
    /// The family that each of the remains belongs to.
    pub truth: Vec<Option<usize>>,
}

/// Invents families and remains. Y and mitochondrial markers are left out.
///
/// # Errors
/// [`Error::OutOfRange`] without kinds of relatives or preservation, or for a quality that is none.
pub fn invent(plan: &Plan, loci: &[Locus]) -> Result<Invented> {
    for preservation in &plan.preservation {
        preservation.quality.check()?;
    }
    if plan.kinds.is_empty() || plan.preservation.is_empty() {
        return Err(Error::OutOfRange {
            name: "the number of kinds",
            value: 0.0,
            low: 1.0,
            high: 1e6,
        });
    }
    let loci: Vec<&Locus> = loci
        .iter()
        .filter(|locus| matches!(locus.kind(), Kind::Autosomal | Kind::X))
        .collect();
    let shares: Vec<f64> = plan.preservation.iter().map(|one| one.share).collect();
    let mut out = Invented {
        families: Vec::new(),
        kinds: Vec::new(),
        remains: Vec::new(),
        truth: Vec::new(),
    };
    for number in 0..plan.families {
        let chance = &mut Chance::new(plan.seed, 2 * number as u64);
        let sex = if chance.happens(0.8) {
            Sex::Male
        } else {
            Sex::Female
        };
        let kind = plan.kinds[number % plan.kinds.len()];
        let (pedigree, missing, typed) = kind.family(sex)?;
        let genotypes: Vec<Vec<(usize, usize)>> = loci
            .iter()
            .map(|locus| drop_genes(&pedigree, locus, chance))
            .collect();
        let preserved = plan.preservation[chance.draw(&shares)];
        let typed = typed
            .into_iter()
            .map(|place| {
                let fresh = Preservation {
                    share: 1.0,
                    quality: Quality::PERFECT,
                    fails: 0.0,
                };
                let member = &pedigree.members()[place];
                (
                    place,
                    profile(
                        &member.id, &loci, &genotypes, place, member.sex, fresh, chance,
                    ),
                )
            })
            .collect();
        if out.remains.len() < plan.remains {
            let profile = profile(
                &format!("remains {number}"),
                &loci,
                &genotypes,
                missing,
                sex,
                preserved,
                chance,
            );
            out.remains.push(Remains { profile, sex });
            out.truth.push(Some(number));
        }
        out.families.push(Family {
            name: format!("family {number}"),
            pedigree,
            missing,
            typed,
        });
        out.kinds.push(kind);
    }
    for number in out.remains.len()..plan.remains {
        let chance = &mut Chance::new(plan.seed, 2 * number as u64 + 1);
        let sex = if chance.happens(0.8) {
            Sex::Male
        } else {
            Sex::Female
        };
        let pedigree = Pedigree::new(&[Row::founder("somebody", sex)])?;
        let genotypes: Vec<Vec<(usize, usize)>> = loci
            .iter()
            .map(|locus| drop_genes(&pedigree, locus, chance))
            .collect();
        let preserved = plan.preservation[chance.draw(&shares)];
        let profile = profile(
            &format!("remains {number}"),
            &loci,
            &genotypes,
            0,
            sex,
            preserved,
            chance,
        );
        out.remains.push(Remains { profile, sex });
        out.truth.push(None);
    }
    Ok(out)
}

fn profile(
    name: &str,
    loci: &[&Locus],
    genotypes: &[Vec<(usize, usize)>],
    place: usize,
    sex: Sex,
    preserved: Preservation,
    chance: &mut Chance,
) -> Profile {
    let mut profile = Profile {
        quality: preserved.quality,
        ..Profile::new(name)
    };
    for (locus, genotypes) in loci.iter().zip(genotypes) {
        let haploid = locus.kind() == Kind::X && sex == Sex::Male;
        // Chance is used up alike whether the marker fails or not, so that plans can be compared.
        let fails = chance.happens(preserved.fails);
        let seen = observe(locus, genotypes[place], haploid, preserved.quality, chance);
        if !fails {
            profile.observations.insert(locus.name().to_owned(), seen);
        }
    }
    profile
}
