import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/schema';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Panel } from '@/design/Panel';
import { Progress } from '@/design/Progress';
import { Skeleton } from '@/design/Skeleton';
import { Table, type TableColumn } from '@/design/Table';
import { importQuery, importsQuery, LARGEST, useUpload } from './api';
import { Mapping } from './Mapping';
import { Outcome } from './Outcome';
import css from './Screen.module.css';

function Choose() {
  const { t } = useTranslation('kinds');
  const navigate = useNavigate({ from: '/leads/import' });
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const upload = useUpload(setSent);
  const isTooLarge = chosen !== null && chosen.size > LARGEST;
  const choose = (file: File | undefined) => {
    if (!file) return;
    setChosen(file);
    if (file.size <= LARGEST) {
      upload.mutate(file, { onSuccess: (id) => void navigate({ search: { id } }) });
    }
  };
  return (
    <Panel title={t('jobs.import.chooseTitle')} text={t('jobs.import.chooseText')}>
      <div className={css['drop']}>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label={t('jobs.import.choose')}
          className="visually-hidden"
          tabIndex={-1}
          onChange={({ target }) => choose(target.files?.[0])}
        />
        <Button
          look="primary"
          icon={<Upload size={16} />}
          isPending={upload.isPending}
          onPress={() => input.current?.click()}
        >
          {t('jobs.import.choose')}
        </Button>
        {chosen && upload.isPending && (
          <Progress
            label={t('jobs.import.uploading', { name: chosen.name })}
            done={sent}
            total={chosen.size}
          />
        )}
        {isTooLarge && <p role="alert">{t('jobs.import.tooLarge')}</p>}
        {upload.error && <ErrorLine error={upload.error} />}
      </div>
    </Panel>
  );
}

function useColumns(): TableColumn<Import>[] {
  const { t } = useTranslation('kinds');
  const { exact } = useFormats();
  return [
    { id: 'filename', label: t('jobs.import.file'), cell: ({ filename }) => <bdi>{filename}</bdi> },
    { id: 'state', label: t('jobs.import.state'), cell: ({ state }) => t(`jobs.import.states.${state}`) },
    {
      id: 'result',
      label: t('jobs.import.result'),
      cell: ({ counts }) => t('jobs.import.resultText', { ...counts }),
    },
    { id: 'began', label: t('jobs.import.began'), cell: ({ createdAt }) => exact(createdAt) },
  ];
}

function Earlier() {
  const { t } = useTranslation('kinds');
  const navigate = useNavigate({ from: '/leads/import' });
  const list = useInfiniteQuery(importsQuery);
  const columns = useColumns();
  if (list.isPending) return <Skeleton kind="row" count={3} />;
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <Panel title={t('jobs.import.earlier')}>
      <Table
        label={t('jobs.import.earlier')}
        columns={columns}
        rows={rows}
        onOpen={({ id }) => void navigate({ search: { id } })}
        empty={<Empty icon={<Upload size={20} />} title={t('jobs.import.none')} />}
      />
      <LoadMore pages={list} />
    </Panel>
  );
}

function One({ id }: { id: string }) {
  const [isMapping, setMapping] = useState(false);
  const { data, error, isPending, refetch } = useQuery(importQuery(id));
  if (isPending) return <Skeleton kind="row" count={6} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  const maps = data.state === 'waiting' && (data.phase === 'upload' || isMapping);
  return maps ? (
    <Mapping job={data} onChecked={() => setMapping(false)} />
  ) : (
    <Outcome job={data} onChange={() => setMapping(true)} />
  );
}

/** Brings leads in from a file: choose it, say what its columns hold, check the rows, write them. */
export function Screen() {
  const { t } = useTranslation('kinds');
  const { id } = useSearch({ from: '/shell/leads/import' });
  return (
    <Page title={t('jobs.import.title')} actions={<Link to="/leads">{t('jobs.import.back')}</Link>}>
      <Needs permission="leads:write">
        {id ? (
          <One key={id} id={id} />
        ) : (
          <>
            <Choose />
            <Earlier />
          </>
        )}
      </Needs>
    </Page>
  );
}
