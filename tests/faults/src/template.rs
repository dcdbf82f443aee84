//! How every world begins: a business with its number, and another business that has customers of its own and must
//! notice nothing of what happens here. Made once; each world is a copy.

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

use crate::calls::Calls;
use crate::customer::{Customer, Deed, together};
use crate::items::Items;
use crate::meta::Meta;
use crate::post::posted;

/// The number of the other business.
pub(crate) const OTHER_NUMBER: &str = "100000000000001";
/// The same as people read it.
pub(crate) const OTHER_DISPLAY: &str = "15550000001";

/// The number of the message that each of them has written: none that a story uses.
const BEFORE: u32 = 0;

/// So many of our customers have written to the other business before.
const IN_COMMON: u32 = 3;

/// Files from which worlds are copied.
#[derive(Debug)]
pub struct Template {
    dir: tempfile::TempDir,
    /// The business whose world it is.
    pub account: Account,
    pub(crate) queues: QueueUrls,
    /// Everything that is the other business's.
    pub(crate) next_door: Vec<Value>,
}

impl Template {
    /// Makes the files.
    ///
    /// # Panics
    /// If they cannot be made.
    pub async fn make() -> Self {
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
        settle_next_door(&stack, &account).await;
        let queues = stack.queues().clone();
        let next_door = Items::of(&emulator).of_tenant(&neighbour().bare());
        assert!(!next_door.is_empty(), "the other business has something to lose");
        Self { dir, account, queues, next_door }
    }

    /// The folder of the files.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The database's file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.dir().join("database.sqlite")
    }
}

/// The other business.
pub(crate) fn neighbour() -> TenantId {
    TenantId::from_parts(NOW, 100)
}

/// Puts the other business on the same table, and has customers write to it who will be ours too.
async fn settle_next_door(stack: &Stack, account: &Account) {
    let tenant = neighbour();
    let channel = Channel {
        id: ChannelId::from_parts(NOW, 101),
        name: Text::new("Next door"),
        number: PhoneNumberId::parse(OTHER_NUMBER).expect("a number"),
        display: OTHER_DISPLAY.to_owned(),
        waba: "100000000000002".to_owned(),
        token: None,
        refusal: None,
    };
    stack.store().connect(tenant, &channel).await.expect("the other number can be connected");
    let common = (1..=IN_COMMON).map(|number| Customer::new("Noor", number).next_door());
    let deeds: Vec<Deed> = common.map(|customer| customer.writes(BEFORE, "Hello")).collect();
    let body = together(&deeds);
    let answer = stack.gateway().serve(posted(account, body)).await;
    assert_eq!(answer.status(), 200, "the other business's webhook is taken");
    for trigger in [Trigger::Inbound, Trigger::Changes, Trigger::Relay] {
        stack.pull(trigger).await.expect("the trigger works");
    }
}
