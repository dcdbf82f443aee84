import { CircleAlert, FileText, Info, Music, Video, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/design/IconButton';
import type { Chosen } from './chosen';
import { plainType, sizeText } from './files';
import css from './Tray.module.css';

interface TrayProps {
  files: readonly Chosen[];
  /** Whether the text in the composer stays without a file that shows it. */
  isTextApart: boolean;
  onRemove: (key: string) => void;
  onSize: (key: string, width: number, height: number) => void;
}

/** The files that go out with the next press of Send, as what, and those that cannot. */
export function Tray({ files, isTextApart, onRemove, onSize }: TrayProps) {
  const { t } = useTranslation('kinds');
  return (
    <div className={css['tray']} role="group" aria-label={t('attach.tray')}>
      <ul className={css['files']}>
        {files.map((chosen) => (
          <li key={chosen.key} className={css['file']} data-refused={'refused' in chosen.plan || undefined}>
            <Small chosen={chosen} onSize={onSize} />
            <About chosen={chosen} />
            <IconButton
              label={t('attach.remove', { name: chosen.file.name })}
              icon={<X size={16} />}
              onPress={() => onRemove(chosen.key)}
            />
          </li>
        ))}
      </ul>
      {isTextApart && <p className={css['note']}>{t('attach.noCaption')}</p>}
    </div>
  );
}

function Small({ chosen, onSize }: { chosen: Chosen; onSize: TrayProps['onSize'] }) {
  const { key, plan, address } = chosen;
  const kind = 'refused' in plan ? null : plan.as;
  switch (kind) {
    case 'image':
    case 'sticker':
      return (
        <img
          className={css['picture']}
          src={address}
          alt=""
          onLoad={({ currentTarget }) => onSize(key, currentTarget.naturalWidth, currentTarget.naturalHeight)}
        />
      );
    case 'video':
      return (
        <span className={css['picture']}>
          <Video size={20} aria-hidden />
        </span>
      );
    case 'audio':
    case 'voice':
      return (
        <span className={css['picture']}>
          <Music size={20} aria-hidden />
        </span>
      );
    case 'document':
    case null:
      return (
        <span className={css['picture']}>
          <FileText size={20} aria-hidden />
        </span>
      );
  }
}

function About({ chosen }: { chosen: Chosen }) {
  const { t, i18n } = useTranslation('kinds');
  const { file, plan } = chosen;
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  if ('refused' in plan) {
    const { name } = file;
    const text = {
      empty: t('attach.empty', { name }),
      type: t('attach.notASticker', { name }),
      size: t('attach.tooLarge', {
        name,
        size: size(file.size),
        most: size('most' in plan ? plan.most : 0),
      }),
    }[plan.refused];
    return (
      <p className={css['about']} role="alert">
        <span className={css['why']}>
          <CircleAlert size={16} aria-hidden /> {text}
        </span>
      </p>
    );
  }
  const { because, most = 0 } = plan;
  return (
    <div className={css['about']}>
      <bdi className={css['name']}>{file.name}</bdi>
      <span className={css['facts']}>{size(file.size)}</span>
      {because && (
        <span className={css['note']} role="status">
          <Info size={16} aria-hidden />{' '}
          {because === 'type'
            ? t('attach.asDocumentType', { type: plainType(file.type) })
            : t('attach.asDocumentSize', { most: size(most) })}
        </span>
      )}
    </div>
  );
}
