import { Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { Fact, Facts } from '@/design/Panel';
import { part } from '@/design/part';
import { showToast } from '@/design/toasts';
import { useDeleteTemplate } from './api';
import { Preview } from './Preview';
import { Quality, Status } from './Status';
import { plainName } from './text';

const Confirm = part(() => import('@/design/Confirm').then(({ Confirm }) => Confirm));

/** One template: how it looks, and what WhatsApp says of it. */
export function TemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation(['kinds', 'common']);
  const { exact } = useFormats();
  const mayManage = useMay('templates:write');
  const remove = useDeleteTemplate();
  const [isAsking, setAsking] = useState(false);
  const deleteIt = () =>
    remove.mutate(template.id, {
      onSuccess: () => {
        showToast(t('templates.deleted', { name: plainName(template.name) }));
        onClose();
      },
    });
  const actions = (
    <>
      {mayManage && (
        <Button look="danger" icon={<Trash2 size={16} aria-hidden />} onPress={() => setAsking(true)}>
          {t('templates.delete')}
        </Button>
      )}
      <Button onPress={onClose}>{t('common:close')}</Button>
    </>
  );
  return (
    <Dialog title={plainName(template.name)} isOpen onClose={onClose} actions={actions}>
      <Preview template={template} />
      <Facts>
        <Fact name={t('templates.statusLabel')}>
          <Status status={template.status} />
        </Fact>
        {template.reason !== null && <Fact name={t('templates.reason')}>{template.reason}</Fact>}
        {template.status === 'approved' && template.obstacle !== null && (
          <Fact name={t('templates.obstacle')}>{template.obstacle}</Fact>
        )}
        <Fact name={t('templates.qualityLabel')}>
          <Quality quality={template.quality} />
        </Fact>
        <Fact name={t('templates.category')}>{t(`templates.categories.${template.category}`)}</Fact>
        <Fact name={t('templates.whatsappName')}>
          <CopyText text={template.name} />
        </Fact>
        <Fact name={t('templates.language')}>{template.language}</Fact>
        <Fact name={t('templates.seen')}>{exact(template.seenAt)}</Fact>
      </Facts>
      {isAsking && (
        <Suspense>
          <Confirm
            title={t('templates.deleteTitle', { name: plainName(template.name) })}
            action={t('templates.delete')}
            isPending={remove.isPending}
            error={remove.error}
            onConfirm={deleteIt}
            onClose={() => setAsking(false)}
          >
            {t('templates.deleteText')}
          </Confirm>
        </Suspense>
      )}
    </Dialog>
  );
}
