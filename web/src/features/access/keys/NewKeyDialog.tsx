import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { KeyBody } from '@/api/schema';
import { Button } from '@/design/Button';
import { Checkbox } from '@/design/Checkbox';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { fieldError } from '../Form';
import css from './Keys.module.css';
import { ProofField, useProof } from './ProofField';

type Scope = KeyBody['scopes'][number];
const scopes = [
  'inbox:read',
  'inbox:write',
  'leads:write',
  'templates:write',
  'notices:read',
  'users:read',
  'reports:read',
  'costs:read',
  'audit:read',
  'statuses:write',
] as const;

/** The key, once: it can be read nowhere afterwards. */
function Made({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const { t } = useTranslation('team');
  const done = (
    <Button look="primary" onPress={onClose}>
      {t('key.kept')}
    </Button>
  );
  return (
    <Dialog title={t('key.madeTitle', { name })} isOpen onClose={onClose} actions={done}>
      <p>{t('key.madeText')}</p>
      <CopyText text={secret} label={t('key.one')} />
    </Dialog>
  );
}

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('team');
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['inbox:read']);
  const [secret, setSecret] = useState('');
  const proof = useProof(secret);
  const make = useMutation({
    mutationFn: () =>
      call(api.POST('/api/keys', { body: { name: name.trim(), scopes: [...chosen], ...proof } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.apiKeys }),
  });
  if (make.data) return <Made name={make.data.name} secret={make.data.key ?? ''} onClose={onClose} />;
  const toggle = (scope: Scope, is: boolean) =>
    setChosen(is ? [...chosen, scope] : chosen.filter((one) => one !== scope));
  const wrong = fieldError(make.error, 'scopes');
  return (
    <FormDialog
      title={t('key.makeTitle')}
      submit={t('key.make')}
      isPending={make.isPending}
      error={make.error}
      fields={['name', 'scopes', 'password', 'code']}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <Field
        label={t('key.name')}
        hint={t('key.nameHint')}
        value={name}
        onChange={setName}
        error={fieldError(make.error, 'name')}
        maxLength={200}
        autoFocus
        isRequired
      />
      <div role="group" aria-label={t('key.scopes')} className={css['group']}>
        <span className={css['legend']}>{t('key.scopes')}</span>
        {scopes.map((scope) => (
          <Checkbox key={scope} isSelected={chosen.includes(scope)} onChange={(is) => toggle(scope, is)}>
            <span>
              <code>{scope}</code> {t(`scope.${scope.replace(':', '_') as 'inbox_read'}`)}
            </span>
          </Checkbox>
        ))}
        {wrong && <p role="alert">{wrong}</p>}
      </div>
      <ProofField value={secret} onChange={setSecret} error={make.error} />
    </FormDialog>
  );
}
