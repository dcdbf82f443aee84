import type { access as english } from '../en/access';
import type { Words } from '../words';

export const access: Words<typeof english> = {
  email: 'E-mail',
  password: 'Senha',
  newPassword: 'Nova senha',
  passwordHint: 'Pelo menos 8 caracteres, difíceis de adivinhar.',
  name: 'Seu nome',
  company: 'Empresa',
  companyHint: 'O nome que sua equipe e os e-mails mostram.',
  terms: 'Concordo com os termos',
  signIn: {
    title: 'Entrar',
    submit: 'Entrar',
    forgot: 'Esqueceu a senha?',
    noAccount: 'Novo por aqui? <1>Crie uma conta</1>',
    demo: 'Entrar como o proprietário de demonstração',
    demoHint: 'Este é um ambiente local. <1>Abra o simulador</1> para escrever como cliente.',
  },
  code: {
    title: 'Segundo fator',
    label: 'Código',
    hint: 'Os seis dígitos do seu aplicativo autenticador, ou um código de recuperação.',
    submit: 'Continuar',
  },
  signUp: {
    title: 'Crie sua conta',
    submit: 'Criar conta',
    haveAccount: 'Já tem conta? <1>Entre</1>',
  },
  forgot: {
    title: 'Redefina sua senha',
    text: 'Enviamos um link que vale por 30 minutos.',
    submit: 'Enviar o link',
    doneTitle: 'Confira seu e-mail',
    done: 'Se {{email}} tiver uma conta, o link está a caminho.',
    back: 'Voltar para entrar',
  },
  reset: {
    title: 'Escolha uma nova senha',
    submit: 'Salvar senha',
    done: 'Sua senha foi alterada. Entre com a nova.',
  },
  join: {
    title: 'Entre na sua equipe',
    text: 'Use o e-mail que recebeu o convite.',
    submit: 'Entrar na equipe',
  },
  verify: {
    title: 'Confirme seu e-mail',
    busy: 'Confirmando…',
    done: 'Seu e-mail está confirmado.',
    continue: 'Continuar',
  },
  link: {
    title: 'Este link não funciona',
    text: 'Está incompleto, expirou ou já foi usado. Abra o e-mail mais recente ou peça um novo link.',
  },
};
