/** The kinds of lines in a timeline. An API that is newer may know more: those are shown by its own words. */
import type { Stage, TimelineLine } from '@/api/schema';

export const kinds = [
  'messages',
  'notes',
  'activities',
  'tasks',
  'deals',
  'stages',
  'changes',
  'assignment',
] as const;
export type Kind = (typeof kinds)[number];

export function kindOf({ type }: TimelineLine): Kind | null {
  switch (type) {
    case 'message_received':
    case 'message_sent':
      return 'messages';
    case 'stage_changed':
    case 'reengaged':
      return 'stages';
    case 'note_added':
      return 'notes';
    case 'call_made':
    case 'email_sent':
    case 'meeting_held':
      return 'activities';
    case 'task_added':
    case 'task_done':
    case 'task_due':
      return 'tasks';
    case 'deal_added':
    case 'deal_moved':
    case 'deal_changed':
    case 'deal_deleted':
      return 'deals';
    case 'lead_created':
    case 'lead_changed':
    case 'lead_deleted':
    case 'lead_restored':
    case 'leads_merged':
    case 'merge_undone':
      return 'changes';
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
  key:
    | 'received'
    | 'sent'
    | 'stageChanged'
    | 'reengaged'
    | 'statusChanged'
    | 'assigned'
    | 'unassigned'
    | 'note'
    | 'call'
    | 'email'
    | 'meeting'
    | 'taskAdded'
    | 'taskDone'
    | 'taskDue'
    | 'dealAdded'
    | 'dealMoved'
    | 'dealChanged'
    | 'dealDeleted'
    | 'created'
    | 'changed'
    | 'deleted'
    | 'restored'
    | 'merged'
    | 'mergeUndone';
  /** Who did it: an id. */
  by: string | null;
  from?: Stage | undefined;
  to?: string | undefined;
  /** What somebody wrote. */
  text?: string | undefined;
  /** The fields of the lead that were changed. */
  fields?: readonly string[] | undefined;
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
      return writtenBy(line);
  }
}

/** What the team wrote or changed; null where only the API knows. */
function writtenBy(line: TimelineLine): Said | null {
  switch (line.type) {
    case 'note_added':
      return { key: 'note', by: line.metadata.by, text: line.metadata.text };
    case 'call_made':
      return { key: 'call', by: line.metadata.by, text: line.metadata.text ?? '' };
    case 'email_sent':
      return { key: 'email', by: line.metadata.by, text: line.metadata.text ?? '' };
    case 'meeting_held':
      return { key: 'meeting', by: line.metadata.by, text: line.metadata.text ?? '' };
    case 'task_added':
      return { key: 'taskAdded', by: line.metadata.by, text: line.metadata.text };
    case 'task_done':
      return { key: 'taskDone', by: line.metadata.by, text: line.metadata.text };
    case 'task_due':
      return { key: 'taskDue', by: null, text: line.metadata.text };
    case 'deal_added':
      return { key: 'dealAdded', by: line.metadata.by, text: line.metadata.title };
    case 'deal_moved': {
      const { by, title, from, to } = line.metadata;
      return { key: 'dealMoved', by, text: title, from, to };
    }
    case 'deal_changed':
      return { key: 'dealChanged', by: line.metadata.by, text: line.metadata.title };
    case 'deal_deleted':
      return { key: 'dealDeleted', by: line.metadata.by, text: line.metadata.title };
    case 'lead_created':
      return { key: 'created', by: line.metadata.by };
    case 'lead_changed':
      return { key: 'changed', by: line.metadata.by, fields: line.metadata.fields };
    case 'lead_deleted':
      return { key: 'deleted', by: line.metadata.by };
    case 'lead_restored':
      return { key: 'restored', by: line.metadata.by };
    case 'leads_merged':
      return { key: 'merged', by: line.metadata.by };
    case 'merge_undone':
      return { key: 'mergeUndone', by: line.metadata.by };
    default:
      return null;
  }
}
