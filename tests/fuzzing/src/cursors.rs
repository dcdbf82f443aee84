//! The cursors of the API's lists: the first byte chooses the list, the rest is what comes as its cursor.

use crate::world::{Answer, World, tenant};
use crate::{NOW, altered};
use axum::body::Body;
use domain::TenantId;
use domain::access::users::Role;
use http::{Request, StatusCode};
use std::cell::OnceCell;

/// A list has one cursor after its first item. Nothing else is taken for it: not that one with a letter changed, nor
/// that of another list, nor the same in another business.
pub fn run(bytes: &[u8]) {
    let (choice, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest);
    World::with(|world| {
        let lists = lists(world);
        let cursors = OURS.with(|ours| ours.get_or_init(|| lists.each_ref().map(|list| list.cursor(world))).clone());
        let choice = usize::from(*choice) % lists.len();
        let list = &lists[choice];
        let ours = &cursors[choice];
        for cursor in [text.as_ref(), &altered(ours, rest)] {
            let taken = list.page(world, cursor, tenant()).status;
            let expected = cursor.is_empty() || cursor == ours;
            assert_eq!(taken, if expected { StatusCode::OK } else { StatusCode::BAD_REQUEST }, "{cursor}");
        }
        if rest.is_empty() {
            for foreign in cursors.iter().filter(|cursor| *cursor != ours) {
                assert_eq!(list.page(world, foreign, tenant()).status, StatusCode::BAD_REQUEST, "{foreign}");
            }
            let elsewhere = list.page(world, ours, TenantId::from_parts(NOW, 99)).status;
            assert_eq!(elsewhere, StatusCode::BAD_REQUEST);
        }
        true
    });
}

thread_local! {
    /// The cursor of each list, which is the same in every world.
    static OURS: OnceCell<[String; LISTS]> = const { OnceCell::new() };
}

const LISTS: usize = 6;

/// A list, and the name of the parameter in which its cursor comes and of the field in which it goes.
struct List {
    path: String,
    comes: &'static str,
    goes: &'static str,
}

fn lists(world: &World) -> [List; LISTS] {
    let lead = world.lead;
    let conversation = world.conversation;
    let list = |path: String| List { path, comes: "cursor", goes: "nextCursor" };
    [
        list("/api/leads?".to_owned()),
        list("/api/leads?stage=incoming&".to_owned()),
        list("/api/conversations?".to_owned()),
        list("/api/notices?".to_owned()),
        list(format!("/api/conversations/{conversation}/messages?")),
        List { path: format!("/api/leads/{lead}?"), comes: "messagesCursor", goes: "messagesCursor" },
    ]
}

impl List {
    fn page(&self, world: &World, cursor: &str, tenant: TenantId) -> Answer {
        let escaped: String = cursor.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let path = format!("{}limit=1&{}={escaped}", self.path, self.comes);
        let token = world.token(tenant, Role::Agent);
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        world.ask(request.body(Body::empty()).expect("every byte is escaped"))
    }

    fn cursor(&self, world: &World) -> String {
        let first = self.page(world, "", tenant());
        first.body[self.goes].as_str().expect("there is a second page").to_owned()
    }
}
