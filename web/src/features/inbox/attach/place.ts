/** Reads a place from what people paste: two numbers, or a link to a map. */

export interface Point {
  latitude: number;
  longitude: number;
}

const NUMBER = String.raw`-?\d{1,3}(?:\.\d+)?`;
/** As Google Maps, Apple Maps and OpenStreetMap write it into their links, and as people write it. */
const PATTERNS = [
  new RegExp(String.raw`!3d(${NUMBER})!4d(${NUMBER})`),
  new RegExp(String.raw`[?&]mlat=(${NUMBER})&mlon=(${NUMBER})`),
  new RegExp(
    String.raw`[?&](?:q|ll|query|destination|center|daddr)=(?:loc:)?(${NUMBER})(?:,|%2C)\+?(${NUMBER})`,
  ),
  new RegExp(String.raw`@(${NUMBER}),(${NUMBER})`),
  new RegExp(String.raw`#map=\d+/(${NUMBER})/(${NUMBER})`),
  new RegExp(String.raw`^geo:(${NUMBER}),(${NUMBER})`),
  new RegExp(String.raw`^\(?(${NUMBER})°?\s*[,;\s]\s*(${NUMBER})°?\)?$`),
];

export function pointIn(text: string): Point | null {
  for (const pattern of PATTERNS) {
    const [, north, east] = pattern.exec(text.trim()) ?? [];
    if (north === undefined || east === undefined) continue;
    const point = { latitude: Number(north), longitude: Number(east) };
    if (Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180) return point;
  }
  return null;
}
