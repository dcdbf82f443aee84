import type { NavItem } from '@/app/navigation';

export const channelsNav: readonly NavItem[] = [];
