import { useTranslation } from 'react-i18next';
import { Collection } from 'react-aria-components/Collection';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { emoji, readRecent, writeRecent } from './emoji';
import css from './Emoji.module.css';

/** The emoji that people send, and first those that one has just used. */
export function EmojiPicker({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { t } = useTranslation('inbox');
  const recent = readRecent();
  const sections = [...(recent.length > 0 ? [{ name: 'recent' as const, list: recent }] : []), ...emoji];
  const pick = (key: string) => {
    const one = key.slice(key.indexOf(' ') + 1);
    writeRecent(one);
    onEmoji(one);
  };
  return (
    <ListBox
      aria-label={t('composer.emoji')}
      layout="grid"
      autoFocus="first"
      className={css['list'] ?? ''}
      onAction={(key) => pick(String(key))}
    >
      {sections.map(({ name, list }) => (
        <ListBoxSection key={name} className={css['section'] ?? ''}>
          <Header className={css['heading'] ?? ''}>{t(`emoji.${name}`)}</Header>
          <Collection items={list.map((one) => ({ id: `${name} ${one}`, one }))}>
            {({ id, one }) => (
              <ListBoxItem id={id} textValue={one} className={css['emoji'] ?? ''}>
                {one}
              </ListBoxItem>
            )}
          </Collection>
        </ListBoxSection>
      ))}
    </ListBox>
  );
}
