import type { insight as english } from '../en/insight';
import type { Words } from '../words';

export const insight: Words<typeof english> = {
  title: 'Registro de eventos',
};
