import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { BulkBody, Stage } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { tagsOf } from '../details';
import { stages } from '../stages';
import { Bar, type BulkRun } from './Bar';
import css from './Bulk.module.css';
import { ExportDialog } from './ExportDialog';

interface LeadBarProps {
  ids: readonly string[];
  filter: NonNullable<BulkBody['leads']>;
  onEnd: () => void;
}

type Asked = 'tag' | 'untag' | 'owner' | 'stage' | 'delete' | 'export';

interface AskProps {
  asked: Asked;
  bulk: BulkRun;
  of: Pick<BulkBody, 'leadIds' | 'leads'>;
  onClose: () => void;
}

function Ask({ asked, bulk, of, onClose }: AskProps) {
  const { t } = useTranslation(['kinds', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const [tags, setTags] = useState('');
  const [ownerId, setOwner] = useState('');
  const [stage, setStage] = useState<Stage>('Contacted');
  const [reason, setReason] = useState('');
  const send = (body: BulkBody) => {
    bulk.run({ ...body, ...of });
    onClose();
  };
  const submit = () => {
    if (asked === 'tag' || asked === 'untag') send({ action: asked, tags: tagsOf(tags) });
    if (asked === 'owner') send({ action: 'set_owner', ownerId: ownerId || null });
    if (asked === 'stage') {
      const lostReason = stage === 'Lost' ? reason.trim() : '';
      send({ action: 'set_stage', stage, ...(lostReason && { lostReason }) });
    }
  };
  if (asked === 'export') {
    const filter = of.leads;
    return (
      <ExportDialog of={of.leadIds ? { leadIds: of.leadIds } : filter ? { filter } : {}} onClose={onClose} />
    );
  }
  if (asked === 'delete') {
    return (
      <Confirm
        title={t('kinds:jobs.bulk.delete')}
        action={t('kinds:jobs.bulk.delete')}
        isPending={false}
        error={null}
        onClose={onClose}
        onConfirm={() => send({ action: 'delete' })}
      >
        {t('kinds:jobs.bulk.deleteAsk')}
      </Confirm>
    );
  }
  return (
    <FormDialog
      title={t(`kinds:jobs.bulk.${asked}`)}
      submit={t('kinds:jobs.bulk.apply')}
      isPending={bulk.isPending}
      error={null}
      fields={[]}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={css['form']}>
        {(asked === 'tag' || asked === 'untag') && (
          <Field
            label={t('kinds:jobs.import.tags')}
            hint={t('kinds:jobs.import.tagsHint')}
            value={tags}
            onChange={setTags}
            isRequired
            autoFocus
          />
        )}
        {asked === 'owner' && (
          <Select
            label={t('kinds:jobs.bulk.owner')}
            value={ownerId}
            options={[
              { id: '', label: t('common:nobody') },
              ...users.filter(({ active }) => active).map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={setOwner}
          />
        )}
        {asked === 'stage' && (
          <>
            <Select
              label={t('kinds:jobs.bulk.stage')}
              value={stage}
              options={stages.map((id) => ({ id, label: t(`common:stage.${id}`) }))}
              onChange={setStage}
            />
            {stage === 'Lost' && (
              <Field
                label={t('kinds:jobs.bulk.reason')}
                value={reason}
                onChange={setReason}
                maxLength={500}
              />
            )}
          </>
        )}
      </div>
    </FormDialog>
  );
}

/** Changes and exports the leads that are selected, or all that match. */
export function LeadBar({ ids, filter, onEnd }: LeadBarProps) {
  const { t } = useTranslation('kinds');
  const manages = useMay('leads:write');
  const [isAll, setAll] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const of = isAll ? { leads: filter } : { leadIds: [...ids] };
  const offered: readonly Asked[] = [
    'tag',
    'untag',
    'owner',
    'stage',
    ...(manages ? (['export', 'delete'] as const) : []),
  ];
  const isNothing = !isAll && ids.length === 0;
  return (
    <Bar count={ids.length} isAll={isAll} onAll={() => setAll(true)} onEnd={onEnd}>
      {(bulk) => (
        <>
          {offered.map((one) => (
            <Button
              key={one}
              size="small"
              isDisabled={isNothing || bulk.isPending}
              onPress={() => setAsked(one)}
            >
              {t(`jobs.bulk.${one}`)}
            </Button>
          ))}
          {asked && <Ask asked={asked} bulk={bulk} of={of} onClose={() => setAsked(null)} />}
        </>
      )}
    </Bar>
  );
}
