import { access } from './access';
import { channels } from './channels';
import { common } from './common';
import { crm } from './crm';
import { errors } from './errors';
import { inbox } from './inbox';
import { insight } from './insight';

export const resources = { access, channels, common, crm, errors, inbox, insight } as const;
