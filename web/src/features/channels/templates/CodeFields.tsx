import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { Switch } from '@/design/Switch';
import type { CodeDraft } from './draft';

interface CodeFieldsProps {
  code: CodeDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (code: CodeDraft) => void;
}

/** How a one-time code is delivered. WhatsApp writes its text. */
export function CodeFields({ code, errors, onChange }: CodeFieldsProps) {
  const { t } = useTranslation('kinds');
  return (
    <>
      <p>{t('templates.codeText')}</p>
      <Select<CodeDraft['delivery']>
        label={t('templates.delivery')}
        value={code.delivery}
        options={(['copy_code', 'one_tap'] as const).map((id) => ({
          id,
          label: t(`templates.deliveries.${id}`),
        }))}
        onChange={(delivery) => onChange({ ...code, delivery })}
      />
      <Switch
        isSelected={code.securityAdvice}
        onChange={(securityAdvice) => onChange({ ...code, securityAdvice })}
      >
        {t('templates.securityAdvice')}
      </Switch>
      <Field
        label={t('templates.expiresInMinutes')}
        value={code.expiresInMinutes}
        error={errors.get('code.expiresInMinutes')}
        onChange={(expiresInMinutes) => onChange({ ...code, expiresInMinutes })}
      />
      {code.delivery === 'one_tap' && (
        <>
          <Field
            label={t('templates.packageName')}
            value={code.packageName}
            error={errors.get('code.apps[0].packageName') ?? errors.get('code.apps')}
            onChange={(packageName) => onChange({ ...code, packageName })}
          />
          <Field
            label={t('templates.signatureHash')}
            value={code.signatureHash}
            maxLength={11}
            error={errors.get('code.apps[0].signatureHash')}
            onChange={(signatureHash) => onChange({ ...code, signatureHash })}
          />
        </>
      )}
    </>
  );
}
