import { access } from './access';
import { account } from './account';
import { channels } from './channels';
import { common } from './common';
import { crm } from './crm';
import { errors } from './errors';
import { inbox } from './inbox';
import { insight } from './insight';
import { outreach } from './outreach';
import { settings } from './settings';
import { team } from './team';

export const resources = {
  access,
  account,
  channels,
  common,
  crm,
  errors,
  inbox,
  insight,
  outreach,
  settings,
  team,
} as const;
