//! Founders who can change places, so that half of the ways of inheritance is counted twice instead.

use crate::problem::Problem;

/// Two founders of whom nothing was seen, whose children all are of both: father and mother can change places.
#[derive(Clone)]
pub(crate) struct Couple {
    pub(crate) father: usize,
    pub(crate) mother: usize,
    pub(crate) children: Vec<usize>,
}

impl Couple {
    /// By person, the parents if these are such a couple.
    pub(crate) fn all(problem: &Problem) -> Vec<Option<Self>> {
        let people = &problem.people;
        let of = |person: usize| {
            let (father, mother) = people[person].parents?;
            let founder = |at: usize| {
                people[at].parents.is_none() && people[at].terms.is_none() && !people[at].haploid
            };
            let children: Vec<usize> = (0..people.len())
                .filter(|child| {
                    people[*child].parents.is_some_and(|(one, other)| {
                        [one, other].contains(&father) || [one, other].contains(&mother)
                    })
                })
                .collect();
            let alike = founder(father)
                && founder(mother)
                && problem.passing(father, true) == problem.passing(mother, false)
                && children.iter().all(|child| {
                    people[*child].parents == Some((father, mother)) && !people[*child].haploid
                });
            alike.then_some(Self {
                father,
                mother,
                children,
            })
        };
        (0..people.len()).map(of).collect()
    }
}
