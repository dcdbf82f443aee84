import type { errors as english } from '../en/errors';
import type { Words } from '../words';

export const errors: Words<typeof english> = {
  retry: 'Reintentar',
  requestId: 'ID de la solicitud',
  networkTitle: 'Sin conexión con el servidor',
  network: 'Revisa tu conexión. No se perdió nada de lo que escribiste.',
  internalTitle: 'Algo falló de nuestro lado',
  internal: 'Inténtalo de nuevo en un momento. Indica el ID de la solicitud si contactas con soporte.',
  wrongCredentialsTitle: 'Correo o contraseña incorrectos',
  wrongCredentials:
    'El correo y la contraseña no corresponden a ninguna cuenta. Revísalos o restablece tu contraseña.',
  wrongCodeTitle: 'Código incorrecto',
  wrongCode: 'El código es incorrecto o ya se usó. Espera al siguiente e inténtalo de nuevo.',
  addressTakenTitle: 'Este correo ya tiene cuenta',
  addressTaken: 'Ya existe una cuenta con este correo. Inicia sesión o restablece tu contraseña.',
  forbiddenTitle: 'No tienes permiso',
  forbidden: 'Tu rol no lo permite. Pídelo a un propietario o administrador.',
  notFoundTitle: 'No encontrado',
  notFound: 'No existe, o no puedes verlo.',
  windowClosedTitle: 'La ventana de 24 horas está cerrada',
  windowClosed:
    'WhatsApp solo acepta texto libre durante 24 horas desde que el cliente escribió. Se abre de nuevo cuando escriba.',
  tooManyTitle: 'Demasiados intentos',
  tooMany_one: 'Inténtalo de nuevo en un segundo.',
  tooMany_other: 'Inténtalo de nuevo en {{count}} segundos.',
  conflictTitle: 'Ha cambiado mientras tanto',
  conflict: 'Lo que ves se vuelve a leer. Revísalo e inténtalo otra vez.',
  unauthenticatedTitle: 'Has salido',
  unauthenticated: 'Inicia sesión de nuevo. No se ha perdido nada de lo que escribiste.',
};
