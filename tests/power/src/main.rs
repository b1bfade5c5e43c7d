//! Cuts the power under an office that writes: `mandate-power cuts [NUMBER] [FULL|NORMAL|OFF] [SEED]`.
//!
//! Exits with 1 when something was lost or damaged, or when nothing can be mounted here; with OFF, when nothing was.

use std::{path::Path, process::ExitCode};

use mandate_power::office::{Syncs, work};

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let told: Vec<String> = std::env::args().skip(1).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    match told.as_slice() {
        ["office", folder, syncs, seed] => {
            let syncs = Syncs::parse(syncs).unwrap_or(Syncs::Full);
            work(Path::new(folder), syncs, seed.parse()?).await?;
            Ok(ExitCode::SUCCESS)
        }
        ["cuts", told @ ..] => {
            let n = told.first().map_or(Ok(500), |n| n.parse())?;
            let syncs = told
                .get(1)
                .and_then(|word| Syncs::parse(word))
                .unwrap_or(Syncs::Full);
            let seed = told.get(2).map_or(Ok(1), |seed| seed.parse())?;
            run(n, syncs, seed).await
        }
        _ => anyhow::bail!("mandate-power cuts [NUMBER] [FULL|NORMAL|OFF] [SEED]"),
    }
}

#[cfg(target_os = "linux")]
#[allow(clippy::print_stdout)]
async fn run(n: usize, syncs: Syncs, seed: u64) -> anyhow::Result<ExitCode> {
    if let Some(why) = mandate_power::may_mount() {
        println!("no power was cut: {why}");
        return Ok(ExitCode::FAILURE);
    }
    let begun = std::time::Instant::now();
    let seen = mandate_power::cuts(&std::env::current_exe()?, n, syncs, seed).await?;
    for words in seen.findings.iter().take(30) {
        println!("  {words}");
    }
    println!(
        "synchronous={}: {} cuts ({} while the office opened), {} acknowledged writes; harm after {} cuts, \
         more than loss after {} of them; {:.0} s",
        syncs.word(),
        seen.cuts,
        seen.opening,
        seen.acknowledged,
        seen.harmed,
        seen.damaged,
        begun.elapsed().as_secs_f64()
    );
    let as_it_must = match syncs {
        Syncs::Full => seen.harmed == 0,
        Syncs::Normal => true,
        Syncs::Off => seen.harmed > 0,
    };
    Ok(if as_it_must {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(not(target_os = "linux"))]
async fn run(_: usize, _: Syncs, _: u64) -> anyhow::Result<ExitCode> {
    anyhow::bail!("no power was cut: the disk is mounted on Linux alone")
}
