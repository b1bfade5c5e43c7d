//! Runs the commands that need no office: `cargo run -p mandate-commands --example commands -- extract report.pdf`

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: mandate_commands::Command,
}

fn main() -> anyhow::Result<()> {
    mandate_commands::run(&Cli::parse().command, &mut std::io::stdout().lock())
}
