import type { NavItem } from '@/app/navigation';

export const crmNav: readonly NavItem[] = [];
