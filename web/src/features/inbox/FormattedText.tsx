import { formatted, type Piece } from './formatted';
import css from './Content.module.css';

function Marked({ piece }: { piece: Piece }) {
  const { text, mark, href } = piece;
  if (href !== undefined) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    );
  }
  switch (mark) {
    case 'bold':
      return <strong>{text}</strong>;
    case 'italic':
      return <em>{text}</em>;
    case 'strike':
      return <s>{text}</s>;
    case 'code':
      return <code>{text}</code>;
    case undefined:
      return text;
  }
}

export function FormattedText({ text }: { text: string }) {
  return (
    <p className={css['text']} dir="auto">
      {formatted(text).map((piece, index) => (
        <Marked key={index} piece={piece} />
      ))}
    </p>
  );
}
