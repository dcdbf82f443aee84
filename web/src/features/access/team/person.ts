/** What of a person's form is sent: only what changed. */
import type { Role, Sees, User } from '@/api/schema';

export const roles = ['owner', 'admin', 'marketer', 'agent', 'viewer'] as const satisfies readonly Role[];
export const sights = ['all', 'channels', 'unassigned_and_mine', 'mine'] as const satisfies readonly Sees[];

export interface PersonForm {
  name: string;
  role: Role;
  sees: Sees;
  channelIds: string[];
  masksPhones: boolean;
}

export const formOf = (user: User): PersonForm => ({
  name: user.name,
  role: user.role,
  sees: user.sees,
  channelIds: user.channelIds,
  masksPhones: user.masksPhones,
});

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.toSorted().join() === b.toSorted().join();

export function changesOf(user: User, form: PersonForm): Partial<PersonForm> {
  const was = formOf(user);
  const changed: Partial<PersonForm> = {};
  if (form.name.trim() !== was.name) changed.name = form.name.trim();
  if (form.role !== was.role) changed.role = form.role;
  const isOther = form.sees !== was.sees;
  if (isOther) changed.sees = form.sees;
  if (form.sees === 'channels' && (isOther || !isSame(form.channelIds, was.channelIds))) {
    changed.sees = 'channels';
    changed.channelIds = form.channelIds;
  }
  if (form.masksPhones !== was.masksPhones) changed.masksPhones = form.masksPhones;
  return changed;
}
