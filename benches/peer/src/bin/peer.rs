//! `cargo run --release --bin peer`: Leadwire beside Express and MariaDB, and the page about it.

use clap::Parser;
use peer::figures::Figures;
use peer::systems::{Programs, System};
use peer::{kills, page, plot, speed};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// What this program was told to be built with, and Leadwire with it: LTO, and units of code.
const PROFILE: [Option<&str>; 2] =
    [option_env!("CARGO_PROFILE_RELEASE_LTO"), option_env!("CARGO_PROFILE_RELEASE_CODEGEN_UNITS")];

/// Measures Leadwire and an Express backend on MariaDB under the same load, kills both, and writes about it.
#[derive(Debug, Parser)]
#[command(name = "peer", version)]
struct Args {
    /// How many rounds; in each, every system has its turn.
    #[arg(long, default_value_t = 10)]
    rounds: usize,

    /// How long each window is.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,

    /// How often each system is killed.
    #[arg(long, default_value_t = 10)]
    kills: usize,

    /// What the moments of the kills come from.
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Where the figures are kept.
    #[arg(long, default_value = "target/peer.json")]
    keep: PathBuf,

    /// Measure nothing, and write about the figures that are kept.
    #[arg(long)]
    again: bool,

    /// Write the page here, and the plot beside it.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let figures = if args.again {
        serde_json::from_slice(&std::fs::read(&args.keep).expect("figures are kept")).expect("they are figures")
    } else {
        // What was started lies in process groups of its own, which the terminal's Ctrl-C does not reach.
        let figures = tokio::select! {
            figures = measure(&args) => figures,
            _ = tokio::signal::ctrl_c() => return ExitCode::FAILURE,
        };
        std::fs::write(&args.keep, serde_json::to_vec(&figures).expect("figures are JSON")).expect("they can be kept");
        figures
    };
    let text = page::page(&figures);
    match &args.write {
        Some(file) => {
            std::fs::write(file, text).expect("the page can be written");
            std::fs::write(file.with_extension("svg"), plot::plot(&figures)).expect("the plot can be written");
        }
        None => println!("{text}"),
    }
    let lost = figures.killed.get(&System::Leadwire).is_some_and(|killed| killed.missing + killed.doubled > 0);
    if lost { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn measure(args: &Args) -> Figures {
    let place = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = |name: &str| {
        let folder = place.path().join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        folder
    };
    let programs = Programs {
        leadwire: beside("leadwire"),
        server: Path::new(env!("CARGO_MANIFEST_DIR")).join("server"),
        empty: place.path().join("empty"),
    };
    programs.make_empty();
    let load = said("cat", &["/proc/loadavg"]);
    let mut windows = Vec::new();
    for round in 0..args.rounds {
        for turn in 0..System::ALL.len() {
            let system = System::ALL[(round + turn) % System::ALL.len()];
            let its = folder("speed");
            let measured = speed::round(&programs, system, &its, Duration::from_secs_f64(args.seconds)).await;
            for window in &measured {
                println!("round {} {}: {window:?}", round + 1, system.name());
            }
            windows.extend(measured);
            std::fs::remove_dir_all(its).expect("a folder can be removed");
        }
    }
    let (mut killed, mut dice) = (BTreeMap::new(), StdRng::seed_from_u64(args.seed));
    for system in System::ALL {
        let its = folder("kills");
        let left = kills::run(&programs, system, &its, args.kills, &mut dice).await;
        println!("{}: {left:?}", system.name());
        killed.insert(system, left);
        std::fs::remove_dir_all(its).expect("a folder can be removed");
    }
    Figures {
        machine: machine(),
        load,
        nice: said("nice", &[]),
        lto: PROFILE[0].unwrap_or("as in Cargo.toml").to_owned(),
        units: PROFILE[1].unwrap_or("as in Cargo.toml").to_owned(),
        seed: args.seed,
        versions: format!("Node {}, {}", said("node", &["--version"]), said("mariadbd", &["--version"])),
        seconds: args.seconds,
        windows,
        killed,
    }
}

/// A program that was built beside this one.
fn beside(name: &str) -> PathBuf {
    let program = std::env::current_exe().expect("this program has a path").with_file_name(name);
    assert!(program.is_file(), "{name} is to be built first: cargo build --release --bin {name}");
    program
}

/// The processor and how many of it.
fn machine() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let models: Vec<_> = told.lines().filter_map(|line| line.strip_prefix("model name")).collect();
    let model = models.first().map_or("", |model| model.trim_start_matches([' ', '\t', ':']));
    format!("{} cores of {model}", models.len())
}

/// What a program writes.
fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().expect("a program that is needed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
