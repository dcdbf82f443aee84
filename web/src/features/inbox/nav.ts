import { Inbox } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const inboxNav: readonly NavItem[] = [
  { name: 'inbox', to: '/inbox', icon: Inbox, needs: 'inbox:read' },
];
