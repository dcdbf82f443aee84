import {
  ClipboardList,
  ExternalLink,
  FileText,
  Image,
  List,
  MapPin,
  Mic,
  Paperclip,
  PhoneCall,
  Reply,
  ScrollText,
  ShoppingBag,
  Store,
  Sticker,
  UserRound,
} from 'lucide-react';
import { useMemo, useRef, useState, type ChangeEvent, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { keyLabel, useCommands, type Command } from '@/app/commands';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { choose, MOST_FILES, type Chosen } from './chosen';
import css from './Extras.module.css';
import { TAKEN, type ChosenAs } from './files';
import type { PanelKind } from './Panel';
import { useDrop } from './useDrop';

const SHOWN = [...TAKEN.image.types, ...TAKEN.video.types].join(',');

interface ExtrasProps {
  /** The box of the composer: files are dropped on its thread. */
  box: RefObject<HTMLElement | null>;
  onFiles: (files: Chosen[]) => void;
  onPanel: (kind: PanelKind) => void;
}

/** What a message can be beside text: files by button, paste and drop, a recording, and the editors. */
export function Extras({ box, onFiles, onPanel }: ExtrasProps) {
  const { t } = useTranslation('kinds');
  const [isOpen, setOpen] = useState(false);
  const pictures = useRef<HTMLInputElement>(null);
  const documents = useRef<HTMLInputElement>(null);
  const stickers = useRef<HTMLInputElement>(null);
  const add = (files: readonly File[], chosenAs: ChosenAs = null) => {
    if (files.length > MOST_FILES) showToast(t('attach.tooMany', { count: MOST_FILES }));
    onFiles(choose(files.slice(0, MOST_FILES), chosenAs));
  };
  const picked = ({ target }: ChangeEvent<HTMLInputElement>, chosenAs: ChosenAs) => {
    add(Array.from(target.files ?? []), chosenAs);
    // The same file may be chosen again.
    target.value = '';
  };
  const target = useDrop(box, add);

  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'attach',
        label: t('attach.menu'),
        keys: 'Mod+Alt+A',
        section: 'inbox',
        run: () => setOpen(true),
      },
    ],
    [t],
  );
  useCommands(commands);

  const actions: MenuAction[] = [
    {
      id: 'media',
      label: t('attach.media'),
      icon: <Image size={16} />,
      run: () => pictures.current?.click(),
    },
    {
      id: 'document',
      label: t('attach.document'),
      icon: <FileText size={16} />,
      run: () => documents.current?.click(),
    },
    {
      id: 'sticker',
      label: t('attach.sticker'),
      icon: <Sticker size={16} />,
      run: () => stickers.current?.click(),
    },
    {
      id: 'contact',
      label: t('attach.contact'),
      icon: <UserRound size={16} />,
      run: () => onPanel('contact'),
    },
    {
      id: 'location',
      label: t('attach.location'),
      icon: <MapPin size={16} />,
      run: () => onPanel('location'),
    },
    { id: 'buttons', label: t('attach.buttons'), icon: <Reply size={16} />, run: () => onPanel('buttons') },
    { id: 'list', label: t('attach.list'), icon: <List size={16} />, run: () => onPanel('list') },
    {
      id: 'template',
      label: t('templates.template'),
      icon: <ScrollText size={16} />,
      run: () => onPanel('template'),
    },
    {
      id: 'ctaUrl',
      label: t('attach.ctaUrl'),
      icon: <ExternalLink size={16} />,
      run: () => onPanel('ctaUrl'),
    },
    { id: 'flow', label: t('attach.flow'), icon: <ClipboardList size={16} />, run: () => onPanel('flow') },
    { id: 'call', label: t('call.ask'), icon: <PhoneCall size={16} />, run: () => onPanel('call') },
    {
      id: 'product',
      label: t('attach.product'),
      icon: <ShoppingBag size={16} />,
      run: () => onPanel('product'),
    },
    {
      id: 'productList',
      label: t('attach.productList'),
      icon: <Store size={16} />,
      run: () => onPanel('productList'),
    },
  ];
  return (
    <>
      <Menu
        label={t('attach.menu')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <IconButton
            label={t('attach.menu')}
            shortcut={keyLabel('Mod+Alt+A')}
            icon={<Paperclip size={20} />}
          />
        }
        actions={actions}
      />
      <IconButton label={t('voice.record')} icon={<Mic size={20} />} onPress={() => onPanel('voice')} />
      <input
        ref={pictures}
        type="file"
        hidden
        multiple
        accept={SHOWN}
        aria-label={t('attach.media')}
        onChange={(event) => picked(event, null)}
      />
      <input
        ref={documents}
        type="file"
        hidden
        multiple
        aria-label={t('attach.document')}
        onChange={(event) => picked(event, 'document')}
      />
      <input
        ref={stickers}
        type="file"
        hidden
        multiple
        accept={TAKEN.sticker.types.join(',')}
        aria-label={t('attach.sticker')}
        onChange={(event) => picked(event, 'sticker')}
      />
      {target && createPortal(<p className={css['drop']}>{t('attach.drop')}</p>, target)}
    </>
  );
}
