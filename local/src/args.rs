//! What can be said on the command line.

use crate::platform::Task;
use clap::{Parser, Subcommand};
use http::HeaderName;
use std::path::PathBuf;

/// Leadwire on this machine: the API, the workers, an embedded database and queue, and a Meta to talk to.
#[derive(Clone, Debug, Parser)]
#[command(name = "leadwire", version)]
pub struct Args {
    /// The port to serve on; 0 picks a free one. Without it, the environment variable PORT, else 5000.
    #[arg(long)]
    pub port: Option<u16>,

    /// Where everything is kept.
    #[arg(long, global = true, value_name = "DIR", default_value = ".leadwire")]
    pub data: PathBuf,

    /// Throw away what is kept there, and begin anew.
    #[arg(long)]
    pub reset: bool,

    /// Say nothing but errors.
    #[arg(long)]
    pub quiet: bool,

    /// When ready, write one line of JSON to stdout that says how to use this instance, for scripts.
    #[arg(long)]
    pub json: bool,

    /// The sources of the console. Without --json it is built there when it is missing or its sources have changed.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../web"))]
    pub console: PathBuf,

    /// Speak to Meta and a real number instead of the simulator: the Graph API with its version, such as
    /// `https://graph.facebook.com/v26.0`. What is known of the number is in the environment: see .env.example.
    #[arg(long, value_name = "URL", value_parser = graph_url, conflicts_with = "knobs")]
    pub meta: Option<String>,

    /// Another host name to answer to, such as that of a tunnel; may be repeated. Requests to any other name than this,
    /// localhost and 127.0.0.1 are refused, except the webhook's.
    #[arg(long = "public-host", value_name = "NAME", value_parser = host)]
    pub public_hosts: Vec<String>,

    /// The header in which a tunnel or proxy gives the client's address, such as `CF-Connecting-IP`. Without it, every
    /// client behind the tunnel counts as this machine.
    #[arg(long, value_name = "HEADER")]
    pub client_ip_header: Option<HeaderName>,

    /// Turn a knob of the Meta simulator, such as `duplicates=2` or `hidden-phones=true`; may be repeated.
    #[arg(long = "knob", value_name = "NAME=VALUE", value_parser = knob)]
    pub knobs: Vec<(String, String)>,

    /// Something else than starting.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than starting.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Show what the log says of one message, at every function that had it in hand.
    Trace {
        /// Our id of it, or WhatsApp's.
        id: String,
    },
    /// What an operator does; an instance that uses the data folder may go on.
    #[command(flatten)]
    Platform(Task),
}

/// Whoever leaves the version out would be answered by whatever version Meta thinks best.
fn graph_url(text: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(text).map_err(|error| error.to_string())?;
    let version = url.path().trim_matches('/');
    let versioned = version.strip_prefix('v').is_some_and(|number| number.parse::<f32>().is_ok());
    if !["http", "https"].contains(&url.scheme()) || !versioned {
        return Err("expected the Graph API with its version, such as https://graph.facebook.com/v26.0".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn host(text: &str) -> Result<String, String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if text.is_empty() || !text.bytes().all(is_name) {
        return Err("expected a host name without scheme, port and path, such as crm.example.com".to_owned());
    }
    Ok(text.to_ascii_lowercase())
}

fn knob(text: &str) -> Result<(String, String), String> {
    let both = text.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    both.ok_or_else(|| "expected NAME=VALUE, such as duplicates=2".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_api_needs_a_version() {
        for wrong in
            ["graph.facebook.com", "https://graph.facebook.com", "ftp://graph.facebook.com/v26.0", "https://x/26"]
        {
            assert!(Args::try_parse_from(["leadwire", "--meta", wrong]).is_err(), "{wrong}");
        }
        let args = Args::try_parse_from(["leadwire", "--meta", "https://graph.facebook.com/v26.0/"]).unwrap();
        assert_eq!(args.meta.as_deref(), Some("https://graph.facebook.com/v26.0"));
    }

    #[test]
    fn a_public_host_is_a_name_alone() {
        for wrong in ["", "https://crm.example.com", "crm.example.com:443", "crm.example.com/app", "*.example.com"] {
            assert!(Args::try_parse_from(["leadwire", "--public-host", wrong]).is_err(), "{wrong}");
        }
        let args = Args::try_parse_from(["leadwire", "--public-host", "CRM.example.com"]).unwrap();
        assert_eq!(args.public_hosts, ["crm.example.com"]);
    }

    #[test]
    fn a_knob_needs_a_name_and_a_value() {
        assert!(Args::try_parse_from(["leadwire", "--knob", "duplicates"]).is_err());
        let args = Args::try_parse_from(["leadwire", "--knob", "duplicates=2", "--port", "0"]).unwrap();
        assert_eq!((args.knobs, args.port), (vec![("duplicates".into(), "2".into())], Some(0)));
    }
}
