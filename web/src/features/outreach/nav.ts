import { Megaphone } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const outreachNav: readonly NavItem[] = [
  { name: 'campaigns', to: '/campaigns', icon: Megaphone, needs: 'campaigns:manage' },
];
