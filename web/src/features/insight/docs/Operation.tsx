import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { CopyText } from '@/design/CopyText';
import css from './Docs.module.css';
import { Fields } from './Fields';
import { Markdown } from './Markdown';
import { answerOf, bodyOf, limitsOf, resolve, typeOf, type Listed, type Spec } from './spec';

function Parameters({ spec, listed }: { spec: Spec; listed: Listed }) {
  const { t } = useTranslation('insight');
  const parameters = listed.operation.parameters ?? [];
  if (parameters.length === 0) return null;
  return (
    <section>
      <h4>{t('docs.parameters')}</h4>
      <ul className={css['fields']}>
        {parameters.map(({ name, in: where, required, description, schema = {} }) => {
          const values = resolve(spec, schema.items ?? schema).enum;
          return (
            <li key={`${where}-${name}`} className={css['field']}>
              <p className={css['fieldHead']}>
                <code className={css['fieldName']}>{name}</code>
                <code>{typeOf(schema)}</code>
                <span className={css['muted']}>{where}</span>
                {required && <span className={css['required']}>{t('docs.required')}</span>}
                <span className={css['muted']}>{limitsOf(schema)}</span>
              </p>
              {description && <Markdown text={description} />}
              {values && (
                <p className={css['values']}>
                  {values.map((value) => (
                    <code key={String(value)}>{String(value)}</code>
                  ))}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Answers({ spec, listed }: { spec: Spec; listed: Listed }) {
  const { t } = useTranslation('insight');
  return (
    <section>
      <h4>{t('docs.answers')}</h4>
      <ul className={css['fields']}>
        {Object.entries(listed.operation.responses).map(([status, given]) => {
          const answer = answerOf(spec, given);
          const body = bodyOf(answer.content);
          const isGood = status.startsWith('2');
          return (
            <li key={status} className={css['field']}>
              <p className={css['fieldHead']}>
                <code className={css['fieldName']} data-tone={isGood ? 'green' : 'red'}>
                  {status}
                </code>
                {body && <code>{typeOf(body[1])}</code>}
                <span lang="en">{answer.description}</span>
              </p>
              {body && isGood && <Fields spec={spec} schema={body[1]} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** One operation: what it does, what it takes, what it answers. */
export function Operation({ spec, listed }: { spec: Spec; listed: Listed }) {
  const { t } = useTranslation('insight');
  const { method, path, operation } = listed;
  const body = bodyOf(operation.requestBody?.content);
  return (
    <Disclosure className={css['operation'] ?? ''}>
      <Heading level={3} className={css['title'] ?? ''}>
        <Button slot="trigger" className={css['trigger'] ?? ''}>
          <ChevronRight size={16} aria-hidden className={css['chevron']} />
          <span className={css['method']} data-method={method}>
            {method}
          </span>
          <code className={css['path']}>{path}</code>
          <span className={css['summary']} lang="en">
            {operation.summary}
          </span>
        </Button>
      </Heading>
      <DisclosurePanel className={css['panel'] ?? ''}>
        <div className={css['inside']}>
          <CopyText text={path} />
          {operation.description && <Markdown text={operation.description} />}
          <Parameters spec={spec} listed={listed} />
          {body && (
            <section>
              <h4>
                {t('docs.body')} <code>{typeOf(body[1])}</code>
              </h4>
              <Fields spec={spec} schema={body[1]} />
            </section>
          )}
          <Answers spec={spec} listed={listed} />
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
