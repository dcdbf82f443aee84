import { ChartColumn, Coins, ScrollText, Webhook } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const insightNav: readonly NavItem[] = [
  { name: 'reports', to: '/reports', icon: ChartColumn, needs: 'reports:read' },
  { name: 'costs', to: '/costs', icon: Coins, needs: 'costs:read' },
  { name: 'audit', to: '/audit', icon: ScrollText, needs: 'audit:read' },
  { name: 'events', to: '/events', icon: Webhook, needs: 'notices:read' },
];
