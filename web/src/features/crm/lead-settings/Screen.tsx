import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { pipelinesQuery, useCreatePipeline } from '../pipelines';
import { Fields } from './Fields';
import { Moves } from './Moves';
import { PipelinePanel } from './PipelinePanel';

function NewPipeline({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('crm');
  const [name, setName] = useState('');
  const create = useCreatePipeline();
  return (
    <FormDialog
      title={t('newPipeline')}
      submit={t('createPipeline')}
      isPending={create.isPending}
      error={create.error}
      fields={[]}
      onSubmit={() => create.mutate({ name }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label={t('name')} maxLength={40} isRequired autoFocus value={name} onChange={setName} />
    </FormDialog>
  );
}

function Pipelines() {
  const pipelines = useQuery(pipelinesQuery);
  if (pipelines.isPending) return <Skeleton kind="card" count={2} />;
  if (!pipelines.data) return <ErrorPanel error={pipelines.error} onRetry={() => void pipelines.refetch()} />;
  const { items, moves } = pipelines.data;
  const [first] = items;
  return (
    <>
      {first && <Moves pipelineId={first.id} moves={moves} />}
      {items.map((pipeline) => (
        <PipelinePanel key={pipeline.id} pipeline={pipeline} />
      ))}
    </>
  );
}

/** How the business sells: the fields of its leads, its pipelines, and what happens by itself. */
export function Screen() {
  const { t } = useTranslation(['crm', 'common']);
  const [isOpen, setOpen] = useState(false);
  const add = (
    <Button icon={<Plus size={16} />} onPress={() => setOpen(true)}>
      {t('newPipeline')}
    </Button>
  );
  return (
    <Page title={t('common:nav.leadSettings')} actions={add}>
      <Needs permission="leads:write">
        <Fields />
        <Pipelines />
      </Needs>
      {isOpen && <NewPipeline onClose={() => setOpen(false)} />}
    </Page>
  );
}
