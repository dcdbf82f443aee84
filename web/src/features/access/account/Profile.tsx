import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useMe } from '@/app/me';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Fact, Facts, Panel } from '@/design/Panel';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import css from './Account.module.css';

export function Profile() {
  const { t } = useTranslation(['account', 'common']);
  const cache = useQueryClient();
  const me = useMe();
  const [name, setName] = useState(me.name);
  const save = useMutation({
    mutationFn: () => call(api.PATCH('/api/auth/me', { body: { name: name.trim() } })),
    onSuccess: () => {
      showToast(t('nameSaved'));
      void cache.invalidateQueries({ queryKey: keys.users });
      return cache.invalidateQueries({ queryKey: keys.me });
    },
  });
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  const wrong = fieldError(save.error, 'name');
  return (
    <Panel title={t('profile')}>
      <Facts>
        <Fact name={t('email')}>{me.email}</Fact>
        <Fact name={t('role')}>{t(`common:role.${me.role}`)}</Fact>
        <Fact name={t('id')}>
          <CopyText text={me.id} />
        </Fact>
      </Facts>
      <Form className={css['form'] ?? ''} onSubmit={send}>
        <Field
          label={t('name')}
          value={name}
          onChange={setName}
          error={wrong}
          maxLength={200}
          autoComplete="name"
          isRequired
        />
        {save.error && !wrong && <ErrorLine error={save.error} />}
        <Button type="submit" isPending={save.isPending} isDisabled={name.trim() === me.name}>
          {t('saveName')}
        </Button>
      </Form>
    </Panel>
  );
}
