//! The simulator alone, for looking at its page and for trying other clients:
//! `cargo run -p meta-simulator --example serve -- [port] [webhook url] [lead url] [database=file] [setting=value …]`.

use meta_simulator::{Config, Database, Simulator};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = |index: usize, default: &str| arguments.get(index).cloned().unwrap_or_else(|| default.to_owned());
    let port = at(0, "5001");
    let mut config = Config::demo(&at(1, "http://localhost:5000/api/webhook/whatsapp"));
    config.public_url = Some(format!("http://localhost:{port}"));
    config.lead_panel_url = arguments.get(2).cloned();
    for setting in arguments.iter().skip(3) {
        let (name, value) = setting.split_once('=').ok_or("a setting is name=value")?;
        match name {
            "database" => config.database = Database::File(value.into()),
            setting => config.settings.set(setting, value)?,
        }
    }
    let simulator = Simulator::open(config)?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let server = axum::serve(listener, simulator.router());
    tokio::select! {
        served = server => served?,
        () = simulator.run(std::future::pending()) => {}
    }
    Ok(())
}
