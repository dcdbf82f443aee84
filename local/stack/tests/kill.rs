//! `kill -9` in the middle of a load of repeated webhooks and of sends, twice, and then a recount: every message once,
//! every customer one lead, every send settled and never twice at Meta. The program `soak` does the same at length.
//!
//! The load and the moments of the kills come from a seed, which is printed; `KILL_SEED` sets it.

use runtime::Environment;
use soak::Settings;
use std::path::Path;

#[tokio::test]
async fn nothing_is_lost_and_nothing_doubled_by_two_kills_in_a_row() {
    let seed = Environment::of_process().optional("KILL_SEED").map(|seed| seed.parse().unwrap());
    let settings = Settings { deliveries: 200, sends: 20, kills: 2, seed: seed.unwrap_or_else(rand::random) };
    println!("KILL_SEED={}", settings.seed);
    let folder = tempfile::tempdir().unwrap();
    let ledger = soak::run(&settings, Path::new(env!("CARGO_BIN_EXE_leadwire")), folder.path()).await;
    println!("{ledger}");
    assert_eq!(ledger.violations, [""; 0]);
    assert_eq!((ledger.kills, ledger.ids.len()), (2, 20));
}
