import { ExternalLink, FileText, Film, Image, ListChecks, MapPin, Phone, Reply, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateButton, TemplateHeader } from '@/api/schema';
import css from './Preview.module.css';
import { filled } from './text';

export interface Previewed {
  header?: TemplateHeader | null | undefined;
  body: string;
  footer?: string | null | undefined;
  buttons: readonly Pick<TemplateButton, 'type' | 'text'>[];
  cards?: readonly {
    header: TemplateHeader;
    body?: string | null | undefined;
    buttons?: readonly Pick<TemplateButton, 'type' | 'text'>[] | undefined;
  }[];
}

interface PreviewProps {
  template: Previewed;
  /** Values of the body; a parameter without one stands as it is written. */
  values?: Readonly<Record<string, string>>;
  headerValue?: string;
}

const MEDIA = { image: Image, video: Film, document: FileText, location: MapPin };

const MARKS: Record<TemplateButton['type'], ReactNode> = {
  quick_reply: <Reply size={16} aria-hidden />,
  url: <ExternalLink size={16} aria-hidden />,
  phone: <Phone size={16} aria-hidden />,
  copy_code: <Copy size={16} aria-hidden />,
  otp: <Copy size={16} aria-hidden />,
  flow: <ListChecks size={16} aria-hidden />,
};

function Header({ header, value }: { header: TemplateHeader; value: string }) {
  const { t } = useTranslation('kinds');
  if (header.format === 'text') {
    const [name = ''] = /[a-z0-9_]+(?=\s*\}\})/.exec(header.text) ?? [];
    return (
      <p className={css['title']} dir="auto">
        {filled(header.text, { [name]: value })}
      </p>
    );
  }
  const Icon = MEDIA[header.format];
  return (
    <p className={css['media']}>
      <Icon size={20} aria-hidden /> {t(`templates.format.${header.format}`)}
    </p>
  );
}

function Buttons({ buttons }: Pick<Previewed, 'buttons'>) {
  if (buttons.length === 0) return null;
  return (
    <ul className={css['buttons']}>
      {buttons.map(({ type, text }, place) => (
        <li key={place} className={css['button']}>
          {MARKS[type]} <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** A template as the customer sees it. */
export function Preview({ template, values = {}, headerValue = '' }: PreviewProps) {
  const { t } = useTranslation('kinds');
  const { header, body, footer, buttons, cards = [] } = template;
  return (
    <div className={css['bubble']} role="group" aria-label={t('templates.preview')}>
      {header && <Header header={header} value={headerValue} />}
      <p className={css['body']} dir="auto">
        {filled(body, values)}
      </p>
      {footer && (
        <p className={css['footer']} dir="auto">
          {footer}
        </p>
      )}
      <Buttons buttons={buttons} />
      {cards.length > 0 && (
        <ol className={css['cards']}>
          {cards.map((card, place) => (
            <li key={place} className={css['card']}>
              <Header header={card.header} value="" />
              {card.body && (
                <p className={css['body']} dir="auto">
                  {card.body}
                </p>
              )}
              <Buttons buttons={card.buttons ?? []} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
