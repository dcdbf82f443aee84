import { useQuery } from '@tanstack/react-query';
import type { Lead } from '@/api/schema';
import { fieldsQuery } from '@/features/crm/fields';
import { FieldValueText } from '@/features/crm/FieldValueText';
import css from './Contact.module.css';

/** The custom fields of the lead that have a value. */
export function LeadFields({ values }: { values: Lead['fields'] }) {
  const fields = useQuery(fieldsQuery).data?.items ?? [];
  const filled = fields.filter(({ key }) => values[key] !== undefined);
  if (filled.length === 0) return null;
  return (
    <dl className={css['facts']}>
      {filled.map(({ key, name, type }) => (
        <div key={key} className={css['fact']}>
          <dt>{name}</dt>
          <dd>
            <FieldValueText value={values[key] ?? ''} isUrl={type === 'url'} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
