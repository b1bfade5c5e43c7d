//! The review of a report: its text beside what the program proposes. A person accepts, corrects, splits, joins or
//! rejects; the review can be left and taken up again; then what was accepted is written.

use askama::Template;
use axum::{
    extract::{Path, State as Shared},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::Span;
use mandate_accounts::Protection;
use mandate_extraction::{Doubt, Item, Kinds, ReadError, Source};
use mandate_language::Message;
use mandate_ledger::Act;
use mandate_store::Id;
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
    table::QueryState,
};

use super::{
    super::{
        State,
        add::{DocumentFields, document_fields, document_of},
        ask::{chosen, wrong},
        id as id_of,
        repetitions::known_like,
        suggestions::{self, Offer, Offers},
        view,
    },
    opened,
};
use crate::{
    domain::{Decision, ItemKind, Priority, Reply, TagKind},
    store::{self, ImportDocument, ImportItem, ImportRecord, ImportState, NewDocument, Proposal},
};

/// Keeps a report with its pages and proposals.
pub(super) async fn start(
    state: &State,
    visit: &Visit,
    bytes: &[u8],
    name: &str,
) -> Result<Id, Problem> {
    let (copy, called) = (bytes.to_vec(), name.to_owned());
    let read = tokio::task::spawn_blocking(move || {
        let source = mandate_extraction::read(&copy, &called, &Default::default())?;
        let proposals = mandate_extraction::propose(&source);
        let kind = mandate_extraction::document_facts(&source, &Kinds::default()).kind;
        Ok::<_, ReadError>((source, proposals, kind))
    });
    let (source, found, kind) = read
        .await
        .map_err(Problem::broken)?
        .map_err(|error| unreadable(&error))?;
    let proposals: Vec<Proposal> = (0_u32..)
        .zip(found)
        .map(|(n, p)| proposal(visit, n, p))
        .collect();
    let facts = serde_json::to_string(&facts(&source, kind.as_deref())).map_err(Problem::broken)?;
    let pages: Vec<String> = source.pages.into_iter().map(|page| page.text).collect();
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let files = &state.ground.attachments;
    let kind = "application/octet-stream";
    let kept = files.add(act.tx(), bytes, name, kind, visit.at()).await?;
    let state = ImportState::Review;
    let id = store::start_import(&mut act, kept.id, "report", state, &facts).await?;
    store::keep_pages(&mut act, id, &pages).await?;
    store::replace_proposals(&mut act, id, &proposals).await?;
    act.commit().await?;
    Ok(id)
}

fn proposal(visit: &Visit, n: u32, found: mandate_extraction::Proposal) -> Proposal {
    let at = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Proposal {
        id: Id::new(),
        position: f64::from(n),
        paragraph: found.paragraph,
        kind: match found.kind {
            Item::Recommendation => ItemKind::Recommendation,
            Item::Concern => ItemKind::Concern,
            Item::Progress => ItemKind::Observation,
        },
        text: found.text,
        states: found.states,
        reply: match found.reply {
            None => Reply::None,
            Some(mandate_extraction::Reply::Supported) => Reply::Supported,
            Some(mandate_extraction::Reply::Noted) => Reply::Noted,
            Some(mandate_extraction::Reply::Later) => Reply::Pending,
        },
        addressee: found
            .addressee
            .and_then(|words| institution(visit, &words))
            .unwrap_or_default(),
        due: found.due.unwrap_or_default(),
        page: i64::from(found.page),
        start: at(found.span.0),
        finish: at(found.span.1),
        confidence: f64::from(found.confidence),
        reasons: found.doubt.map(reason).into_iter().collect(),
        tags: Vec::new(),
        decision: Decision::Open,
    }
}

/// The key of the institution that words name, with or without an article.
fn institution(visit: &Visit, words: &str) -> Option<String> {
    let institutions = &visit.ground().profile.institutions;
    let words = words.trim();
    let bare = words.strip_prefix("the ").unwrap_or(words);
    let found = institutions.find(words).or_else(|| institutions.find(bare));
    found.map(|found| found.key.clone())
}

/// The word that the reason of a low confidence is kept under.
fn reason(doubt: Doubt) -> String {
    match doubt {
        Doubt::NoState => "no-state",
        Doubt::Shared => "shared",
        Doubt::Length => "length",
        Doubt::ByWords => "by-words",
    }
    .to_owned()
}

fn unreadable(error: &ReadError) -> Problem {
    let label = match error {
        ReadError::Unknown => {
            return Problem::Unsupported(Message::new("mechanisms-report-unknown"));
        }
        ReadError::Encrypted => "mechanisms-report-encrypted",
        ReadError::Scanned => "mechanisms-report-scanned",
        ReadError::TooLarge { .. } => "mechanisms-report-too-large",
        ReadError::TooSlow => "mechanisms-report-too-slow",
        ReadError::Broken(_) => "mechanisms-report-broken",
    };
    wrong(label)
}

/// What is known of the document, as the form's fields: the symbol on its first page, and whose it is, for a person to complete.
fn facts(source: &Source, kind: Option<&str>) -> Vec<(String, String)> {
    let symbol = source.symbol.as_deref().unwrap_or_default();
    let mechanism = match symbol.split('/').next() {
        Some("CEDAW") => "cedaw",
        Some("CERD") => "cerd",
        Some("CCPR") => "ccpr",
        Some("CAT") => "cat",
        Some("CRC") => "crc",
        Some("CRPD") => "crpd",
        Some("CESCR" | "E") => "cescr",
        Some("CED") => "ced",
        Some("CMW") => "cmw",
        _ => match kind {
            None | Some("treaty-body") => "",
            Some(kind) => kind,
        },
    };
    [
        ("mechanism", mechanism),
        ("symbol", symbol),
        ("language", "en"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

fn facts_form(import: &ImportRecord) -> FormData {
    let mut form = FormData::default();
    let facts: Vec<(String, String)> = serde_json::from_str(&import.mapping).unwrap_or_default();
    for (name, value) in facts {
        form.set(&name, value);
    }
    form
}

/// A piece of the page: whether a proposal was found there, and its words.
struct Piece {
    marked: bool,
    text: String,
}

struct ProposalView {
    id: Id,
    decision: &'static str,
    decision_label: String,
    open: bool,
    /// Why a person should look twice; empty where nothing is said against it.
    unsure: String,
    /// By when the mechanism asks to hear of it.
    due: String,
    kind: Field,
    /// Themes, groups and targets; ticked are those that are suggested, or that a person ticked.
    kinds: Vec<Offers>,
    /// Where it seems to be asked again: a sentence, and the first of those that are recorded.
    again: Option<(String, String)>,
    addressee: Field,
    paragraph: Field,
    text: Field,
    states: Field,
    reply: Field,
}

struct PageLink {
    number: i64,
    waiting: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    id: Id,
    file: String,
    counts: Vec<(String, String)>,
    waiting: usize,
    accepted: usize,
    document: DocumentFields,
    document_known: bool,
    links: Vec<PageLink>,
    number: i64,
    source_title: String,
    pieces: Vec<Piece>,
    proposals: Vec<ProposalView>,
    missed_paragraph: Field,
    missed_text: Field,
}

#[derive(Template)]
#[template(path = "reviewed.html")]
struct ReviewedPage {
    page: Page,
    file: String,
    facts: Vec<(String, String)>,
    href: String,
}

pub(super) async fn page(
    state: &State,
    visit: &Visit,
    import: ImportRecord,
) -> Result<Response, Problem> {
    if import.state == ImportState::Done {
        return Ok(reviewed(state, visit, import).await?.into_response());
    }
    let form = facts_form(&import);
    let shown = shown(state, visit, &import, &form, Errors::none()).await?;
    Ok(shown.into_response())
}

async fn reviewed(
    state: &State,
    visit: &Visit,
    import: ImportRecord,
) -> Result<Html<String>, Problem> {
    let l = visit.l();
    let applied: store::Applied = serde_json::from_str(&import.summary).unwrap_or_default();
    let number = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let new = document_of(visit, &facts_form(&import), &mut Errors::none());
    let known = store::document_by_key(&mut state.ground.store.clone(), &new).await?;
    let page = ReviewedPage {
        page: visit.page("mechanisms-import-state-done"),
        file: import.file_name,
        facts: [
            ("mechanisms-import-new", number(applied.new)),
            ("mechanisms-import-same", number(applied.same)),
            ("mechanisms-import-reworded", number(applied.reworded)),
        ]
        .into_iter()
        .map(|(label, value)| (l.text(label), value))
        .collect(),
        href: known.map_or_else(
            || "/recommendations".to_owned(),
            |id| format!("/recommendations?document={id}"),
        ),
    };
    Ok(Html(page.render()?))
}

async fn shown(
    state: &State,
    visit: &Visit,
    import: &ImportRecord,
    form: &FormData,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    let (l, mut db) = (visit.l(), state.ground.store.clone());
    let all = store::proposals(&mut db, import.id).await?;
    let asked = QueryState::parse(visit.query());
    let first = all
        .iter()
        .find(|p| p.decision == Decision::Open)
        .or(all.first());
    let number = asked
        .get("page")
        .parse()
        .ok()
        .or(first.map(|p| p.page))
        .unwrap_or(1)
        .max(1);
    let (text, pages) = store::kept_page(&mut db, import.id, number).await?;
    let count = |decision| all.iter().filter(|p| p.decision == decision).count();
    let here: Vec<&Proposal> = all.iter().filter(|p| p.page == number).collect();
    state.again.catch_up(&state.ground.store).await?;
    let mut proposals = Vec::with_capacity(here.len());
    for p in &here {
        let again = match p.decision {
            Decision::Open => known_like(state, visit, &p.text, form.text("subject")).await?,
            _ => None,
        };
        let kinds = suggestions::offers(state, visit, &p.text, form.text("language"));
        proposals.push(view_of(visit, p, with_ticks(visit, p, kinds), again));
    }
    let figure = |n: usize| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let none = Errors::none();
    let missed = FormData::default();
    let waiting_on = |page| {
        let open = |p: &&Proposal| p.page == page && p.decision == Decision::Open;
        all.iter().filter(open).count()
    };
    let page = ReviewPage {
        page: visit.page("mechanisms-review-title"),
        id: import.id,
        file: import.file_name.clone(),
        counts: Decision::ALL
            .iter()
            .map(|decision| {
                let label = l.text(&format!("mechanisms-decision-{decision}"));
                (label, figure(count(*decision)))
            })
            .collect(),
        waiting: count(Decision::Open),
        accepted: count(Decision::Accepted),
        document: document_fields(visit, form, &errors),
        document_known: errors.is_empty()
            && (form.some("symbol").is_some() || form.some("title").is_some()),
        links: (1..=pages)
            .filter(|page| *page == number || all.iter().any(|p| p.page == *page))
            .map(|page| PageLink {
                number: page,
                waiting: waiting_on(page),
                current: page == number,
            })
            .collect(),
        number,
        source_title: l.with("mechanisms-review-page", &[("page", number.into())]),
        pieces: pieces(&text, &here),
        proposals,
        missed_paragraph: Field::new(l, "paragraph", "mechanisms-field-paragraph", &missed, &none)
            .of("missed"),
        missed_text: Field::new(l, "text", "mechanisms-field-text", &missed, &none)
            .of("missed")
            .required(),
    };
    Ok(Html(page.render()?))
}

/// The page cut where proposals begin and end. Positions are bytes; one that is not on a letter is taken back to one.
fn pieces(text: &str, proposals: &[&Proposal]) -> Vec<Piece> {
    let place = |n: i64| text.floor_char_boundary(usize::try_from(n).unwrap_or(0).min(text.len()));
    let (mut pieces, mut at) = (Vec::new(), 0);
    for proposal in proposals {
        let (start, finish) = (place(proposal.start).max(at), place(proposal.finish));
        if finish <= start {
            continue;
        }
        for (marked, from, to) in [(false, at, start), (true, start, finish)] {
            pieces.push(Piece {
                marked,
                text: text[from..to].to_owned(),
            });
        }
        at = finish;
    }
    pieces.push(Piece {
        marked: false,
        text: text[at..].to_owned(),
    });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Below this the program asks a person to look twice.
const SURE: f64 = 0.8;

/// What a person ticked in the place of what is suggested, once a person has decided.
fn with_ticks(visit: &Visit, p: &Proposal, mut kinds: Vec<Offers>) -> Vec<Offers> {
    if p.decision == Decision::Open && p.tags.is_empty() {
        return kinds;
    }
    for offer in kinds.iter_mut().flat_map(|of| &mut of.offers) {
        offer.chosen = false;
    }
    for tag in &p.tags {
        let (field, legend) = suggestions::field_of(tag.kind);
        let at = kinds.iter().position(|of| of.field == field);
        let at = at.unwrap_or_else(|| {
            kinds.push(Offers {
                field,
                legend: visit.l().text(legend),
                numbered: false,
                offers: Vec::new(),
            });
            kinds.len() - 1
        });
        let offers = &mut kinds[at].offers;
        match offers.iter_mut().find(|offer| offer.key == tag.value) {
            Some(offer) => offer.chosen = true,
            None => offers.push(Offer {
                key: tag.value.clone(),
                name: suggestions::name_of(visit, tag.kind, &tag.value),
                percent: String::new(),
                words: String::new(),
                chosen: true,
            }),
        }
    }
    kinds
}

fn view_of(
    visit: &Visit,
    p: &Proposal,
    kinds: Vec<Offers>,
    again: Option<(String, String)>,
) -> ProposalView {
    let (l, none, at) = (visit.l(), Errors::none(), p.id.to_string());
    let mut form = FormData::default();
    form.set("paragraph", p.paragraph.clone());
    form.set("text", p.text.clone());
    form.set("states", p.states.join("; "));
    form.set("reply", p.reply.as_str());
    form.set("kind", p.kind.as_str());
    let institutions = &visit.ground().profile.institutions;
    if !p.addressee.is_empty() {
        form.set(
            "addressee",
            institutions.name_of(&p.addressee, l.tag().as_str()),
        );
    }
    let field = |name: &str, label: &str| Field::new(l, name, label, &form, &none).of(&at);
    ProposalView {
        id: p.id,
        decision: p.decision.as_str(),
        decision_label: l.text(&format!("mechanisms-decision-{}", p.decision)),
        open: p.decision == Decision::Open,
        unsure: match p.reasons.first() {
            _ if p.confidence >= SURE => String::new(),
            Some(reason) => l.text(&format!("mechanisms-doubt-{reason}")),
            None => l.text("mechanisms-review-unsure"),
        },
        due: p.due.clone(),
        kinds,
        again,
        kind: field("kind", "mechanisms-kind")
            .choices(&form, view::words(visit, "mechanisms-kind-", ItemKind::ALL)),
        addressee: field("addressee", "mechanisms-addressees"),
        paragraph: field("paragraph", "mechanisms-field-paragraph"),
        text: field("text", "mechanisms-field-text"),
        states: field("states", "mechanisms-recommending"),
        reply: field("reply", "mechanisms-reply")
            .choices(&form, view::words(visit, "mechanisms-reply-", Reply::ALL)),
    }
}

/// A report's import that is still in review.
async fn in_review(state: &State, visit: &Visit, text: &str) -> Result<ImportRecord, Problem> {
    let import = opened(state, visit, text).await?;
    match import.state {
        _ if import.kind != "report" => Err(Problem::NotFound),
        ImportState::Review => Ok(import),
        _ => Err(Problem::Conflict(Message::new(
            "mechanisms-import-already-done",
        ))),
    }
}

pub(crate) async fn decide(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((text, proposal)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Problem> {
    let import = in_review(&state, &visit, &text).await?;
    let proposal = id_of(&proposal)?;
    let mut all = store::proposals(&mut state.ground.store.clone(), import.id).await?;
    let at = all
        .iter()
        .position(|p| p.id == proposal)
        .ok_or(Problem::NotFound)?;
    let mut now = all[at].clone();
    now.paragraph = form.text("paragraph").to_owned();
    now.text = form
        .some("text")
        .ok_or(wrong("mechanisms-import-no-text"))?
        .replace("\r\n", "\n");
    now.states = view::states(form.text("states")).collect();
    now.reply = chosen(&visit, &form, "reply", "mechanisms-reply")?;
    now.kind = chosen(&visit, &form, "kind", "mechanisms-kind")?;
    now.addressee = match form.some("addressee") {
        None => String::new(),
        Some(words) => {
            institution(&visit, words).ok_or(wrong("mechanisms-review-no-institution"))?
        }
    };
    now.tags = suggestions::ticked(&visit, &form);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    match form.text("do") {
        "split" => {
            let parts = split(&now);
            if parts.len() < 2 {
                return Err(wrong("mechanisms-review-no-split"));
            }
            all.splice(at..=at, parts);
            renumber(&mut all);
            store::replace_proposals(&mut act, import.id, &all).await?;
        }
        "join" => {
            if at + 1 >= all.len() {
                return Err(wrong("mechanisms-review-no-next"));
            }
            let next = all.remove(at + 1);
            all[at] = joined(now, next);
            store::replace_proposals(&mut act, import.id, &all).await?;
        }
        word => {
            now.decision = match word {
                "accept" => Decision::Accepted,
                "reject" => Decision::Rejected,
                _ => Decision::Open,
            };
            store::update_proposal(&mut act, import.id, &now).await?;
            all[at] = now;
        }
    }
    act.commit().await?;
    let open = |p: &&Proposal| p.decision == Decision::Open;
    let next = match form.text("do") {
        "accept" | "reject" => all[at..].iter().chain(&all[..at]).find(open),
        _ => None,
    };
    let next = next.unwrap_or(&all[at]);
    let to = format!("/imports/{}?page={}#p-{}", import.id, next.page, next.id);
    Ok(Redirect::to(&to).into_response())
}

/// The parts of a proposal between whose texts a person left an empty line.
fn split(whole: &Proposal) -> Vec<Proposal> {
    let mut texts: Vec<String> = vec![String::new()];
    for line in whole.text.lines() {
        match (line.trim(), texts.last_mut()) {
            ("", Some(last)) if !last.is_empty() => texts.push(String::new()),
            ("", _) | (_, None) => {}
            (line, Some(last)) => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
        }
    }
    texts.retain(|text| !text.is_empty());
    (0..)
        .zip(texts)
        .map(|(n, text)| Proposal {
            id: if n == 0 { whole.id } else { Id::new() },
            text,
            tags: Vec::new(),
            decision: Decision::Open,
            ..whole.clone()
        })
        .collect()
}

fn joined(first: Proposal, second: Proposal) -> Proposal {
    let mut states = first.states.clone();
    states.extend(second.states);
    states.dedup();
    let same_page = first.page == second.page;
    Proposal {
        text: format!("{} {}", first.text, second.text),
        states,
        finish: if same_page {
            second.finish.max(first.finish)
        } else {
            first.finish
        },
        tags: Vec::new(),
        decision: Decision::Open,
        ..first
    }
}

fn renumber(all: &mut [Proposal]) {
    for (n, proposal) in (0_u32..).zip(all) {
        proposal.position = f64::from(n);
    }
}

pub(crate) async fn add(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let import = in_review(&state, &visit, &text).await?;
    let mut all = store::proposals(&mut state.ground.store.clone(), import.id).await?;
    let page = form.text("page").parse().unwrap_or(1);
    let after = all.iter().filter(|p| p.page <= page).count();
    let added = Proposal {
        id: Id::new(),
        position: 0.0,
        paragraph: form.text("paragraph").to_owned(),
        kind: ItemKind::Recommendation,
        text: form
            .some("text")
            .ok_or(wrong("mechanisms-import-no-text"))?
            .to_owned(),
        states: Vec::new(),
        reply: Reply::None,
        addressee: String::new(),
        due: String::new(),
        page,
        start: 0,
        finish: 0,
        confidence: 1.0,
        reasons: Vec::new(),
        tags: Vec::new(),
        decision: Decision::Open,
    };
    let to = format!("/imports/{}?page={page}#p-{}", import.id, added.id);
    all.insert(after, added);
    renumber(&mut all);
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::replace_proposals(&mut act, import.id, &all).await?;
    act.commit().await?;
    Ok(Redirect::to(&to).into_response())
}

pub(crate) async fn accept_all(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    _form: FormData,
) -> Result<Response, Problem> {
    let import = in_review(&state, &visit, &text).await?;
    let mut all = store::proposals(&mut state.ground.store.clone(), import.id).await?;
    for proposal in &mut all {
        if proposal.decision == Decision::Open {
            proposal.decision = Decision::Accepted;
        }
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::replace_proposals(&mut act, import.id, &all).await?;
    act.commit().await?;
    let to = format!("/imports/{}", import.id);
    Ok(visit.done("mechanisms-review-all-accepted", &to))
}

/// Keeps what is known of the document.
pub(crate) async fn describe(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    form: FormData,
) -> Result<Response, Problem> {
    let import = in_review(&state, &visit, &text).await?;
    let mut errors = Errors::none();
    document_of(&visit, &form, &mut errors);
    if !errors.is_empty() {
        let page = shown(&state, &visit, &import, &form, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let facts: Vec<(&str, &str)> = form.fields().filter(|(name, _)| *name != "csrf").collect();
    let json = serde_json::to_string(&facts).map_err(Problem::broken)?;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::set_import_state(&mut act, import.id, ImportState::Review, &json).await?;
    act.commit().await?;
    let to = format!("/imports/{}", import.id);
    Ok(visit.done("mechanisms-saved", &to))
}

pub(crate) async fn write(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(text): Path<String>,
    _form: FormData,
) -> Result<Response, Problem> {
    let import = in_review(&state, &visit, &text).await?;
    let mut errors = Errors::none();
    let form = facts_form(&import);
    let document = document_of(&visit, &form, &mut errors);
    if !errors.is_empty() {
        let page = shown(&state, &visit, &import, &form, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let all = store::proposals(&mut state.ground.store.clone(), import.id).await?;
    if all.iter().any(|p| p.decision == Decision::Open) {
        return Err(wrong("mechanisms-review-not-decided"));
    }
    let document = NewDocument {
        attachment_id: Some(import.attachment_id),
        protection: Protection::Office,
        ..document
    };
    let items: Vec<ImportItem> = all
        .into_iter()
        .filter(|p| p.decision == Decision::Accepted)
        .map(|p| item(p, &document))
        .collect();
    if items.is_empty() {
        return Err(wrong("mechanisms-review-none-accepted"));
    }
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let documents = [ImportDocument { document, items }];
    let applied = store::apply_import(&mut act, &documents, false, |_| true).await?;
    store::finish_import(&mut act, import.id, &applied).await?;
    act.commit().await?;
    state.caught_up().await;
    let to = format!("/imports/{}", import.id);
    Ok(visit.done("mechanisms-import-written", &to))
}

/// How long after a document its mechanism asks to hear: `within one year`, `within 24 months`.
fn span(words: &str) -> Option<Span> {
    let words = words.to_lowercase();
    let mut before = "";
    for word in words.split(|c: char| !c.is_alphanumeric()) {
        let n = match before {
            "one" | "a" => Some(1),
            "two" => Some(2),
            "three" => Some(3),
            "four" => Some(4),
            "five" => Some(5),
            "six" => Some(6),
            "twelve" => Some(12),
            "eighteen" => Some(18),
            digits => digits.parse::<i64>().ok().filter(|n| (1..=120).contains(n)),
        };
        match (n, word) {
            (Some(n), "year" | "years") => return Span::new().try_years(n).ok(),
            (Some(n), "month" | "months") => return Span::new().try_months(n).ok(),
            _ => {}
        }
        if !word.is_empty() {
            before = word;
        }
    }
    None
}

fn item(proposal: Proposal, document: &NewDocument) -> ImportItem {
    let addressee = Some(proposal.addressee).filter(|key| !key.is_empty());
    let due = span(&proposal.due).zip(document.dated);
    ImportItem {
        source_id: None,
        paragraph: proposal.paragraph,
        kind: proposal.kind,
        text: proposal.text,
        language: document.language.clone(),
        reply: proposal.reply,
        priority: Priority::Normal,
        deadline: due.and_then(|(span, dated)| dated.checked_add(span).ok()),
        tags: proposal
            .states
            .into_iter()
            .map(|state| (TagKind::State, state))
            .chain(addressee.map(|key| (TagKind::Addressee, key)))
            .chain(proposal.tags.into_iter().map(|tag| (tag.kind, tag.value)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_a_mechanism_gives_is_understood() {
        let plain = |words: &str| span(words).map(|s| (s.get_years(), s.get_months()));
        assert_eq!(plain("within one year"), Some((1, 0)));
        assert_eq!(plain("Within two (2) years of adoption"), Some((2, 0)));
        assert_eq!(plain("within 18 months"), Some((0, 18)));
        assert_eq!(plain("in due course"), None);
        assert_eq!(plain("within 999999999999999999999 years"), None);
    }
}
