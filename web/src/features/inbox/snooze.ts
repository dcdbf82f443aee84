/** The times that are offered for a snooze. */
const MORNING = 9;

export interface SnoozeTime {
  name: 'snoozeHour' | 'snoozeTomorrow' | 'snoozeWeek';
  at: Date;
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

export function snoozeTimes(now: Date): SnoozeTime[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: 'snoozeHour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'snoozeTomorrow', at: morning(now, 1) },
    { name: 'snoozeWeek', at: morning(now, toMonday) },
  ];
}
