//! A table turned into documents and recommendations, with everything that was not understood named by row and column.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use mandate_accounts::Protection;
use mandate_office::Profile;
use mandate_tabular::Table;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{ItemKind, Priority, Reply, TagKind},
    store::{ImportDocument, ImportItem, NewDocument},
    words,
};

/// What a column can hold, with the headings by which it is recognised.
pub const FIELDS: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "text",
            "recommendation",
            "teksti",
            "tekst",
            "rekomandimi",
            "preporuka",
        ],
    ),
    (
        "mechanism",
        &["mechanism", "body", "mekanizmi", "mehanizam"],
    ),
    (
        "symbol",
        &["symbol", "document symbol", "simboli", "simbol"],
    ),
    ("title", &["title", "document", "titulli", "naslov"]),
    (
        "subject",
        &[
            "to",
            "sur",
            "state under review",
            "country",
            "countries",
            "subject",
        ],
    ),
    (
        "session",
        &["session", "uprsession", "upr session", "sesioni", "sednica"],
    ),
    (
        "cycle",
        &["cycle", "uprcycle", "upr cycle", "cikli", "ciklus"],
    ),
    (
        "date",
        &[
            "date",
            "publicationdate",
            "publication date",
            "data",
            "datum",
        ],
    ),
    (
        "paragraph",
        &["paragraph", "paragrafi", "paragraf", "pasus"],
    ),
    ("kind", &["kind", "annotationtype", "annotation type"]),
    ("language", &["language", "gjuha", "jezik"]),
    (
        "state",
        &[
            "from",
            "rs",
            "recommending state",
            "state",
            "uprrecommendingcountry",
            "upr recommending country",
        ],
    ),
    (
        "reply",
        &[
            "response",
            "reply",
            "position",
            "uprpositions",
            "upr position",
            "përgjigjja",
            "odgovor",
        ],
    ),
    (
        "themes",
        &["issue", "issues", "theme", "themes", "temat", "teme"],
    ),
    (
        "groups",
        &[
            "groups",
            "affected persons",
            "affectedpersons",
            "grupet",
            "grupe",
        ],
    ),
    ("targets", &["targets", "sdgs", "sdg"]),
    ("places", &["places", "vendet", "mesta"]),
    ("provisions", &["provisions", "dispozitat", "odredbe"]),
    (
        "addressees",
        &[
            "addressee",
            "addressees",
            "institution",
            "institucionet",
            "institucije",
        ],
    ),
    ("deadline", &["deadline", "due", "afati", "rok"]),
    ("priority", &["priority", "përparësia", "prioritet"]),
    ("id", &["id", "annotationid", "annotation id"]),
];

/// Which column holds what, and what stands for a column that is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Field to column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// The mechanism, where no column names it.
    #[serde(default)]
    pub mechanism: String,
    /// The encoding that a person chose; empty for the one that is found.
    #[serde(default)]
    pub encoding: String,
}

/// What makes two files have the same columns.
pub fn signature(table: &Table) -> String {
    table.columns.join("\u{1f}").to_lowercase()
}

/// The mapping that the headings suggest.
pub fn suggest(table: &Table) -> Mapping {
    let mut columns = BTreeMap::new();
    for (field, headings) in FIELDS {
        let found = table
            .columns
            .iter()
            .find(|column| headings.contains(&column.trim().to_lowercase().as_str()));
        if let Some(column) = found {
            columns.insert((*field).to_owned(), column.clone());
        }
    }
    Mapping {
        columns,
        mechanism: "upr".to_owned(),
        encoding: String::new(),
    }
}

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misunderstood {
    /// The row as a spreadsheet numbers it; nothing for the whole file.
    pub row: Option<usize>,
    /// The column's name; empty for the whole row.
    pub column: String,
    /// The label of what is wrong.
    pub label: &'static str,
    /// What stands there.
    pub found: String,
    /// Whether the row cannot be imported so.
    pub serious: bool,
}

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// Documents in the order of the file.
    pub documents: Vec<ImportDocument>,
    /// How many recommendations they hold.
    pub items: usize,
    /// What was not understood.
    pub problems: Vec<Misunderstood>,
}

impl Understood {
    /// Whether anything stands in the way of the import.
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|problem| problem.serious)
    }
}

struct Reader<'a> {
    profile: &'a Profile,
    places: HashMap<&'a str, usize>,
    mapping: &'a Mapping,
}

impl<'a> Reader<'a> {
    fn cell<'r>(&self, cells: &'r [String], field: &str) -> &'r str {
        self.places
            .get(field)
            .and_then(|at| cells.get(*at))
            .map_or("", |cell| cell.trim())
    }

    fn column(&self, field: &str) -> String {
        self.mapping.columns.get(field).cloned().unwrap_or_default()
    }
}

/// Reads a table by a mapping. `own` is the language of the texts.
pub fn understand(
    table: &Table,
    mapping: &Mapping,
    profile: &Profile,
    language: &str,
) -> Understood {
    let mut out = Understood::default();
    let mut places = HashMap::new();
    for (field, column) in &mapping.columns {
        match table.columns.iter().position(|name| name == column) {
            Some(at) => {
                places.insert(field.as_str(), at);
            }
            None => out.problems.push(Misunderstood {
                row: None,
                column: column.clone(),
                label: "mechanisms-import-no-column",
                found: field.clone(),
                serious: true,
            }),
        }
    }
    if !mapping.columns.contains_key("text") {
        let label = "mechanisms-import-no-text-column";
        out.problems.push(Misunderstood {
            row: None,
            column: String::new(),
            label,
            found: String::new(),
            serious: true,
        });
        return out;
    }
    for (row, fields) in &table.uneven {
        out.problems.push(Misunderstood {
            row: Some(*row),
            column: String::new(),
            label: "mechanisms-import-uneven-row",
            found: fields.to_string(),
            serious: true,
        });
    }
    let reader = Reader {
        profile,
        places,
        mapping,
    };
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut unknown: BTreeSet<(String, String)> = BTreeSet::new();
    for row in &table.rows {
        let problem = |field: &str, label, found: &str, serious| Misunderstood {
            row: Some(row.number),
            column: reader.column(field),
            label,
            found: found.to_owned(),
            serious,
        };
        let text = words::plain(reader.cell(&row.cells, "text"));
        if text.is_empty() {
            out.problems
                .push(problem("text", "mechanisms-import-no-text", "", true));
            continue;
        }
        let mechanism = match reader.cell(&row.cells, "mechanism") {
            "" => mapping.mechanism.as_str(),
            word => match words::mechanism(profile, word) {
                Some(found) => found,
                None => {
                    out.problems.push(problem(
                        "mechanism",
                        "mechanisms-import-unknown-mechanism",
                        word,
                        true,
                    ));
                    continue;
                }
            },
        };
        let mut date_of = |field: &str| -> Option<Date> {
            let word = reader.cell(&row.cells, field);
            if word.is_empty() {
                return None;
            }
            let found = date(word);
            if found.is_none() {
                out.problems
                    .push(problem(field, "mechanisms-import-no-date", word, true));
            }
            found
        };
        let (dated, deadline) = (date_of("date"), date_of("deadline"));
        let document = document(&reader, &row.cells, mechanism, dated, language);
        let key = document.source_key();
        let at = *by_key.entry(key).or_insert_with(|| {
            out.documents.push(ImportDocument {
                document,
                items: Vec::new(),
            });
            out.documents.len() - 1
        });
        let word = reader.cell(&row.cells, "reply");
        let Some(reply) = reply(word) else {
            out.problems.push(problem(
                "reply",
                "mechanisms-import-unknown-reply",
                word,
                true,
            ));
            continue;
        };
        let word = reader.cell(&row.cells, "kind");
        let Some(kind) = kind(word) else {
            let label = "mechanisms-import-unknown-kind";
            out.problems.push(problem("kind", label, word, true));
            continue;
        };
        let word = reader.cell(&row.cells, "priority");
        let Some(priority) = priority(word) else {
            let label = "mechanisms-import-unknown-priority";
            out.problems.push(problem("priority", label, word, true));
            continue;
        };
        let tags = tags(&reader, &row.cells, &mut unknown);
        out.documents[at].items.push(ImportItem {
            source_id: Some(reader.cell(&row.cells, "id"))
                .filter(|id| !id.is_empty())
                .map(str::to_owned),
            paragraph: reader.cell(&row.cells, "paragraph").to_owned(),
            kind,
            text,
            language: match reader.cell(&row.cells, "language") {
                "" => language.to_owned(),
                other => other.to_owned(),
            },
            reply,
            priority,
            deadline,
            tags,
        });
        out.items += 1;
    }
    for (field, word) in unknown {
        out.problems.push(Misunderstood {
            row: None,
            column: reader.column(&field),
            label: "mechanisms-import-unknown-word",
            found: word,
            serious: false,
        });
    }
    out
}

fn document(
    reader: &Reader<'_>,
    cells: &[String],
    mechanism: &str,
    dated: Option<Date>,
    language: &str,
) -> NewDocument {
    let cell = |field| reader.cell(cells, field).replace('\n', ", ");
    let (title, session) = (cell("title"), cell("session"));
    let subject: Vec<String> = reader
        .cell(cells, "subject")
        .lines()
        .map(words::state)
        .collect();
    let subject = subject.join(", ");
    let title = if title.is_empty() {
        let name = reader.profile.mechanisms.name_of(mechanism, language);
        [name, &subject, &session]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        title
    };
    NewDocument {
        mechanism: mechanism.to_owned(),
        symbol: cell("symbol"),
        title,
        subject,
        session,
        cycle: cell("cycle"),
        dated,
        link: String::new(),
        language: language.to_owned(),
        attachment_id: None,
        protection: Protection::Office,
    }
}

fn tags(
    reader: &Reader<'_>,
    cells: &[String],
    unknown: &mut BTreeSet<(String, String)>,
) -> Vec<(TagKind, String)> {
    let mut tags = Vec::new();
    let state = reader.cell(cells, "state");
    for state in state
        .split([';', '\n'])
        .map(str::trim)
        .filter(|state| !state.is_empty())
    {
        tags.push((TagKind::State, words::state(state)));
    }
    let profile = reader.profile;
    let mut listed = |field: &str, kind, find: &dyn Fn(&str) -> Option<String>| {
        let parts = reader.cell(cells, field).split([';', '\n']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            // A name may hold a comma; only what is no name as a whole is a list with commas.
            if let Some(key) = find(part) {
                tags.push((kind, key));
                continue;
            }
            for word in part.split(',').map(str::trim).filter(|w| !w.is_empty()) {
                match find(word) {
                    Some(key) => tags.push((kind, key)),
                    None => {
                        unknown.insert((field.to_owned(), word.to_owned()));
                    }
                }
            }
        }
    };
    listed("themes", TagKind::Theme, &|word| {
        profile.themes.find(word).map(|theme| theme.key.clone())
    });
    listed("groups", TagKind::Group, &|word| {
        profile.groups.find(word).map(|group| group.key.clone())
    });
    listed("addressees", TagKind::Addressee, &|word| {
        profile
            .institutions
            .find(word)
            .map(|found| found.key.clone())
    });
    listed("places", TagKind::Place, &|word| {
        profile.places.find(word).map(|found| found.key.clone())
    });
    listed("targets", TagKind::Target, &|word| {
        words::target(profile, word)
    });
    listed("provisions", TagKind::Provision, &|word| {
        let (instrument, _) = word.split_once('/')?;
        let known = profile.instruments.get(instrument)?;
        known.provisions().find(|key| key == word)
    });
    tags.sort();
    tags.dedup();
    tags
}

fn reply(word: &str) -> Option<Reply> {
    match word.to_lowercase().as_str() {
        "" | "none" => Some(Reply::None),
        "accepted" | "supported" | "enjoys support" => Some(Reply::Supported),
        "partly"
        | "accepted/noted"
        | "partially accepted"
        | "supported/noted"
        | "supported in part"
        | "partially supported"
        | "supported\nnoted"
        | "noted\nsupported" => Some(Reply::Partly),
        "noted" | "rejected" | "general response" | "no response" => Some(Reply::Noted),
        "pending" => Some(Reply::Pending),
        _ => None,
    }
}

fn kind(word: &str) -> Option<ItemKind> {
    match word.to_lowercase().trim_start_matches(['-', ' ']) {
        "" => Some(ItemKind::Recommendation),
        word if word.starts_with("recommendation") => Some(ItemKind::Recommendation),
        word if word.starts_with("concern") => Some(ItemKind::Concern),
        word if word.starts_with("observation") || word.starts_with("positive") => {
            Some(ItemKind::Observation)
        }
        _ => None,
    }
}

fn priority(word: &str) -> Option<Priority> {
    match word {
        "" => Some(Priority::Normal),
        word => word.to_lowercase().parse().ok(),
    }
}

/// A date as people write it: `2026-11-23`, `23.11.2026`, `23/11/2026`.
fn date(word: &str) -> Option<Date> {
    let day = word.split(['T', ' ']).next().unwrap_or(word);
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let mut parts = day.split(['.', '/']).map(|part| part.trim().parse::<i16>());
    match (parts.next()?, parts.next()?, parts.next()?) {
        (Ok(day), Ok(month), Ok(year)) => {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use mandate_tabular::{Limits, read};

    use super::*;

    fn understood(text: &str) -> Understood {
        let table = read(text.as_bytes(), "x.csv", None, &Limits::default()).unwrap();
        understand(
            &table,
            &suggest(&table),
            &Profile::embedded("kosovo").unwrap(),
            "en",
        )
    }

    #[test]
    fn rows_of_one_state_and_session_are_one_document() {
        let out = understood(
            "To,Text,From,Response,Issue,Session\nLakeland,Ratify,Norway,Accepted,\"Justice,Weather\",5\n\
             Lakeland,Publish,Chile,Noted,Women's rights,5\nHilland,Ratify,Peru,Accepted,Justice,5\n",
        );
        assert_eq!(
            (out.documents.len(), out.items, out.is_refused()),
            (2, 3, false)
        );
        let first = &out.documents[0].items[0];
        assert_eq!(
            first.tags,
            [
                (TagKind::Theme, "justice".into()),
                (TagKind::State, "Norway".into())
            ]
        );
        assert_eq!(out.documents[0].items[1].reply, Reply::Noted);
        assert_eq!(out.problems.len(), 1);
        assert_eq!(out.problems[0].found, "Weather");
    }

    #[test]
    fn the_fields_of_the_universal_human_rights_index_are_understood() {
        let out = understood(
            r#"[{"AnnotationId":"a-1","AnnotationType":"Recommendations","Body":"CEDAW - Committee on women",
            "Countries":["Kosovo*"],"PublicationDate":"2024-03-01T00:00:00","Symbol":"CEDAW/C/X/1",
            "Text":"<p>Ensure that courts&nbsp;act</p>","Themes":["Justice"],"AffectedPersons":["Women & girls"],
            "Sdgs":["5 - GENDER EQUALITY","16.3"],"UprPositions":[],"UprRecommendingCountry":[],"Regions":["Europe"]},
            {"AnnotationId":"a-2","AnnotationType":"Recommendations","Body":"UPR","Countries":["ALB"],
            "Symbol":"A/HRC/X/2","Text":"Publish","UprCycle":"4","UprSession":["46"],"UprPositions":["Supported"],
            "UprRecommendingCountry":["NOR"]}]"#,
        );
        let serious: Vec<_> = out.problems.iter().filter(|p| p.serious).collect();
        assert!(serious.is_empty(), "{serious:?}");
        let (first, second) = (&out.documents[0], &out.documents[1]);
        assert_eq!(first.document.subject, "Kosovo*");
        assert_eq!(first.document.dated, Some(Date::constant(2024, 3, 1)));
        let item = &first.items[0];
        assert_eq!(item.text, "Ensure that courts act");
        assert_eq!(item.source_id.as_deref(), Some("a-1"));
        assert!(item.tags.contains(&(TagKind::Target, "5".into())));
        assert!(item.tags.contains(&(TagKind::Target, "16.3".into())));
        assert_eq!(second.document.subject, "Albania");
        assert_eq!(second.items[0].reply, Reply::Supported);
        assert_eq!(second.items[0].tags, [(TagKind::State, "Norway".into())]);
    }

    #[test]
    fn what_is_not_understood_is_named_by_row_and_column() {
        let out =
            understood("Text,Response,Date\n,Accepted,\nPublish,Perhaps,\nRatify,Noted,tomorrow\n");
        let named: Vec<(Option<usize>, &str)> = out
            .problems
            .iter()
            .map(|p| (p.row, p.column.as_str()))
            .collect();
        assert_eq!(
            named,
            [(Some(2), "Text"), (Some(3), "Response"), (Some(4), "Date")]
        );
        assert!(out.is_refused());
        assert!(understood("A,B\n1,2\n").is_refused());
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Date::constant(2026, 11, 23);
        for word in [
            "2026-11-23",
            "23.11.2026",
            "23/11/2026",
            "2026-11-23T00:00:00Z",
        ] {
            assert_eq!(date(word), Some(day), "{word}");
        }
        assert_eq!(date("31.02.2026"), None);
    }
}
