import type { errors as english } from '../en/errors';
import type { Words } from '../words';

export const errors: Words<typeof english> = {
  retry: 'फिर कोशिश करें',
  requestId: 'अनुरोध ID',
  networkTitle: 'सर्वर से कनेक्शन नहीं',
  network: 'अपना कनेक्शन जाँचें। आपका लिखा कुछ भी नहीं खोया है।',
  internalTitle: 'हमारी ओर से कुछ गड़बड़ हुई',
  internal: 'थोड़ी देर में फिर कोशिश करें। सहायता से संपर्क करते समय अनुरोध ID बताएँ।',
  wrongCredentialsTitle: 'ईमेल या पासवर्ड गलत है',
  wrongCredentials: 'ईमेल और पासवर्ड किसी खाते से मेल नहीं खाते। दोनों जाँचें, या पासवर्ड रीसेट करें।',
  wrongCodeTitle: 'गलत कोड',
  wrongCode: 'कोड गलत है या पहले ही इस्तेमाल हो चुका है। अगले कोड की प्रतीक्षा करें और फिर कोशिश करें।',
  addressTakenTitle: 'इस ईमेल का खाता है',
  addressTaken: 'इस ईमेल पते वाला खाता पहले से है। साइन इन करें, या पासवर्ड रीसेट करें।',
  forbiddenTitle: 'आपको इसकी अनुमति नहीं है',
  forbidden: 'आपकी भूमिका इसकी अनुमति नहीं देती। अपने व्यवसाय के स्वामी या एडमिन से पूछें।',
  notFoundTitle: 'नहीं मिला',
  notFound: 'यह मौजूद नहीं है, या आप इसे नहीं देख सकते।',
  windowClosedTitle: '24 घंटे की विंडो बंद है',
  windowClosed: 'ग्राहक के लिखने के 24 घंटे के भीतर ही WhatsApp खुला टेक्स्ट लेता है। उनके लिखने पर यह फिर खुलेगी।',
  tooManyTitle: 'बहुत ज़्यादा प्रयास',
  tooMany_one: 'एक सेकंड में फिर कोशिश करें।',
  tooMany_other: '{{count}} सेकंड में फिर कोशिश करें।',
};
