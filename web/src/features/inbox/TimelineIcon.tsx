import {
  ArrowRight,
  Circle,
  CircleDot,
  MessageCircle,
  Reply,
  RotateCcw,
  UserRound,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Record<string, LucideIcon> = {
  message_received: MessageCircle,
  message_sent: Reply,
  stage_changed: ArrowRight,
  reengaged: RotateCcw,
  assigned: UserRound,
  status_changed: CircleDot,
};

/** Decoration: the line says in words what happened. */
export function TimelineIcon({ type }: { type: string }) {
  const Icon = ICONS[type] ?? Circle;
  return <Icon size={16} aria-hidden />;
}
