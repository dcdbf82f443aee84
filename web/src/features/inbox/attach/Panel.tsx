import { lazy, Suspense } from 'react';
import { Skeleton } from '@/design/Skeleton';
import type { Sendable } from '../kinds';
import type { FileToSend } from './uploads';

const Recorder = lazy(() => import('./Recorder').then(({ Recorder }) => ({ default: Recorder })));
const ButtonsEditor = lazy(() =>
  import('./ButtonsEditor').then(({ ButtonsEditor }) => ({ default: ButtonsEditor })),
);
const ListEditor = lazy(() => import('./ListEditor').then(({ ListEditor }) => ({ default: ListEditor })));
const PlaceEditor = lazy(() => import('./PlaceEditor').then(({ PlaceEditor }) => ({ default: PlaceEditor })));
const ContactEditor = lazy(() =>
  import('./ContactEditor').then(({ ContactEditor }) => ({ default: ContactEditor })),
);

const TemplateEditor = lazy(() =>
  import('./TemplateEditor').then(({ TemplateEditor }) => ({ default: TemplateEditor })),
);

const LinkEditor = lazy(() => import('./LinkEditor').then(({ LinkEditor }) => ({ default: LinkEditor })));
const FlowEditor = lazy(() => import('./FlowEditor').then(({ FlowEditor }) => ({ default: FlowEditor })));
const CallEditor = lazy(() => import('./CallEditor').then(({ CallEditor }) => ({ default: CallEditor })));
const ProductEditor = lazy(() =>
  import('./ProductEditor').then(({ ProductEditor }) => ({ default: ProductEditor })),
);
const ProductListEditor = lazy(() =>
  import('./ProductListEditor').then(({ ProductListEditor }) => ({ default: ProductListEditor })),
);

export type PanelKind =
  | 'voice'
  | 'buttons'
  | 'list'
  | 'ctaUrl'
  | 'location'
  | 'contact'
  | 'flow'
  | 'call'
  | 'product'
  | 'productList'
  | 'template';

export interface EditorProps {
  onSend: (said: Sendable) => void;
  onClose: () => void;
}

/** An editor whose text begins with what stands in the composer. */
export interface TextEditorProps extends EditorProps {
  text: string;
}

interface PanelProps extends EditorProps {
  kind: PanelKind;
  /** What is written in the composer: the text of most editors begins with it. */
  text: string;
  /** The conversation that it goes into, and the number that it goes out from. */
  id: string;
  channelId: string;
  onFile: (file: FileToSend) => void;
}

/** What stands in place of the text box while something else is written. */
export function Panel({ kind, text, id, channelId, onFile, ...editor }: PanelProps) {
  return <Suspense fallback={<Skeleton count={3} />}>{drawn()}</Suspense>;

  function drawn() {
    switch (kind) {
      case 'voice':
        return <Recorder onFile={onFile} onClose={editor.onClose} />;
      case 'buttons':
        return <ButtonsEditor text={text} {...editor} />;
      case 'list':
        return <ListEditor text={text} {...editor} />;
      case 'ctaUrl':
        return <LinkEditor text={text} {...editor} />;
      case 'flow':
        return <FlowEditor text={text} {...editor} />;
      case 'call':
        return <CallEditor text={text} {...editor} />;
      case 'product':
        return <ProductEditor text={text} {...editor} />;
      case 'productList':
        return <ProductListEditor text={text} {...editor} />;
      case 'location':
        return <PlaceEditor {...editor} />;
      case 'contact':
        return <ContactEditor {...editor} />;
      case 'template':
        return <TemplateEditor id={id} channelId={channelId} {...editor} />;
    }
  }
}
