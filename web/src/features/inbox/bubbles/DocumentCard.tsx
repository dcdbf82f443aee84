import { Download, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { sizeText } from '../attach/files';
import type { MediaView } from '../kinds';
import css from './Kind.module.css';
import { MediaState } from './MediaState';
import { useFile } from './useFile';

interface DocumentCardProps {
  message: Message;
  media: MediaView;
  filename: string | undefined;
}

/** CONTRACT.PDF: what people call the type, where the name tells it. */
function endingOf(name: string): string | null {
  const [, ending] = /\.(\w{1,5})$/.exec(name) ?? [];
  return ending?.toUpperCase() ?? null;
}

export function DocumentCard({ message, media, filename }: DocumentCardProps) {
  const { t, i18n } = useTranslation(['kinds', 'inbox']);
  const { url } = useFile(media);
  const name = filename ?? media.filename ?? t('inbox:message.document');
  const facts = [endingOf(name), media.size === null ? null : sizeText(media.size, i18n.language)];
  return (
    <MediaState message={message} media={media} name={name} icon={<FileText size={20} />}>
      <a
        className={css['document']}
        href={url ?? undefined}
        download={name}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t('media.download', { name })}
      >
        <span className={css['icon']} aria-hidden>
          <FileText size={20} />
        </span>
        <span className={css['about']}>
          <bdi className={css['title']}>{name}</bdi>
          <span className={css['facts']}>{facts.filter(Boolean).join(' · ')}</span>
        </span>
        <Download size={20} aria-hidden />
      </a>
    </MediaState>
  );
}
