//! What must always hold of this area's tables, in words for the command line.

use mandate_store::{Query, StoreError};

/// Checks every invariant; an empty list when all is well.
///
/// # Errors
/// As any query.
pub async fn verify(db: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for (what, sql) in CHECKS {
        let n = db.count(sql, vec![]).await?;
        if n > 0 {
            found.push(format!("{n} {what}"));
        }
    }
    Ok(found)
}

const CHECKS: [(&str, &str); 7] = [
    (
        "recommendations whose current status is not that of their latest office assessment",
        "SELECT COUNT(*) AS n FROM (SELECT r.status, (SELECT a.office_status FROM assessment a \
         WHERE a.recommendation_id = r.id AND a.voice = 'office' AND a.office_status IS NOT NULL \
         ORDER BY a.dated DESC, a.added_at DESC, a.id DESC LIMIT 1) AS stated FROM recommendation r) AS x \
         WHERE x.status <> COALESCE(x.stated, 'not-started')",
    ),
    (
        "assessments as fully implemented without dated evidence",
        "SELECT COUNT(*) AS n FROM assessment a WHERE a.voice = 'office' AND a.office_status = 'fully' \
         AND NOT EXISTS (SELECT 1 FROM assessment_evidence ae JOIN evidence e ON e.id = ae.evidence_id \
         WHERE ae.assessment_id = a.id AND e.dated <= a.dated)",
    ),
    (
        "assessments that rest on evidence of another recommendation",
        "SELECT COUNT(*) AS n FROM assessment_evidence ae JOIN assessment a ON a.id = ae.assessment_id \
         JOIN evidence e ON e.id = ae.evidence_id WHERE e.recommendation_id <> a.recommendation_id",
    ),
    (
        "imports that were interrupted half-way",
        "SELECT COUNT(*) AS n FROM import WHERE state = 'done' AND finished_at IS NULL",
    ),
    (
        // An entry that was erased may have been the one.
        "recommendations without an entry in the ledger",
        "SELECT CASE WHEN x.lacking > x.erased THEN x.lacking - x.erased ELSE 0 END AS n FROM (SELECT \
         (SELECT COUNT(*) FROM recommendation r WHERE NOT EXISTS (SELECT 1 FROM ledger_entry l \
         WHERE l.record_kind = 'recommendation' AND l.record_id = r.id)) AS lacking, \
         (SELECT COUNT(*) FROM ledger_entry WHERE salt IS NULL) AS erased) AS x",
    ),
    (
        "measures that answer a cluster to which their recommendation does not belong",
        "SELECT COUNT(*) AS n FROM measure m WHERE m.cluster_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cluster_member c \
         WHERE c.recommendation_id = m.recommendation_id AND c.cluster_id = m.cluster_id)",
    ),
    (
        "Restricted recommendations on which nobody is named",
        "SELECT COUNT(*) AS n FROM recommendation r WHERE r.protection = 'restricted' AND NOT EXISTS \
         (SELECT 1 FROM recommendation_named n WHERE n.recommendation_id = r.id)",
    ),
];
