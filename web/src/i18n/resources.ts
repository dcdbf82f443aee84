/** The shape of all words, by area: types alone, since each area is loaded by itself. */
import type { access } from './en/access';
import type { account } from './en/account';
import type { channels } from './en/channels';
import type { common } from './en/common';
import type { crm } from './en/crm';
import type { errors } from './en/errors';
import type { inbox } from './en/inbox';
import type { insight } from './en/insight';
import type { kinds } from './en/kinds';
import type { settings } from './en/settings';
import type { team } from './en/team';
import type { webhooks } from './en/webhooks';

export interface Resources {
  access: typeof access;
  account: typeof account;
  channels: typeof channels;
  common: typeof common;
  crm: typeof crm;
  errors: typeof errors;
  inbox: typeof inbox;
  insight: typeof insight;
  kinds: typeof kinds;
  settings: typeof settings;
  team: typeof team;
  webhooks: typeof webhooks;
}
