/** Sound and notification of a new message: by choice, per person, in this browser. */
import type { ServerFrame } from '@/api/frames';

export interface Choice {
  sound: boolean;
  desktop: boolean;
}

const name = (user: string) => `leadwire-notify-${user}`;

export function readChoice(user: string): Choice {
  const stored = localStorage.getItem(name(user)) ?? '';
  return { sound: stored.includes('sound'), desktop: stored.includes('desktop') };
}

export function writeChoice(user: string, { sound, desktop }: Choice): void {
  localStorage.setItem(name(user), [sound && 'sound', desktop && 'desktop'].filter(Boolean).join(' '));
}

/** Asks the browser's leave; false if it is refused, or if there are no notifications here. */
export async function askForDesktop(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Two short tones, made here: no file is loaded. */
export function playSound(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = 0.08;
  volume.connect(context.destination);
  [660, 880].forEach((pitch, index) => {
    const tone = context.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start(context.currentTime + index * 0.12);
    tone.stop(context.currentTime + index * 0.12 + 0.1);
  });
  setTimeout(() => void context.close(), 1000);
}

/** A customer's message concerns those who have the conversation, and all while none has it. */
export function concerns(frame: ServerFrame, user: string): boolean {
  if (frame.type !== 'message' || frame.message.direction !== 'inbound') return false;
  if (['edit', 'revoke', 'reaction', 'system', 'call'].includes(frame.message.type)) return false;
  const holder = frame.conversation.assignee?.id;
  return holder === undefined || holder === user;
}

/** Whether a message of this person did not reach the customer, in a conversation that they do not look at. */
export function tellsFailure(frame: ServerFrame, user: string, path: string): boolean {
  if (frame.type !== 'status' || frame.message.status !== 'failed' || frame.message.by !== user) return false;
  return !path.includes(frame.conversationId) && !told.has(frame.message.id);
}

const told = new Set<string>();

/** `onOpen` opens the conversation when the notification is pressed. */
export function notify(frame: ServerFrame, user: string, onOpen: (conversationId: string) => void): void {
  if (frame.type !== 'message' || !concerns(frame, user) || told.has(frame.message.id)) return;
  told.add(frame.message.id);
  const { sound, desktop } = readChoice(user);
  const isWatched = document.visibilityState === 'visible' && document.hasFocus();
  if (sound) playSound();
  if (!desktop || isWatched || typeof Notification === 'undefined') return;
  if (Notification.permission !== 'granted') return;
  const { conversationId, conversation, message } = frame;
  const notification = new Notification(conversation.name, { body: message.text, tag: conversationId });
  notification.addEventListener('click', () => {
    window.focus();
    onOpen(conversationId);
    notification.close();
  });
}
