import { useTranslation } from 'react-i18next';
import { useEffect, useState } from 'react';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { useRealtime } from '@/app/realtime';
import type { Message } from '@/api/schema';
import { Composer } from './Composer';
import { Contact } from './Contact';
import { useConversation } from './conversations';
import { Header } from './Header';
import { Messages } from './Messages';
import css from './Thread.module.css';
import { useMarkRead } from './useMarkRead';
import { useNow } from './useNow';
import { useWide } from './useWide';

interface ThreadProps {
  id: string;
  isContactShown: boolean;
  onContact: (isShown: boolean) => void;
}

export function Thread({ id, isContactShown, onContact }: ThreadProps) {
  const { t } = useTranslation('inbox');
  const now = useNow();
  const isWide = useWide();
  const { open } = useRealtime();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const { data: conversation, error, refetch } = useConversation(id);
  useMarkRead(conversation);
  useEffect(() => {
    open(id);
    return () => open(null);
  }, [open, id]);

  if (!conversation) {
    return (
      <section className={css['thread']}>
        {error ? (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton kind="row" count={6} />
        )}
      </section>
    );
  }
  const showContact = () => (isWide ? onContact(!isContactShown) : setDrawerOpen(true));
  return (
    <>
      <section className={css['thread']} aria-label={conversation.name}>
        <Header conversation={conversation} now={now} onContact={showContact} />
        <Messages conversation={conversation} onReply={setReplyTo} />
        <Composer conversation={conversation} now={now} replyTo={replyTo} onReplyTo={setReplyTo} />
      </section>
      {isWide && isContactShown && (
        <aside className={css['contact']} aria-label={t('contact.title')}>
          <Contact conversation={conversation} now={now} />
        </aside>
      )}
      {!isWide && (
        <Dialog
          look="drawer"
          title={t('contact.title')}
          isOpen={isDrawerOpen}
          onClose={() => setDrawerOpen(false)}
        >
          <Contact conversation={conversation} now={now} />
        </Dialog>
      )}
    </>
  );
}
