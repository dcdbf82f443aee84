import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import css from './Docs.module.css';
import { Markdown } from './Markdown';
import { fieldsOf, innerOf, limitsOf, resolve, typeOf, variantsOf, type Schema, type Spec } from './spec';

/** A schema may hold itself: so deep it can be unfolded. */
const DEEPEST = 6;

interface FieldProps {
  spec: Spec;
  name: string;
  schema: Schema;
  isRequired: boolean;
  depth: number;
}

function Field({ spec, name, schema, isRequired, depth }: FieldProps) {
  const { t } = useTranslation('insight');
  const [isOpen, setOpen] = useState(false);
  const whole = resolve(spec, schema);
  const inner = depth < DEEPEST ? innerOf(spec, schema) : null;
  const text = schema.description ?? whole.description?.split('\n\n')[0];
  return (
    <li className={css['field']}>
      <p className={css['fieldHead']}>
        <code className={css['fieldName']}>{name}</code>
        <code>{typeOf(schema)}</code>
        {isRequired && <span className={css['required']}>{t('docs.required')}</span>}
        <span className={css['muted']}>{limitsOf({ ...whole, ...schema })}</span>
      </p>
      {text && <Markdown text={text} />}
      {whole.enum && (
        <p className={css['values']}>
          {whole.enum.map((value) => (
            <code key={String(value)}>{String(value)}</code>
          ))}
        </p>
      )}
      {inner && (
        <>
          <Button
            size="small"
            look="quiet"
            aria-expanded={isOpen}
            aria-label={`${t(isOpen ? 'docs.fold' : 'docs.unfold')}: ${name}`}
            onPress={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'docs.fold' : 'docs.unfold')}
          </Button>
          {isOpen && <Fields spec={spec} schema={inner} depth={depth + 1} />}
        </>
      )}
    </li>
  );
}

/** The fields of a schema; each with fields of its own unfolds. */
export function Fields({ spec, schema, depth = 0 }: { spec: Spec; schema: Schema; depth?: number }) {
  const { t } = useTranslation('insight');
  const inner = innerOf(spec, schema);
  const fields = inner ? fieldsOf(spec, inner) : [];
  const variants = inner ? variantsOf(spec, inner) : [];
  if (fields.length + variants.length === 0) {
    const whole = resolve(spec, schema);
    return whole.description ? <Markdown text={whole.description} /> : null;
  }
  return (
    <>
      <List spec={spec} fields={fields} depth={depth} />
      {variants.length > 0 && <p className={css['required']}>{t('docs.oneOf')}</p>}
      {variants.map((variant, index) => (
        <div key={index} className={css['variant']}>
          {variant.description && <Markdown text={variant.description} />}
          <List spec={spec} fields={fieldsOf(spec, variant)} depth={depth} />
        </div>
      ))}
    </>
  );
}

function List({ spec, fields, depth }: { spec: Spec; fields: ReturnType<typeof fieldsOf>; depth: number }) {
  if (fields.length === 0) return null;
  return (
    <ul className={css['fields']}>
      {fields.map(([name, field, isRequired]) => (
        <Field key={name} spec={spec} name={name} schema={field} isRequired={isRequired} depth={depth} />
      ))}
    </ul>
  );
}
