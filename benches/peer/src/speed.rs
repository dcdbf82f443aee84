//! How fast a system accepts webhooks, and what that costs it.

use crate::drive::drive;
use crate::figures::{CONNECTIONS, Window};
use crate::load::Load;
use crate::systems::{Programs, Running, System};
use std::path::Path;
use std::time::{Duration, Instant};

/// The connections over which every customer writes before anything is measured.
const WARM_UP: usize = 8;

/// How often each customer has written before that: first contacts and the move to "Contacted" are over.
const WRITTEN: u64 = 2;

/// How many customers there are.
pub const CUSTOMERS: u64 = 500;

/// One round of one system, from an empty folder: a window for each number of connections, and each begins when all
/// that came before is stored.
pub async fn round(programs: &Programs, system: System, folder: &Path, length: Duration) -> Vec<Window> {
    let load = Load::of(CUSTOMERS);
    let running = Running::start(programs, system, folder).await;
    let webhook = running.webhook();
    let warm = drive(&webhook, WARM_UP, || (load.made() < CUSTOMERS * WRITTEN).then(|| load.another()));
    let mut stored = warm.await.accepted.len();
    running.settled(stored).await;
    let mut windows = Vec::new();
    for connections in CONNECTIONS {
        let (before, begun) = (running.usage(), Instant::now());
        let posted = drive(&webhook, connections, || (begun.elapsed() < length).then(|| load.another())).await;
        let (took, during) = (begun.elapsed(), running.usage());
        stored += posted.accepted.len();
        running.settled(stored).await;
        let (behind, after) = (begun.elapsed() - took, running.usage());
        let mut times: Vec<_> = posted.accepted.iter().map(|(_, took)| milliseconds(*took)).collect();
        times.sort_by(f64::total_cmp);
        let count = times.len() as f64;
        windows.push(Window {
            system,
            connections,
            rate: count / took.as_secs_f64(),
            p50: times[times.len() / 2],
            p99: times[times.len() * 99 / 100],
            refused: posted.refused,
            cpu: milliseconds(during.cpu - before.cpu) / count,
            cpu_stored: milliseconds(after.cpu - before.cpu) / count,
            behind: behind.as_secs_f64(),
            memory: during.memory as f64 / 1024.0,
        });
    }
    windows
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
