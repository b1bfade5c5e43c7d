//! Values that go into a query and rows that come out, the same for both databases.

use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use crate::{Id, StoreError};

/// A parameter of a query. An absent value keeps its type, because PostgreSQL asks for one.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `TEXT`
    Text(Option<String>),
    /// `INTEGER` / `BIGINT`
    Int(Option<i64>),
    /// `REAL` / `DOUBLE PRECISION`
    Real(Option<f64>),
    /// `BLOB` / `BYTEA`
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_from {
    ($($from:ty => $variant:ident, $via:expr;)*) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self { Value::$variant(Some($via(value))) }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self { Value::$variant(value.map($via)) }
        }
    )*};
}

value_from! {
    String => Text, |v| v;
    &str => Text, |v: &str| v.to_owned();
    &String => Text, |v: &String| v.clone();
    Id => Text, |v: Id| v.to_string();
    &Id => Text, |v: &Id| v.to_string();
    jiff::civil::Date => Text, |v: jiff::civil::Date| v.to_string();
    i64 => Int, |v| v;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    bool => Int, i64::from;
    jiff::Timestamp => Int, crate::millis;
    f64 => Real, |v| v;
    Vec<u8> => Bytes, |v| v;
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Value::Int(i64::try_from(value).ok())
    }
}

/// The parameters of a query: `params![id, &text, Some(3)]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

/// A row of an answer.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $optional:ident, $type:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// [`StoreError::Column`] when the column is missing, empty or of another type.
        pub fn $name(&self, column: &str) -> Result<$type, StoreError> {
            self.$optional(column)?.ok_or_else(|| StoreError::Column {
                column: column.to_owned(),
                reason: "is empty".to_owned(),
            })
        }
    };
}

impl Row {
    /// The names of its columns.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Row::Sqlite(row) => row.columns().iter().map(sqlx::Column::name).collect(),
            Row::Postgres(row) => row.columns().iter().map(sqlx::Column::name).collect(),
        }
    }

    getter!(
        /// A text.
        text, opt_text, String
    );
    getter!(
        /// A whole number.
        int, opt_int, i64
    );
    getter!(
        /// A number.
        real, opt_real, f64
    );
    getter!(
        /// Bytes.
        bytes, opt_bytes, Vec<u8>
    );
    getter!(
        /// An identifier.
        id, opt_id, Id
    );
    getter!(
        /// A date written as `2026-11-23`.
        date, opt_date, jiff::civil::Date
    );

    /// A text, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Column`] when the column is missing or of another type.
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| wrong(column, &error))
    }

    /// A whole number, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`].
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            // A literal such as `CASE WHEN … THEN 1` is a 32-bit integer to PostgreSQL.
            Row::Postgres(row) => row.try_get(column).or_else(|_| {
                row.try_get::<Option<i32>, _>(column)
                    .map(|v| v.map(i64::from))
            }),
        }
        .map_err(|error| wrong(column, &error))
    }

    /// A number, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`].
    pub fn opt_real(&self, column: &str) -> Result<Option<f64>, StoreError> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| wrong(column, &error))
    }

    /// Bytes, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`].
    pub fn opt_bytes(&self, column: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| wrong(column, &error))
    }

    /// An identifier, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`], and when the text is no identifier.
    pub fn opt_id(&self, column: &str) -> Result<Option<Id>, StoreError> {
        self.parsed(column)
    }

    /// A date, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_text`], and when the text is no date.
    pub fn opt_date(&self, column: &str) -> Result<Option<jiff::civil::Date>, StoreError> {
        self.parsed(column)
    }

    /// An instant.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn at(&self, column: &str) -> Result<jiff::Timestamp, StoreError> {
        self.int(column).map(crate::instant)
    }

    /// An instant, or nothing.
    ///
    /// # Errors
    /// As [`Row::opt_int`].
    pub fn opt_at(&self, column: &str) -> Result<Option<jiff::Timestamp>, StoreError> {
        Ok(self.opt_int(column)?.map(crate::instant))
    }

    /// Whether a number is not zero.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    /// A value that is written as text and parsed, such as a role or a protection level.
    ///
    /// # Errors
    /// As [`Row::opt_text`], and when the text does not parse.
    pub fn parsed<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        self.opt_text(column)?
            .map(|text| {
                text.parse().map_err(|_| StoreError::Column {
                    column: column.to_owned(),
                    reason: format!("{text:?} is not a {}", std::any::type_name::<T>()),
                })
            })
            .transpose()
    }
}

fn wrong(column: &str, error: &sqlx::Error) -> StoreError {
    StoreError::Column {
        column: column.to_owned(),
        reason: error.to_string(),
    }
}
