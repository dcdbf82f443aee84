import { Link } from '@tanstack/react-router';
import { ArrowLeft, PanelRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { useMay } from '@/app/me';
import { Avatar } from '@/design/Avatar';
import { IconButton } from '@/design/IconButton';
import { Actions } from './Actions';
import css from './Header.module.css';
import { Present } from './Present';
import { StageSelect } from './StageSelect';
import { WindowChip } from './WindowChip';

interface HeaderProps {
  conversation: Conversation;
  now: number;
  onContact: () => void;
  /** Closes the conversation and opens the next one of the list. */
  onNext: () => void;
  onLeave: () => void;
}

export function Header({ conversation, now, onContact, onNext, onLeave }: HeaderProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const mayServe = useMay('inbox:write');
  const { id, name, channelName, windowUntil } = conversation;
  return (
    <header className={css['header']}>
      <Link to="/inbox" search={true} className={css['back']} aria-label={t('common:back')}>
        <ArrowLeft size={20} aria-hidden />
      </Link>
      <Avatar name={name} seed={conversation.leadId} />
      <div className={css['who']}>
        <h1 className={css['name']}>
          <bdi>{name}</bdi>
        </h1>
        <p className={css['about']}>
          {channelName && <span className={css['channel']}>{channelName}</span>}
          <WindowChip until={windowUntil} now={now} />
          <Present id={id} />
        </p>
      </div>
      <div className={css['actions']}>
        <span className={css['stage']}>
          <StageSelect conversation={conversation} look="quiet" />
        </span>
        {mayServe && <Actions conversation={conversation} onNext={onNext} onLeave={onLeave} />}
        <IconButton
          outlined
          label={t('header.contact')}
          shortcut="Alt+O"
          icon={<PanelRight size={16} />}
          onPress={onContact}
        />
      </div>
    </header>
  );
}
