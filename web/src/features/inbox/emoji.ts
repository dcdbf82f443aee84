/** Common emoji, by what they are about. */
const STORED = 'leadwire-emoji';
const RECENT = 16;

const words = (list: string) => list.split(' ');

export const emoji = [
  {
    name: 'faces',
    list: words(
      '😀 😃 😄 😁 😆 😅 😂 🤣 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😋 😜 🤪 🤗 🤩 🥳 😎 🤔 🤭 🤫 😐 😑 😶 🙄 😏 😬 😴 😷 🤒 😕 🙁 😮 😲 😳 🥺 😢 😭 😤 😡 😱 😰 😓 🤯',
    ),
  },
  {
    name: 'people',
    list: words('👍 👎 👌 ✌️ 🤞 🤝 👏 🙌 🙏 💪 👋 🤙 👉 👈 👆 👇 ☝️ ✋ ✍️ 🫶 🙋 🤷 🤦 👶 👨‍👩‍👧 🧑‍💼 🧑‍🔧 🧑‍🍳'),
  },
  {
    name: 'signs',
    list: words('❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💯 ✅ ❌ ❗ ❓ ⚠️ 🔥 ⭐ ✨ 🎉 🎊 🎁 🎂 🏆 🔔 💡 🔑 🔒 ♻️ 🆗 🆕'),
  },
  {
    name: 'work',
    list: words('📞 📱 💻 📧 ✉️ 📦 🚚 🛒 🛍️ 💳 💰 💵 🧾 📄 📝 📎 📷 📍 🏠 🏢 🏨 🏦 📅 ⏰ ⌛ 🔧 🛠️ 🧰 📊 📈'),
  },
  {
    name: 'life',
    list: words('☕ 🍵 🍺 🍷 🍽️ 🍕 🍔 🍰 🍎 🌹 🌸 🌳 🌊 ☀️ 🌙 🌧️ ❄️ 🌈 🚗 🚕 🚌 🚆 ✈️ 🏖️ 🐶 🐱 ⚽ 🎵 🎬 👕'),
  },
] as const satisfies readonly { name: string; list: string[] }[];

export function readRecent(): string[] {
  return (localStorage.getItem(STORED) ?? '').split(' ').filter(Boolean);
}

export function writeRecent(one: string): void {
  const others = readRecent().filter((other) => other !== one);
  localStorage.setItem(STORED, [one, ...others].slice(0, RECENT).join(' '));
}
