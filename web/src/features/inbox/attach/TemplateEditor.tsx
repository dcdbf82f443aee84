import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '@/api/schema';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { LoadMore } from '@/design/LoadMore';
import { Skeleton } from '@/design/Skeleton';
import { templatesQuery } from '@/features/channels/templates/api';
import { HeaderFile } from '@/features/channels/templates/HeaderFile';
import { Preview } from '@/features/channels/templates/Preview';
import { plainName } from '@/features/channels/templates/text';
import { usePriceText } from '../PriceText';
import { priceOf, quoteQuery } from '../quotes';
import { Editor } from './Editor';
import css from './Editor.module.css';
import type { EditorProps } from './Panel';
import { pointIn } from './place';
import {
  emptyCard,
  emptyDraft,
  fileKind,
  missing,
  needsLocation,
  sendOf,
  type CardDraft,
  type TemplateDraft,
} from './templateDraft';

interface ListProps {
  id: string;
  channelId: string;
  onChoose: (template: Template) => void;
}

/** What a template of this category costs here; the category alone until that is known. */
function Price({ id, category }: { id: string; category: Template['category'] }) {
  const { t } = useTranslation('kinds');
  const price = priceOf(useQuery(quoteQuery(id)).data, category);
  const text = usePriceText();
  return <>{price ? text(price) : t(`templates.categories.${category}`)}</>;
}

/** The approved templates of the number's account. */
function Choice({ id, channelId, onChoose }: ListProps) {
  const { t } = useTranslation('kinds');
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const filter = { channelId, status: 'approved' as const, ...(search && { name: search }) };
  const templates = useInfiniteQuery({ ...templatesQuery(filter), placeholderData: (before) => before });
  const found = templates.data?.pages.flatMap(({ items }) => items).filter(({ sendable }) => sendable) ?? [];
  return (
    <>
      <Field label={t('templates.search')} type="search" value={text} onChange={setText} autoFocus />
      {templates.isPending ? (
        <Skeleton count={3} />
      ) : templates.error && found.length === 0 ? (
        <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />
      ) : found.length === 0 ? (
        <p className={css['most']}>{t(search ? 'templates.noMatch' : 'templates.noneApproved')}</p>
      ) : (
        <ul className={css['choices']} aria-label={t('templates.title')}>
          {found.map((template) => (
            <li key={template.id}>
              <button type="button" className={css['choice']} onClick={() => onChoose(template)}>
                <span className={css['choiceName']}>
                  <bdi>{plainName(template.name)}</bdi>
                  <Badge>{template.language}</Badge>
                  <Badge>
                    <Price id={id} category={template.category} />
                  </Badge>
                </span>
                <bdi className={css['choiceBody']}>{template.body}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      <LoadMore pages={templates} />
    </>
  );
}

interface ValuesProps {
  template: Template;
  draft: TemplateDraft;
  isChecked: boolean;
  onChange: (draft: TemplateDraft) => void;
}

function Values({ template, draft, isChecked, onChange }: ValuesProps) {
  const { t } = useTranslation('kinds');
  const [point, setPoint] = useState('');
  const { parameters, buttons } = template;
  const absent = isChecked ? missing(template, draft) : new Set<string>();
  const error = (field: string) => (absent.has(field) ? t('editor.empty') : undefined);
  const kind = fileKind(template);
  return (
    <>
      {kind && (
        <HeaderFile
          kind={kind}
          file={draft.file}
          note={
            absent.has('template.file')
              ? t('templates.fileMissing')
              : template.files.length > 0
                ? t('templates.ownFile')
                : undefined
          }
          onFile={(file) => onChange({ ...draft, file })}
        />
      )}
      {needsLocation(template) && (
        <Field
          label={t('editor.point')}
          hint={t('editor.pointHint')}
          error={absent.has('template.location') ? t('editor.pointUnknown') : undefined}
          value={point}
          onChange={(text) => {
            setPoint(text);
            onChange({ ...draft, location: pointIn(text) });
          }}
        />
      )}
      {parameters.header !== null && (
        <Field
          label={t('templates.headerValue')}
          value={draft.header}
          error={error('template.header')}
          onChange={(header) => onChange({ ...draft, header })}
        />
      )}
      {parameters.body.map((name) => (
        <Field
          key={name}
          label={t('templates.bodyValue', {
            name: parameters.format === 'named' ? name.replaceAll('_', ' ') : `{{${name}}}`,
          })}
          value={draft.body[name] ?? ''}
          error={error(`template.body.${name}`)}
          onChange={(value) => onChange({ ...draft, body: { ...draft.body, [name]: value } })}
        />
      ))}
      {parameters.cards.map((card, place) => {
        const given = draft.cards[place] ?? emptyCard;
        const at = `template.cards[${place}]`;
        const set = (changed: Partial<CardDraft>) =>
          onChange({ ...draft, cards: { ...draft.cards, [place]: { ...given, ...changed } } });
        const title = t('templates.card', { number: place + 1 });
        return (
          <fieldset key={place} className={css['group']}>
            <legend>{title}</legend>
            <HeaderFile
              kind={template.cards[place]?.header.format === 'video' ? 'video' : 'image'}
              file={given.file}
              note={
                absent.has(`${at}.file`)
                  ? t('templates.fileMissing')
                  : template.files[place] === undefined
                    ? undefined
                    : t('templates.ownFile')
              }
              onFile={(file) => set({ file })}
            />
            {card.body.map((name) => (
              <Field
                key={name}
                label={t('templates.bodyValue', { name: `{{${name}}}` })}
                value={given.body[name] ?? ''}
                error={error(`${at}.body.${name}`)}
                onChange={(value) => set({ body: { ...given.body, [name]: value } })}
              />
            ))}
            {card.buttons.map((one) => (
              <Field
                key={one}
                label={t('templates.buttonValue', {
                  name: template.cards[place]?.buttons?.[one]?.text ?? '',
                })}
                value={given.buttons[one] ?? ''}
                error={error(`${at}.buttons.${one}`)}
                onChange={(value) => set({ buttons: { ...given.buttons, [one]: value } })}
              />
            ))}
          </fieldset>
        );
      })}
      {parameters.buttons.map((place) => (
        <Field
          key={place}
          label={t('templates.buttonValue', { name: buttons[place]?.text ?? '' })}
          value={draft.buttons[place] ?? ''}
          error={error(`template.buttons.${place}`)}
          onChange={(value) => onChange({ ...draft, buttons: { ...draft.buttons, [place]: value } })}
        />
      ))}
    </>
  );
}

interface TemplateEditorProps extends EditorProps {
  id: string;
  channelId: string;
}

/** An approved template: chosen, its values filled in, and seen before it goes out. */
export function TemplateEditor({ id, channelId, onSend, onClose }: TemplateEditorProps) {
  const { t } = useTranslation('kinds');
  const [template, setTemplate] = useState<Template | null>(null);
  const [draft, setDraft] = useState(emptyDraft);
  const [isChecked, setChecked] = useState(false);
  const isSendable = template !== null && missing(template, draft).size === 0;
  const choose = (chosen: Template | null) => {
    setTemplate(chosen);
    setDraft(emptyDraft);
    setChecked(false);
  };
  const submit = () => {
    setChecked(true);
    if (template && isSendable) onSend({ type: 'template', ...sendOf(template, draft) });
  };
  return (
    <Editor
      title={template ? plainName(template.name) : t('templates.choose')}
      isSendable={isSendable}
      onSubmit={submit}
      onClose={onClose}
    >
      {template ? (
        <>
          <Values template={template} draft={draft} isChecked={isChecked} onChange={setDraft} />
          <Preview template={template} values={draft.body} headerValue={draft.header} />
          <div className={css['adds']}>
            <Button size="small" onPress={() => choose(null)}>
              {t('templates.change')}
            </Button>
            <span className={css['most']} role="status">
              <Price id={id} category={template.category} />
            </span>
          </div>
        </>
      ) : (
        <Choice id={id} channelId={channelId} onChoose={choose} />
      )}
    </Editor>
  );
}
