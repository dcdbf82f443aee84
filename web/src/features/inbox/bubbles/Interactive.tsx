import { ClipboardList, ExternalLink, List, MapPin, PhoneCall, Reply } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '../FormattedText';
import type { Content } from '../kinds';
import { webLink } from './facts';
import css from './Kind.module.css';

type InteractiveContent = Extract<
  Content,
  { type: 'buttons' | 'list' | 'cta_url' | 'location_request' | 'call_permission_request' | 'flow' }
>;

/** A message of ours with something to tap, as the customer sees it. */
export function Interactive({ content }: { content: InteractiveContent }) {
  const { header, footer } = { header: undefined, footer: undefined, ...content };
  return (
    <div className={css['interactive']}>
      {header && (
        <p className={css['title']} dir="auto">
          {header}
        </p>
      )}
      <FormattedText text={content.body} />
      {footer && (
        <p className={css['facts']} dir="auto">
          {footer}
        </p>
      )}
      <Taps content={content} />
    </div>
  );
}

function Tap({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className={css['tap']}>
      {icon}
      <bdi>{children}</bdi>
    </li>
  );
}

function Taps({ content }: { content: InteractiveContent }) {
  const { t } = useTranslation('kinds');
  switch (content.type) {
    case 'buttons':
      return (
        <ul className={css['taps']}>
          {content.buttons.map(({ id, title }) => (
            <Tap key={id} icon={<Reply size={16} aria-hidden />}>
              {title}
            </Tap>
          ))}
        </ul>
      );
    case 'list':
      return <Offered list={content} />;
    case 'cta_url': {
      const link = webLink(content.url);
      return (
        <ul className={css['taps']}>
          <Tap icon={<ExternalLink size={16} aria-hidden />}>
            {link === null ? (
              content.title
            ) : (
              <a href={link} target="_blank" rel="noopener noreferrer" title={link}>
                {content.title}
              </a>
            )}
          </Tap>
        </ul>
      );
    }
    case 'location_request':
      return (
        <ul className={css['taps']}>
          <Tap icon={<MapPin size={16} aria-hidden />}>{t('card.sendLocation')}</Tap>
        </ul>
      );
    case 'call_permission_request':
      return (
        <ul className={css['taps']}>
          <Tap icon={<PhoneCall size={16} aria-hidden />}>{t('call.allow')}</Tap>
        </ul>
      );
    case 'flow':
      return (
        <ul className={css['taps']}>
          <Tap icon={<ClipboardList size={16} aria-hidden />}>{content.title}</Tap>
        </ul>
      );
  }
}

/** The customer opens a list by its button; so does who reads the thread. */
function Offered({ list }: { list: Extract<InteractiveContent, { type: 'list' }> }) {
  return (
    <details className={css['offered']}>
      <summary className={css['tap']}>
        <List size={16} aria-hidden />
        <bdi>{list.button}</bdi>
      </summary>
      {list.sections.map((section, index) => (
        <div key={index} className={css['section']}>
          {section.title && (
            <p className={css['facts']} dir="auto">
              {section.title}
            </p>
          )}
          <ul>
            {section.rows.map((row) => (
              <li key={row.id} className={css['offer']}>
                <bdi>{row.title}</bdi>
                {row.description && <bdi className={css['facts']}>{row.description}</bdi>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
