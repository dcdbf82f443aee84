//! One instance of the local stack on one port: API and webhook, and Meta with the customer's page unless a real number
//! is spoken to.

use crate::args::Args;
use crate::bucket;
use crate::console::Console;
use crate::data::{Account, Data, DataError};
use crate::gateway::Gateway;
use crate::hosts::{self, Hosts};
use crate::log::Log;
use crate::mailbox;
use crate::panel::{self, Panel};
use crate::platform::Door;
use crate::real_number::{self, Found, NumberError, Subscription};
use crate::seed::{self, SeedError};
use crate::sockets::{self, Sockets};
use crate::stack::{Stack, StackError};
use crate::start_page::{self, Info};
use api::Origins;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use domain::Secret;
use domain::channels::prices::money::Currency;
use emulator::source::Running;
use emulator::{Emulator, OpenError};
use meta_simulator::{BusinessNumber, Config, Database, HttpTransport, Settings, Simulator};
use runtime::{Clock, ConfigError, Environment, MetaSecrets, OwnSecrets, Random, Secrets, SystemClock, SystemRandom};
use serde::Serialize;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The port without any wish, as the systems before this one had it.
const DEFAULT_PORT: u16 = 5000;

/// The Graph API version that is spoken.
const GRAPH_VERSION: &str = "v26.0";

/// Why an instance could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The environment says something wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Too little is known of a real number.
    #[error("{0}, and --meta requires it: copy .env.example to .env and fill it in")]
    RealNumber(ConfigError),
    /// A setting of the simulator cannot be turned so.
    #[error("invalid --setting {name}={value}: {problem}")]
    Setting {
        /// Which.
        name: String,
        /// What was asked.
        value: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The port cannot be had.
    #[error("cannot listen on port {port} ({why}): choose another with --port; 0 picks a free one")]
    Port {
        /// Which.
        port: u16,
        /// What the operating system said.
        why: std::io::Error,
    },
    /// The log cannot be written to.
    #[error("cannot write the log in the data folder ({0}): choose another folder with --data DIR")]
    Log(std::io::Error),
    /// Database or queues cannot be opened.
    #[error("cannot start the embedded services")]
    Open(#[from] OpenError),
    /// The functions cannot be put together.
    #[error(transparent)]
    Stack(#[from] StackError),
    /// The demo business cannot be made.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// Meta cannot be played.
    #[error("cannot start the Meta simulator: {0}")]
    Simulator(#[from] meta_simulator::Error),
    /// Meta does not know the number that `.env` names.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// The HTTP client cannot be built.
    #[error("cannot create the HTTP client: {0}")]
    Client(String),
    /// The signals that end the process cannot be caught.
    #[error("cannot handle signals: {0}")]
    Signals(#[source] std::io::Error),
    /// The server stopped.
    #[error("the server stopped: {0}")]
    Serve(#[from] std::io::Error),
}

/// What has to be known of a real number: what is made up for the demo number would be refused.
const OF_A_REAL_NUMBER: [&str; 5] =
    ["WHATSAPP_APP_SECRET", "WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_BUSINESS_ID", "WHATSAPP_DISPLAY_NUMBER"];

/// How to use a running instance: what `--json` writes. Of a real number it holds no secret.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// Where everything is served.
    pub url: String,
    /// Where Meta's webhooks go.
    pub webhook_url: String,
    /// What the handshake expects.
    pub verify_token: String,
    /// What the simulator signs webhooks with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_secret: Option<String>,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Meta's id of its account.
    pub waba_id: String,
    /// What the simulated Graph API accepts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
    /// How the owner signs in.
    pub owner_email: String,
    /// The owner's password.
    pub owner_password: String,
    /// The Graph API with its version, or what stands for it.
    pub graph_url: String,
    /// The page on which one is the customer, where Meta is simulated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_url: Option<String>,
    /// The page with the mails that were sent, where Meta is simulated: with a real number a tunnel shows this instance
    /// to everybody, and mails hold links by which one chooses passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox_url: Option<String>,
    /// Whether Meta does not post the account's webhooks to any app yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub needs_subscription: bool,
    /// What will stop the number from working, though it does now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

/// An instance that is ready to serve.
#[derive(Debug)]
pub struct Instance {
    stack: Stack,
    simulator: Option<Simulator>,
    listeners: Listeners,
    router: Router,
    ready: Ready,
    console: Console,
    builds: bool,
    _data: Data,
}

impl Instance {
    /// Takes the port, opens the data folder, and puts everything together. Nothing is emptied before it is clear that
    /// this instance has a port.
    ///
    /// # Errors
    /// [`StartError`], which says what to do.
    pub async fn start(args: &Args, environment: &Environment, log: &Log) -> Result<Self, StartError> {
        let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (Arc::new(SystemClock), Arc::new(SystemRandom));
        let settings = settings(args)?;
        if args.meta.is_some() {
            let known = OF_A_REAL_NUMBER.iter().try_for_each(|name| environment.required(name).map(drop));
            known.map_err(StartError::RealNumber)?;
        }
        let named = Origins::from_environment(environment)?;
        let console = console(environment)?;
        let client = whatsapp::transport::http_client().map_err(|error| StartError::Client(error.to_string()))?;
        let found = match &args.meta {
            Some(graph) => {
                let asked = whatsapp::Client::new(client.clone(), graph.clone());
                real_number::check(&asked, graph, environment).await?
            }
            None => Found::default(),
        };
        let listeners = Listeners::bind(port(args, environment)?).await?;
        let data = Data::open(&args.data, args.reset)?;
        log.open(data.folder()).map_err(StartError::Log)?;
        let account = data.account(environment, &*random, clock.now())?;
        let currency = if args.meta.is_some() { found.currency } else { Some(Currency::Inr) };
        let ready = Ready::new(&account, listeners.port, args.meta.as_deref(), found);
        let emulator = Emulator::open(data.folder(), Arc::clone(&clock))?;
        emulator.queues().release_in_flight().map_err(OpenError::from)?;
        let graph = whatsapp::Client::new(client, ready.graph_url.clone());
        let stack = Stack::new(&emulator, Arc::clone(&clock), Arc::clone(&random), secrets(&account), graph).await?;
        let console_origin = console.as_ref().map(|console| console.origin().ascii_serialization());
        let origins =
            named.and(own_origins(listeners.port)).and(console_origin).and(public_origins(&args.public_hosts));
        let links = console.as_ref().map_or(ready.url.as_str(), |console| console.as_str().trim_end_matches('/'));
        let own_socket = format!("ws://localhost:{}/ws", listeners.port);
        let stack = stack.allowing(origins).leading_to(links).connecting_at(&own_socket);
        let stack = stack.storing_at(&bucket::address(&ready.url)).posted_to(&ready.webhook_url);
        let stack = match &args.meta {
            Some(_) => {
                let meta = Arc::new(secrets(&account).meta);
                let public = args.public_hosts.first().map(|host| format!("https://{host}"));
                let own_console = public.as_deref().unwrap_or(&ready.url);
                stack.signing_up_by(api::Signups::from_environment(environment, own_console, meta)?)
            }
            None => stack.returning_to(&ready.url),
        };
        seed::seed(stack.store(), &account, currency, &*random).await?;
        let door = Door::new(&ready.url, &*random);
        door.leave(&data).map_err(|why| DataError::Unusable { folder: args.data.clone(), why })?;
        let gateway = stack.gateway().behind(args.client_ip_header.clone());
        let chains = stack.functions().changes.chains.clone();
        let mut router = served_always(gateway, stack.sockets()).merge(bucket::served(emulator.objects().clone()));
        router = router.merge(door.served(stack.store().clone(), chains));
        let mut simulator = None;
        if args.meta.is_none() {
            let meta = Simulator::open(meta(settings, &account, &ready, &data, Arc::clone(&clock)))?;
            let panel = Panel {
                store: stack.store().clone(),
                functions: stack.functions().clone(),
                clock,
                random,
                owner: (account.tenant, account.owner),
                session: Arc::default(),
            };
            router = router.merge(served_by_meta(&meta, panel)).merge(mailbox::mails(emulator.mailbox().clone()));
            router = router.merge(start_page::pages(ready.info()));
            simulator = Some(meta);
        }
        let console = Console::new(args.console.clone(), listeners.port);
        let hosts = Hosts::new(&args.public_hosts);
        let at_root = from_fn_with_state(stack.sockets(), sockets::at_root);
        let router = console.clone().around(router).layer(at_root).layer(from_fn_with_state(hosts, hosts::guard));
        // A script that starts an instance waits for nothing that it did not ask for.
        let builds = !args.json;
        Ok(Self { stack, simulator, listeners, router, ready, console, builds, _data: data })
    }

    /// How to use it.
    #[must_use]
    pub const fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Serves and works until `stop`. Then the workers end first, while what they call is still served, so that a send
    /// under way hears its answer; then the server.
    ///
    /// # Errors
    /// [`StartError::Serve`] if the server stops by itself.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let _building = self.builds.then(|| self.console.build());
        let (running, shutdown) = watch::channel(Running::Go);
        let simulator = self.simulator;
        let stack = self.stack;
        let workers = tokio::spawn(async move {
            let told = stopped(shutdown.clone());
            let meta = async move {
                if let Some(simulator) = simulator {
                    simulator.run(told).await;
                }
            };
            // Boxed, because their types are too deep for the compiler to see through at once.
            tokio::join!(Box::pin(meta), Box::pin(stack.run(shutdown)));
        });
        let (serve, serving) = watch::channel(Running::Go);
        tokio::spawn(async move {
            stop.await;
            let _ = running.send(Running::Stop);
            let _ = tokio::time::timeout(GRACE, workers).await;
            let _ = serve.send(Running::Stop);
        });
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let servers = self.listeners.all.into_iter().map(|listener| {
            let server = axum::serve(listener, service.clone()).with_graceful_shutdown(stopped(serving.clone()));
            server.into_future()
        });
        tokio::select! {
            served = futures::future::try_join_all(servers) => Ok(served.map(drop)?),
            () = grace(stopped(serving)) => Ok(()),
        }
    }
}

/// How long work under way may still take after a stop, and after it connections that are open.
const GRACE: std::time::Duration = std::time::Duration::from_secs(2);

async fn stopped(mut shutdown: watch::Receiver<Running>) {
    let _ = shutdown.wait_for(|running| *running == Running::Stop).await;
}

async fn grace(stopped: impl Future<Output = ()>) {
    stopped.await;
    tokio::time::sleep(GRACE).await;
}

impl Ready {
    /// The name `localhost`, as in the addresses of other pages of this machine: to a browser the number 127.0.0.1 is
    /// another site, to which their calls take no cookie along.
    fn new(account: &Account, port: u16, meta: Option<&str>, found: Found) -> Self {
        let url = format!("http://localhost:{port}");
        let if_simulated = |value: String| meta.is_none().then_some(value);
        Self {
            webhook_url: format!("{url}/api/webhook/whatsapp"),
            verify_token: account.verify_token.clone(),
            app_secret: if_simulated(account.app_secret.clone()),
            phone_number_id: account.phone_number_id.clone(),
            waba_id: account.waba_id.clone(),
            access_token: if_simulated(account.access_token.clone()),
            owner_email: account.owner_email.clone(),
            owner_password: account.owner_password.clone(),
            graph_url: meta.map_or_else(|| format!("{url}/{GRAPH_VERSION}"), str::to_owned),
            customer_url: if_simulated(format!("{url}/customer")),
            mailbox_url: if_simulated(format!("{url}/mailbox")),
            needs_subscription: found.subscription == Subscription::Missing,
            warning: found.warning,
            url,
        }
    }

    /// What the start page shows.
    fn info(&self) -> Info {
        let page = |url: &Option<String>| url.clone().unwrap_or_default();
        Info {
            email: self.owner_email.clone(),
            password: self.owner_password.clone(),
            simulator_url: page(&self.customer_url),
            mailbox_url: page(&self.mailbox_url),
        }
    }

    /// What a person reads when the instance is ready.
    #[must_use]
    pub fn greeting(&self) -> String {
        let Self { url, owner_email, owner_password, webhook_url, graph_url, verify_token, .. } = self;
        let subscribe = if self.needs_subscription {
            format!(
                "Meta does not send this account's webhooks yet. Subscribe the token's app to the account, once:\n\
                 \x20 curl -X POST {graph_url}/{}/subscribed_apps -H \"authorization: Bearer $WHATSAPP_TOKEN\"\n\n",
                self.waba_id
            )
        } else {
            String::new()
        };
        let warning = self.warning.as_ref().map_or_else(String::new, |warning| format!("Warning: {warning}\n\n"));
        let (customer, advice) = match &self.customer_url {
            Some(page) => (
                format!("  Console           {url}\n  Chat as customer  {page}\n  Mailbox           {url}/mailbox\n"),
                String::new(),
            ),
            None => (
                format!("  Verify token      {verify_token}\n"),
                format!(
                    "Meta must reach the webhook over HTTPS. Start a tunnel, such as\n\
                     \x20 cloudflared tunnel --url {url}\n\
                     In the app's dashboard, under WhatsApp, Configuration, enter the tunnel's URL followed by\n\
                     /api/webhook/whatsapp and the verify token. Subscribe to the field messages.\n\n"
                ),
            ),
        };
        format!(
            "Leadwire is ready at {url}\n\n\
             {customer}\
             \x20 Sign in as        {owner_email}   {owner_password}\n\
             \x20 Webhook           {webhook_url}\n\
             \x20 Graph API         {graph_url}\n\n\
             {warning}\
             {advice}\
             {subscribe}\
             Try it:\n\
             \x20 TOKEN=$(curl -s {url}/api/auth/login -H 'content-type: application/json' \\\n\
             \x20   -d '{{\"email\":\"{owner_email}\",\"password\":\"{owner_password}\"}}' | sed 's/.*\"accessToken\":\"\\([^\"]*\\)\".*/\\1/')\n\
             \x20 curl -s {url}/api/leads -H \"authorization: Bearer $TOKEN\"\n\n\
             Press Ctrl-C to stop. All data is kept.\n"
        )
    }
}

fn port(args: &Args, environment: &Environment) -> Result<u16, ConfigError> {
    match (args.port, environment.optional("PORT")) {
        (Some(port), _) => Ok(port),
        (None, None) => Ok(DEFAULT_PORT),
        (None, Some(text)) => text
            .parse()
            .map_err(|_| ConfigError::Wrong { name: "PORT", problem: "expected a number from 0 to 65535".to_owned() }),
    }
}

/// The front end that FRONTEND_URL names: its pages may call, and links of mails lead to it.
fn console(environment: &Environment) -> Result<Option<reqwest::Url>, ConfigError> {
    let Some(text) = environment.optional("FRONTEND_URL") else { return Ok(None) };
    let expected = "expected the URL of a front end, such as http://localhost:5173".to_owned();
    let url = reqwest::Url::parse(&text).ok().filter(|url| ["http", "https"].contains(&url.scheme()));
    url.map(Some).ok_or(ConfigError::Wrong { name: "FRONTEND_URL", problem: expected })
}

/// The pages that this instance serves itself, by both names of this machine.
fn own_origins(port: u16) -> [String; 2] {
    ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{port}"))
}

/// The same pages by public names, which a tunnel serves by https.
fn public_origins(hosts: &[String]) -> impl Iterator<Item = String> {
    hosts.iter().map(|host| format!("https://{host}"))
}

/// How often a free port is looked for that is free by both addresses of this machine.
const PORTS_TRIED: usize = 8;

/// One port of this machine. The name `localhost` stands for two addresses: if another program had the port by the one
/// that a browser tries first, it would get what is meant for this instance.
#[derive(Debug)]
struct Listeners {
    port: u16,
    all: Vec<TcpListener>,
}

impl Listeners {
    /// Takes `wanted`, or a free port where that is 0.
    async fn bind(wanted: u16) -> Result<Self, StartError> {
        let mut tries = if wanted == 0 { PORTS_TRIED } else { 1 };
        loop {
            tries -= 1;
            match Self::bind_once(wanted).await {
                Err(why) if tries == 0 || why.kind() != ErrorKind::AddrInUse => {
                    return Err(StartError::Port { port: wanted, why });
                }
                Err(_) => {}
                Ok(listeners) => return Ok(listeners),
            }
        }
    }

    async fn bind_once(wanted: u16) -> std::io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).await?;
        let port = first.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(second) => Ok(Self { port, all: vec![first, second] }),
            Err(why) if why.kind() == ErrorKind::AddrInUse => Err(why),
            // A machine without IPv6.
            Err(_) => Ok(Self { port, all: vec![first] }),
        }
    }
}

fn secrets(account: &Account) -> Secrets {
    let secrets = account.app_secret.split(',').map(str::trim).filter(|secret| !secret.is_empty());
    Secrets {
        meta: MetaSecrets {
            verify_token: Secret::new(account.verify_token.clone()),
            app_secrets: secrets.map(Secret::new).collect(),
            access_token: Secret::new(account.access_token.clone()),
        },
        own: OwnSecrets {
            token_key: Secret::new(account.token_key.clone()),
            signing_seed: Secret::new(account.signing_seed.clone()),
            former_signing_seed: None,
        },
    }
}

fn settings(args: &Args) -> Result<Settings, StartError> {
    let mut settings = Settings::default();
    for (name, value) in &args.settings {
        settings.set(name, value).map_err(|error| StartError::Setting {
            name: name.clone(),
            value: value.clone(),
            problem: error.to_string(),
        })?;
    }
    Ok(settings)
}

fn meta(settings: Settings, account: &Account, ready: &Ready, data: &Data, clock: Arc<dyn Clock>) -> Config {
    Config {
        database: Database::File(data.folder().join("meta.sqlite")),
        clock,
        transport: Arc::new(HttpTransport::default()),
        webhook_url: ready.webhook_url.clone(),
        app_secret: account.app_secret.split(',').next().unwrap_or_default().trim().to_owned(),
        verify_token: account.verify_token.clone(),
        access_token: account.access_token.clone(),
        phone_number_id: account.phone_number_id.clone(),
        waba_id: account.waba_id.clone(),
        display_phone_number: account.display_number.clone(),
        verified_name: "Leadwire Demo".to_owned(),
        more_numbers: BusinessNumber::spare(&account.access_token),
        versions: (20..=27).map(|major| format!("v{major}.0")).collect(),
        public_url: Some(ready.url.clone()),
        lead_panel_url: Some("/_local/lead".to_owned()),
        settings,
    }
}

fn served_always(gateway: Gateway, sockets: Sockets) -> Router {
    let serve = move |request: axum::extract::Request| gateway.clone().serve(request);
    Router::new()
        .route("/api/{*path}", any(serve.clone()))
        .route("/webhook/incoming", any(serve))
        .merge(mailbox::pages())
        .merge(sockets::served(sockets))
}

fn served_by_meta(simulator: &Simulator, panel: Panel) -> Router {
    Router::new().route("/_local/lead", get(panel::lead).with_state(panel)).merge(simulator.router())
}
