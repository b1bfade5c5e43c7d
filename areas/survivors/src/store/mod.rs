//! The area's tables, and one function for each question.

mod dossiers;
mod figures;
mod identity;
mod known;
mod left_out;
mod names;
mod schema;
mod steps;

pub use dossiers::{
    Dossier, Facts, NewDossier, Whose, dossier_by_code, dossiers, facts, hold, insert_dossier,
    may_see, new_code, set_facts,
};
pub use figures::{
    Count, Published, Released, StageLine, add_published, add_release, by_fact, days_to_decision,
    given_reasons, published, releases, stage_lines,
};
pub use identity::{Opening, answer_opening, ask_opening, opening_by_id, openings};
pub use known::{KNOWN, KNOWN_LEFT_OUT, KnownFact};
pub use left_out::{LeftOut, add_left_out, all_left_out, left_out_by_code, remove_left_out};
pub use names::{begin_name_index, name_index};
pub use schema::migrations;
pub use steps::{
    Done, Member, StepTaken, assign, clock_of, decide, members, stand_aside, steps, suspensions,
    take_step, tally, unassign_silent, vote, votes,
};
