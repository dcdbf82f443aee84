/** The body of a parked delivery as it can be shown: as JSON where it is some, else as text. */
export function readBody(body: string, encoding: 'utf-8' | 'base64'): unknown {
  if (encoding === 'base64') return body;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : body;
  } catch {
    return body;
  }
}
