import type { channels as english } from '../en/channels';
import type { Words } from '../words';

export const channels: Words<typeof english> = {
  title: 'Números',
  emptyTitle: 'No hay ningún número conectado',
  empty:
    'Los clientes te contactan en cuanto se conecta un número de WhatsApp Business. Lo conecta el operador de tu plataforma.',
  healthy: 'Conectado, WhatsApp acepta los envíos',
  refused: 'WhatsApp rechaza los envíos',
  refusedSince: 'Desde {{time}}:',
  meta: 'WhatsApp dice:',
  nextToken: 'Los envíos esperan. Reemplaza el token y saldrán.',
  nextOther: 'Los envíos esperan hasta que se resuelva. Revisa el número en WhatsApp Manager.',
  reason: {
    window_closed: 'La ventana de 24 horas estaba cerrada.',
    expired: 'Los envíos esperaron demasiado.',
    not_reachable: 'No se puede alcanzar el número.',
    refused: 'WhatsApp rechaza este número.',
    unauthorised: 'WhatsApp ya no acepta el token, un permiso o el registro.',
  },
  number: 'Número',
  phoneNumberId: 'ID del número (Meta)',
  id: 'ID',
  token: 'Token de acceso',
  tokenOfApp: 'El token de la plataforma',
  tokenEnds: 'Token propio, termina en {{last4}}',
  replaceToken: 'Reemplazar token',
  replaceTokenOf: 'Reemplazar el token de {{name}}',
  newToken: 'Nuevo token de acceso',
  newTokenHint:
    'Un token permanente de un usuario del sistema con whatsapp_business_messaging. No se vuelve a mostrar.',
  tokenReplaced: 'Se reemplazó el token de {{name}}.',
  readReceipts: 'Enviar confirmaciones de lectura',
  readReceiptsHint:
    'Los clientes ven las palomitas azules cuando se lee un mensaje aquí, y ven cuando escribes.',
};
