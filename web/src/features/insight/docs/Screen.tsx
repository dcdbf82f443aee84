import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import css from './Docs.module.css';
import { Markdown } from './Markdown';
import { Operation } from './Operation';
import { areasOf, matchingAreas, type Spec } from './spec';

const specQuery = {
  queryKey: ['openapi'],
  queryFn: async () => (await call(api.GET('/api/openapi.json'))) as unknown as Spec,
  staleTime: Infinity,
};

function Areas({ spec }: { spec: Spec }) {
  const { t } = useTranslation('insight');
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words);
  const areas = matchingAreas(areasOf(spec), wanted);
  return (
    <div className={css['columns']}>
      <nav aria-label={t('docs.areas')} className={css['areas']}>
        <Field
          label={t('docs.search')}
          hideLabel
          placeholder={t('docs.search')}
          type="search"
          value={words}
          onChange={setWords}
        />
        <ul>
          {areas.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${name}`}>{name}</a> <span className={css['muted']}>{operations.length}</span>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css['content']}>
        {!wanted && spec.info.description && <Markdown text={spec.info.description} />}
        {areas.length === 0 && (
          <Empty icon={<BookOpen size={20} />} title={t('docs.emptyTitle')}>
            {t('docs.empty')}
          </Empty>
        )}
        {areas.map(({ name, description, operations }) => (
          <section key={name} id={name} className={css['area']}>
            <h2>{name}</h2>
            {description && <Markdown text={description} />}
            <div className={css['operations']}>
              {operations.map((listed) => (
                <Operation key={`${listed.method} ${listed.path}`} spec={spec} listed={listed} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

/** The API's description, readable. It comes from the API itself, so it describes the one that answers. */
export function Screen() {
  const { t } = useTranslation('insight');
  const spec = useQuery(specQuery);
  return (
    <Page
      title={t('docs.title')}
      actions={
        <a href="/api/openapi.json" target="_blank" rel="noopener noreferrer">
          openapi.json
        </a>
      }
    >
      {spec.isPending && <Skeleton kind="card" count={6} />}
      {spec.error && !spec.data && <ErrorPanel error={spec.error} onRetry={() => void spec.refetch()} />}
      {spec.data && <Areas spec={spec.data} />}
    </Page>
  );
}
