import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import type { Business } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { showToast } from '@/design/toasts';
import { fieldError } from '../Form';
import { changesOf, valuesOf, type SettingsValues } from './changes';
import css from './Settings.module.css';
import { TimeZoneField } from './TimeZoneField';

const consentRules = ['allow', 'warn', 'ask'] as const;
const rules = ['nobody', 'managers', 'everybody'] as const;

/** The business's settings. Who may not change them reads them. */
export function SettingsForm({ business }: { business: Business }) {
  const { t } = useTranslation(['settings', 'common']);
  const cache = useQueryClient();
  const mayChange = useMay('settings:write');
  const [values, setValues] = useState(() => valuesOf(business));
  const set = (more: Partial<SettingsValues>) => setValues((old) => ({ ...old, ...more }));
  const body = changesOf(business, values);
  const save = useMutation({
    mutationFn: () => call(api.PATCH('/api/settings', { body })),
    onSuccess: (saved) => {
      cache.setQueryData(keys.settings, saved);
      setValues(valuesOf(saved));
      showToast(t('saved'));
    },
  });
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  const { error } = save;
  return (
    <Panel title={t('business')} text={mayChange ? undefined : t('readOnly')}>
      <Form className={css['form'] ?? ''} onSubmit={send}>
        <Field
          label={t('companyName')}
          value={values.companyName}
          onChange={(companyName) => set({ companyName })}
          error={fieldError(error, 'companyName')}
          isReadOnly={!mayChange}
          maxLength={200}
          isRequired
        />
        <Field
          label={t('category')}
          hint={t('categoryHint')}
          value={values.businessCategory}
          onChange={(businessCategory) => set({ businessCategory })}
          error={fieldError(error, 'businessCategory')}
          isReadOnly={!mayChange}
          maxLength={200}
        />
        <TimeZoneField
          value={values.timezone}
          onChange={(timezone) => set({ timezone })}
          error={fieldError(error, 'timezone')}
          isReadOnly={!mayChange}
        />
        <Field
          label={t('languages')}
          hint={t('languagesHint')}
          value={values.languages}
          onChange={(languages) => set({ languages })}
          error={fieldError(error, 'languages')}
          isReadOnly={!mayChange}
          isRequired
        />
        <div>
          <Select
            label={t('factor')}
            value={values.secondFactorRequiredOf}
            isDisabled={!mayChange}
            options={rules.map((id) => ({ id, label: t(`rule.${id}`) }))}
            onChange={(secondFactorRequiredOf) => set({ secondFactorRequiredOf })}
          />
          <p className={css['hint']}>{t('factorHint')}</p>
        </div>
        <div>
          <Select
            label={t('marketing')}
            value={values.marketingWithoutConsent}
            isDisabled={!mayChange}
            options={consentRules.map((id) => ({ id, label: t(`consentRule.${id}`) }))}
            onChange={(marketingWithoutConsent) => set({ marketingWithoutConsent })}
          />
          <p className={css['hint']}>{t('marketingHint')}</p>
        </div>
        <Field
          label={t('stopConfirmation')}
          hint={t('stopConfirmationHint')}
          value={values.stopConfirmation}
          onChange={(stopConfirmation) => set({ stopConfirmation })}
          error={fieldError(error, 'stopConfirmation')}
          isReadOnly={!mayChange}
          maxLength={500}
          lines={2}
        />
        {error && toApiError(error).fields.size === 0 && <ErrorLine error={error} />}
        {mayChange && (
          <Button
            type="submit"
            look="primary"
            isPending={save.isPending}
            isDisabled={Object.keys(body).length === 0}
          >
            {t('common:save')}
          </Button>
        )}
      </Form>
    </Panel>
  );
}
