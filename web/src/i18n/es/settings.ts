import type { settings as english } from '../en/settings';
import type { Words } from '../words';

export const settings: Words<typeof english> = {
  title: 'Ajustes',
  business: 'Empresa',
  readOnly: 'Puedes leer estos ajustes. Para cambiarlos hace falta el permiso settings:write.',
  companyName: 'Nombre',
  category: 'Categoría',
  categoryHint: 'Lo que vende la empresa.',
  timezone: 'Zona horaria',
  languages: 'Idiomas',
  languagesHint: 'Como los nombra WhatsApp, primero el principal: pt_BR, en.',
  factor: 'El segundo factor se exige a',
  factorHint: 'Quien no lo tenga solo podrá abrir su cuenta hasta configurarlo.',
  marketing: 'Marketing sin consentimiento registrado',
  marketingHint: 'Se aplica a clientes sin consentimiento registrado.',
  stopConfirmation: 'Confirmación tras STOP',
  stopConfirmationHint: 'Se envía una vez y se cobra como cualquier mensaje. Déjela vacía si no la quiere.',
  consentRule: {
    allow: 'Enviar',
    warn: 'Enviar y avisar',
    ask: 'Preguntar a quien envía',
  },
  rule: {
    nobody: 'Nadie',
    managers: 'Propietarios y administradores',
    everybody: 'Todos',
  },
  saved: 'Se guardaron los ajustes.',
  about: 'Información',
  id: 'ID de la empresa',
  since: 'Creada',
  api: 'API',
  docs: 'Documentación',
};
