import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseSounds, hasSounds } from '@/app/sounds';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { Switch } from '@/design/Switch';
import { chooseTheme, storedTheme, type Theme } from '@/design/theme';
import { chooseLanguage, languages, type Language } from '@/i18n/i18n';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[];

/** What holds for this browser alone. */
export function Appearance() {
  const { t, i18n } = useTranslation(['account', 'common']);
  const [theme, setTheme] = useState(storedTheme);
  const [sounds, setSounds] = useState(hasSounds);
  return (
    <Panel title={t('appearance')} text={t('appearanceText')}>
      <Select
        label={t('common:account.theme')}
        value={theme}
        options={themes.map((id) => ({ id, label: t(`theme.${id}`) }))}
        onChange={(id) => {
          chooseTheme(id);
          setTheme(id);
        }}
      />
      <Select
        label={t('common:account.language')}
        value={i18n.language as Language}
        options={languages}
        onChange={(id) => void chooseLanguage(id)}
      />
      <Switch
        isSelected={sounds}
        onChange={(on) => {
          chooseSounds(on);
          setSounds(on);
        }}
      >
        {t('sounds')}
      </Switch>
    </Panel>
  );
}
