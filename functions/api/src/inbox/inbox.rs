//! What a caller sees of conversations: lists, one of them, and what their views need. All of it asks the viewer's rule.

use crate::Deps;
use crate::views::conversations::ConversationView;
use crate::views::gather::{Gathered, MOST_COUNTED};
use crate::web::problem::Problem;
use domain::access::users::User;
use domain::access::visibility::{AskedAssignee, Viewer};
use domain::inbox::conversations::{Conversation, ConversationStatus};
use domain::{ConversationId, TenantId, UserId};
use store::inbox::inbox::Lists;
use store::table::page::Page;

/// How many conversations are looked at for one page whose filter is not a list of its own.
const MOST_ROWS: usize = 1_000;

/// How many conversations are looked at for one answer that counts unread ones.
const MOST_COUNTED_ROWS: usize = 200;

/// How many rows are read at once.
const ROWS_AT_ONCE: usize = 100;

/// The conversations of a business, as one viewer sees them.
#[derive(Clone, Debug)]
pub(crate) struct Inbox<'a> {
    deps: &'a Deps,
    tenant: TenantId,
    viewer: &'a Viewer,
    people: Vec<User>,
}

/// How many conversations there are, and how many of them have something unread.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    pub(crate) all: usize,
    pub(crate) unread: usize,
}

impl<'a> Inbox<'a> {
    pub(crate) async fn open(deps: &'a Deps, tenant: TenantId, viewer: &'a Viewer) -> Result<Self, Problem> {
        let people = deps.store.tenant(tenant).users().await?;
        Ok(Self { deps, tenant, viewer, people })
    }

    /// The lists that hold what the viewer may see of these statuses and assignees.
    pub(crate) fn lists(&self, statuses: &[ConversationStatus], asked: AskedAssignee) -> Lists {
        Lists::Inbox(statuses.to_vec(), self.viewer.lists(asked, &self.ids()))
    }

    /// The lists that hold what the viewer may see of conversations that wait.
    pub(crate) fn waiting(&self, asked: AskedAssignee) -> Lists {
        Lists::Waiting(self.viewer.lists(asked, &self.ids()))
    }

    /// A page of `lists`: those that the viewer sees, and that are `wanted`. It looks at 1,000 conversations at most.
    pub(crate) async fn page(
        &self,
        lists: &Lists,
        wanted: impl Fn(&Conversation) -> bool,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Conversation>, Problem> {
        let mut items = Vec::with_capacity(limit);
        let mut after = after;
        let mut rows = 0;
        let mut many = limit;
        loop {
            let page = self.deps.store.tenant(self.tenant).inbox(lists, after.as_deref(), many).await?;
            rows += many;
            let mut rest = page.items.into_iter();
            while items.len() < limit {
                let Some((conversation, mark)) = rest.next() else { break };
                after = Some(mark);
                items.extend(
                    Some(conversation)
                        .filter(|conversation| conversation.is_seen_by(self.viewer) && wanted(conversation)),
                );
            }
            let is_last = page.next.is_none() && rest.len() == 0;
            if items.len() < limit {
                after = page.next;
            }
            if is_last {
                return Ok(Page { items, next: None });
            }
            if items.len() >= limit || rows >= MOST_ROWS {
                return Ok(Page { items, next: after });
            }
            many = ROWS_AT_ONCE;
        }
    }

    /// Counts what the viewer sees in `lists`, each up to 99. Unread ones are counted among the newest 200.
    pub(crate) async fn count(&self, lists: &Lists) -> Result<Counted, Problem> {
        let mut counted = Counted::default();
        let mut after = None::<String>;
        let mut rows = 0;
        loop {
            let page = self.deps.store.tenant(self.tenant).inbox(lists, after.as_deref(), ROWS_AT_ONCE).await?;
            rows += ROWS_AT_ONCE;
            for (conversation, _) in page.items.iter().filter(|(conversation, _)| conversation.is_seen_by(self.viewer))
            {
                counted.all += 1;
                counted.unread += usize::from(conversation.is_unread());
            }
            after = page.next;
            if after.is_none() || counted.unread >= MOST_COUNTED || rows >= MOST_COUNTED_ROWS {
                return Ok(Counted { all: counted.all.min(MOST_COUNTED), unread: counted.unread.min(MOST_COUNTED) });
            }
        }
    }

    /// How many conversations wait for our answer, up to 99.
    pub(crate) async fn count_waiting(&self) -> Result<usize, Problem> {
        let lists = self.waiting(AskedAssignee::Anyone);
        if !self.viewer.is_restricted_to_channels() {
            return Ok(self.deps.store.tenant(self.tenant).count_inbox(&lists, MOST_COUNTED).await?);
        }
        let page = self.page(&lists, |conversation| conversation.waiting_since.is_some(), None, MOST_COUNTED).await?;
        Ok(page.items.len())
    }

    /// The views of `conversations`.
    pub(crate) async fn views(&self, conversations: &[Conversation]) -> Result<Vec<ConversationView>, Problem> {
        let gathered = Gathered::read(&self.deps.store, self.tenant, conversations, self.people.clone()).await?;
        Ok(conversations.iter().map(|conversation| gathered.view(conversation, self.viewer.masks_phones())).collect())
    }

    /// The view of one conversation.
    pub(crate) async fn view(&self, conversation: &Conversation) -> Result<ConversationView, Problem> {
        let views = self.views(std::slice::from_ref(conversation)).await?;
        views.into_iter().next().ok_or_else(|| Problem::internal("a conversation has no view"))
    }

    fn ids(&self) -> Vec<UserId> {
        self.people.iter().map(|user| user.id).collect()
    }
}

/// The conversation `id`, if the viewer sees it. What they may not see is not found.
pub(crate) async fn seen(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    id: ConversationId,
) -> Result<Conversation, Problem> {
    let conversation =
        deps.store.tenant(tenant).conversation(id).await?.filter(|conversation| conversation.is_seen_by(viewer));
    conversation.ok_or_else(missing)
}

/// There is no such conversation, or the caller may not see it.
pub(crate) fn missing() -> Problem {
    Problem::not_found("conversation")
}
