import { Inbox, Zap } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const inboxNav: readonly NavItem[] = [
  { name: 'inbox', to: '/inbox', icon: Inbox, needs: 'inbox:read' },
  { name: 'quickReplies', to: '/quick-replies', icon: Zap, needs: 'inbox:read' },
];
