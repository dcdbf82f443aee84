import { FileText, Image, MapPin, Mic, UserRound, Video, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import css from './Bubble.module.css';
import { asKind } from './kinds';
import { localAddress } from './localFiles';

const ICONS: Record<string, LucideIcon> = {
  image: Image,
  sticker: Image,
  video: Video,
  audio: Mic,
  document: FileText,
  location: MapPin,
  contacts: UserRound,
};

/** What a message is and says, in a line: with the symbol of its kind, and its picture if it has one. */
export function Preview({ message }: { message: Message }) {
  const { media } = asKind(message);
  const Icon = ICONS[message.type];
  const small = message.revoked || !media ? null : media.thumbnailUrl;
  const picture = media && message.type === 'image' ? (localAddress(media.id) ?? small) : small;
  return (
    <span className={css['preview']}>
      {Icon && !message.revoked && <Icon size={16} aria-hidden />}
      <bdi className={css['quoteText']}>{message.text}</bdi>
      {picture !== null && <img className={css['quotePicture']} src={picture} alt="" loading="lazy" />}
    </span>
  );
}

interface QuoteProps {
  quoted: Message | 'unknown';
  name: string;
  onGoTo: (id: string) => void;
}

/** What a message answers; a press leads to it. */
export function Quote({ quoted, name, onGoTo }: QuoteProps) {
  const { t } = useTranslation(['inbox', 'common']);
  if (quoted === 'unknown') return <div className={css['quote']}>{t('message.unknownQuote')}</div>;
  return (
    <button type="button" className={css['quote']} onClick={() => onGoTo(quoted.id)}>
      <bdi className={css['quoteName']}>{quoted.direction === 'inbound' ? name : t('common:you')}</bdi>
      <Preview message={quoted} />
    </button>
  );
}
