/** The kinds of lines in a timeline. An API that is newer may know more: those are shown by its own words. */
import type { Stage, TimelineLine } from '@/api/schema';

export const kinds = ['messages', 'stages', 'assignment'] as const;
export type Kind = (typeof kinds)[number];

export function kindOf({ type }: TimelineLine): Kind | null {
  switch (type) {
    case 'message_received':
    case 'message_sent':
      return 'messages';
    case 'stage_changed':
    case 'reengaged':
      return 'stages';
    case 'status_changed':
    case 'assigned':
      return 'assignment';
    default:
      return null;
  }
}

/** Without a chosen kind all lines are shown, also those of an unknown kind. */
export function filtered(lines: readonly TimelineLine[], chosen: readonly Kind[]): TimelineLine[] {
  return lines.filter((line) => {
    const kind = kindOf(line);
    return chosen.length === 0 || (kind !== null && chosen.includes(kind));
  });
}

export interface Said {
  key: 'received' | 'sent' | 'stageChanged' | 'reengaged' | 'statusChanged' | 'assigned' | 'unassigned';
  /** Who did it: an id. */
  by: string | null;
  from?: Stage | undefined;
  to?: string | undefined;
}

/** What a line says, apart from the language; null where only the API knows. */
export function saidBy(line: TimelineLine): Said | null {
  switch (line.type) {
    case 'message_received':
      return { key: 'received', by: null };
    case 'message_sent':
      return { key: 'sent', by: line.metadata.by };
    case 'stage_changed':
      return { key: 'stageChanged', by: line.metadata.by, from: line.metadata.from, to: line.metadata.to };
    case 'reengaged':
      return { key: 'reengaged', by: null, to: line.metadata.stage };
    case 'status_changed':
      return { key: 'statusChanged', by: line.metadata.by, to: line.metadata.to };
    case 'assigned':
      return line.metadata.to === null
        ? { key: 'unassigned', by: line.metadata.by }
        : { key: 'assigned', by: line.metadata.by, to: line.metadata.to };
    default:
      return null;
  }
}
