//! Many rows at once.

use crate::{Query, StoreError, Tx, Value};

/// Parameters in one statement; SQLite allows 32,766 and PostgreSQL 65,535.
const PARAMETERS: usize = 4_000;

/// Inserts `rows` into `table`, many to a statement. Table and columns are names from the code, never from a person.
///
/// # Errors
/// [`StoreError::Refused`] when a rule of the schema is broken; [`StoreError::Database`] otherwise.
///
/// # Panics
/// Never; a row of the wrong length is refused by the database.
pub async fn insert_many(
    tx: &mut Tx,
    table: &'static str,
    columns: &[&'static str],
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    let at_once = (PARAMETERS / columns.len().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(at_once).collect();
        let sql = statement(table, columns, chunk.len());
        tx.execute(&sql, chunk.into_iter().flatten().collect())
            .await?;
    }
    Ok(())
}

fn statement(table: &str, columns: &[&str], rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let mut next = 1;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            if column > 0 {
                sql.push(',');
            }
            sql.push('$');
            sql.push_str(&next.to_string());
            next += 1;
        }
        sql.push(')');
    }
    sql
}
