/** What is sent of a file, and what sends a message once more. Pure. */
import { sendAgainOf } from './attach/templateDraft';
import type { FileKind, KindMessage, OutboundFile, Sendable } from './kinds';

/** A send of a file that was uploaded. */
export function fileSend(kind: FileKind, file: OutboundFile): Sendable {
  switch (kind) {
    case 'image':
      return { type: 'image', image: file };
    case 'video':
      return { type: 'video', video: file };
    case 'audio':
      return { type: 'audio', audio: file };
    case 'voice':
      return { type: 'voice', voice: file };
    case 'document':
      return { type: 'document', document: file };
    case 'sticker':
      return { type: 'sticker', sticker: file };
  }
}

/** What sends a failed message of ours once more; null where it cannot be made again from what the thread knows. */
export function sendAgain(message: KindMessage): Sendable | null {
  const { content, media } = message;
  if (!content) return null;
  const file = (caption?: string, filename?: string): OutboundFile | null =>
    media ? { mediaId: media.id, ...(caption && { caption }), ...(filename && { filename }) } : null;
  const resent = (kind: FileKind, made: OutboundFile | null) => made && fileSend(kind, made);
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.body };
    case 'image':
    case 'video':
      return resent(content.type, file(content.caption));
    case 'audio':
      return resent(content.voice ? 'voice' : 'audio', file());
    case 'document':
      return resent('document', file(content.caption, content.filename));
    case 'sticker':
      return resent('sticker', file());
    case 'location': {
      // A customer's place may have more, such as the address of a web page.
      const { type, latitude, longitude, name, address } = content;
      return { type, location: { latitude, longitude, ...(name && { name }), ...(address && { address }) } };
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts };
    case 'buttons': {
      const { type, ...buttons } = content;
      return { type, buttons };
    }
    case 'list': {
      const { type, ...list } = content;
      return { type, list };
    }
    case 'cta_url': {
      const { type, ...ctaUrl } = content;
      return { type, ctaUrl };
    }
    case 'location_request':
      return { type: content.type, locationRequest: { body: content.body } };
    case 'call_permission_request':
      return { type: content.type, callPermissionRequest: { body: content.body } };
    case 'order_status': {
      const { type, ...orderStatus } = content;
      return { type, orderStatus };
    }
    // A reference is used once: the business asks for the payment anew.
    case 'payment_request':
      return null;
    case 'flow': {
      const { type, ...flow } = content;
      return { type, flow };
    }
    case 'product': {
      const { type, ...product } = content;
      return { type, product };
    }
    case 'product_list': {
      const { type, ...productList } = content;
      return { type, productList };
    }
    case 'template': {
      const { type, ...shown } = content;
      return { type, template: sendAgainOf(shown, media?.id), shown };
    }
    case 'order':
    case 'button_reply':
    case 'list_reply':
    case 'flow_reply':
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'call':
    case 'system':
    case 'other':
      return null;
  }
}
