/** How what is sent stands in the thread. Pure. */
import type { Content, Sendable } from './kinds';

/** A send has its content under its type's name; in the thread the two stand side by side. */
export function contentOf(send: Sendable): Content {
  const { type, ...field } = send;
  const said: unknown = Object.values(field)[0];
  switch (type) {
    case 'text':
      return { type, body: send.text };
    case 'contacts':
      return { type, contacts: send.contacts };
    case 'template':
      return { type, ...send.shown };
    case 'voice':
      return { type: 'audio', voice: true, ...send.voice } as Content;
    default:
      return { type, ...(said as object) } as unknown as Content;
  }
}

/** The words of a send: they stand for it in quotes and for those who hear the thread. */
export function wordsOf(content: Content): string {
  if ('body' in content && content.body !== undefined) return content.body;
  if ('caption' in content && content.caption !== undefined) return content.caption;
  if ('filename' in content && content.filename !== undefined) return content.filename;
  if (content.type === 'location') return content.name ?? content.address ?? '';
  if (content.type === 'contacts') return content.contacts.map(({ name }) => name).join(', ');
  return '';
}
