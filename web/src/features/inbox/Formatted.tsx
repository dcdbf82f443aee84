import { formatted, type Block, type Mark, type Piece } from './formatted';

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' } as const satisfies Record<
  Mark,
  string
>;

function Marked({ piece }: { piece: Piece }) {
  if ('mark' in piece) {
    const Tag = TAGS[piece.mark];
    return (
      <Tag>
        <Pieces pieces={piece.pieces} />
      </Tag>
    );
  }
  if ('href' in piece) {
    return (
      <a href={piece.href} target="_blank" rel="noopener noreferrer">
        {piece.text}
      </a>
    );
  }
  return piece.text;
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, index) => <Marked key={index} piece={piece} />);
}

const items = (list: Piece[][]) =>
  list.map((pieces, index) => (
    <li key={index}>
      <Pieces pieces={pieces} />
    </li>
  ));

function Drawn({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Pieces pieces={block.pieces} />
        </p>
      );
    case 'quote':
      return (
        <blockquote>
          <Pieces pieces={block.pieces} />
        </blockquote>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'bullets':
      return <ul>{items(block.items)}</ul>;
    case 'numbers':
      return <ol start={block.start}>{items(block.items)}</ol>;
  }
}

/** A text with WhatsApp's formatting, drawn. */
export function Formatted({ text }: { text: string }) {
  return formatted(text).map((block, index) => <Drawn key={index} block={block} />);
}
