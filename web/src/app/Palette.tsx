import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Dialog } from '@/design/Dialog';
import { Field } from '@/design/Field';
import menu from '@/design/Menu.module.css';
import { isSearchable, useSearch } from '@/features/crm/search';
import { keyLabel, useAllCommands, type Command } from './commands';
import { useMay } from './me';

/** More leads than this do not help somebody who is typing. */
const MOST_LEADS = 8;

/** The leads that a text finds, as commands that open them. */
function useFoundLeads(text: string): Command[] {
  const navigate = useNavigate();
  const mayRead = useMay('inbox:read');
  const found = useSearch(mayRead ? text : '');
  const leads = isSearchable(text.trim()) ? (found.data?.items ?? []) : [];
  return leads.slice(0, MOST_LEADS).map((lead) => ({
    id: lead.id,
    label: [lead.name, lead.phone ?? lead.phoneMasked].filter(Boolean).join(' · '),
    section: 'page',
    run: () => void navigate({ to: '/leads/$leadId', params: { leadId: lead.id } }),
  }));
}

/** Every command of what is on screen, and leads, found by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('common');
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const leads = useFoundLeads(text);
  const own = useAllCommands().filter(({ id }) => id !== 'palette');
  // What the API found is found, though the text may not stand in its name.
  const commands = [...own.filter(({ label }) => contains(label, text)), ...leads];
  const run = (id: string) => {
    onClose();
    commands.find((command) => command.id === id)?.run();
  };
  return (
    <Dialog title={t('palette.title')} isOpen onClose={onClose}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <Field label={t('palette.title')} hideLabel placeholder={t('palette.placeholder')} autoFocus />
        <Menu
          aria-label={t('palette.title')}
          items={commands}
          className={menu['menu'] ?? ''}
          onAction={(id) => run(String(id))}
          renderEmptyState={() => t('palette.empty')}
        >
          {({ id, label, keys }) => (
            <MenuItem id={id} textValue={label} className={menu['item'] ?? ''}>
              <span className={menu['label']}>{label}</span>
              {keys && <kbd>{keyLabel(keys)}</kbd>}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
