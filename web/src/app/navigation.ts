/** The main navigation: what the areas offer, in this order. An item stands here once its screen works. */
import type { LucideIcon } from 'lucide-react';
import type { Permission } from '@/api/schema';
import { settingsNav, teamNav } from '@/features/access/nav';
import { channelsNav } from '@/features/channels/nav';
import { crmNav } from '@/features/crm/nav';
import { inboxNav } from '@/features/inbox/nav';
import { insightNav } from '@/features/insight/nav';
import type { Resources } from '@/i18n/resources';

export interface NavItem {
  /** The key of its name under `common:nav`. */
  name: Exclude<keyof Resources['common']['nav'], 'label' | 'more' | 'account'>;
  to: string;
  icon: LucideIcon;
  /** Without this permission it is not shown. */
  needs: Permission;
}

export const navItems: readonly NavItem[] = [
  ...inboxNav,
  ...crmNav,
  ...channelsNav,
  ...teamNav,
  ...settingsNav,
  ...insightNav,
];
