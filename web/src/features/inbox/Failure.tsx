import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import css from './Failure.module.css';
import { actionsOf, type FailureActions } from './failures';
import { asKind } from './kinds';
import { HeldForCost } from './HeldForCost';
import { useSend } from './outgoing';
import { askForTemplate } from './templateAsk';
import { sendAgain } from './resends';

const MANAGER = 'https://business.facebook.com/wa/manage/home/';
/** Nobody knows whether it went out. */
const UNCONFIRMED: FailureActions = { again: true, place: null };

interface FailureProps {
  message: Message;
  /** Whether a later message repeats this one. */
  isRetried: boolean;
}

/** Why a message did not go out, and what can be done about it. */
export function Failure({ message, isRetried }: FailureProps) {
  const { t } = useTranslation('kinds');
  const { error, status } = message;
  const actions = error ? actionsOf(error.nextStep) : UNCONFIRMED;
  const isHeld = status === 'held' && error?.nextStep === 'check_price';
  const about = [error?.code && t('failure.code', { code: error.code }), error?.detail];
  return (
    <div className={css['failure']}>
      <p className={css['cause']} title={about.filter(Boolean).join(': ') || undefined}>
        <CircleAlert size={16} aria-hidden />
        <span>
          {t(`cause.${error?.cause ?? 'unconfirmed'}`)}{' '}
          {isRetried ? t('failure.sentAgain') : !isHeld && t(`step.${error?.nextStep ?? 'ask_customer'}`)}
        </span>
      </p>
      {isHeld ? (
        <HeldForCost message={message} />
      ) : (
        !isRetried && (
          <Actions message={message} actions={actions} isOver={status !== 'queued' && status !== 'held'} />
        )
      )}
    </div>
  );
}

interface ActionsProps {
  message: Message;
  actions: FailureActions;
  /** Whether it is not tried any more. */
  isOver: boolean;
}

function Actions({ message, actions, isOver }: ActionsProps) {
  const { t } = useTranslation('kinds');
  const maySend = useMay('inbox:write');
  const { send } = useSend(message.conversationId);
  const { again: mayRepeat, place, template } = actions;
  const content = mayRepeat && isOver && maySend ? sendAgain(asKind(message)) : null;
  const again = () => {
    const { id, replyTo = null } = message;
    if (content) send(content, { replyTo, retryOf: id, media: asKind(message).media });
  };
  const mayTemplate = template === true && maySend;
  if (!content && place === null && !mayTemplate) return null;
  return (
    <div className={css['actions']}>
      {content && (
        <Button size="small" onPress={again}>
          {t('failure.tryAgain')}
        </Button>
      )}
      {mayTemplate && (
        <Button size="small" onPress={() => askForTemplate(message.conversationId)}>
          {t('failure.sendTemplate')}
        </Button>
      )}
      {place === 'number' && <Link to="/numbers">{t('failure.openNumber')}</Link>}
      {place === 'manager' && (
        <a href={MANAGER} target="_blank" rel="noopener noreferrer">
          {t('failure.openManager')}
        </a>
      )}
    </div>
  );
}
