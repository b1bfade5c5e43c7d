//! The index beside the database: every list of recommendations is answered by it.
//!
//! It holds nothing that the database does not, is found anew from the ledger after every change ([`Index::catch_up`]
//! reads which recommendations and documents the entries since its last one speak of), and is rebuilt whole when its
//! folder is missing or was made by another version. Words are folded by `engines/names`, so that `dakovica` finds
//! Đakovica and Ђаковица. Restricted recommendations are in it with the people named on them: every question carries the
//! asker's [`Scope`], and a list, a count and a page number are made from what that scope lets through.

use std::{
    collections::BTreeSet,
    ops::Bound,
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use jiff::civil::Date;
use mandate_accounts::{Protection, Scope};
use mandate_names::fold;
use mandate_store::{Id, Query as _, Store, StoreError, params};
use tantivy::{
    IndexReader, IndexWriter, Order, ReloadPolicy, TantivyDocument, Term,
    collector::{Count, TopDocs},
    query::{BooleanQuery, EmptyQuery, Occur, PhrasePrefixQuery, Query, RangeQuery, TermQuery},
    schema::{
        FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions, Value as _,
    },
};
use thiserror::Error;

use crate::{
    domain::{OfficeStatus, Priority, Reply, TagKind},
    store::{self, Recommendation, Tag},
    suggest::Suggester,
};

/// The index cannot be read or written. It can always be rebuilt.
#[derive(Debug, Error)]
pub enum SearchError {
    /// From the index's own files.
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// From the database that it is made of.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its folder cannot be made.
    #[error("search index: {0}")]
    Folder(#[from] std::io::Error),
}

/// What a list asks for. Empty fields ask for nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Words that must all stand in the text, its translations, the symbol or the states; the last may be unfinished.
    pub text: String,
    /// The mechanism's key.
    pub mechanism: String,
    /// The document.
    pub document: Option<Id>,
    /// Tags that must be there, one of each kind that is named.
    pub tags: Vec<(TagKind, String)>,
    /// The office's status.
    pub status: Option<OfficeStatus>,
    /// The authority's reply.
    pub reply: Option<Reply>,
    /// The priority.
    pub priority: Option<Priority>,
    /// Who follows it.
    pub responsible: Option<Id>,
    /// Whether only those that nobody follows.
    pub unassigned: bool,
    /// Where it stands towards its deadline.
    pub due: Option<DueFilter>,
    /// Changed at or after this instant, in milliseconds.
    pub changed_since: Option<i64>,
    /// Whether only those whose themes nobody has confirmed yet.
    pub without_theme: bool,
    /// A theme that is suggested, and not confirmed.
    pub suggested: String,
    /// An affected group that is suggested, and not confirmed.
    pub suggested_group: String,
    /// A target of the 2030 agenda that is suggested, and not confirmed.
    pub suggested_target: String,
    /// Those of which a person said that they ask for the same.
    pub cluster: Option<Id>,
}

/// A question about deadlines. Each is answered only by what is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueFilter {
    /// The deadline was before this day.
    LateOn(Date),
    /// The deadline is between these days, both included.
    Between(Date, Date),
    /// "Implemented" that must be verified again by this day.
    VerifyBy(Date),
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By the document's date, the newest first, then as they stand in it.
    #[default]
    Document,
    /// By the deadline, the earliest first.
    Deadline,
    /// By the last change, the newest first.
    Changed,
    /// By how well the words fit; the same as [`SortBy::Document`] without words.
    Fit,
}

impl SortBy {
    /// The word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            SortBy::Document => "document",
            SortBy::Deadline => "deadline",
            SortBy::Changed => "changed",
            SortBy::Fit => "fit",
        }
    }

    /// All of them.
    pub const ALL: [SortBy; 4] = [
        SortBy::Document,
        SortBy::Deadline,
        SortBy::Changed,
        SortBy::Fit,
    ];
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The recommendations in order.
    pub ids: Vec<Id>,
    /// How many there are in all.
    pub total: usize,
}

/// Made anew when this changes.
const VERSION: &str = "mandate-recommendations-3";
/// Memory of the writer in bytes; the least that the library takes is 15 MB.
const WRITER_MEMORY: usize = 20_000_000;
/// Recommendations read from the database at a time.
const PAGE: i64 = 1_000;
/// Stands for "no day": after all days.
const NO_DAY: i64 = i64::MAX;

#[derive(Debug, Clone, Copy)]
struct Fields {
    id: Field,
    words: Field,
    exact: Field,
    deadline: Field,
    verify: Field,
    changed: Field,
    order: Field,
}

/// The index. Cheap to clone.
#[derive(Clone)]
pub struct Index {
    fields: Fields,
    reader: IndexReader,
    suggester: Option<Arc<Suggester>>,
    writer: Arc<Mutex<IndexWriter>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder, or makes an empty one there. Follow with [`Index::catch_up`].
    ///
    /// # Errors
    /// [`SearchError`] when the folder cannot be used, or another program writes to it.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let marker = folder.join("version");
        if std::fs::read_to_string(&marker).ok().as_deref() != Some(VERSION) {
            if folder.exists() {
                std::fs::remove_dir_all(folder)?;
            }
            std::fs::create_dir_all(folder)?;
        }
        let directory =
            tantivy::directory::MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let index = tantivy::Index::open_or_create(directory, schema)?;
        std::fs::write(marker, VERSION)?;
        Self::with(index, fields)
    }

    /// An index in memory, for tests and for the command line.
    ///
    /// # Errors
    /// [`SearchError`] when there is no memory for it.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Self::with(tantivy::Index::create_in_ram(schema), fields)
    }

    fn with(index: tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Index {
            fields,
            reader,
            suggester: None,
            writer: Arc::new(Mutex::new(writer)),
        })
    }

    /// Lets what is suggested be found too. To be said before the first [`Index::catch_up`].
    #[must_use]
    pub fn suggesting(mut self, suggester: Arc<Suggester>) -> Self {
        self.suggester = Some(suggester);
        self
    }

    fn writer(&self) -> MutexGuard<'_, IndexWriter> {
        // A panic while writing leaves the writer usable: what was not committed is written again.
        self.writer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The number of the last ledger entry that the index has seen.
    fn seen(&self) -> Option<i64> {
        let meta = self.reader.searcher().index().load_metas().ok()?;
        meta.payload?.parse().ok()
    }

    /// Brings the index to what the database holds now; returns how many recommendations were indexed anew.
    ///
    /// # Errors
    /// [`SearchError`]; the index then stays as it was and catches up the next time.
    pub async fn catch_up(&self, store: &Store) -> Result<usize, SearchError> {
        let mut db = store.clone();
        let size = mandate_ledger::size(&mut db).await?;
        let Some(seen) = self.seen().filter(|seen| *seen <= size) else {
            return self.rebuild(store, size).await;
        };
        if seen == size {
            return Ok(0);
        }
        if size - seen > 20_000 {
            return self.rebuild(store, size).await;
        }
        let rows = db
            .rows(
                "SELECT DISTINCT record_id AS id FROM ledger_entry WHERE seq > $1 AND seq <= $2 \
                 AND record_kind = 'recommendation' AND outcome = 'done'",
                params![seen, size],
            )
            .await?;
        let changed: Vec<Id> = rows
            .iter()
            .map(|row| row.id("id"))
            .collect::<Result<_, _>>()?;
        for chunk in changed.chunks(500) {
            let items = store::recommendations_by_ids(&mut db, chunk).await?;
            let documents = self.documents_of(&mut db, &items).await?;
            let writer = self.writer();
            for id in chunk {
                writer.delete_term(Term::from_field_text(self.fields.id, &id.to_string()));
            }
            for document in documents {
                writer.add_document(document)?;
            }
        }
        self.commit(size)?;
        Ok(changed.len())
    }

    /// Makes the whole index anew, when what is suggested has changed; lists are answered meanwhile as before.
    ///
    /// # Errors
    /// As [`Index::catch_up`].
    pub async fn remake(&self, store: &Store) -> Result<usize, SearchError> {
        let size = mandate_ledger::size(&mut store.clone()).await?;
        self.rebuild(store, size).await
    }

    async fn rebuild(&self, store: &Store, size: i64) -> Result<usize, SearchError> {
        let mut db = store.clone();
        self.writer().delete_all_documents()?;
        let (mut after, mut n) = (None, 0);
        loop {
            let items = store::indexed_page(&mut db, after, PAGE).await?;
            let Some(last) = items.last() else { break };
            after = Some(last.id);
            n += items.len();
            let documents = self.documents_of(&mut db, &items).await?;
            let writer = self.writer();
            for document in documents {
                writer.add_document(document)?;
            }
        }
        self.commit(size)?;
        Ok(n)
    }

    fn commit(&self, seen: i64) -> Result<(), SearchError> {
        let mut writer = self.writer();
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&seen.to_string());
        prepared.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    async fn documents_of(
        &self,
        db: &mut Store,
        items: &[Recommendation],
    ) -> Result<Vec<TantivyDocument>, StoreError> {
        let ids: Vec<Id> = items.iter().map(|item| item.id).collect();
        let mut tags = store::tags(db, &ids).await?;
        let restricted: Vec<Id> = items
            .iter()
            .filter(|item| item.protection >= Protection::Restricted)
            .map(|item| item.id)
            .collect();
        let mut named = store::named_people(db, &restricted).await?;
        let clusters = store::clusters_of(db, &ids).await?;
        let mut documents = Vec::with_capacity(items.len());
        for item in items {
            let tags = tags.remove(&item.id).unwrap_or_default();
            let named = named.remove(&item.id).unwrap_or_default();
            let mut document = self.document(item, &tags, &named);
            if let Some(cluster) = clusters.get(&item.id) {
                document.add_text(self.fields.exact, term("cluster", &cluster.to_string()));
            }
            documents.push(document);
        }
        Ok(documents)
    }

    fn document(&self, item: &Recommendation, tags: &[Tag], named: &[Id]) -> TantivyDocument {
        let f = &self.fields;
        let mut doc = TantivyDocument::new();
        doc.add_text(f.id, item.id.to_string());
        let states = tags
            .iter()
            .filter(|tag| tag.kind == TagKind::State)
            .map(|tag| tag.value.as_str());
        let words: Vec<&str> = [&item.text, &item.document, &item.paragraph, &item.subject]
            .into_iter()
            .map(String::as_str)
            .chain(states)
            .collect();
        doc.add_text(f.words, fold(&words.join(" \n ")));

        let mut exact = |key: &str, value: &str| doc.add_text(f.exact, term(key, value));
        exact("mechanism", &item.mechanism);
        exact("document", &item.document_id.to_string());
        exact("status", item.status.as_str());
        exact("reply", item.reply.as_str());
        exact("priority", item.priority.as_str());
        exact("protection", item.protection.as_str());
        exact(
            "responsible",
            &item
                .responsible
                .map_or_else(|| "nobody".to_owned(), |id| id.to_string()),
        );
        if !item.status.is_closed() {
            exact("open", "yes");
        }
        let distinct: BTreeSet<&Tag> = tags.iter().collect();
        for tag in distinct {
            exact(tag.kind.as_str(), &tag.value);
            // A target (16.3) is found under its goal (16) too, a provision under its instrument.
            let wider = match tag.kind {
                TagKind::Target => tag.value.split_once('.'),
                TagKind::Provision => tag.value.split_once('/'),
                _ => None,
            };
            if let Some((wider, _)) = wider {
                exact(tag.kind.as_str(), wider);
            }
        }
        if tags.iter().all(|tag| tag.kind != TagKind::Theme) {
            exact("theme-confirmed", "no");
        }
        if let Some(suggester) = &self.suggester {
            let chosen = suggester.chosen(&item.text, &item.language);
            for (kind, key) in chosen {
                // What a person has said of a kind is not suggested against.
                if tags.iter().all(|tag| tag.kind != kind) {
                    exact(&format!("{kind}-suggested"), &key);
                }
            }
        }
        for person in named {
            exact("named", &person.to_string());
        }
        doc.add_i64(f.deadline, item.deadline.map_or(NO_DAY, day));
        doc.add_i64(f.verify, item.verify_on.map_or(NO_DAY, day));
        doc.add_i64(f.changed, item.changed_at.as_millisecond());
        // Newest document first, then its own order: one number, ascending.
        let dated = item.document_dated.map_or(0, day);
        doc.add_i64(
            f.order,
            (100_000 - dated) * 1_000_000 + item.position.clamp(0, 999_999),
        );
        doc
    }

    /// A page of a list: what `scope` lets through, what `filter` asks for, in an order.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be read.
    pub fn find(
        &self,
        scope: Scope,
        filter: &Filter,
        sort: SortBy,
        offset: usize,
        limit: usize,
    ) -> Result<Found, SearchError> {
        let query = self.query(scope, filter);
        let searcher = self.reader.searcher();
        let total = searcher.search(&query, &Count)?;
        if total == 0 || limit == 0 || offset >= total {
            return Ok(Found {
                ids: Vec::new(),
                total,
            });
        }
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let by = |field: &str, order: Order| -> Result<Vec<tantivy::DocAddress>, SearchError> {
            let top = TopDocs::with_limit(limit)
                .and_offset(offset)
                .order_by_fast_field::<i64>(field, order);
            Ok(searcher
                .search(&query, &top)?
                .into_iter()
                .map(|(_, address)| address)
                .collect())
        };
        let addresses = match sort {
            SortBy::Fit if !filter.text.trim().is_empty() => searcher
                .search(&query, &top.order_by_score())?
                .into_iter()
                .map(|(_, address)| address)
                .collect(),
            SortBy::Document | SortBy::Fit => by("order", Order::Asc)?,
            SortBy::Deadline => by("deadline", Order::Asc)?,
            SortBy::Changed => by("changed", Order::Desc)?,
        };
        let mut ids = Vec::with_capacity(addresses.len());
        for address in addresses {
            let doc: TantivyDocument = searcher.doc(address)?;
            let id = doc
                .get_first(self.fields.id)
                .and_then(|value| value.as_str().and_then(|text| text.parse::<Id>().ok()));
            ids.extend(id);
        }
        Ok(Found { ids, total })
    }

    /// How many there are.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be read.
    pub fn count(&self, scope: Scope, filter: &Filter) -> Result<usize, SearchError> {
        Ok(self
            .reader
            .searcher()
            .search(&self.query(scope, filter), &Count)?)
    }

    fn query(&self, scope: Scope, filter: &Filter) -> BooleanQuery {
        let f = &self.fields;
        let mut all: Vec<Box<dyn Query>> = vec![self.scoped(scope)];
        for word in split(&filter.text) {
            all.push(word_query(f.words, word));
        }
        if let Some(last) = last_word(&filter.text) {
            all.push(prefix_query(f.words, &last));
        }
        let mut exact = |key: &str, value: &str| all.push(self.exact(key, value));
        if !filter.mechanism.is_empty() {
            exact("mechanism", &filter.mechanism);
        }
        if let Some(id) = filter.document {
            exact("document", &id.to_string());
        }
        for (kind, value) in &filter.tags {
            exact(kind.as_str(), value);
        }
        if let Some(status) = filter.status {
            exact("status", status.as_str());
        }
        if let Some(reply) = filter.reply {
            exact("reply", reply.as_str());
        }
        if let Some(priority) = filter.priority {
            exact("priority", priority.as_str());
        }
        if let Some(person) = filter.responsible {
            exact("responsible", &person.to_string());
        }
        if filter.without_theme {
            exact("theme-confirmed", "no");
        }
        for (key, value) in [
            ("theme-suggested", &filter.suggested),
            ("group-suggested", &filter.suggested_group),
            ("target-suggested", &filter.suggested_target),
        ] {
            if !value.is_empty() {
                exact(key, value);
            }
        }
        if let Some(cluster) = filter.cluster {
            exact("cluster", &cluster.to_string());
        }
        if filter.unassigned {
            exact("responsible", "nobody");
        }
        match filter.due {
            None => {}
            Some(DueFilter::LateOn(today)) => {
                exact("open", "yes");
                all.push(range(f.deadline, i64::MIN, day(today) - 1));
            }
            Some(DueFilter::Between(from, to)) => {
                exact("open", "yes");
                all.push(range(f.deadline, day(from), day(to)));
            }
            Some(DueFilter::VerifyBy(today)) => all.push(range(f.verify, i64::MIN, day(today))),
        }
        if let Some(since) = filter.changed_since {
            all.push(range(f.changed, since, i64::MAX));
        }
        BooleanQuery::intersection(all)
    }

    fn scoped(&self, scope: Scope) -> Box<dyn Query> {
        let public = self.exact("protection", Protection::Public.as_str());
        match scope {
            Scope::Nothing => Box::new(EmptyQuery),
            Scope::Public => public,
            Scope::Office(person) => Box::new(BooleanQuery::union(vec![
                public,
                self.exact("protection", Protection::Office.as_str()),
                self.exact("named", &person.to_string()),
            ])),
        }
    }

    fn exact(&self, key: &str, value: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.exact, &term(key, value));
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let folded = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let number = || NumericOptions::from(FAST).set_indexed();
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        words: builder.add_text_field("words", TextOptions::default().set_indexing_options(folded)),
        exact: builder.add_text_field("exact", STRING),
        deadline: builder.add_i64_field("deadline", number()),
        verify: builder.add_i64_field("verify", number()),
        changed: builder.add_i64_field("changed", number()),
        order: builder.add_i64_field("order", number()),
    };
    (builder.build(), fields)
}

/// One field holds every exact value, each with its key before it.
fn term(key: &str, value: &str) -> String {
    format!("{key}\u{1f}{value}")
}

fn day(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from(epoch.until(date).map_or(0, |span| span.get_days()))
}

fn range(field: Field, from: i64, to: i64) -> Box<dyn Query> {
    let bound = |value| Bound::Included(Term::from_field_i64(field, value));
    Box::new(RangeQuery::new(bound(from), bound(to)))
}

/// The finished words of a search: all but one that is still being typed.
fn split(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    if !text.ends_with(char::is_whitespace) {
        words.pop();
    }
    words
}

/// The last word of a search, when no space follows it: it may be unfinished.
fn last_word(text: &str) -> Option<String> {
    if text.ends_with(char::is_whitespace) {
        return None;
    }
    fold(text).split_whitespace().last().map(str::to_owned)
}

fn word_query(field: Field, word: String) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, &word),
        IndexRecordOption::WithFreqs,
    ))
}

fn prefix_query(field: Field, word: &str) -> Box<dyn Query> {
    let whole = word_query(field, word.to_owned());
    let term = Term::from_field_text(field, word);
    if word.chars().count() < 3 {
        return whole;
    }
    let started: Box<dyn Query> = Box::new(PhrasePrefixQuery::new(vec![term]));
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, whole),
        (Occur::Should, started),
    ]))
}
