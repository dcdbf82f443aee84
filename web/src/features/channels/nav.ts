import { MessageSquareText, Phone } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const channelsNav: readonly NavItem[] = [
  { name: 'numbers', to: '/numbers', icon: Phone, needs: 'inbox:read' },
  { name: 'templates', to: '/templates', icon: MessageSquareText, needs: 'inbox:read' },
];
