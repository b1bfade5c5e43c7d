//! Connections: a pool for reading, and transactions for writing.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::Future,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, Executor as _, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    postgres::{PgArguments, PgPoolOptions},
    query::Query as SqlxQuery,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions,
        SqliteSynchronous,
    },
};

use crate::{Row, StoreError, Value, sync_folders};

/// Which database an office runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One file beside the program.
    Sqlite,
    /// A server of its own.
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Pools, Arc<Mutex<Beside>>);

/// What rooms keep beside an open database, one of each type.
type Beside = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

#[derive(Clone, Debug)]
enum Pools {
    /// SQLite has one writer at a time: a pool of one keeps our own writers in a queue instead of in each other's way.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// How many connections read at the same time.
const READERS: u32 = 8;
/// How long a writer waits for another process (a backup, an import on the command line) to let go of the file.
const BUSY: Duration = Duration::from_secs(30);

impl Store {
    /// Opens `sqlite:PATH` (made if it is not there) or `postgres://…`. Runs no migration.
    ///
    /// # Errors
    /// [`StoreError::Address`] for another address, [`StoreError::Database`] when it cannot be reached.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            Self::open_sqlite(path.as_ref(), SqliteSynchronous::Full).await
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options = sqlx::postgres::PgConnectOptions::from_str(address)?
                .application_name("mandate")
                .options([("timezone", "UTC")]);
            let pool = PgPoolOptions::new()
                .max_connections(READERS + 4)
                .connect_with(options)
                .await?;
            Ok(Store::of(Pools::Postgres(pool)))
        } else {
            let scheme = address.split(':').next().unwrap_or_default();
            Err(StoreError::Address(scheme.to_owned()))
        }
    }

    /// Opens a file. Whatever is saved in it later can be no more lasting than its name is, which is synced here.
    pub(crate) async fn open_sqlite(
        path: &Path,
        synchronous: SqliteSynchronous,
    ) -> Result<Self, StoreError> {
        let options = sqlite_options(path.into(), synchronous);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        if let Some(folder) = path.parent() {
            let folder = folder.to_owned();
            tokio::task::spawn_blocking(move || sync_folders(&folder))
                .await
                .map_err(|error| StoreError::File(std::io::Error::other(error)))??;
        }
        Ok(Store::of(Pools::Sqlite { read, write }))
    }

    fn of(pools: Pools) -> Self {
        Store(pools, Arc::default())
    }

    /// What a room keeps in memory beside this database as long as it is open: the same for every copy of the store, made
    /// when it is asked for the first time.
    pub fn beside<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut all = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()));
        // What stands under a type's name is of that type.
        kept.clone().downcast().unwrap_or_default()
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        match &self.0 {
            Pools::Sqlite { .. } => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once, so that it can never fail
    /// half-way for want of it. Rooms use `mandate_ledger::Act` instead.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the database does not answer.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx(match &self.0 {
            Pools::Sqlite { write, .. } => {
                Transactions::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pools::Postgres(pool) => Transactions::Postgres(pool.begin().await?),
        }))
    }

    /// Begins a transaction that only reads and sees the data as of one instant.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the database does not answer.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        Ok(Tx(match &self.0 {
            Pools::Sqlite { read, .. } => Transactions::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => Transactions::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        }))
    }

    /// Closes every connection, so that the file can be moved or the server stopped.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Makes the database's own files let go of what was overwritten or deleted in a table: SQLite writes its journal back
    /// into the file (whose free bytes `secure_delete` has zeroed) and empties it; PostgreSQL frees dead rows, whose bytes
    /// stay in its files until they are written over, and in its write-ahead log until that is recycled or archived away.
    /// False when SQLite could not, because somebody was reading meanwhile; then it happens with a later one.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the database does not answer.
    pub async fn settle(&self, table: &'static str) -> Result<bool, StoreError> {
        match &self.0 {
            Pools::Sqlite { write, .. } => {
                let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(write)
                    .await?;
                let busy: i64 = sqlx::Row::try_get(&row, 0)?;
                Ok(busy == 0)
            }
            Pools::Postgres(pool) => {
                let sql = AssertSqlSafe(format!("VACUUM {table}"));
                pool.execute(sqlx::raw_sql(sql)).await?;
                Ok(true)
            }
        }
    }

    /// What the database itself says of its file or its indexes: an empty list when all is well (SQLite's
    /// `integrity_check` and `foreign_key_check`; PostgreSQL checks its references always).
    ///
    /// # Errors
    /// [`StoreError::Database`] when the check cannot run.
    pub async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let Pools::Sqlite { read, .. } = &self.0 else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(read)
            .await?;
        found.extend(lines.into_iter().filter(|line| line != "ok"));
        for row in sqlx::query("PRAGMA foreign_key_check")
            .fetch_all(read)
            .await?
        {
            let table: String = sqlx::Row::try_get(&row, 0)?;
            found.push(format!(
                "a row of {table} refers to a record that is not there"
            ));
        }
        Ok(found)
    }
}

fn sqlite_options(path: PathBuf, synchronous: SqliteSynchronous) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "MEMORY")
}

/// An open transaction. Dropped without [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx(Transactions);

#[derive(Debug)]
enum Transactions {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Saves all of it. Rooms use `mandate_ledger::Act::commit`.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the database cannot save; then nothing is saved.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            Transactions::Sqlite(tx) => tx.commit().await?,
            Transactions::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Forgets all of it.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the connection is lost; then nothing was saved either.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        match self.0 {
            Transactions::Sqlite(tx) => tx.rollback().await?,
            Transactions::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Which database this runs on.
    pub fn kind(&self) -> Kind {
        match &self.0 {
            Transactions::Sqlite(_) => Kind::Sqlite,
            Transactions::Postgres(_) => Kind::Postgres,
        }
    }

    /// Runs several statements without parameters, as a migration does.
    ///
    /// # Errors
    /// [`StoreError::Database`] with the statement that failed.
    pub async fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &mut self.0 {
            Transactions::Sqlite(tx) => {
                (**tx).execute(sqlx::raw_sql(sql)).await?;
            }
            Transactions::Postgres(tx) => {
                (**tx).execute(sqlx::raw_sql(sql)).await?;
            }
        }
        Ok(())
    }
}

/// What a store and a transaction have in common: they answer queries. `&mut Store` reads from the pool, `&mut Tx`
/// inside its transaction; a function that only reads takes `&mut impl Query` and works in both.
///
/// A query's text is written in the code or put together from parts that are; what a person typed goes into `params`.
pub trait Query: Send {
    /// All rows of an answer.
    fn rows(
        &mut self,
        sql: &str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Changes rows and says how many. On a [`Store`] it is refused: changes belong in a transaction.
    fn execute(
        &mut self,
        sql: &str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// The first row of an answer, if there is one.
    fn row(
        &mut self,
        sql: &str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send {
        async move { Ok(self.rows(sql, params).await?.into_iter().next()) }
    }

    /// The number in column `n` of the first row, for `SELECT COUNT(*) AS n …`.
    fn count(
        &mut self,
        sql: &str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<i64, StoreError>> + Send {
        async move {
            match self.row(sql, params).await? {
                Some(row) => Ok(row.opt_int("n")?.unwrap_or(0)),
                None => Ok(0),
            }
        }
    }
}

impl Query for Store {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &self.0 {
            Pools::Sqlite { read, .. } => {
                let rows = for_sqlite(sql, params).fetch_all(read).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Pools::Postgres(pool) => {
                let rows = for_postgres(sql, params).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    async fn execute(&mut self, _sql: &str, _params: Vec<Value>) -> Result<u64, StoreError> {
        Err(StoreError::Unrecorded)
    }
}

impl Query for Tx {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &mut self.0 {
            Transactions::Sqlite(tx) => {
                let rows = for_sqlite(sql, params).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Transactions::Postgres(tx) => {
                let rows = for_postgres(sql, params).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    async fn execute(&mut self, sql: &str, params: Vec<Value>) -> Result<u64, StoreError> {
        Ok(match &mut self.0 {
            Transactions::Sqlite(tx) => for_sqlite(sql, params)
                .execute(&mut **tx)
                .await?
                .rows_affected(),
            Transactions::Postgres(tx) => for_postgres(sql, params)
                .execute(&mut **tx)
                .await?
                .rows_affected(),
        })
    }
}

fn for_sqlite(sql: &str, params: Vec<Value>) -> SqlxQuery<'static, Sqlite, SqliteArguments> {
    params.into_iter().fold(
        sqlx::query(AssertSqlSafe(sql)),
        |query, value| match value {
            Value::Text(v) => query.bind(v),
            Value::Int(v) => query.bind(v),
            Value::Real(v) => query.bind(v),
            Value::Bytes(v) => query.bind(v),
        },
    )
}

fn for_postgres(sql: &str, params: Vec<Value>) -> SqlxQuery<'static, Postgres, PgArguments> {
    params.into_iter().fold(
        sqlx::query(AssertSqlSafe(sql)),
        |query, value| match value {
            // PostgreSQL has no NUL in a text; nobody types one, and a file that holds one must not stop an import.
            Value::Text(v) => query.bind(v.map(|text| {
                if text.contains('\0') {
                    text.replace('\0', "")
                } else {
                    text
                }
            })),
            Value::Int(v) => query.bind(v),
            Value::Real(v) => query.bind(v),
            Value::Bytes(v) => query.bind(v),
        },
    )
}
