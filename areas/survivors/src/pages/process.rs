//! The process as the human rights office sees it: windows, clocks, published counts, and figures under disclosure control.

use askama::Template;
use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use jiff::civil::Date;
use mandate_disclosure::{Cell, Register};
use mandate_language::{Language, Message};
use mandate_ledger::Act;
use mandate_office::Process;
use mandate_web::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
};

use super::{
    State,
    figures::{FigureTable, as_of, figures},
};
use crate::{
    domain::{Figures, Opening, Outcome, Reckoning, opening},
    release::{self, Material},
    store::{self, Published},
};

struct WindowLine {
    name: String,
    opens: String,
    closes: String,
    source: String,
    current: bool,
}

struct CountLine {
    by: String,
    as_of: String,
    source: String,
    applied: String,
    parts: Vec<String>,
    reckoning: String,
    adds_up: bool,
}

struct ClockLine {
    stage: String,
    days: String,
    source: String,
}

#[derive(Template)]
#[template(path = "process.html")]
struct ProcessPage {
    page: Page,
    errors: Errors,
    standing: String,
    open: bool,
    period: String,
    windows: Vec<WindowLine>,
    clocks: Vec<ClockLine>,
    part_names: Vec<String>,
    counts: Vec<CountLine>,
    fields: Vec<Field>,
    figures: Vec<FigureTable>,
    as_of: Option<String>,
}

/// The numbers of a set of published counts, in the order of the form.
const NUMBERS: [&str; 5] = [
    "applied",
    "recognised",
    "rejected",
    "interview",
    "unprocessed",
];

fn standing(l: &Language, opening: &Opening<'_>) -> String {
    match opening {
        Opening::Open { window, days_left } => l.with(
            "survivors-window-open",
            &[
                ("until", window.closes.into()),
                ("days", i64::from(*days_left).into()),
            ],
        ),
        Opening::Gap { before, next } => l.with(
            "survivors-window-gap",
            &[("since", before.closes.into()), ("next", next.opens.into())],
        ),
        Opening::NotYet { next } => {
            l.with("survivors-window-not-yet", &[("next", next.opens.into())])
        }
        Opening::Over { before } => {
            l.with("survivors-window-over", &[("since", before.closes.into())])
        }
        Opening::Unknown => l.text("survivors-window-unknown"),
    }
}

fn source(l: &Language, process: &Process, key: &str) -> String {
    process.sources.name_of(key, l.tag().as_str()).to_owned()
}

fn count_line(l: &Language, published: &Published) -> CountLine {
    let figures = published.figures;
    let missing = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let reckoning = match figures.reckoning() {
        Reckoning::AddsUp => l.text("survivors-count-adds-up"),
        Reckoning::Unaccounted(n) => {
            l.with("survivors-count-unaccounted", &[("n", missing(n).into())])
        }
        Reckoning::Exceeds(n) => l.with("survivors-count-exceeds", &[("n", missing(n).into())]),
    };
    CountLine {
        by: published.by.clone(),
        as_of: l.date(published.as_of),
        source: published.source.clone(),
        applied: l.number(figures.applied),
        parts: figures.parts().iter().map(|(_, n)| l.number(*n)).collect(),
        adds_up: figures.reckoning() == Reckoning::AddsUp,
        reckoning,
    }
}

/// The counts of the profile and those that people of the office added, newest first.
async fn counts(state: &State, l: &Language) -> Result<Vec<CountLine>, Problem> {
    let process = state.process()?;
    let mut all = store::published(&mut state.ground.store.clone()).await?;
    all.extend(process.published.iter().map(|given| Published {
        by: given.by.in_language(l.tag().as_str()).to_owned(),
        as_of: given.as_of,
        source: source(l, process, &given.source),
        figures: Figures {
            applied: given.applied,
            recognised: given.recognised,
            rejected: given.rejected,
            interview: given.interview,
            unprocessed: given.unprocessed,
        },
    }));
    all.sort_by_key(|published| std::cmp::Reverse(published.as_of));
    Ok(all
        .iter()
        .map(|published| count_line(l, published))
        .collect())
}

async fn shown(
    state: &State,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
) -> Result<Html<String>, Problem> {
    let (l, process) = (visit.l(), state.process()?);
    let now = opening(process.windows.iter(), visit.today());
    let current = match now {
        Opening::Open { window, .. } => Some(window.key.as_str()),
        _ => None,
    };
    let number = |name: &&str| {
        let label = format!("survivors-count-{name}");
        Field::new(l, name, &label, form, &errors).required()
    };
    let mut fields = vec![
        Field::new(l, "by", "survivors-count-by", form, &errors).required(),
        Field::new(l, "as_of", "survivors-count-as-of", form, &errors).required(),
        Field::new(l, "source", "survivors-count-source", form, &errors).required(),
    ];
    fields.extend(NUMBERS.iter().map(number));
    let latest = newest_day(store::releases(&mut state.ground.store.clone()).await?);
    let page = ProcessPage {
        page: visit.page("survivors-process-title"),
        standing: standing(l, &now),
        open: now.is_open(),
        period: l.with(
            "survivors-period",
            &[
                ("from", process.violence.from.into()),
                ("until", process.violence.until.into()),
                (
                    "source",
                    source(l, process, &process.violence.source).into(),
                ),
            ],
        ),
        windows: process
            .windows
            .iter()
            .map(|window| WindowLine {
                name: window.name.in_language(l.tag().as_str()).to_owned(),
                opens: l.date(window.opens),
                closes: l.date(window.closes),
                source: source(l, process, &window.source),
                current: Some(window.key.as_str()) == current,
            })
            .collect(),
        clocks: process
            .clocks
            .iter()
            .map(|clock| ClockLine {
                stage: l.text(&format!("survivors-stage-{}", clock.stage)),
                days: l.number(i64::from(clock.working_days)),
                source: source(l, process, &clock.source),
            })
            .collect(),
        part_names: NUMBERS[1..]
            .iter()
            .map(|name| l.text(&format!("survivors-count-{name}")))
            .collect(),
        counts: counts(state, l).await?,
        as_of: latest.first().map(|released| as_of(l, day_of(released))),
        figures: latest
            .iter()
            .flat_map(|released| figures(l, process, released))
            .collect(),
        fields,
        errors,
    };
    Ok(Html(page.render()?))
}

/// The day of a release: the first word of its name.
fn day_of(released: &store::Released) -> &str {
    released.publication.name.split(' ').next().unwrap_or("")
}

/// What was given out on the newest day.
fn newest_day(mut all: Vec<store::Released>) -> Vec<store::Released> {
    let day = all.last().map(|last| day_of(last).to_owned());
    all.retain(|released| Some(day_of(released)) == day.as_deref());
    all
}

pub(super) async fn page(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Html<String>, Problem> {
    shown(&state, &visit, &FormData::default(), Errors::none()).await
}

/// Published counts out of the form, or what is wrong with it.
fn read(visit: &Visit, form: &FormData) -> Result<Published, Errors> {
    let (l, mut errors) = (visit.l(), Errors::none());
    for name in ["by", "source"] {
        if form.text(name).is_empty() || form.text(name).chars().count() > 300 {
            errors.add(l, name, &Message::new("survivors-count-wrong-text"));
        }
    }
    let as_of: Option<Date> = form.text("as_of").parse().ok();
    if as_of.is_none_or(|day| day > visit.today()) {
        errors.add(l, "as_of", &Message::new("survivors-count-wrong-day"));
    }
    let numbers = NUMBERS.map(|name| {
        let number = form.text(name).parse::<i64>().ok();
        let number = number.filter(|n| (0..=10_000_000).contains(n));
        if number.is_none() {
            errors.add(l, name, &Message::new("survivors-count-wrong-number"));
        }
        number
    });
    match (as_of, numbers) {
        (
            Some(as_of),
            [
                Some(applied),
                Some(recognised),
                Some(rejected),
                Some(interview),
                Some(unprocessed),
            ],
        ) if errors.is_empty() => Ok(Published {
            by: form.text("by").to_owned(),
            as_of,
            source: form.text("source").to_owned(),
            figures: Figures {
                applied,
                recognised,
                rejected,
                interview,
                unprocessed,
            },
        }),
        _ => Err(errors),
    }
}

pub(super) async fn add(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormData,
) -> Result<Response, Problem> {
    let new = match read(&visit, &form) {
        Ok(new) => new,
        Err(errors) => {
            let html = shown(&state, &visit, &form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let by = visit.person()?.id;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    store::add_published(&mut act, &new, by).await?;
    act.commit().await?;
    Ok(visit.done("survivors-count-added", "/process"))
}

/// Counts everything as it stands today, and gives the figures out: they cannot be taken back, and what is given out later
/// reckons with them.
pub(super) async fn release(
    Shared(state): Shared<State>,
    visit: Visit,
    _form: FormData,
) -> Result<Response, Problem> {
    let process = state.process()?;
    let by = visit.person()?.id;
    let mut act = Act::begin(&state.ground.store, &visit.actor(), visit.at()).await?;
    let mut given = Given {
        day: visit.today().to_string(),
        register: Register {
            publications: store::releases(&mut act)
                .await?
                .into_iter()
                .map(|released| released.publication)
                .collect(),
        },
        new: Vec::new(),
    };
    given.files(process, &mut act, visit.today()).await?;
    given.left_out(process, &mut act).await?;
    for released in &given.new {
        store::add_release(&mut act, released, by).await?;
    }
    act.commit().await?;
    Ok(visit.done("survivors-figure-released", "/process"))
}

/// What is given out on a day, beside everything that was given out before.
struct Given {
    day: String,
    register: Register,
    new: Vec<store::Released>,
}

impl Given {
    fn give(
        &mut self,
        made: mandate_disclosure::Protected,
        days: Vec<(String, i64, i64)>,
    ) -> Result<(), Problem> {
        self.register
            .push(made.publication.clone())
            .map_err(refused)?;
        self.new.push(store::Released {
            publication: made.publication,
            days,
        });
        Ok(())
    }

    /// The files: by each fact, by stage with how long, and why they were decided.
    async fn files(
        &mut self,
        process: &Process,
        act: &mut Act,
        today: Date,
    ) -> Result<(), Problem> {
        let mut material = Material::default();
        for fact in process
            .known
            .iter()
            .map(String::as_str)
            .chain([release::ROUND])
        {
            let counts = store::by_fact(act, fact).await?;
            material.by_fact.insert(fact.to_owned(), counts);
        }
        let lines = store::stage_lines(act, today).await?;
        for line in &lines {
            let files = u64::try_from(line.days.len()).unwrap_or(u64::MAX);
            material.by_stage.insert(line.stage, files);
        }
        let made = release::make(process, &material, &self.day, &self.register).map_err(refused)?;
        let files = made.publication.clone();
        let decided = store::days_to_decision(act).await?;
        let mut days = waited(&lines, &files);
        let enough = u64::try_from(decided.len()).unwrap_or(0) >= u64::from(process.threshold);
        days.extend(
            middle_and_end(&decided)
                .filter(|_| enough)
                .map(|(median, longest)| (release::TO_DECISION.to_owned(), median, longest)),
        );
        self.give(made, days)?;
        let reasons = store::given_reasons(act).await?;
        for outcome in Outcome::ALL {
            let name = format!("{} {outcome}", self.day);
            let made =
                release::make_reasons(process, *outcome, &reasons, &name, &files, &self.register);
            if let Some(made) = made.map_err(refused)? {
                self.give(made, Vec::new())?;
            }
        }
        Ok(())
    }

    /// The people whom the law leaves out, where the office keeps a register of them.
    async fn left_out(&mut self, process: &Process, act: &mut Act) -> Result<(), Problem> {
        let people = store::all_left_out(act, None).await?;
        if process.left_out.iter().next().is_none() || people.is_empty() {
            return Ok(());
        }
        let name = format!("{} {}", self.day, release::LEFT_OUT);
        let made =
            release::make_left_out(process, &people, &name, &self.register).map_err(refused)?;
        self.give(made, Vec::new())
    }
}

fn refused(error: mandate_disclosure::Error) -> Problem {
    Problem::Conflict(match error {
        mandate_disclosure::Error::Name(_) => Message::new("survivors-figure-today"),
        error => Message::new("survivors-figure-refused").with("why", error.to_string()),
    })
}

/// The bands of the median and the longest of days in order.
fn middle_and_end(days: &[i64]) -> impl Iterator<Item = (i64, i64)> {
    let band = |days: Option<&i64>| days.map(|days| release::band(*days));
    let middle = band(days.get(days.len() / 2));
    middle.zip(band(days.last())).into_iter()
}

/// How long files have stood in the stages whose count is shown.
fn waited(
    lines: &[store::StageLine],
    files: &mandate_disclosure::Publication,
) -> Vec<(String, i64, i64)> {
    let stages = files.tables.iter().find(|table| {
        let first = table.dimensions().first();
        first.is_some_and(|dimension| dimension.name() == release::STAGE)
    });
    let shown = |line: &&store::StageLine| {
        let cell = stages.and_then(|table| table.cell(&[line.stage.as_str()]));
        matches!(cell, Some(Cell::Shown(n)) if n > 0)
    };
    lines
        .iter()
        .filter(shown)
        .flat_map(|line| {
            middle_and_end(&line.days)
                .map(|(median, longest)| (line.stage.as_str().to_owned(), median, longest))
        })
        .collect()
}
