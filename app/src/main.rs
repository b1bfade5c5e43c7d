//! The command line of `mandate`.
#![allow(clippy::print_stdout)]

use std::{
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use mandate::{Config, open, open_signed, open_store, sample};
use mandate_accounts::{NewPerson, people};
use mandate_ledger::{Act, Actor};
use mandate_mechanisms::{import, store};
use mandate_store::{Clock, backup, restore};

#[derive(Parser)]
#[command(version, about = "The working system of a human rights field office")]
struct Cli {
    /// The folder of the office's data.
    #[arg(long, global = true, default_value = "data", env = "MANDATE_DATA")]
    data: PathBuf,
    /// A PostgreSQL database (postgres://…) in place of the SQLite file in the folder.
    #[arg(
        long,
        global = true,
        env = "MANDATE_DATABASE_URL",
        hide_env_values = true
    )]
    database: Option<String>,
    /// The office profile: one that the program carries (kosovo), or a folder.
    #[arg(long, global = true, default_value = "kosovo", env = "MANDATE_PROFILE")]
    profile: String,
    /// The file of the key that signs the ledger; without it, `ledger-key` in the folder.
    #[arg(long, global = true, env = "MANDATE_LEDGER_KEY")]
    ledger_key: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Opens the office; asks for the first administrator when there is none.
    Serve {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080", env = "MANDATE_LISTEN")]
        listen: SocketAddr,
        /// Where people reach the office: https://mandate.example.org
        #[arg(long, env = "MANDATE_ORIGIN")]
        origin: Option<String>,
    },
    /// Opens an office with synthetic sample data.
    Demo {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Imports a table of recommendations: all of it or nothing.
    Import {
        /// CSV, XLSX or XLS.
        file: PathBuf,
        /// Which column holds what, as TOML: [columns] text = "Text", …
        #[arg(long)]
        mapping: Option<PathBuf>,
        /// Says what was understood and writes nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes everything that the office knows into one file.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Fills an empty database from a backup.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// Checks every invariant of the data; exits with 1 when something is wrong.
    Verify,
    #[command(flatten)]
    Files(mandate_commands::Command),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "warn,mandate=info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    let mut config = Config {
        data: cli.data,
        database: cli.database,
        profile: cli.profile,
        origin: "http://localhost:8080".to_owned(),
        sample: false,
    };
    let key = cli
        .ledger_key
        .unwrap_or_else(|| mandate::ledger::key_file(&config));
    match cli.command {
        Command::Serve { listen, origin } => {
            config.origin = origin.unwrap_or_else(|| format!("http://localhost:{}", listen.port()));
            serve(&config, listen, &key).await
        }
        Command::Demo { listen } => {
            config.origin = format!("http://localhost:{}", listen.port());
            config.sample = true;
            demo(&config, listen).await
        }
        Command::Import {
            file,
            mapping,
            dry_run,
        } => import_file(&config, &file, mapping, dry_run).await,
        Command::Backup { file } => {
            let store = open_store(&config).await?;
            let made = backup(&store, &mandate::attachments(&config), &file).await?;
            println!(
                "{} rows and {} attachments in {}",
                made.rows.values().sum::<u64>(),
                made.attachments,
                file.display()
            );
            Ok(())
        }
        Command::Restore { file } => {
            let store = open_store(&config).await?;
            let made = restore(&store, &mandate::attachments(&config), &file).await?;
            // A backup from before the ledger had a tree holds entries without leaves.
            mandate_ledger::complete(&store).await?;
            println!(
                "{} rows and {} attachments restored",
                made.rows.values().sum::<u64>(),
                made.attachments
            );
            Ok(())
        }
        Command::Files(mandate_commands::Command::Ledger(told)) if told.needs_office() => {
            let well = mandate::ledger::run(&config, &key, &told, &mut std::io::stdout()).await?;
            if well {
                return Ok(());
            }
            std::process::exit(1)
        }
        Command::Files(command) => mandate_commands::run(&command, &mut std::io::stdout().lock()),
        Command::Verify => {
            let found = mandate::verify(&config).await?;
            for line in &found {
                println!("{line}");
            }
            if found.is_empty() {
                println!("all is well");
                return Ok(());
            }
            std::process::exit(1)
        }
    }
}

async fn serve(config: &Config, listen: SocketAddr, key: &Path) -> anyhow::Result<()> {
    let office = open_signed(config, Clock::system(), key).await?;
    if people::all(&mut office.ground.store.clone())
        .await?
        .is_empty()
    {
        first_administrator(&office).await?;
    }
    run(&office, listen).await
}

async fn demo(config: &Config, listen: SocketAddr) -> anyhow::Result<()> {
    let office = open(config, Clock::system()).await?;
    sample::fill(&office).await?;
    println!(
        "The office is open at {} with synthetic sample data.",
        config.origin
    );
    println!("Everybody's password is: {}", sample::PASSWORD);
    for (email, name, _, _) in sample::PEOPLE {
        println!("  {email:24} {name}");
    }
    let observer = (sample::OBSERVER.0, sample::OBSERVER.1);
    let others = sample::PARTIES.map(|(email, name, ..)| (email, name));
    for (email, name) in others.into_iter().chain([observer]) {
        println!("  {email:24} {name}");
    }
    run(&office, listen).await
}

async fn run(office: &mandate::Office, listen: SocketAddr) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    println!("Listening on http://{listen}");
    let stop = async {
        let mut term =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
        let terminated = async {
            match &mut term {
                Some(term) => term.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminated => {} }
    };
    mandate_web::serve::serve(listener, office.router(), stop).await?;
    Ok(())
}

/// Asks on the command line for the first administrator and for nothing else.
async fn first_administrator(office: &mandate::Office) -> anyhow::Result<()> {
    println!("This office is empty. Its first administrator:");
    let (email, name, password) = (
        ask("E-mail address")?,
        ask("Name")?,
        ask("Password (12 characters or more)")?,
    );
    let new = NewPerson {
        name,
        email,
        language: "en".to_owned(),
        administrator: true,
        roles: Default::default(),
    };
    let ground = &office.ground;
    let now = ground.clock.now();
    ground
        .accounts
        .create_administrator(&ground.store, &Actor::command_line(), &new, &password, now)
        .await?;
    Ok(())
}

fn ask(what: &str) -> anyhow::Result<String> {
    print!("{what}: ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    if std::io::stdin().read_line(&mut line)? == 0 {
        bail!("{what} is needed; run `mandate serve` where you can type");
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Prints what is proposed from a report. A person confirms proposals one by one, so nothing is written from here.
fn read_report(bytes: &[u8], file: &std::path::Path) -> anyhow::Result<()> {
    let name = file.display().to_string();
    let source = mandate_extraction::read(bytes, &name, &Default::default())?;
    let found = mandate_extraction::propose(&source);
    let symbol = source.symbol.as_deref().unwrap_or("no symbol");
    println!(
        "{} pages, {symbol}, {} proposals",
        source.pages.len(),
        found.len()
    );
    for p in &found {
        println!(
            "page {}, {}: {} ({})",
            p.page,
            p.paragraph,
            p.text,
            p.states.join(", ")
        );
    }
    println!("nothing is written: review them in the browser, under Import");
    Ok(())
}

async fn import_file(
    config: &Config,
    file: &std::path::Path,
    mapping: Option<PathBuf>,
    dry: bool,
) -> anyhow::Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    if mandate_mechanisms::pages::is_report(&bytes) {
        return read_report(&bytes, file);
    }
    let profile = mandate::profile(config)?;
    let mapping: Option<import::Mapping> = match mapping {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            Some(
                toml::from_str(&text)
                    .with_context(|| format!("cannot understand {}", path.display()))?,
            )
        }
    };
    let encoding = mapping
        .as_ref()
        .map(|m| m.encoding.clone())
        .filter(|name| !name.is_empty());
    let name = file.display().to_string();
    let table = mandate_tabular::read(
        &bytes,
        &name,
        encoding.as_deref(),
        &mandate_tabular::Limits::default(),
    )?;
    let mapping = mapping.unwrap_or_else(|| import::suggest(&table));
    let understood = import::understand(&table, &mapping, &profile, "en");
    if let Some(found) = &table.encoding {
        println!("encoding {}: {}", found.name, found.words.join(", "));
    }
    for (field, column) in &mapping.columns {
        println!("{field} = {column}");
    }
    println!(
        "{} rows, {} documents, {} recommendations",
        table.rows.len(),
        understood.documents.len(),
        understood.items
    );
    for problem in &understood.problems {
        let place = problem
            .row
            .map(|row| format!("row {row}, "))
            .unwrap_or_default();
        println!(
            "{place}column {:?}: {} {:?}",
            problem.column, problem.label, problem.found
        );
    }
    if understood.is_refused() {
        bail!("nothing was imported: mend what is named above");
    }
    let store = open_store(config).await?;
    let mut act = Act::begin(&store, &Actor::command_line(), Clock::system().now()).await?;
    let applied = store::apply_import(&mut act, &understood.documents, dry, |_| true).await?;
    let nothing = applied.new + applied.reworded + applied.new_documents == 0;
    if !dry && !nothing {
        act.commit().await?;
    }
    println!(
        "{}: {} new documents, {} new, {} the same, {} reworded, {} no longer in the file",
        if dry { "would write" } else { "written" },
        applied.new_documents,
        applied.new,
        applied.same,
        applied.reworded,
        applied.absent
    );
    Ok(())
}
