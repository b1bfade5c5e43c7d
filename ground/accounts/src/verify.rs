//! What must be true of the accounts.

use mandate_store::{Query, StoreError};

use crate::{Area, Role};

/// What is wrong with the accounts, in words for the command line; an empty list when all is well.
///
/// # Errors
/// As any query.
pub async fn verify(db: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let people = db.count("SELECT COUNT(*) AS n FROM person", vec![]).await?;
    let administrators = db
        .count(
            "SELECT COUNT(*) AS n FROM person WHERE administrator = 1 AND active = 1",
            vec![],
        )
        .await?;
    if people > 0 && administrators == 0 {
        found.push(
            "there are people but no active administrator; make one on the command line".to_owned(),
        );
    }
    for row in db
        .rows(
            "SELECT person_id, area, role FROM person_role ORDER BY person_id",
            vec![],
        )
        .await?
    {
        let (area, role) = (row.text("area")?, row.text("role")?);
        if area.parse::<Area>().is_err() || role.parse::<Role>().is_err() {
            found.push(format!(
                "person {} is {role:?} in {area:?}, which are unknown words",
                row.text("person_id")?
            ));
        }
    }
    const COUNTS: [(&str, &str); 6] = [
        (
            "SELECT COUNT(*) AS n FROM session WHERE expires_at < created_at OR last_seen_at > expires_at",
            "sessions were used beyond their end",
        ),
        (
            "SELECT COUNT(*) AS n FROM session s JOIN person p ON p.id = s.person_id \
             WHERE p.active = 0 AND s.revoked_at IS NULL",
            "open sessions belong to people who are not active",
        ),
        (
            "SELECT COUNT(*) AS n FROM api_token t JOIN person p ON p.id = t.person_id \
             WHERE p.active = 0 AND t.revoked_at IS NULL",
            "open tokens belong to people who are not active",
        ),
        (
            "SELECT COUNT(*) AS n FROM (SELECT person_id FROM invitation WHERE used_at IS NULL \
             AND revoked_at IS NULL GROUP BY person_id HAVING COUNT(*) > 1) AS several",
            "people have more than one open invitation",
        ),
        (
            "SELECT COUNT(*) AS n FROM person WHERE password_hash IS NOT NULL AND password_hash NOT LIKE '$argon2id$%'",
            "passwords are not hashed with Argon2id",
        ),
        (
            "SELECT COUNT(*) AS n FROM recovery_code c JOIN person p ON p.id = c.person_id \
             WHERE p.totp_secret IS NULL",
            "recovery codes belong to people without a second factor",
        ),
    ];
    for (sql, what) in COUNTS {
        let n = db.count(sql, vec![]).await?;
        if n > 0 {
            found.push(format!("{n} {what}"));
        }
    }
    Ok(found)
}
