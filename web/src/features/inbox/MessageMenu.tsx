import { Braces, Copy, Ellipsis, Forward, ListChecks, Reply, SmilePlus } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useMay } from '@/app/me';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { forwardOf } from './forwards';
import { kindPart } from './kindPart';
import { useSelection } from './selection';

const ReactionPicker = kindPart(() =>
  import('./bubbles/ReactionPicker').then(({ ReactionPicker }) => ReactionPicker),
);

interface MessageMenuProps {
  message: Message;
  /** Null where it cannot be answered. */
  onReply: (() => void) | null;
  onRaw: () => void;
}

export function MessageMenu({ message, onReply, onRaw }: MessageMenuProps) {
  const { t } = useTranslation(['inbox', 'common', 'kinds']);
  const maySend = useMay('inbox:write');
  const { begin, forward } = useSelection();
  const [isReacting, setReacting] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const copy = () =>
    void navigator.clipboard.writeText(message.text).then(() => showToast(t('common:copied')));
  const actions: MenuAction[] = [
    {
      id: 'reply',
      label: t('message.reply'),
      icon: <Reply size={16} />,
      isDisabled: onReply === null,
      run: () => onReply?.(),
    },
    {
      id: 'react',
      label: t('message.react'),
      icon: <SmilePlus size={16} />,
      isDisabled: onReply === null || !maySend,
      run: () => setReacting(true),
    },
    { id: 'copy', label: t('message.copy'), icon: <Copy size={16} />, run: copy },
  ];
  if (maySend) {
    const isDisabled = forwardOf(message) === null;
    actions.push(
      {
        id: 'forward',
        label: t('kinds:forward.action'),
        icon: <Forward size={16} />,
        isDisabled,
        run: () => forward([message]),
      },
      {
        id: 'select',
        label: t('kinds:forward.select'),
        icon: <ListChecks size={16} />,
        isDisabled,
        run: () => begin(message),
      },
    );
  }
  if (message.direction === 'inbound') {
    actions.push({ id: 'raw', label: t('message.raw'), icon: <Braces size={16} />, run: onRaw });
  }
  return (
    <span ref={place}>
      <Menu
        label={t('message.actions')}
        trigger={<IconButton label={t('message.actions')} icon={<Ellipsis size={16} />} />}
        actions={actions}
      />
      {isReacting && (
        <Suspense>
          <ReactionPicker message={message} trigger={place} onClose={() => setReacting(false)} />
        </Suspense>
      )}
    </span>
  );
}
