import { CircleQuestionMark, MousePointerClick } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Button } from '@/design/Button';
import { asKind, type KindMessage, type MediaView } from '../kinds';
import { AudioPlayer } from './AudioPlayer';
import { CallCard } from './CallCard';
import { Captioned } from './Captioned';
import { Card } from './Card';
import { ContactCards } from './ContactCards';
import { DocumentCard } from './DocumentCard';
import { FlowAnswer } from './FlowAnswer';
import { Interactive } from './Interactive';
import { OrderCard } from './OrderCard';
import { OrderStatusCard, PaymentCard } from './PaymentCard';
import { Picture } from './Picture';
import { Place } from './Place';
import { ProductCard } from './ProductCard';
import { TemplateCard } from './TemplateCard';
import { Film } from './Film';

interface KindProps {
  message: Message;
  onRaw?: (() => void) | undefined;
}

/** One that is just going out has no file to show yet; of one from before files were kept there is none any more. */
const mediaOf = ({ media, id, direction }: KindMessage): MediaView =>
  media ?? {
    id,
    state: direction === 'outbound' ? 'pending' : 'expired',
    mimeType: '',
    size: null,
    filename: null,
    width: null,
    height: null,
    url: null,
    thumbnailUrl: null,
    error: null,
  };

/** Every kind of message that is more than text. */
export function Kind({ message, onRaw }: KindProps) {
  const { t } = useTranslation('inbox');
  const kind = asKind(message);
  const { content, edited } = kind;
  if (content === null) return null;
  const media = mediaOf(kind);
  switch (content.type) {
    case 'image':
      return (
        <Captioned caption={edited ?? content.caption}>
          <Picture message={message} media={media} name={t('message.image')} />
        </Captioned>
      );
    case 'sticker':
      return <Picture message={message} media={media} name={t('message.sticker')} isSticker />;
    case 'video':
      return (
        <Captioned caption={edited ?? content.caption}>
          <Film message={message} media={media} />
        </Captioned>
      );
    case 'audio':
      return <AudioPlayer message={message} media={media} isVoice={content.voice ?? false} />;
    case 'document':
      return (
        <Captioned caption={edited ?? content.caption}>
          <DocumentCard message={message} media={media} filename={content.filename} />
        </Captioned>
      );
    case 'location':
      return <Place location={content} />;
    case 'contacts':
      return <ContactCards contacts={content.contacts} />;
    case 'order':
      return <OrderCard order={content} />;
    case 'button_reply':
      return (
        <Card icon={<MousePointerClick size={20} />} title={content.title}>
          <span>{t('message.choice')}</span>
        </Card>
      );
    case 'list_reply':
      return (
        <Card icon={<MousePointerClick size={20} />} title={content.title}>
          {content.description && <bdi>{content.description}</bdi>}
          <span>{t('message.choice')}</span>
        </Card>
      );
    case 'flow_reply':
      return <FlowAnswer reply={content} />;
    case 'buttons':
    case 'list':
    case 'cta_url':
    case 'location_request':
    case 'call_permission_request':
    case 'flow':
      return <Interactive content={content} />;
    case 'payment_request':
      return <PaymentCard request={content} status={message.paymentStatus?.status} />;
    case 'order_status':
      return <OrderStatusCard update={content} />;
    case 'template':
      return <TemplateCard message={message} media={media} content={content} />;
    case 'product':
    case 'product_list':
      return <ProductCard content={content} />;
    case 'other':
      return (
        <Card icon={<CircleQuestionMark size={20} />} title={message.text}>
          <span>{t('message.unknown', { kind: content.kind })}</span>
          {onRaw && (
            <Button size="small" onPress={onRaw}>
              {t('message.raw')}
            </Button>
          )}
        </Card>
      );
    case 'call':
      return <CallCard message={message} missed={content.missed} seconds={content.seconds ?? null} />;
    case 'text':
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'system':
      return null;
  }
}
