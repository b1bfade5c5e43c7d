//! What asks for the same again: what the program found, and what a person said of it.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_language::Arg;
use mandate_ledger::Act;
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    table::{Paging, QueryState},
};

use super::{
    State,
    ask::wrong,
    recommendation::{found, is_open, opened, page_of},
    view,
};
use crate::store::{self, Cluster, Grouping, Recommendation};

/// Others that a recommendation's own page shows.
const SHOWN: usize = 10;
/// Groups on a page of the queue.
const PER_PAGE: usize = 20;
/// Letters of a group's name.
const LONGEST_NAME: usize = 200;

/// A recommendation among those that ask for the same, as far as the visit may see them; each list the oldest first.
pub(crate) struct Alike {
    cluster: Option<Cluster>,
    /// A person said that they ask for the same.
    same: Vec<Recommendation>,
    /// The program found them, and nobody has said anything.
    maybe: Vec<Recommendation>,
}

impl Alike {
    /// The group that a person confirmed, where others are in it.
    pub(crate) fn group(&self) -> Option<Id> {
        self.cluster
            .as_ref()
            .filter(|_| !self.same.is_empty())
            .map(|cluster| cluster.id)
    }
}

/// Finds those that ask for the same of the same state or territory.
pub(crate) async fn alike(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
) -> Result<Alike, Problem> {
    state.again.catch_up(&state.ground.store).await?;
    let mut db = state.ground.store.clone();
    let cluster = store::cluster_of(&mut db, item.id).await?;
    let mut members = match &cluster {
        Some(cluster) => store::members(&mut db, cluster.id).await?,
        None => vec![item.id],
    };
    let mut near: Vec<Id> = members
        .iter()
        .flat_map(|member| state.again.others(*member))
        .filter(|other| !members.contains(other))
        .collect();
    near.sort_unstable();
    near.dedup();
    let theirs = store::clusters_of(&mut db, &near).await?;
    let everyone: Vec<Id> = members.iter().chain(&near).copied().collect();
    let apart = store::apart_among(&mut db, &everyone).await?;
    near.retain(|other| {
        let from_this = cluster
            .as_ref()
            .is_some_and(|cluster| apart.contains(&(cluster.id, *other)));
        let from_theirs = theirs
            .get(other)
            .is_some_and(|of| members.iter().any(|member| apart.contains(&(*of, *member))));
        !from_this && !from_theirs
    });
    members.retain(|member| *member != item.id);
    Ok(Alike {
        cluster,
        same: seen(state, visit, item, &members).await?,
        maybe: seen(state, visit, item, &near).await?,
    })
}

/// Those that the visit may see, the oldest first.
async fn seen(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
    ids: &[Id],
) -> Result<Vec<Recommendation>, Problem> {
    let mut all = Vec::new();
    for chunk in ids.chunks(500) {
        let items = store::recommendations_by_ids(&mut state.ground.store.clone(), chunk).await?;
        for other in items {
            if other.subject == item.subject && is_open(state, visit, &other).await? {
                all.push(other);
            }
        }
    }
    all.sort_by_key(age);
    Ok(all)
}

/// By the day of the document; those without one come last.
fn age(one: &Recommendation) -> (bool, Option<jiff::civil::Date>, Id) {
    (one.document_dated.is_none(), one.document_dated, one.id)
}

/// What a recommendation's own page says of those that ask for the same.
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) said: Vec<String>,
    pub(crate) rows: Vec<view::Row>,
    pub(crate) href: String,
}

/// Puts it in words; nothing where it stands alone.
pub(crate) async fn asked(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
    alike: &Alike,
) -> Result<Option<Asked>, Problem> {
    if alike.same.is_empty() && alike.maybe.is_empty() {
        return Ok(None);
    }
    let mut said = Vec::new();
    if !alike.same.is_empty() {
        said.push(counted(state, visit, ASKED, item, &alike.same).await?);
    }
    if !alike.maybe.is_empty() {
        said.push(counted(state, visit, SEEMS_ASKED, item, &alike.maybe).await?);
    }
    let shown: Vec<&Recommendation> = alike.same.iter().chain(&alike.maybe).take(SHOWN).collect();
    Ok(Some(Asked {
        name: alike
            .cluster
            .as_ref()
            .map(|cluster| cluster.name.clone())
            .unwrap_or_default(),
        said,
        rows: rows(state, visit, &shown).await?,
        href: format!("/recommendations/{}/repetitions", item.id),
    }))
}

/// A sentence on how often, and the same where nothing is dated.
type Words = (&'static str, &'static str);

const ASKED: Words = ("mechanisms-asked", "mechanisms-asked-undated");
const SEEMS_ASKED: Words = ("mechanisms-seems-asked", "mechanisms-seems-asked-undated");
const IN_A_GROUP: Words = (
    "mechanisms-repetitions-asked",
    "mechanisms-repetitions-asked-undated",
);
const SEEMS: Words = (
    "mechanisms-repetitions-seems",
    "mechanisms-repetitions-seems-undated",
);

/// How often it was asked with the others, and who asked first and when.
async fn counted(
    state: &State,
    visit: &Visit,
    (label, undated): Words,
    item: &Recommendation,
    others: &[Recommendation],
) -> Result<String, Problem> {
    let mut all: Vec<&Recommendation> = others.iter().chain([item]).collect();
    all.sort_by_key(|one| age(one));
    let (l, first) = (visit.l(), all[0]);
    let place = all.iter().position(|one| one.id == item.id).unwrap_or(0);
    let number = |n: usize| Arg::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    let row = rows(state, visit, &[first]).await?.remove(0);
    let by = if row.states.is_empty() {
        row.source
    } else {
        row.states
    };
    let mut with = vec![
        ("times", number(all.len())),
        ("place", number(place + 1)),
        ("by", Arg::Text(by)),
    ];
    Ok(match first.document_dated {
        None => l.with(undated, &with),
        Some(day) => {
            with.push(("date", Arg::Text(l.date(day))));
            l.with(label, &with)
        }
    })
}

async fn rows(
    state: &State,
    visit: &Visit,
    items: &[&Recommendation],
) -> Result<Vec<view::Row>, Problem> {
    let ids: Vec<Id> = items.iter().map(|item| item.id).collect();
    let mut tags = store::tags(&mut state.ground.store.clone(), &ids).await?;
    Ok(items
        .iter()
        .map(|item| view::row(visit, item, &tags.remove(&item.id).unwrap_or_default()))
        .collect())
}

/// One of those that ask for the same, to be said something of.
struct Choice {
    row: view::Row,
    dated: String,
    same: bool,
}

#[derive(Template)]
#[template(path = "alike.html")]
struct AlikePage {
    page: Page,
    item: view::Row,
    name: String,
    said: Vec<String>,
    choices: Vec<Choice>,
    from_queue: bool,
    in_list: String,
    confirmed: bool,
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Html<String>, Problem> {
    let item = found(&state, &visit, &text).await?;
    let alike = alike(&state, &visit, &item).await?;
    let asked = asked(&state, &visit, &item, &alike).await?;
    let l = visit.l();
    let mut choices = Vec::new();
    for (same, of) in [(true, &alike.same), (false, &alike.maybe)] {
        let of: Vec<&Recommendation> = of.iter().collect();
        for (row, one) in rows(&state, &visit, &of).await?.into_iter().zip(of) {
            choices.push(Choice {
                row,
                dated: one
                    .document_dated
                    .map(|day| l.date(day))
                    .unwrap_or_default(),
                same,
            });
        }
    }
    let mut page = page_of(&visit, &item);
    page.breadcrumbs
        .push((format!("/recommendations/{}", item.id), page.title.clone()));
    page.title = l.text("mechanisms-alike-title");
    let page = AlikePage {
        page,
        item: rows(&state, &visit, &[&item]).await?.remove(0),
        name: asked
            .as_ref()
            .map(|asked| asked.name.clone())
            .unwrap_or_default(),
        said: asked.map(|asked| asked.said).unwrap_or_default(),
        confirmed: alike.group().is_some(),
        in_list: alike
            .group()
            .map(|cluster| format!("/recommendations?cluster={cluster}"))
            .unwrap_or_default(),
        choices,
        from_queue: QueryState::parse(visit.query()).get("from") == "queue",
    };
    Ok(Html(page.render()?))
}

/// Keeps what a person says of those that seem to ask for the same.
pub(crate) async fn say(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let mut said = Grouping {
        name: name(&form)?,
        ..Grouping::default()
    };
    for (field, value) in form.fields() {
        let Some(id) = field.strip_prefix("said-") else {
            continue;
        };
        let id: Id = id.parse().map_err(|_| Problem::NotFound)?;
        match value {
            "same" => said.same.push(id),
            "apart" => said.apart.push(id),
            _ => {}
        }
    }
    let known = store::cluster_of(&mut state.ground.store.clone(), item.id).await?;
    if said.same.is_empty()
        && said.apart.is_empty()
        && said.name == known.map(|known| known.name).unwrap_or_default()
    {
        return Err(wrong("mechanisms-alike-nothing-said"));
    }
    let every: Vec<Id> = said.same.iter().chain(&said.apart).copied().collect();
    together(&state, &visit, &item, &every).await?;
    let fresh = form.text("do") == "split";
    if fresh {
        // What stays behind is not the same, or it would have been ticked.
        for known in alike(&state, &visit, &item).await?.same {
            if !said.same.contains(&known.id) && !said.apart.contains(&known.id) {
                said.apart.push(known.id);
            }
        }
    }
    keep(&state, &visit, item.id, &said, fresh).await?;
    let to = if form.text("from") == "queue" {
        "/repetitions".to_owned()
    } else {
        format!("/recommendations/{}", item.id)
    };
    Ok(visit.done("mechanisms-alike-kept", &to))
}

/// Groups those that are ticked in the list.
pub(crate) async fn group(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Result<Response, Problem> {
    let mut ids: Vec<Id> = form
        .all("id")
        .into_iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < 2 {
        return Err(wrong("mechanisms-alike-too-few"));
    }
    let mut db = state.ground.store.clone();
    let known = store::clusters_of(&mut db, &ids).await?;
    let base = ids
        .iter()
        .find(|id| known.contains_key(id))
        .or(ids.first())
        .copied()
        .ok_or(Problem::NotFound)?;
    let item = found(&state, &visit, &base.to_string()).await?;
    ids.retain(|id| *id != base);
    together(&state, &visit, &item, &ids).await?;
    let said = Grouping {
        same: ids,
        name: store::cluster_of(&mut db, base)
            .await?
            .map(|cluster| cluster.name)
            .unwrap_or_default(),
        ..Grouping::default()
    };
    keep(&state, &visit, base, &said, false).await?;
    let to = format!("/recommendations/{base}/repetitions");
    Ok(visit.done("mechanisms-alike-kept", &to))
}

fn name(form: &FormData) -> Result<String, Problem> {
    let name = form.text("name").trim();
    if name.chars().count() > LONGEST_NAME {
        return Err(wrong("mechanisms-alike-long-name"));
    }
    Ok(name.to_owned())
}

/// Refuses what the visit may not see, and what asks something of another state or territory.
async fn together(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
    ids: &[Id],
) -> Result<(), Problem> {
    let others = store::recommendations_by_ids(&mut state.ground.store.clone(), ids).await?;
    if others.len() != ids.len() {
        return Err(Problem::NotFound);
    }
    for other in &others {
        opened(state, visit, other).await?;
        if other.subject != item.subject {
            return Err(wrong("mechanisms-alike-other-subject"));
        }
    }
    Ok(())
}

async fn keep(
    state: &State,
    visit: &Visit,
    id: Id,
    said: &Grouping,
    fresh: bool,
) -> Result<(), Problem> {
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::group(&mut act, id, said, fresh).await?;
    act.commit().await?;
    state.caught_up().await;
    Ok(())
}

/// A group in the queue, by its oldest.
struct Waiting {
    href: String,
    name: String,
    row: view::Row,
    said: String,
}

#[derive(Template)]
#[template(path = "repetitions.html")]
struct RepetitionsPage {
    page: Page,
    showing: String,
    confirmed: bool,
    rows: Vec<Waiting>,
    paging: Paging,
}

/// Groups that wait for a person, the largest first; or those that a person confirmed.
pub(crate) async fn list(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    let query = QueryState::parse(visit.query());
    let confirmed = query.get("show") == "confirmed";
    let mut groups = if confirmed {
        groups_confirmed(&state, &visit).await?
    } else {
        groups_waiting(&state, &visit)
            .await?
            .into_iter()
            .map(|ids| (String::new(), ids))
            .collect()
    };
    groups.sort_by(|(a, of), (b, with)| (with.len(), a, of).cmp(&(of.len(), b, with)));
    let paging = Paging::new("/repetitions", query, PER_PAGE).of(groups.len());
    let mut rows = Vec::new();
    for (name, ids) in groups.iter().skip(paging.offset()).take(PER_PAGE) {
        rows.extend(waiting(&state, &visit, name, ids, confirmed).await?);
    }
    let l = visit.l();
    let total = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    let page = RepetitionsPage {
        page: visit.page("mechanisms-repetitions-title"),
        showing: l.with(
            if confirmed {
                "mechanisms-repetitions-confirmed-number"
            } else {
                "mechanisms-repetitions-number"
            },
            &[("number", Arg::Integer(total))],
        ),
        confirmed,
        rows,
        paging,
    };
    Ok(Html(page.render()?))
}

async fn waiting(
    state: &State,
    visit: &Visit,
    name: &str,
    ids: &[Id],
    confirmed: bool,
) -> Result<Option<Waiting>, Problem> {
    let mut items = Vec::new();
    for chunk in ids.chunks(500) {
        items.extend(store::recommendations_by_ids(&mut state.ground.store.clone(), chunk).await?);
    }
    items.sort_by_key(age);
    let Some((first, others)) = items.split_first() else {
        return Ok(None);
    };
    let words = if confirmed { IN_A_GROUP } else { SEEMS };
    let said = counted(state, visit, words, first, others).await?;
    let row = rows(state, visit, &[first]).await?.remove(0);
    Ok(Some(Waiting {
        href: format!("/recommendations/{}/repetitions?from=queue", first.id),
        name: name.to_owned(),
        row,
        said,
    }))
}

/// What the program found and nobody has said enough of, as far as the visit may see it.
pub(crate) async fn groups_waiting(state: &State, visit: &Visit) -> Result<Vec<Vec<Id>>, Problem> {
    state.again.catch_up(&state.ground.store).await?;
    let mut db = state.ground.store.clone();
    let hidden = store::hidden_from(&mut db, visit.person()?.id).await?;
    let (mut of, apart) = (HashMap::new(), store::apart(&mut db).await?);
    for (cluster, members) in store::clusters(&mut db).await? {
        of.extend(members.into_iter().map(|member| (member, cluster.id)));
    }
    let mut groups = state.again.groups(|id| hidden.contains(id));
    groups.retain(|group| !decided(group, &of, &apart));
    Ok(groups)
}

/// Whether a person has said of each whether it belongs together with the others.
fn decided(group: &[Id], of: &HashMap<Id, Id>, apart: &HashSet<(Id, Id)>) -> bool {
    let clusters: HashSet<Id> = group.iter().filter_map(|id| of.get(id).copied()).collect();
    let alone = group.iter().filter(|id| !of.contains_key(id)).count();
    let said = |id: &Id, cluster: &Id| {
        of.get(id) == Some(cluster)
            || apart.contains(&(*cluster, *id))
            || of.get(id).is_some_and(|own| {
                group
                    .iter()
                    .any(|other| of.get(other) == Some(cluster) && apart.contains(&(*own, *other)))
            })
    };
    alone < 2
        && !clusters.is_empty()
        && group
            .iter()
            .all(|id| clusters.iter().all(|cluster| said(id, cluster)))
}

async fn groups_confirmed(state: &State, visit: &Visit) -> Result<Vec<(String, Vec<Id>)>, Problem> {
    let mut db = state.ground.store.clone();
    let hidden = store::hidden_from(&mut db, visit.person()?.id).await?;
    Ok(store::clusters(&mut db)
        .await?
        .into_iter()
        .map(|(cluster, mut members)| {
            members.retain(|member| !hidden.contains(member));
            (cluster.name, members)
        })
        .filter(|(_, members)| members.len() > 1)
        .collect())
}

/// How often what a text asks for seems to be recorded already; for the review of a report.
pub(crate) async fn known_like(
    state: &State,
    visit: &Visit,
    text: &str,
    subject: &str,
) -> Result<Option<(String, String)>, Problem> {
    let ids = state.again.like(text, subject);
    let mut open = Vec::new();
    for item in store::recommendations_by_ids(&mut state.ground.store.clone(), &ids).await? {
        if is_open(state, visit, &item).await? {
            open.push(item);
        }
    }
    open.sort_by_key(age);
    let Some((first, others)) = open.split_first() else {
        return Ok(None);
    };
    let said = counted(state, visit, SEEMS, first, others).await?;
    Ok(Some((said, format!("/recommendations/{}", first.id))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_waits_until_each_pair_was_spoken_of() {
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let (one, two) = (Id::new(), Id::new());
        let mut of = HashMap::new();
        let mut apart = HashSet::new();
        assert!(!decided(&ids[..2], &of, &apart), "nobody said anything");
        of.extend([(ids[0], one), (ids[1], one)]);
        assert!(decided(&ids[..2], &of, &apart));
        assert!(!decided(&ids[..3], &of, &apart), "the third was not seen");
        apart.insert((one, ids[2]));
        assert!(decided(&ids[..3], &of, &apart));
        assert!(!decided(&ids, &of, &apart));
        apart.insert((one, ids[3]));
        assert!(
            !decided(&ids, &of, &apart),
            "two that are set apart may be the same"
        );
        of.extend([(ids[2], two), (ids[3], two)]);
        assert!(decided(&ids, &of, &apart), "a group was split in two");
    }
}
