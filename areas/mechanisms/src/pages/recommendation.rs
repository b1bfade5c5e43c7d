//! One recommendation: three voices side by side, its measures, evidence, comments and its whole history.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    response::{Html, Response},
};
use mandate_accounts::Protection;
use mandate_ledger::{Act, Record, history};
use mandate_store::{Id, attachment_by_id};
use mandate_web::{
    FormData, Page, Problem, Upload, Visit,
    form::{Errors, Field},
};

use super::{
    State,
    ask::{chosen, day, not_a_choice, required_day, wrong},
    id,
    list::may_work,
    repetitions::{Asked, alike, asked},
    view,
};
use crate::{
    domain::{EvidenceKind, NewAssessment, Progress, RefusedAssessment, TagKind, Voice},
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
    href: String,
    source: String,
    dated: String,
}

struct MeasureView {
    id: Id,
    who: String,
    what: String,
    steps: Vec<String>,
    due: String,
    /// Whether it answers everything that asks for the same.
    whole: bool,
    progress: Field,
    note: Field,
    dated: Field,
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
    evidence_file: Field,
    evidence_dated: Field,
    measure_institution: Field,
    measure_what: Field,
    measure_progress: Field,
    measure_due: Field,
    comment: Field,
    translation: Option<(String, String)>,
    asked: Option<Asked>,
    in_group: bool,
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

pub(crate) async fn found(
    state: &State,
    visit: &Visit,
    text: &str,
) -> Result<Recommendation, Problem> {
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
    let zone = profile.time_zone();
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
    let none = Errors::none();
    let mut form = FormData::default();
    form.set("dated", visit.today().to_string());
    form.set("voice", Voice::Office.as_str());
    let alike = alike(state, visit, item).await?;
    let page = RecommendationPage {
        asked: asked(state, visit, item, &alike).await?,
        in_group: alike.group().is_some(),
        page: page_of(visit, item),
        subject: item.subject.clone(),
        document_href: format!("/documents/{}", item.document_id),
        facts: facts(visit, item, &tags, &names),
        evidence: evidence
            .iter()
            .map(|e| EvidenceView {
                id: e.id,
                body: e.body.clone(),
                href: match e.kind {
                    EvidenceKind::Attachment => format!("/evidence/{}/file", e.id),
                    _ => e.link.clone(),
                },
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
        measures: measures(visit, store::measures(&mut db, item.id).await?),
        comments,
        timeline,
        may_work: may_work(visit),
        assess: vec![
            Field::new(l, "voice", "mechanisms-voice", &form, &none)
                .of("assess")
                .choices(&form, view::words(visit, "mechanisms-voice-", Voice::ALL)),
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
        evidence_file: Field::new(l, "file", "mechanisms-evidence-file", &form, &none)
            .of("evidence"),
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
                view::words(visit, "mechanisms-progress-", Progress::ALL),
            ),
        measure_due: Field::new(l, "due", "mechanisms-deadline", &FormData::default(), &none)
            .of("measure"),
        comment: Field::new(l, "body", "mechanisms-comment", &form, &none)
            .of("comment")
            .hint(l, "mechanisms-comment-hint"),
        translation: translated(visit, item, store::translations(&mut db, item.id).await?),
        item: view::row(visit, item, &tags),
    };
    Ok(Html(page.render()?))
}

/// The measures, each with the form that states how far it is by now.
fn measures(visit: &Visit, found: Vec<store::Measure>) -> Vec<MeasureView> {
    let (l, profile, none) = (visit.l(), &visit.ground().profile, Errors::none());
    let tag = l.tag();
    found
        .into_iter()
        .map(|measure| {
            let at = format!("measure-{}", measure.id);
            let mut form = FormData::default();
            form.set("dated", visit.today().to_string());
            if let Some(last) = measure.progress.first() {
                form.set("progress", last.progress.as_str());
            }
            let step = |step: &store::MeasureProgress| {
                let word = l.text(&format!("mechanisms-progress-{}", step.progress));
                let day = l.short_date(step.dated);
                [word, day, step.note.clone()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ")
            };
            MeasureView {
                id: measure.id,
                who: profile
                    .institutions
                    .name_of(&measure.institution, tag.as_str())
                    .to_owned(),
                what: measure.what,
                whole: measure.whole,
                steps: measure.progress.iter().map(step).collect(),
                due: measure.due.map(|day| l.date(day)).unwrap_or_default(),
                progress: Field::new(l, "progress", "mechanisms-progress", &form, &none)
                    .of(&at)
                    .choices(
                        &form,
                        view::words(visit, "mechanisms-progress-", Progress::ALL),
                    ),
                note: Field::new(l, "note", "mechanisms-progress-note", &form, &none).of(&at),
                dated: Field::new(l, "dated", "mechanisms-dated", &form, &none)
                    .of(&at)
                    .required(),
            }
        })
        .collect()
}

/// The text in the reader's language, where it is not the text's own: the language and the words.
fn translated(
    visit: &Visit,
    item: &Recommendation,
    translations: Vec<store::Translation>,
) -> Option<(String, String)> {
    let tag = visit.l().tag();
    if tag.as_str() == item.language {
        return None;
    }
    let found = translations
        .into_iter()
        .find(|translation| translation.language == tag.as_str())?;
    Some((found.language, found.text))
}

pub(crate) fn page_of(visit: &Visit, item: &Recommendation) -> Page {
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
                TagKind::Place => profile
                    .places
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Provision => view::provision(visit, &found.value),
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
        ("mechanisms-places", listed(TagKind::Place)),
        ("mechanisms-targets", listed(TagKind::Target)),
        ("mechanisms-provisions", listed(TagKind::Provision)),
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

impl From<RefusedAssessment> for Problem {
    fn from(refused: RefusedAssessment) -> Self {
        wrong(match refused {
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
    let voice: Voice = chosen(&visit, &form, "voice", "mechanisms-voice")?;
    let (scale, grade) = form
        .text("grade")
        .split_once('/')
        .ok_or(wrong("mechanisms-assess-no-grade"))?;
    let known = profile
        .scales
        .get(scale)
        .ok_or_else(|| not_a_choice(&visit, "mechanisms-grade"))?;
    if !grade.is_empty() && known.grade(grade).is_none() {
        return Err(not_a_choice(&visit, "mechanisms-grade"));
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
        dated: required_day(&visit, &form, "dated", "mechanisms-dated")?,
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

pub(crate) async fn finish(
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
    upload: Upload,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let form = &upload.form;
    let source = form
        .some("source")
        .ok_or(wrong("mechanisms-evidence-no-source"))?;
    let dated = required_day(&visit, form, "dated", "mechanisms-dated")?;
    let link = form.text("link");
    if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("http://") {
        return Err(wrong("mechanisms-evidence-no-link"));
    }
    let file = upload.file("file");
    let kind = match (file, link) {
        (Some(_), "") => EvidenceKind::Attachment,
        (Some(_), _) => return Err(wrong("mechanisms-evidence-link-or-file")),
        (None, "") => EvidenceKind::Note,
        (None, _) => EvidenceKind::Link,
    };
    let protection = item.protection.max(Protection::Office);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let attachment = match file {
        None => None,
        Some(file) => Some(
            state
                .ground
                .attachments
                .add(act.tx(), &file.bytes, &file.name, OPAQUE, visit.at())
                .await?
                .id,
        ),
    };
    store::add_evidence(
        &mut act,
        item.id,
        kind,
        form.text("body"),
        link,
        attachment,
        source,
        dated,
        protection,
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-evidence-added").await
}

/// A file that somebody sent is never shown by the office's own address, only handed out.
const OPAQUE: &str = "application/octet-stream";

pub(crate) async fn evidence_file(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let mut db = state.ground.store.clone();
    let (of, evidence) = store::evidence_by_id(&mut db, id(&text)?)
        .await?
        .ok_or(Problem::NotFound)?;
    let item = store::recommendation_by_id(&mut db, of)
        .await?
        .ok_or(Problem::NotFound)?;
    opened(&state, &visit, &item).await?;
    let named = named(&state, &visit, &item).await?;
    let record = Record::of("evidence", evidence.id);
    visit.opens(record, evidence.protection, named).await?;
    let kept = match evidence.attachment_id {
        Some(kept) => attachment_by_id(&mut db, kept).await?,
        None => None,
    };
    let kept = kept.ok_or(Problem::NotFound)?;
    let bytes = state.ground.attachments.bytes(&kept.sha256).await?;
    Ok(view::download(bytes, OPAQUE, &kept.file_name))
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
        .ok_or(wrong("mechanisms-measure-no-what"))?;
    let institution = form.text("institution");
    if state.ground.profile.institutions.get(institution).is_none() {
        return Err(not_a_choice(&visit, "mechanisms-institution"));
    }
    let (due, progress) = (
        day(&visit, &form, "due", "mechanisms-deadline")?,
        chosen(&visit, &form, "progress", "mechanisms-progress")?,
    );
    let cluster = if form.some("whole").is_some() {
        let group = alike(&state, &visit, &item).await?.group();
        Some(group.ok_or(wrong("mechanisms-measure-no-group"))?)
    } else {
        None
    };
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_measure(
        &mut act,
        item.id,
        institution,
        what,
        due,
        progress,
        visit.today(),
        cluster,
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-measure-added").await
}

pub(crate) async fn progress(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((text, measure)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let measure = id(&measure)?;
    let known = store::measures(&mut state.ground.store.clone(), item.id).await?;
    if known.iter().all(|m| m.id != measure) {
        return Err(Problem::NotFound);
    }
    let dated = required_day(&visit, &form, "dated", "mechanisms-dated")?;
    if dated > visit.today() {
        return Err(wrong("mechanisms-assess-future"));
    }
    let progress = chosen(&visit, &form, "progress", "mechanisms-progress")?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_progress(
        &mut act,
        item.id,
        measure,
        progress,
        form.text("note"),
        dated,
    )
    .await?;
    act.commit().await?;
    finish(&state, &visit, item.id, "mechanisms-progress-added").await
}

pub(crate) async fn comment(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let item = found(&state, &visit, &text).await?;
    let body = form.some("body").ok_or(wrong("mechanisms-comment-empty"))?;
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
