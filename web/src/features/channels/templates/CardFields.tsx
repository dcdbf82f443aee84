import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { Select } from '@/design/Select';
import { ButtonFields } from './ButtonFields';
import { emptyCard, type ButtonType, type CardDraft, type TemplateDraft } from './draft';
import { HeaderFile } from './HeaderFile';
import css from './Screen.module.css';
import { parametersOf } from './text';

const CARD_BUTTONS: readonly ButtonType[] = ['quick_reply', 'url', 'phone'];
const FEWEST = 2;
const MOST = 10;

interface CardFieldsProps {
  place: number;
  format: 'image' | 'video';
  card: CardDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (card: CardDraft) => void;
  onRemove?: () => void;
}

function CardFields({ place, format, card, errors, onChange, onRemove }: CardFieldsProps) {
  const { t } = useTranslation('kinds');
  const title = t('templates.card', { number: place + 1 });
  return (
    <fieldset className={css['group']}>
      <legend className={css['legend']}>{title}</legend>
      {onRemove && (
        <IconButton label={t('editor.remove', { name: title })} icon={<X size={16} />} onPress={onRemove} />
      )}
      <HeaderFile
        kind={format}
        file={card.file}
        note={errors.get(`cardFiles[${place}]`) ?? t('templates.fileMissing')}
        onFile={(file) => onChange({ ...card, file })}
      />
      <Field
        label={t('editor.bodyOptional')}
        lines={2}
        maxLength={160}
        value={card.body}
        error={errors.get(`cards[${place}].body`) ?? errors.get(`cards[${place}]`)}
        onChange={(body) => onChange({ ...card, body })}
      />
      {parametersOf(card.body).map((name) => (
        <Field
          key={name}
          label={t('templates.example', { name: `{{${name}}}` })}
          value={card.examples[name] ?? ''}
          error={errors.get(`examples.cards[${place}].body.${name}`)}
          onChange={(value) => onChange({ ...card, examples: { ...card.examples, [name]: value } })}
        />
      ))}
      <ButtonFields
        title={t('editor.button', { number: 1 })}
        types={CARD_BUTTONS}
        field={`cards[${place}].buttons[0]`}
        sample={`examples.cards[${place}].buttons.0`}
        button={card.button}
        errors={errors}
        onChange={(button) => onChange({ ...card, button })}
      />
    </fieldset>
  );
}

interface CardsProps {
  draft: TemplateDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (changed: Partial<TemplateDraft>) => void;
}

/** The cards of a carousel: two to ten, all of the same format. */
export function Cards({ draft, errors, onChange }: CardsProps) {
  const { t } = useTranslation('kinds');
  const { cards, cardFormat } = draft;
  return (
    <>
      <Select<TemplateDraft['cardFormat']>
        label={t('templates.cardFormat')}
        value={cardFormat}
        options={(['image', 'video'] as const).map((id) => ({ id, label: t(`templates.format.${id}`) }))}
        onChange={(format) => onChange({ cardFormat: format })}
      />
      {cards.map((card, place) => (
        <CardFields
          key={place}
          place={place}
          format={cardFormat}
          card={card}
          errors={errors}
          onChange={(changed) => onChange({ cards: cards.with(place, changed) })}
          {...(cards.length > FEWEST && { onRemove: () => onChange({ cards: cards.toSpliced(place, 1) }) })}
        />
      ))}
      <Button
        size="small"
        icon={<Plus size={16} aria-hidden />}
        isDisabled={cards.length >= MOST}
        onPress={() => onChange({ cards: [...cards, emptyCard] })}
      >
        {t('templates.addCard')}
      </Button>
    </>
  );
}
