/** A browser's own description in two words; null where it is none of those that we know. */
export function deviceOf(agent: string): string | null {
  const browser = [
    ['Edge', /Edg\//],
    ['Opera', /OPR\//],
    ['Firefox', /Firefox\//],
    ['Chrome', /Chrom(e|ium)\//],
    ['Safari', /Safari\//],
  ].find(([, sign]) => (sign as RegExp).test(agent))?.[0] as string | undefined;
  const system = [
    ['Android', /Android/],
    ['iPhone', /iPhone/],
    ['iPad', /iPad/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux/],
  ].find(([, sign]) => (sign as RegExp).test(agent))?.[0] as string | undefined;
  return browser && system ? `${browser} · ${system}` : null;
}
