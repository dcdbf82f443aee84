import type { channels as english } from '../en/channels';
import type { Words } from '../words';

export const channels: Words<typeof english> = {
  title: 'Números',
};
