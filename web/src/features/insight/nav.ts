import type { NavItem } from '@/app/navigation';

export const insightNav: readonly NavItem[] = [];
