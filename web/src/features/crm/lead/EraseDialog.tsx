import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { LeadWithHistory } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Fact, Facts } from '@/design/Panel';

const SECOND = 1000;

/** How far the erasure is, and its receipt. */
function Progress({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const { exact } = useFormats();
  const erasure = useQuery({
    queryKey: keys.erasure(id),
    queryFn: () => call(api.GET('/api/erasures/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'done' ? false : SECOND),
  }).data;
  if (!erasure) return <p>{t('erase.running')}</p>;
  return (
    <>
      <p role="status">{t(erasure.status === 'done' ? 'erase.done' : 'erase.running')}</p>
      <Facts>
        <Fact name={t('erase.messages')}>{erasure.messages}</Fact>
        <Fact name={t('erase.files')}>{erasure.files}</Fact>
        <Fact name={t('erase.others')}>{erasure.others}</Fact>
        {erasure.doneAt !== null && <Fact name={t('erase.doneAt')}>{exact(erasure.doneAt)}</Fact>}
        {erasure.receipt !== null && (
          <Fact name={t('erase.receipt')}>
            <CopyText text={erasure.receipt} />
          </Fact>
        )}
      </Facts>
    </>
  );
}

/** Erases a person, once the lead's name was typed. */
export function EraseDialog({ lead, onClose }: { lead: LeadWithHistory; onClose: () => void }) {
  const { t } = useTranslation(['crm', 'common']);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const erase = useMutation({
    mutationFn: () =>
      call(
        api.POST('/api/leads/{id}/erase', { params: { path: { id: lead.id } }, body: { confirm: lead.id } }),
      ),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.leadLists });
      return cache.invalidateQueries({ queryKey: keys.conversationLists });
    },
  });
  const close = () => {
    onClose();
    if (erase.data) void navigate({ to: '/leads' });
  };
  const actions = erase.data ? (
    <Button onPress={close}>{t('common:close')}</Button>
  ) : (
    <>
      <Button onPress={close}>{t('common:cancel')}</Button>
      <Button
        look="danger"
        isPending={erase.isPending}
        isDisabled={name.trim() !== lead.name.trim()}
        onPress={() => erase.mutate()}
      >
        {t('erase.action')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('erase.action')} role="alertdialog" isOpen onClose={close} actions={actions}>
      {erase.data ? (
        <Progress id={erase.data.id} />
      ) : (
        <>
          <p>{t('erase.text')}</p>
          <Field label={t('erase.confirm', { name: lead.name })} value={name} onChange={setName} autoFocus />
          {erase.error && <ErrorLine error={erase.error} />}
        </>
      )}
    </Dialog>
  );
}
