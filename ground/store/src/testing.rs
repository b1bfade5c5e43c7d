//! The same story on both databases.
//!
//! ```ignore
//! async fn a_story(store: Store) { … }
//! mandate_store::on_both_databases![a_story];
//! ```
//!
//! PostgreSQL comes from `MANDATE_TEST_POSTGRES_URL`, or is a throw-away cluster that this module starts on a free port
//! (as the user `postgres` when the tests run as root, because PostgreSQL refuses root) and that ends with the tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use crate::{Id, Migrations, Store, StoreError, schema};

/// Makes a module `sqlite` and a module `postgres` with a test for each story: an `async fn(Store)`.
#[macro_export]
macro_rules! on_both_databases {
    ($rooms:expr; $($story:ident),+ $(,)?) => {
        mod sqlite { $(
            #[tokio::test]
            async fn $story() {
                let (store, _folder) = $crate::testing::sqlite(&$rooms).await;
                super::$story(store).await;
            }
        )+ }
        mod postgres { $(
            #[tokio::test]
            async fn $story() { super::$story($crate::testing::postgres(&$rooms).await).await; }
        )+ }
    };
}

/// An empty SQLite store in a folder that goes away with the second value.
///
/// # Panics
/// When the store cannot be made: a test cannot go on.
pub async fn sqlite(rooms: &[Migrations]) -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!(
        "sqlite:{}",
        folder.path().join("office.sqlite").display()
    ))
    .await
    .unwrap();
    schema(&store, rooms).await.unwrap();
    (store, folder)
}

/// A SQLite file, opened with another `PRAGMA synchronous` (`FULL`, `NORMAL`, `OFF`) than an office has: for tests that
/// must see what is lost then.
///
/// # Errors
/// As [`Store::open`]; for another word.
pub async fn sqlite_with_synchronous(file: &Path, word: &str) -> Result<Store, StoreError> {
    Store::open_sqlite(file, word.parse()?).await
}

/// An empty PostgreSQL store in a database of its own.
///
/// # Panics
/// When no PostgreSQL can be started: a test cannot go on, and says what to install.
pub async fn postgres(rooms: &[Migrations]) -> Store {
    let store = Store::open(&postgres_address().await).await.unwrap();
    schema(&store, rooms).await.unwrap();
    store
}

/// The address of a new, empty PostgreSQL database.
///
/// # Panics
/// As [`postgres`].
pub async fn postgres_address() -> String {
    use sqlx::Connection as _;
    let server =
        std::env::var("MANDATE_TEST_POSTGRES_URL").unwrap_or_else(|_| cluster().to_owned());
    let name = format!("test_{}", Id::new().to_string().replace('-', ""));
    let mut admin = sqlx::PgConnection::connect(&server)
        .await
        .expect("connect to PostgreSQL");
    let sql = format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut admin)
        .await
        .expect("create a database");
    let (base, _) = server
        .rsplit_once('/')
        .expect("an address with a database name");
    format!("{base}/{name}")
}

fn cluster() -> &'static str {
    static CLUSTER: OnceLock<(String, Child)> = OnceLock::new();
    &CLUSTER.get_or_init(start).0
}

fn start() -> (String, Child) {
    let bin = programs();
    let folder = tempfile::Builder::new()
        .prefix("mandate-pg-")
        .tempdir_in("/tmp")
        .unwrap()
        .keep();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let (initdb, postgres, data) = (
        bin.join("initdb"),
        bin.join("postgres"),
        folder.join("data"),
    );
    // The shell waits for the end of its input, which comes when this process ends in whatever way.
    let script = format!(
        "{} -D {data} -U mandate -A trust -E UTF8 --no-sync --locale=C >{folder}/initdb.log 2>&1 || exit 1
         {} -D {data} -p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=400 \
            -c shared_buffers=64MB >{folder}/postgres.log 2>&1 &
         server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf {folder}",
        initdb.display(),
        postgres.display(),
        data = data.display(),
        folder = folder.display(),
    );
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    let mut command = if root {
        Command::new("chown")
            .arg("postgres")
            .arg(&folder)
            .status()
            .expect("chown");
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c", &script]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &script]);
        command
    };
    let child = command
        .current_dir("/tmp")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("start a shell for PostgreSQL");
    wait_for(port, &folder);
    (
        format!("postgres://mandate@127.0.0.1:{port}/postgres"),
        child,
    )
}

fn wait_for(port: u16, folder: &Path) {
    for _ in 0..600 {
        let log = std::fs::read_to_string(folder.join("postgres.log")).unwrap_or_default();
        if log.contains("ready to accept connections")
            && std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("PostgreSQL did not start; see {}", folder.display());
}

fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("postgres").exists())
        .collect();
    found.sort();
    found.pop().expect(
        "PostgreSQL's server programs are not installed (apt-get install postgresql), \
         and MANDATE_TEST_POSTGRES_URL is not set",
    )
}
