//! Changing what is known of a recommendation: its details, its translations, and who may read it.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_accounts::{Area, Protection, Role, people};
use mandate_language::Message;
use mandate_ledger::Act;
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Choice, Errors, Field},
};

use super::{
    State,
    ask::{chosen, day, not_a_choice, wrong},
    recommendation::{finish, found, page_of},
    view,
};
use crate::{
    domain::{Priority, Reply, TagKind},
    store::{self, Recommendation, Tag},
};

/// The kinds of tags that are ticked, with the field and the label of each.
const TICKED: [(TagKind, &str, &str); 6] = [
    (TagKind::Addressee, "addressees", "mechanisms-addressees"),
    (TagKind::Theme, "themes", "mechanisms-themes"),
    (TagKind::Group, "groups", "mechanisms-groups"),
    (TagKind::Place, "places", "mechanisms-places"),
    (TagKind::Target, "targets", "mechanisms-targets"),
    (TagKind::Provision, "provisions", "mechanisms-provisions"),
];

struct Translated {
    language: String,
    lang: String,
    text: String,
    said: String,
}

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    page: Page,
    item: view::Row,
    details: Vec<Field>,
    deadline: Field,
    states: Field,
    ticks: Vec<Field>,
    translations: Vec<Translated>,
    language: Field,
    translation: Field,
    protection: Option<(Field, Field)>,
}

/// What can be ticked under a kind of tag: key and name, in the reader's order.
fn entries(visit: &Visit, kind: TagKind) -> Vec<(String, String)> {
    let (profile, tag) = (&visit.ground().profile, visit.l().tag());
    match kind {
        TagKind::Addressee => view::vocabulary(visit, &profile.institutions),
        TagKind::Theme => view::vocabulary(visit, &profile.themes),
        TagKind::Group => view::vocabulary(visit, &profile.groups),
        TagKind::Place => view::vocabulary(visit, &profile.places),
        TagKind::Target => profile
            .goals
            .iter()
            .flat_map(|goal| {
                std::iter::once(&goal.key).chain(goal.targets.iter().map(|target| &target.key))
            })
            .map(|key| (key.clone(), profile.target_name(key, tag.as_str())))
            .collect(),
        TagKind::Provision => profile
            .instruments
            .iter()
            .flat_map(|instrument| instrument.provisions())
            .map(|key| {
                let name = view::provision(visit, &key);
                (key, name)
            })
            .collect(),
        TagKind::State => Vec::new(),
    }
}

fn ticks(visit: &Visit, tags: &[Tag], kind: TagKind, name: &str, label: &str) -> Field {
    let mut choices: Vec<Choice> = entries(visit, kind)
        .into_iter()
        .map(|(value, label)| Choice {
            chosen: tags
                .iter()
                .any(|tag| tag.kind == kind && tag.value == value),
            value,
            label,
        })
        .collect();
    choices.sort_by_key(|choice| !choice.chosen);
    let mut field = Field::new(
        visit.l(),
        name,
        label,
        &FormData::default(),
        &Errors::none(),
    );
    field.choices = choices;
    field
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Html<String>, Problem> {
    let item = found(&state, &visit, &text).await?;
    let mut db = state.ground.store.clone();
    let tags = store::tags(&mut db, &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    let (l, none) = (visit.l(), Errors::none());
    let mut form = FormData::default();
    form.set("reply", item.reply.as_str());
    form.set("priority", item.priority.as_str());
    form.set(
        "deadline",
        item.deadline.map(|day| day.to_string()).unwrap_or_default(),
    );
    form.set(
        "responsible",
        item.responsible
            .map(|id| id.to_string())
            .unwrap_or_default(),
    );
    let states: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.kind == TagKind::State)
        .map(|tag| tag.value.as_str())
        .collect();
    form.set("states", states.join("; "));
    let names = view::names(&visit).await?;
    let zone = state.ground.profile.time_zone();
    let translations = store::translations(&mut db, item.id)
        .await?
        .into_iter()
        .map(|t| Translated {
            language: view::language_name(&visit, &t.language),
            said: format!(
                "{} · {}",
                l.date_time(t.added_at, zone),
                names.get(&t.added_by).unwrap_or(&t.added_by)
            ),
            lang: t.language,
            text: t.text,
        })
        .collect();
    let mut frame = page_of(&visit, &item);
    frame
        .breadcrumbs
        .push((format!("/recommendations/{}", item.id), frame.title.clone()));
    frame.title = l.text("mechanisms-details");
    let page = EditPage {
        page: frame,
        details: vec![
            Field::new(l, "reply", "mechanisms-reply", &form, &none)
                .choices(&form, view::words(&visit, "mechanisms-reply-", Reply::ALL)),
            Field::new(l, "priority", "mechanisms-priority", &form, &none).choices(
                &form,
                view::words(&visit, "mechanisms-priority-", Priority::ALL),
            ),
            Field::new(l, "responsible", "mechanisms-officer", &form, &none)
                .choices(&form, view::officers(&visit).await?)
                .or_none(l.text("mechanisms-officer-nobody")),
        ],
        deadline: Field::new(l, "deadline", "mechanisms-deadline", &form, &none),
        states: Field::new(l, "states", "mechanisms-recommending", &form, &none)
            .hint(l, "mechanisms-states-hint"),
        ticks: TICKED
            .iter()
            .map(|(kind, name, label)| ticks(&visit, &tags, *kind, name, label))
            .collect(),
        translations,
        language: Field::new(l, "language", "mechanisms-text-language", &form, &none)
            .choices(&form, view::languages(&visit, &item.language)),
        translation: Field::new(l, "text", "mechanisms-translation", &form, &none).required(),
        protection: protection_fields(&state, &visit, &item).await?,
        item: view::row(&visit, &item, &tags),
    };
    Ok(Html(page.render()?))
}

/// Only a lead decides how far a recommendation may travel.
async fn protection_fields(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
) -> Result<Option<(Field, Field)>, Problem> {
    if visit.person()?.role(Area::Mechanisms) < Some(Role::Lead) {
        return Ok(None);
    }
    let (l, none) = (visit.l(), Errors::none());
    let mut form = FormData::default();
    form.set("protection", item.protection.as_str());
    let named = store::named_people(&mut state.ground.store.clone(), &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    let mut people = Field::new(l, "people", "mechanisms-named", &form, &none)
        .hint(l, "mechanisms-named-hint")
        .choices(&form, readers(visit).await?);
    for choice in &mut people.choices {
        choice.chosen = named.iter().any(|id| id.to_string() == choice.value);
    }
    let level = Field::new(l, "protection", "mechanisms-protection", &form, &none)
        .choices(&form, view::words(visit, "accounts-protection-", &LEVELS));
    Ok(Some((level, people)))
}

/// The levels that a recommendation can have: nothing of this area is Sealed.
const LEVELS: [Protection; 3] = [
    Protection::Public,
    Protection::Office,
    Protection::Restricted,
];

async fn readers(visit: &Visit) -> Result<Vec<(String, String)>, Problem> {
    let mut readers: Vec<(String, String)> = people::all(&mut visit.ground().store.clone())
        .await?
        .into_iter()
        .filter(|person| person.active && person.roles.contains_key(&Area::Mechanisms))
        .map(|person| (person.id.to_string(), person.name))
        .collect();
    visit
        .l()
        .sort_by_key(&mut readers, |(_, name)| name.clone());
    Ok(readers)
}

pub(crate) async fn details(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let (reply, priority): (Reply, Priority) = (
        chosen(&visit, &form, "reply", "mechanisms-reply")?,
        chosen(&visit, &form, "priority", "mechanisms-priority")?,
    );
    let deadline = day(&visit, &form, "deadline", "mechanisms-deadline")?;
    let responsible = officer(&visit, &form).await?;
    let mut before = store::tags(&mut state.ground.store.clone(), &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    before.sort();
    let after = tags_of(&visit, &form);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let mut changed = false;
    if reply != item.reply {
        store::set_reply(&mut act, item.id, reply).await?;
        changed = true;
    }
    if priority != item.priority {
        store::set_priority(&mut act, item.id, priority).await?;
        changed = true;
    }
    if deadline != item.deadline {
        store::set_deadline(&mut act, item.id, deadline).await?;
        changed = true;
    }
    if responsible != item.responsible {
        store::set_responsible(&mut act, item.id, responsible).await?;
        changed = true;
    }
    if before != after {
        store::edit_tags(&mut act, item.id, &after).await?;
        changed = true;
    }
    if changed {
        act.commit().await?;
    }
    finish(&state, &visit, item.id, "mechanisms-saved").await
}

/// The officer that a form names; nothing for nobody.
pub(crate) async fn officer(visit: &Visit, form: &FormData) -> Result<Option<Id>, Problem> {
    let Some(text) = form.some("responsible") else {
        return Ok(None);
    };
    let known = view::officers(visit).await?;
    if known.iter().all(|(id, _)| id != text) {
        return Err(not_a_choice(visit, "mechanisms-officer"));
    }
    Ok(text.parse().ok())
}

/// The tags that a form ticks, and the recommending states that it lists; what the profile does not know is left out.
pub(crate) fn tags_of(visit: &Visit, form: &FormData) -> Vec<Tag> {
    let mut tags: Vec<Tag> = TICKED
        .iter()
        .flat_map(|(kind, name, _)| {
            let known = entries(visit, *kind);
            form.all(name)
                .into_iter()
                .filter(move |key| known.iter().any(|(value, _)| value == key))
                .map(|key| Tag {
                    kind: *kind,
                    value: key.to_owned(),
                })
                .collect::<Vec<_>>()
        })
        .chain(view::states(form.text("states")).map(|value| Tag {
            kind: TagKind::State,
            value,
        }))
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

pub(crate) async fn translate(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let words = form
        .some("text")
        .ok_or(wrong("mechanisms-translation-empty"))?;
    let language = form.text("language");
    let offered = view::languages(&visit, &item.language);
    if offered.iter().all(|(tag, _)| tag != language) {
        return Err(not_a_choice(&visit, "mechanisms-text-language"));
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_translation(&mut act, item.id, language, words).await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-translated").await
}

pub(crate) async fn protect(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let level: Protection = chosen(&visit, &form, "protection", "mechanisms-protection")?;
    if !LEVELS.contains(&level) {
        return Err(not_a_choice(&visit, "mechanisms-protection"));
    }
    let known = readers(&visit).await?;
    let named: Vec<Id> = form
        .all("people")
        .into_iter()
        .filter(|id| known.iter().any(|(person, _)| person == id))
        .filter_map(|id| id.parse().ok())
        .collect();
    if level == Protection::Restricted && named.is_empty() {
        return Err(Problem::Input(Message::new("mechanisms-named-none")));
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::set_protection(&mut act, item.id, level).await?;
    store::set_named(&mut act, item.id, &named).await?;
    act.commit().await?;
    state.caught_up().await;
    let open = level < Protection::Restricted || named.contains(&visit.person()?.id);
    let to = if open {
        format!("/recommendations/{}", item.id)
    } else {
        "/recommendations".to_owned()
    };
    Ok(visit.done("mechanisms-protected", &to))
}
