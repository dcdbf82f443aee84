//! What a message says is shown: by a line that is never blank, and by all that WhatsApp tells about its parts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use http::StatusCode;
use serde_json::{Value, json};
use testkit::{NOW, Sender, TestApp};

const ANA: Sender<'_> = Sender { name: "Ana Souza", phone: Some("5511988887777"), user: Some("BR.1349120865530274") };

async fn deliver(app: &TestApp, body: Vec<u8>) {
    assert_eq!(app.deliver(body).await.status, StatusCode::OK);
    app.settle().await;
}

/// The only message of a lead who sent this.
async fn message(content: Value) -> Value {
    let app = TestApp::start().await;
    deliver(&app, ANA.sends("wamid.A", NOW.seconds(), content)).await;
    app.only_lead().await["messages"][0].clone()
}

/// The text, the preview and the timeline's line of the only message.
async fn lines(app: &TestApp) -> [String; 3] {
    let lead = app.only_lead().await;
    let lines = [&lead["messages"][0]["text"], &lead["lastMessage"]["text"], &lead["timeline"][0]["description"]];
    lines.map(|line| line.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_edit_that_removes_a_caption_leaves_the_label_of_the_file() {
    for (kind, label) in [("image", "[Image]"), ("video", "[Video]"), ("document", "[Document]")] {
        for caption in [json!("at history"), Value::Null, json!(""), json!(" \n"), json!("\u{200b}\u{2060}")] {
            let app = TestApp::start().await;
            deliver(
                &app,
                ANA.sends("wamid.A", NOW.seconds(), json!({"type": kind, kind: {"id": "1", "caption": "x"}})),
            )
            .await;
            let new = json!({"type": kind, kind: {"id": "1", "caption": caption}});
            let edit = json!({"type": "edit", "edit": {"original_message_id": "wamid.A", "message": new}});
            deliver(&app, ANA.sends("wamid.B", NOW.seconds(), edit)).await;
            let text = if caption == "at history" { format!("{label} at history") } else { label.to_owned() };
            let expected = [text.clone(), text.clone(), format!("Message received: {text}")];
            assert_eq!(lines(&app).await, expected, "{kind} {caption:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_seen_leaves_no_line_blank() {
    let spaces = format!("{}end", " ".repeat(1_000));
    for (content, text, preview) in [
        (json!({"type": "text", "text": {"body": "\u{200b} \u{3164}"}}), "[Text]", "[Text]"),
        (json!({"type": "image", "image": {"id": "1", "caption": " "}}), "[Image]", "[Image]"),
        (
            json!({"type": "document", "document": {"id": "1", "caption": " ", "filename": "a.pdf"}}),
            "[Document] a.pdf",
            "[Document] a.pdf",
        ),
        (
            json!({"type": "location", "location": {"latitude": 1, "longitude": 2, "name": "\u{a0}"}}),
            "[Location]",
            "[Location]",
        ),
        (json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "\u{2800}"}}]}), "[Contact]", "[Contact]"),
        (json!({"type": "text", "text": {"body": spaces}}), spaces.as_str(), "end"),
    ] {
        let app = TestApp::start().await;
        deliver(&app, ANA.sends("wamid.A", NOW.seconds(), content)).await;
        let shown = lines(&app).await;
        assert_eq!([shown[0].as_str(), &shown[1], &shown[2]], [text, preview, &format!("Message received: {preview}")]);
    }
}

#[tokio::test]
async fn a_person_whose_name_cannot_be_seen_is_called_by_their_number() {
    let app = TestApp::start().await;
    deliver(&app, Sender { name: "\u{3164}\u{200b}", ..ANA }.writes("wamid.A", NOW.seconds(), "hello")).await;
    assert_eq!(app.only_lead().await["name"], "+5511988887777");
}

#[tokio::test]
async fn a_message_without_a_known_type_is_read_by_its_object() {
    for kind in [Value::Null, json!(""), json!("hologram")] {
        let text = message(json!({"type": kind, "text": {"body": "hello"}})).await;
        assert_eq!([&text["type"], &text["text"]], ["text", "hello"], "{kind}");
        let image = message(json!({"type": kind, "image": {"id": "1", "caption": "at history"}})).await;
        assert_eq!([&image["type"], &image["text"]], ["image", "[Image] at history"], "{kind}");
    }
}

#[tokio::test]
async fn an_order_tells_its_products_and_what_they_cost() {
    let app = TestApp::start().await;
    app.deliver_file("order").await;
    let order = app.only_lead().await["messages"][0].clone();
    let items = json!([
        {"productRetailerId": "di9ozbzfi4", "quantity": 2, "itemPrice": "30", "currency": "INR"},
        {"productRetailerId": "nqryix03ez", "quantity": 1, "itemPrice": "249.99", "currency": "INR"},
    ]);
    let expected =
        json!({"type": "order", "catalogId": "194836987003835", "note": "Please gift wrap both", "items": items});
    assert_eq!(order["content"], expected);
    assert_eq!(order["text"], "[Order] 2 items, 309.99 INR: Please gift wrap both");
}

#[tokio::test]
async fn a_card_tells_all_that_was_on_it() {
    let app = TestApp::start().await;
    app.deliver_file("contacts").await;
    let content = app.only_lead().await["messages"][0]["content"].clone();
    let expected = json!({
        "name": "Bruno Souza", "nameParts": {"first": "Bruno", "last": "Souza"},
        "phones": [{"phone": "+55 11 97777-6666", "waId": "5511977776666", "type": "CELL"},
            {"phone": "+55 11 3333-4444", "type": "WORK"}],
        "emails": [{"email": "bruno@example.com", "type": "WORK"}],
        "addresses": [{"street": "Rua das Flores, 10", "city": "São Paulo", "state": "SP", "zip": "01310-100",
            "country": "Brazil", "countryCode": "BR", "type": "HOME"}],
        "urls": [{"url": "https://example.com/bruno", "type": "WORK"}],
        "org": {"company": "Souza & Filhos", "department": "Vendas", "title": "Gerente"},
        "birthday": "1988-04-12", "origin": "other",
    });
    assert_eq!(content["contacts"][0], expected);
}

#[tokio::test]
async fn the_advertisement_and_the_product_that_a_customer_comes_from_are_told() {
    let app = TestApp::start().await;
    app.deliver_file("text-ad-referral").await;
    let referral = app.only_lead().await["messages"][0]["referral"].clone();
    let told = ["sourceType", "sourceId", "sourceUrl", "headline", "body", "mediaType", "welcomeMessage"];
    let expected = [
        "ad",
        "120226305854810726",
        "https://fb.me/3cr4Wqqkv",
        "Chat with us",
        "Two and three bedroom homes near the metro.",
        "image",
        "Hi there! How can we help you?",
    ];
    assert_eq!(told.map(|field| referral[field].as_str().unwrap()), expected);
    assert!(referral["imageUrl"].is_string() && referral["ctwaClid"].is_string(), "{referral}");
    let app = TestApp::start().await;
    app.deliver_file("text-about-product").await;
    let product = app.only_lead().await["messages"][0]["referredProduct"].clone();
    assert_eq!(product, json!({"catalogId": "194836987003835", "productRetailerId": "di9ozbzfi4"}));
}

/// The largest response of a function on Lambda, in bytes.
const LARGEST_RESPONSE: usize = 6_000_000;

#[tokio::test]
async fn a_page_of_long_texts_ends_before_its_response_is_too_large() {
    let app = TestApp::start().await;
    for number in 0..25_i64 {
        let text = char::from(b'a' + u8::try_from(number).unwrap()).to_string().repeat(300_000);
        deliver(&app, ANA.writes(&format!("wamid.{number}"), NOW.seconds() + number, &text)).await;
    }
    let list = app.get("/api/leads").await;
    let lead = list.items()[0].clone();
    let detail = app.get(&format!("/api/leads/{}?limit=25", lead["id"].as_str().unwrap())).await;
    assert!(detail.text.len() < LARGEST_RESPONSE, "the lead takes {} bytes", detail.text.len());
    let path = format!("/api/conversations/{}/messages?limit=25", lead["conversations"][0].as_str().unwrap());
    let mut page = app.get(&path).await;
    let mut first_letters = String::new();
    let mut pages = 1;
    loop {
        assert!(page.text.len() < LARGEST_RESPONSE, "page {pages} takes {} bytes", page.text.len());
        let texts = page.items().iter().map(|message| message["text"].as_str().unwrap());
        first_letters.extend(texts.map(|text| text.chars().next().unwrap()));
        let Some(next) = page.json["nextCursor"].as_str() else { break };
        page = app.get(&format!("{path}&cursor={next}")).await;
        pages += 1;
    }
    assert!(pages > 1, "it is bounded by bytes, not by the limit alone");
    assert_eq!(first_letters, "yxwvutsrqponmlkjihgfedcba", "every text is on one page");
}
