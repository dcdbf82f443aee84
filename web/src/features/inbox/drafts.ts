/** Drafts, one for each person and conversation. They outlive a reload and the end of a session. */

const name = (user: string, conversation: string) => `leadwire-draft-${user}-${conversation}`;

export function readDraft(user: string, conversation: string): string {
  return localStorage.getItem(name(user, conversation)) ?? '';
}

export function writeDraft(user: string, conversation: string, text: string): void {
  if (text === '') localStorage.removeItem(name(user, conversation));
  else localStorage.setItem(name(user, conversation), text);
}
