import type { access as english } from '../en/access';
import type { Words } from '../words';

export const access: Words<typeof english> = {
  email: 'Correo electrónico',
  password: 'Contraseña',
  newPassword: 'Nueva contraseña',
  passwordHint: 'Al menos 8 caracteres, difíciles de adivinar.',
  name: 'Tu nombre',
  company: 'Empresa',
  companyHint: 'El nombre que muestran tu equipo y los correos.',
  terms: 'Acepto los términos',
  signIn: {
    title: 'Iniciar sesión',
    submit: 'Iniciar sesión',
    forgot: '¿Olvidaste tu contraseña?',
    noAccount: '¿Eres nuevo? <1>Crea una cuenta</1>',
    demo: 'Entrar como el propietario de demostración',
    demoHint: 'Este es un entorno local. <1>Abre el simulador</1> para escribir como cliente.',
  },
  code: {
    title: 'Segundo factor',
    label: 'Código',
    hint: 'Los seis dígitos de tu aplicación de autenticación, o un código de recuperación.',
    submit: 'Continuar',
  },
  signUp: {
    title: 'Crea tu cuenta',
    submit: 'Crear cuenta',
    haveAccount: '¿Ya tienes cuenta? <1>Inicia sesión</1>',
  },
  forgot: {
    title: 'Restablece tu contraseña',
    text: 'Te enviamos un enlace que funciona durante 30 minutos.',
    submit: 'Enviarme un enlace',
    doneTitle: 'Revisa tu correo',
    done: 'Si {{email}} tiene una cuenta, el enlace está en camino.',
    back: 'Volver a iniciar sesión',
  },
  reset: {
    title: 'Elige una nueva contraseña',
    submit: 'Guardar contraseña',
    done: 'Tu contraseña cambió. Inicia sesión con la nueva.',
  },
  join: {
    title: 'Únete a tu equipo',
    text: 'Usa el correo que recibió la invitación.',
    submit: 'Unirme',
  },
  verify: {
    title: 'Confirma tu correo',
    busy: 'Confirmando…',
    done: 'Tu correo está confirmado.',
    continue: 'Continuar',
  },
  link: {
    title: 'Este enlace no funciona',
    text: 'Está incompleto, caducó o ya se usó. Abre el correo más reciente o pide un enlace nuevo.',
  },
};
