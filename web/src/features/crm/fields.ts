/** Custom fields of leads: their definitions, and the values as a form holds them. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { FieldBody, Lead, CustomField, NewFieldBody } from '@/api/schema';

export const fieldTypes = [
  'text',
  'number',
  'date',
  'choice',
  'multiple_choice',
  'boolean',
  'url',
] as const satisfies readonly CustomField['type'][];

export const fieldsQuery = queryOptions({
  queryKey: keys.leadFields,
  queryFn: () => call(api.GET('/api/lead-fields')),
  staleTime: 5 * 60_000,
});

export type FieldValue = Lead['fields'][string];

/** A value as a form holds it: several choices are a list, all others a text. */
export type FieldDraft = string | readonly string[];

export function draftOf(value: FieldValue | undefined): FieldDraft {
  if (value === undefined) return '';
  return Array.isArray(value) ? value : String(value);
}

/** What is sent for a draft; null removes the value. A number that is none is sent as it is, for the API to refuse. */
export function valueOf(field: CustomField, draft: FieldDraft): FieldValue | null {
  if (typeof draft !== 'string') return draft.length > 0 ? [...draft] : null;
  const text = draft.trim();
  if (text === '') return null;
  if (field.type === 'boolean') return text === 'true';
  if (field.type !== 'number') return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** The values that differ from those of the lead. */
export function changedValues(
  fields: readonly CustomField[],
  was: Lead['fields'],
  drafts: Readonly<Record<string, FieldDraft>>,
): Record<string, FieldValue | null> {
  const changed: Record<string, FieldValue | null> = {};
  for (const field of fields) {
    const value = valueOf(field, drafts[field.key] ?? '');
    if (JSON.stringify(value) !== JSON.stringify(was[field.key] ?? null)) changed[field.key] = value;
  }
  return changed;
}

function useForget() {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: keys.leadFields });
}

export function useCreateField() {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: NewFieldBody) => call(api.POST('/api/lead-fields', { body })),
    onSettled: forget,
  });
}

export function useChangeField(key: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: FieldBody) =>
      call(api.PATCH('/api/lead-fields/{id}', { params: { path: { id: key } }, body })),
    onSettled: forget,
  });
}

export function useDeleteField(key: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/lead-fields/{id}', { params: { path: { id: key } } })),
    onSettled: forget,
  });
}
