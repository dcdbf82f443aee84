import {
  CircleQuestionMark,
  FileText,
  Image,
  MapPin,
  Mic,
  MousePointerClick,
  Package,
  Sticker,
  UserRound,
  Video,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Button } from '@/design/Button';
import css from './Content.module.css';
import { FormattedText } from './FormattedText';

function Card({ icon, title, children }: { icon: ReactNode; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={css['card']}>
      <span className={css['icon']} aria-hidden>
        {icon}
      </span>
      <div className={css['about']}>
        <bdi className={css['title']}>{title}</bdi>
        {children}
      </div>
    </div>
  );
}

const mapOf = (latitude: number, longitude: number) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

/** What a message says: every kind as what it is, an unknown one by its readable line. */
export function Content({ message, onRaw }: { message: Message; onRaw: () => void }) {
  const { t } = useTranslation('inbox');
  const { content, edited } = message;
  if (message.revoked) return <p className={css['gone']}>{t('message.revoked')}</p>;
  if (content === null) return <FormattedText text={message.text} />;
  const media = (icon: ReactNode, name: string, caption?: string) => {
    const words = edited ?? caption;
    return (
      <>
        <Card icon={icon} title={name} />
        {words && <FormattedText text={words} />}
      </>
    );
  };
  switch (content.type) {
    case 'text':
      return <FormattedText text={edited ?? content.body} />;
    case 'image':
      return media(<Image size={20} />, t('message.image'), content.caption);
    case 'video':
      return media(<Video size={20} />, t('message.video'), content.caption);
    case 'audio':
      return media(<Mic size={20} />, content.voice ? t('message.voice') : t('message.audio'));
    case 'document':
      return media(<FileText size={20} />, content.filename ?? t('message.document'), content.caption);
    case 'sticker':
      return media(<Sticker size={20} />, t('message.sticker'));
    case 'location':
      return (
        <Card icon={<MapPin size={20} />} title={content.name ?? t('message.location')}>
          {content.address && <bdi>{content.address}</bdi>}
          <a href={mapOf(content.latitude, content.longitude)} target="_blank" rel="noopener noreferrer">
            {t('message.openMap')}
          </a>
        </Card>
      );
    case 'contacts':
      return content.contacts.map((contact, index) => (
        <Card key={index} icon={<UserRound size={20} />} title={contact.name}>
          {contact.phones?.map(({ phone }) => phone && <span key={phone}>{phone}</span>)}
        </Card>
      ));
    case 'order':
      return (
        <Card icon={<Package size={20} />} title={t('message.order')}>
          {content.items.map((item, index) => (
            <span key={index}>
              {item.quantity ?? 1} × {item.productRetailerId} {item.itemPrice} {item.currency}
            </span>
          ))}
          {content.note && <bdi>{content.note}</bdi>}
        </Card>
      );
    case 'button_reply':
    case 'list_reply':
      return (
        <Card icon={<MousePointerClick size={20} />} title={content.title}>
          <span>{t('message.choice')}</span>
        </Card>
      );
    case 'flow_reply':
      return (
        <Card icon={<FileText size={20} />} title={content.name || t('message.flow')}>
          <bdi>{content.body}</bdi>
        </Card>
      );
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'system':
      return <p className={css['gone']}>{message.text}</p>;
    case 'other':
      return (
        <Card icon={<CircleQuestionMark size={20} />} title={message.text}>
          <span>{t('message.unknown', { kind: content.kind })}</span>
          <Button size="small" onPress={onRaw}>
            {t('message.raw')}
          </Button>
        </Card>
      );
  }
}
