import { Braces, Copy, Ellipsis, Reply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { showToast } from '@/design/toasts';

interface MessageMenuProps {
  message: Message;
  /** Null where it cannot be answered. */
  onReply: (() => void) | null;
  onRaw: () => void;
}

export function MessageMenu({ message, onReply, onRaw }: MessageMenuProps) {
  const { t } = useTranslation(['inbox', 'common']);
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
    { id: 'copy', label: t('message.copy'), icon: <Copy size={16} />, run: copy },
  ];
  if (message.direction === 'inbound') {
    actions.push({ id: 'raw', label: t('message.raw'), icon: <Braces size={16} />, run: onRaw });
  }
  return (
    <Menu
      label={t('message.actions')}
      trigger={<IconButton label={t('message.actions')} icon={<Ellipsis size={16} />} />}
      actions={actions}
    />
  );
}
