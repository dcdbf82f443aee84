//! The beginning of every world: a business with its number, and another business with customers of its own, which must
//! not change. It is made once; each world is a copy.

use crate::calls::Calls;
use crate::customer::{Action, Customer, together};
use crate::items::Items;
use crate::meta::Meta;
use crate::world::RUNTIME;
use domain::{ChannelId, PhoneNumberId, TenantId, Text};
use emulator::{Emulator, ManualClock};
use leadwire::data::Account;
use leadwire::stack::{QueueUrls, Trigger};
use leadwire::{Stack, seed};
use runtime::{Clock, Ids};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::channels::Channel;
use testkit::{CountingIds, NOW};

/// The number of the other business.
pub(crate) const OTHER_NUMBER: &str = "100000000000001";
/// The same as people read it.
pub(crate) const OTHER_DISPLAY: &str = "15550000001";

/// The number of each customer's message before the story: none that a story uses.
const BEFORE: u32 = 0;

/// So many of our customers have written to the other business before.
const IN_COMMON: u32 = 3;

/// Files from which worlds are copied.
#[derive(Debug)]
pub struct Template {
    dir: tempfile::TempDir,
    pub(crate) account: Account,
    pub(crate) queues: QueueUrls,
    /// The items of the other business.
    pub(crate) other_items: Vec<Value>,
}

impl Default for Template {
    fn default() -> Self {
        RUNTIME.block_on(Self::make())
    }
}

impl Template {
    async fn make() -> Self {
        let dir = tempfile::tempdir().expect("a folder can be made");
        let account = testkit::account();
        let clock = Arc::new(ManualClock::new(NOW));
        let ids: Arc<dyn Ids> = Arc::new(CountingIds::default());
        let emulator = Emulator::open(dir.path(), clock.clone()).expect("the emulator opens");
        let graph = whatsapp::Client::new(Meta::new(Calls::default()), "http://graph.test".to_owned());
        let parts: (Arc<dyn Clock>, Arc<dyn Ids>) = (clock, Arc::clone(&ids));
        let stack = Stack::new(&emulator, parts, testkit::secrets(&account), graph).await.expect("the stack opens");
        seed::seed(stack.store(), &account, &*ids).await.expect("the business can be made");
        testkit::sign_in(&stack, &account).await;
        make_other_business(&stack, &account).await;
        let queues = stack.queues().clone();
        let other_items = Items::all(&emulator).of_tenant(&other_tenant().bare());
        assert!(!other_items.is_empty(), "the other business has items");
        Self { dir, account, queues, other_items }
    }

    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.dir().join("database.sqlite")
    }
}

/// The other business.
pub(crate) fn other_tenant() -> TenantId {
    TenantId::from_parts(NOW, 100)
}

/// Makes the other business, and lets customers write to it who will be ours too.
async fn make_other_business(stack: &Stack, account: &Account) {
    let channel = Channel {
        id: ChannelId::from_parts(NOW, 101),
        name: Text::new("Next door"),
        number: PhoneNumberId::parse(OTHER_NUMBER).expect("a number"),
        display: OTHER_DISPLAY.to_owned(),
        waba: "100000000000002".to_owned(),
        token: None,
        refusal: None,
        read_receipts: true,
    };
    stack.store().connect(other_tenant(), &channel).await.expect("the other number can be connected");
    let common = (1..=IN_COMMON).map(|number| Customer::new("Noor", number).of_other_business());
    let actions: Vec<Action> = common.map(|customer| customer.writes(BEFORE, "Hello")).collect();
    let answer = stack.gateway().serve(testkit::delivery(account, together(&actions))).await;
    assert_eq!(answer.status(), 200, "the other business's webhook is accepted");
    for trigger in [Trigger::Inbound, Trigger::Changes, Trigger::Relay] {
        stack.pull(trigger).await.expect("the trigger works");
    }
}
