import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { oggOf } from './ogg';

/** A second and a half, as Chromium's MediaRecorder writes it. */
const recording = async () => new Blob([await readFile(new URL('fixtures/voice.webm', import.meta.url))]);

interface OggPage {
  granule: bigint;
  isLast: boolean;
  serial: number;
  sequence: number;
  packets: Uint8Array[];
}

/** Reads Ogg by its own specification, RFC 3533. */
function pagesOf(bytes: Uint8Array): OggPage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const pages: OggPage[] = [];
  let at = 0;
  while (at < bytes.length) {
    expect(new TextDecoder().decode(bytes.subarray(at, at + 4))).toBe('OggS');
    const count = view.getUint8(at + 26);
    const laces = bytes.subarray(at + 27, at + 27 + count);
    let from = at + 27 + count;
    let length = 0;
    const packets: Uint8Array[] = [];
    for (const lace of laces) {
      length += lace;
      if (lace === 255) continue;
      packets.push(bytes.subarray(from, from + length));
      from += length;
      length = 0;
    }
    pages.push({
      granule: view.getBigInt64(at + 6, true),
      isLast: (view.getUint8(at + 5) & 4) !== 0,
      serial: view.getUint32(at + 14, true),
      sequence: view.getUint32(at + 18, true),
      packets,
    });
    at = from;
  }
  return pages;
}

test('a recording of Chromium becomes an Ogg file of one channel of Opus', async () => {
  const ogg = await oggOf(await recording());
  expect(ogg.type).toBe('audio/ogg');
  const pages = pagesOf(new Uint8Array(await ogg.arrayBuffer()));
  const [head, tags] = pages.flatMap(({ packets }) => packets);
  const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes?.subarray(0, 8));
  expect([text(head), text(tags)]).toEqual(['OpusHead', 'OpusTags']);
  expect(head?.[9]).toBe(1);
  expect(new Set(pages.map(({ serial }) => serial)).size).toBe(1);
  expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, index) => index));
  expect(pages.at(-1)?.isLast).toBe(true);
  // Ogg counts Opus at 48,000 samples a second.
  const seconds = Number(pages.at(-1)?.granule) / 48_000;
  expect(seconds).toBeGreaterThan(1.2);
  expect(seconds).toBeLessThan(1.8);
});

test('every packet is in the Ogg file, byte by byte', async () => {
  const webm = new Uint8Array(await (await recording()).arrayBuffer());
  const pages = pagesOf(new Uint8Array(await (await oggOf(await recording())).arrayBuffer()));
  const packets = pages.flatMap(({ packets }) => packets).slice(2);
  const hex = Buffer.from(webm).toString('hex');
  expect(packets.length).toBeGreaterThan(10);
  for (const packet of packets) expect(hex).toContain(Buffer.from(packet).toString('hex'));
});

test('what is no recording is refused', async () => {
  await expect(oggOf(new Blob(['not a recording']))).rejects.toThrow();
});
