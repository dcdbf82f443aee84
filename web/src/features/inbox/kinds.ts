/**
 * The kinds of messages: what they say in both directions, the files that come with them, and what a send of each says.
 * The types stand for what the API describes of `POST /api/messages`, `MessageView` and `/api/media`.
 */
import type { ContactCard, Content as Received, MediaFile, Message, SendBody } from '@/api/schema';

export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

/** A place, as both sides send it. */
export interface Location {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
  url?: string;
}

/** A message's file, and how far it has come to us. */
export type MediaView = MediaFile;
export type MediaError = NonNullable<MediaView['error']>;

/** A file of a send: one that was uploaded, or one that WhatsApp fetches. */
export interface OutboundFile {
  mediaId?: string;
  link?: string;
  caption?: string;
  filename?: string;
}

/** What stands around the buttons of a message. */
interface Framed {
  body: string;
  header?: string;
  footer?: string;
}

export interface Buttons extends Framed {
  buttons: { id: string; title: string }[];
}

export interface ListRow {
  id: string;
  title: string;
  description?: string;
}

export interface List extends Framed {
  button: string;
  sections: { title?: string; rows: ListRow[] }[];
}

export interface CtaUrl extends Framed {
  title: string;
  url: string;
}

export interface Flow extends Framed {
  flowId: string;
  title: string;
  screen?: string;
  data?: Record<string, unknown>;
}

export interface Product {
  body?: string;
  footer?: string;
  catalogId: string;
  productId: string;
}

export interface ProductList extends Framed {
  header: string;
  catalogId: string;
  sections: { title: string; productIds: string[] }[];
}

type ButtonType = 'quick_reply' | 'url' | 'phone' | 'copy_code' | 'flow' | 'otp';

/** A template and its values, by the names or numbers of its parameters. */
export interface TemplateSend {
  name: string;
  language: string;
  header?: string;
  file?: OutboundFile;
  location?: Location;
  body: Record<string, string>;
  buttons: Record<string, string>;
  /** The values of a carousel's cards, in their order. */
  cards?: { file?: OutboundFile; body: Record<string, string>; buttons: Record<string, string> }[];
}

/** A template as it stands in the thread: with its values. */
export interface TemplateContent {
  name: string;
  language: string;
  /** The language that was asked for, if the template does not have it. */
  askedLanguage?: string;
  /** By which it is charged. */
  category?: 'marketing' | 'utility' | 'authentication' | 'authentication_international' | 'service';
  header?:
    | { format: 'text'; text: string; parameter?: { name?: string; value: string } }
    | ({ format: 'image' | 'video' | 'document' } & OutboundFile)
    | ({ format: 'location' } & Location);
  body: string;
  footer?: string;
  buttons?: { type: ButtonType; text: string; url?: string; value?: string }[];
  cards?: {
    header: { format: 'image' | 'video' } & OutboundFile;
    body?: string;
    buttons?: { type: ButtonType; text: string; url?: string; value?: string }[];
  }[];
  parameters?: { name?: string; value: string }[];
}

/** A request to pay: amounts are in the smallest unit. */
export interface PaymentRequest {
  body: string;
  footer?: string;
  reference: string;
  currency: 'INR' | 'BRL';
  goods: 'digital' | 'physical';
  items: { name: string; amount: number; quantity: number }[];
  tax?: number;
  shipping?: number;
  discount?: number;
  method:
    | { type: 'upi'; configuration: string }
    | {
        type: 'pix';
        code: string;
        merchantName: string;
        key: string;
        keyType: 'CPF' | 'CNPJ' | 'EMAIL' | 'PHONE' | 'EVP';
      };
}

/** What is told of an order that was to be paid. */
export interface OrderUpdate {
  body: string;
  reference: string;
  status: 'pending' | 'processing' | 'partially_shipped' | 'shipped' | 'completed' | 'canceled';
  description?: string;
}

/** What a send says, in the form of `POST /api/messages`. A text has the simpler form of `text`. */
export type Sendable =
  | { type: 'text'; text: string }
  | { type: 'image'; image: OutboundFile }
  | { type: 'video'; video: OutboundFile }
  | { type: 'audio'; audio: OutboundFile }
  | { type: 'voice'; voice: OutboundFile }
  | { type: 'document'; document: OutboundFile }
  | { type: 'sticker'; sticker: OutboundFile }
  | { type: 'location'; location: Location }
  | { type: 'contacts'; contacts: ContactCard[] }
  | { type: 'buttons'; buttons: Buttons }
  | { type: 'list'; list: List }
  | { type: 'cta_url'; ctaUrl: CtaUrl }
  | { type: 'location_request'; locationRequest: { body: string } }
  | { type: 'call_permission_request'; callPermissionRequest: { body: string } }
  | { type: 'order_status'; orderStatus: OrderUpdate }
  | { type: 'flow'; flow: Flow }
  | { type: 'product'; product: Product }
  | { type: 'product_list'; productList: ProductList }
  | { type: 'template'; template: TemplateSend; shown: TemplateContent };

/** A reaction stands at the message that it is put to; null takes it back. */
export interface ReactionSend {
  type: 'reaction';
  reaction: { messageId: string; emoji: string | null };
}

/** What only the business sends. */
type Own =
  | ({ type: 'buttons' } & Buttons)
  | ({ type: 'list' } & List)
  | ({ type: 'cta_url' } & CtaUrl)
  | { type: 'location_request'; body: string }
  | { type: 'call_permission_request'; body: string }
  | ({ type: 'payment_request' } & PaymentRequest)
  | ({ type: 'order_status' } & OrderUpdate)
  | ({ type: 'flow' } & Flow)
  | ({ type: 'product' } & Product)
  | ({ type: 'product_list' } & ProductList)
  | ({ type: 'template' } & TemplateContent);

export type Content = Received | Own;

/** A message with its file and the business's own reaction. */
export interface KindMessage extends Omit<Message, 'content'> {
  content: Content | null;
  media?: MediaView;
  ownReaction?: string;
}

export const asKind = (message: Message): KindMessage => message as unknown as KindMessage;
export const asMessage = (message: KindMessage): Message => message;

/** What the API takes of it: how a template stands in the thread is for this page alone. */
export const asBody = (said: Sendable | ReactionSend): SendBody =>
  said.type === 'template' ? { type: said.type, template: said.template } : said;
