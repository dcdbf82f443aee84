import { Lock, ScrollText, SendHorizontal } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '@/api/schema';
import { useCommands, type Command } from '@/app/commands';
import { useMay, useMe } from '@/app/me';
import { Button } from '@/design/Button';
import type { PanelKind } from './attach/Panel';
import css from './Composer.module.css';
import { Counter, LIMIT } from './Counter';
import { EmojiButton } from './EmojiButton';
import { kindPart } from './kindPart';
import type { Sendable } from './kinds';
import { useOutgoing, useSend } from './outgoing';
import { ReplyLine } from './ReplyLine';
import { onTemplateAsk } from './templateAsk';
import type { Later } from './SendLater';
import { useDraft } from './useDraft';
import { useFiles } from './useFiles';
import { useNewestInbound } from './useNewestInbound';

const Extras = kindPart(() => import('./attach/Extras').then(({ Extras }) => Extras));
const Tray = kindPart(() => import('./attach/Tray').then(({ Tray }) => Tray));
const PriceText = kindPart(() => import('./PriceText').then(({ PriceText }) => PriceText));
const Panel = kindPart(() => import('./attach/Panel').then(({ Panel }) => Panel));
const Picker = kindPart(() => import('./quick/Picker').then(({ Picker }) => Picker));
const SendLater = kindPart(() => import('./SendLater').then(({ SendLater }) => SendLater));

/** Keys of the marks, as WhatsApp on a computer has them. */
const MARKS: Record<string, string> = { b: '*', i: '_', 'shift+x': '~', 'shift+m': '`' };
/** On a phone the keyboard would cover what is to be read. */
const hasKeyboard = matchMedia('(hover: hover)');

interface ComposerProps {
  conversation: Conversation;
  now: number;
  isShown: boolean;
  replyTo: Message | null;
  onReplyTo: (message: Message | null) => void;
  onLeave: () => void;
}

function Locked({ reason, action }: { reason: string; action?: ReactNode }) {
  return (
    <div className={css['locked']}>
      <Lock size={16} aria-hidden /> <p>{reason}</p> {action}
    </div>
  );
}

/** While the window is closed, a template is what can be sent. */
function Closed({ conversation }: ComposerProps) {
  const { t } = useTranslation('inbox');
  const { id, channelId } = conversation;
  const { send } = useSend(id);
  const [isChoosing, setChoosing] = useState(false);
  const close = () => setChoosing(false);
  useEffect(() => onTemplateAsk(id, () => setChoosing(true)), [id]);
  if (!isChoosing) {
    const action = (
      <Button look="primary" icon={<ScrollText size={16} aria-hidden />} onPress={() => setChoosing(true)}>
        {t('composer.sendTemplate')}
      </Button>
    );
    return <Locked reason={t('composer.windowClosed')} action={action} />;
  }
  const sendTemplate = (said: Sendable) => {
    send(said);
    close();
  };
  return (
    <div className={css['composer']}>
      <Suspense fallback={<div className={css['box']} />}>
        <Panel
          kind="template"
          text=""
          id={id}
          channelId={channelId}
          onSend={sendTemplate}
          onFile={close}
          onClose={close}
        />
      </Suspense>
    </div>
  );
}

export function Composer(props: ComposerProps) {
  const { t } = useTranslation('inbox');
  const maySend = useMay('inbox:write');
  const { windowUntil } = props.conversation;
  const isOpen = windowUntil !== null && Date.parse(windowUntil) > props.now;
  if (!maySend) return <Locked reason={t('composer.mayNot')} />;
  if (!isOpen) return <Closed {...props} />;
  return <Writing {...props} />;
}

function Writing({ conversation, isShown, replyTo, onReplyTo, onLeave }: ComposerProps) {
  const { t } = useTranslation('inbox');
  const { id, name } = conversation;
  const box = useRef<HTMLTextAreaElement>(null);
  const { text, write, clear, insert, wrap } = useDraft(useMe().id, id, box);
  const { send } = useSend(id);
  const { files, hasFiles, limit: captionLimit, isTextApart, ...tray } = useFiles(id, text);
  const [panel, setPanel] = useState<PanelKind | null>(null);
  const isWaiting = useOutgoing(id).some(({ messageId, error }) => messageId === undefined && !error);
  const newestInbound = useNewestInbound(id);
  // People count characters as WhatsApp does: by code points.
  const length = Array.from(text).length;
  const limit = captionLimit ?? LIMIT;
  const isSendable = length <= limit && (files.length > 0 ? hasFiles : text.trim() !== '');

  const commands = useMemo<Command[]>(() => {
    const focus = () => box.current?.focus();
    return [{ id: 'reply', label: t('keys.reply'), keys: 'Alt+L', section: 'inbox', run: focus }];
  }, [t]);
  useCommands(commands);
  useEffect(() => onTemplateAsk(id, () => setPanel('template')), [id]);
  useEffect(() => {
    if (isShown && (hasKeyboard.matches || replyTo)) box.current?.focus();
  }, [isShown, replyTo, panel]);

  const wamid = replyTo?.wamid ?? null;
  const submit = () => {
    if (!isSendable) return;
    if (files.length > 0) tray.send(wamid);
    else send(text, { replyTo: wamid });
    clear();
    onReplyTo(null);
    box.current?.focus();
  };
  const sendLater = (later: Later) => {
    send(text, { replyTo: wamid, later });
    clear();
    onReplyTo(null);
    box.current?.focus();
  };
  const closePanel = () => setPanel(null);
  const sendKind = (said: Sendable) => {
    send(said, { replyTo: wamid });
    // The editors of all others began with what stood here.
    if (said.type !== 'location' && said.type !== 'contacts') clear();
    onReplyTo(null);
    closePanel();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const key = (event.shiftKey ? 'shift+' : '') + event.key.toLowerCase();
    const mark = event.ctrlKey || event.metaKey ? MARKS[key] : undefined;
    if (mark !== undefined && !event.altKey) wrap(mark);
    else if (event.key === 'Enter' && !event.shiftKey) submit();
    else if (event.key === 'Escape' && files.length > 0) tray.clear();
    else if (event.key === 'Escape' && replyTo) onReplyTo(null);
    else if (event.key === 'Escape') onLeave();
    else if (event.key === 'ArrowUp' && text === '' && !event.altKey) onReplyTo(newestInbound());
    else return;
    event.preventDefault();
  };

  if (panel) {
    return (
      <div className={css['composer']}>
        {replyTo && <ReplyLine replyTo={replyTo} onCancel={() => onReplyTo(null)} />}
        <Suspense fallback={<div className={css['box']} />}>
          <Panel
            kind={panel}
            text={text}
            id={id}
            channelId={conversation.channelId}
            onSend={sendKind}
            onFile={(file) => {
              tray.sendFile(file, wamid);
              onReplyTo(null);
            }}
            onClose={closePanel}
          />
        </Suspense>
      </div>
    );
  }
  return (
    <div className={css['composer']}>
      {replyTo && <ReplyLine replyTo={replyTo} onCancel={() => onReplyTo(null)} />}
      {files.length > 0 && (
        <Suspense>
          <Tray files={files} isTextApart={isTextApart} onRemove={tray.remove} onSize={tray.setSize} />
        </Suspense>
      )}
      {/^\/\S*$/u.test(text) && (
        <Suspense>
          <Picker text={text} conversation={id} box={box} onText={write} onSend={sendKind} />
        </Suspense>
      )}
      <textarea
        ref={box}
        className={css['box']}
        aria-label={t('composer.label', { name })}
        aria-describedby="composer-keys"
        placeholder={t(captionLimit === null ? 'composer.placeholder' : 'composer.caption')}
        rows={2}
        dir="auto"
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={pressed}
      />
      <div className={css['foot']}>
        <span className={css['extras']}>
          <Suspense>
            <Extras box={box} onFiles={tray.add} onPanel={setPanel} />
          </Suspense>
        </span>
        <EmojiButton onEmoji={insert} />
        <span id="composer-keys" className={css['keys']}>
          {t('composer.keys')}
        </span>
        <span role="status" className={css['state']}>
          {isWaiting && !navigator.onLine && t('ticks.waiting')}
        </span>
        <Counter length={length} limit={limit} />
        <span className={css['price']}>
          <Suspense>
            <PriceText id={id} category="service" />
          </Suspense>
        </span>
        {files.length === 0 && (
          <Suspense>
            <SendLater conversation={conversation} isDisabled={!isSendable} onSend={sendLater} />
          </Suspense>
        )}
        <Button
          look="primary"
          icon={<SendHorizontal size={16} aria-hidden />}
          isDisabled={!isSendable}
          onPress={submit}
        >
          {t('composer.send')}
        </Button>
      </div>
    </div>
  );
}
