//! Starting, ending and starting again: what `cargo run` promises to whoever types it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

mod support;

use domain::Secret;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use soak::process::Ended;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use support::{Instance, eventually, http, leadwire, start};
use tempfile::{TempDir, tempdir};

fn folder() -> TempDir {
    tempdir().unwrap()
}

/// Tries to start, and must not come to it: the exit code has to be 1, and there has to be exactly one line.
async fn refused(folder: &Path, args: &[&str]) -> String {
    refusal(Instance::run(leadwire(folder, args)).await.err())
}

fn refusal(ended: Option<Ended>) -> String {
    let Ended { status, stdout, stderr } = ended.expect("it must not start");
    assert_eq!((status.code(), stdout.as_str()), (Some(1), ""), "{stderr}");
    assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
    stderr
}

/// What the program says that does its task and ends, without complaint.
fn said(folder: &Path, args: &[&str]) -> String {
    let ended = leadwire(folder, args).output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap().as_str()), (Some(0), ""));
    String::from_utf8(ended.stdout).unwrap()
}

/// Asserts that the line says all of it.
fn says(line: &str, words: &[&str]) {
    for word in words {
        assert!(line.contains(word), "{word} is missing: {line}");
    }
}

async fn leads(instance: &Instance, http: &Client) -> Vec<Value> {
    let token = instance.sign_in(http).await;
    leads_of(instance, http, &token).await
}

async fn leads_of(instance: &Instance, http: &Client, token: &str) -> Vec<Value> {
    let leads = instance.get(http, token, "/api/leads").await;
    leads["items"].as_array().unwrap().clone()
}

/// The first lead, once it is there.
async fn lead(instance: &Instance, http: &Client) -> Value {
    let token = instance.sign_in(http).await;
    eventually("the lead", || async { leads_of(instance, http, &token).await.pop() }).await
}

/// Lets the first customer write, and waits for the lead.
async fn somebody_writes(instance: &Instance, http: &Client) -> Value {
    let hello = json!({ "from": "919876500001", "type": "text", "text": "Hello" });
    instance.post(http, "/_sim/messages", hello).await;
    lead(instance, http).await
}

#[tokio::test]
async fn ready_is_told_in_one_line_of_json_with_exactly_these_fields() {
    let folder = folder();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let fields: Vec<_> = instance.ready.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "url",
        "webhookUrl",
        "verifyToken",
        "appSecret",
        "phoneNumberId",
        "wabaId",
        "accessToken",
        "ownerEmail",
        "ownerPassword",
        "graphUrl",
        "customerUrl",
        "mailboxUrl",
    ];
    expected.sort_unstable();
    assert_eq!(fields, expected);
    assert!(expected.iter().all(|field| !instance.field(field).is_empty()), "{}", instance.ready);
    let health = http.get(instance.at("/api/health")).send().await.unwrap();
    assert_eq!((health.status().as_u16(), health.text().await.unwrap()), (200, r#"{"status":"ok"}"#.to_owned()));
    let Ended { stdout, stderr, .. } = instance.end("TERM").await;
    assert_eq!((stdout.lines().count(), stderr.as_str()), (1, ""));
}

#[tokio::test]
async fn what_is_told_can_be_used() {
    let folder = folder();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let ask = [("hub.mode", "subscribe"), ("hub.verify_token", instance.field("verifyToken")), ("hub.challenge", "42")];
    let handshake = reqwest::Url::parse_with_params(instance.field("webhookUrl"), ask).unwrap();
    assert_eq!(http.get(handshake).send().await.unwrap().text().await.unwrap(), "42");
    let number = format!("{}/{}", instance.field("graphUrl"), instance.field("phoneNumberId"));
    assert_eq!(http.get(number).bearer_auth(instance.field("accessToken")).send().await.unwrap().status(), 200);
    let page = http.get(instance.field("customerUrl")).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    instance.sign_in(&http).await;
    let port = instance.field("url").strip_prefix("http://localhost:").unwrap();
    let by_number = http.get(format!("http://127.0.0.1:{port}/api/health")).send().await.unwrap();
    assert_eq!(by_number.status(), 200);
}

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let folder = folder();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let unknown = http.get(instance.at("/api/nothing/here")).send().await.unwrap();
    assert_eq!(unknown.status(), 404);
    assert_eq!(unknown.headers()["content-type"], "application/problem+json");
    assert_eq!(unknown.json::<Value>().await.unwrap()["type"], "/problems/not-found");
}

#[tokio::test]
async fn a_port_in_use_is_named_and_nothing_is_emptied_for_it() {
    let folder = folder();
    let http = http();
    let first = start(folder.path(), &["--port", "0"]).await;
    let lead = somebody_writes(&first, &http).await;
    first.end("TERM").await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    says(&refused(folder.path(), &["--port", &port, "--reset"]).await, &["error: ", &port, "--port"]);
    let second = start(folder.path(), &["--port", "0"]).await;
    assert_eq!(leads(&second, &http).await[0]["id"], lead["id"]);
}

#[tokio::test]
async fn a_file_in_the_way_of_the_data_folder_is_named() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    says(&refused(&file, &["--port", "0"]).await, &["error: ", &file.to_string_lossy(), "--data"]);
    let below = file.join("folder");
    says(&refused(&below, &["--port", "0"]).await, &["error: ", &below.to_string_lossy(), "--data"]);
}

/// What others may do with a file or folder.
fn others_may(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o077
}

#[tokio::test]
async fn the_data_folder_and_every_file_in_it_are_for_their_owner_alone_also_those_that_are_there_already() {
    let history = folder();
    let http = http();
    let data = history.path().join("data");
    for _ in 0..2 {
        let instance = start(&data, &["--port", "0"]).await;
        somebody_writes(&instance, &http).await;
        let files: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(files.iter().any(|file| file.ends_with("account.json")) && files.len() > 5, "{files:?}");
        let open: Vec<_> = files.iter().chain([&data]).filter(|path| others_may(path) != 0).collect();
        assert!(open.is_empty(), "{open:?}");
        instance.end("TERM").await;
        for path in files.iter().chain([&data]).filter(|path| path.exists()) {
            let mode = if path.is_dir() { 0o755 } else { 0o644 };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}

#[tokio::test]
async fn the_state_of_another_version_is_refused_until_it_is_reset() {
    let folder = folder();
    let http = http();
    let first = start(folder.path(), &["--port", "0"]).await;
    somebody_writes(&first, &http).await;
    first.end("TERM").await;
    fs::write(folder.path().join("format"), "999\n").unwrap();
    let name = folder.path().to_string_lossy();
    says(&refused(folder.path(), &["--port", "0"]).await, &[&name, "another version", "999", "--reset", "--data"]);
    let second = start(folder.path(), &["--port", "0", "--reset"]).await;
    assert_eq!(leads(&second, &http).await, Vec::<Value>::new());
    second.end("TERM").await;
    start(folder.path(), &["--port", "0"]).await;
}

#[tokio::test]
async fn a_folder_of_somebody_elses_files_is_left_as_it_is_even_by_reset() {
    let folder = folder();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let name = folder.path().to_string_lossy();
    for args in [&["--port", "0"][..], &["--port", "0", "--reset"]] {
        says(&refused(folder.path(), args).await, &[&name, "not Leadwire's", "--data"]);
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["thesis.txt"]);
}

#[tokio::test]
async fn two_instances_run_side_by_side_and_never_in_one_folder() {
    let one = folder();
    let two = folder();
    let http = http();
    let first = start(one.path(), &["--port", "0"]).await;
    let second = start(two.path(), &["--port", "0"]).await;
    assert_ne!(first.field("url"), second.field("url"));
    somebody_writes(&first, &http).await;
    assert_eq!(leads(&second, &http).await, Vec::<Value>::new());
    for args in [&["--port", "0"][..], &["--port", "0", "--reset"]] {
        says(&refused(one.path(), args).await, &[&one.path().to_string_lossy(), "another instance", "--data"]);
    }
    assert_eq!(leads(&first, &http).await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_on_the_command_line_or_in_the_environment_is_named() {
    let folder = folder();
    let mut command = leadwire(folder.path(), &[]);
    command.env("PORT", "abc");
    says(&refusal(Instance::run(command).await.err()), &["PORT", "0 to 65535"]);
    let mut command = leadwire(folder.path(), &["--port", "0"]);
    command.env("ALLOWED_ORIGINS", "*");
    says(&refusal(Instance::run(command).await.err()), &["ALLOWED_ORIGINS", "list each origin"]);
    for (setting, words) in [
        ("colour=red", ["--setting colour=red", "batch"]),
        ("duplicates=many", ["--setting duplicates=many", "expected u32"]),
        ("batch=0", ["--setting batch=0", "1 to 1000"]),
    ] {
        says(&refused(folder.path(), &["--port", "0", "--setting", setting]).await, &words);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made before all is clear");
}

#[tokio::test]
async fn each_setting_that_the_help_gives_as_an_example_turns() {
    let folder = folder();
    let help = said(folder.path(), &["--help"]);
    let about = help.split_once("--setting").unwrap().1;
    let examples: Vec<_> = about.split('`').filter(|word| word.contains('=') && !word.contains(' ')).collect();
    assert!(examples.len() >= 2, "{about}");
    let settings = examples.iter().flat_map(|example| ["--setting", example]);
    start(folder.path(), &["--port", "0"].into_iter().chain(settings).collect::<Vec<_>>()).await;
}

/// Tries to start where the file `.env` holds `text`.
async fn with_env_file(text: &str) -> Result<String, Ended> {
    let history = folder();
    fs::write(history.path().join(".env"), text).unwrap();
    let mut command = leadwire(&history.path().join("data"), &["--port", "0"]);
    command.current_dir(history.path());
    Instance::run(command).await.map(|instance| instance.field("verifyToken").to_owned())
}

#[tokio::test]
async fn an_env_file_is_read_as_people_write_it() {
    for text in [
        "WHATSAPP_DISPLAY_NUMBER=+1 555 078 3881\nWHATSAPP_VERIFY_TOKEN=two words # said by nobody\n",
        "\u{feff}# of Windows\r\n\r\nexport WHATSAPP_VERIFY_TOKEN=\"two words\"\r\n",
        "WHATSAPP_VERIFY_TOKEN='two words'",
    ] {
        assert_eq!(with_env_file(text).await.map_err(|ended| ended.stderr), Ok("two words".to_owned()), "{text:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_env_file_is_named_by_line_and_variable_and_shows_no_value() {
    for (text, words) in [
        ("PORT=0\nWHATSAPP_TOKEN='EAAG secret", &["line 2", "WHATSAPP_TOKEN"][..]),
        ("WHATSAPP_TOKEN=\"EAAG\" secret", &["line 1", "WHATSAPP_TOKEN"]),
        ("\nEAAG secret", &["line 2", "NAME=value"]),
    ] {
        let line = refusal(with_env_file(text).await.err());
        says(&line, words);
        assert!(!line.contains("EAAG") && !line.contains("secret"), "{line}");
    }
}

#[tokio::test]
async fn a_front_end_that_is_named_may_call_and_gets_the_links_of_mails() {
    let folder = folder();
    let http = http();
    let mut command = leadwire(folder.path(), &["--port", "0"]);
    command.env("FRONTEND_URL", "http://localhost:5173/crm/");
    let instance = Instance::run(command).await.unwrap();
    assert_eq!(allowed(&instance, "http://localhost:5173").await.as_deref(), Some("http://localhost:5173"));
    let forgotten = json!({ "email": instance.field("ownerEmail") });
    let asked = http.post(instance.at("/api/auth/forgot-password")).json(&forgotten).send().await.unwrap();
    assert_eq!(asked.status(), 202);
    let text = eventually("the mail", || async {
        let mails = instance.get(&http, "", "/mailbox.json").await;
        mails["items"][0]["text"].as_str().map(str::to_owned)
    })
    .await;
    assert!(text.contains("http://localhost:5173/crm/reset-password#token="), "{text}");
    let mut command = leadwire(folder.path(), &["--port", "0"]);
    command.env("FRONTEND_URL", "localhost:5173");
    says(&refusal(Instance::run(command).await.err()), &["FRONTEND_URL", "http://localhost:5173"]);
}

#[tokio::test]
async fn an_operator_makes_a_key_and_reads_what_is_parked_while_the_instance_runs() {
    let folder = folder();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let made = said(folder.path(), &["operator"]);
    let key = made.trim().rsplit(' ').next().unwrap();
    assert!(instance.get(&http, key, "/api/clients").await["items"].is_array());
    let body = b"no JSON";
    let signature = whatsapp::signature::sign(body, &Secret::new(instance.field("appSecret")));
    let post = http.post(instance.field("webhookUrl")).header("x-hub-signature-256", signature);
    assert_eq!(post.body(&body[..]).send().await.unwrap().status(), 200);
    let listed = said(folder.path(), &["parked"]);
    says(&listed, &["prk_", "7 bytes", "no number", "not JSON"]);
    let id = listed.split(' ').next().unwrap();
    let door = http.post(instance.at("/_local/platform")).json("operator").send().await.unwrap();
    assert_eq!(door.status(), 401, "a page of this machine has no token");
    instance.end("TERM").await;
    assert_eq!(said(folder.path(), &["parked", id]), "no JSON\n", "also without an instance");
}

#[tokio::test]
async fn whoever_wrote_an_event_that_is_posted_is_on_the_customers_page_with_what_they_wrote() {
    let folder = folder();
    let http = http();
    let instance = start(folder.path(), &["--port", "0"]).await;
    let event = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events/whatsapp/text.json");
    for _ in 0..2 {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_post-event"));
        command.arg(&event).args(["--url", instance.field("url"), "--data"]).arg(folder.path());
        assert!(command.status().unwrap().success());
    }
    let people = instance.get(&http, "", "/_sim/people").await;
    let names: Vec<_> = people.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Asha Rao", "Ana Souza"]);
    let talk = instance.get(&http, "", "/_sim/people/2/conversation").await;
    assert_eq!((talk["turns"].as_array().unwrap().len(), &talk["turns"][0]["ticks"]), (1, &json!("delivered")));
    assert_eq!(talk["turns"][0]["type"], "text");
}

#[tokio::test]
async fn a_port_of_the_environment_is_taken_unless_the_command_line_has_another() {
    let folder = folder();
    let mut command = leadwire(folder.path(), &[]);
    command.env("PORT", "0");
    let instance = Instance::run(command).await.unwrap();
    let health = http().get(instance.at("/api/health")).send().await.unwrap();
    assert_eq!(health.status(), 200);
    instance.end("TERM").await;
    let mut command = leadwire(folder.path(), &["--port", "0"]);
    command.env("PORT", "abc");
    assert!(Instance::run(command).await.is_ok());
}

/// What a page of `origin` is told when its browser asks whether it may sign in: the site whose pages may.
async fn allowed(instance: &Instance, origin: &str) -> Option<String> {
    let login = http().request(Method::OPTIONS, instance.at("/api/auth/login")).header("origin", origin);
    let answer = login.header("access-control-request-method", "POST").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let named = answer.headers().get("access-control-allow-origin");
    named.map(|origin| origin.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn s11_pages_of_this_instance_and_of_sites_that_are_named_may_call_and_no_others() {
    let folder = folder();
    let mut command = leadwire(folder.path(), &["--port", "0"]);
    command.env("ALLOWED_ORIGINS", "http://localhost:5173");
    let instance = Instance::run(command).await.unwrap();
    let own = instance.at("");
    for origin in [own.as_str(), &own.replace("localhost", "127.0.0.1"), "http://localhost:5173"] {
        assert_eq!(allowed(&instance, origin).await.as_deref(), Some(origin));
    }
    assert_eq!(allowed(&instance, "http://localhost:5174").await, None);
}

#[tokio::test]
async fn either_name_of_the_verify_token_is_honoured() {
    let folder = folder();
    for (names, token) in [
        (&["WHATSAPP_VERIFY_TOKEN"][..], "first"),
        (&["WHATSAPP_WEBHOOK_VERIFY_TOKEN"], "second"),
        (&["WHATSAPP_WEBHOOK_VERIFY_TOKEN", "WHATSAPP_VERIFY_TOKEN"], "third"),
    ] {
        let mut command = leadwire(folder.path(), &["--port", "0"]);
        command.envs(names.iter().map(|name| (*name, if *name == names[names.len() - 1] { token } else { "other" })));
        let instance = Instance::run(command).await.unwrap();
        assert_eq!(instance.field("verifyToken"), token);
        let status = |said: &str| {
            let query = format!("?hub.mode=subscribe&hub.challenge=7&hub.verify_token={said}");
            http().get(format!("{}{query}", instance.field("webhookUrl"))).send()
        };
        assert_eq!(status(token).await.unwrap().status(), 200);
        assert_eq!(status("another").await.unwrap().status(), 403);
    }
}

/// What a request to this path that names this host is answered.
async fn status_of(instance: &Instance, method: Method, path: &str, host: &str) -> u16 {
    let url = format!("{}{path}", instance.field("url"));
    http().request(method, url).header("host", host).body("{}").send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_page_whose_name_resolves_to_this_machine_reaches_the_signed_webhook_alone() {
    let folder = folder();
    let instance = start(folder.path(), &["--port", "0", "--public-host", "crm.example.com"]).await;
    for path in ["/", "/customer", "/mailbox.json", "/api/health", "/api/leads", "/_local/lead", "/nothing"] {
        for (host, refused) in [("evil.example:5000", true), ("localhost", false), ("crm.example.com", false)] {
            let status = status_of(&instance, Method::GET, path, host).await;
            assert_eq!(status == 421, refused, "{host}{path}: {status}");
        }
    }
    assert_eq!(status_of(&instance, Method::POST, "/api/auth/login", "evil.example").await, 421);
    for path in ["/api/webhook/whatsapp", "/api/whatsapp/webhook", "/webhook/incoming"] {
        assert_eq!(status_of(&instance, Method::POST, path, "evil.example").await, 401, "{path} asks for a signature");
    }
}

#[tokio::test]
async fn a_signal_ends_it_cleanly_although_a_connection_is_open() {
    for signal in ["INT", "TERM"] {
        let folder = folder();
        let http = http();
        let instance = start(folder.path(), &["--port", "0"]).await;
        // The client keeps its connection, for the next request; the bare one has not even asked.
        http.get(instance.at("/api/health")).send().await.unwrap().text().await.unwrap();
        let silent = tokio::net::TcpStream::connect(instance.field("url").trim_start_matches("http://")).await.unwrap();
        let Ended { status, stderr, .. } = instance.end(signal).await;
        assert_eq!((status.code(), stderr.as_str()), (Some(0), ""), "SIG{signal}");
        drop(silent);
    }
}

#[tokio::test]
async fn a_signal_right_after_the_ready_line_is_not_missed() {
    let folder = folder();
    let instance = start(folder.path(), &["--port", "0"]).await;
    assert_eq!(instance.end("INT").await.status.code(), Some(0));
}

#[tokio::test]
async fn a_send_under_way_at_the_end_hears_its_answer() {
    let folder = folder();
    let http = http();
    let slow = r#"faults=[{"mode":"hang","seconds":1}]"#;
    let first = start(folder.path(), &["--port", "0", "--setting", slow]).await;
    let lead = somebody_writes(&first, &http).await;
    let token = first.sign_in(&http).await;
    let send = json!({ "leadId": lead["id"], "text": "On my way" });
    let answer = http.post(first.at("/api/messages")).bearer_auth(&token).json(&send).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    eventually("Meta has it", || async {
        let sends = first.get(&http, "", "/_sim/sends").await;
        sends["items"].as_array().filter(|sends| !sends.is_empty()).map(|_| ())
    })
    .await;
    assert_eq!(first.end("TERM").await.status.code(), Some(0));

    let second = start(folder.path(), &["--port", "0"]).await;
    let token = second.sign_in(&http).await;
    let path = format!("/api/leads/{}", lead["id"].as_str().unwrap());
    let page = second.get(&http, &token, &path).await;
    let sent = &page["messages"][0];
    assert!(sent["wamid"].is_string(), "{sent}");
}

#[tokio::test]
async fn a_restart_keeps_leads_users_and_password() {
    let folder = folder();
    let http = http();
    let first = start(folder.path(), &["--port", "0"]).await;
    let lead = somebody_writes(&first, &http).await;
    let token = first.sign_in(&http).await;
    let me = first.get(&http, &token, "/api/auth/me").await;
    let told: Vec<_> =
        ["ownerPassword", "verifyToken", "appSecret", "accessToken"].map(|field| first.ready[field].clone()).into();
    first.end("TERM").await;

    let second = start(folder.path(), &["--port", "0"]).await;
    assert_eq!(
        told,
        ["ownerPassword", "verifyToken", "appSecret", "accessToken"].map(|field| second.ready[field].clone())
    );
    assert_eq!(second.get(&http, &token, "/api/auth/me").await, me, "the token still holds");
    assert_eq!(leads(&second, &http).await, [lead]);
}

/// What `.env` says of the number of `instance`, whose simulator stands for Meta.
fn env_file(instance: &Instance) -> String {
    let said = [
        ("WHATSAPP_APP_SECRET", instance.field("appSecret")),
        ("WHATSAPP_TOKEN", instance.field("accessToken")),
        ("WHATSAPP_PHONE_ID", instance.field("phoneNumberId")),
        ("WHATSAPP_BUSINESS_ID", instance.field("wabaId")),
        ("WHATSAPP_DISPLAY_NUMBER", "+1 555 078 3881"),
    ];
    said.iter().map(|(name, value)| format!("{name}={value:?}\n")).collect()
}

/// Posts to `instance` what the simulator of `meta` has posted last: what a tunnel does.
async fn pass_on(meta: &Instance, instance: &Instance, http: &Client) {
    let posted: Value = http.get(meta.at("/_sim/webhooks")).send().await.unwrap().json().await.unwrap();
    let body = posted["items"][0]["body"].as_str().unwrap().to_owned();
    let signature = whatsapp::signature::sign(body.as_bytes(), &Secret::new(meta.field("appSecret")));
    let post = http.post(instance.field("webhookUrl")).header("x-hub-signature-256", signature);
    assert_eq!(post.body(body).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn with_meta_it_speaks_to_a_real_number_and_plays_nobody() {
    let (meta_folder, folder, history, http) = (folder(), folder(), folder(), http());
    let meta = start(meta_folder.path(), &["--port", "0"]).await;
    fs::write(history.path().join(".env"), env_file(&meta)).unwrap();
    let mut command = leadwire(folder.path(), &["--port", "0", "--meta", meta.field("graphUrl")]);
    command.current_dir(history.path());
    let instance = Instance::start(command).await;
    for secret in ["appSecret", "accessToken", "customerUrl", "mailboxUrl"] {
        assert_eq!(instance.ready[secret], Value::Null, "{}", instance.ready);
    }
    for page in ["/customer", "/mailbox", "/mailbox.json", "/local", "/local/info"] {
        assert_eq!(http.get(instance.at(page)).send().await.unwrap().status(), 404, "{page}");
    }
    somebody_writes(&meta, &http).await;
    pass_on(&meta, &instance, &http).await;
    lead(&instance, &http).await;
    let token = instance.sign_in(&http).await;
    let channels = instance.get(&http, &token, "/api/channels").await;
    assert_eq!(channels["items"][0]["phoneNumber"], "+1 555 078 3881", "{channels}");
    let answer = json!({ "phoneNumber": "+919876500001", "text": "Hello" });
    let sent = http.post(instance.at("/api/whatsapp/send")).bearer_auth(&token).json(&answer).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let wamid = sent["messageId"].as_str().unwrap_or_default();
    assert!(wamid.starts_with("wamid."), "{sent}");
}

#[tokio::test]
async fn with_meta_a_number_that_meta_does_not_know_is_told_before_the_start() {
    let meta_folder = folder();
    let history = folder();
    let meta = start(meta_folder.path(), &["--port", "0"]).await;
    let known = env_file(&meta);
    for (variable, right, wrong) in [
        ("WHATSAPP_TOKEN", meta.field("accessToken"), "EAAG-junk"),
        ("WHATSAPP_PHONE_ID", meta.field("phoneNumberId"), "900000000000009"),
        ("WHATSAPP_BUSINESS_ID", meta.field("wabaId"), "900000000000008"),
    ] {
        fs::write(history.path().join(".env"), known.replace(right, wrong)).unwrap();
        let data = history.path().join("data");
        let mut command = leadwire(&data, &["--port", "0", "--meta", meta.field("graphUrl")]);
        command.current_dir(history.path());
        let line = refusal(Instance::run(command).await.err());
        says(&line, &[variable, "Meta"]);
        assert!(!line.contains(wrong) || variable != "WHATSAPP_TOKEN", "{line}");
        assert!(!data.exists(), "nothing is made before all is clear");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    fs::write(history.path().join(".env"), known).unwrap();
    let graph = format!("http://{nobody}/v26.0");
    let mut command = leadwire(&history.path().join("data"), &["--port", "0", "--meta", &graph]);
    command.current_dir(history.path());
    says(&refusal(Instance::run(command).await.err()), &[&graph, "--meta"]);
}

#[tokio::test]
async fn with_meta_everything_that_is_known_of_the_number_has_to_be_said() {
    let folder = folder();
    let args = ["--port", "0", "--meta", "https://graph.facebook.com/v26.0"];
    says(&refused(folder.path(), &args).await, &["WHATSAPP_APP_SECRET", ".env.example"]);
    fs::write(folder.path().join(".env"), "WHATSAPP_TOKEN='never closed").unwrap();
    let mut command = leadwire(&folder.path().join("data"), &["--port", "0"]);
    command.current_dir(folder.path());
    says(&refusal(Instance::run(command).await.err()), &[".env", "WHATSAPP_TOKEN"]);
}
