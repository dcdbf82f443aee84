//! What a caller sees of conversations: lists, one of them, and what their views need. All of it asks the viewer's rule.

use crate::Deps;
use crate::problem::{Kind, Problem};
use crate::views::conversations::ConversationView;
use crate::views::gather::{Gathered, MOST_COUNTED};
use domain::conversations::{ConversationStatus, Head};
use domain::users::User;
use domain::visibility::{AskedAssignee, Viewer};
use domain::{ConversationId, TenantId, UserId};
use store::inbox::Lists;
use store::leads::Page;

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
        let people = deps.store.users(tenant).await?;
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
        wanted: impl Fn(&Head) -> bool,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Head>, Problem> {
        let (mut items, mut after, mut rows, mut many) = (Vec::with_capacity(limit), after, 0, limit);
        loop {
            let page = self.deps.store.inbox(self.tenant, lists, after.as_deref(), many).await?;
            rows += many;
            let mut rest = page.items.into_iter();
            while items.len() < limit {
                let Some((head, mark)) = rest.next() else { break };
                after = Some(mark);
                items.extend(Some(head).filter(|head| self.sees(head) && wanted(head)));
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
        let (mut counted, mut after, mut rows) = (Counted::default(), None::<String>, 0);
        loop {
            let page = self.deps.store.inbox(self.tenant, lists, after.as_deref(), ROWS_AT_ONCE).await?;
            rows += ROWS_AT_ONCE;
            for (head, _) in page.items.iter().filter(|(head, _)| self.sees(head)) {
                counted.all += 1;
                counted.unread += usize::from(head.is_unread());
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
            return Ok(self.deps.store.count_inbox(self.tenant, &lists, MOST_COUNTED).await?);
        }
        let page = self.page(&lists, |head| head.waiting_since.is_some(), None, MOST_COUNTED).await?;
        Ok(page.items.len())
    }

    /// The views of `heads`.
    pub(crate) async fn views(&self, heads: &[Head]) -> Result<Vec<ConversationView>, Problem> {
        let gathered = Gathered::read(&self.deps.store, self.tenant, heads, self.people.clone()).await?;
        Ok(heads.iter().map(|head| gathered.view(head, self.viewer.masks_phones())).collect())
    }

    /// The view of one conversation.
    pub(crate) async fn view(&self, head: &Head) -> Result<ConversationView, Problem> {
        let views = self.views(std::slice::from_ref(head)).await?;
        views.into_iter().next().ok_or_else(|| Problem::internal("a conversation has no view"))
    }

    fn ids(&self) -> Vec<UserId> {
        self.people.iter().map(|user| user.id).collect()
    }

    fn sees(&self, head: &Head) -> bool {
        sees(self.viewer, head)
    }
}

/// Whether `viewer` sees this conversation.
pub(crate) fn sees(viewer: &Viewer, head: &Head) -> bool {
    viewer.sees(head.id.channel, head.assignee)
}

/// The conversation `id`, if the viewer sees it. What they may not see is not found.
pub(crate) async fn seen(deps: &Deps, tenant: TenantId, viewer: &Viewer, id: ConversationId) -> Result<Head, Problem> {
    let head = deps.store.head(tenant, id).await?.filter(|head| sees(viewer, head));
    head.ok_or_else(missing)
}

/// There is no such conversation, or the caller may not see it.
pub(crate) fn missing() -> Problem {
    Problem::not_found("conversation")
}

/// Refuses raw JSON of WhatsApp's to a person for whom phones are masked: it holds them.
pub(crate) fn shows_phones(viewer: &Viewer) -> Result<(), Problem> {
    if viewer.masks_phones() {
        return Err(Problem::new(Kind::Forbidden, "Phones are masked for you, and WhatsApp's raw JSON holds them."));
    }
    Ok(())
}
