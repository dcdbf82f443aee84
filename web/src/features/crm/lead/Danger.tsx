import { Eraser } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadWithHistory } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { Panel } from '@/design/Panel';
import { part } from '@/design/part';

const EraseDialog = part(() => import('./EraseDialog').then(({ EraseDialog }) => EraseDialog));

/** What cannot be undone. */
export function Danger({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation('crm');
  const mayErase = useMay('leads:write');
  const [isOpen, setOpen] = useState(false);
  if (!mayErase) return null;
  return (
    <Panel title={t('erase.area')} text={t('erase.text')}>
      <Button look="danger" icon={<Eraser size={16} />} onPress={() => setOpen(true)}>
        {t('erase.action')}
      </Button>
      <Suspense>{isOpen && <EraseDialog lead={lead} onClose={() => setOpen(false)} />}</Suspense>
    </Panel>
  );
}
