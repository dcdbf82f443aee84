/** Files that this tab has uploaded: they are drawn from here, so that a bubble does not load what one has just sent. */

const addresses = new Map<string, string>();

export function keepLocal(mediaId: string, address: string): void {
  addresses.set(mediaId, address);
}

export const localAddress = (mediaId: string): string | null => addresses.get(mediaId) ?? null;
