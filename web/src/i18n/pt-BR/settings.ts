import type { settings as english } from '../en/settings';
import type { Words } from '../words';

export const settings: Words<typeof english> = {
  title: 'Configurações',
  business: 'Empresa',
  readOnly: 'Você pode ler estas configurações. Para mudá-las é preciso a permissão settings:write.',
  companyName: 'Nome',
  category: 'Categoria',
  categoryHint: 'O que a empresa vende.',
  timezone: 'Fuso horário',
  languages: 'Idiomas',
  languagesHint: 'Como o WhatsApp os nomeia, o principal primeiro: pt_BR, en.',
  factor: 'O segundo fator é exigido de',
  factorHint: 'Quem não tem só abre a própria conta até configurar um.',
  marketing: 'Marketing sem consentimento registrado',
  marketingHint: 'Vale para clientes sem consentimento registrado.',
  stopConfirmation: 'Confirmação após STOP',
  stopConfirmationHint: 'Enviada uma vez e cobrada como qualquer mensagem. Deixe vazia para não enviar.',
  consentRule: {
    allow: 'Enviar',
    warn: 'Enviar e avisar',
    ask: 'Perguntar a quem envia',
  },
  rule: {
    nobody: 'Ninguém',
    managers: 'Proprietários e administradores',
    everybody: 'Todos',
  },
  saved: 'As configurações foram salvas.',
  about: 'Sobre',
  id: 'ID da empresa',
  since: 'Criada em',
  api: 'API',
  docs: 'Documentação',
};
