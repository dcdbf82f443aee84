import { Link } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useRealtime } from '@/app/realtime';
import type { Message } from '@/api/schema';
import { ErrorPanel } from '@/design/ErrorPanel';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { Banner } from './Banner';
import { Composer } from './Composer';
import { Contact } from './Contact';
import { useConversation } from './conversations';
import { Divider } from './Divider';
import { Header } from './Header';
import { kindPart } from './kindPart';
import { Messages } from './Messages';
import { SelectionContext, useNewSelection } from './selection';
import css from './Thread.module.css';
import { useMarkRead } from './useMarkRead';
import { useNow } from './useNow';
import { CONTACT, usePane } from './usePane';
import { useWide } from './useWide';

export const Dialog = part(() => import('@/design/Dialog').then(({ Dialog }) => Dialog));

const SelectionBar = kindPart(() => import('./SelectionBar').then(({ SelectionBar }) => SelectionBar));
const ForwardDialog = kindPart(() => import('./ForwardDialog').then(({ ForwardDialog }) => ForwardDialog));

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
  const selection = useNewSelection();
  const { selected, forwarding, forward, end } = selection;
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
    <SelectionContext value={selection}>
      <section className={css['thread']} aria-label={conversation.name}>
        <Header
          conversation={conversation}
          now={now}
          onContact={showContact}
          onNext={onNext}
          onLeave={onLeave}
        />
        <Banner conversation={conversation} now={now} />
        <Messages conversation={conversation} onReply={reply} />
        {selected && (
          <Suspense>
            <SelectionBar />
          </Suspense>
        )}
        {/* What is attached there stays while messages are being selected. */}
        <div hidden={selected !== null}>
          <Composer
            conversation={conversation}
            now={now}
            isShown={selected === null}
            replyTo={replyTo}
            onReplyTo={setReplyTo}
            onLeave={onLeave}
          />
        </div>
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
      {!isWide && isDrawerOpen && (
        <Suspense>
          <Dialog look="drawer" title={t('contact.title')} isOpen onClose={() => setDrawerOpen(false)}>
            <Contact conversation={conversation} now={now} />
          </Dialog>
        </Suspense>
      )}
      {forwarding.length > 0 && (
        <Suspense>
          <ForwardDialog messages={forwarding} onClose={() => forward([])} onSent={end} />
        </Suspense>
      )}
    </SelectionContext>
  );
}
