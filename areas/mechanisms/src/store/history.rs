//! Figures over many recommendations, for charts and reports. Only what is Public or Office is counted: a count must not
//! reveal that a Restricted record exists.

use jiff::civil::Date;
use mandate_store::{Query, StoreError, params};

use crate::domain::{OfficeStatus, TagKind};

/// How many recommendations have a status, under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCount {
    /// A day (`2026-11-30`), or the value of a tag.
    pub heading: String,
    /// The office's status.
    pub status: OfficeStatus,
    /// How many.
    pub n: i64,
}

const OPEN: &str = "r.protection IN ('public', 'office')";

/// How many recommendations with one of the tags had each status at the end of each of the days, as the office had
/// assessed by then. A recommendation counts from the date of its document.
///
/// # Errors
/// As any query.
pub async fn status_over_time(
    db: &mut impl Query,
    days: &[Date],
    mechanism: &str,
    tag: Option<(TagKind, &str)>,
) -> Result<Vec<StatusCount>, StoreError> {
    let (kind, value) = tag.map_or(("", ""), |(kind, value)| (kind.as_str(), value));
    let sql = format!(
        "WITH counted AS (SELECT r.id, (SELECT a.office_status FROM assessment a WHERE a.recommendation_id = r.id \
         AND a.voice = 'office' AND a.office_status IS NOT NULL AND a.dated <= $1 \
         ORDER BY a.dated DESC, a.added_at DESC, a.id DESC LIMIT 1) AS status \
         FROM recommendation r JOIN document d ON d.id = r.document_id \
         WHERE {OPEN} AND (d.dated IS NULL OR d.dated <= $1) AND ($2 = '' OR d.mechanism = $2) \
         AND ($3 = '' OR EXISTS (SELECT 1 FROM recommendation_tag t WHERE t.recommendation_id = r.id \
         AND t.kind = $3 AND t.value = $4))) \
         SELECT COALESCE(status, 'not-started') AS status, COUNT(*) AS n FROM counted GROUP BY 1 ORDER BY 1"
    );
    let mut counts = Vec::new();
    for day in days {
        for row in db
            .rows(&sql.clone(), params![*day, mechanism, kind, value])
            .await?
        {
            if let Some(status) = row.parsed("status")? {
                counts.push(StatusCount {
                    heading: day.to_string(),
                    status,
                    n: row.int("n")?,
                });
            }
        }
    }
    Ok(counts)
}

/// How many recommendations have each status now, by a kind of tag (institution, theme), the most frequent first.
///
/// # Errors
/// As any query.
pub async fn status_by_tag(
    db: &mut impl Query,
    by: TagKind,
    mechanism: &str,
    tag: Option<(TagKind, &str)>,
    at_most: i64,
) -> Result<Vec<StatusCount>, StoreError> {
    let (kind, value) = tag.map_or(("", ""), |(kind, value)| (kind.as_str(), value));
    let sql = format!(
        "WITH counted AS (SELECT t.value AS heading, r.status FROM recommendation r \
         JOIN document d ON d.id = r.document_id \
         JOIN recommendation_tag t ON t.recommendation_id = r.id AND t.kind = $1 \
         WHERE {OPEN} AND ($2 = '' OR d.mechanism = $2) AND ($3 = '' OR EXISTS (SELECT 1 FROM recommendation_tag f \
         WHERE f.recommendation_id = r.id AND f.kind = $3 AND f.value = $4))), \
         most AS (SELECT heading, COUNT(*) AS total FROM counted GROUP BY heading ORDER BY 2 DESC, 1 LIMIT $5) \
         SELECT c.heading, c.status, COUNT(*) AS n, m.total FROM counted c JOIN most m ON m.heading = c.heading \
         GROUP BY c.heading, c.status, m.total ORDER BY m.total DESC, c.heading, c.status"
    );
    db.rows(&sql, params![by.as_str(), mechanism, kind, value, at_most])
        .await?
        .iter()
        .map(|row| {
            Ok(StatusCount {
                heading: row.text("heading")?,
                status: row.parsed("status")?.unwrap_or(OfficeStatus::NotStarted),
                n: row.int("n")?,
            })
        })
        .collect()
}
