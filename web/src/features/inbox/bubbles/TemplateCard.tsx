import { Copy, ExternalLink, ListChecks, Phone, Reply } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { FormattedText } from '../FormattedText';
import type { MediaView, TemplateContent } from '../kinds';
import { DocumentCard } from './DocumentCard';
import { webLink } from './facts';
import { Film } from './Film';
import css from './Kind.module.css';
import { Picture } from './Picture';
import { Place } from './Place';

interface TemplateCardProps {
  message: Message;
  media: MediaView;
  content: TemplateContent;
}

type Button = NonNullable<TemplateContent['buttons']>[number];

const MARKS: Record<Button['type'], ReactNode> = {
  quick_reply: <Reply size={16} aria-hidden />,
  url: <ExternalLink size={16} aria-hidden />,
  phone: <Phone size={16} aria-hidden />,
  copy_code: <Copy size={16} aria-hidden />,
  otp: <Copy size={16} aria-hidden />,
  flow: <ListChecks size={16} aria-hidden />,
};

function Header({ message, media, content }: TemplateCardProps) {
  const { t } = useTranslation('inbox');
  const { header } = content;
  switch (header?.format) {
    case 'text':
      return (
        <p className={css['title']} dir="auto">
          {header.text}
        </p>
      );
    case 'image':
      return <Picture message={message} media={media} name={t('message.image')} />;
    case 'video':
      return <Film message={message} media={media} />;
    case 'document':
      return <DocumentCard message={message} media={media} filename={header.filename} />;
    case 'location':
      return <Place location={header} />;
    case undefined:
      return null;
  }
}

function Taps({ buttons }: { buttons: readonly Button[] }) {
  return (
    <ul className={css['taps']}>
      {buttons.map((button, place) => {
        const link = button.url === undefined ? null : webLink(button.url);
        return (
          <li key={place} className={css['tap']}>
            {MARKS[button.type]}
            {link === null ? (
              <bdi>{button.text}</bdi>
            ) : (
              <a href={link} target="_blank" rel="noreferrer">
                <bdi>{button.text}</bdi>
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A template as the customer has it. */
export function TemplateCard(props: TemplateCardProps) {
  const { t } = useTranslation('kinds');
  const { body, footer, buttons = [], cards = [], language, askedLanguage } = props.content;
  return (
    <div className={css['interactive']}>
      <Header {...props} />
      <FormattedText text={body} />
      {footer && (
        <p className={css['facts']} dir="auto">
          {footer}
        </p>
      )}
      <Taps buttons={buttons} />
      {cards.map((card, place) => (
        <div key={place} className={css['interactive']}>
          <p className={css['facts']}>
            {t('templates.card', { number: place + 1 })} · {t(`templates.format.${card.header.format}`)}
          </p>
          {card.body && <FormattedText text={card.body} />}
          <Taps buttons={card.buttons ?? []} />
        </div>
      ))}
      {askedLanguage && (
        <p className={css['facts']}>{t('templates.fellBack', { asked: askedLanguage, language })}</p>
      )}
    </div>
  );
}
