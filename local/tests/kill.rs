//! `kill -9` in the middle of a load of repeated webhooks and of sends, three times, and then a recount: every message
//! once, every customer one lead, every send settled and never twice at Meta. The same at length is the program `soak`.
//!
//! What is said and the moments of the kills come from a seed, which is printed; `KILL_SEED` sets it.

use runtime::Environment;
use soak::Settings;
use soak::workers::Ledger;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_nothing_doubled_by_three_kills_in_a_row() {
    let asked = Environment::of_process().optional("KILL_SEED").map(|seed| seed.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        executable: env!("CARGO_BIN_EXE_leadwire").into(),
        folder: folder.path().to_owned(),
        seed: asked.unwrap_or_else(rand::random),
        deliveries: 400,
        sends: 150,
        kills: 3,
    };
    println!("KILL_SEED={}", settings.seed);
    let report = soak::run(&settings, &Ledger::default()).await;
    println!("{report}");
    assert_eq!(report.violations, [""; 0]);
    assert_eq!((report.counts.kills, report.counts.accepted), (3, 150));
}
