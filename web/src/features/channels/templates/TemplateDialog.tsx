import { Pencil, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { ErrorLine } from '@/design/ErrorPanel';
import { Fact, Facts } from '@/design/Panel';
import { part } from '@/design/part';
import { Switch } from '@/design/Switch';
import { showToast } from '@/design/toasts';
import { useChangeTemplate, useDeleteTemplate } from './api';
import { HeaderFile } from './HeaderFile';
import { Preview } from './Preview';
import { Quality, Status } from './Status';
import { plainName } from './text';

const NewTemplateDialog = part(() =>
  import('./NewTemplateDialog').then(({ NewTemplateDialog }) => NewTemplateDialog),
);
const Confirm = part(() => import('@/design/Confirm').then(({ Confirm }) => Confirm));

/** What the business sets of a template without a review: its file, and its default language. */
function Own({ template }: { template: Template }) {
  const { t } = useTranslation('kinds');
  const change = useChangeTemplate();
  const { id, header, files } = changed(template, change.data);
  const isDefault = change.data?.isDefault ?? template.isDefault;
  const format = header?.format;
  return (
    <>
      <Switch isSelected={isDefault} onChange={(on) => change.mutate({ id, body: { isDefault: on } })}>
        {t('templates.isDefault')}
      </Switch>
      {(format === 'image' || format === 'video' || format === 'document') && (
        <HeaderFile
          kind={format}
          file={null}
          note={t(files.length > 0 ? 'templates.ownFile' : 'templates.noOwnFile')}
          onFile={({ mediaId }) => change.mutate({ id, body: { headerFile: mediaId } })}
        />
      )}
      {change.error && <ErrorLine error={change.error} />}
    </>
  );
}

const changed = (before: Template, after: Template | undefined): Template => after ?? before;

/** One template: how it looks, and what WhatsApp says of it. */
export function TemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation(['kinds', 'common']);
  const { exact } = useFormats();
  const mayManage = useMay('templates:write');
  const remove = useDeleteTemplate();
  const [isAsking, setAsking] = useState(false);
  const [isChanging, setChanging] = useState(false);
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
        <Button
          icon={<Pencil size={16} aria-hidden />}
          isDisabled={template.editObstacle !== null}
          onPress={() => setChanging(true)}
        >
          {t('templates.edit')}
        </Button>
      )}
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
        {template.editing && <Fact name={t('templates.edit')}>{t('templates.editing')}</Fact>}
        {template.editProblem !== null && (
          <Fact name={t('templates.editProblem')}>{template.editProblem}</Fact>
        )}
        {mayManage && template.editObstacle !== null && !template.editing && (
          <Fact name={t('templates.edit')}>{template.editObstacle}</Fact>
        )}
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
      {mayManage && <Own template={template} />}
      {isChanging && (
        <Suspense>
          <NewTemplateDialog template={template} onClose={onClose} />
        </Suspense>
      )}
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
