//! The program `mandate`: puts the rooms together and holds no rules.

/// The ledger's key, checkpoints and commands.
pub mod ledger;
/// Sample data for `mandate demo` and for tests: synthetic, and it says so.
pub mod sample;

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use mandate_accounts::{Accounts, Limits, OfficeAddress, Rule};
use mandate_language::Languages;
use mandate_mechanisms::{
    again::Again,
    learn::School,
    pages::{self, Mechanisms},
    search::Index,
    suggest::Suggester,
};
use mandate_office::Profile;
use mandate_store::{Attachments, Clock, Migrations, Store, schema};
use mandate_survivors::pages::{self as survivors, Survivors};
use mandate_web::{Ground, MenuEntry, Routes, Settings, Shared, own_pages};

/// Where an office keeps its things, and where people reach it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the data: database, attachments, index, the key of form tokens.
    pub data: PathBuf,
    /// `postgres://…`; nothing for the SQLite file in the folder.
    pub database: Option<String>,
    /// The name of an embedded profile, or the path of a folder.
    pub profile: String,
    /// `https://mandate.example.org`.
    pub origin: String,
    /// Whether every page says that the data is synthetic.
    pub sample: bool,
}

/// The tables of every room, in the order in which they refer to one another.
pub fn rooms() -> Vec<Migrations> {
    vec![
        mandate_store::own_migrations(),
        mandate_ledger::migrations(),
        mandate_accounts::migrations(),
        mandate_mechanisms::migrations(),
        mandate_keep::migrations(),
        mandate_survivors::migrations(),
    ]
}

/// An office with its data open.
#[derive(Debug)]
pub struct Office {
    /// The ground under its rooms.
    pub ground: Shared,
    /// The area of recommendations.
    pub mechanisms: pages::State,
    /// The area of sealed files.
    pub survivors: survivors::State,
}

/// Opens the database and brings its tables to what this program knows.
///
/// # Errors
/// When the data was written by a newer program, or cannot be reached.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("cannot make {}", config.data.display()))?;
    let address = match &config.database {
        Some(address) => address.clone(),
        None => format!("sqlite:{}", config.data.join("office.sqlite").display()),
    };
    let store = Store::open(&address).await?;
    schema(&store, &rooms()).await?;
    mandate_ledger::complete(&store).await?;
    Ok(store)
}

/// The folder of attachments.
pub fn attachments(config: &Config) -> Attachments {
    Attachments::in_folder(config.data.join("attachments"))
}

/// Reads the profile: one that the program carries, or a folder.
///
/// # Errors
/// When it is not whole; the error names file and entry.
pub fn profile(config: &Config) -> anyhow::Result<Profile> {
    let folder = PathBuf::from(&config.profile);
    Ok(if folder.is_dir() {
        Profile::from_folder(&folder)?
    } else {
        Profile::embedded(&config.profile)?
    })
}

/// Opens an office whose ledger is signed with the key in its folder.
///
/// # Errors
/// When a part of it cannot be opened; each says which.
pub async fn open(config: &Config, clock: Clock) -> anyhow::Result<Office> {
    open_signed(config, clock, &ledger::key_file(config)).await
}

/// Opens an office whose ledger is signed with the key in a file.
///
/// # Errors
/// As [`open`]. A key that does not fit stops nothing: entries are written, and the log says why none is signed.
pub async fn open_signed(
    config: &Config,
    clock: Clock,
    key_file: &std::path::Path,
) -> anyhow::Result<Office> {
    let store = open_store(config).await?;
    let profile = Arc::new(profile(config)?);
    ledger::begin(&store, config, &profile, &clock, key_file).await?;
    let address = OfficeAddress {
        origin: config.origin.clone(),
        name: profile.office_name("en").to_owned(),
    };
    let suggester = Arc::new(Suggester::carried(&profile)?);
    let index = Index::open(&config.data.join("index"))?.suggesting(suggester.clone());
    let school = School {
        store: &store,
        attachments: &attachments(config),
        suggester: &suggester,
        index: &index,
    };
    // A model that cannot be read takes nothing away: the carried one speaks.
    if let Err(error) = school.take_newest().await {
        tracing::warn!(%error, "what learned from the office does not speak");
    }
    index.catch_up(&store).await?;
    let mut menu = pages::menu();
    // An office whose profile has no sealed process has no pages for one.
    if profile.process.is_some() {
        menu.extend(survivors::menu());
    }
    menu.extend([
        MenuEntry {
            label: "shell-menu-people",
            href: "/people",
            rule: Rule::Administrator,
        },
        MenuEntry {
            label: "shell-menu-ledger",
            href: "/ledger",
            rule: Rule::Administrator,
        },
        MenuEntry {
            label: "shell-menu-alarms",
            href: "/ledger/alarms",
            rule: Rule::Watcher,
        },
    ]);
    let ground = Arc::new(Ground {
        attachments: attachments(config),
        profile,
        languages: Languages::load()?,
        clock,
        accounts: Accounts::new(Limits::default())?.at(&address),
        settings: Settings {
            origin: config.origin.clone(),
            secret: secret(config)?,
            sample: config.sample,
            largest_upload: 200 << 20,
        },
        menu,
        store,
    });
    let again = Again::default();
    // Pages are answered meanwhile; they say nothing of repetitions until it is done.
    let (making, of) = (again.clone(), ground.store.clone());
    tokio::spawn(async move {
        if let Err(error) = making.catch_up(&of).await {
            tracing::warn!(%error, "repetitions are looked for again with the next page");
        }
    });
    let mechanisms = Arc::new(Mechanisms {
        again,
        suggester,
        ground: ground.clone(),
        index,
        running: Default::default(),
    });
    tokio::spawn(learning(mechanisms.clone()));
    let survivors = Arc::new(Survivors {
        ground: ground.clone(),
    });
    Ok(Office {
        ground,
        mechanisms,
        survivors,
    })
}

/// How often the program looks whether people confirmed enough to learn from.
const LOOKS: Duration = Duration::from_secs(600);

/// Learns from what people confirm, as long as the office is open.
async fn learning(mechanisms: pages::State) {
    loop {
        tokio::time::sleep(LOOKS).await;
        let at = mechanisms.ground.clock.now();
        match mechanisms.school().catch_up(at).await {
            Ok(true) => tracing::info!("suggestions come from what people confirmed since"),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "nothing was learned; what spoke goes on speaking")
            }
        }
    }
}

impl Office {
    /// Every route of the program, each with its rule.
    pub fn routes(&self) -> Routes {
        own_pages::routes()
            .and(pages::routes(self.mechanisms.clone()))
            .and(survivors::routes(self.survivors.clone()))
    }

    /// The whole office as one service.
    pub fn router(&self) -> axum::Router {
        mandate_web::serve::router(&self.ground, self.routes())
    }
}

/// The key of form tokens: made once, kept with the data, readable by its owner alone.
fn secret(config: &Config) -> anyhow::Result<Vec<u8>> {
    use std::io::Write as _;
    let path = config.data.join("form-key");
    if let Ok(key) = std::fs::read(&path)
        && key.len() == 32
    {
        return Ok(key);
    }
    let key: [u8; 32] = rand::random();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(&path)
        .and_then(|mut file| file.write_all(&key))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(key.to_vec())
}

/// What is wrong with an office's data; empty when all is well.
///
/// # Errors
/// When it cannot be read.
pub async fn verify(config: &Config) -> anyhow::Result<Vec<String>> {
    let mut store = open_store(config).await?;
    let mut found = store.integrity().await?;
    found.extend(mandate_ledger::verify(&mut store).await?);
    found.extend(mandate_accounts::verify(&mut store).await?);
    found.extend(mandate_mechanisms::store::verify(&mut store).await?);
    found.extend(missing_attachments(config, &mut store).await?);
    Ok(found)
}

async fn missing_attachments(config: &Config, store: &mut Store) -> anyhow::Result<Vec<String>> {
    use mandate_store::Query as _;
    let files = attachments(config);
    let mut found = Vec::new();
    for row in store
        .rows("SELECT DISTINCT sha256 FROM attachment", vec![])
        .await?
    {
        if let Err(error) = files.bytes(&row.text("sha256")?).await {
            found.push(error.to_string());
        }
    }
    Ok(found)
}
