//! One recommendation: three voices side by side, its measures, evidence, comments and its whole history.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use jiff::civil::Date;
use mandate_accounts::Protection;
use mandate_language::Message;
use mandate_ledger::{Act, Record, history};
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
};

use super::{State, id, list::may_work, view};
use crate::{
    domain::{
        EvidenceKind, NewAssessment, Priority, Progress, RefusedAssessment, Reply, TagKind, Voice,
    },
    store::{self, Recommendation, Tag},
};

struct Statement {
    grade: String,
    status: &'static str,
    reason: String,
    dated: String,
    who: String,
}

struct VoiceView {
    title: String,
    statements: Vec<Statement>,
}

struct EvidenceView {
    id: Id,
    body: String,
    link: String,
    source: String,
    dated: String,
}

struct MeasureView {
    who: String,
    what: String,
    progress: String,
    due: String,
}

struct Said {
    who: String,
    at: String,
    body: String,
}

#[derive(Template)]
#[template(path = "recommendation.html")]
struct RecommendationPage {
    page: Page,
    item: view::Row,
    subject: String,
    document_href: String,
    facts: Vec<(String, String)>,
    voices: Vec<VoiceView>,
    evidence: Vec<EvidenceView>,
    measures: Vec<MeasureView>,
    comments: Vec<Said>,
    timeline: Vec<Said>,
    may_work: bool,
    assess: Vec<Field>,
    reason: Field,
    dated: Field,
    resting: Field,
    evidence_fields: Vec<Field>,
    evidence_dated: Field,
    measure_institution: Field,
    measure_what: Field,
    measure_progress: Field,
    measure_due: Field,
    comment: Field,
    detail_fields: Vec<Field>,
    detail_deadline: Field,
    addressees: Field,
    themes: Field,
}

/// Asks whether the visit may have a recommendation; the reading of a Restricted one is recorded.
pub(crate) async fn opened(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
) -> Result<(), Problem> {
    let named = named(state, visit, item).await?;
    visit
        .opens(
            Record::of("recommendation", item.id),
            item.protection,
            named,
        )
        .await
}

/// Whether it could be opened, without opening it: for lists.
pub(crate) async fn is_open(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
) -> Result<bool, Problem> {
    let named = named(state, visit, item).await?;
    Ok(mandate_accounts::decide(visit.who(), super::READER, item.protection, named).allows())
}

async fn named(state: &State, visit: &Visit, item: &Recommendation) -> Result<bool, Problem> {
    if item.protection < Protection::Restricted {
        return Ok(false);
    }
    let mut people = store::named_people(&mut state.ground.store.clone(), &[item.id]).await?;
    let people = people.remove(&item.id).unwrap_or_default();
    Ok(visit
        .who()
        .is_some_and(|person| people.contains(&person.id)))
}

async fn found(state: &State, visit: &Visit, text: &str) -> Result<Recommendation, Problem> {
    let item = store::recommendation_by_id(&mut state.ground.store.clone(), id(text)?).await?;
    let item = item.ok_or(Problem::NotFound)?;
    opened(state, visit, &item).await?;
    Ok(item)
}

pub(crate) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Html<String>, Problem> {
    let item = found(&state, &visit, &text).await?;
    if !store::mentions_waiting(&mut state.ground.store.clone(), visit.person()?.id, 1000)
        .await?
        .contains(&item.id)
    {
        return shown(&state, &visit, &item).await;
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    if store::mark_mentions_seen(&mut act, visit.person()?.id, item.id).await? {
        act.commit().await?;
    }
    shown(&state, &visit, &item).await
}

async fn shown(
    state: &State,
    visit: &Visit,
    item: &Recommendation,
) -> Result<Html<String>, Problem> {
    let mut db = state.ground.store.clone();
    let (l, profile) = (visit.l(), &state.ground.profile);
    let (tag, zone) = (l.tag(), profile.time_zone());
    let tags = store::tags(&mut db, &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    let named = named(state, visit, item).await?;
    let names = view::names(visit).await?;
    let who = |actor: &str| {
        names
            .get(actor)
            .cloned()
            .unwrap_or_else(|| actor.to_owned())
    };
    let assessments = store::assessments(&mut db, item.id).await?;
    let evidence = store::evidence(&mut db, item.id, named).await?;

    let voices = Voice::ALL
        .iter()
        .map(|voice| VoiceView {
            title: l.text(&format!("mechanisms-voice-{voice}")),
            statements: assessments
                .iter()
                .filter(|a| a.voice == *voice)
                .map(|a| Statement {
                    grade: grade_name(visit, &a.scale, &a.grade),
                    status: a.office_status.map_or("none", |status| status.as_str()),
                    reason: a.reason.clone(),
                    dated: l.date(a.dated),
                    who: who(&a.added_by),
                })
                .collect(),
        })
        .collect();
    let timeline = history(&mut db, &Record::of("recommendation", item.id))
        .await?
        .iter()
        .rev()
        .take(100)
        .map(|entry| Said {
            who: who(&entry.actor),
            at: l.date_time(entry.at, zone),
            body: l.text(&format!(
                "mechanisms-did-{}",
                entry.action.replace('.', "-")
            )),
        })
        .collect();
    let comments = store::comments(&mut db, item.id)
        .await?
        .into_iter()
        .map(|said| Said {
            who: who(&said.added_by),
            at: l.date_time(said.added_at, zone),
            body: said.body,
        })
        .collect();
    let measures = store::measures(&mut db, item.id)
        .await?
        .into_iter()
        .map(|measure| MeasureView {
            who: profile
                .institutions
                .name_of(&measure.institution, tag.as_str())
                .to_owned(),
            what: measure.what,
            progress: measure
                .progress
                .first()
                .map(|step| l.text(&format!("mechanisms-progress-{}", step.progress)))
                .unwrap_or_default(),
            due: measure.due.map(|day| l.date(day)).unwrap_or_default(),
        })
        .collect();

    let none = Errors::none();
    let mut form = FormData::default();
    form.set("dated", visit.today().to_string());
    form.set("reply", item.reply.as_str());
    form.set("priority", item.priority.as_str());
    form.set(
        "deadline",
        item.deadline.map(|day| day.to_string()).unwrap_or_default(),
    );
    form.set("voice", Voice::Office.as_str());
    let words = |prefix: &str, all: Vec<&'static str>| -> Vec<(String, String)> {
        all.into_iter()
            .map(|word| (word.to_owned(), l.text(&format!("{prefix}{word}"))))
            .collect()
    };
    let page = RecommendationPage {
        page: page_of(visit, item),
        subject: item.subject.clone(),
        document_href: format!("/documents/{}", item.document_id),
        facts: facts(visit, item, &tags, &names),
        evidence: evidence
            .iter()
            .map(|e| EvidenceView {
                id: e.id,
                body: e.body.clone(),
                link: e.link.clone(),
                source: e.source.clone(),
                dated: l.date(e.dated),
            })
            .collect(),
        resting: Field::new(l, "evidence", "mechanisms-resting-on", &form, &none).choices(
            &form,
            evidence.iter().map(|e| {
                (
                    e.id.to_string(),
                    format!("{} · {}", l.short_date(e.dated), e.source),
                )
            }),
        ),
        voices,
        measures,
        comments,
        timeline,
        may_work: may_work(visit),
        assess: vec![
            Field::new(l, "voice", "mechanisms-voice", &form, &none)
                .of("assess")
                .choices(
                    &form,
                    words(
                        "mechanisms-voice-",
                        Voice::ALL.iter().map(|v| v.as_str()).collect(),
                    ),
                ),
            Field::new(l, "grade", "mechanisms-grade", &form, &none)
                .of("assess")
                .choices(&form, grades(visit, item)),
        ],
        reason: Field::new(l, "reason", "mechanisms-reason", &form, &none)
            .of("assess")
            .required(),
        dated: Field::new(l, "dated", "mechanisms-dated", &form, &none)
            .of("assess")
            .required(),
        evidence_fields: vec![
            Field::new(l, "source", "mechanisms-evidence-source", &form, &none)
                .of("evidence")
                .required(),
            Field::new(l, "body", "mechanisms-evidence-body", &form, &none).of("evidence"),
            Field::new(l, "link", "mechanisms-evidence-link", &form, &none).of("evidence"),
        ],
        evidence_dated: Field::new(l, "dated", "mechanisms-dated", &form, &none)
            .of("evidence")
            .required(),
        measure_institution: Field::new(l, "institution", "mechanisms-institution", &form, &none)
            .of("measure")
            .choices(&form, view::vocabulary(visit, &profile.institutions)),
        measure_what: Field::new(l, "what", "mechanisms-measure-what", &form, &none)
            .of("measure")
            .required(),
        measure_progress: Field::new(l, "progress", "mechanisms-progress", &form, &none)
            .of("measure")
            .choices(
                &form,
                words(
                    "mechanisms-progress-",
                    Progress::ALL.iter().map(|p| p.as_str()).collect(),
                ),
            ),
        measure_due: Field::new(l, "due", "mechanisms-deadline", &FormData::default(), &none)
            .of("measure"),
        comment: Field::new(l, "body", "mechanisms-comment", &form, &none)
            .of("comment")
            .hint(l, "mechanisms-comment-hint"),
        detail_fields: vec![
            Field::new(l, "reply", "mechanisms-reply", &form, &none)
                .of("details")
                .choices(
                    &form,
                    words(
                        "mechanisms-reply-",
                        Reply::ALL.iter().map(|r| r.as_str()).collect(),
                    ),
                ),
            Field::new(l, "priority", "mechanisms-priority", &form, &none)
                .of("details")
                .choices(
                    &form,
                    words(
                        "mechanisms-priority-",
                        Priority::ALL.iter().map(|p| p.as_str()).collect(),
                    ),
                ),
        ],
        detail_deadline: Field::new(l, "deadline", "mechanisms-deadline", &form, &none)
            .of("details"),
        addressees: ticked(
            visit,
            "addressees",
            "mechanisms-addressees",
            &profile.institutions,
            &tags,
            TagKind::Addressee,
        ),
        themes: ticked(
            visit,
            "themes",
            "mechanisms-themes",
            &profile.themes,
            &tags,
            TagKind::Theme,
        ),
        item: view::row(visit, item, &tags),
    };
    Ok(Html(page.render()?))
}

fn ticked<T: mandate_office::Entry>(
    visit: &Visit,
    name: &str,
    label: &str,
    entries: &mandate_office::Vocabulary<T>,
    tags: &[Tag],
    kind: TagKind,
) -> Field {
    let mut field = Field::new(
        visit.l(),
        name,
        label,
        &FormData::default(),
        &Errors::none(),
    )
    .choices(&FormData::default(), view::vocabulary(visit, entries));
    for choice in &mut field.choices {
        choice.chosen = tags
            .iter()
            .any(|tag| tag.kind == kind && tag.value == choice.value);
    }
    field.choices.sort_by_key(|choice| !choice.chosen);
    field
}

fn page_of(visit: &Visit, item: &Recommendation) -> Page {
    let l = visit.l();
    let title = if item.paragraph.is_empty() {
        l.text("mechanisms-recommendation")
    } else {
        format!("{} {}", l.text("mechanisms-recommendation"), item.paragraph)
    };
    let mut page = visit.page_titled(title);
    page.breadcrumbs = vec![
        (
            "/recommendations".to_owned(),
            l.text("shell-menu-recommendations"),
        ),
        (
            format!("/documents/{}", item.document_id),
            item.document.clone(),
        ),
    ];
    page
}

fn facts(
    visit: &Visit,
    item: &Recommendation,
    tags: &[Tag],
    names: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let (l, profile) = (visit.l(), &visit.ground().profile);
    let tag = l.tag();
    let listed = |kind: TagKind| -> String {
        let mut named: Vec<String> = tags
            .iter()
            .filter(|tag| tag.kind == kind)
            .map(|found| match kind {
                TagKind::Addressee => profile
                    .institutions
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Theme => profile
                    .themes
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Group => profile
                    .groups
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Target => profile.target_name(&found.value, tag.as_str()),
                _ => found.value.clone(),
            })
            .collect();
        l.sort_by_key(&mut named, Clone::clone);
        named.join("; ")
    };
    let responsible = item
        .responsible
        .and_then(|id| names.get(&id.to_string()).cloned())
        .unwrap_or_default();
    [
        ("mechanisms-recommending", listed(TagKind::State)),
        (
            "mechanisms-reply",
            l.text(&format!("mechanisms-reply-{}", item.reply)),
        ),
        ("mechanisms-addressees", listed(TagKind::Addressee)),
        ("mechanisms-themes", listed(TagKind::Theme)),
        ("mechanisms-groups", listed(TagKind::Group)),
        ("mechanisms-targets", listed(TagKind::Target)),
        ("mechanisms-officer", responsible),
        (
            "mechanisms-priority",
            l.text(&format!("mechanisms-priority-{}", item.priority)),
        ),
        (
            "mechanisms-deadline",
            item.deadline.map(|day| l.date(day)).unwrap_or_default(),
        ),
        (
            "mechanisms-verify-on",
            item.verify_on.map(|day| l.date(day)).unwrap_or_default(),
        ),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| (l.text(label), value))
    .collect()
}

/// Grades that can be chosen: the office's own, then those of the mechanism's scale, each with its scale in the value.
fn grades(visit: &Visit, item: &Recommendation) -> Vec<(String, String)> {
    let (profile, tag) = (&visit.ground().profile, visit.l().tag());
    let own = profile
        .mechanisms
        .get(&item.mechanism)
        .map(|m| m.scale.as_str())
        .filter(|scale| *scale != "office");
    std::iter::once("office")
        .chain(own)
        .filter_map(|key| profile.scales.get(key))
        .flat_map(|scale| {
            scale.grades.iter().map(move |grade| {
                let scale_name = scale.name.in_language(tag.as_str());
                let name = format!("{} ({scale_name})", grade.name.in_language(tag.as_str()));
                (format!("{}/{}", scale.key, grade.key), name)
            })
        })
        .chain([(
            "narrative/".to_owned(),
            profile.scales.name_of("narrative", tag.as_str()).to_owned(),
        )])
        .collect()
}

fn grade_name(visit: &Visit, scale: &str, grade: &str) -> String {
    let (profile, tag) = (&visit.ground().profile, visit.l().tag());
    profile
        .scales
        .get(scale)
        .and_then(|scale| scale.grade(grade))
        .map_or_else(
            || grade.to_owned(),
            |grade| grade.name.in_language(tag.as_str()).to_owned(),
        )
}

fn day(form: &FormData, field: &str) -> Result<Option<Date>, Problem> {
    let wrong = || Problem::Input(Message::new("shell-field-not-a-date"));
    form.some(field)
        .map(|text| text.parse().map_err(|_| wrong()))
        .transpose()
}

fn chosen<T: std::str::FromStr>(form: &FormData, field: &str) -> Result<T, Problem> {
    form.text(field)
        .parse()
        .map_err(|_| Problem::Input(Message::new("shell-field-not-a-choice")))
}

fn missing(label: &'static str) -> Problem {
    Problem::Input(Message::new(label))
}

impl From<RefusedAssessment> for Problem {
    fn from(refused: RefusedAssessment) -> Self {
        missing(match refused {
            RefusedAssessment::NoReason => "mechanisms-assess-no-reason",
            RefusedAssessment::InTheFuture => "mechanisms-assess-future",
            RefusedAssessment::NoEvidence => "mechanisms-assess-no-evidence",
            RefusedAssessment::NoGrade => "mechanisms-assess-no-grade",
        })
    }
}

pub(crate) async fn assess(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let profile = &state.ground.profile;
    let voice: Voice = chosen(&form, "voice")?;
    let (scale, grade) = form
        .text("grade")
        .split_once('/')
        .ok_or(missing("mechanisms-assess-no-grade"))?;
    let known = profile
        .scales
        .get(scale)
        .ok_or(missing("shell-field-not-a-choice"))?;
    if !grade.is_empty() && known.grade(grade).is_none() {
        return Err(missing("shell-field-not-a-choice"));
    }
    let named = named(&state, &visit, &item).await?;
    let evidence = store::evidence(&mut state.ground.store.clone(), item.id, named).await?;
    let ticked = form.all("evidence");
    let resting: Vec<_> = evidence
        .iter()
        .filter(|e| ticked.contains(&e.id.to_string().as_str()))
        .collect();
    let new = NewAssessment {
        voice,
        scale: scale.to_owned(),
        grade: grade.to_owned(),
        on_office_scale: known
            .grade(grade)
            .and_then(|grade| grade.office.as_deref())
            .and_then(|key| key.parse().ok()),
        reason: form.text("reason").to_owned(),
        dated: day(&form, "dated")?.ok_or(missing("shell-field-not-a-date"))?,
        evidence_dates: resting.iter().map(|e| e.dated).collect(),
    };
    new.check(visit.today())?;
    let resting: Vec<Id> = resting.iter().map(|e| e.id).collect();
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::assess(
        &mut act,
        item.id,
        &new,
        &resting,
        profile.verify_again_after_months,
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-assessed").await
}

async fn finish(
    state: &State,
    visit: &Visit,
    id: Id,
    label: &'static str,
) -> Result<Response, Problem> {
    state.caught_up().await;
    Ok(visit.done(label, &format!("/recommendations/{id}")))
}

pub(crate) async fn evidence(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let source = form
        .some("source")
        .ok_or(missing("mechanisms-evidence-no-source"))?;
    let dated = day(&form, "dated")?.ok_or(missing("shell-field-not-a-date"))?;
    let link = form.text("link");
    if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
        return Err(missing("mechanisms-evidence-no-link"));
    }
    let kind = if link.is_empty() {
        EvidenceKind::Note
    } else {
        EvidenceKind::Link
    };
    let protection = item.protection.max(Protection::Office);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_evidence(
        &mut act,
        item.id,
        kind,
        form.text("body"),
        link,
        None,
        source,
        dated,
        protection,
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-evidence-added").await
}

pub(crate) async fn measure(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let what = form
        .some("what")
        .ok_or(missing("mechanisms-measure-no-what"))?;
    let institution = form.text("institution");
    if state.ground.profile.institutions.get(institution).is_none() {
        return Err(missing("shell-field-not-a-choice"));
    }
    let (due, progress) = (day(&form, "due")?, chosen(&form, "progress")?);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_measure(
        &mut act,
        item.id,
        institution,
        what,
        due,
        progress,
        visit.today(),
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-measure-added").await
}

pub(crate) async fn comment(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let body = form
        .some("body")
        .ok_or(missing("mechanisms-comment-empty"))?;
    let mentioned = mentioned(&visit, body).await?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_comment(&mut act, item.id, body, &mentioned).await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-commented").await
}

/// People whose full name stands behind an at sign.
async fn mentioned(visit: &Visit, body: &str) -> Result<Vec<Id>, Problem> {
    let body = body.to_lowercase();
    Ok(view::names(visit)
        .await?
        .into_iter()
        .filter(|(_, name)| body.contains(&format!("@{}", name.to_lowercase())))
        .filter_map(|(id, _)| id.parse().ok())
        .collect())
}

pub(crate) async fn details(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let profile = &state.ground.profile;
    let (reply, priority): (Reply, Priority) =
        (chosen(&form, "reply")?, chosen(&form, "priority")?);
    let deadline = day(&form, "deadline")?;
    let before = store::tags(&mut state.ground.store.clone(), &[item.id])
        .await?
        .remove(&item.id)
        .unwrap_or_default();
    let kept = before
        .iter()
        .filter(|tag| !matches!(tag.kind, TagKind::Addressee | TagKind::Theme))
        .cloned();
    let addressees = form
        .all("addressees")
        .into_iter()
        .filter(|key| profile.institutions.get(key).is_some());
    let themes = form
        .all("themes")
        .into_iter()
        .filter(|key| profile.themes.get(key).is_some());
    let mut after: Vec<Tag> = kept
        .chain(addressees.map(|key| Tag {
            kind: TagKind::Addressee,
            value: key.to_owned(),
        }))
        .chain(themes.map(|key| Tag {
            kind: TagKind::Theme,
            value: key.to_owned(),
        }))
        .collect();
    after.sort();
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
    let mut sorted = before.clone();
    sorted.sort();
    if sorted != after {
        store::edit_tags(&mut act, item.id, &after).await?;
        changed = true;
    }
    if changed {
        act.commit().await?;
    }
    finish(&state, &visit, item.id, "mechanisms-saved").await
}
