//! The beginning of every world: a business with its number and two owners, and another business with customers of its own, which must
//! not change. It is made once; each world is a copy.

use crate::calls::Calls;
use crate::customer::{Action, Customer, together};
use crate::items::Items;
use crate::meta::Meta;
use crate::world::RUNTIME;
use domain::access::users::{EmailAddress, Role, User};
use domain::channels::prices::money::Currency;
use domain::{ChannelId, PhoneNumberId, TenantId, Text, UserId};
use emulator::{Emulator, ManualClock};
use leadwire::data::Account;
use leadwire::stack::{QueueUrls, Trigger};
use leadwire::{Stack, seed};
use runtime::Random;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::channels::channels::Channel;
use testkit::{CountingRandom, NOW};

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
        let random: Arc<dyn Random> = Arc::new(CountingRandom::default());
        let emulator = Emulator::open(dir.path(), clock.clone()).expect("the emulator opens");
        let graph = whatsapp::Client::new(Meta::new(Calls::default()), "http://graph.test".to_owned());
        let stack = Stack::new(&emulator, clock, random.clone(), testkit::secrets(&account), graph)
            .await
            .expect("the stack opens");
        seed::seed(stack.store(), &account, Some(Currency::Inr), &*random).await.expect("the business can be made");
        testkit::sign_in(&stack, &account).await;
        make_colleague(&stack, &account).await;
        make_other_business(&stack, &account).await;
        let queues = stack.queues().clone();
        let other_items = Items::all(&emulator).of_tenant(&other_tenant().ulid_str());
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

/// The account as its other owner has it, with the same password.
pub(crate) fn colleague(account: &Account) -> Account {
    let owner = UserId::from_parts(NOW, 102);
    Account { owner, owner_email: "colleague@example.com".to_owned(), ..account.clone() }
}

async fn make_colleague(stack: &Stack, account: &Account) {
    let colleague = colleague(account);
    let address = |account: &Account| EmailAddress::parse(&account.owner_email).expect("an address");
    let login = stack.store().login(&address(account)).await.expect("the table can be read");
    let password = login.expect("the owner can sign in").password;
    let name = Text::new("Noor Haddad");
    let user = User::new(colleague.owner, account.tenant, Role::Owner, name, address(&colleague)).with_email_verified();
    stack.store().create_user(&user, &password).await.expect("the colleague can be made");
    testkit::sign_in(stack, &colleague).await;
}

/// The other business.
pub(crate) fn other_tenant() -> TenantId {
    TenantId::from_parts(NOW, 100)
}

/// Makes the other business, and lets customers write to it who will be ours too.
async fn make_other_business(stack: &Stack, account: &Account) {
    let channel = Channel::new(
        ChannelId::from_parts(NOW, 101),
        Text::new("Next door"),
        PhoneNumberId::parse(OTHER_NUMBER).expect("a number"),
        OTHER_DISPLAY.to_owned(),
        "100000000000002".to_owned(),
    );
    stack.store().tenant(other_tenant()).connect(&channel).await.expect("the other number can be connected");
    let common = (1..=IN_COMMON).map(|number| Customer::new("Noor", number).of_other_business());
    let actions: Vec<Action> = common.map(|customer| customer.writes(BEFORE, "Hello")).collect();
    let answer = stack.gateway().serve(testkit::delivery(account, together(&actions))).await;
    assert_eq!(answer.status(), 200, "the other business's webhook is accepted");
    for trigger in [Trigger::Inbound, Trigger::Changes, Trigger::Relay] {
        stack.pull(trigger).await.expect("the trigger works");
    }
}
