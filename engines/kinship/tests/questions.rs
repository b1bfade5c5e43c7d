//! Posterior, sensitivity, family power and revision, against numbers worked out by hand. All data are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use mandate_kinship::{
    case::{Case, CaseOptions, Family, Remains, build},
    compare::evidence,
    formats::dvi,
    joint::MissingPerson,
    posterior::{
        Agreement, Circumstances, Factor, Policy, Variant, is_stable, posterior, sensitivity,
    },
    power::{PowerOptions, candidates, power, who_helps},
    revision::{Identification, Standing, revise},
};

fn case(text: &str) -> Case {
    let case = build(&dvi::read(text, "x").unwrap(), &CaseOptions::default());
    assert_eq!(case.remarks, Vec::<String>::new());
    case
}

fn go_on(_: usize, _: usize) -> bool {
    true
}

const PARENT: &str = "#dataset; missing: M\n#PM\nV\t1\t1/1\n#AM F\nP\t0\t0\t1\t1/1\nQ\t0\t0\t2\t-/-\nM\tP\tQ\t1\t-/-\n\
    #FREQ\nL1\tnone\t1=0.5\t2=0.5\n";

#[test]
fn the_power_of_a_typed_parent_is_what_is_worked_out_by_hand() {
    let case = case(PARENT);
    let options = PowerOptions {
        simulations: 20_000,
        log10_threshold: f64::log10(2.0) - 1e-9,
        ..PowerOptions::default()
    };
    let family = &case.families[0];
    let found = power(family, 2, &[], &case.loci, &options, &go_on).unwrap();
    // The child of 1/1 is 1/1 (ratio 0.5/0.25) or 1/2 (0.5/0.5), each with 1/2; a stranger of 2/2 is excluded.
    assert!((found.exceedance - 0.5).abs() < 0.02, "{found:?}");
    assert!((found.by_chance - 0.25).abs() < 0.01, "{found:?}");
    assert!((found.mean_log10 - 0.5 * 2f64.log10()).abs() < 0.01);
    assert!((found.exclusion - 0.25).abs() < 1e-12);
    assert_eq!(found.exclusion_twice, 0.0);
    // Where half of the markers fail, half of the power is left.
    let half = PowerOptions {
        success: 0.5,
        ..options.clone()
    };
    let half = power(family, 2, &[], &case.loci, &half, &go_on).unwrap();
    assert!((half.exceedance - 0.25).abs() < 0.02);
    assert!((half.exclusion - 0.125).abs() < 1e-12);
}

#[test]
fn power_with_theta_weighs_a_stranger_of_the_same_subpopulation() {
    let case = case(PARENT);
    let options = PowerOptions {
        simulations: 20_000,
        theta: 0.1,
        ..PowerOptions::default()
    };
    let found = power(&case.families[0], 2, &[], &case.loci, &options, &go_on).unwrap();
    // The other parent's allele is a third draw: it is a 1 with q = (0.2 + 0.45)/1.1. The child is 1/1 with q and 1/2 with
    // 1 − q; a stranger is 1/1 with q (0.3 + 0.45)/1.2 and 1/2 with 2 q 0.45/1.2.
    let q: f64 = 0.65 / 1.1;
    let (same, mixed) = (1.2 / 0.75, (1.0 - q) * 1.2 / (2.0 * q * 0.45));
    let want = q * f64::log10(same) + (1.0 - q) * f64::log10(mixed);
    assert!((found.mean_log10 - want).abs() < 0.005, "{found:?} {want}");
    assert!((found.quantiles[2] - f64::log10(same)).abs() < 1e-9);
    assert!((found.quantiles[0] - f64::log10(mixed)).abs() < 1e-9);
}

#[test]
fn power_counts_markers_on_x_with_one_copy_of_a_man() {
    let text = "#dataset; missing: M\n#PM\nV\t1\t1/1\n#AM F\nP\t0\t0\t1\t-/-\nQ\t0\t0\t2\t1/1\nM\tP\tQ\t1\t-/-\n\
        #FREQ\nDXS8378\tnone\t1=0.5\t2=0.5\n";
    let case = case(text);
    for theta in [0.0, 1e-9] {
        let options = PowerOptions {
            simulations: 200,
            log10_threshold: f64::log10(2.0) - 1e-6,
            theta,
            ..PowerOptions::default()
        };
        let found = power(&case.families[0], 2, &[], &case.loci, &options, &go_on).unwrap();
        // The son has his mother's 1; half of all men have it.
        assert_eq!(found.exceedance, 1.0);
        assert!((found.by_chance - 0.5).abs() < 1e-6, "{found:?}");
        assert!((found.exclusion - 0.5).abs() < 1e-6, "{found:?}");
    }
}

const WIDE: &str = "#dataset; missing: M\n#PM\nV\t1\n#AM F\nGF\t0\t0\t1\nGM\t0\t0\t2\nP\tGF\tGM\t1\nU\tGF\tGM\t1\nQ\t0\t0\t2\n\
    M\tP\tQ\t1\nW\t0\t0\t2\nC\tM\tW\t2\n#FREQ\n\
    A\tnone\t1=0.2\t2=0.2\t3=0.2\t4=0.2\t5=0.2\nB\tnone\t1=0.1\t2=0.3\t3=0.3\t4=0.3\nC\tnone\t1=0.4\t2=0.3\t3=0.2\t4=0.1\n";

#[test]
fn parents_and_children_help_more_than_uncles_and_grandparents() {
    let case = case(WIDE);
    let family = &case.families[0];
    let missing = family.missing[0];
    let asked = candidates(family, missing);
    // The wife is no relative by blood, but tells which of the child's alleles are not the missing person's.
    assert_eq!(asked.len(), 7);
    let options = PowerOptions {
        simulations: 2_000,
        log10_threshold: 0.5,
        ..PowerOptions::default()
    };
    let found = who_helps(family, missing, &asked, &case.loci, &options, &go_on).unwrap();
    let order: Vec<&str> = found.iter().map(|h| family.id(h.member)).collect();
    assert!(
        order[..3].iter().all(|id| ["P", "Q", "C"].contains(id)),
        "{order:?}"
    );
    assert_eq!(order[6], "W", "alone she says nothing");
    assert!(found[6].power.mean_log10.abs() < 1e-12);
    // Two at once are better than one.
    let places = |ids: &[&str]| -> Vec<usize> {
        ids.iter()
            .map(|id| family.pedigree.place(id).unwrap())
            .collect()
    };
    let with = |ids: &[&str]| {
        power(family, missing, &places(ids), &case.loci, &options, &go_on)
            .unwrap()
            .mean_log10
    };
    assert!(with(&["P", "Q"]) > with(&["P"]) + 0.2);
    assert!(with(&["C", "W"]) > with(&["C"]));
}

#[test]
fn the_same_seed_gives_the_same_bits_at_any_number_of_threads() {
    let case = case(WIDE);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = PowerOptions::default();
        pool.install(|| power(&case.families[0], 5, &[0, 3], &case.loci, &options, &go_on).unwrap())
    };
    let one = run(1);
    assert_eq!(one.mean_log10.to_bits(), run(3).mean_log10.to_bits());
    assert_eq!(one, run(2));
}

#[test]
fn a_stopped_simulation_says_so() {
    let case = case(WIDE);
    let stopped = power(
        &case.families[0],
        5,
        &[],
        &case.loci,
        &PowerOptions::default(),
        &|_, _| false,
    );
    assert_eq!(stopped.unwrap_err(), mandate_kinship::Error::Stopped);
}

#[test]
fn circumstances_multiply_the_odds_by_the_factors_that_the_office_states() {
    let case = case(PARENT);
    let (family, remains) = (&case.families[0], &case.remains[0]);
    let policy = Policy {
        missing: 101,
        age: Factor {
            agrees: 4.0,
            differs: 0.1,
        },
        site: Factor {
            agrees: 5.0,
            differs: 0.5,
        },
        ..Policy::default()
    };
    let person = Circumstances {
        site: Some("Gjakovë".to_owned()),
        age: Some((31.0, 31.0)),
        date: None,
    };
    let body = |site: &str, age| Circumstances {
        site: Some(site.to_owned()),
        age: Some(age),
        date: Some((19_990_401, 19_990_430)),
    };
    let factor =
        |body: &Circumstances| Agreement::of(family, 2, remains, &person, body).factor(&policy);
    assert_eq!(factor(&body("Gjakovë", (25.0, 35.0))), 20.0);
    assert_eq!(factor(&body("Prizren", (40.0, 50.0))), 0.05);
    let told = posterior(4.0, 20.0, &policy);
    // Odds of 1 to 100, times 20, times 10,000.
    assert!((told.posterior - 2000.0 / 2001.0).abs() < 1e-12);
    assert!((told.prior - 0.2 / 1.2).abs() < 1e-12);
    assert!(told.posterior_reached && !told.ratio_reached);
    assert!((told.by_chance - 101.0 * 300.0 * 1e-4).abs() < 1e-9);
    assert_eq!(posterior(f64::NEG_INFINITY, 1.0, &policy).posterior, 0.0);
    assert!(
        Policy {
            posterior_threshold: 2.0,
            ..policy
        }
        .check()
        .is_err()
    );
}

#[test]
fn a_conclusion_is_weighed_again_under_other_assumptions() {
    let case = case(PARENT);
    let (family, remains) = (&case.families[0], &case.remains[0]);
    let base = evidence(family, &[(2, remains)], &case.loci, 0.0).unwrap();
    assert!((base.markers[0].ratio - 2.0).abs() < 1e-12);
    let policy = Policy {
        log10_threshold: 0.25,
        posterior_threshold: 0.6,
        missing: 2,
        ..Policy::default()
    };
    let base = posterior(base.log10, 1.0, &policy);
    let variant = |theta: f64| Variant {
        what: "theta",
        value: theta.to_string(),
        theta,
        loci: &case.loci,
    };
    let few = sensitivity(
        family,
        &[(2, remains)],
        1.0,
        &policy,
        &[variant(0.0), variant(0.001)],
    );
    assert!(is_stable(&base, &few));
    // Two copies of the parent and one of the child are 1 before the child's other copy is drawn among strangers, two
    // before it is drawn in the family: what is left of the ratio is 1/P(1 after three).
    let more = sensitivity(family, &[(2, remains)], 1.0, &policy, &[variant(0.1)]);
    let told = more[0].posterior.as_ref().unwrap();
    let wanted = (1.0 + 2.0 * 0.1) / (3.0 * 0.1 + 0.9 * 0.5);
    assert!((10f64.powf(told.log10_lr) - wanted).abs() < 1e-9);
    assert!(!is_stable(&base, &more));
}

/// Three families of two parents; the bodies of M1 and M2 were exchanged, that of M3 was not.
const EXCHANGED: &str = "#dataset; missing: M1,M2,M3,M4\n#PM\nV1\t1\t3/4\t3/4\nV2\t1\t1/2\t1/2\nV3\t1\t5/6\t5/6\nV4\t1\t7/8\t7/8\n\
    #AM F1\nA1\t0\t0\t1\t1/1\t1/1\nB1\t0\t0\t2\t2/2\t2/2\nM1\tA1\tB1\t1\t-/-\t-/-\n\
    #AM F2\nA2\t0\t0\t1\t3/3\t3/3\nB2\t0\t0\t2\t4/4\t4/4\nM2\tA2\tB2\t1\t-/-\t-/-\n\
    #AM F3\nA3\t0\t0\t1\t5/5\t5/5\nB3\t0\t0\t2\t6/6\t6/6\nM3\tA3\tB3\t1\t-/-\t-/-\n\
    #AM F4\nA4\t0\t0\t1\t7/7\t7/7\nB4\t0\t0\t2\t8/8\t8/8\nM4\tA4\tB4\t1\t-/-\t-/-\n\
    #FREQ\nL1\tnone\t1=0.125\t2=0.125\t3=0.125\t4=0.125\t5=0.125\t6=0.125\t7=0.125\t8=0.125\n\
    L2\tnone\t1=0.125\t2=0.125\t3=0.125\t4=0.125\t5=0.125\t6=0.125\t7=0.125\t8=0.125\n";

#[test]
fn an_exchange_of_two_bodies_shows_as_a_cycle() {
    let case = case(EXCHANGED);
    let families: Vec<&Family> = case.families.iter().collect();
    let remains: Vec<&Remains> = case.remains.iter().collect();
    let person = |family: usize| MissingPerson { family, member: 2 };
    let made = |pairs: &[(usize, usize)]| -> Vec<Identification> {
        let one = |(body, family): &(usize, usize)| Identification {
            remains: *body,
            person: person(*family),
        };
        pairs.iter().map(one).collect()
    };
    let run = |made: &[Identification]| {
        revise(&families, &remains, made, &case.loci, 0.0, 2.0, &go_on).unwrap()
    };
    let found = run(&made(&[(0, 0), (1, 1), (2, 2)]));
    let standing: Vec<Standing> = found.reviewed.iter().map(|r| r.standing).collect();
    assert_eq!(
        standing,
        [
            Standing::Contradicted,
            Standing::Contradicted,
            Standing::Stands
        ]
    );
    assert_eq!(found.exchanges.len(), 1);
    assert!(found.exchanges[0].closed);
    assert_eq!(found.exchanges[0].remains, [0, 1]);
    assert_eq!(found.reviewed[0].better.unwrap().0, person(1));
    // Remains that belong to somebody still missing make an open chain.
    let found = run(&made(&[(3, 2), (2, 0)]));
    assert_eq!(found.exchanges.len(), 2);
    let open = &found.exchanges[0];
    assert_eq!(
        (open.closed, open.to, open.remains.as_slice()),
        (false, Some(person(3)), &[3][..])
    );
    let longer = &found.exchanges[1];
    assert_eq!(longer.remains, [2, 3]);
    assert_eq!(longer.to, Some(person(3)));
}
