/** Whether this browser plays a sound for a new message: a choice of the person, kept on the device. */
const STORED = 'leadwire-sounds';

export const hasSounds = (): boolean => localStorage.getItem(STORED) === 'on';

export function chooseSounds(on: boolean): void {
  localStorage.setItem(STORED, on ? 'on' : 'off');
}
