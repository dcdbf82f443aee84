import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import field from '@/design/Field.module.css';
import menu from '@/design/Menu.module.css';
import css from './TimeZoneField.module.css';

interface TimeZoneFieldProps {
  value: string;
  onChange: (zone: string) => void;
  error: string | undefined;
  isReadOnly: boolean;
}

/** A time zone, found by typing part of its name. */
export function TimeZoneField({ value, onChange, error, isReadOnly }: TimeZoneFieldProps) {
  const { t } = useTranslation('settings');
  const zones = [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((id) => ({ id }));
  return (
    <ComboBox
      className={field['field'] ?? ''}
      defaultItems={zones}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      isInvalid={error !== undefined}
      validationBehavior={error === undefined ? 'native' : 'aria'}
      isReadOnly={isReadOnly}
      menuTrigger="focus"
    >
      <Label className={field['label'] ?? ''}>{t('timezone')}</Label>
      <div className={css['box']}>
        <Input className={field['input'] ?? ''} />
        <Button className={css['button'] ?? ''}>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      <FieldError className={field['error'] ?? ''}>{error}</FieldError>
      <Popover className={menu['popover'] ?? ''}>
        <ListBox<{ id: string }> className={menu['menu'] ?? ''}>
          {({ id }) => (
            <ListBoxItem id={id} textValue={id} className={menu['item'] ?? ''}>
              {id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
