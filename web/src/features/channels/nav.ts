import { Phone } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const channelsNav: readonly NavItem[] = [
  { name: 'numbers', to: '/numbers', icon: Phone, needs: 'inbox:read' },
];
