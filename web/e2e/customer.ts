/** The customer's side: people of the simulator, who write and read. */
export interface Customer {
  name: string;
  phone: string;
  says: (text: string, more?: object) => Promise<void>;
  sends: (type: string, more?: object) => Promise<void>;
  /** What the business has sent them. */
  received: () => Promise<string[]>;
}

interface Turn {
  text?: string;
  direction?: string;
  from?: string;
}

let number = 0;

export function customersOf(url: string) {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  return async (name: string): Promise<Customer> => {
    number += 1;
    const phone = `4915${String(Date.now()).slice(-6)}${String(number).padStart(3, '0')}`;
    await post('/_sim/people', { name, waId: phone });
    const sends = (type: string, more: object = {}) => post('/_sim/messages', { from: phone, type, ...more });
    return {
      name,
      phone,
      sends,
      says: (text, more = {}) => sends('text', { text, ...more }),
      received: async () => {
        const response = await fetch(`${url}/_sim/people/${phone}/conversation`);
        const { turns } = (await response.json()) as { turns: Turn[] };
        return turns.map((turn) => JSON.stringify(turn));
      },
    };
  };
}
