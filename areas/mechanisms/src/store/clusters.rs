//! Clusters: recommendations of which a person said that they ask for the same.

use std::collections::{HashMap, HashSet};

use mandate_ledger::{Act, Entry, Record};
use mandate_store::{Id, Query, StoreError, Value, params};

use super::facts::places;

/// Recommendations that ask for the same, as a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its record.
    pub id: Id,
    /// What a person called it; empty where nobody did.
    pub name: String,
}

/// What a person said of a recommendation and those that seem to ask for the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouping {
    /// They ask for the same.
    pub same: Vec<Id>,
    /// They do not; they are not suggested again.
    pub apart: Vec<Id>,
    /// What the cluster is called.
    pub name: String,
}

/// The cluster of a recommendation.
///
/// # Errors
/// As any query.
pub async fn cluster_of(
    db: &mut impl Query,
    recommendation: Id,
) -> Result<Option<Cluster>, StoreError> {
    db.row(
        "SELECT c.id, c.name FROM cluster_member m JOIN cluster c ON c.id = m.cluster_id WHERE m.recommendation_id = $1",
        params![recommendation],
    )
    .await?
    .map(|row| {
        Ok(Cluster {
            id: row.id("id")?,
            name: row.text("name")?,
        })
    })
    .transpose()
}

/// The cluster of each of several recommendations, for those that are in one.
///
/// # Errors
/// As any query.
pub async fn clusters_of(db: &mut impl Query, ids: &[Id]) -> Result<HashMap<Id, Id>, StoreError> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "SELECT recommendation_id, cluster_id FROM cluster_member WHERE recommendation_id IN ({})",
            places(chunk.len())
        );
        for row in db
            .rows(&sql, chunk.iter().map(Value::from).collect())
            .await?
        {
            found.insert(row.id("recommendation_id")?, row.id("cluster_id")?);
        }
    }
    Ok(found)
}

/// The members of a cluster, in the order in which they were recorded.
///
/// # Errors
/// As any query.
pub async fn members(db: &mut impl Query, cluster: Id) -> Result<Vec<Id>, StoreError> {
    db.rows(
        "SELECT recommendation_id AS id FROM cluster_member WHERE cluster_id = $1 ORDER BY added_at, recommendation_id",
        params![cluster],
    )
    .await?
    .iter()
    .map(|row| row.id("id"))
    .collect()
}

/// Every cluster with its members; the name is empty where nobody gave one.
///
/// # Errors
/// As any query.
pub async fn clusters(db: &mut impl Query) -> Result<Vec<(Cluster, Vec<Id>)>, StoreError> {
    let mut all: Vec<(Cluster, Vec<Id>)> = Vec::new();
    for row in db
        .rows(
            "SELECT c.id, c.name, m.recommendation_id FROM cluster c JOIN cluster_member m ON m.cluster_id = c.id \
             ORDER BY c.id, m.added_at, m.recommendation_id",
            params![],
        )
        .await?
    {
        let (id, of) = (row.id("id")?, row.id("recommendation_id")?);
        match all.last_mut() {
            Some((last, members)) if last.id == id => members.push(of),
            _ => all.push((
                Cluster {
                    id,
                    name: row.text("name")?,
                },
                vec![of],
            )),
        }
    }
    Ok(all)
}

/// Every statement that a recommendation does not ask for what a cluster asks for: cluster, recommendation.
///
/// # Errors
/// As any query.
pub async fn apart(db: &mut impl Query) -> Result<HashSet<(Id, Id)>, StoreError> {
    db.rows(
        "SELECT cluster_id, recommendation_id FROM cluster_apart",
        params![],
    )
    .await?
    .iter()
    .map(|row| Ok((row.id("cluster_id")?, row.id("recommendation_id")?)))
    .collect()
}

/// The same of some recommendations.
///
/// # Errors
/// As any query.
pub async fn apart_among(db: &mut impl Query, ids: &[Id]) -> Result<HashSet<(Id, Id)>, StoreError> {
    let mut found = HashSet::new();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "SELECT cluster_id, recommendation_id FROM cluster_apart WHERE recommendation_id IN ({})",
            places(chunk.len())
        );
        for row in db
            .rows(&sql, chunk.iter().map(Value::from).collect())
            .await?
        {
            found.insert((row.id("cluster_id")?, row.id("recommendation_id")?));
        }
    }
    Ok(found)
}

/// Restricted and Sealed recommendations on which `person` is not named: no list and no count may hold them.
///
/// # Errors
/// As any query.
pub async fn hidden_from(db: &mut impl Query, person: Id) -> Result<HashSet<Id>, StoreError> {
    db.rows(
        "SELECT r.id FROM recommendation r WHERE r.protection NOT IN ('public', 'office') AND NOT EXISTS \
         (SELECT 1 FROM recommendation_named n WHERE n.recommendation_id = r.id AND n.person_id = $1)",
        params![person],
    )
    .await?
    .iter()
    .map(|row| row.id("id"))
    .collect()
}

/// Keeps what a person said of `recommendation`: it and those that ask for the same become members of one cluster (its
/// own, or with `fresh` a new one, which splits it), the others are set apart from it. Members of another cluster move. A measure that
/// answers a whole cluster moves with the recommendation that it was recorded on.
///
/// # Errors
/// As any query.
pub async fn group(
    act: &mut Act,
    recommendation: Id,
    said: &Grouping,
    fresh: bool,
) -> Result<Id, StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    let known = if fresh {
        None
    } else {
        cluster_of(act.tx(), recommendation).await?
    };
    let (cluster, before) = match known {
        Some(known) => (known.id, Some(known.name)),
        None => {
            let id = Id::new();
            act.execute(
                "INSERT INTO cluster (id, name, added_at, added_by) VALUES ($1,$2,$3,$4)",
                params![id, said.name.trim(), at, &by],
            )
            .await?;
            (id, None)
        }
    };
    if before.is_some_and(|before| before != said.name.trim()) {
        act.execute(
            "UPDATE cluster SET name = $1 WHERE id = $2",
            params![said.name.trim(), cluster],
        )
        .await?;
        act.record(
            Entry::done("recommendation.group-named", record(recommendation))
                .with("cluster", cluster.to_string()),
        )
        .await?;
    }
    let mut same = said.same.clone();
    same.push(recommendation);
    same.sort_unstable();
    same.dedup();
    let already: HashSet<Id> = members(act.tx(), cluster).await?.into_iter().collect();
    let left = if fresh {
        clusters_of(act.tx(), &same).await?
    } else {
        HashMap::new()
    };
    for id in same.iter().filter(|id| !already.contains(id)) {
        act.execute(
            "INSERT INTO cluster_member (recommendation_id, cluster_id, added_at, added_by) VALUES ($1,$2,$3,$4) \
             ON CONFLICT (recommendation_id) DO UPDATE SET cluster_id = $2, added_at = $3, added_by = $4",
            params![*id, cluster, at, &by],
        )
        .await?;
        act.execute(
            "DELETE FROM cluster_apart WHERE cluster_id = $1 AND recommendation_id = $2",
            params![cluster, *id],
        )
        .await?;
        act.execute(
            "UPDATE measure SET cluster_id = $1 WHERE recommendation_id = $2 AND cluster_id IS NOT NULL",
            params![cluster, *id],
        )
        .await?;
        if let Some(left) = left.get(id) {
            set_apart(act, *left, *id).await?;
        }
        act.record(
            Entry::done("recommendation.grouped", record(*id)).with("cluster", cluster.to_string()),
        )
        .await?;
    }
    for id in said.apart.iter().filter(|id| !same.contains(id)) {
        act.execute(
            "DELETE FROM cluster_member WHERE recommendation_id = $1 AND cluster_id = $2",
            params![*id, cluster],
        )
        .await?;
        act.execute(
            "UPDATE measure SET cluster_id = NULL WHERE recommendation_id = $1 AND cluster_id = $2",
            params![*id, cluster],
        )
        .await?;
        set_apart(act, cluster, *id).await?;
        act.record(
            Entry::done("recommendation.set-apart", record(*id))
                .with("cluster", cluster.to_string()),
        )
        .await?;
    }
    Ok(cluster)
}

/// Remembers that a recommendation does not ask for what a cluster asks for.
async fn set_apart(act: &mut Act, cluster: Id, recommendation: Id) -> Result<(), StoreError> {
    let (at, by) = (act.at(), act.by().who().to_owned());
    act.execute(
        "INSERT INTO cluster_apart (cluster_id, recommendation_id, added_at, added_by) VALUES ($1,$2,$3,$4) \
         ON CONFLICT DO NOTHING",
        params![cluster, recommendation, at, by],
    )
    .await?;
    Ok(())
}

fn record(id: Id) -> Record {
    Record::of("recommendation", id)
}
