import { ListTodo, SlidersHorizontal, SquareKanban, Users } from 'lucide-react';
import type { NavItem } from '@/app/navigation';

export const crmNav: readonly NavItem[] = [
  { name: 'leads', to: '/leads', icon: Users, needs: 'inbox:read' },
  { name: 'tasks', to: '/tasks', icon: ListTodo, needs: 'inbox:read' },
  { name: 'board', to: '/board', icon: SquareKanban, needs: 'inbox:read' },
  { name: 'leadSettings', to: '/lead-settings', icon: SlidersHorizontal, needs: 'leads:write' },
];
