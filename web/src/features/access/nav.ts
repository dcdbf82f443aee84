import { Settings, UsersRound } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const teamNav: readonly NavItem[] = [
  { name: 'team', to: '/team', icon: UsersRound, needs: 'users:read' },
];

export const settingsNav: readonly NavItem[] = [
  { name: 'settings', to: '/settings', icon: Settings, needs: 'users:read' },
];
