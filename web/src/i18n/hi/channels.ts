import type { channels as english } from '../en/channels';
import type { Words } from '../words';

export const channels: Words<typeof english> = {
  title: 'नंबर',
  emptyTitle: 'कोई नंबर जुड़ा नहीं है',
  empty: 'WhatsApp बिज़नेस नंबर जुड़ते ही ग्राहक आप तक पहुँच सकते हैं। इसे आपके प्लेटफ़ॉर्म का ऑपरेटर जोड़ता है।',
  healthy: 'जुड़ा है, WhatsApp संदेश स्वीकार करता है',
  refused: 'WhatsApp संदेश अस्वीकार करता है',
  refusedSince: '{{time}} से:',
  meta: 'WhatsApp का कहना है:',
  nextToken: 'भेजे जाने वाले संदेश रुके हैं। टोकन बदलें, तो वे चले जाएँगे।',
  nextOther: 'इसका हल होने तक संदेश रुके रहेंगे। WhatsApp Manager में नंबर जाँचें।',
  reason: {
    window_closed: '24 घंटे की विंडो बंद थी।',
    expired: 'संदेश बहुत देर तक रुके रहे।',
    not_reachable: 'नंबर तक पहुँचा नहीं जा सकता।',
    refused: 'WhatsApp इस नंबर को अस्वीकार करता है।',
    unauthorised: 'WhatsApp अब टोकन, अनुमति या पंजीकरण स्वीकार नहीं करता।',
  },
  number: 'नंबर',
  phoneNumberId: 'फ़ोन नंबर ID (Meta)',
  id: 'ID',
  token: 'एक्सेस टोकन',
  tokenOfApp: 'प्लेटफ़ॉर्म का टोकन',
  tokenEnds: 'अपना टोकन, अंत {{last4}}',
  replaceToken: 'टोकन बदलें',
  replaceTokenOf: '{{name}} का टोकन बदलें',
  newToken: 'नया एक्सेस टोकन',
  newTokenHint: 'whatsapp_business_messaging वाले सिस्टम यूज़र का स्थायी टोकन। यह फिर नहीं दिखाया जाएगा।',
  tokenReplaced: '{{name}} का टोकन बदल दिया गया।',
  readReceipts: 'पढ़े जाने की सूचना भेजें',
  readReceiptsHint: 'यहाँ संदेश पढ़े जाने पर ग्राहक नीले टिक देखते हैं, और आपको लिखते हुए देखते हैं।',
};
