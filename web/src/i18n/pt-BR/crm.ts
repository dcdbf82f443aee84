import type { crm as english } from '../en/crm';
import type { Words } from '../words';

export const crm: Words<typeof english> = {
  title: 'Leads',
};
