//! The area's tables, and one function for each question.

mod clusters;
mod documents;
mod facts;
mod history;
mod import;
mod models;
mod review;
mod schema;
mod verify;
mod work;

pub use clusters::{
    Cluster, Grouping, apart, apart_among, cluster_of, clusters, clusters_of, group, hidden_from,
    members,
};
pub use documents::{
    Document, NewDocument, document_by_id, document_by_key, documents, insert_document,
};
pub use facts::{
    Assessment, Comment, Evidence, Measure, MeasureProgress, Recommendation, Tag, Translation,
    assessments, assessments_until, comments, evidence, evidence_by_id, indexed_page, measures,
    measures_of, measures_until, named_people, recommendation_by_id, recommendations_by_ids, tags,
    translations,
};
pub use history::{StatusCount, status_by_tag, status_over_time};
pub use import::{
    Added, Applied, ImportDocument, ImportItem, ImportRecord, ImportState, add_recommendation,
    apply_import, finish_import, import_by_id, imports, known_of_document, mapping_for,
    remember_mapping, set_import_state, start_import,
};
pub use models::{ModelRecord, NewModel, add_model, labels_changed, newest_models};
pub use review::{Proposal, keep_pages, kept_page, proposals, replace_proposals, update_proposal};
pub use schema::migrations;
pub use verify::verify;
pub use work::{
    Assign, add_comment, add_evidence, add_measure, add_progress, add_translation, assess, assign,
    desk_visit, edit_tags, last_desk_visit, mark_mentions_seen, mentions_waiting, set_deadline,
    set_named, set_priority, set_protection, set_reply, set_responsible,
};
