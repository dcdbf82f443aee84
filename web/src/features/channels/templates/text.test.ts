import { describe, expect, it } from 'vitest';
import { asName, filled, parametersOf, plainName } from './text';

describe('a template', () => {
  it('has each parameter once, in order', () => {
    expect(parametersOf('Hi {{2}}, {{1}} and {{ 2 }}')).toEqual(['2', '1']);
    expect(parametersOf('Hi {{Name}} {{}}')).toEqual([]);
  });

  it('shows its values, and its parameters where a value is missing', () => {
    expect(filled('Hi {{name}}, {{day}}', { name: 'Ana', day: '' })).toBe('Hi Ana, {{day}}');
  });

  it('has a name that WhatsApp takes, and one that people read', () => {
    expect(asName('Pedido pronto – já!')).toBe('pedido_pronto__ja');
    expect(plainName('order_ready')).toBe('Order ready');
  });
});
