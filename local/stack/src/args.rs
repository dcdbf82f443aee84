//! What can be said on the command line.

use crate::platform::Task;
use clap::{Parser, Subcommand};
use http::HeaderName;
use std::path::PathBuf;

/// Run Leadwire on this machine: API, workers, embedded database and queues, and a simulator of Meta.
#[derive(Clone, Debug, Parser)]
#[command(name = "leadwire", version)]
pub struct Args {
    /// The port to listen on; 0 picks a free one. Defaults to the environment variable PORT, or 5000.
    #[arg(long)]
    pub port: Option<u16>,

    /// The data folder.
    #[arg(long, global = true, value_name = "DIR", default_value = ".leadwire")]
    pub data: PathBuf,

    /// Delete all data in the data folder, and start with an empty one.
    #[arg(long)]
    pub reset: bool,

    /// Print only errors.
    #[arg(long)]
    pub quiet: bool,

    /// When ready, print the URLs and credentials of this instance as one line of JSON, for scripts.
    #[arg(long)]
    pub json: bool,

    /// The folder with the console's sources. Without --json, the console is built if it is missing or out of date.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web"))]
    pub console: PathBuf,

    /// Connect to Meta with a real number instead of the simulator. Takes the URL of the Graph API with its version,
    /// such as `https://graph.facebook.com/v26.0`. Set the number's details in the environment: see .env.example.
    #[arg(long, value_name = "URL", value_parser = graph_url, conflicts_with = "settings")]
    pub meta: Option<String>,

    /// An additional host name to accept, such as that of a tunnel; may be repeated. Requests to other names than
    /// these, localhost and 127.0.0.1 are rejected, except those to the webhook.
    #[arg(long = "public-host", value_name = "NAME", value_parser = host)]
    pub public_hosts: Vec<String>,

    /// The header with the client's IP address from a tunnel or proxy, such as `CF-Connecting-IP`. Without it, all
    /// clients behind the tunnel share one address.
    #[arg(long, value_name = "HEADER")]
    pub client_ip_header: Option<HeaderName>,

    /// Change a setting of the Meta simulator, such as `duplicates=2` or `hidden-phones=true`; may be repeated.
    #[arg(long = "setting", value_name = "NAME=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,

    /// A command to run instead of starting an instance.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// A command to run instead of starting an instance.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Show all log lines of one message, from all functions.
    Trace {
        /// Leadwire's or WhatsApp's ID of the message.
        id: String,
    },
    /// Check the token, the number, its webhooks, the database and the API of a running instance, and say what to fix.
    Doctor,
    /// Send a text message from a running instance, and wait for WhatsApp's answer.
    Send {
        /// The phone number to send to, with its country code.
        phone: String,
        /// The text.
        text: String,
    },
    /// Operator tasks. They also work while an instance is using the data folder.
    #[command(flatten)]
    Platform(Task),
}

/// Without a version, Meta would choose one.
fn graph_url(text: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(text).map_err(|error| error.to_string())?;
    let version = url.path().trim_matches('/');
    let versioned = version.strip_prefix('v').is_some_and(|number| number.parse::<f32>().is_ok());
    if !["http", "https"].contains(&url.scheme()) || !versioned {
        return Err(
            "expected the URL of the Graph API with its version, such as https://graph.facebook.com/v26.0".to_owned()
        );
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn host(text: &str) -> Result<String, String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if text.is_empty() || !text.bytes().all(is_name) {
        return Err("expected a host name without scheme, port or path, such as crm.example.com".to_owned());
    }
    Ok(text.to_ascii_lowercase())
}

fn setting(text: &str) -> Result<(String, String), String> {
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
    fn a_setting_needs_a_name_and_a_value() {
        assert!(Args::try_parse_from(["leadwire", "--setting", "duplicates"]).is_err());
        let args = Args::try_parse_from(["leadwire", "--setting", "duplicates=2", "--port", "0"]).unwrap();
        assert_eq!((args.settings, args.port), (vec![("duplicates".into(), "2".into())], Some(0)));
    }
}
