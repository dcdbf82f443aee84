import type { channels as english } from '../en/channels';
import type { Words } from '../words';

export const channels: Words<typeof english> = {
  title: 'Números',
  emptyTitle: 'Nenhum número conectado',
  empty:
    'Os clientes falam com você assim que um número do WhatsApp Business é conectado. O operador da sua plataforma faz a conexão.',
  healthy: 'Conectado, o WhatsApp aceita envios',
  refused: 'O WhatsApp recusa envios',
  refusedSince: 'Desde {{time}}:',
  meta: 'O WhatsApp diz:',
  nextToken: 'Os envios esperam. Troque o token e eles saem.',
  nextOther: 'Os envios esperam até isto ser resolvido. Confira o número no Gerenciador do WhatsApp.',
  reason: {
    window_closed: 'A janela de 24 horas estava fechada.',
    expired: 'Os envios esperaram demais.',
    not_reachable: 'O número não pode ser alcançado.',
    refused: 'O WhatsApp recusa este número.',
    unauthorised: 'O WhatsApp não aceita mais o token, uma permissão ou o registro.',
  },
  number: 'Número',
  phoneNumberId: 'ID do número (Meta)',
  id: 'ID',
  token: 'Token de acesso',
  tokenOfApp: 'O token da plataforma',
  tokenEnds: 'Token próprio, termina em {{last4}}',
  replaceToken: 'Trocar token',
  replaceTokenOf: 'Trocar o token de {{name}}',
  newToken: 'Novo token de acesso',
  newTokenHint:
    'Um token permanente de um usuário do sistema com whatsapp_business_messaging. Ele não será mostrado de novo.',
  tokenReplaced: 'O token de {{name}} foi trocado.',
  readReceipts: 'Enviar confirmações de leitura',
  readReceiptsHint: 'Os clientes veem tiques azuis quando a mensagem é lida aqui e veem quando você digita.',
};
