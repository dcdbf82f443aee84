//! Access tokens: the text itself; and, in place of what we issue, a header and a payload (the first line and the rest)
//! that bear our own signature, as if the key had been lent.

use crate::{NOW, altered, first_line};
use api::Tokens;
use api::access::tokens::{Claims, LIFETIME};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::sessions::Session;
use domain::ids::SessionId;
use domain::{TenantId, Timestamp, UserId};
use serde::Deserialize;
use std::time::Duration;

const SEED: [u8; 32] = [7; 32];

/// What the bearer claims, read beside the product. What else a payload holds is passed over, as JWT asks for: it need
/// not even be what `serde_json::Value` can hold.
#[derive(Deserialize)]
struct Said {
    tid: String,
    iat: i64,
    exp: i64,
}

/// Whatever is not a token of ours opens nothing, nor does one that was changed; what opens something says so in its
/// payload, and has not expired.
pub fn run(bytes: &[u8]) {
    let tokens = Tokens::from_seed(&SEED).expect("the seed makes a key");
    let session = Session::begun(
        SessionId::from_parts(NOW, 3),
        TenantId::from_parts(NOW, 2),
        UserId::from_parts(NOW, 1),
        0,
        "a try",
    );
    let ours = tokens.issue(&session, NOW).expect("it can be signed");
    let claims = Claims { tenant: session.tenant, user: session.user, session: session.id };
    let expected = |token: &str| if token == ours { Some(claims) } else { None };

    let text = String::from_utf8_lossy(bytes);
    assert_eq!(tokens.check(&text, NOW), expected(&text));
    let changed = altered(&ours, bytes);
    assert_eq!(tokens.check(&changed, NOW), expected(&changed), "{changed}");
    for other in [format!("{ours}{text}"), format!("{text}{ours}")] {
        assert_eq!(tokens.check(&other, NOW), expected(&other), "{other}");
    }

    let (header, payload) = first_line(bytes);
    let signed = signed(header, payload);
    for now in [NOW, Timestamp::default(), Timestamp::from_millis(i64::MAX)] {
        if let Some(claims) = tokens.check(&signed, now) {
            let said: Said = serde_json::from_slice(payload).expect("what opens something claims it");
            assert!(said.tid.eq_ignore_ascii_case(&claims.tenant.to_string()), "{} opened {}", said.tid, claims.tenant);
            assert!(now.seconds() < said.exp, "it has expired");
            assert!(said.iat <= now.plus(Duration::from_secs(60)).seconds(), "it was issued in the future");
        }
    }
    assert_eq!(tokens.check(&ours, NOW.plus(LIFETIME)), None);
}

fn signed(header: &[u8], payload: &[u8]) -> String {
    let key = Ed25519KeyPair::from_seed_unchecked(&SEED).expect("the seed makes a key");
    let said = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let signature = URL_SAFE_NO_PAD.encode(key.sign(said.as_bytes()));
    format!("{said}.{signature}")
}
