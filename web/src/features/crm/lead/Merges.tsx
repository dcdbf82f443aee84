import { Merge } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadWithHistory } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Panel } from '@/design/Panel';
import { part } from '@/design/part';
import { useMerges, useUndoMerge } from '../merges';
import css from './Lead.module.css';

const MergeDialog = part(() => import('./MergeDialog').then(({ MergeDialog }) => MergeDialog));

/** The merges into this lead, and a way to make one. */
export function Merges({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation(['crm', 'common']);
  const { exact } = useFormats();
  const mayMerge = useMay('inbox:write');
  const [isOpen, setOpen] = useState(false);
  const undo = useUndoMerge();
  const merges = useMerges(lead.id).data?.items ?? [];
  if (!mayMerge && merges.length === 0) return null;
  return (
    <Panel title={t('merge.merges')}>
      {merges.length > 0 && (
        <ul className={css['items']}>
          {merges.map((merge) => (
            <li key={merge.id} className={css['itemHead']}>
              <time dateTime={merge.at}>{exact(merge.at)}</time>
              {merge.undoneAt !== null && <span className={css['muted']}>{t('merge.wasUndone')}</span>}
              {merge.undoneAt === null && mayMerge && new Date(merge.undoableUntil) > new Date() && (
                <Button
                  isPending={undo.isPending}
                  onPress={() => undo.mutate({ lead: lead.id, merge: merge.id })}
                >
                  {t('merge.undo')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayMerge && (
        <Button icon={<Merge size={16} />} onPress={() => setOpen(true)}>
          {t('merge.open')}
        </Button>
      )}
      <Suspense>{isOpen && <MergeDialog lead={lead} other={null} onClose={() => setOpen(false)} />}</Suspense>
    </Panel>
  );
}
