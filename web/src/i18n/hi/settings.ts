import type { settings as english } from '../en/settings';
import type { Words } from '../words';

export const settings: Words<typeof english> = {
  title: 'सेटिंग्स',
  business: 'व्यवसाय',
  readOnly: 'आप ये सेटिंग्स पढ़ सकते हैं। बदलने के लिए settings:write अनुमति चाहिए।',
  companyName: 'नाम',
  category: 'श्रेणी',
  categoryHint: 'व्यवसाय क्या बेचता है।',
  timezone: 'समय क्षेत्र',
  languages: 'भाषाएँ',
  languagesHint: 'जैसे WhatsApp इन्हें लिखता है, पहली भाषा पहले: pt_BR, en।',
  factor: 'दूसरा कारक किनके लिए ज़रूरी है',
  factorHint: 'जिनके पास नहीं है, वे सेट करने तक केवल अपना खाता खोल सकते हैं।',
  marketing: 'सहमति दर्ज न होने पर मार्केटिंग',
  marketingHint: 'उन ग्राहकों पर लागू, जिनकी सहमति दर्ज नहीं है।',
  stopConfirmation: 'STOP के बाद पुष्टि',
  stopConfirmationHint: 'एक बार भेजी जाती है और उसका शुल्क लगता है। न चाहिए तो खाली छोड़ें।',
  consentRule: {
    allow: 'भेजें',
    warn: 'भेजें और चेताएँ',
    ask: 'भेजने वाले से पूछें',
  },
  rule: {
    nobody: 'कोई नहीं',
    managers: 'मालिक और एडमिन',
    everybody: 'सभी',
  },
  saved: 'सेटिंग्स सहेजी गईं।',
  about: 'जानकारी',
  id: 'व्यवसाय ID',
  since: 'बनाया गया',
  api: 'API',
  docs: 'दस्तावेज़',
};
