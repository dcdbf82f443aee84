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

async function postJson(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

/** A message of somebody else who has this phone now, as Meta posts it. */
export function passOn(url: string, phoneNumberId: string, phone: string, name: string): Promise<void> {
  const user = `DE.${Date.now()}`;
  const message = {
    from: phone,
    from_user_id: user,
    id: `wamid.${user}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: 'This number is mine now' },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '4915000000000', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name }, wa_id: phone, user_id: user }],
    messages: [message],
  };
  return postJson(`${url}/_sim/webhooks`, { field: 'messages', value });
}

export function customersOf(url: string) {
  const post = (path: string, body: object) => postJson(`${url}${path}`, body);
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
