//! A follow-up report: what was recommended, who must act, what was done in a period, where it stands at its end.
//!
//! A report leaves the office, so nothing that is Restricted is in it, whoever asks. Every figure says its date, and the
//! three voices stand beside one another as they do on the page.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use mandate_documents::{
    Block, Cell, Column, Format, KeyValue, Kind, NumberedItem, Report, Span, Table,
};
use mandate_language::Language;
use mandate_office::Profile;
use mandate_store::Id;

use crate::{
    domain::{OfficeStatus, TagKind, Voice},
    store::{Assessment, Measure, Recommendation, Tag},
};

/// What a report is made of.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What it covers, as terms with values: mechanism, institution, theme.
    pub scope: Vec<(String, String)>,
    /// The first day of the period.
    pub from: Option<Date>,
    /// The last day of the period.
    pub to: Date,
    /// The day on which it is made.
    pub made: Date,
    /// The recommendations in order, with their tags.
    pub items: Vec<(Recommendation, Vec<Tag>)>,
    /// Assessments of each, newest first, none later than `to`.
    pub assessments: HashMap<Id, Vec<Assessment>>,
    /// Measures of each.
    pub measures: HashMap<Id, Vec<Measure>>,
}

impl Facts {
    /// The office's status of a recommendation at the end of a day.
    fn status(&self, id: Id, day: Date) -> OfficeStatus {
        self.assessments
            .get(&id)
            .into_iter()
            .flatten()
            .find(|a| a.voice == Voice::Office && a.office_status.is_some() && a.dated <= day)
            .and_then(|a| a.office_status)
            .unwrap_or(OfficeStatus::NotStarted)
    }

    fn in_period(&self, day: Date) -> bool {
        day <= self.to && self.from.is_none_or(|from| from <= day)
    }
}

struct Writer<'a> {
    facts: &'a Facts,
    profile: &'a Profile,
    l: &'a Language,
}

/// The report as a document in a language. A CSV holds the list of recommendations alone, a workbook the figures and the
/// list; a document to be read has the numbered annex instead of the list.
pub fn report(facts: &Facts, profile: &Profile, l: &Language, format: Format) -> Report {
    let writer = Writer { facts, profile, l };
    let blocks = match format {
        Format::Csv => vec![Block::Table(writer.list())],
        Format::Xlsx => vec![
            Block::Table(writer.by_status()),
            Block::Table(writer.by_institution()),
            Block::Table(writer.list()),
        ],
        _ => writer.to_be_read(),
    };
    let tag = l.tag();
    Report {
        title: l.text("mechanisms-report-title"),
        subtitle: writer.period(),
        language: tag.to_string(),
        office: profile.office_name(tag.as_str()).to_owned(),
        footnote: profile
            .footnote(tag.as_str())
            .unwrap_or_default()
            .to_owned(),
        date: l.date(facts.made),
        classification: l.text("accounts-protection-office"),
        blocks,
    }
}

impl Writer<'_> {
    fn period(&self) -> String {
        let to = self.l.date(self.facts.to);
        match self.facts.from {
            Some(from) => self.l.with(
                "mechanisms-report-period",
                &[("from", self.l.date(from).into()), ("to", to.into())],
            ),
            None => self.l.with("mechanisms-report-until", &[("to", to.into())]),
        }
    }

    fn heading(&self, level: u8, label: &str) -> Block {
        Block::Heading {
            level,
            text: self.l.text(label),
        }
    }

    fn to_be_read(&self) -> Vec<Block> {
        let number = |n: usize| self.l.number(i64::try_from(n).unwrap_or(i64::MAX));
        let mut scope: Vec<KeyValue> = self
            .facts
            .scope
            .iter()
            .map(|(key, value)| pair(key.clone(), value.clone()))
            .collect();
        scope.push(pair(
            self.l.text("shell-menu-recommendations"),
            number(self.facts.items.len()),
        ));
        let mut blocks = vec![
            self.heading(1, "mechanisms-report-summary"),
            Block::KeyValues(scope),
            Block::Paragraph(vec![Span::stressed(self.l.with(
                "mechanisms-report-source",
                &[("day", self.l.date(self.facts.made).into())],
            ))]),
            Block::Table(self.by_status()),
            self.heading(1, "mechanisms-chart-by-institution"),
            // The heading above names the table already.
            Block::Table(Table {
                caption: String::new(),
                ..self.by_institution()
            }),
            self.heading(1, "mechanisms-report-happened"),
        ];
        let happened = self.happened();
        blocks.push(if happened.rows.is_empty() {
            Block::Paragraph(vec![Span::plain(self.l.text("mechanisms-report-nothing"))])
        } else {
            Block::Table(Table {
                caption: String::new(),
                ..happened
            })
        });
        blocks.push(Block::PageBreak);
        blocks.push(self.heading(1, "mechanisms-report-annex"));
        let mut document = None;
        for (n, (item, tags)) in (1_usize..).zip(&self.facts.items) {
            if document != Some(item.document_id) {
                document = Some(item.document_id);
                blocks.push(Block::Heading {
                    level: 2,
                    text: self.document(item),
                });
            }
            blocks.push(Block::NumberedItem(self.annexed(n, item, tags)));
        }
        blocks
    }

    fn document(&self, item: &Recommendation) -> String {
        let tag = self.l.tag();
        let mechanism = self
            .profile
            .mechanisms
            .name_of(&item.mechanism, tag.as_str());
        let named = item.document.starts_with(mechanism);
        let mut parts = vec![item.document.clone()];
        if !named {
            parts.insert(0, mechanism.to_owned());
        }
        if !item.subject.is_empty() && !item.document.contains(&item.subject) {
            parts.push(item.subject.clone());
        }
        if let Some(day) = item.document_dated {
            parts.push(self.l.date(day));
        }
        parts.join(" · ")
    }

    fn status(&self, status: OfficeStatus) -> String {
        self.l.text(&format!("mechanisms-status-{status}"))
    }

    /// Where the recommendations stood at the beginning and at the end of the period.
    fn by_status(&self) -> Table {
        let before = self.facts.from.and_then(|from| from.yesterday().ok());
        let count = |day: Date| {
            let mut counts: BTreeMap<OfficeStatus, i64> = BTreeMap::new();
            for (item, _) in &self.facts.items {
                if item.document_dated.is_none_or(|dated| dated <= day) {
                    *counts.entry(self.facts.status(item.id, day)).or_default() += 1;
                }
            }
            counts
        };
        let days: Vec<Date> = before.into_iter().chain([self.facts.to]).collect();
        let counts: Vec<_> = days.iter().map(|day| count(*day)).collect();
        let mut columns = vec![text_column(self.l.text("mechanisms-status"), 30)];
        columns.extend(days.iter().map(|day| figures(self.l.date(*day))));
        Table {
            caption: self.l.text("mechanisms-report-by-status"),
            columns,
            rows: OfficeStatus::ALL
                .iter()
                .map(|status| {
                    let mut row = vec![Cell::Text(self.status(*status))];
                    row.extend(
                        counts
                            .iter()
                            .map(|by| self.whole(by.get(status).copied().unwrap_or(0))),
                    );
                    row
                })
                .collect(),
        }
    }

    fn whole(&self, value: i64) -> Cell {
        Cell::Integer {
            value,
            text: self.l.number(value),
        }
    }

    /// What each institution owes at the end of the period.
    fn by_institution(&self) -> Table {
        let mut by: BTreeMap<&str, BTreeMap<OfficeStatus, i64>> = BTreeMap::new();
        for (item, tags) in &self.facts.items {
            let status = self.facts.status(item.id, self.facts.to);
            for tag in tags.iter().filter(|tag| tag.kind == TagKind::Addressee) {
                *by.entry(&tag.value).or_default().entry(status).or_default() += 1;
            }
        }
        let tag = self.l.tag();
        let mut rows: Vec<(String, BTreeMap<OfficeStatus, i64>)> = by
            .into_iter()
            .map(|(key, counts)| {
                let name = self.profile.institutions.name_of(key, tag.as_str());
                (name.to_owned(), counts)
            })
            .collect();
        self.l.sort_by_key(&mut rows, |(name, _)| name.clone());
        let mut columns = vec![text_column(self.l.text("mechanisms-institution"), 24)];
        columns.extend(OfficeStatus::ALL.iter().map(|s| figures(self.status(*s))));
        Table {
            caption: self.l.text("mechanisms-chart-by-institution"),
            columns,
            rows: rows
                .into_iter()
                .map(|(name, counts)| {
                    let figures = OfficeStatus::ALL
                        .iter()
                        .map(|status| self.whole(counts.get(status).copied().unwrap_or(0)));
                    std::iter::once(Cell::Text(name)).chain(figures).collect()
                })
                .collect(),
        }
    }

    /// What was stated within the period: assessments in three voices, and how far measures came.
    fn happened(&self) -> Table {
        let mut rows: Vec<(Date, [String; 4])> = Vec::new();
        for (n, (item, _)) in (1_usize..).zip(&self.facts.items) {
            let number = n.to_string();
            for a in self.facts.assessments.get(&item.id).into_iter().flatten() {
                if self.facts.in_period(a.dated) {
                    let voice = self.l.text(&format!("mechanisms-voice-{}", a.voice));
                    let row = [number.clone(), voice, self.grade(a), a.reason.clone()];
                    rows.push((a.dated, row));
                }
            }
            for measure in self.facts.measures.get(&item.id).into_iter().flatten() {
                let tag = self.l.tag();
                let who = self
                    .profile
                    .institutions
                    .name_of(&measure.institution, tag.as_str());
                for step in &measure.progress {
                    if self.facts.in_period(step.dated) {
                        let progress = format!("mechanisms-progress-{}", step.progress);
                        let what = [measure.what.as_str(), step.note.as_str()];
                        let what: Vec<&str> =
                            what.into_iter().filter(|part| !part.is_empty()).collect();
                        let row = [
                            number.clone(),
                            who.to_owned(),
                            self.l.text(&progress),
                            what.join(" – "),
                        ];
                        rows.push((step.dated, row));
                    }
                }
            }
        }
        rows.sort_by_key(|(day, _)| *day);
        Table {
            caption: self.l.text("mechanisms-report-happened"),
            columns: vec![
                Column {
                    title: self.l.text("mechanisms-document-date"),
                    width: 12,
                    kind: Kind::Date,
                },
                text_column(self.l.text("mechanisms-report-number"), 8),
                text_column(self.l.text("mechanisms-voice"), 18),
                text_column(self.l.text("mechanisms-status"), 18),
                text_column(self.l.text("mechanisms-reason"), 44),
            ],
            rows: rows
                .into_iter()
                .map(|(day, cells)| {
                    let date = Cell::Date {
                        value: day,
                        text: self.l.short_date(day),
                    };
                    std::iter::once(date).chain(cells.map(Cell::Text)).collect()
                })
                .collect(),
        }
    }

    fn grade(&self, a: &Assessment) -> String {
        let tag = self.l.tag();
        let scale = self.profile.scales.get(&a.scale);
        let grade = scale.and_then(|scale| scale.grade(&a.grade));
        grade.map_or_else(
            || a.grade.clone(),
            |grade| grade.name.in_language(tag.as_str()).to_owned(),
        )
    }

    fn named(&self, tags: &[Tag], kind: TagKind) -> String {
        let tag = self.l.tag();
        let mut names: Vec<String> = tags
            .iter()
            .filter(|found| found.kind == kind)
            .map(|found| match kind {
                TagKind::Addressee => self
                    .profile
                    .institutions
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Theme => self
                    .profile
                    .themes
                    .name_of(&found.value, tag.as_str())
                    .to_owned(),
                TagKind::Target => self.profile.target_name(&found.value, tag.as_str()),
                _ => found.value.clone(),
            })
            .collect();
        self.l.sort_by_key(&mut names, Clone::clone);
        names.join("; ")
    }

    /// A recommendation in the annex, with the three voices as they stood at the end of the period.
    fn annexed(&self, n: usize, item: &Recommendation, tags: &[Tag]) -> NumberedItem {
        let l = self.l;
        let mut details = vec![
            ("mechanisms-field-paragraph", item.paragraph.clone()),
            ("mechanisms-recommending", self.named(tags, TagKind::State)),
            (
                "mechanisms-reply",
                l.text(&format!("mechanisms-reply-{}", item.reply)),
            ),
            (
                "mechanisms-addressees",
                self.named(tags, TagKind::Addressee),
            ),
            ("mechanisms-themes", self.named(tags, TagKind::Theme)),
            ("mechanisms-targets", self.named(tags, TagKind::Target)),
            (
                "mechanisms-deadline",
                item.deadline.map(|day| l.date(day)).unwrap_or_default(),
            ),
        ];
        for (voice, label) in [
            (Voice::Authority, "mechanisms-voice-authority"),
            (Voice::Office, "mechanisms-voice-office"),
            (Voice::Mechanism, "mechanisms-voice-mechanism"),
        ] {
            let said = self
                .facts
                .assessments
                .get(&item.id)
                .into_iter()
                .flatten()
                .find(|a| a.voice == voice);
            let words = said.map(|a| {
                let parts = [self.grade(a), l.date(a.dated), a.reason.clone()];
                let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
                parts.join(" · ")
            });
            details.push((label, words.unwrap_or_default()));
        }
        for measure in self.facts.measures.get(&item.id).into_iter().flatten() {
            let tag = l.tag();
            let who = self
                .profile
                .institutions
                .name_of(&measure.institution, tag.as_str());
            details.push(("mechanisms-measures", format!("{who}: {}", measure.what)));
        }
        NumberedItem {
            number: n.to_string(),
            text: item.text.clone(),
            details: details
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(label, value)| pair(l.text(label), value))
                .collect(),
        }
    }

    /// One row for each recommendation.
    fn list(&self) -> Table {
        let l = self.l;
        let columns = [
            ("mechanisms-report-number", 6),
            ("mechanisms-mechanism", 20),
            ("mechanisms-document", 24),
            ("mechanisms-field-subject", 18),
            ("mechanisms-field-paragraph", 10),
            ("mechanisms-recommendation", 80),
            ("mechanisms-recommending", 20),
            ("mechanisms-reply", 14),
            ("mechanisms-addressees", 30),
            ("mechanisms-themes", 30),
            ("mechanisms-deadline", 12),
            ("mechanisms-status", 18),
            ("mechanisms-voice-authority", 40),
            ("mechanisms-voice-office", 40),
            ("mechanisms-voice-mechanism", 40),
        ];
        let tag = l.tag();
        let said = |id: Id, voice: Voice| {
            let all = self.facts.assessments.get(&id).into_iter().flatten();
            let latest = all.into_iter().find(|a| a.voice == voice);
            latest.map_or(Cell::Empty, |a| {
                Cell::Text(format!("{} {}", self.grade(a), a.reason).trim().to_owned())
            })
        };
        Table {
            caption: l.text("shell-menu-recommendations"),
            columns: columns
                .iter()
                .map(|(label, width)| text_column(l.text(label), *width))
                .collect(),
            rows: (1_i64..)
                .zip(&self.facts.items)
                .map(|(n, (item, tags))| {
                    let mechanism = self
                        .profile
                        .mechanisms
                        .name_of(&item.mechanism, tag.as_str());
                    vec![
                        self.whole(n),
                        Cell::Text(mechanism.to_owned()),
                        Cell::Text(item.document.clone()),
                        Cell::Text(item.subject.clone()),
                        Cell::Text(item.paragraph.clone()),
                        Cell::Text(item.text.clone()),
                        Cell::Text(self.named(tags, TagKind::State)),
                        Cell::Text(l.text(&format!("mechanisms-reply-{}", item.reply))),
                        Cell::Text(self.named(tags, TagKind::Addressee)),
                        Cell::Text(self.named(tags, TagKind::Theme)),
                        item.deadline.map_or(Cell::Empty, |value| Cell::Date {
                            value,
                            text: l.short_date(value),
                        }),
                        Cell::Text(self.status(self.facts.status(item.id, self.facts.to))),
                        said(item.id, Voice::Authority),
                        said(item.id, Voice::Office),
                        said(item.id, Voice::Mechanism),
                    ]
                })
                .collect(),
        }
    }
}

fn pair(key: String, value: String) -> KeyValue {
    KeyValue { key, value }
}

fn text_column(title: String, width: u16) -> Column {
    Column {
        title,
        width,
        kind: Kind::Text,
    }
}

fn figures(title: String) -> Column {
    Column {
        title,
        width: 15,
        kind: Kind::Integer,
    }
}
