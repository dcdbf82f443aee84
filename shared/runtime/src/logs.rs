//! Logs: one JSON line for each event on Lambda, readable lines locally. Never content, phones or tokens:
//! the types that hold those mask themselves.

use tracing_subscriber::EnvFilter;

/// Writes JSON lines to stdout, at `info` unless `level` says otherwise.
pub fn json(level: Option<&str>) {
    let filter = EnvFilter::try_new(level.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_current_span(false).init();
}

/// Writes readable lines to stderr, at `level`.
pub fn readable(level: &str) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).compact().init();
}
