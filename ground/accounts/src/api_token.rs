//! Tokens with which a person's programs read what the person may read.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use mandate_ledger::{Act, Actor, Entry, Record};
use mandate_store::{Id, Query, Store, StoreError, params};

use crate::{
    AccountError, Accounts, ApiToken, Area, Parties, Person, Role, email, people,
    token::{hash, plausible, secret},
};

/// What every token begins with, so that a leaked one is recognised.
pub const API_TOKEN_PREFIX: &str = "mandate_";
const LONGEST: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
const USED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A token as its owner sees it; the secret is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// The record.
    pub id: Id,
    /// What its owner calls it.
    pub name: String,
    /// The one area that it opens; all of its owner's where there is none.
    pub area: Option<Area>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

fn info(row: &mandate_store::Row) -> Result<TokenInfo, StoreError> {
    Ok(TokenInfo {
        id: row.id("id")?,
        name: row.text("name")?,
        area: row.parsed("token_area")?,
        created_at: row.at("created_at")?,
        expires_at: row.at("expires_at")?,
        last_used_at: row.opt_at("last_used_at")?,
    })
}

impl Accounts {
    /// Makes a token; this is the only time that it is seen. It reads and never writes, whatever its owner may do.
    ///
    /// # Errors
    /// [`AccountError::Name`], [`AccountError::TokenEnd`].
    pub async fn create_api_token(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        name: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<ApiToken, AccountError> {
        self.create_api_token_for(store, by, person, None, name, expires_at, now)
            .await
    }

    /// The same for one area only.
    ///
    /// # Errors
    /// As [`Accounts::create_api_token`].
    #[allow(clippy::too_many_arguments)]
    pub async fn create_api_token_for(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        area: Option<Area>,
        name: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<ApiToken, AccountError> {
        let name = email::name(name)?;
        let lasts = expires_at.duration_since(now);
        if lasts <= SignedDuration::ZERO || lasts > LONGEST {
            return Err(AccountError::TokenEnd);
        }
        let (token, id) = (format!("{API_TOKEN_PREFIX}{}", secret()?), Id::new());
        let mut act = Act::begin(store, by, now).await?;
        act.execute(
            "INSERT INTO api_token (id, person_id, name, token_hash, area, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![
                id,
                person,
                name,
                hash(&token),
                area.map(Area::as_str),
                now,
                expires_at
            ],
        )
        .await?;
        let entry = Entry::done("token.created", Record::of("token", id)).with("area", area);
        act.record(entry.with("until", expires_at.to_string()))
            .await?;
        act.commit().await?;
        Ok(ApiToken(token))
    }

    /// The tokens of a person that have neither ended nor been revoked, newest first.
    ///
    /// # Errors
    /// As any query.
    pub async fn api_tokens(
        &self,
        store: &Store,
        person: Id,
        now: Timestamp,
    ) -> Result<Vec<TokenInfo>, AccountError> {
        let rows = store
            .clone()
            .rows(
                "SELECT id, name, area AS token_area, created_at, expires_at, last_used_at FROM api_token \
                 WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY created_at DESC, id",
                params![person, now],
            )
            .await?;
        Ok(rows.iter().map(info).collect::<Result<_, _>>()?)
    }

    /// Ends a token.
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when it is not the person's, or has ended.
    pub async fn end_api_token(
        &self,
        store: &Store,
        by: &Actor,
        person: Id,
        token: Id,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let mut act = Act::begin(store, by, now).await?;
        let done = act
            .execute(
                "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND person_id = $3 AND revoked_at IS NULL",
                params![now, token, person],
            )
            .await?;
        if done == 0 {
            return Err(AccountError::Unknown);
        }
        act.record(Entry::done("token.ended", Record::of("token", token)))
            .await?;
        act.commit().await?;
        Ok(())
    }

    /// Who a token speaks for: its owner as a reader, in the token's area if it names one, and never an administrator.
    ///
    /// # Errors
    /// As any query.
    pub async fn by_api_token(
        &self,
        store: &Store,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(Person, TokenInfo)>, AccountError> {
        if !token.strip_prefix(API_TOKEN_PREFIX).is_some_and(plausible) {
            return Ok(None);
        }
        let rows = store
            .clone()
            .rows(
                "SELECT t.id, t.name, t.area AS token_area, t.created_at, t.expires_at, t.last_used_at, \
                 p.id AS person_id, p.name AS person_name, r.area, r.role \
                 FROM api_token t JOIN person p ON p.id = t.person_id LEFT JOIN person_role r ON r.person_id = p.id \
                 WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND p.active = 1",
                params![hash(token), now],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let token = info(row)?;
        let mut roles = BTreeMap::new();
        for row in &rows {
            if let Some((area, role)) = people::role_of(row)?
                && token.area.is_none_or(|only| only == area)
            {
                roles.insert(area, role.min(Role::Reader));
            }
        }
        if token
            .last_used_at
            .is_none_or(|last| now.duration_since(last) >= USED_EVERY)
        {
            let sql = "UPDATE api_token SET last_used_at = $1 WHERE id = $2";
            self.touch(store, token.id, sql, params![now, token.id])
                .await;
        }
        let person = Person {
            id: row.id("person_id")?,
            name: row.text("person_name")?,
            roles,
            administrator: false,
            parties: Parties::default(),
        };
        Ok(Some((person, token)))
    }
}
