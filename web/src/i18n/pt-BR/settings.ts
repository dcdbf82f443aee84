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
