import { ScrollText, Webhook } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const insightNav: readonly NavItem[] = [
  { name: 'audit', to: '/audit', icon: ScrollText, needs: 'audit:read' },
  { name: 'events', to: '/events', icon: Webhook, needs: 'notices:read' },
];
