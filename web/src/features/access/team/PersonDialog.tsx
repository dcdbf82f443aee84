import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { User } from '@/api/schema';
import { channelsQuery } from '@/api/queries';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { Switch } from '@/design/Switch';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import { changesOf, formOf, roles, sights, type PersonForm } from './person';
import css from './Team.module.css';

interface Part {
  form: PersonForm;
  set: (more: Partial<PersonForm>) => void;
}

/** Which conversations the person sees, and whether they see phone numbers. */
function Visibility({ form, set }: Part) {
  const { t } = useTranslation('team');
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const toggle = (id: string, is: boolean) =>
    set({ channelIds: is ? [...form.channelIds, id] : form.channelIds.filter((one) => one !== id) });
  return (
    <>
      <Select
        label={t('sees')}
        value={form.sees}
        options={sights.map((id) => ({ id, label: t(`seesWord.${id}`) }))}
        onChange={(sees) => set({ sees })}
      />
      {form.sees === 'channels' && (
        <div role="group" aria-label={t('whichNumbers')} className={css['group']}>
          <span className={css['legend']}>{t('whichNumbers')}</span>
          {channels.map(({ id, name, phoneNumber }) => (
            <Checkbox key={id} isSelected={form.channelIds.includes(id)} onChange={(is) => toggle(id, is)}>
              {name} · {phoneNumber}
            </Checkbox>
          ))}
        </div>
      )}
      <Switch isSelected={form.masksPhones} onChange={(masksPhones) => set({ masksPhones })}>
        {t('masksPhones')}
      </Switch>
    </>
  );
}

export function PersonDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['team', 'common']);
  const cache = useQueryClient();
  const [form, setForm] = useState(() => formOf(user));
  const set = (more: Partial<PersonForm>) => setForm((old) => ({ ...old, ...more }));
  const change = useMutation({
    mutationFn: (body: Partial<PersonForm>) =>
      call(api.PATCH('/api/users/{id}', { params: { path: { id: user.id } }, body })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.users });
      void cache.invalidateQueries({ queryKey: keys.me });
      showToast(t('saved', { name: form.name }));
      onClose();
    },
  });
  const send = () => {
    const body = changesOf(user, form);
    if (Object.keys(body).length === 0) onClose();
    else change.mutate(body);
  };
  return (
    <FormDialog
      title={t('editTitle', { name: user.name })}
      submit={t('common:save')}
      isPending={change.isPending}
      error={change.error}
      fields={['name']}
      onSubmit={send}
      onClose={onClose}
    >
      <Field
        label={t('name')}
        value={form.name}
        onChange={(name) => set({ name })}
        error={fieldError(change.error, 'name')}
        maxLength={200}
        isRequired
      />
      <Select
        label={t('role')}
        value={form.role}
        options={roles.map((id) => ({ id, label: t(`common:role.${id}`) }))}
        onChange={(role) => set({ role })}
      />
      <p className={css['muted']}>
        {t(`roleText.${form.role}`)} {t('signsOut')}
      </p>
      <Visibility form={form} set={set} />
    </FormDialog>
  );
}
