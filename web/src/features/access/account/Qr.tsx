import { encode } from 'uqr';
import css from './Qr.module.css';

/** A text as a QR code, drawn as one path. It is dark on light in both themes: many cameras read no other. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 3 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      className={css['qr']}
      shapeRendering="crispEdges"
    >
      <path d={path} className={css['dark']} />
    </svg>
  );
}
