import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useRealtime } from '@/app/realtime';
import type { Message } from '@/api/schema';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Banner } from './Banner';
import { Composer } from './Composer';
import { Contact } from './Contact';
import { useConversation } from './conversations';
import { Divider } from './Divider';
import { Header } from './Header';
import { Messages } from './Messages';
import css from './Thread.module.css';
import { useMarkRead } from './useMarkRead';
import { useNow } from './useNow';
import { CONTACT, usePane } from './usePane';
import { useWide } from './useWide';

interface ThreadProps {
  id: string;
  isContactShown: boolean;
  onContact: (isShown: boolean) => void;
  onNext: () => void;
  onLeave: () => void;
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('common');
  return (
    <>
      <ErrorPanel error={error} onRetry={onRetry} />
      <p className={css['back']}>
        <Link to="/inbox" search={true}>
          {t('back')}
        </Link>
      </p>
    </>
  );
}

export function Thread({ id, isContactShown, onContact, onNext, onLeave }: ThreadProps) {
  const { t } = useTranslation('inbox');
  const now = useNow();
  const isWide = useWide();
  const pane = usePane('contact', CONTACT);
  const { open } = useRealtime();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const { data: conversation, error, refetch } = useConversation(id);
  useMarkRead(conversation);
  useEffect(() => {
    open(id);
    return () => open(null);
  }, [open, id]);
  const reply = useCallback((message: Message) => setReplyTo(message), []);

  if (!conversation) {
    return (
      <section className={css['thread']}>
        {error ? <Missing error={error} onRetry={() => void refetch()} /> : <Skeleton kind="row" count={6} />}
      </section>
    );
  }
  const showContact = () => (isWide ? onContact(!isContactShown) : setDrawerOpen(true));
  return (
    <>
      <section className={css['thread']} aria-label={conversation.name}>
        <Header conversation={conversation} now={now} onContact={showContact} onNext={onNext} />
        <Banner conversation={conversation} now={now} />
        <Messages conversation={conversation} onReply={reply} />
        <Composer
          conversation={conversation}
          now={now}
          replyTo={replyTo}
          onReplyTo={setReplyTo}
          onLeave={onLeave}
        />
      </section>
      {isWide && isContactShown && (
        <>
          <Divider label={t('panes.contact')} pane={pane} side="after" />
          <aside
            className={css['contact']}
            aria-label={t('contact.title')}
            style={{ '--pane-contact': `${pane.width}px` } as CSSProperties}
          >
            <Contact conversation={conversation} now={now} />
          </aside>
        </>
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
